/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/ticks.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/number-text.h"

/* Outside these magnitudes a linear axis writes "2×10⁻⁹". */
#define PLAIN_FROM 1e-4
#define PLAIN_TO 1e7

/* A log axis over less than a factor of three is nearly even, and has linear ticks. */
#define NEARLY_EVEN 0.5

/* Most minor ticks that are drawn. */
#define MAX_MINOR 100

/* A tick's value as a whole number times a power of ten, so that it is the double nearest to the
 * decimal on its label: 3 × 10⁻¹, not 0.1 + 0.1 + 0.1. */
static double
decimal_value (double whole, int exponent)
{
  if (exponent >= 0)
    return whole * pow (10.0, exponent);
  if (exponent >= -300)
    return whole / pow (10.0, -exponent);
  return whole / 1e300 / pow (10.0, -exponent - 300);
}

static void
append_superscript (GString *text, int exponent)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  char plain[16];

  g_snprintf (plain, sizeof plain, "%d", exponent);
  for (const char *p = plain; *p != '\0'; p++)
    g_string_append (text, *p == '-' ? "⁻" : digits[*p - '0']);
}

/* @whole × 10^(@exponent − @shift), with as many decimals as the power leaves, groups of three, a
 * true minus and "×10ᵉ" for a @shift.  g_ascii_formatd() knows no locale. */
