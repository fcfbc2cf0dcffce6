/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/legend.h"

#include <math.h>
#include <string.h>

#include "plot/figure-data.h"
#include "plot/series.h"

/* In type sizes: the key, the room behind it, the room between two entries, the height of a row. */
#define KEY 1.75
#define KEY_GAP 0.45
#define ENTRY_GAP 1.6
#define ROW 1.45

/* A name longer than this part of the width is shortened in its middle. */
#define LONGEST 0.6

/* What is left of the ink of a hidden series. */
#define DIMMED 0.35

/* Bytes that are kept before the place where two names begin to differ; legends with more entries
 * are not compared. */
#define CONTEXT 8
#define MAX_COMPARED 32

struct _IscLegend
{
  GPtrArray *marks;
  gboolean steps;
};

static gboolean
same_entry (const IscMark *a, const IscMark *b)
{
  return strcmp (a->label, b->label) == 0 && a->kind->key == b->kind->key
         && a->style.color == b->style.color && a->style.dash == b->style.dash
         && a->style.marker == b->style.marker;
}

static void
add_entry (IscLegend *legend, IscMark *mark)
{
  if (mark->label == NULL || mark->kind->key == ISC_KEY_NONE)
    return;
  for (guint i = 0; i < legend->marks->len; i++)
    if (same_entry (g_ptr_array_index (legend->marks, i), mark))
      return;
  g_ptr_array_add (legend->marks, mark);
}

static gboolean
is_hidden (const IscLayout *layout, const IscMark *mark)
{
  return isc_series_is_named (mark) && isc_viewport_hides (layout->viewport, mark->label);
}

static IscLayoutItem *
add_key_item (IscLayout *layout, IscLayoutItemKind kind, const IscMark *mark)
{
  IscLayoutItem *item = isc_layout_add_item (layout, kind, "key", -1);

  item->color = mark->style.color < 0 ? ISC_INK : mark->style.color;
  item->dash = mark->style.dash;
  item->marker = mark->style.marker != ISC_MARKER_NONE ? mark->style.marker : ISC_MARKER_CIRCLE;
  item->opacity = MIN (mark->style.opacity, 1.0) * (is_hidden (layout, mark) ? DIMMED : 1.0);
  item->series = isc_series_is_named (mark) ? mark->label : NULL;
  item->width = (mark->style.color < 0 ? layout->theme.ink_line : layout->theme.line)
                * CLAMP (mark->style.width, 0.1, 2.0);
  return item;
}

static void
add_area_key (
    IscLayout *layout, const IscMark *mark, gboolean steps, double x, double y, double width)
{
  double half = 0.36 * layout->theme.text_size;
  IscPoint corners[]
      = { { x, y - half }, { x + width, y - half }, { x + width, y + half }, { x, y + half } };
  IscLayoutItem *item = add_key_item (layout, ISC_LAYOUT_ITEM_FILL, mark);
  gboolean bars = mark->kind == &isc_mark_bars;

  if (mark->kind != &isc_mark_image)
    item->opacity *= bars ? layout->theme.bar_opacity : layout->theme.band_opacity;
  if (bars && steps)
    item->opacity *= 0.25;
  g_array_append_vals (item->points, corners, G_N_ELEMENTS (corners));
  if (!bars || !steps)
    return;
  item = add_key_item (layout, ISC_LAYOUT_ITEM_STROKE, mark);
  g_array_append_vals (item->points, corners, G_N_ELEMENTS (corners));
  isc_layout_item_add_point (item, corners[0].x, corners[0].y);
}

