/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/endlabels.h"

#include <math.h>

#include "plot/series.h"

/* In type sizes: the line from the curve to its name, the room behind it, the distance of two
 * names, how far a name may be moved, and the extent of ends that are one place. */
#define LEADER 1.4
#define LEADER_GAP 0.4
#define SPACING 1.3
#define FARTHEST 2.7
#define TOGETHER 0.25

#define MAX_LABELS 10

/* What is left of the ink of a hidden series. */
#define DIMMED 0.35

/* A curve ends at the right edge if no more than this part of the axis is missing: the mean of the
 * last of ten epochs stands in the epoch's middle. */
#define MISSING 0.06

typedef struct
{
  const IscMark *mark;
  gboolean hidden;
  gboolean has_leader;
  double from;
  double end;
  double y;
  double width;
} EndLabel;

static int
compare_ends (gconstpointer a, gconstpointer b)
{
  double x = ((const EndLabel *)a)->end, y = ((const EndLabel *)b)->end;

  return (x > y) - (x < y);
}

/* Where the last point of a line is; %FALSE if it does not reach the right edge inside the area. */
static gboolean
find_end (const IscPane *pane, EndLabel *label)
{
  const IscScale *x = &pane->frame.x, *y = &pane->frame.y;
  const IscMark *mark = label->mark;

  for (gsize i = mark->n; i-- > 0;)
    {
      double fraction = isc_scale_fraction (x, mark->x[i]);

      if (fraction > 1.0 + MISSING)
        continue;
      if (isnan (fraction) || fraction < 1.0 - MISSING)
        return FALSE;
      label->end = isc_pane_y (pane, mark->y[i]);
      return isfinite (mark->y[i]) && !isnan (label->end) && mark->y[i] >= y->low
             && mark->y[i] <= y->high;
    }
  return FALSE;
}

/* Where a line leaves a part that a person has chosen.  A name of what is not seen there stays at
 * the edge, without a line to it: names that went and came would move the picture while it is
 * dragged. */
static void
find_exit (const IscPane *pane, EndLabel *label)
{
  const IscRectangle *area = &pane->frame.area;
  const IscMark *mark = label->mark;
  double right = area->x + area->width, bottom = area->y + area->height, x = NAN, y = NAN;
  gsize i = mark->n;

  while (i > 0 && !(isc_pane_x (pane, mark->x[i - 1]) <= right))
    i--;
  if (i > 0)
    {
      x = isc_pane_x (pane, mark->x[i - 1]);
      y = isc_pane_y (pane, mark->y[i - 1]);
    }
  if (i < mark->n)
    {
      double next_x = isc_pane_x (pane, mark->x[i]), next_y = isc_pane_y (pane, mark->y[i]);
      double share = (right - x) / (next_x - x);

      y = isfinite (share) && isfinite (next_y) ? y + share * (next_y - y) : i > 0 ? y : next_y;
      x = isfinite (share) ? right : x;
    }
  label->has_leader = x >= area->x && y >= area->y && y <= bottom;
  label->from = x;
  label->end = isnan (y) ? bottom : CLAMP (y, area->y, bottom);
}

/* Moves names apart as little as possible: neighbours that touch become a group, which is centred
 * on the ends of its members. */
static void
spread (EndLabel *labels, guint n, double spacing)
{
  g_autofree guint *starts = g_new (guint, n + 1);
  g_autofree double *centres = g_new (double, n + 1);
  guint n_groups = 0;

  for (guint i = 0; i < n; i++)
    {
      starts[n_groups] = i;
      centres[n_groups++] = labels[i].end;
      while (n_groups > 1)
        {
          guint first = starts[n_groups - 2], second = starts[n_groups - 1];
          double n_first = second - first, n_second = i + 1 - second;

          if (centres[n_groups - 1] - centres[n_groups - 2] >= 0.5 * spacing * (n_first + n_second))
            break;
          centres[n_groups - 2]
              = (centres[n_groups - 2] * n_first + centres[n_groups - 1] * n_second)
                / (n_first + n_second);
          n_groups--;
        }
    }
  starts[n_groups] = n;
  for (guint g = 0; g < n_groups; g++)
    for (guint i = starts[g]; i < starts[g + 1]; i++)
      labels[i].y = centres[g] + spacing * (i - 0.5 * (starts[g] + starts[g + 1] - 1.0));
}

/* Whether names stand near enough to the ends of their curves, and these are told apart: curves
 * that all end in one place, as densities do at 0, are not. */
