/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/cursor.h"

#include <math.h>

#include "plot/figure-data.h"
#include "plot/layout-data.h"
#include "plot/series.h"

#define NONE G_MAXUINT

/* What a page is of the data. */
#define PAGES 10

/* One series, as a cursor sees it. */
typedef struct
{
  const IscMark *mark;
  gsize n;
} Walk;

static const IscPanel *
find_panel (const IscLayout *layout, guint panel)
{
  return isc_figure_get_panel (layout->figure, panel);
}

/* The marks that have data, in drawing order, hidden or not: numbers that stay when others hide. */
static GArray *
list_walks (const IscLayout *layout, guint panel)
{
  GArray *walks = g_array_new (FALSE, FALSE, sizeof (Walk));
  const GPtrArray *marks = find_panel (layout, panel)->marks;

  for (guint level = 0; level < ISC_N_MARK_LEVELS; level++)
    for (guint i = 0; i < marks->len; i++)
      {
        const IscMark *mark = g_ptr_array_index (marks, i);
        Walk walk = { mark, isc_mark_count (mark) };

        if (mark->kind->level == level && mark->kind->tell != NULL && walk.n > 0)
          g_array_append_val (walks, walk);
      }
  return walks;
}

static gboolean
is_seen (const IscLayout *layout, guint panel, const Walk *walk, gsize index)
{
  const IscFrame *frame = &g_array_index (layout->frames, IscFrame, panel);
  double x, y;

  walk->mark->kind->tell (walk->mark, index, &x, &y);
  return x >= frame->x.low && x <= frame->x.high
         && (walk->mark->picture == NULL || (y >= frame->y.low && y <= frame->y.high));
}

