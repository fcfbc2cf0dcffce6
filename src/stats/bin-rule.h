/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/moments.h"
#include "stats/sorted-sample.h"

/** The most bins a histogram has, asked for by a number or by a rule. */
#define ISC_HISTOGRAM_MAX_BINS 512

/**
 * IscBinRuleInfo:
 * @name: its name in options and captions, as numpy spells it
 * @label: its name for a chooser
 * @formula: the bin width h, in a figure's words
 * @citation: where it comes from, a key of BIBLIOGRAPHY.md
 * @needs_iqr: whether @width reads the interquartile range
 * @needs_sample: whether @width reads the sample itself
 * @width: the bin width for a sample of these moments and this interquartile range; 0 for one bin
 *
 * A rule that chooses how many bins a histogram has.
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *formula;
  const char *citation;
  gboolean needs_iqr;
  gboolean needs_sample;
  double (*width) (const IscMoments *moments, double iqr, const IscSortedSample *sample);
} IscBinRuleInfo;

/**
 * IscBinRule:
 * @info: the rule, or %NULL for a fixed count or width
 * @count: the number of bins, 1..%ISC_HISTOGRAM_MAX_BINS, where @info is %NULL; 0 for a fixed width
 * @width: the width of bins, positive, where @info is %NULL and @count 0
 *
 * How many bins: a named rule, a number, or a width.  A plain value.
 */
typedef struct
{
  const IscBinRuleInfo *info;
  guint count;
  double width;
} IscBinRule;

/**
 * isc_bin_rules:
 * @n: (out): how many
 *
 * Returns: (array length=n) (transfer none): every named rule, the default ("auto") first
 */
const IscBinRuleInfo *const *isc_bin_rules (gsize *n);

/**
 * isc_bin_rule_default:
 *
 * Returns: the rule "auto"
 */
IscBinRule isc_bin_rule_default (void);

/**
 * isc_bin_rule_parse:
 * @text: a rule's name, a number of bins such as "50", or a width such as "width=0.01"
 * @rule: (out): the rule
 * @error: return location
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, whose message lists what is allowed
 */
gboolean isc_bin_rule_parse (const char *text, IscBinRule *rule, GError **error);

/**
 * isc_bin_rule_to_text:
 *
 * Returns: (transfer full): what isc_bin_rule_parse() reads: "auto", "50", "width=0.01"
 */
char *isc_bin_rule_to_text (const IscBinRule *rule);

/**
 * isc_bin_rule_count:
 * @rule: a rule
 * @moments: the moments of the sample
 * @iqr: its interquartile range; read only where the rule needs it
 * @sample: (nullable): the sample; read only where the rule needs it
 * @extent: what the bins are to cover, at least 0
 *
 * The number of bins that @rule asks for: ceil (extent / width), at least 1, equal to numpy's
 * count. Not limited to %ISC_HISTOGRAM_MAX_BINS; at most 2^53.
 */
guint64 isc_bin_rule_count (const IscBinRule *rule,
                            const IscMoments *moments,
                            double iqr,
                            const IscSortedSample *sample,
                            double extent);
