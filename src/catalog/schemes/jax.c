/* SPDX-License-Identifier: GPL-3.0-or-later */

/* jax.nn.initializers: the laws of JAX, which Flax uses, drawn from our own stream.
 *
 * JAX draws by counters, from a key and not from a sequence, so that none of its numbers can follow
 * from PyTorch's generator.  The laws are exact: he_normal, glorot_normal and lecun_normal are
 * truncated at two standard deviations and widened to keep their variance, truncated_normal is cut
 * where it is told and not widened, uniform begins at 0.  Weights stand as PyTorch stores them,
 * (out, in, kernel). */

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/variance-scaling.h"

/* ---- Variance scaling ---- */

#define SCALED(...)                                                                                \
  .library = "JAX", .own_stream = TRUE, .min_dims = 2, .law = isc_scaling_law,                     \
  .describe = isc_scaling_describe, .variant = &(const IscScaling)                                 \
  {                                                                                                \
    __VA_ARGS__                                                                                    \
  }

const IscScheme isc_scheme_jax_he_normal = {
  .item = { "jax.nn.initializers.he_normal", "He normal (JAX)", ISC_HE_NORMAL_TEXTS },
  SCALED (2.0, "fan_in", "truncated_normal"),
};

const IscScheme isc_scheme_jax_he_uniform = {
  .item = { "jax.nn.initializers.he_uniform", "He uniform (JAX)", ISC_HE_UNIFORM_TEXTS },
  SCALED (2.0, "fan_in", "uniform"),
};

const IscScheme isc_scheme_jax_glorot_normal = {
  .item = { "jax.nn.initializers.glorot_normal", "Glorot normal (JAX)", ISC_GLOROT_NORMAL_TEXTS },
  SCALED (1.0, "fan_avg", "truncated_normal"),
};

const IscScheme isc_scheme_jax_glorot_uniform = {
  .item
  = { "jax.nn.initializers.glorot_uniform", "Glorot uniform (JAX)", ISC_GLOROT_UNIFORM_TEXTS },
  SCALED (1.0, "fan_avg", "uniform"),
};

const IscScheme isc_scheme_jax_lecun_normal = {
  .item = { "jax.nn.initializers.lecun_normal", "LeCun normal (JAX)", ISC_LECUN_NORMAL_TEXTS },
  SCALED (1.0, "fan_in", "truncated_normal"),
};

const IscScheme isc_scheme_jax_lecun_uniform = {
  .item = { "jax.nn.initializers.lecun_uniform", "LeCun uniform (JAX)", ISC_LECUN_UNIFORM_TEXTS },
  SCALED (1.0, "fan_in", "uniform"),
};

static const char *const modes[] = { "fan_in", "fan_out", "fan_avg", "fan_geo_avg", NULL };
static const char *const distributions[] = { "truncated_normal", "normal", "uniform", NULL };

static const IscParameter scaling_parameters[] = {
  { "scale", ISC_PARAMETER_NUMBER, NULL, 0, 1e6,
    .help = N_ ("The factor of the variance: 2 for rectifiers, 1 for tanh-like units.") },
  { "mode", ISC_PARAMETER_CHOICE, NULL, .choices = modes,
    .help
    = N_ ("The fan that divides the variance, or the arithmetic or geometric mean of both.") },
  { "distribution", ISC_PARAMETER_CHOICE, NULL, .choices = distributions,
    .help = N_ ("The shape of the law; the variance is the same.") },
};

const IscScheme isc_scheme_jax_variance_scaling = {
  .item = {
    .id = "jax.nn.initializers.variance_scaling",
    .label = N_ ("Variance scaling (JAX)"),
    ISC_SCALING_TEXTS,
    .caution = N_ ("A scale made for one activation is wrong for another: 2 for rectifiers, 1 for tanh."),
    ISC_PARAMETERS (scaling_parameters),
  },
  .library = "JAX",
  .own_stream = TRUE,
  .min_dims = 2,
  .law = isc_scaling_law,
  .describe = isc_scaling_describe,
};

