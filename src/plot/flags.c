/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flags: a small arrow with a number where a value lies beyond the edge of a plot area, a cross
 * where it is no number. */
#include "plot/pane.h"

#include <math.h>

#include "base/number-text.h"

/* Half the base and the height of an arrow, as parts of the type size. */
#define HALF_BASE 0.28
#define HEIGHT 0.42

/* How near to each other two flags of one edge may stand, in type sizes. */
#define NEAREST 0.8

/* Numbers at one edge; the other arrows stand alone. */
#define MAX_NUMBERS 6

/* A curve may leave the area in every column. */
#define MAX_FLAGS 4096

typedef struct
{
  const IscMark *mark;
  IscEdge edge;
  double along;
  double value;
} IscFlag;

/* The farthest first: they get the numbers.  What is no number is farthest. */
static int
compare_flags (gconstpointer a, gconstpointer b)
{
  double x = fabs (((const IscFlag *)a)->value), y = fabs (((const IscFlag *)b)->value);

  if (isnan (x) || isnan (y))
    return isnan (y) - isnan (x);
  return (x < y) - (x > y);
}

static IscPoint
flag_tip (const IscRectangle *area, const IscFlag *flag)
{
  switch (flag->edge)
    {
    case ISC_EDGE_TOP:
      return (IscPoint){ flag->along, area->y };
    case ISC_EDGE_BOTTOM:
      return (IscPoint){ flag->along, area->y + area->height };
    case ISC_EDGE_LEFT:
      return (IscPoint){ area->x, flag->along };
    case ISC_EDGE_RIGHT:
    default:
      return (IscPoint){ area->x + area->width, flag->along };
    }
}

/* Into the area from the edge. */
static IscPoint
inward (IscEdge edge)
{
  static const IscPoint directions[] = { { 0.0, 1.0 }, { 0.0, -1.0 }, { 1.0, 0.0 }, { -1.0, 0.0 } };

  return directions[edge];
}

static void
add_arrow (IscPane *pane, const IscFlag *flag, IscPoint tip)
{
  double size = pane->layout->theme.text_size, half = HALF_BASE * size, height = HEIGHT * size;
  IscPoint in = inward (flag->edge);
  IscLayoutItem *item;

  if (isnan (flag->value))
    {
      item = isc_pane_add (pane, ISC_LAYOUT_ITEM_MARKERS, "flag", flag->mark);
      item->marker = ISC_MARKER_CROSS;
      item->width = 2.0 * half;
      isc_layout_item_add_point (item, tip.x + in.x * height, tip.y + in.y * height);
    }
  else
    {
      item = isc_pane_add (pane, ISC_LAYOUT_ITEM_FILL, "flag", flag->mark);
      isc_layout_item_add_point (item, tip.x, tip.y);
      isc_layout_item_add_point (item, tip.x + in.x * height - in.y * half,
                                 tip.y + in.y * height + in.x * half);
      isc_layout_item_add_point (item, tip.x + in.x * height + in.y * half,
                                 tip.y + in.y * height - in.x * half);
    }
  item->clip = FALSE;
  item->opacity = 1.0;
}

/* What is already written in the plot area, and the crosses it belongs to. */
static void
take_words (const IscPane *pane, GArray *taken)
{
  const GArray *items = pane->layout->items;

  for (guint i = 0; i < items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (items, IscLayoutItem, i);
      const IscPoint *at = (const IscPoint *)(void *)item->points->data;
      IscRectangle box;

      if (item->panel != pane->index || item->points->len != 1)
        continue;
      if (item->kind == ISC_LAYOUT_ITEM_TEXT && item->halo)
        box = (IscRectangle){ at->x, at->y - item->font.size, item->width, 1.3 * item->font.size };
      else if (item->kind == ISC_LAYOUT_ITEM_MARKERS && item->marker == ISC_MARKER_CROSS)
        box = (IscRectangle){ at->x - item->width, at->y - item->width, 2.0 * item->width,
                              2.0 * item->width };
      else
        continue;
      g_array_append_val (taken, box);
    }
}

