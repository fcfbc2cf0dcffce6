/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/distribution.h"
#include "views/entries.h"

/**
 * IscHistogramMaker:
 * @entries: what is shown
 * @experiment: says bins, bandwidth and what bars say
 * @options: how
 * @distributions: (element-type IscDistribution): of the entries
 *
 * What makes a histogram's figure, at hand.
 */
typedef struct
{
  const IscEntries *entries;
  const IscExperiment *experiment;
  const IscViewOptions *options;
  GPtrArray *distributions;
} IscHistogramMaker;

const IscDistribution *isc_histogram_maker_get (const IscHistogramMaker *maker, guint index);

/** isc_histogram_axis: Returns: title of the horizontal axis */
const char *isc_histogram_axis (const IscHistogramMaker *maker);

/** isc_histogram_add_stems: stems of weights that share one value: zeros apart from others, and
 * others that are all equal; a share of 1 is @height high */
void isc_histogram_add_stems (IscPanel *panel,
                              const IscDistribution *distribution,
                              const IscStyle *style,
                              const char *label,
                              double height);

/** isc_histogram_append_bandwidth: the rule of the density estimates, or their bandwidth */
void isc_histogram_append_bandwidth (const IscHistogramMaker *maker, GString *how);

/** isc_histogram_append_scale: @together: whether all share one pair of axes.  Says that stems
 * beside densities are not to scale, if there are any */
void isc_histogram_append_scale (const IscHistogramMaker *maker, gboolean together, GString *how);

/** isc_histogram_limit_axis: ends the axis of @panel at @low and @high where the experiment says
 * what a histogram spans */
void
isc_histogram_limit_axis (const IscHistogramMaker *maker, IscPanel *panel, double low, double high);

/** isc_histogram_append_range: says so */
void isc_histogram_append_range (const IscHistogramMaker *maker, GString *how);

/** isc_histogram_make_overlay: all on one pair of axes; @how: what the caption says is added here
 */
void isc_histogram_make_overlay (const IscHistogramMaker *maker, IscFigure *figure, GString *how);

/** isc_histogram_make_ridges: one above another on one axis */
void isc_histogram_make_ridges (const IscHistogramMaker *maker, IscFigure *figure, GString *how);