static void
add_key (IscLayout *layout, const IscMark *mark, gboolean steps, double x, double y, double width)
{
  IscLayoutItem *item;

  switch (mark->kind->key)
    {
    case ISC_KEY_AREA:
      add_area_key (layout, mark, steps, x, y, width);
      break;
    case ISC_KEY_LINE:
    case ISC_KEY_STEM:
      item = add_key_item (layout, ISC_LAYOUT_ITEM_STROKE, mark);
      isc_layout_item_add_point (item, x, y);
      isc_layout_item_add_point (item, x + width, y);
      if (mark->kind->key == ISC_KEY_LINE
          && !(layout->theme.cues && mark->style.marker != ISC_MARKER_NONE))
        break;
      item = add_key_item (layout, ISC_LAYOUT_ITEM_MARKERS, mark);
      item->width = 0.5 * layout->theme.text_size;
      isc_layout_item_add_point (item, x + 0.5 * width, y);
      break;
    case ISC_KEY_MARKER:
      item = add_key_item (layout, ISC_LAYOUT_ITEM_MARKERS, mark);
      item->width = 0.45 * layout->theme.text_size;
      isc_layout_item_add_point (item, x + 0.5 * width, y);
      break;
    case ISC_KEY_NONE:
    default:
      break;
    }
}

/* The name of entry @index, cut to @width.  Where the cut takes away what tells two names apart,
 * the name begins shortly before that instead. */
static char *
dup_name (
    const IscLegend *legend, IscTypesetter *typesetter, IscFont font, guint index, double width)
{
  const char *label = ((const IscMark *)g_ptr_array_index (legend->marks, index))->label;
  g_autofree char *name = isc_typesetter_shorten (typesetter, font, label, width);
  gsize common = 0;

  if (strcmp (name, label) == 0 || legend->marks->len > MAX_COMPARED)
    return g_steal_pointer (&name);
  for (guint i = 0; i < legend->marks->len; i++)
    {
      const char *other = ((const IscMark *)g_ptr_array_index (legend->marks, i))->label;
      g_autofree char *other_name
          = i != index ? isc_typesetter_shorten (typesetter, font, other, width) : NULL;
      gsize n = 0;

      if (g_strcmp0 (name, other_name) != 0 || strcmp (label, other) == 0)
        continue;
      while (label[n] != '\0' && label[n] == other[n])
        n++;
      common = MAX (common, n);
    }
  if (common > 0)
    {
      const char *from = label + common - MIN (common, CONTEXT);
      g_autofree char *rest = NULL;
      g_auto (GStrv) lines = NULL;

      while (from > label && (*from & 0xc0) == 0x80)
        from--;
      rest = g_strconcat (from > label ? "…" : "", from, NULL);
      lines = isc_typesetter_wrap (typesetter, font, rest, MAX (width - font.size, 1.0), 1);
      return g_strdup (lines[0]);
    }
  return g_steal_pointer (&name);
}

static void
add_name (IscLayout *layout,
          const IscMark *mark,
          IscFont font,
          const char *text,
          double width,
          double x,
          double y)
{
  IscLayoutItem *item
      = isc_layout_add_text (layout, "legend", -1, font, ISC_INK, text, width, x, y);

  item->opacity = is_hidden (layout, mark) ? DIMMED : 1.0;
  item->series = isc_series_is_named (mark) ? mark->label : NULL;
}

/* Flows the entries into rows and, if @place, adds them.  Returns: the height. */
static double
flow (const IscLegend *legend,
      IscLayout *layout,
      IscTypesetter *typesetter,
      double x,
      double y,
      double width,
      gboolean place)
{
  double size = layout->theme.text_size, key = KEY * size, left = x, ascent, descent;
  IscFont font = { size, FALSE };
  double top = y;

  isc_typesetter_metrics (typesetter, font, &ascent, &descent);
  for (guint i = 0; i < legend->marks->len; i++)
    {
      const IscMark *mark = g_ptr_array_index (legend->marks, i);
      double longest = MIN (LONGEST * width, width - key - KEY_GAP * size);
      g_autofree char *text = dup_name (legend, typesetter, font, i, MAX (longest, 0.0));
      double text_width = isc_typesetter_width (typesetter, font, text);
      double entry = key + KEY_GAP * size + text_width;

      if (left > x && left + entry > x + width)
        {
          left = x;
          y += ROW * size;
        }
      if (place)
        {
          double baseline = y + 0.5 * (ROW * size - ascent - descent) + ascent;

          add_key (layout, mark, legend->steps, left, baseline - 0.36 * size, key);
          add_name (layout, mark, font, text, text_width, left + key + KEY_GAP * size, baseline);
        }
      left += entry + ENTRY_GAP * size;
    }
  return y + ROW * size - top;
}

