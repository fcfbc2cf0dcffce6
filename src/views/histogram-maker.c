/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/histogram-maker.h"

#include "stats/bandwidth-rule.h"

static gboolean
has_range (const IscHistogramMaker *maker)
{
  return !g_str_equal (isc_experiment_get_range (maker->experiment), "auto");
}

const IscDistribution *
isc_histogram_maker_get (const IscHistogramMaker *maker, guint index)
{
  return maker->distributions->pdata[index];
}

const char *
isc_histogram_axis (const IscHistogramMaker *maker)
{
  return isc_entry_get_noun (isc_entries_get (maker->entries, 0));
}

void
isc_histogram_add_stems (IscPanel *panel,
                         const IscDistribution *distribution,
                         const IscStyle *style,
                         const char *label,
                         double height)
{
  gboolean zeros = distribution->zeros > 0.0;

  if (zeros)
    isc_panel_add_stem (panel, style, label, 0.0, height * distribution->zeros);
  for (guint i = 0; i < distribution->n_spikes; i++)
    isc_panel_add_stem (panel, style, zeros || i > 0 ? NULL : label, distribution->spikes[i].value,
                        height * distribution->spikes[i].share);
}

void
isc_histogram_append_bandwidth (const IscHistogramMaker *maker, GString *how)
{
  const char *text = isc_experiment_get_bandwidth (maker->experiment);
  IscBandwidthRule rule;
  gboolean named = isc_bandwidth_rule_parse (text, &rule, NULL) && rule.info;

  g_string_append_printf (how, "KDE %s%s", named ? "" : "h ", named ? rule.info->caption : text);
}

void
isc_histogram_append_scale (const IscHistogramMaker *maker, gboolean together, GString *how)
{
  gboolean stems = FALSE, densities = FALSE, beside = FALSE;

  for (guint i = 0; i < maker->distributions->len; i++)
    {
      const IscDistribution *distribution = isc_histogram_maker_get (maker, i);

      gboolean density = isc_distribution_has_density (distribution);
      gboolean stem = distribution->zeros > 0.0 || distribution->n_spikes > 0;

      densities |= density;
      stems |= stem;
      beside |= density && stem;
    }
  if (together ? stems && densities : beside)
    g_string_append_printf (how, "%sstems are not to scale", how->len > 0 ? " · " : "");
}

void
isc_histogram_limit_axis (const IscHistogramMaker *maker, IscPanel *panel, double low, double high)
{
  if (has_range (maker))
    isc_panel_set_range (panel, ISC_AXIS_X, low, high);
}

void
isc_histogram_append_range (const IscHistogramMaker *maker, GString *how)
{
  if (has_range (maker))
    g_string_append_printf (how, " · range %s", isc_experiment_get_range (maker->experiment));
}