/* Beside the arrow, on the side where there is room; free of the numbers in @taken. */
static gboolean
add_number (IscPane *pane, const IscFlag *flag, IscPoint tip, GArray *taken)
{
  const IscRectangle *area = &pane->frame.area;
  IscFont font = { pane->layout->theme.caption_size, FALSE };
  g_autofree char *text = isc_number_to_label (flag->value, 3);
  double width = isc_typesetter_width (pane->typesetter, font, text), ascent, descent;
  double gap = HALF_BASE * pane->layout->theme.text_size + 3.0;
  IscPoint in = inward (flag->edge);

  isc_typesetter_metrics (pane->typesetter, font, &ascent, &descent);
  for (int try = 0; try < 2; try++)
    {
      double x = try == 0 ? tip.x + gap : tip.x - gap - width, y = tip.y + 0.36 * font.size;
      IscRectangle box;
      IscLayoutItem *item;
      gboolean free = TRUE;

      if (in.y > 0.0)
        y = tip.y + ascent;
      if (in.y < 0.0)
        y = tip.y - descent;
      if (in.x != 0.0)
        x = in.x > 0.0 ? tip.x + 2.0 * gap : tip.x - 2.0 * gap - width;
      box = (IscRectangle){ x, y - ascent, width, ascent + descent };
      if (box.x < area->x || box.x + box.width > area->x + area->width || box.y < area->y - 1.0
          || box.y + box.height > area->y + area->height + 1.0)
        continue;
      for (guint i = 0; i < taken->len && free; i++)
        {
          const IscRectangle *other = &g_array_index (taken, IscRectangle, i);

          free = box.x >= other->x + other->width + 4.0 || other->x >= box.x + box.width + 4.0
                 || box.y >= other->y + other->height || other->y >= box.y + box.height;
        }
      if (!free)
        continue;
      g_array_append_val (taken, box);
      item = isc_layout_add_text (pane->layout, "flag", pane->index, font, ISC_INK, text, width, x,
                                  y);
      item->halo = TRUE;
      return TRUE;
    }
  return FALSE;
}

void
isc_pane_flag (IscPane *pane, const IscMark *mark, IscEdge edge, double along, double value)
{
  const IscRectangle *area = &pane->frame.area;
  gboolean vertical = edge == ISC_EDGE_LEFT || edge == ISC_EDGE_RIGHT;
  double from = vertical ? area->y : area->x, length = vertical ? area->height : area->width;
  IscFlag flag = { mark, edge, along, value };

  if (isnan (along) || along < from - 0.5 || along > from + length + 0.5)
    return;
  /* Who looks at a part knows that there is more; what is no number is news still. */
  if (isfinite (value) && (vertical ? &pane->frame.x : &pane->frame.y)->chosen)
    return;
  if (pane->flags == NULL)
    pane->flags = g_array_new (FALSE, FALSE, sizeof (IscFlag));
  if (pane->flags->len < MAX_FLAGS)
    g_array_append_val (pane->flags, flag);
}

void
isc_pane_place_flags (IscPane *pane)
{
  double nearest = NEAREST * pane->layout->theme.text_size;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (IscRectangle));
  g_autoptr (GArray) tips = g_array_new (FALSE, FALSE, sizeof (IscPoint));
  guint n_numbers[4] = { 0 };

  if (pane->flags == NULL)
    return;
  g_array_sort (pane->flags, compare_flags);
  take_words (pane, taken);
  for (guint i = 0; i < pane->flags->len; i++)
    {
      const IscFlag *flag = &g_array_index (pane->flags, IscFlag, i);
      IscPoint tip = flag_tip (&pane->frame.area, flag);
      gboolean crowded = FALSE;

      for (guint j = 0; j < tips->len && !crowded; j++)
        {
          const IscPoint *other = &g_array_index (tips, IscPoint, j);

          crowded = fabs (other->x - tip.x) < nearest && fabs (other->y - tip.y) < nearest;
        }
      if (crowded)
        continue;
      g_array_append_val (tips, tip);
      add_arrow (pane, flag, tip);
      if (n_numbers[flag->edge] < MAX_NUMBERS && add_number (pane, flag, tip, taken))
        n_numbers[flag->edge]++;
    }
  g_clear_pointer (&pane->flags, g_array_unref);
}
