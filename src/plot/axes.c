/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/axes.h"

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "plot/ticks.h"

/* px: length of a tick, of a minor one, room to its label. */
#define TICK 4.0
#define MINOR_TICK 2.5
#define TICK_GAP 4.0
#define LABEL_GAP 8.0

/* px: from a note to the frame and to what is drawn. */
#define NOTE_GAP 8.0

/* In type sizes: the least distance of two labels along a horizontal and a vertical axis, and the
 * one that is aimed at. */
#define X_APART 0.9
#define Y_APART 1.25
#define X_AIM 4.5
#define Y_AIM 3.6

#define MAX_LABELS 12
#define MOST_MORE 3

/* In type sizes: the row of the axis title. */
#define TITLE_ROW 1.35

/* Half the height of a digit, in type sizes: centres a label on its tick. */
#define HALF_DIGIT 0.36

/* How high the label of the zeros reaches above the bottom line, in type sizes. */
#define RUG_LABEL 0.63

#define STRIP_OPACITY 0.05

static IscFont
label_font (const IscTheme *theme)
{
  return (IscFont){ theme->text_size, FALSE };
}

static gboolean
labels_are_apart (IscTypesetter *typesetter,
                  const IscTheme *theme,
                  const GArray *ticks,
                  const IscScale *scale,
                  IscAxisSide side,
                  double length)
{
  double reached = -INFINITY, size = theme->text_size;

  for (guint i = 0; i < ticks->len; i++)
    {
      const IscTick *tick = &g_array_index (ticks, IscTick, i);
      double at = isc_scale_fraction (scale, tick->value) * length, half = 0.0;

      at = scale->reversed ? length - at : at;
      if (tick->label == NULL)
        continue;
      if (side == ISC_AXIS_X)
        half = 0.5 * isc_typesetter_width (typesetter, label_font (theme), tick->label);
      if (at - half < reached)
        return FALSE;
      reached = at + half + (side == ISC_AXIS_X ? X_APART : Y_APART) * size;
    }
  return TRUE;
}

static guint
count_labels (const GArray *ticks)
{
  guint n = 0;

  for (guint i = 0; i < ticks->len; i++)
    n += g_array_index (ticks, IscTick, i).label != NULL;
  return n;
}

/* Every @stride-th name. */
static GArray *
category_ticks (IscTypesetter *typesetter,
                const IscTheme *theme,
                const IscScale *scale,
                const GArray *categories,
                guint stride,
                double longest)
{
  GArray *ticks = isc_ticks_new_empty ();

  for (guint i = 0; i < categories->len; i += stride)
    {
      const IscCategory *category = &g_array_index (categories, IscCategory, i);
      IscTick tick = { .value = category->at };

      if (!(category->at >= scale->low && category->at <= scale->high) || category->label == NULL)
        continue;
      tick.label
          = isc_typesetter_shorten (typesetter, label_font (theme), category->label, longest);
      g_array_append_val (ticks, tick);
    }
  return ticks;
}

GArray *
isc_axes_fit_ticks (IscTypesetter *typesetter,
                    const IscTheme *theme,
                    const IscScale *scale,
                    const GArray *categories,
                    IscAxisSide side,
                    double length,
                    double longest)
{
  double aim = (side == ISC_AXIS_X ? X_AIM : Y_AIM) * theme->text_size;
  guint n = (guint)CLAMP (floor (length / aim) + 1.0, 2.0, MAX_LABELS);
  GArray *ticks;

  if (!scale->shows)
    return isc_ticks_new_empty ();
  for (guint stride = 1; categories != NULL; stride++)
    {
      ticks = category_ticks (typesetter, theme, scale, categories, stride, longest);
      if (stride >= categories->len
          || labels_are_apart (typesetter, theme, ticks, scale, side, length))
        return ticks;
      g_array_unref (ticks);
    }
  for (;; n--)
    {
      ticks = isc_ticks_new (scale, n);
      if (n == 1 || labels_are_apart (typesetter, theme, ticks, scale, side, length))
        break;
      g_array_unref (ticks);
    }
  /* One number does not make a scale: a second may stand nearer than is aimed at. */
  for (guint more = n + 1; count_labels (ticks) < 2 && more <= n + MOST_MORE; more++)
    {
      GArray *closer = isc_ticks_new (scale, more);

      if (labels_are_apart (typesetter, theme, closer, scale, side, length))
        {
          GArray *swap = ticks;

          ticks = closer;
          closer = swap;
        }
      g_array_unref (closer);
    }
  return ticks;
}

