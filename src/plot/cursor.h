/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/hit.h"

/**
 * IscCursor:
 * @panel: index of the panel
 * @series: counts the things in it that have data, in drawing order
 * @index: which datum
 *
 * A place in the data that a person walks with the keyboard.  A plain value, valid for any layout of
 * the same figure: what no longer exists moves to the nearest that does.
 */
typedef struct
{
  guint panel;
  guint series;
  gsize index;
} IscCursor;

typedef enum
{
  ISC_CURSOR_NEXT,
  ISC_CURSOR_PREVIOUS,
  /* A tenth of the data on. */
  ISC_CURSOR_PAGE_NEXT,
  ISC_CURSOR_PAGE_PREVIOUS,
  ISC_CURSOR_FIRST,
  ISC_CURSOR_LAST,
  /* Another series, at the nearest x. */
  ISC_CURSOR_NEXT_SERIES,
  ISC_CURSOR_PREVIOUS_SERIES,
  ISC_CURSOR_NEXT_PANEL,
  ISC_CURSOR_PREVIOUS_PANEL,
} IscCursorMove;

/** isc_cursor_move: moves @cursor within what @layout shows; Returns: %FALSE where there is no such
 *  datum: the cursor then stays */
gboolean isc_cursor_move (const IscLayout *layout, IscCursor *cursor, IscCursorMove move);

/** isc_cursor_get_hit: @hit: (out): the datum that it stands on; Returns: %FALSE if the figure has no
 *  data */
gboolean isc_cursor_get_hit (const IscLayout *layout, const IscCursor *cursor, IscHit *hit);
