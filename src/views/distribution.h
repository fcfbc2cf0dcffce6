/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/weights.h"
#include "plot/figure.h"

/** Weights that take more values than these are drawn as a histogram. */
#define ISC_DISTRIBUTION_MOST_SPIKES 4

/**
 * IscSpike:
 * @value: what many weights are
 * @share: which share of all weights
 */
typedef struct
{
  double value;
  double share;
} IscSpike;

/**
 * IscDistribution:
 * @entry: whose
 * @summary: of the weights that are spread out: all finite ones or, where some are exactly 0 and
 * the others are not, those others
 * @share: which share of all weights those are
 * @zeros: the share of weights apart from them that are exactly 0; 0 where they are not apart
 * @spikes: all values that the weights apart from zeros take, rising, where these are few
 * @n_spikes: how many; 0 where they are many
 *
 * How the weights of a tensor are spread, as marks on a panel.  Shares and densities are of all
 * weights: what is not finite has a share and no place.
 */
typedef struct
{
  const IscWeightEntry *entry;
  IscSummary *summary;
  double share;
  double zeros;
  IscSpike spikes[ISC_DISTRIBUTION_MOST_SPIKES];
  guint n_spikes;
} IscDistribution;

/**
 * IscBars:
 * @factor: density times this is the height
 * @label: title of the axis
 *
 * What the height of a bar says: "density", "count", "probability", "percent".
 */
typedef struct
{
  double factor;
  const char *label;
} IscBars;

/** isc_distribution_new: @experiment: says bins and bandwidth; Returns: (transfer full): measured
 * anew only where zeros have to be told from the rest */
IscDistribution *isc_distribution_new (const IscWeightEntry *entry,
                                       const IscExperiment *experiment);
void isc_distribution_free (IscDistribution *distribution);

/** isc_distribution_has_density: Returns: whether there is anything to draw but spikes */
gboolean isc_distribution_has_density (const IscDistribution *distribution);

/** isc_distribution_bars: Returns: heights in the units of @experiment for bins @width wide */
IscBars isc_distribution_bars (const IscDistribution *distribution,
                               const IscExperiment *experiment,
                               double width);

/** isc_distribution_get_bin_width: Returns: width of a bin of its own histogram */
double isc_distribution_get_bin_width (const IscDistribution *distribution);

/** isc_distribution_get_peak: Returns: greatest density that is drawn: of bars and estimate */
double isc_distribution_get_peak (const IscDistribution *distribution);

void isc_distribution_add_bars (const IscDistribution *distribution,
                                IscPanel *panel,
                                const IscStyle *style,
                                const char *label,
                                double factor);

/** isc_distribution_add_steps: the same as an outline, in @n_bins bins from @low to @high */
void isc_distribution_add_steps (const IscDistribution *distribution,
                                 IscPanel *panel,
                                 const IscStyle *style,
                                 const char *label,
                                 double factor,
                                 double low,
                                 double high,
                                 guint n_bins);

void isc_distribution_add_kde (const IscDistribution *distribution,
                               IscPanel *panel,
                               const IscStyle *style,
                               const char *label,
                               double factor);

/** isc_distribution_add_ridge: the estimate, or without @kde the bars, as a filled curve that
 * stands
 *  @base above 0 */
void isc_distribution_add_ridge (const IscDistribution *distribution,
                                 IscPanel *panel,
                                 const IscStyle *style,
                                 double factor,
                                 double base,
                                 gboolean kde);

/** isc_distribution_add_law: the exact density, standing @base above 0; nothing if there is none */
void isc_distribution_add_law (const IscDistribution *distribution,
                               IscPanel *panel,
                               const IscStyle *style,
                               const char *label,
                               double factor,
                               double base);

/** isc_distribution_note: Returns: (transfer full) (nullable): what is odd, in words */
char *isc_distribution_note (const IscDistribution *distribution);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscDistribution, isc_distribution_free)
