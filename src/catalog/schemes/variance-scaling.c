/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schemes/variance-scaling.h"

#include <math.h>

#include "base/number-text.h"

static double
chosen_fan (const IscScaling *scaling, const IscSite *site)
{
  double in = (double)site->fan_in;
  double out = (double)site->fan_out;

  if (g_str_equal (scaling->mode, "fan_in"))
    return in;
  if (g_str_equal (scaling->mode, "fan_out"))
    return out;
  return g_str_equal (scaling->mode, "fan_avg") ? (in + out) / 2.0 : sqrt (in * out);
}

/* "784", "((784 + 256) / 2)" */
static char *
fan_to_text (const IscScaling *scaling, const IscSite *site)
{
  if (g_str_equal (scaling->mode, "fan_in"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, site->fan_in);
  if (g_str_equal (scaling->mode, "fan_out"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, site->fan_out);
  if (g_str_equal (scaling->mode, "fan_avg"))
    return g_strdup_printf ("((%" G_GINT64_FORMAT " + %" G_GINT64_FORMAT ") / 2)", site->fan_in,
                            site->fan_out);
  return g_strdup_printf ("√(%" G_GINT64_FORMAT " · %" G_GINT64_FORMAT ")", site->fan_in,
                          site->fan_out);
}

/* What the scheme has as its variant, or the arguments name. */
static IscScaling
get_scaling (const IscArguments *arguments)
{
  const IscScheme *scheme = (const IscScheme *)isc_arguments_get_item (arguments);

  if (scheme->variant)
    return *(const IscScaling *)scheme->variant;
  return (IscScaling){
    .scale = isc_arguments_number (arguments, "scale"),
    .mode = isc_arguments_text (arguments, "mode"),
    .distribution = isc_arguments_text (arguments, "distribution"),
  };
}

IscLaw
isc_scaling_law (const IscArguments *arguments, const IscSite *site)
{
  IscScaling scaling = get_scaling (arguments);
  double variance = scaling.scale / chosen_fan (&scaling, site);
  double std = sqrt (variance);
  double bound = sqrt (3.0 * variance);

  if (g_str_equal (scaling.distribution, "uniform"))
    return isc_law_uniform (-bound, bound);
  if (!g_str_equal (scaling.distribution, "truncated_normal"))
    return isc_law_normal (0.0, std);
  std /= ISC_CUT_AT_2_STD;
  return isc_law_truncated_normal (0.0, std, -2.0 * std, 2.0 * std);
}

char *
isc_scaling_describe (const IscArguments *arguments, const IscSite *site)
{
  IscScaling scaling = get_scaling (arguments);
  IscLaw law = isc_scaling_law (arguments, site);
  gboolean uniform = law.kind == ISC_LAW_UNIFORM;
  double std = sqrt (scaling.scale / chosen_fan (&scaling, site));
  g_autofree char *scale = isc_number_to_label (scaling.scale, 4);
  g_autofree char *fan = fan_to_text (&scaling, site);
  g_autofree char *result = isc_number_to_label (uniform ? law.b : std, 4);
  g_autofree char *cut = isc_number_to_label (law.b, 4);

  return g_strdup_printf ("%s = √(%s%s / %s) = %s%s%s", uniform ? "bound" : "std",
                          uniform ? "3 · " : "", scale, fan, result,
                          law.kind == ISC_LAW_TRUNCATED_NORMAL ? " after the cut at ±" : "",
                          law.kind == ISC_LAW_TRUNCATED_NORMAL ? cut : "");
}
