/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/histogram-range.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"

IscHistogramRange
isc_histogram_range_default (void)
{
  return (IscHistogramRange){ .kind = ISC_HISTOGRAM_RANGE_AUTO };
}

static gboolean
parse_number (const char *text, double *number)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  return isc_number_from_text (trimmed, number);
}

static gboolean
parse_bounds (const char *text, IscHistogramRange *range)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  range->kind = ISC_HISTOGRAM_RANGE_FIXED;
  return g_strv_length (parts) == 2 && parse_number (parts[0], &range->low)
         && parse_number (parts[1], &range->high) && range->low < range->high
         && isfinite (range->high - range->low);
}

static gboolean
parse_clip (const char *text, IscHistogramRange *range)
{
  range->kind = ISC_HISTOGRAM_RANGE_CLIP;
  return g_str_has_prefix (text, "clip ") && parse_number (text + strlen ("clip "), &range->clip)
         && range->clip > 0 && range->clip < 0.5;
}

gboolean
isc_histogram_range_parse (const char *text, IscHistogramRange *range, GError **error)
{
  IscHistogramRange bounds = { 0 }, clip = { 0 };

  g_return_val_if_fail (text != NULL, FALSE);

  if (g_str_equal (text, "auto"))
    *range = isc_histogram_range_default ();
  else if (parse_bounds (text, &bounds))
    *range = bounds;
  else if (parse_clip (text, &clip))
    *range = clip;
  else
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "range: '%s' is none of auto, two rising bounds such as -0.1, 0.1, or clip and "
                   "a share between 0 and 0.5 such as clip 0.01",
                   text);
      return FALSE;
    }
  return TRUE;
}

char *
isc_histogram_range_to_text (const IscHistogramRange *range)
{
  g_autofree char *low = isc_number_to_text (range->low);
  g_autofree char *high = isc_number_to_text (range->high);
  g_autofree char *clip = isc_number_to_text (range->clip);

  switch (range->kind)
    {
    case ISC_HISTOGRAM_RANGE_FIXED:
      return g_strconcat (low, ", ", high, NULL);
    case ISC_HISTOGRAM_RANGE_CLIP:
      return g_strconcat ("clip ", clip, NULL);
    case ISC_HISTOGRAM_RANGE_AUTO:
    default:
      return g_strdup ("auto");
    }
}
