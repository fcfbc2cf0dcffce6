/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bandwidth-rule.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "stats/isj.h"

/* R's robust spread: where half of the values are equal, IQR says nothing and R falls back too. */
static double
robust_spread (const IscMoments *moments, double iqr)
{
  double std = isc_moments_sample_std (moments);

  return iqr > 0 ? MIN (std, iqr / 1.34) : std;
}

static double
bandwidth_scott (const IscMoments *moments, double iqr, const IscBinnedSample *sample)
{
  return pow ((double)moments->count, -0.2) * isc_moments_sample_std (moments);
}

static double
bandwidth_silverman (const IscMoments *moments, double iqr, const IscBinnedSample *sample)
{
  return pow ((double)moments->count * 3 / 4, -0.2) * isc_moments_sample_std (moments);
}

static double
bandwidth_nrd0 (const IscMoments *moments, double iqr, const IscBinnedSample *sample)
{
  return 0.9 * robust_spread (moments, iqr) * pow ((double)moments->count, -0.2);
}

static double
bandwidth_nrd (const IscMoments *moments, double iqr, const IscBinnedSample *sample)
{
  return 1.06 * robust_spread (moments, iqr) * pow ((double)moments->count, -0.2);
}

static double
bandwidth_isj (const IscMoments *moments, double iqr, const IscBinnedSample *sample)
{
  return isc_isj_bandwidth (sample);
}

static const IscBandwidthRuleInfo rule_scott = {
  .name = "scott",
  .label = N_ ("Scott (scipy, seaborn)"),
  .caption = "Scott",
  .formula = "s n^(−1/5)",
  .citation = "Scott92",
  .bandwidth = bandwidth_scott,
};
static const IscBandwidthRuleInfo rule_silverman = {
  .name = "silverman",
  .label = N_ ("Silverman's factor (scipy)"),
  .caption = "Silverman",
  .formula = "s (3n/4)^(−1/5)",
  .citation = "Silverman86",
  .bandwidth = bandwidth_silverman,
};
static const IscBandwidthRuleInfo rule_nrd0 = {
  .name = "nrd0",
  .label = N_ ("Silverman's rule of thumb (R bw.nrd0)"),
  .caption = "nrd0 (Silverman's rule of thumb)",
  .formula = "0.9 min (s, IQR/1.34) n^(−1/5)",
  .citation = "Silverman86",
  .needs_iqr = TRUE,
  .bandwidth = bandwidth_nrd0,
};
static const IscBandwidthRuleInfo rule_nrd = {
  .name = "nrd",
  .label = N_ ("Normal reference (R bw.nrd)"),
  .caption = "nrd",
  .formula = "1.06 min (s, IQR/1.34) n^(−1/5)",
  .citation = "Scott92",
  .needs_iqr = TRUE,
  .bandwidth = bandwidth_nrd,
};
static const IscBandwidthRuleInfo rule_isj = {
  .name = "isj",
  .label = N_ ("Improved Sheather–Jones"),
  .caption = "ISJ",
  .formula = "the smallest root of h² = ξ (h²); nrd0 if there is none",
  .citation = "Botev10",
  .needs_iqr = TRUE,
  .needs_sample = TRUE,
  .bandwidth = bandwidth_isj,
};

static const IscBandwidthRuleInfo *const rules[] = {
  &rule_scott, &rule_silverman, &rule_nrd0, &rule_nrd, &rule_isj,
};

const IscBandwidthRuleInfo *const *
isc_bandwidth_rules (gsize *n)
{
  *n = G_N_ELEMENTS (rules);
  return rules;
}

IscBandwidthRule
isc_bandwidth_rule_default (void)
{
  return (IscBandwidthRule){ .info = &rule_scott };
}

gboolean
isc_bandwidth_rule_parse (const char *text, IscBandwidthRule *rule, GError **error)
{
  g_autoptr (GString) names = NULL;
  double bandwidth;

  g_return_val_if_fail (text != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (text, rules[i]->name))
      {
        *rule = (IscBandwidthRule){ .info = rules[i] };
        return TRUE;
      }
  if (isc_number_from_text (text, &bandwidth) && bandwidth > 0 && isfinite (bandwidth))
    {
      *rule = (IscBandwidthRule){ .bandwidth = bandwidth };
      return TRUE;
    }

  names = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    g_string_append_printf (names, "%s, ", rules[i]->name);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "bandwidth: '%s' is none of %sor a number above 0", text, names->str);
  return FALSE;
}

char *
isc_bandwidth_rule_to_text (const IscBandwidthRule *rule)
{
  return rule->info ? g_strdup (rule->info->name) : isc_number_to_text (rule->bandwidth);
}

double
isc_bandwidth_rule_evaluate (const IscBandwidthRule *rule,
                             const IscMoments *moments,
                             double iqr,
                             const IscBinnedSample *sample,
                             const IscBandwidthRuleInfo **used)
{
  const IscBandwidthRuleInfo *info = rule->info;
  double bandwidth = rule->bandwidth;

  if (info && (moments->count < 2 || !(moments->std > 0)))
    bandwidth = 0;
  else if (info)
    {
      g_return_val_if_fail (!info->needs_sample || sample != NULL, 0);

      bandwidth = info->bandwidth (moments, iqr, sample);
      if (!(bandwidth > 0))
        {
          info = &rule_nrd0;
          bandwidth = info->bandwidth (moments, iqr, sample);
        }
    }
  if (used)
    *used = info;
  return bandwidth;
}
