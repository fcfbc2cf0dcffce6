/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bandwidth-rule.h"

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"

/* R's robust spread: where half of the values are equal, IQR says nothing and R falls back too. */
static double
robust_spread (const IscMoments *moments, double iqr)
{
  double std = isc_moments_sample_std (moments);

  return iqr > 0 ? MIN (std, iqr / 1.34) : std;
}

static double
bandwidth_scott (const IscMoments *moments, double iqr)
{
  return pow ((double)moments->count, -0.2) * isc_moments_sample_std (moments);
}

static double
bandwidth_silverman (const IscMoments *moments, double iqr)
{
  return pow ((double)moments->count * 3 / 4, -0.2) * isc_moments_sample_std (moments);
}

static double
bandwidth_nrd0 (const IscMoments *moments, double iqr)
{
  return 0.9 * robust_spread (moments, iqr) * pow ((double)moments->count, -0.2);
}

static double
bandwidth_nrd (const IscMoments *moments, double iqr)
{
  return 1.06 * robust_spread (moments, iqr) * pow ((double)moments->count, -0.2);
}

static const IscBandwidthRuleInfo rule_scott = {
  "scott", "Scott (scipy, seaborn)", "Scott", "s n^(−1/5)", "Scott92", FALSE, bandwidth_scott,
};
static const IscBandwidthRuleInfo rule_silverman = {
  "silverman", "Silverman’s factor (scipy)", "Silverman", "s (3n/4)^(−1/5)", "Silverman86",
  FALSE,       bandwidth_silverman,
};
static const IscBandwidthRuleInfo rule_nrd0 = {
  "nrd0",
  "Silverman’s rule of thumb (R bw.nrd0)",
  "nrd0 (Silverman’s rule of thumb)",
  "0.9 min (s, IQR/1.34) n^(−1/5)",
  "Silverman86",
  TRUE,
  bandwidth_nrd0,
};
static const IscBandwidthRuleInfo rule_nrd = {
  "nrd",         "Normal reference (R bw.nrd)",
  "nrd",         "1.06 min (s, IQR/1.34) n^(−1/5)",
  "Scott92",     TRUE,
  bandwidth_nrd,
};

static const IscBandwidthRuleInfo *const rules[] = {
  &rule_scott,
  &rule_silverman,
  &rule_nrd0,
  &rule_nrd,
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
               "bandwidth: “%s” is none of %sor a number above 0", text, names->str);
  return FALSE;
}

char *
isc_bandwidth_rule_to_text (const IscBandwidthRule *rule)
{
  return rule->info ? g_strdup (rule->info->name) : isc_number_to_text (rule->bandwidth);
}

double
isc_bandwidth_rule_evaluate (const IscBandwidthRule *rule, const IscMoments *moments, double iqr)
{
  if (rule->info == NULL)
    return rule->bandwidth;
  if (moments->count < 2 || !(moments->std > 0))
    return 0;
  return rule->info->bandwidth (moments, iqr);
}
