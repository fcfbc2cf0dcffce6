/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/layout.h"

#include <math.h>

#include "base/ref-count.h"
#include "plot/composer.h"
#include "plot/series.h"

static void
clear_item (gpointer data)
{
  IscLayoutItem *item = data;

  g_array_unref (item->points);
  g_free (item->text);
  g_free (item->raster);
  g_clear_pointer (&item->data, g_array_unref);
}

/* The marks of @panel that belong to no hidden series. */
static GPtrArray *
list_shown (const IscLayout *layout, const IscPanel *panel)
{
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < panel->marks->len; i++)
    {
      IscMark *mark = g_ptr_array_index (panel->marks, i);

      if (layout->viewport == NULL
          || !isc_viewport_hides (layout->viewport, isc_series_find (layout->figure, panel, mark)))
        g_ptr_array_add (shown, mark);
    }
  return shown;
}

static int
compare_data (gconstpointer a, gconstpointer b)
{
  double x = ((const IscDatum *)a)->px, y = ((const IscDatum *)b)->px;

  return (x > y) - (x < y);
}

/* Puts what can be found on @item from left to right, which it nearly always is already. */
static void
order_data (IscLayoutItem *item)
{
  gboolean ordered = TRUE;

  for (guint i = 0; item->data != NULL && i < item->data->len; i++)
    {
      const IscDatum *datum = &g_array_index (item->data, IscDatum, i);

      item->reach = MAX (item->reach, datum->half_width);
      ordered = ordered && (i == 0 || datum[-1].px <= datum->px);
    }
  if (!ordered)
    g_array_sort (item->data, compare_data);
}

IscLayoutItem *
isc_layout_add_item (IscLayout *layout, IscLayoutItemKind kind, const char *part, int panel)
{
  IscLayoutItem item = {
    .kind = kind,
    .part = part,
    .panel = panel,
    .color = ISC_INK,
    .opacity = 1.0,
    .width = 1.0,
    .points = g_array_new (FALSE, FALSE, sizeof (IscPoint)),
  };

  g_array_append_val (layout->items, item);
  return &g_array_index (layout->items, IscLayoutItem, layout->items->len - 1);
}

IscLayoutItem *
isc_layout_add_text (IscLayout *layout,
                     const char *part,
                     int panel,
                     IscFont font,
                     int color,
                     const char *text,
                     double width,
                     double x,
                     double y)
{
  IscLayoutItem *item = isc_layout_add_item (layout, ISC_LAYOUT_ITEM_TEXT, part, panel);

  item->font = font;
  item->color = color;
  item->text = g_strdup (text);
  item->width = width;
  isc_layout_item_add_point (item, x, y);
  return item;
}

void
isc_layout_item_add_point (IscLayoutItem *item, double x, double y)
{
  IscPoint point = { x, y };

  g_array_append_val (item->points, point);
}

IscRaster *
isc_raster_new (gsize columns, gsize rows)
{
  IscRaster *raster = g_malloc0 (sizeof *raster + rows * columns * sizeof *raster->cells);

  raster->rows = raster->n_rows = rows;
  raster->columns = raster->n_columns = columns;
  raster->block_rows = raster->block_columns = 1;
  return raster;
}

IscLayout *
isc_layout_new (IscFigure *figure, const IscTheme *theme, double width, double height)
{
  return isc_layout_new_in (figure, NULL, theme, width, height);
}

IscLayout *
isc_layout_new_in (IscFigure *figure,
                   const IscViewport *viewport,
                   const IscTheme *theme,
                   double width,
                   double height)
{
  g_autoptr (IscLegend) legend = NULL;
  g_autoptr (IscTypesetter) typesetter = NULL;
  IscLayout *layout;
  IscComposer composer = { 0 };

  g_return_val_if_fail (figure != NULL, NULL);
  g_return_val_if_fail (theme != NULL, NULL);

  layout = g_new0 (IscLayout, 1);
  isc_ref_count_init (&layout->ref_count);
  layout->figure = isc_figure_ref (figure);
  layout->viewport = viewport != NULL ? isc_viewport_ref ((IscViewport *)viewport) : NULL;
  layout->theme = *theme;
  layout->theme.family = g_intern_string (theme->family);
  layout->width = isfinite (width) ? MAX (width, 1.0) : 1.0;
  layout->height = isfinite (height) ? MAX (height, 1.0) : 1.0;
  layout->frames = g_array_new (FALSE, FALSE, sizeof (IscFrame));
  layout->items = g_array_new (FALSE, FALSE, sizeof (IscLayoutItem));
  g_array_set_clear_func (layout->items, clear_item);

  typesetter = isc_typesetter_new (layout->theme.family);
  legend = isc_legend_new (figure);
  composer.layout = layout;
  composer.figure = figure;
  composer.typesetter = typesetter;
  composer.legend = legend;
  composer.n_cells = figure->panels->len;
  composer.cells = g_new0 (IscCell, composer.n_cells);
  for (guint i = 0; i < composer.n_cells; i++)
    {
      composer.cells[i].panel = g_ptr_array_index (figure->panels, i);
      composer.cells[i].marks = list_shown (layout, composer.cells[i].panel);
      composer.cells[i].pane
          = (IscPane){ .layout = layout, .typesetter = typesetter, .index = (int)i };
    }
  isc_grid_measure_data (&composer);
  isc_grid_arrange (&composer);
  isc_page_compose (&composer);
  isc_page_place (&composer);
  for (guint i = 0; i < layout->items->len; i++)
    order_data (&g_array_index (layout->items, IscLayoutItem, i));

  isc_page_clear (&composer);
  for (guint i = 0; i < composer.n_cells; i++)
    {
      g_ptr_array_unref (composer.cells[i].marks);
      g_array_unref (composer.cells[i].x_ticks);
      g_array_unref (composer.cells[i].y_ticks);
    }
  g_free (composer.cells);
  return layout;
}

IscLayout *
isc_layout_ref (IscLayout *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);

  isc_ref_count_inc (&layout->ref_count);
  return layout;
}

void
isc_layout_unref (IscLayout *layout)
{
  g_return_if_fail (layout != NULL);

  if (!isc_ref_count_dec (&layout->ref_count))
    return;
  g_array_unref (layout->items);
  g_array_unref (layout->frames);
  g_clear_pointer (&layout->viewport, isc_viewport_unref);
  isc_figure_unref (layout->figure);
  g_free (layout);
}
