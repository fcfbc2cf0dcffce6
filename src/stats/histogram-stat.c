/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/histogram-stat.h"

#include "base/error.h"

static const struct
{
  const char *name;
  const char *label;
} stats[ISC_N_HISTOGRAM_STATS] = {
  [ISC_HISTOGRAM_DENSITY] = { "density", "Density" },
  [ISC_HISTOGRAM_COUNT] = { "count", "Count" },
  [ISC_HISTOGRAM_PROBABILITY] = { "probability", "Probability" },
  [ISC_HISTOGRAM_PERCENT] = { "percent", "Percent" },
};

gboolean
isc_histogram_stat_parse (const char *text, IscHistogramStat *stat, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint s = 0; s < ISC_N_HISTOGRAM_STATS; s++)
    if (g_str_equal (text, stats[s].name))
      {
        *stat = (IscHistogramStat)s;
        return TRUE;
      }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "stat: '%s' is none of density, count, probability or percent", text);
  return FALSE;
}

const char *
isc_histogram_stat_to_text (IscHistogramStat stat)
{
  return stats[stat].name;
}

const char *
isc_histogram_stat_get_label (IscHistogramStat stat)
{
  return stats[stat].label;
}
