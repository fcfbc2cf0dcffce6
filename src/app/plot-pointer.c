/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-pointer.h"

#include <math.h>

struct _IscPlotPointer
{
  /* NaN while it is elsewhere. */
  double x;
  double y;
  IscCursor cursor;
  gboolean walking;
  /* What was found, as long as it is known. */
  IscHit hit;
  gboolean found;
  gboolean known;
};

IscPlotPointer *
isc_plot_pointer_new (void)
{
  IscPlotPointer *pointer = g_new0 (IscPlotPointer, 1);

  pointer->x = pointer->y = NAN;
  return pointer;
}

void
isc_plot_pointer_free (IscPlotPointer *pointer)
{
  g_free (pointer);
}

gboolean
isc_plot_pointer_move (IscPlotPointer *pointer, double x, double y)
{
  if ((x == pointer->x && y == pointer->y) || (isnan (x) && isnan (pointer->x)))
    return FALSE;
  pointer->x = x;
  pointer->y = y;
  /* Where a key has led stays when the pointer goes. */
  pointer->walking = pointer->walking && isnan (x);
  pointer->known = FALSE;
  return TRUE;
}

void
isc_plot_pointer_walk (IscPlotPointer *pointer, const IscLayout *layout, IscCursorMove move)
{
  if (pointer->walking)
    isc_cursor_move (layout, &pointer->cursor, move);
  pointer->walking = TRUE;
  pointer->known = FALSE;
}

void
isc_plot_pointer_rest (IscPlotPointer *pointer, gboolean home)
{
  if (home)
    pointer->cursor = (IscCursor){ 0 };
  pointer->walking = FALSE;
  pointer->known = FALSE;
}

gboolean
isc_plot_pointer_is_walking (const IscPlotPointer *pointer)
{
  return pointer->walking;
}

void
isc_plot_pointer_forget (IscPlotPointer *pointer)
{
  pointer->known = FALSE;
}

const IscHit *
isc_plot_pointer_find (IscPlotPointer *pointer, const IscLayout *layout)
{
  if (!pointer->known)
    {
      pointer->known = TRUE;
      pointer->found = pointer->walking
                           ? isc_cursor_get_hit (layout, &pointer->cursor, &pointer->hit)
                           : isfinite (pointer->x)
                                 && isc_hit_find (layout, pointer->x, pointer->y, &pointer->hit);
    }
  return pointer->found ? &pointer->hit : NULL;
}