static gboolean
has_minor (const GArray *ticks)
{
  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, IscTick, i).label == NULL)
      return TRUE;
  return FALSE;
}

char *
isc_axes_dup_title (const char *label, const IscScale *scale)
{
  g_autofree char *near = NULL;

  if (scale->type->kind != ISC_SCALE_SYMLOG || scale->low >= scale->near
      || scale->high <= -scale->near)
    return g_strdup (label);
  near = isc_number_to_label (scale->near, 3);
  return g_strdup_printf ("%s%slinear within ±%s", label != NULL ? label : "",
                          label != NULL ? ", " : "", near);
}

const char *
isc_axes_rug_label (const IscScale *scale)
{
  return scale->rug_negative ? "≤ 0" : "0";
}

double
isc_axes_widest_label (IscTypesetter *typesetter,
                       const IscTheme *theme,
                       const GArray *ticks,
                       const IscScale *scale)
{
  double widest = 0.0, minus = 0.0;

  if (scale->chosen && scale->negative)
    minus = isc_typesetter_width (typesetter, label_font (theme), "−");
  for (guint i = 0; i < ticks->len; i++)
    {
      const char *label = g_array_index (ticks, IscTick, i).label;
      double width;

      if (label == NULL)
        continue;
      width = isc_typesetter_width (typesetter, label_font (theme), label);
      widest = MAX (widest, width + (g_str_has_prefix (label, "−") ? 0.0 : minus));
    }
  return widest;
}

double
isc_axes_left_width (IscTypesetter *typesetter,
                     const IscTheme *theme,
                     const GArray *ticks,
                     const IscScale *scale)
{
  double widest = isc_axes_widest_label (typesetter, theme, ticks, scale);

  if (scale->rug)
    widest = MAX (widest, isc_typesetter_width (typesetter, label_font (theme),
                                                isc_axes_rug_label (scale)));
  return widest > 0.0 ? ceil (widest + LABEL_GAP) : 0.0;
}

double
isc_axes_below_height (IscTypesetter *typesetter, const IscTheme *theme, gboolean title)
{
  double ascent, descent;

  isc_typesetter_metrics (typesetter, label_font (theme), &ascent, &descent);
  return TICK + TICK_GAP + ascent + descent + (title ? TITLE_ROW * theme->text_size : 0.0);
}

void
isc_axes_place_grid (IscPane *pane, const GArray *y_ticks)
{
  const IscRectangle *area = &pane->frame.area;
  const IscTheme *theme = &pane->layout->theme;
  double bottom = area->y + area->height, rug = isc_pane_rug (pane, ISC_AXIS_Y);
  IscLayoutItem *item;

  if (rug > 0.0)
    {
      item = isc_layout_add_item (pane->layout, ISC_LAYOUT_ITEM_FILL, "strip", pane->index);
      item->opacity = STRIP_OPACITY;
      isc_layout_item_add_point (item, area->x, bottom - rug);
      isc_layout_item_add_point (item, area->x + area->width, bottom - rug);
      isc_layout_item_add_point (item, area->x + area->width, bottom);
      isc_layout_item_add_point (item, area->x, bottom);
    }
  for (guint i = 0; i < y_ticks->len; i++)
    {
      const IscTick *tick = &g_array_index (y_ticks, IscTick, i);
      double width = theme->hair, y = isc_pane_snap (pane, isc_pane_y (pane, tick->value), &width);

      if (tick->label == NULL || y > bottom - 1.0)
        continue;
      item = isc_layout_add_item (pane->layout, ISC_LAYOUT_ITEM_STROKE, "grid", pane->index);
      item->opacity = theme->grid_opacity;
      item->width = width;
      isc_layout_item_add_point (item, area->x, y);
      isc_layout_item_add_point (item, area->x + area->width, y);
    }
}

/* A line along @side: across the page at y @at, or down it at x @at. */
static void
add_axis_line (IscPane *pane, const char *part, IscAxisSide side, double at, double from, double to)
{
  double width = pane->layout->theme.hair, snapped = isc_pane_snap (pane, at, &width);
  IscLayoutItem *item
      = isc_layout_add_item (pane->layout, ISC_LAYOUT_ITEM_STROKE, part, pane->index);

  item->color = ISC_SOFT_INK;
  item->width = width;
  if (side == ISC_AXIS_X)
    {
      isc_layout_item_add_point (item, from, snapped);
      isc_layout_item_add_point (item, to, snapped);
    }
  else
    {
      isc_layout_item_add_point (item, snapped, from);
      isc_layout_item_add_point (item, snapped, to);
    }
}

