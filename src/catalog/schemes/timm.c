/* SPDX-License-Identifier: GPL-3.0-or-later */

/* timm's trunc_normal_tf_ and what is made of it: PyTorch's generator, TensorFlow's law.
 *
 * trunc_normal_tf_ cuts a standard normal at [a, b] and then multiplies and adds, so that the
 * bounds are multiples of std, not absolute as in trunc_normal_.  timm carries its own copy of the
 * algorithm that PyTorch had until 2.11, whatever PyTorch it runs with: so does this. */

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/draw.h"
#include "catalog/schemes/variance-scaling.h"

static char *
unit_call (double a, double b)
{
  g_autofree char *a_text = isc_number_to_text (a);
  g_autofree char *b_text = isc_number_to_text (b);

  return g_strdup_printf ("trunc_normal_(0.0, 1.0, %s, %s)", a_text, b_text);
}

/* tensor.mul_(std).add_(mean) behind trunc_normal_(0, 1, a, b), two roundings as there. */
static gboolean
fill_with (double mean,
           double std,
           double a,
           double b,
           const IscSite *site,
           IscGenerator *generator,
           IscTensor *tensor,
           GError **error)
{
  g_autofree char *call = unit_call (a, b);
  float *data = isc_tensor_edit_data (tensor);
  IscSite copied = *site;

  copied.pytorch = ISC_PYTORCH_2_11;
  if (!isc_scheme_fill_call (call, &copied, generator, tensor, error))
    return FALSE;
  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    data[i] = data[i] * (float)std + (float)mean;
  return TRUE;
}

/* ---- trunc_normal_tf_ ---- */

static gboolean
check (const IscArguments *arguments, const IscSite *site, GError **error)
{
  double a = isc_arguments_number (arguments, "a");
  double b = isc_arguments_number (arguments, "b");
  g_autofree char *a_text = isc_number_to_text (a);
  g_autofree char *b_text = isc_number_to_text (b);
  g_autofree char *call = unit_call (a, b);

  if (a > b)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "timm.trunc_normal_tf_: a=%s is above b=%s: a must be at most b", a_text, b_text);
  else if (!isc_scheme_check_call (call, site, NULL))
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "timm.trunc_normal_tf_: [%s, %s] is too far out for timm's float32 algorithm: "
                 "bring the bounds within a few std of the mean",
                 a_text, b_text);
  else
    return TRUE;
  return FALSE;
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  return fill_with (isc_arguments_number (arguments, "mean"),
                    isc_arguments_number (arguments, "std"), isc_arguments_number (arguments, "a"),
                    isc_arguments_number (arguments, "b"), site, generator, tensor, error);
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  double mean = isc_arguments_number (arguments, "mean");
  double std = isc_arguments_number (arguments, "std");

  return isc_law_truncated_normal (mean, std, mean + std * isc_arguments_number (arguments, "a"),
                                   mean + std * isc_arguments_number (arguments, "b"));
}

static const IscParameter parameters[] = {
  { "mean", ISC_PARAMETER_NUMBER, "0.0", -G_MAXFLOAT, G_MAXFLOAT,
    .help = N_ ("The mean before truncation.") },
  { "std", ISC_PARAMETER_NUMBER, "1.0", 0, G_MAXFLOAT, .above_min = TRUE,
    .help = N_ ("The standard deviation before truncation.") },
  { "a", ISC_PARAMETER_NUMBER, "-2.0", -1e6, 1e6,
    .help = N_ ("The lower bound, a multiple of std from the mean.") },
  { "b", ISC_PARAMETER_NUMBER, "2.0", -1e6, 1e6,
    .help = N_ ("The upper bound, a multiple of std from the mean.") },
};

const IscScheme isc_scheme_timm_trunc_normal_tf = {
  .item = {
    .id = "timm.trunc_normal_tf_",
    .label = N_ ("Truncated normal (timm)"),
    .summary = N_ ("A normal without its tails, the bounds in standard deviations as TensorFlow has them."),
    .formula = "w = mean + std · z, z ~ N(0, 1) given a ≤ z ≤ b",
    .citation = "timm.layers.trunc_normal_tf_; Robert 1995, Simulation of truncated normal variables",
    .caution = N_ ("Not widened: with the default bounds the weights' standard deviation is 0.88 of std."),
    ISC_PARAMETERS (parameters),
  },
  .library = "timm",
  .check = check,
  .fill = fill,
  .law = law,
  .describe = isc_scheme_describe_law,
};

/* ---- variance_scaling_, lecun_normal_ ---- */

static gboolean
fill_scaled (const IscArguments *arguments,
             const IscSite *site,
             IscGenerator *generator,
             IscTensor *tensor,
             GError **error)
{
  IscLaw scaled = isc_scaling_law (arguments, site);

  if (scaled.kind == ISC_LAW_TRUNCATED_NORMAL)
    return fill_with (0.0, scaled.std, -2.0, 2.0, site, generator, tensor, error);
  isc_draw_law (&scaled, generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor));
  return TRUE;
}

static const char *const modes[] = { "fan_in", "fan_out", "fan_avg", NULL };
static const char *const distributions[] = { "truncated_normal", "normal", "uniform", NULL };

static const IscParameter scaling_parameters[] = {
  { "scale", ISC_PARAMETER_NUMBER, "1.0", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The factor of the variance: 2 for rectifiers, 1 for tanh-like units.") },
  { "mode", ISC_PARAMETER_CHOICE, "'fan_in'", .choices = modes,
    .help = N_ ("The fan that divides the variance; fan_avg is the mean of both.") },
  { "distribution", ISC_PARAMETER_CHOICE, "'normal'", .choices = distributions,
    .help = N_ ("The shape of the law; the variance is the same.") },
};

const IscScheme isc_scheme_timm_variance_scaling = {
  .item = {
    .id = "timm.variance_scaling_",
    .label = N_ ("Variance scaling (timm)"),
    ISC_SCALING_TEXTS,
    .caution = N_ ("The default scale=1.0 is LeCun's rule: rectifiers need scale=2.0."),
    ISC_PARAMETERS (scaling_parameters),
  },
  .library = "timm",
  .min_dims = 2,
  .fill = fill_scaled,
  .law = isc_scaling_law,
  .describe = isc_scaling_describe,
};

const IscScheme isc_scheme_timm_lecun_normal = {
  .item = { "timm.lecun_normal_", "LeCun normal (timm)", ISC_LECUN_NORMAL_TEXTS },
  .library = "timm",
  .min_dims = 2,
  .fill = fill_scaled,
  .law = isc_scaling_law,
  .describe = isc_scaling_describe,
  .variant = &(const IscScaling){ 1.0, "fan_in", "truncated_normal" },
};
