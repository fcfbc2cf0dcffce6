/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bin-rule.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "stats/knuth.h"

/* Larger counts are not whole numbers in double. */
#define MAX_ASKED 9007199254740992.0

#define WIDTH "width="

/* The share of a width by which the last bin may be wider: as float32 0.3 is a little more than
 * three tenths. */
#define SLACK 1e-6

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
width_sqrt (const IscMoments *moments, double iqr, const IscSortedSample *sample)
{
  return range_of (moments) / sqrt (size_of (moments));
}

static double
width_sturges (const IscMoments *moments, double iqr, const IscSortedSample *sample)
{
  return range_of (moments) / (log2 (size_of (moments)) + 1);
}

static double
width_rice (const IscMoments *moments, double iqr, const IscSortedSample *sample)
{
  return range_of (moments) / (2 * pow (size_of (moments), 1.0 / 3));
}

static double
width_scott (const IscMoments *moments, double iqr, const IscSortedSample *sample)
{
  return pow (24 * sqrt (G_PI) / size_of (moments), 1.0 / 3) * moments->std;
}

static double
width_fd (const IscMoments *moments, double iqr, const IscSortedSample *sample)
{
  return 2 * iqr * pow (size_of (moments), -1.0 / 3);
}

static double
width_doane (const IscMoments *moments, double iqr, const IscSortedSample *sample)
{
  double n = size_of (moments);
  double deviation = sqrt (6 * (n - 2) / ((n + 1) * (n + 3)));

  if (n <= 2 || !(moments->std > 0))
    return 0;
  return range_of (moments) / (1 + log2 (n) + log2 (1 + fabs (moments->skewness) / deviation));
}

/* Where half of the values are equal, Freedman and Diaconis have nothing to say. */
static double
width_auto (const IscMoments *moments, double iqr, const IscSortedSample *sample)
{
  double fd = width_fd (moments, iqr, sample);
  double sturges = width_sturges (moments, iqr, sample);

  return fd > 0 ? MIN (fd, sturges) : sturges;
}

static double
width_knuth (const IscMoments *moments, double iqr, const IscSortedSample *sample)
{
  return range_of (moments) / isc_knuth_bins (sample);
}

static const IscBinRuleInfo rule_auto = {
  .name = "auto",
  .label = N_ ("Automatic"),
  .formula = "the smaller of fd and sturges",
  .citation = "numpy",
  .needs_iqr = TRUE,
  .width = width_auto,
};
static const IscBinRuleInfo rule_fd = {
  .name = "fd",
  .label = N_ ("Freedman–Diaconis"),
  .formula = "2 IQR / ∛n",
  .citation = "FD81",
  .needs_iqr = TRUE,
  .width = width_fd,
};
static const IscBinRuleInfo rule_scott = {
  .name = "scott",
  .label = N_ ("Scott"),
  .formula = "∛(24 √π / n) σ",
  .citation = "Scott79",
  .width = width_scott,
};
static const IscBinRuleInfo rule_sturges = {
  .name = "sturges",
  .label = N_ ("Sturges"),
  .formula = "range / (log₂ n + 1)",
  .citation = "Sturges26",
  .width = width_sturges,
};
static const IscBinRuleInfo rule_rice = {
  .name = "rice",
  .label = N_ ("Rice"),
  .formula = "range / (2 ∛n)",
  .citation = "numpy",
  .width = width_rice,
};
static const IscBinRuleInfo rule_sqrt = {
  .name = "sqrt",
  .label = N_ ("Square root"),
  .formula = "range / √n",
  .citation = "numpy",
  .width = width_sqrt,
};
static const IscBinRuleInfo rule_doane = {
  .name = "doane",
  .label = N_ ("Doane"),
  .formula = "range / (1 + log₂ n + log₂ (1 + |g₁| / σ(g₁)))",
  .citation = "Doane76",
  .width = width_doane,
};
static const IscBinRuleInfo rule_knuth = {
  .name = "knuth",
  .label = N_ ("Knuth"),
  .formula = "range / the most credible number up to 100",
  .citation = "Knuth19",
  .needs_sample = TRUE,
  .width = width_knuth,
};

static const IscBinRuleInfo *const rules[] = {
  &rule_auto, &rule_fd,   &rule_scott, &rule_sturges,
  &rule_rice, &rule_sqrt, &rule_doane, &rule_knuth,
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
  double width;

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
  if (g_str_has_prefix (text, WIDTH) && isc_number_from_text (text + strlen (WIDTH), &width)
      && width > 0 && isfinite (width))
    {
      *rule = (IscBinRule){ .width = width };
      return TRUE;
    }

  names = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    g_string_append_printf (names, "%s, ", rules[i]->name);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "bins: '%s' is none of %sa number from 1 to %d, or a width such as width=0.01", text,
               names->str, ISC_HISTOGRAM_MAX_BINS);
  return FALSE;
}

char *
isc_bin_rule_to_text (const IscBinRule *rule)
{
  g_autofree char *width = NULL;

  if (rule->info)
    return g_strdup (rule->info->name);
  if (rule->count > 0)
    return g_strdup_printf ("%u", rule->count);
  width = isc_number_to_text (rule->width);
  return g_strconcat (WIDTH, width, NULL);
}

guint64
isc_bin_rule_count (const IscBinRule *rule,
                    const IscMoments *moments,
                    double iqr,
                    const IscSortedSample *sample,
                    double extent)
{
  double width = rule->width, count;

  if (rule->info == NULL && rule->count > 0)
    return rule->count;
  if (moments->count == 0)
    return 1;
  if (rule->info)
    width = rule->info->width (moments, iqr, sample);
  if (!(width > 0))
    return 1;
  count = rule->info ? ceil (extent / width) : ceil (extent / width - SLACK);
  return (guint64)CLAMP (count, 1, MAX_ASKED);
}