/* The first datum that is seen, from @index on in steps; FALSE if there is none. */
static gboolean
find_seen (const IscLayout *layout, guint panel, const Walk *walk, gsize *index, gssize step)
{
  /* Stepping before the first wraps around to far behind the last. */
  for (gsize i = *index; i < walk->n; i += (gsize)step)
    if (is_seen (layout, panel, walk, i))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_shown (const IscLayout *layout, guint panel, const Walk *walk)
{
  gsize index = 0;

  return !isc_viewport_hides (layout->viewport,
                              isc_series_find (layout->figure, find_panel (layout, panel),
                                               walk->mark))
         && find_seen (layout, panel, walk, &index, 1);
}

/* The series that is shown, from @series on in steps of 1 or −1. */
static guint
find_shown (const IscLayout *layout, guint panel, const GArray *walks, guint series, int step)
{
  for (guint i = series; i < walks->len; i += (guint)step)
    if (is_shown (layout, panel, &g_array_index (walks, Walk, i)))
      return i;
  return NONE;
}

/* Of the data that are seen the one nearest to @x; the earliest of several. */
static gsize
find_nearest (const IscLayout *layout, guint panel, const Walk *walk, double at)
{
  double nearest = INFINITY, x, y;
  gsize found = 0;

  find_seen (layout, panel, walk, &found, 1);
  for (gsize i = found; i < walk->n; i++)
    {
      walk->mark->kind->tell (walk->mark, i, &x, &y);
      if (fabs (x - at) < nearest && is_seen (layout, panel, walk, i))
        {
          nearest = fabs (x - at);
          found = i;
        }
    }
  return found;
}

/* Moves the cursor to the nearest datum that there is. */
static gboolean
settle (const IscLayout *layout, IscCursor *cursor)
{
  guint n_panels = layout->frames->len;

  for (guint tried = 0; tried < n_panels; tried++)
    {
      guint panel
          = tried == 0 ? MIN (cursor->panel, n_panels - 1) : (cursor->panel + tried) % n_panels;
      g_autoptr (GArray) walks = list_walks (layout, panel);
      guint series = walks->len > 0 ? MIN (cursor->series, walks->len - 1) : 0, found;
      const Walk *walk;

      found = find_shown (layout, panel, walks, series, 1);
      if (found == NONE)
        found = find_shown (layout, panel, walks, series, -1);
      if (found == NONE)
        continue;
      walk = &g_array_index (walks, Walk, found);
      cursor->panel = panel;
      cursor->series = found;
      cursor->index = MIN (cursor->index, walk->n - 1);
      return find_seen (layout, panel, walk, &cursor->index, 1)
             || find_seen (layout, panel, walk, &cursor->index, -1);
    }
  return FALSE;
}

/* A tenth of the data that are seen; in a picture of a row. */
static gsize
find_page (const IscLayout *layout, guint panel, const Walk *walk)
{
  gsize n = 0;

  if (walk->mark->picture != NULL)
    return MAX (walk->mark->picture->image.columns / PAGES, 1);
  for (gsize i = 0; i < walk->n; i++)
    n += (gsize)is_seen (layout, panel, walk, i);
  return MAX (n / PAGES, 1);
}

/* Along the data of one series. */
static gboolean
move_along (const IscLayout *layout, IscCursor *cursor, const Walk *walk, IscCursorMove move)
{
  gboolean back
      = move == ISC_CURSOR_PREVIOUS || move == ISC_CURSOR_PAGE_PREVIOUS || move == ISC_CURSOR_LAST;
  gsize index = cursor->index, page = 1;

  if (move == ISC_CURSOR_PAGE_NEXT || move == ISC_CURSOR_PAGE_PREVIOUS)
    page = find_page (layout, cursor->panel, walk);
  if (move == ISC_CURSOR_FIRST)
    index = 0;
  else if (move == ISC_CURSOR_LAST)
    index = walk->n - 1;
  else
    index += back ? -page : page;
  if (find_seen (layout, cursor->panel, walk, &index, back ? -1 : 1))
    {
      cursor->index = index;
      return TRUE;
    }
  /* A page that is not full ends at the last. */
  index = back ? 0 : walk->n - 1;
  if (page == 1 || !find_seen (layout, cursor->panel, walk, &index, back ? 1 : -1)
      || index == cursor->index)
    return FALSE;
  cursor->index = index;
  return TRUE;
}

/* To another series, where x is nearest; in a picture to the next row first. */
static gboolean
move_across (const IscLayout *layout, IscCursor *cursor, const GArray *walks, int step)
{
  const Walk *walk = &g_array_index (walks, Walk, cursor->series);
  gsize row = walk->mark->picture != NULL ? walk->mark->picture->image.columns : walk->n;
  gsize index = cursor->index + (step > 0 ? row : -row);
  double x, y;
  guint series;

  if (index < walk->n && is_seen (layout, cursor->panel, walk, index))
    {
      cursor->index = index;
      return TRUE;
    }
  series = find_shown (layout, cursor->panel, walks, cursor->series + (guint)step, step);
  if (series == NONE)
    return FALSE;
  walk->mark->kind->tell (walk->mark, cursor->index, &x, &y);
  cursor->series = series;
  cursor->index = find_nearest (layout, cursor->panel, &g_array_index (walks, Walk, series), x);
  return TRUE;
}

/* To another panel, to the series of that name if there is one. */
static gboolean
move_panel (const IscLayout *layout, IscCursor *cursor, const Walk *from, int step)
{
  double x, y;

  from->mark->kind->tell (from->mark, cursor->index, &x, &y);
  for (guint panel = cursor->panel + (guint)step; panel < layout->frames->len; panel += (guint)step)
    {
      g_autoptr (GArray) walks = list_walks (layout, panel);
      guint series = find_shown (layout, panel, walks, 0, 1);

      if (series == NONE)
        continue;
      for (guint i = walks->len; i-- > 0;)
        {
          const Walk *walk = &g_array_index (walks, Walk, i);

          if (from->mark->label != NULL && g_strcmp0 (walk->mark->label, from->mark->label) == 0
              && is_shown (layout, panel, walk))
            series = i;
        }
      cursor->panel = panel;
      cursor->series = series;
      cursor->index = find_nearest (layout, panel, &g_array_index (walks, Walk, series), x);
      return TRUE;
    }
  return FALSE;
}

gboolean
isc_cursor_move (const IscLayout *layout, IscCursor *cursor, IscCursorMove move)
{
  g_autoptr (GArray) walks = NULL;
  const Walk *walk;

  g_return_val_if_fail (layout != NULL, FALSE);
  g_return_val_if_fail (cursor != NULL, FALSE);

  if (!settle (layout, cursor))
    return FALSE;
  walks = list_walks (layout, cursor->panel);
  walk = &g_array_index (walks, Walk, cursor->series);
  switch (move)
    {
    case ISC_CURSOR_NEXT_SERIES:
    case ISC_CURSOR_PREVIOUS_SERIES:
      return move_across (layout, cursor, walks, move == ISC_CURSOR_NEXT_SERIES ? 1 : -1);
    case ISC_CURSOR_NEXT_PANEL:
    case ISC_CURSOR_PREVIOUS_PANEL:
      return move_panel (layout, cursor, walk, move == ISC_CURSOR_NEXT_PANEL ? 1 : -1);
    case ISC_CURSOR_NEXT:
    case ISC_CURSOR_PREVIOUS:
    case ISC_CURSOR_PAGE_NEXT:
    case ISC_CURSOR_PAGE_PREVIOUS:
    case ISC_CURSOR_FIRST:
    case ISC_CURSOR_LAST:
    default:
      return move_along (layout, cursor, walk, move);
    }
}

gboolean
isc_cursor_get_hit (const IscLayout *layout, const IscCursor *cursor, IscHit *hit)
{
  g_autoptr (GArray) walks = NULL;
  IscCursor at;
  const IscMark *mark;
  const IscRectangle *area;

  g_return_val_if_fail (layout != NULL, FALSE);
  g_return_val_if_fail (cursor != NULL, FALSE);
  g_return_val_if_fail (hit != NULL, FALSE);

  at = *cursor;
  if (!settle (layout, &at))
    return FALSE;
  walks = list_walks (layout, at.panel);
  mark = g_array_index (walks, Walk, at.series).mark;
  area = &g_array_index (layout->frames, IscFrame, at.panel).area;
  *hit = (IscHit){
    .panel = at.panel,
    .label = mark->label != NULL
                 ? mark->label
                 : isc_series_find (layout->figure, find_panel (layout, at.panel), mark),
    .color = mark->style.color < 0 ? ISC_INK : mark->style.color,
    .value = NAN,
  };
  mark->kind->tell (mark, at.index, &hit->x, &hit->y);
  hit->px = isc_layout_to_device (layout, at.panel, ISC_AXIS_X, hit->x);
  hit->py = isc_layout_to_device (layout, at.panel, ISC_AXIS_Y, hit->y);
  /* What has no place is where its flag or its line on the rug is. */
  if (isnan (hit->py))
    hit->py = hit->y > 0.0 ? area->y : area->y + area->height;
  hit->py = CLAMP (hit->py, area->y, area->y + area->height);
  if (mark->picture != NULL)
    {
      const IscImage *image = &mark->picture->image;

      hit->name = mark->picture->name;
      hit->label = NULL;
      hit->x = (double)(at.index % image->columns);
      hit->y = (double)(at.index / image->columns);
      hit->n_columns = hit->n_rows = 1;
      hit->value = (double)isc_tensor_get_data (image->tensor)[image->offset + at.index];
    }
  return TRUE;
}
