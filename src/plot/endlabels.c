/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/endlabels.h"

#include <math.h>

/* In type sizes: the line from the curve to its name, the room behind it, the distance of two
 * names, how far a name may be moved, and the extent of ends that are one place. */
#define LEADER 1.4
#define LEADER_GAP 0.4
#define SPACING 1.3
#define FARTHEST 2.7
#define TOGETHER 0.25

#define MAX_LABELS 10

/* A curve ends at the right edge if no more than this part of the axis is missing: the mean of the
 * last of ten epochs stands in the epoch's middle. */
#define MISSING 0.06

typedef struct
{
  const IscMark *mark;
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
find_end (const IscPane *pane, const IscMark *mark, double *end)
{
  const IscScale *x = &pane->frame.x, *y = &pane->frame.y;

  for (gsize i = mark->n; i-- > 0;)
    {
      double fraction = isc_scale_fraction (x, mark->x[i]);

      if (fraction > 1.0 + MISSING)
        continue;
      if (isnan (fraction) || fraction < 1.0 - MISSING)
        return FALSE;
      *end = isc_pane_y (pane, mark->y[i]);
      return isfinite (mark->y[i]) && !isnan (*end) && mark->y[i] >= y->low
             && mark->y[i] <= y->high;
    }
  return FALSE;
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

/* Returns: (nullable): the names with their places, or %NULL if they can't stand there */
static GArray *
arrange (const IscPane *pane, const IscPanel *panel)
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
      if (mark->kind != &isc_mark_line || labels->len == MAX_LABELS
          || !find_end (pane, mark, &label.end))
        return NULL;
      label.width = isc_typesetter_width (pane->typesetter, font, mark->label);
      g_array_append_val (labels, label);
    }
  if (labels->len == 0 || labels->len * spacing > high - low)
    return NULL;

  g_array_sort (labels, compare_ends);
  all = (EndLabel *)(void *)labels->data;
  /* Curves that all end in one place, as densities do at 0, are not told apart there. */
  if (labels->len > 1 && all[labels->len - 1].end - all[0].end < TOGETHER * size)
    return NULL;
  spread (all, labels->len, spacing);
  /* Groups at the ends of the area are pushed back into it. */
  for (guint i = 0; i < labels->len; i++)
    all[i].y = MAX (all[i].y, i > 0 ? all[i - 1].y + spacing : low);
  for (guint i = labels->len; i-- > 0;)
    all[i].y = MIN (all[i].y, i + 1 < labels->len ? all[i + 1].y - spacing : high);
  for (guint i = 0; i < labels->len; i++)
    if (fabs (all[i].y - all[i].end) > FARTHEST * size)
      return NULL;
  return g_steal_pointer (&labels);
}

gboolean
isc_end_labels_measure (const IscPane *pane, const IscPanel *panel, double most, double *width)
{
  g_autoptr (GArray) labels = arrange (pane, panel);
  double size = pane->layout->theme.text_size;

  *width = 0.0;
  if (labels == NULL)
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    *width = MAX (*width, g_array_index (labels, EndLabel, i).width);
  *width += (LEADER + LEADER_GAP) * size;
  return *width <= most;
}

void
isc_end_labels_place (IscPane *pane, const IscPanel *panel)
{
  g_autoptr (GArray) labels = arrange (pane, panel);
  double size = pane->layout->theme.text_size, right = pane->frame.area.x + pane->frame.area.width;
  IscFont font = { size, FALSE };

  for (guint i = 0; labels != NULL && i < labels->len; i++)
    {
      const EndLabel *label = &g_array_index (labels, EndLabel, i);
      IscLayoutItem *item = isc_pane_add (pane, ISC_LAYOUT_ITEM_STROKE, "leader", label->mark);
      double end = isc_pane_x (pane, label->mark->x[label->mark->n - 1]);

      item->clip = FALSE;
      item->mark = NULL;
      item->width = pane->layout->theme.hair;
      item->dash = ISC_DASH_SOLID;
      isc_layout_item_add_point (item, MIN (end, right) + 2.0, label->end);
      isc_layout_item_add_point (item, right + 0.35 * LEADER * size, label->end);
      isc_layout_item_add_point (item, right + 0.75 * LEADER * size, label->y);
      isc_layout_item_add_point (item, right + LEADER * size, label->y);
      isc_layout_add_text (pane->layout, "end-label", pane->index, font, ISC_INK,
                           label->mark->label, label->width, right + (LEADER + LEADER_GAP) * size,
                           label->y + 0.36 * size);
    }
}
