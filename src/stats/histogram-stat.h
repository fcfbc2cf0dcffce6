/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscHistogramStat:
 * @ISC_HISTOGRAM_DENSITY: share of the values per unit: bars of all values have area 1 together
 * @ISC_HISTOGRAM_COUNT: number of values
 * @ISC_HISTOGRAM_PROBABILITY: share of the values
 * @ISC_HISTOGRAM_PERCENT: share of the values, in percent
 *
 * What the height of a bar says.  Shares are of all finite values, so that values outside the
 * histogram's range do not raise the bars inside.
 */
typedef enum
{
  ISC_HISTOGRAM_DENSITY,
  ISC_HISTOGRAM_COUNT,
  ISC_HISTOGRAM_PROBABILITY,
  ISC_HISTOGRAM_PERCENT,
} IscHistogramStat;

/** How many there are. */
#define ISC_N_HISTOGRAM_STATS 4

/**
 * isc_histogram_stat_parse:
 * @text: "density", "count", "probability" or "percent"
 * @stat: (out): which
 * @error: return location
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, whose message lists what is allowed
 */
gboolean isc_histogram_stat_parse (const char *text, IscHistogramStat *stat, GError **error);

/** isc_histogram_stat_to_text: Returns: (transfer none): what isc_histogram_stat_parse() reads */
const char *isc_histogram_stat_to_text (IscHistogramStat stat);

/** isc_histogram_stat_get_label: Returns: (transfer none): its name on an axis */
const char *isc_histogram_stat_get_label (IscHistogramStat stat);
