/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"
#include "plot/figure.h"
#include "views/views.h"

/** Panels that fit beside each other on a page. */
#define ISC_SHOWN_MOST_RUNS 6

/**
 * isc_shown_get_runs:
 *
 * Returns: (transfer full) (element-type guint): the runs that a view shows one by one: the one
 * that is chosen, or the first run of every init, as many as there is room for
 */
GArray *isc_shown_get_runs (const IscResult *result, const IscViewOptions *options);

/** isc_shown_describe_runs: Returns: (transfer full) (nullable): "the first of 5 seeds", "6 of 9
 * schemes": what was left out, in words */
char *isc_shown_describe_runs (const IscResult *result, const GArray *runs);

/** isc_shown_title: titles @panel, one of @n, by run @index; a panel alone needs none */
void isc_shown_title (const IscResult *result, guint index, guint n, IscPanel *panel);

/** isc_shown_subtitle: Returns: (transfer full): whose run it is if there is one, and how it was
 * trained */
char *isc_shown_subtitle (const IscResult *result, const GArray *runs, const char *what);

/** isc_shown_find: Returns: (transfer none) (nullable): the observation of @run that @options asks
 * for */
const IscObservation *isc_shown_find (const IscRunResult *run, const IscViewOptions *options);

/** isc_shown_describe_observation: Returns: (transfer full) (nullable): "initial weights, 256
 * examples" of the first run of @runs that was observed */
char *isc_shown_describe_observation (const IscResult *result,
                                      const GArray *runs,
                                      const IscViewOptions *options);

/** isc_shown_note: Returns: (nullable): why nothing was observed of run @run, which
 * need not be there yet */
const char *isc_shown_note (const IscResult *result, guint run);
