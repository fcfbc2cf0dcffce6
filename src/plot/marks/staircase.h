/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/marks/marks.h"
#include "plot/pane.h"

/* What bars and steps have in common: the outline of a histogram. */

/** isc_staircase_extend: counts edges and heights into what the axes span */
void    isc_staircase_extend (const IscMark *mark, IscExtent *x, IscExtent *y);

/**
 * isc_staircase_new:
 * @data: (element-type IscDatum): what a pointer can find is added here
 *
 * Returns: (transfer full) (element-type IscPoint): left and right end of every tread, in px
 */
GArray *isc_staircase_new    (const IscMark *mark, IscPane *pane, GArray *data);

/** isc_staircase_tabulate: a bin a row */
void    isc_staircase_tabulate (const IscMark *mark, IscMarkRowFunc func, gpointer data);

/** isc_staircase_tell: the middle of a bin and its height */
void    isc_staircase_tell (const IscMark *mark, gsize i, double *x, double *y);
