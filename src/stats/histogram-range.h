/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscHistogramRangeKind:
 * @ISC_HISTOGRAM_RANGE_AUTO: from the smallest value to the largest
 * @ISC_HISTOGRAM_RANGE_FIXED: from one given bound to another
 * @ISC_HISTOGRAM_RANGE_CLIP: all values but a share at each end
 */
typedef enum
{
  ISC_HISTOGRAM_RANGE_AUTO,
  ISC_HISTOGRAM_RANGE_FIXED,
  ISC_HISTOGRAM_RANGE_CLIP,
} IscHistogramRangeKind;

/**
 * IscHistogramRange:
 * @kind: which of them
 * @low: the lower bound, if fixed
 * @high: the upper bound, if fixed
 * @clip: the share p of values left out at each end, 0 < p < 1/2, if clipped: the range is from the
 *   quantile at p to that at 1 - p
 *
 * What a histogram spans.  A plain value.
 */
typedef struct
{
  IscHistogramRangeKind kind;
  double low;
  double high;
  double clip;
} IscHistogramRange;

/** isc_histogram_range_default: Returns: from the smallest value to the largest */
IscHistogramRange isc_histogram_range_default (void);

/**
 * isc_histogram_range_parse:
 * @text: "auto", two bounds such as "-0.1, 0.1", or a share to leave out such as "clip 0.01"
 * @range: (out): the range
 * @error: return location
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, whose message lists what is allowed
 */
gboolean isc_histogram_range_parse (const char *text, IscHistogramRange *range, GError **error);

/**
 * isc_histogram_range_to_text:
 *
 * Returns: (transfer full): what isc_histogram_range_parse() reads
 */
char *isc_histogram_range_to_text (const IscHistogramRange *range);
