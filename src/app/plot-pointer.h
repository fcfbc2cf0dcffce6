/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/cursor.h"

/**
 * IscPlotPointer:
 *
 * Which datum of a figure is read out: the one nearest to the pointer or, after a key, the one that
 * the keyboard's cursor stands on.  It is looked for when somebody asks, and once for each layout.
 */
typedef struct _IscPlotPointer IscPlotPointer;

IscPlotPointer *isc_plot_pointer_new (void);
void isc_plot_pointer_free (IscPlotPointer *pointer);

/** isc_plot_pointer_move: the pointer is at (@x, @y), in units of the layout, or with NaN
 * elsewhere; Returns: whether it moved */
gboolean isc_plot_pointer_move (IscPlotPointer *pointer, double x, double y);

/** isc_plot_pointer_walk: moves the cursor; the first time it shows where it is */
void isc_plot_pointer_walk (IscPlotPointer *pointer, const IscLayout *layout, IscCursorMove move);

/** isc_plot_pointer_rest: the cursor is shown no more, until a key moves it; @home: it begins anew
 * then */
void isc_plot_pointer_rest (IscPlotPointer *pointer, gboolean home);

/** isc_plot_pointer_is_walking: Returns: whether the datum is the cursor's */
gboolean isc_plot_pointer_is_walking (const IscPlotPointer *pointer);

/** isc_plot_pointer_forget: the layout is another one from now on */
void isc_plot_pointer_forget (IscPlotPointer *pointer);

/** isc_plot_pointer_find: Returns: (transfer none) (nullable): the datum on @layout */
const IscHit *isc_plot_pointer_find (IscPlotPointer *pointer, const IscLayout *layout);
