/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/layout.h"

#include <math.h>

#include "plot/layout-data.h"

static void
append_number (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  /* A tenth of a px; adding zero turns -0 into 0. */
  g_ascii_formatd (digits, sizeof digits, "%.1f", round (value * 10.0) / 10.0 + 0.0);
  g_string_append_c (text, ' ');
  g_string_append (text, isnan (value) ? "gap" : digits);
}

static void
append_value (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.6g", value);
  g_string_append_c (text, ' ');
  g_string_append (text, digits);
}

static void
append_color (GString *text, const IscLayoutItem *item)
{
  if (item->color >= 0)
    g_string_append_printf (text, " color %d", item->color);
  else
    g_string_append (text, item->color == ISC_INK        ? " ink"
                           : item->color == ISC_SOFT_INK ? " soft"
                                                         : " ground");
  if (item->opacity < 1.0)
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (digits, sizeof digits, "%.3g", item->opacity);
      g_string_append_printf (text, " opacity %s", digits);
    }
}

/* Numbers of pictures that are small enough to be read. */
#define MAX_DUMPED_CELLS 64

static void
append_raster (GString *text, const IscRaster *raster)
{
  static const char *const maps[] = { "diverging", "sequential" };

  g_string_append_printf (text, " %s", maps[raster->map]);
  append_value (text, raster->low);
  append_value (text, raster->high);
  g_string_append_printf (text,
                          " dots %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                          " x %" G_GSIZE_FORMAT " cells, each",
                          raster->rows, raster->columns, raster->block_rows, raster->block_columns);
  append_number (text, raster->dx);
  append_number (text, raster->dy);
  for (gsize i = 0; i < raster->rows * raster->columns; i++)
    if (raster->rows * raster->columns <= MAX_DUMPED_CELLS)
      append_value (text, (double)raster->cells[i]);
}

static void
append_item (GString *text, const IscLayoutItem *item)
{
  static const char *const kinds[] = { "fill", "stroke", "markers", "text", "image" };
  static const char *const dashes[] = { "solid", "dashed", "dotted", "dash-dot" };
  static const char *const markers[]
      = { "none", "circle", "square", "triangle", "diamond", "cross" };

  if (item->panel >= 0)
    g_string_append_printf (text, "panel %d ", item->panel);
  g_string_append_printf (text, "%s %s", kinds[item->kind], item->part);
  append_color (text, item);
  if (item->kind == ISC_LAYOUT_ITEM_TEXT)
    {
      g_string_append (text, item->font.bold ? " bold" : "");
      append_number (text, item->font.size);
      g_string_append_printf (text, " \"%s\" width", item->text);
      append_number (text, item->width);
      g_string_append (text, " at");
    }
  else if (item->kind == ISC_LAYOUT_ITEM_STROKE)
    {
      g_string_append_printf (text, " %s", dashes[item->dash]);
      append_value (text, item->width);
    }
  else if (item->kind == ISC_LAYOUT_ITEM_MARKERS)
    {
      g_string_append_printf (text, " %s", markers[item->marker]);
      append_value (text, item->width);
    }
  if (item->kind == ISC_LAYOUT_ITEM_IMAGE)
    append_raster (text, item->raster);
  if (item->kind != ISC_LAYOUT_ITEM_TEXT)
    g_string_append_printf (text, " n %u:", item->points->len);
  for (guint i = 0; i < item->points->len; i++)
    {
      const IscPoint *point = &g_array_index (item->points, IscPoint, i);

      append_number (text, point->x);
      if (!isnan (point->x))
        append_number (text, point->y);
    }
  g_string_append_c (text, '\n');
}

static void
append_scale (GString *text, const char *name, const IscScale *scale)
{
  g_string_append_printf (text, " %s %s", name, scale->type->name);
  append_value (text, scale->low);
  append_value (text, scale->high);
  g_string_append (text, scale->shows ? "" : " shows nothing");
  g_string_append (text, scale->rug ? " rug" : "");
}

char *
isc_layout_dump (const IscLayout *layout)
{
  GString *text;

  g_return_val_if_fail (layout != NULL, NULL);

  text = g_string_new ("figure");
  append_number (text, layout->width);
  append_number (text, layout->height);
  g_string_append_printf (text, " %s\n", layout->theme.name);
  for (guint i = 0; i < layout->frames->len; i++)
    {
      const IscFrame *frame = &g_array_index (layout->frames, IscFrame, i);

      g_string_append_printf (text, "panel %u area", i);
      append_number (text, frame->area.x);
      append_number (text, frame->area.y);
      append_number (text, frame->area.width);
      append_number (text, frame->area.height);
      append_scale (text, "x", &frame->x);
      append_scale (text, "y", &frame->y);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < layout->items->len; i++)
    append_item (text, &g_array_index (layout->items, IscLayoutItem, i));
  return g_string_free (text, FALSE);
}
