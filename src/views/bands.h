/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"
#include "views/curve.h"
#include "views/views.h"

/**
 * IscBands:
 * @result: the runs
 * @options: says the time axis
 * @lost: what a run counts as from where it diverged: infinite where less is better, its negative
 *   where more is; never left out, or the others would look better than the init is
 *
 * Seeds of one init, summed up.  A run that ended because it reached its target keeps its last
 * value; one that is still training ends the summary where it is.
 */
typedef struct
{
  const IscResult *result;
  const IscViewOptions *options;
  double lost;
} IscBands;

/**
 * isc_bands_add:
 * @runs: (array length=n): indices of the runs, one a seed
 * @curves: (array length=n): what they recorded
 *
 * Adds the median of three runs or more, and of five or more the band between the quartiles.
 *
 * Returns: whether there is a median, which then carries @label
 */
gboolean isc_bands_add (const IscBands *bands,
                        IscPanel *panel,
                        const guint *runs,
                        IscCurve *const *curves,
                        guint n,
                        const IscStyle *style,
                        const char *label);

/** isc_bands_get_runs: Returns: (transfer full) (element-type guint): the runs of init @init */
GArray *isc_bands_get_runs (const IscResult *result, guint init);

/** isc_bands_caption: Returns: (nullable): what is drawn of @n_seeds seeds; %NULL for one */
const char *isc_bands_caption (guint n_seeds);

/** isc_bands_losses: Returns: (transfer full) (nullable): "of Large 3 of 10 runs diverged"; %NULL
 * with one seed, or if none did */
char *isc_bands_losses (const IscResult *result);