/* Whether the label of a tick at @at would lie on that of the zeros. */
static gboolean
meets_rug_label (const IscPane *pane, IscAxisSide side, double at, const char *label)
{
  const IscRectangle *area = &pane->frame.area;
  const IscScale *scale = side == ISC_AXIS_X ? &pane->frame.x : &pane->frame.y;
  IscFont font = label_font (&pane->layout->theme);

  if (isc_pane_rug (pane, side) == 0.0)
    return FALSE;
  if (side == ISC_AXIS_Y)
    return at + HALF_DIGIT * font.size > area->y + area->height - RUG_LABEL * font.size;
  return at - 0.5 * isc_typesetter_width (pane->typesetter, font, label)
         < area->x + 0.5 * isc_typesetter_width (pane->typesetter, font, isc_axes_rug_label (scale))
               + 0.3 * font.size;
}

static void
add_x_label (IscPane *pane, const char *text, double at, double baseline)
{
  IscFont font = label_font (&pane->layout->theme);
  double width = isc_typesetter_width (pane->typesetter, font, text);

  isc_layout_add_text (pane->layout, "x-label", pane->index, font, ISC_SOFT_INK, text, width,
                       at - 0.5 * width, baseline);
}

void
isc_axes_place_x (IscPane *pane, const GArray *ticks, gboolean labels, const char *title)
{
  const IscRectangle *area = &pane->frame.area;
  const IscTheme *theme = &pane->layout->theme;
  IscFont font = label_font (theme);
  double bottom = area->y + area->height, right = area->x + area->width, ascent, descent, baseline,
         width;
  g_autofree char *text = NULL;

  add_axis_line (pane, "axis", ISC_AXIS_X, bottom, area->x, right);
  if (!labels)
    return;

  isc_typesetter_metrics (pane->typesetter, font, &ascent, &descent);
  baseline = bottom + TICK + TICK_GAP + ascent - 0.12 * font.size;
  for (guint i = 0; i < ticks->len; i++)
    {
      const IscTick *tick = &g_array_index (ticks, IscTick, i);
      double x = isc_pane_x (pane, tick->value);

      add_axis_line (pane, tick->label != NULL ? "tick" : "minor", ISC_AXIS_Y, x, bottom,
                     bottom + (tick->label != NULL ? TICK : MINOR_TICK));
      if (tick->label != NULL && !meets_rug_label (pane, ISC_AXIS_X, x, tick->label))
        add_x_label (pane, tick->label, x, baseline);
    }
  if (isc_pane_rug (pane, ISC_AXIS_X) > 0.0)
    add_x_label (pane, isc_axes_rug_label (&pane->frame.x), area->x, baseline);
  if (title == NULL)
    return;
  text = isc_typesetter_shorten (pane->typesetter, font, title, right - MIN (area->x, 16.0));
  width = isc_typesetter_width (pane->typesetter, font, text);
  isc_layout_add_text (pane->layout, "x-title", pane->index, font, ISC_SOFT_INK, text, width,
                       right - width, baseline + TITLE_ROW * font.size);
}

void
isc_axes_place_y (IscPane *pane, const GArray *ticks)
{
  const IscRectangle *area = &pane->frame.area;
  IscFont font = label_font (&pane->layout->theme);
  double bottom = area->y + area->height;
  gboolean minor = has_minor (ticks);

  for (guint i = 0; i < ticks->len; i++)
    {
      const IscTick *tick = &g_array_index (ticks, IscTick, i);
      double y = isc_pane_y (pane, tick->value), width;

      if (minor)
        add_axis_line (pane, tick->label != NULL ? "tick" : "minor", ISC_AXIS_X, y,
                       area->x - (tick->label != NULL ? TICK : MINOR_TICK), area->x);
      if (tick->label == NULL || meets_rug_label (pane, ISC_AXIS_Y, y, tick->label))
        continue;
      width = isc_typesetter_width (pane->typesetter, font, tick->label);
      isc_layout_add_text (pane->layout, "y-label", pane->index, font, ISC_SOFT_INK, tick->label,
                           width, area->x - LABEL_GAP - width, y + HALF_DIGIT * font.size);
    }
  if (pane->frame.y.rug)
    {
      double width
          = isc_typesetter_width (pane->typesetter, font, isc_axes_rug_label (&pane->frame.y));

      isc_layout_add_text (pane->layout, "y-label", pane->index, font, ISC_SOFT_INK,
                           isc_axes_rug_label (&pane->frame.y), width, area->x - LABEL_GAP - width,
                           bottom + 0.1 * font.size);
    }
}

