/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/readout.h"

#include <math.h>

#include "base/number-text.h"
#include "plot/figure-data.h"
#include "plot/layout-data.h"

/* Fewer digits than these look rounded, more are noise. */
#define LEAST_DIGITS 4
#define MOST_DIGITS 12

/* Whole numbers below this are written out, as ticks are. */
#define PLAIN 1e6
#define WHOLE 1e15

static const IscAxis *
axis_of (const IscLayout *layout, guint panel, IscAxisSide side)
{
  const IscPanel *of = g_ptr_array_index (layout->figure->panels, panel);

  return &of->axes[side];
}

/* The name of a place on an axis of names. */
static const char *
find_name (const IscAxis *axis, double value)
{
  for (guint i = 0; axis->categories != NULL && i < axis->categories->len; i++)
    {
      const IscCategory *category = &g_array_index (axis->categories, IscCategory, i);

      if (category->at == value)
        return category->label;
    }
  return NULL;
}

/* How many digits tell @value from what stands a pixel beside it. */
static int
digits_of (const IscLayout *layout, guint panel, IscAxisSide side, double value)
{
  double at = isc_layout_to_device (layout, panel, side, value);
  double step = fabs (isc_layout_to_value (layout, panel, side, at + 1.0)
                      - isc_layout_to_value (layout, panel, side, at));
  double digits = ceil (log10 (fabs (value) / step)) + 1.0;

  return isfinite (digits) ? (int)CLAMP (digits, LEAST_DIGITS, MOST_DIGITS) : LEAST_DIGITS;
}

static char *
whole_text (double value)
{
  g_autofree char *count = NULL;

  if (fabs (value) < PLAIN)
    return isc_number_to_label (value, 7);
  count = isc_count_to_label ((guint64)fabs (value));
  return g_strconcat (value < 0.0 ? "−" : "", count, NULL);
}

char *
isc_readout_value (const IscLayout *layout, guint panel, IscAxisSide side, double value)
{
  const char *name;

  g_return_val_if_fail (layout != NULL && panel < layout->frames->len, NULL);

  name = find_name (axis_of (layout, panel, side), value);
  if (name != NULL)
    return g_strdup (name);
  if (fabs (value) < WHOLE && value == floor (value))
    return whole_text (value);
  return isc_number_to_label (value, digits_of (layout, panel, side, value));
}

char *
isc_readout_text (const IscLayout *layout, const IscHit *hit)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  g_return_val_if_fail (layout != NULL && hit != NULL, NULL);

  if (hit->n_rows > 0)
    return isc_hit_to_text (hit);
  x = isc_readout_value (layout, hit->panel, ISC_AXIS_X, hit->x);
  y = isc_readout_value (layout, hit->panel, ISC_AXIS_Y, hit->y);
  return g_strdup_printf ("%s%s%s, %s", hit->label != NULL ? hit->label : "",
                          hit->label != NULL ? "\n" : "", x, y);
}

char *
isc_readout_sentence (const IscLayout *layout, const IscHit *hit)
{
  GString *text;

  g_return_val_if_fail (layout != NULL && hit != NULL, NULL);

  if (hit->n_rows > 0)
    {
      g_autofree char *lines = isc_hit_to_text (hit);

      return g_strdelimit (g_steal_pointer (&lines), "\n", ' ');
    }
  text = g_string_new (hit->label);
  for (IscAxisSide side = ISC_AXIS_X; side <= ISC_AXIS_Y; side++)
    {
      const char *title = axis_of (layout, hit->panel, side)->label;
      g_autofree char *value
          = isc_readout_value (layout, hit->panel, side, side == ISC_AXIS_X ? hit->x : hit->y);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                              title != NULL        ? title
                              : side == ISC_AXIS_X ? "x"
                                                   : "y",
                              value);
    }
  return g_string_free (text, FALSE);
}

static void
append_line (GString *text, const char *name, double value)
{
  g_autofree char *label = isc_number_to_label (value, LEAST_DIGITS);

  if (isfinite (value))
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", name, label);
}

char *
isc_readout_difference (const IscLayout *layout, const IscHit *a, const IscHit *b)
{
  double dx, dy, low, high;
  IscScaleKind kind_x, kind_y;
  GString *text;

  g_return_val_if_fail (layout != NULL && a != NULL && b != NULL, NULL);

  if (a->panel != b->panel || a->n_rows > 0 || b->n_rows > 0)
    return NULL;
  kind_x = isc_layout_get_limits (layout, a->panel, ISC_AXIS_X, &low, &high);
  kind_y = isc_layout_get_limits (layout, a->panel, ISC_AXIS_Y, &low, &high);
  dx = b->x - a->x;
  dy = b->y - a->y;
  text = g_string_new (NULL);
  append_line (text, "Δx", dx);
  append_line (text, "Δy", dy);
  append_line (text, "y ratio", b->y / a->y);
  /* On two logarithmic axes a power law is straight, and its slope is the power. */
  if (kind_x == ISC_SCALE_LOG && kind_y == ISC_SCALE_LOG)
    append_line (text, "power", log (b->y / a->y) / log (b->x / a->x));
  else if (kind_x == ISC_SCALE_LINEAR && kind_y == ISC_SCALE_LINEAR)
    append_line (text, "slope", dy / dx);
  return g_string_free (text, FALSE);
}