IscLegend *
isc_legend_new (const IscFigure *figure)
{
  IscLegend *legend = g_new0 (IscLegend, 1);

  legend->marks = g_ptr_array_new ();
  for (guint i = 0; i < figure->panels->len; i++)
    {
      const IscPanel *panel = g_ptr_array_index (figure->panels, i);
      guint n_bars = 0;

      for (guint j = 0; j < panel->marks->len; j++)
        {
          IscMark *mark = g_ptr_array_index (panel->marks, j);

          add_entry (legend, mark);
          n_bars += mark->kind == &isc_mark_bars;
        }
      legend->steps |= n_bars > 1;
    }
  return legend;
}

void
isc_legend_free (IscLegend *legend)
{
  g_return_if_fail (legend != NULL);

  g_ptr_array_unref (legend->marks);
  g_free (legend);
}

guint
isc_legend_get_n_entries (const IscLegend *legend)
{
  return legend->marks->len;
}

double
isc_legend_get_rows_height (const IscLegend *legend,
                            IscLayout *layout,
                            IscTypesetter *typesetter,
                            double width)
{
  return legend->marks->len > 0 ? flow (legend, layout, typesetter, 0.0, 0.0, width, FALSE) : 0.0;
}

void
isc_legend_place_rows (const IscLegend *legend,
                       IscLayout *layout,
                       IscTypesetter *typesetter,
                       double x,
                       double y,
                       double width)
{
  flow (legend, layout, typesetter, x, y, width, TRUE);
}

double
isc_legend_get_column_width (const IscLegend *legend,
                             IscLayout *layout,
                             IscTypesetter *typesetter,
                             double most)
{
  double size = layout->theme.text_size, widest = 0.0;
  IscFont font = { size, FALSE };

  for (guint i = 0; i < legend->marks->len; i++)
    {
      const IscMark *mark = g_ptr_array_index (legend->marks, i);

      widest = MAX (widest, isc_typesetter_width (typesetter, font, mark->label));
    }
  return MIN (widest + (KEY + KEY_GAP) * size, most);
}

void
isc_legend_place_column (const IscLegend *legend,
                         IscLayout *layout,
                         IscTypesetter *typesetter,
                         double x,
                         double y,
                         double width,
                         double height)
{
  double size = layout->theme.text_size, key = KEY * size, ascent, descent;
  IscFont font = { size, FALSE };
  guint n = legend->marks->len, n_fit = (guint)MAX (1.0, floor (height / (ROW * size)));
  guint n_shown = n <= n_fit ? n : n_fit - 1;

  isc_typesetter_metrics (typesetter, font, &ascent, &descent);
  for (guint i = 0; i < n_shown; i++)
    {
      const IscMark *mark = g_ptr_array_index (legend->marks, i);
      g_autofree char *text
          = dup_name (legend, typesetter, font, i, MAX (width - key - KEY_GAP * size, 0.0));
      double baseline = y + i * ROW * size + 0.5 * (ROW * size - ascent - descent) + ascent;

      add_key (layout, mark, legend->steps, x, baseline - 0.36 * size, key);
      add_name (layout, mark, font, text, isc_typesetter_width (typesetter, font, text),
                x + key + KEY_GAP * size, baseline);
    }
  if (n_shown < n)
    {
      g_autofree char *text = g_strdup_printf ("and %u more", n - n_shown);

      isc_layout_add_text (layout, "legend", -1, font, ISC_SOFT_INK, text,
                           isc_typesetter_width (typesetter, font, text), x,
                           y + n_shown * ROW * size + 0.5 * (ROW * size - ascent - descent)
                               + ascent);
    }
}
