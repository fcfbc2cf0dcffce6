/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bin-rule.h"

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"

/* Larger counts are not whole numbers in double. */
#define MAX_ASKED 9007199254740992.0

static double
range_of (const IscMoments *moments)
{
  return moments->max - moments->min;
}

static double
size_of (const IscMoments *moments)
{
  return (double)moments->count;
}

static double
width_sqrt (const IscMoments *moments, double iqr)
{
  return range_of (moments) / sqrt (size_of (moments));
}

static double
width_sturges (const IscMoments *moments, double iqr)
{
  return range_of (moments) / (log2 (size_of (moments)) + 1);
}

static double
width_rice (const IscMoments *moments, double iqr)
{
  return range_of (moments) / (2 * pow (size_of (moments), 1.0 / 3));
}

static double
width_scott (const IscMoments *moments, double iqr)
{
  return pow (24 * sqrt (G_PI) / size_of (moments), 1.0 / 3) * moments->std;
}

static double
width_fd (const IscMoments *moments, double iqr)
{
  return 2 * iqr * pow (size_of (moments), -1.0 / 3);
}

static double
width_doane (const IscMoments *moments, double iqr)
{
  double n = size_of (moments);
  double deviation = sqrt (6 * (n - 2) / ((n + 1) * (n + 3)));

  if (n <= 2 || !(moments->std > 0))
    return 0;
  return range_of (moments) / (1 + log2 (n) + log2 (1 + fabs (moments->skewness) / deviation));
}

/* Where half of the values are equal, Freedman and Diaconis have nothing to say. */
static double
width_auto (const IscMoments *moments, double iqr)
{
  double fd = width_fd (moments, iqr);
  double sturges = width_sturges (moments, iqr);

  return fd > 0 ? MIN (fd, sturges) : sturges;
}

static const IscBinRuleInfo rule_auto = {
  "auto", "Automatic", "the smaller of fd and sturges", "numpy", TRUE, width_auto,
};
static const IscBinRuleInfo rule_fd = {
  "fd", "Freedman–Diaconis", "2 IQR / ∛n", "FD81", TRUE, width_fd,
};
static const IscBinRuleInfo rule_scott = {
  "scott", "Scott", "∛(24 √π / n) σ", "Scott79", FALSE, width_scott,
};
static const IscBinRuleInfo rule_sturges = {
  "sturges", "Sturges", "range / (log₂ n + 1)", "Sturges26", FALSE, width_sturges,
};
static const IscBinRuleInfo rule_rice = {
  "rice", "Rice", "range / (2 ∛n)", "numpy", FALSE, width_rice,
};
static const IscBinRuleInfo rule_sqrt = {
  "sqrt", "Square root", "range / √n", "numpy", FALSE, width_sqrt,
};
static const IscBinRuleInfo rule_doane = {
  "doane", "Doane", "range / (1 + log₂ n + log₂ (1 + |g₁| / σ(g₁)))", "Doane76", FALSE, width_doane,
};

static const IscBinRuleInfo *const rules[] = {
  &rule_auto, &rule_fd, &rule_scott, &rule_sturges, &rule_rice, &rule_sqrt, &rule_doane,
};

const IscBinRuleInfo *const *
isc_bin_rules (gsize *n)
{
  *n = G_N_ELEMENTS (rules);
  return rules;
}

IscBinRule
isc_bin_rule_default (void)
{
  return (IscBinRule){ .info = &rule_auto };
}

gboolean
isc_bin_rule_parse (const char *text, IscBinRule *rule, GError **error)
{
  g_autoptr (GString) names = NULL;
  gint64 count;

  g_return_val_if_fail (text != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (text, rules[i]->name))
      {
        *rule = (IscBinRule){ .info = rules[i] };
        return TRUE;
      }
  if (isc_integer_from_text (text, &count) && count >= 1 && count <= ISC_HISTOGRAM_MAX_BINS)
    {
      *rule = (IscBinRule){ .count = (guint)count };
      return TRUE;
    }

  names = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    g_string_append_printf (names, "%s, ", rules[i]->name);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "bins: “%s” is none of %sor a number from 1 to %d", text, names->str,
               ISC_HISTOGRAM_MAX_BINS);
  return FALSE;
}

char *
isc_bin_rule_to_text (const IscBinRule *rule)
{
  return rule->info ? g_strdup (rule->info->name) : g_strdup_printf ("%u", rule->count);
}

guint64
isc_bin_rule_count (const IscBinRule *rule, const IscMoments *moments, double iqr)
{
  double width, count;

  if (rule->info == NULL)
    return rule->count;
  if (moments->count == 0)
    return 1;
  width = rule->info->width (moments, iqr);
  if (!(width > 0))
    return 1;
  count = ceil (range_of (moments) / width);
  return (guint64)CLAMP (count, 1, MAX_ASKED);
}