static char *
decimal_label (double whole, int exponent, int shift)
{
  GString *text = g_string_new (NULL);
  char format[16], digits[G_ASCII_DTOSTR_BUF_SIZE * 2];
  int decimals = MAX (0, shift - exponent);
  gsize n_whole;

  if (whole == 0.0)
    return g_string_free (g_string_assign (text, "0"), FALSE);

  g_snprintf (format, sizeof format, "%%.%df", MIN (decimals, 20));
  g_ascii_formatd (digits, sizeof digits, format, decimal_value (fabs (whole), exponent - shift));
  n_whole = strcspn (digits, ".");
  if (whole < 0.0)
    g_string_append (text, "−");
  for (gsize i = 0; i < n_whole; i++)
    {
      if (i > 0 && (n_whole - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  g_string_append (text, digits + n_whole);
  if (shift != 0)
    {
      g_string_append (text, "×10");
      append_superscript (text, shift);
    }
  return g_string_free (text, FALSE);
}

static char *
decade_label (int exponent)
{
  GString *text = g_string_new ("10");

  append_superscript (text, exponent);
  return g_string_free (text, FALSE);
}

static void
add_tick (GArray *ticks, double value, char *label)
{
  IscTick tick = { value, label };

  g_array_append_val (ticks, tick);
}

static void
clear_tick (gpointer data)
{
  g_free (((IscTick *)data)->label);
}

static int
compare_ticks (gconstpointer a, gconstpointer b)
{
  double x = ((const IscTick *)a)->value, y = ((const IscTick *)b)->value;

  return (x > y) - (x < y);
}

/* The range of whole numbers k with @low <= k × @factor × 10^@exponent <= @high.  The quotients are
 * rounded, so the neighbours are tried too. */
static void
whole_range (double low, double high, double factor, int exponent, double *first, double *last)
{
  double step = decimal_value (factor, exponent);

  *first = ceil (low / step);
  *last = floor (high / step);
  if (decimal_value ((*first - 1.0) * factor, exponent) >= low)
    *first -= 1.0;
  if (decimal_value (*first * factor, exponent) < low)
    *first += 1.0;
  if (decimal_value ((*last + 1.0) * factor, exponent) <= high)
    *last += 1.0;
  if (decimal_value (*last * factor, exponent) > high)
    *last -= 1.0;
}

/* The smallest step of 1, 2, 5 × 10ⁿ, with @integer of at least 1, that gives at most @max_labels
 * ticks. */
static void
add_linear_ticks (GArray *ticks, double low, double high, gboolean integer, guint max_labels)
{
  static const double factors[] = { 1.0, 2.0, 5.0 };
  double width = high * 0.5 - low * 0.5, first = 0.0, last = -1.0, factor = 1.0, largest;
  int exponent, shift;

  exponent = (int)floor (log10 (width) + log10 (2.0) - log10 (max_labels + 1.0));
  exponent = MAX (exponent, integer ? 0 : -320);
  for (guint try = 0; try < 9; try++)
    {
      factor = factors[try % 3];
      if (try > 0 && try % 3 == 0)
        exponent++;
      whole_range (low, high, factor, exponent, &first, &last);
      if (last - first + 1.0 <= max_labels)
        break;
    }
  /* Not a number of ticks but a degenerate range that the scale would not have made. */
  if (!(last >= first) || last - first + 1.0 > max_labels)
    return;

  largest = factor * MAX (fabs (first), fabs (last));
  largest = largest > 0.0 ? log10 (largest) + exponent : 0.0;
  shift = largest < log10 (PLAIN_FROM) || largest >= log10 (PLAIN_TO) ? (int)floor (largest + 1e-9)
                                                                      : 0;
  for (int i = 0; i <= (int)(last - first); i++)
    {
      double whole = (first + i) * factor;

      add_tick (ticks, decimal_value (whole, exponent), decimal_label (whole, exponent, shift));
    }
}

static char *
log_label (int digit, int exponent, gboolean plain)
{
  if (plain)
    return isc_number_to_label (decimal_value (digit, exponent), 3);
  if (digit == 1)
    return decade_label (exponent);
  return decimal_label (digit, exponent, exponent);
}

/* Ticks at the given digits of every decade in range; with @count_only, just how many. */
static guint
add_digit_ticks (GArray *ticks, const IscScale *scale, const char *digits, gboolean count_only)
{
  int from = (int)floor (log10 (scale->low)), to = (int)ceil (log10 (scale->high));
  gboolean plain = from >= -4 && to <= 6;
  guint n = 0;

  for (int exponent = from; exponent <= to; exponent++)
    for (const char *d = digits; *d != '\0'; d++)
      {
        int digit = *d - '0';
        double value = decimal_value (digit, exponent);

        if (!(value >= scale->low && value <= scale->high))
          continue;
        if (!count_only)
          add_tick (ticks, value, log_label (digit, exponent, plain));
        n++;
      }
  return n;
}

static gboolean
has_tick (const GArray *ticks, double value)
{
  for (guint i = 0; i < ticks->len; i++)
    if (fabs (g_array_index (ticks, IscTick, i).value - value) <= 1e-9 * value)
      return TRUE;
  return FALSE;
}

static void
add_minor_ticks (GArray *ticks, const IscScale *scale, int from, int to, const char *digits)
{
  g_autoptr (GArray) labelled = g_array_copy (ticks);

  g_array_set_clear_func (labelled, NULL);
  for (int exponent = from; exponent <= to; exponent++)
    for (const char *d = digits; *d != '\0'; d++)
      {
        double value = decimal_value (*d - '0', exponent);

        if (value >= scale->low && value <= scale->high && !has_tick (labelled, value))
          add_tick (ticks, value, NULL);
      }
}

static void
add_log_ticks (GArray *ticks, const IscScale *scale, guint max_labels)
{
  static const int strides[] = { 1, 2, 3, 5, 10, 20, 50, 100, 200, 500 };
  static const char *const finer[] = { "125", "12345", "123456789", "13" };
  double width = log10 (scale->high) - log10 (scale->low), first, last;
  int stride = 1;

  if (width < NEARLY_EVEN)
    {
      add_linear_ticks (ticks, scale->low, scale->high, FALSE, max_labels);
      return;
    }

  first = ceil (log10 (scale->low));
  last = floor (log10 (scale->high));
  if (decimal_value (1.0, (int)first) < scale->low)
    first += 1.0;
  if (decimal_value (1.0, (int)last) > scale->high)
    last -= 1.0;

  /* Fewer than three decades are written out within: 0.1, 0.2, 0.5. */
  if (last - first < 2.0)
    {
      const char *digits = NULL;
      guint most = 1;

      /* The first that gives four labels, else the one that gives most of those that fit. */
      for (guint i = 0; i < G_N_ELEMENTS (finer) && most < 4; i++)
        {
          guint n = add_digit_ticks (ticks, scale, finer[i], TRUE);

          if (n > most && n <= max_labels)
            {
              most = n;
              digits = finer[i];
            }
        }
      if (digits != NULL)
        add_digit_ticks (ticks, scale, digits, FALSE);
      if (ticks->len > 0 && width > 0.9)
        add_minor_ticks (ticks, scale, (int)first - 1, (int)last + 1, "123456789");
      if (ticks->len > 0)
        return;
      if (last < first)
        {
          add_linear_ticks (ticks, scale->low, scale->high, FALSE, max_labels);
          return;
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    {
      stride = strides[i];
      if (floor (last / stride) - ceil (first / stride) + 1.0 <= max_labels)
        break;
    }
  for (int k = (int)ceil (first / stride); k <= (int)floor (last / stride); k++)
    add_tick (ticks, decimal_value (1.0, k * stride), decade_label (k * stride));
  if (stride == 1 && (last - first) * 9.0 <= MAX_MINOR)
    add_minor_ticks (ticks, scale, (int)first - 1, (int)last, "23456789");
  else if (last - first <= MAX_MINOR)
    add_minor_ticks (ticks, scale, (int)first, (int)last, "1");
}

/* The decade that a symlog axis counts as the first beside zero. */
static int
first_decade (const IscScale *scale)
{
  return (int)lround (log10 (scale->near));
}

/* On one side of zero, @sign: every @stride-th decade, counted from the largest: if there is room
 * for few, they say how far the axis goes. */
static void
add_symlog_side (GArray *ticks, const IscScale *scale, double sign, int stride)
{
  int last = (int)floor (log10 (MAX (fabs (scale->low), fabs (scale->high))) + 1e-9);
  gboolean minor = stride == 1;

  for (int exponent = first_decade (scale); exponent <= last; exponent++)
    {
      gboolean labelled = (last - exponent) % stride == 0;
      int digits = minor ? 9 : 1;

      for (int digit = 1; digit <= digits; digit++)
        {
          double value = sign * decimal_value (digit, exponent);
          g_autofree char *decade = digit == 1 && labelled ? decade_label (exponent) : NULL;

          if (value < scale->low || value > scale->high)
            continue;
          add_tick (ticks, value,
                    decade == NULL ? NULL : g_strconcat (sign < 0.0 ? "−" : "", decade, NULL));
        }
    }
}

static guint
count_labelled (const GArray *ticks)
{
  guint n = 0;

  for (guint i = 0; i < ticks->len; i++)
    n += g_array_index (ticks, IscTick, i).label != NULL;
  return n;
}

/* Zero and decades on both sides of it; within the linear part as on a linear axis. */
static void
add_symlog_ticks (GArray *ticks, const IscScale *scale, guint max_labels)
{
  static const int strides[] = { 1, 2, 3, 5, 10, 20, 50, 100, 200, 500 };

  if (!(scale->low < -scale->near || scale->high > scale->near))
    {
      add_linear_ticks (ticks, scale->low, scale->high, FALSE, max_labels);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    {
      g_array_set_size (ticks, 0);
      if (scale->low <= 0.0 && scale->high >= 0.0)
        add_tick (ticks, 0.0, g_strdup ("0"));
      add_symlog_side (ticks, scale, -1.0, strides[i]);
      add_symlog_side (ticks, scale, 1.0, strides[i]);
      if (count_labelled (ticks) <= max_labels)
        break;
    }
  /* No room but for zero itself. */
  for (guint i = 0; i < ticks->len && count_labelled (ticks) > max_labels; i++)
    if (g_array_index (ticks, IscTick, i).value != 0.0)
      g_clear_pointer (&g_array_index (ticks, IscTick, i).label, g_free);
  /* Between two decades, where no power of ten is seen. */
  if (count_labelled (ticks) < MIN (2, max_labels))
    {
      g_array_set_size (ticks, 0);
      add_linear_ticks (ticks, scale->low, scale->high, FALSE, max_labels);
    }
}

GArray *
isc_ticks_new_empty (void)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (IscTick));

  g_array_set_clear_func (ticks, clear_tick);
  return ticks;
}

GArray *
isc_ticks_new (const IscScale *scale, guint max_labels)
{
  GArray *ticks = isc_ticks_new_empty ();

  max_labels = CLAMP (max_labels, 1, 1000);
  if (scale->type->kind == ISC_SCALE_LOG)
    add_log_ticks (ticks, scale, max_labels);
  else if (scale->type->kind == ISC_SCALE_SYMLOG)
    add_symlog_ticks (ticks, scale, max_labels);
  else
    add_linear_ticks (ticks, scale->low, scale->high, scale->integer, max_labels);
  g_array_sort (ticks, compare_ticks);
  return ticks;
}