/* ---- The same for every layer ---- */

static IscLaw
law_normal (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, isc_arguments_number (arguments, "stddev"));
}

static IscLaw
law_uniform (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_uniform (0.0, isc_arguments_number (arguments, "scale"));
}

static gboolean
check_truncated (const IscArguments *arguments, const IscSite *site, GError **error)
{
  double lower = isc_arguments_number (arguments, "lower");
  double upper = isc_arguments_number (arguments, "upper");
  g_autofree char *lower_text = isc_number_to_text (lower);
  g_autofree char *upper_text = isc_number_to_text (upper);

  if (lower < upper)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "jax.nn.initializers.truncated_normal: lower=%s is not below upper=%s", lower_text,
               upper_text);
  return FALSE;
}

static IscLaw
law_truncated (const IscArguments *arguments, const IscSite *site)
{
  double std = isc_arguments_number (arguments, "stddev");

  return isc_law_truncated_normal (0.0, std, std * isc_arguments_number (arguments, "lower"),
                                   std * isc_arguments_number (arguments, "upper"));
}

#define STDDEV                                                                                     \
  {                                                                                                \
    "stddev", ISC_PARAMETER_NUMBER, "0.01", 0, G_MAXFLOAT,                                         \
        .help = N_ ("The standard deviation, before anything is cut.")                             \
  }

static const IscParameter normal_parameters[] = { STDDEV };

const IscScheme isc_scheme_jax_normal = {
  .item = {
    .id = "jax.nn.initializers.normal",
    .label = N_ ("Normal (JAX)"),
    .summary = N_ ("Normal with a chosen standard deviation, the same for every layer."),
    .formula = "w ~ N(0, stddev²)",
    .citation = "jax.nn.initializers.normal",
    .caution = N_ ("Ignores the fan: the signal is multiplied by √fan_in · stddev at each layer."),
    ISC_PARAMETERS (normal_parameters),
  },
  .library = "JAX",
  .own_stream = TRUE,
  .law = law_normal,
  .describe = isc_scheme_describe_law,
};

static const IscParameter uniform_parameters[] = {
  { "scale", ISC_PARAMETER_NUMBER, "0.01", 0, G_MAXFLOAT, .help = N_ ("The upper bound.") },
};

const IscScheme isc_scheme_jax_uniform = {
  .item = {
    .id = "jax.nn.initializers.uniform",
    .label = N_ ("Uniform (JAX)"),
    .summary = N_ ("Uniform between 0 and a bound, the same for every layer."),
    .formula = "w ~ U(0, scale)",
    .citation = "jax.nn.initializers.uniform",
    .caution = N_ ("No weight is negative: all units of a layer lean the same way."),
    ISC_PARAMETERS (uniform_parameters),
  },
  .library = "JAX",
  .own_stream = TRUE,
  .law = law_uniform,
  .describe = isc_scheme_describe_law,
};

static const IscParameter truncated_parameters[] = {
  STDDEV,
  { "lower", ISC_PARAMETER_NUMBER, "-2.0", -1e6, 1e6,
    .help = N_ ("The lower bound, a multiple of stddev.") },
  { "upper", ISC_PARAMETER_NUMBER, "2.0", -1e6, 1e6,
    .help = N_ ("The upper bound, a multiple of stddev.") },
};

const IscScheme isc_scheme_jax_truncated_normal = {
  .item = {
    .id = "jax.nn.initializers.truncated_normal",
    .label = N_ ("Truncated normal (JAX)"),
    .summary = N_ ("A normal without its tails, the bounds in standard deviations."),
    .formula = "w ~ N(0, stddev²) given lower · stddev ≤ w ≤ upper · stddev",
    .citation = "jax.nn.initializers.truncated_normal",
    .caution = N_ ("Not widened: with the default bounds the weights' standard deviation is 0.88 of stddev."),
    ISC_PARAMETERS (truncated_parameters),
  },
  .library = "JAX",
  .own_stream = TRUE,
  .check = check_truncated,
  .law = law_truncated,
  .describe = isc_scheme_describe_law,
};