/* How much data a box would cover, or touch: a marker is wider than its point. */
static guint
count_covered (const IscPane *pane, const IscRectangle *box)
{
  double left = box->x - NOTE_GAP, right = box->x + box->width + NOTE_GAP;
  double top = box->y - NOTE_GAP, bottom = box->y + box->height + NOTE_GAP;
  guint n = 0;

  for (guint i = 0; i < pane->layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (pane->layout->items, IscLayoutItem, i);

      if (item->panel != pane->index || (item->mark == NULL && !item->halo))
        continue;
      for (guint j = 0; j < item->points->len; j++)
        {
          const IscPoint *point = &g_array_index (item->points, IscPoint, j);

          n += point->x >= left && point->x <= right && point->y >= top && point->y <= bottom;
        }
    }
  return n;
}

/* Lines of the grid do not run through the words. */
static void
interrupt_grid (IscPane *pane, const IscRectangle *box)
{
  double size = pane->layout->theme.text_size, left = box->x - 0.5 * size;
  double right = box->x + box->width + 0.5 * size;

  for (guint i = 0; i < pane->layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (pane->layout->items, IscLayoutItem, i);
      const IscPoint *ends = (const IscPoint *)(void *)item->points->data;
      IscPoint gap[] = { { left, 0.0 }, { NAN, NAN }, { right, 0.0 } };

      if (item->panel != pane->index || !g_str_equal (item->part, "grid"))
        continue;
      if (ends[0].y < box->y || ends[0].y > box->y + box->height)
        continue;
      gap[0].x = MAX (left, ends[0].x);
      gap[2].x = MIN (right, ends[1].x);
      gap[0].y = gap[2].y = ends[0].y;
      g_array_insert_vals (item->points, 1, gap, G_N_ELEMENTS (gap));
    }
}

void
isc_axes_place_note (IscPane *pane, const char *note, gboolean alone)
{
  const IscRectangle *area = &pane->frame.area;
  IscFont font = label_font (&pane->layout->theme);
  double size = font.size, row = 1.35 * size, measure = area->width * (alone ? 0.85 : 0.42),
         widest = 0.0;
  double x, y;
  guint n_lines = (guint)MAX (1.0, floor (area->height * (alone ? 0.9 : 0.62) / row));
  g_auto (GStrv) lines = isc_typesetter_wrap (pane->typesetter, font, note, measure, n_lines);
  guint best = G_MAXUINT;

  n_lines = g_strv_length (lines);
  if (area->height < row || area->width < 4.0 * size)
    return;
  for (guint i = 0; i < n_lines; i++)
    widest = MAX (widest, isc_typesetter_width (pane->typesetter, font, lines[i]));

  x = area->x + 0.5 * (area->width - widest);
  y = area->y + 0.5 * (area->height - n_lines * row);
  for (int place = 0; place < 3 && !alone; place++)
    {
      static const double fractions[] = { 0.0, 1.0, 0.5 };
      IscRectangle box
          = { area->x + NOTE_GAP + fractions[place] * (area->width - widest - 2.0 * NOTE_GAP),
              area->y + 4.0, widest, n_lines * row };
      guint covered = count_covered (pane, &box);

      if (covered >= best)
        continue;
      best = covered;
      x = box.x;
      y = box.y;
    }
  interrupt_grid (pane, &(IscRectangle){ alone ? area->x + 0.5 * (area->width - widest) : x, y,
                                         widest, n_lines * row });
  for (guint i = 0; i < n_lines; i++)
    {
      double width = isc_typesetter_width (pane->typesetter, font, lines[i]);
      IscLayoutItem *item
          = isc_layout_add_text (pane->layout, "note", pane->index, font, ISC_INK, lines[i], width,
                                 alone ? area->x + 0.5 * (area->width - width) : x,
                                 y + i * row + 0.95 * size);

      item->halo = TRUE;
    }
}
