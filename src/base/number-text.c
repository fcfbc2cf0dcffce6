/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number-text.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* Digits that always bring back the same double. */
#define MAX_DIGITS 17

/* Powers of ten up to which a number is written out, as Python does. */
#define MIN_PLAIN_EXPONENT (-4)
#define MAX_PLAIN_EXPONENT 15

/* Whole numbers below have no digit to lose. */
#define MAX_WHOLE 1e15

/* Outside these decades a label is written with a power of ten. */
#define MIN_PLAIN 1e-4
#define MAX_PLAIN 1e6

#define MINUS "−"

static const char *
special_text (double value)
{
  if (isnan (value))
    return "nan";
  if (isinf (value))
    return value > 0.0 ? "inf" : "-inf";
  return NULL;
}

static void
format_digits (char text[G_ASCII_DTOSTR_BUF_SIZE], double value, int digits)
{
  char format[8];

  g_snprintf (format, sizeof format, "%%.%dg", digits);
  g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, format, value);
}

static void
append_superscript (GString *text, int exponent)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autofree char *plain = g_strdup_printf ("%d", exponent);

  for (const char *c = plain; *c; c++)
    g_string_append (text, *c == '-' ? "⁻" : digits[*c - '0']);
}

/* @value to @digits significant digits: plainly, or as 1e-08. */
static char *
spell (double value, int digits)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char format[8];
  int exponent;

  g_snprintf (format, sizeof format, "%%.%de", digits - 1);
  g_ascii_formatd (text, sizeof text, format, value);
  exponent = (int)g_ascii_strtoll (strchr (text, 'e') + 1, NULL, 10);
  if (exponent >= MIN_PLAIN_EXPONENT && exponent <= MAX_PLAIN_EXPONENT)
    {
      g_snprintf (format, sizeof format, "%%.%df", MAX (0, digits - 1 - exponent));
      g_ascii_formatd (text, sizeof text, format, value);
    }
  return g_strdup (text);
}

/* How many digits of @text, in the form 1.20e-08, are left without the zeros behind them. */
static int
count_digits (const char *text)
{
  const char *end = strchr (text, 'e');

  while (end[-1] == '0')
    end--;
  /* Neither the point is a digit nor the sign. */
  return (int)(end - text) - 1 - (text[0] == '-');
}

/* How few digits of @value, which is not 0, read back as it.  A decimal of @sure digits comes back
 * from every normal number, so those that fewer digits tell apart end in zeros. */
static int
find_digits (double value, gboolean normal, int sure, gboolean (*is_back) (const char *, double))
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  int digits = 1;

  if (normal)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%de", sure - 1);
      g_ascii_formatd (text, sizeof text, format, value);
      if (is_back (text, value))
        return count_digits (text);
      digits = sure + 1;
    }
  for (; digits < MAX_DIGITS; digits++)
    {
      format_digits (text, value, digits);
      if (is_back (text, value))
        break;
    }
  return digits;
}

static gboolean
is_same_double (const char *text, double value)
{
  return g_ascii_strtod (text, NULL) == value;
}

static gboolean
is_same_float (const char *text, double value)
{
  return (float)g_ascii_strtod (text, NULL) == (float)value;
}

char *
isc_number_to_text (double value)
{
  if (special_text (value))
    return g_strdup (special_text (value));
  /* Written out anyway, and the commonest of all: steps, rows, columns. */
  if (value == trunc (value) && fabs (value) < MAX_WHOLE)
    return g_strdup_printf ("%.0f", value);
  return spell (value, find_digits (value, isnormal (value), DBL_DIG, is_same_double));
}

char *
isc_float_to_text (float value)
{
  if (special_text ((double)value))
    return g_strdup (special_text ((double)value));
  return spell ((double)value,
                find_digits ((double)value, isnormal (value), FLT_DIG, is_same_float));
}

char *
isc_number_to_label (double value, int digits)
{
  GString *label = g_string_new (NULL);
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double magnitude;
  char *exponent;

  g_return_val_if_fail (digits >= 1 && digits <= MAX_DIGITS, g_string_free (label, FALSE));

  if (isnan (value))
    return g_string_free (g_string_append (label, "NaN"), FALSE);
  if (value < 0.0)
    g_string_append (label, MINUS);
  if (isinf (value))
    return g_string_free (g_string_append (label, "∞"), FALSE);

  format_digits (text, fabs (value), digits);
  magnitude = g_ascii_strtod (text, NULL);
  if (magnitude != 0.0 && (magnitude < MIN_PLAIN || magnitude >= MAX_PLAIN))
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%de", digits - 1);
      g_ascii_formatd (text, sizeof text, format, fabs (value));
    }
  else if (strchr (text, 'e'))
    /* 123456 to three digits: %g would write a power of ten. */
    g_ascii_formatd (text, sizeof text, "%.0f", magnitude);
  exponent = strchr (text, 'e');
  if (exponent)
    *exponent++ = '\0';

  if (strchr (text, '.'))
    {
      gsize length = strlen (text);

      while (text[length - 1] == '0')
        text[--length] = '\0';
      if (text[length - 1] == '.')
        text[--length] = '\0';
    }
  if (!exponent || !g_str_equal (text, "1"))
    g_string_append (label, text);
  if (exponent)
    {
      g_string_append (label, g_str_equal (text, "1") ? "10" : "×10");
      append_superscript (label, (int)g_ascii_strtoll (exponent, NULL, 10));
    }
  return g_string_free (label, FALSE);
}

char *
isc_count_to_label (guint64 count)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  gsize length = strlen (plain);
  GString *label = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (label, ',');
      g_string_append_c (label, plain[i]);
    }
  return g_string_free (label, FALSE);
}

gboolean
isc_number_from_text (const char *text, double *value)
{
  char *end;

  /* strtod would skip blanks and read hexadecimal. */
  if (!g_ascii_isdigit (*text) && !strchr ("+-.in", g_ascii_tolower (*text)))
    return FALSE;
  if (strpbrk (text, "xX"))
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

gboolean
isc_integer_from_text (const char *text, gint64 *value)
{
  return *text != '\0' && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL);
}

gboolean
isc_seed_from_text (const char *text, guint64 *seed)
{
  gint64 negative;

  if (*text == '-')
    {
      if (!isc_integer_from_text (text, &negative))
        return FALSE;
      *seed = (guint64)negative;
      return TRUE;
    }
  if (*text == '+')
    text++;
  return *text != '\0' && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, seed, NULL);
}
