/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/navigate.h"

#include <math.h>

#include "plot/figure-data.h"
#include "plot/layout-data.h"

/* An axis shows no less than this part of its values' magnitude: a double has little more to say,
 * and the labels that tell such values apart would be longer than the axis. */
#define LEAST_SPAN 1e-11

/* ... and on a log axis no less than this part of a decade. */
#define LEAST_DECADES 1e-9

/* An axis of whole numbers shows two of them. */
#define LEAST_WHOLE 2.0

/* An axis ends here: a decade of room to the ends of a double. */
#define LARGEST 1e307
#define SMALLEST 1e-300

/* px that a side of a box is at least long, and how many times as long as the other one it is if it
 * alone counts. */
#define LEAST_SIDE 5.0
#define FLAT 0.08

static const IscScale *
find_scale (const IscLayout *layout, guint panel, IscAxisSide side)
{
  const IscFrame *frame = &g_array_index (layout->frames, IscFrame, panel);

  return side == ISC_AXIS_X ? &frame->x : &frame->y;
}

static gboolean
can_move (const IscLayout *layout, guint panel, IscAxisSide side)
{
  const IscPanel *shown = isc_figure_get_panel (layout->figure, panel);

  return find_scale (layout, panel, side)->shows && shown->axes[side].categories == NULL;
}

static gboolean
is_range (const IscScale *scale, double low, double high)
{
  if (!(low < high) || !(fabs (low) <= LARGEST) || !(fabs (high) <= LARGEST)
      || !scale->type->can_show (low))
    return FALSE;
  if (scale->integer && high - low < LEAST_WHOLE)
    return FALSE;
  if (scale->type->kind == ISC_SCALE_LOG)
    return low >= SMALLEST && log10 (high) - log10 (low) >= LEAST_DECADES;
  return high - low >= MAX (LEAST_SPAN * MAX (fabs (low), fabs (high)), SMALLEST);
}

static gboolean
is_shared (const IscLayout *layout, guint panel, guint other, IscAxisSide side)
{
  return other == panel || layout->figure->shared[side];
}

/* Takes @viewport and returns it with the part of an axis between two fractions of what is seen. */
static IscViewport *
show_part (IscViewport *viewport,
           const IscLayout *layout,
           guint panel,
           IscAxisSide side,
           double from,
           double to)
{
  const IscScale *scale = find_scale (layout, panel, side);
  double a = isc_scale_value (scale, from), b = isc_scale_value (scale, to);
  g_autoptr (IscViewport) old = viewport;

  if (!can_move (layout, panel, side) || !is_range (scale, MIN (a, b), MAX (a, b)))
    return g_steal_pointer (&old);
  return isc_navigate_limits (layout, old, panel, side, MIN (a, b), MAX (a, b));
}

static IscViewport *
begin (const IscLayout *layout)
{
  return layout->viewport != NULL ? isc_viewport_ref (layout->viewport) : NULL;
}

IscViewport *
isc_navigate_limits (const IscLayout *layout,
                     const IscViewport *viewport,
                     guint panel,
                     IscAxisSide side,
                     double low,
                     double high)
{
  g_autoptr (IscViewport) made = NULL;

  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (panel < layout->frames->len, NULL);

  made = viewport != NULL ? isc_viewport_ref ((IscViewport *)viewport) : NULL;
  for (guint i = 0; i < layout->frames->len; i++)
    {
      g_autoptr (IscViewport) old = NULL;

      if (!is_shared (layout, panel, i, side))
        continue;
      old = g_steal_pointer (&made);
      made = isc_viewport_with_limits (old, i, side, low, high);
    }
  return g_steal_pointer (&made);
}

IscViewport *
isc_navigate_scale (const IscLayout *layout, guint panel, IscAxisSide side, IscScaleKind kind)
{
  g_autoptr (IscViewport) made = NULL;

  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (panel < layout->frames->len, NULL);

  made = begin (layout);
  for (guint i = 0; i < layout->frames->len; i++)
    {
      g_autoptr (IscViewport) old = NULL;

      if (!is_shared (layout, panel, i, side))
        continue;
      old = g_steal_pointer (&made);
      made = isc_viewport_with_scale (old, i, side, kind);
    }
  return g_steal_pointer (&made);
}

IscViewport *
isc_navigate_pan (const IscLayout *layout, guint panel, IscAlong along, double dx, double dy)
{
  IscViewport *made;

  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (panel < layout->frames->len, NULL);

  made = begin (layout);
  for (IscAxisSide side = ISC_AXIS_X; side <= ISC_AXIS_Y; side++)
    {
      double moved = side == ISC_AXIS_X ? dx : dy;
      double from = isc_layout_to_fraction (layout, panel, side, 0.0)
                    - isc_layout_to_fraction (layout, panel, side, moved);

      if (along & (1 << side) && moved != 0.0)
        made = show_part (made, layout, panel, side, from, 1.0 + from);
    }
  return made;
}

IscViewport *
isc_navigate_zoom (
    const IscLayout *layout, guint panel, IscAlong along, double px, double py, double factor)
{
  IscViewport *made;

  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (panel < layout->frames->len, NULL);
  g_return_val_if_fail (factor > 0.0 && isfinite (factor), NULL);

  made = begin (layout);
  for (IscAxisSide side = ISC_AXIS_X; side <= ISC_AXIS_Y; side++)
    {
      double fixed = isc_layout_to_fraction (layout, panel, side, side == ISC_AXIS_X ? px : py);
      double from = fixed - fixed / factor;

      if (along & (1 << side) && factor != 1.0)
        made = show_part (made, layout, panel, side, from, from + 1.0 / factor);
    }
  return made;
}

IscViewport *
isc_navigate_box (
    const IscLayout *layout, guint panel, double px0, double py0, double px1, double py1)
{
  double width = fabs (px1 - px0), height = fabs (py1 - py0);
  const double ends[2][2] = { { px0, px1 }, { py0, py1 } };
  const gboolean counts[2] = { width >= LEAST_SIDE && width >= FLAT * height,
                               height >= LEAST_SIDE && height >= FLAT * width };
  IscViewport *made;

  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (panel < layout->frames->len, NULL);

  made = begin (layout);
  for (IscAxisSide side = ISC_AXIS_X; side <= ISC_AXIS_Y; side++)
    {
      double a = isc_layout_to_fraction (layout, panel, side, ends[side][0]);
      double b = isc_layout_to_fraction (layout, panel, side, ends[side][1]);

      /* What is drawn beyond the edges of the plot area means them. */
      if (counts[side])
        made = show_part (made, layout, panel, side, MAX (MIN (a, b), 0.0), MIN (MAX (a, b), 1.0));
    }
  return made;
}

IscViewport *
isc_navigate_fit (const IscLayout *layout, guint panel, IscAlong along)
{
  IscViewport *made;

  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (panel < layout->frames->len, NULL);

  made = begin (layout);
  for (IscAxisSide side = ISC_AXIS_X; side <= ISC_AXIS_Y; side++)
    {
      g_autoptr (IscViewport) old = NULL;

      if (!(along & (1 << side)))
        continue;
      old = g_steal_pointer (&made);
      made = isc_navigate_limits (layout, old, panel, side, NAN, NAN);
    }
  return made;
}
