/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/colorbar.h"

#include <math.h>

#include "plot/ticks.h"

/* In type sizes: the room before the bar, its width, the room before its labels. */
#define GAP 1.0
#define BAR 0.9
#define LABEL_GAP 0.4

/* Least distance of two labels in type sizes, and how many there are at most. */
#define PITCH 1.5
#define MAX_TICKS 7.0

/* Half the height of a digit. */
#define HALF_DIGIT 0.36

#define STEPS 128

/* Closer than those of an axis: a bar is short, and a colour needs its number near. */
static GArray *
fit_ticks (const IscPane *pane, double height)
{
  double most = floor (height / (PITCH * pane->layout->theme.text_size)) + 1.0;

  return isc_ticks_new (&pane->frame.colors.scale, (guint)CLAMP (most, 1.0, MAX_TICKS));
}

void
isc_colors_fit (const IscPanel *panel, IscColors *colors)
{
  const IscImage *first = NULL;
  IscExtent extent = isc_extent_empty;

  for (guint i = 0; i < panel->marks->len; i++)
    {
      const IscMark *mark = g_ptr_array_index (panel->marks, i);

      if (mark->picture == NULL)
        continue;
      if (first == NULL)
        first = &mark->picture->image;
      if (mark->picture->low <= mark->picture->high)
        {
          isc_extent_add (&extent, mark->picture->low);
          isc_extent_add (&extent, mark->picture->high);
        }
    }
  *colors = (IscColors){ .shown = first != NULL };
  if (first == NULL)
    return;
  colors->map = first->map;
  if (first->map == ISC_MAP_SERIES)
    {
      colors->shown = FALSE;
      colors->scale = isc_scale_fit (ISC_SCALE_LINEAR, &extent);
      isc_scale_fix (&colors->scale, 0.0, ISC_N_SERIES_COLORS);
      return;
    }
  if (first->map == ISC_MAP_DIVERGING)
    {
      double most = extent.n_finite > 0 ? MAX (fabs (extent.low), fabs (extent.high)) : 1.0;

      extent.n_finite = 2;

      extent.low = -most;
      extent.high = most;
    }
  colors->scale = isc_scale_fit (ISC_SCALE_LINEAR, &extent);
  colors->scale.shows = TRUE;
  if (isfinite (first->low) && isfinite (first->high) && first->low < first->high)
    isc_scale_fix (&colors->scale, first->low, first->high);
}

double
isc_colorbar_width (const IscPane *pane, double height)
{
  const IscTheme *theme = &pane->layout->theme;
  g_autoptr (GArray) ticks = NULL;
  double widest = 0.0;

  if (!pane->frame.colors.shown)
    return 0.0;
  ticks = fit_ticks (pane, height);
  for (guint i = 0; i < ticks->len; i++)
    {
      const IscTick *tick = &g_array_index (ticks, IscTick, i);

      if (tick->label != NULL)
        widest = MAX (widest,
                      isc_typesetter_width (pane->typesetter, (IscFont){ theme->text_size, FALSE },
                                            tick->label));
    }
  return ceil ((GAP + BAR + LABEL_GAP) * theme->text_size + widest);
}

static void
place_bar (IscPane *pane, const IscRectangle *bar)
{
  const IscColors *colors = &pane->frame.colors;
  IscLayoutItem *item
      = isc_layout_add_item (pane->layout, ISC_LAYOUT_ITEM_IMAGE, "colors", pane->index);
  IscRaster *raster = isc_raster_new (1, STEPS);

  item->raster = raster;
  raster->map = colors->map;
  raster->low = 0.0;
  raster->high = 1.0;
  for (int i = 0; i < STEPS; i++)
    raster->cells[i] = (float)i / (STEPS - 1);
  raster->origin = (IscPoint){ bar->x, bar->y + bar->height };
  raster->dx = bar->width;
  raster->dy = -bar->height / STEPS;
  isc_layout_item_add_point (item, bar->x, bar->y);
  isc_layout_item_add_point (item, bar->x + bar->width, bar->y + bar->height);
}

void
isc_colorbar_place (IscPane *pane, const char *title, double left, double baseline)
{
  const IscRectangle *area = &pane->frame.area;
  const IscColors *colors = &pane->frame.colors;
  const IscTheme *theme = &pane->layout->theme;
  double size = theme->text_size, right;
  IscRectangle bar
      = { floor (area->x + area->width + GAP * size), area->y, round (BAR * size), area->height };
  IscFont font = { size, FALSE };
  g_autoptr (GArray) ticks = NULL;
  g_autofree char *text = NULL;

  if (!colors->shown)
    return;
  place_bar (pane, &bar);
  right = bar.x + bar.width;
  ticks = fit_ticks (pane, bar.height);
  for (guint i = 0; i < ticks->len; i++)
    {
      const IscTick *tick = &g_array_index (ticks, IscTick, i);
      double y = bar.y + bar.height * (1.0 - isc_scale_fraction (&colors->scale, tick->value));
      double width, x = bar.x + bar.width + LABEL_GAP * size;

      if (tick->label == NULL)
        continue;
      width = isc_typesetter_width (pane->typesetter, font, tick->label);
      isc_layout_add_text (pane->layout, "color-label", pane->index, font, ISC_SOFT_INK,
                           tick->label, width, x, y + HALF_DIGIT * size);
      right = MAX (right, x + width);
    }
  if (title == NULL)
    return;
  text = isc_typesetter_shorten (pane->typesetter, font, title, MAX (right - left, 0.0));
  isc_layout_add_text (pane->layout, "color-title", pane->index, font, ISC_SOFT_INK, text,
                       isc_typesetter_width (pane->typesetter, font, text),
                       right - isc_typesetter_width (pane->typesetter, font, text), baseline);
}
