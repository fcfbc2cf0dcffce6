/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/binned-sample.h"
#include "stats/moments.h"

/**
 * IscBandwidthRuleInfo:
 * @name: its name in options
 * @label: its name for a chooser: two rules are called "Silverman", so it says whose it is
 * @caption: its name in a caption
 * @formula: the bandwidth h, in a figure's words
 * @citation: where it comes from, a key of BIBLIOGRAPHY.md
 * @needs_iqr: whether @bandwidth, or what stands in for it, reads the interquartile range
 * @needs_sample: whether @bandwidth reads the sample itself
 * @bandwidth: h for a sample of these moments and this interquartile range; 0 if it finds none
 *
 * A rule that chooses the bandwidth of a kernel density estimate.
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *caption;
  const char *formula;
  const char *citation;
  gboolean needs_iqr;
  gboolean needs_sample;
  double (*bandwidth) (const IscMoments *moments, double iqr, const IscBinnedSample *sample);
} IscBandwidthRuleInfo;

/**
 * IscBandwidthRule:
 * @info: the rule, or %NULL for a given bandwidth
 * @bandwidth: the bandwidth, positive, where @info is %NULL
 *
 * How wide the kernel is: a named rule or a number.  A plain value.
 */
typedef struct
{
  const IscBandwidthRuleInfo *info;
  double bandwidth;
} IscBandwidthRule;

/**
 * isc_bandwidth_rules:
 * @n: (out): how many
 *
 * Returns: (array length=n) (transfer none): every named rule, the default ("scott") first
 */
const IscBandwidthRuleInfo *const *isc_bandwidth_rules (gsize *n);

/**
 * isc_bandwidth_rule_default:
 *
 * Returns: the rule "scott", the default of scipy and seaborn
 */
IscBandwidthRule isc_bandwidth_rule_default (void);

/**
 * isc_bandwidth_rule_parse:
 * @text: a rule's name, or a positive number in the unit of the values
 * @rule: (out): the rule
 * @error: return location
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, whose message lists what is allowed
 */
gboolean isc_bandwidth_rule_parse (const char *text, IscBandwidthRule *rule, GError **error);

/**
 * isc_bandwidth_rule_to_text:
 *
 * Returns: (transfer full): what isc_bandwidth_rule_parse() reads: "silverman", "0.004"
 */
char *isc_bandwidth_rule_to_text (const IscBandwidthRule *rule);

/**
 * isc_bandwidth_rule_evaluate:
 * @rule: a rule
 * @moments: the moments of the sample
 * @iqr: its interquartile range; read only where the rule needs it
 * @sample: (nullable): the sample; read only where the rule needs it
 * @used: (out) (optional): the rule that the bandwidth is of: @rule's own, or "nrd0" where that
 * found none; %NULL for a given bandwidth
 *
 * Returns: the bandwidth of a Gaussian kernel, in the unit of the values; 0 if a named rule has
 * none to give, for a sample of fewer than two different values
 */
double isc_bandwidth_rule_evaluate (const IscBandwidthRule *rule,
                                    const IscMoments *moments,
                                    double iqr,
                                    const IscBinnedSample *sample,
                                    const IscBandwidthRuleInfo **used);