static gboolean
is_clear (const EndLabel *labels, guint n, double size)
{
  double lowest = INFINITY, highest = -INFINITY;

  for (guint i = 0; i < n; i++)
    {
      if (fabs (labels[i].y - labels[i].end) > FARTHEST * size)
        return FALSE;
      lowest = MIN (lowest, labels[i].end);
      highest = MAX (highest, labels[i].end);
    }
  return n < 2 || highest - lowest >= TOGETHER * size;
}

/* Returns: (nullable): the names with their places; with @strict %NULL if one can't stand beside
 * the end of its curve, else all that would are told to */
static GArray *
arrange (const IscPane *pane, const IscPanel *panel, gboolean strict)
{
  double size = pane->layout->theme.text_size, low = pane->frame.area.y;
  double high = low + pane->frame.area.height, spacing = SPACING * size;
  IscFont font = { size, FALSE };
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (EndLabel));
  EndLabel *all;

  for (guint i = 0; i < panel->marks->len; i++)
    {
      const IscMark *mark = g_ptr_array_index (panel->marks, i);
      EndLabel label = { .mark = mark };

      if (mark->label == NULL || mark->kind->key == ISC_KEY_NONE)
        continue;
      if (mark->kind != &isc_mark_line || labels->len == MAX_LABELS)
        return NULL;
      label.hidden = !strict && isc_viewport_hides (pane->layout->viewport, mark->label);
      if (label.hidden)
        label.end = high;
      else if (!strict)
        find_exit (pane, &label);
      else if (!find_end (pane, &label))
        return NULL;
      label.width = isc_typesetter_width (pane->typesetter, font, mark->label);
      g_array_append_val (labels, label);
    }
  if (labels->len == 0 || labels->len * spacing > high - low)
    return NULL;

  g_array_sort (labels, compare_ends);
  all = (EndLabel *)(void *)labels->data;
  spread (all, labels->len, spacing);
  /* Groups at the ends of the area are pushed back into it. */
  for (guint i = 0; i < labels->len; i++)
    all[i].y = MAX (all[i].y, i > 0 ? all[i - 1].y + spacing : low);
  for (guint i = labels->len; i-- > 0;)
    all[i].y = MIN (all[i].y, i + 1 < labels->len ? all[i + 1].y - spacing : high);
  return !strict || is_clear (all, labels->len, size) ? g_steal_pointer (&labels) : NULL;
}

gboolean
isc_end_labels_measure (const IscPane *pane, const IscPanel *panel, double most, double *width)
{
  g_autoptr (GArray) labels = arrange (pane, panel, TRUE);
  double size = pane->layout->theme.text_size;

  *width = 0.0;
  if (labels == NULL)
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    *width = MAX (*width, g_array_index (labels, EndLabel, i).width);
  *width += (LEADER + LEADER_GAP) * size;
  return *width <= most;
}

/* From the end of the curve to its name; what has no end to be seen keeps a dash of its colour. */
static void
place_leader (IscPane *pane, const EndLabel *label)
{
  IscLayoutItem *item = isc_pane_add (pane, ISC_LAYOUT_ITEM_STROKE, "leader", label->mark);
  double right = pane->frame.area.x + pane->frame.area.width;
  double size = pane->layout->theme.text_size;

  item->clip = FALSE;
  item->mark = NULL;
  item->opacity = label->hidden ? DIMMED : item->opacity;
  item->width = pane->layout->theme.hair;
  item->dash = ISC_DASH_SOLID;
  if (label->has_leader)
    {
      isc_layout_item_add_point (item, MIN (label->from, right) + 2.0, label->end);
      isc_layout_item_add_point (item, right + 0.35 * LEADER * size, label->end);
      isc_layout_item_add_point (item, right + 0.75 * LEADER * size, label->y);
    }
  else
    {
      item->width = pane->layout->theme.line;
      isc_layout_item_add_point (item, right + 0.5 * LEADER * size, label->y);
    }
  isc_layout_item_add_point (item, right + LEADER * size, label->y);
}

void
isc_end_labels_place (IscPane *pane, const IscPanel *panel)
{
  g_autoptr (GArray) labels = arrange (pane, panel, FALSE);
  double size = pane->layout->theme.text_size, right = pane->frame.area.x + pane->frame.area.width;
  IscFont font = { size, FALSE };

  for (guint i = 0; labels != NULL && i < labels->len; i++)
    {
      const EndLabel *label = &g_array_index (labels, EndLabel, i);
      IscLayoutItem *item;

      place_leader (pane, label);
      item = isc_layout_add_text (pane->layout, "end-label", pane->index, font, ISC_INK,
                                  label->mark->label, label->width,
                                  right + (LEADER + LEADER_GAP) * size, label->y + 0.36 * size);
      item->opacity = label->hidden ? DIMMED : 1.0;
      item->series = label->mark->label;
    }
}
