/* SPDX-License-Identifier: GPL-3.0-or-later */

/* keras.initializers: the laws of Keras, drawn from our own stream.
 *
 * TensorFlow, JAX and PyTorch as Keras's backends each draw other numbers from one seed, so that
 * there is no stream to be exact to.  The laws are exact: He's, Glorot's and LeCun's normal are
 * truncated at two standard deviations and widened to keep their variance, TruncatedNormal is
 * truncated and not widened.  Weights stand as PyTorch stores them, (out, in, kernel). */

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/variance-scaling.h"

#define SEED                                                                                       \
  {                                                                                                \
    "seed", ISC_PARAMETER_SEED, "None",                                                            \
        .help = N_ ("Accepted as Keras has it; the numbers follow from the experiment's seed.")    \
  }

static const IscParameter seed[] = { SEED };

/* ---- Variance scaling ---- */

#define SCALED(...)                                                                                \
  .library = "Keras", .own_stream = TRUE, .min_dims = 2, .law = isc_scaling_law,                   \
  .describe = isc_scaling_describe, .variant = &(const IscScaling)                                 \
  {                                                                                                \
    __VA_ARGS__                                                                                    \
  }

const IscScheme isc_scheme_keras_he_normal = {
  .item = { "keras.HeNormal", "He normal (Keras)", ISC_HE_NORMAL_TEXTS, ISC_PARAMETERS (seed) },
  SCALED (2.0, "fan_in", "truncated_normal"),
};

const IscScheme isc_scheme_keras_he_uniform = {
  .item = { "keras.HeUniform", "He uniform (Keras)", ISC_HE_UNIFORM_TEXTS, ISC_PARAMETERS (seed) },
  SCALED (2.0, "fan_in", "uniform"),
};

const IscScheme isc_scheme_keras_glorot_normal = {
  .item = { "keras.GlorotNormal", "Glorot normal (Keras)", ISC_GLOROT_NORMAL_TEXTS,
            ISC_PARAMETERS (seed) },
  SCALED (1.0, "fan_avg", "truncated_normal"),
};

const IscScheme isc_scheme_keras_glorot_uniform = {
  .item = { "keras.GlorotUniform", "Glorot uniform (Keras)", ISC_GLOROT_UNIFORM_TEXTS,
            ISC_PARAMETERS (seed) },
  SCALED (1.0, "fan_avg", "uniform"),
};

const IscScheme isc_scheme_keras_lecun_normal = {
  .item
  = { "keras.LecunNormal", "LeCun normal (Keras)", ISC_LECUN_NORMAL_TEXTS, ISC_PARAMETERS (seed) },
  SCALED (1.0, "fan_in", "truncated_normal"),
};

const IscScheme isc_scheme_keras_lecun_uniform = {
  .item = { "keras.LecunUniform", "LeCun uniform (Keras)", ISC_LECUN_UNIFORM_TEXTS,
            ISC_PARAMETERS (seed) },
  SCALED (1.0, "fan_in", "uniform"),
};

static const char *const modes[] = { "fan_in", "fan_out", "fan_avg", NULL };
static const char *const distributions[]
    = { "truncated_normal", "untruncated_normal", "uniform", NULL };

static const IscParameter scaling_parameters[] = {
  { "scale", ISC_PARAMETER_NUMBER, "1.0", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The factor of the variance: 2 for rectifiers, 1 for tanh-like units.") },
  { "mode", ISC_PARAMETER_CHOICE, "'fan_in'", .choices = modes,
    .help = N_ ("The fan that divides the variance; fan_avg is the mean of both.") },
  { "distribution", ISC_PARAMETER_CHOICE, "'truncated_normal'", .choices = distributions,
    .help = N_ ("The shape of the law; the variance is the same.") },
  SEED,
};

const IscScheme isc_scheme_keras_variance_scaling = {
  .item = { "keras.VarianceScaling", "Variance scaling (Keras)", ISC_SCALING_TEXTS,
            .caution = N_ ("The default scale=1.0 is LeCun's rule: rectifiers need scale=2.0."),
            ISC_PARAMETERS (scaling_parameters) },
  .library = "Keras",
  .own_stream = TRUE,
  .min_dims = 2,
  .law = isc_scaling_law,
  .describe = isc_scaling_describe,
};

/* ---- The same for every layer ---- */

static gboolean
check_uniform (const IscArguments *arguments, const IscSite *site, GError **error)
{
  double low = isc_arguments_number (arguments, "minval");
  double high = isc_arguments_number (arguments, "maxval");
  g_autofree char *low_text = isc_number_to_text (low);
  g_autofree char *high_text = isc_number_to_text (high);

  if (low <= high)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "keras.RandomUniform: minval=%s is above maxval=%s: minval must be at most maxval",
               low_text, high_text);
  return FALSE;
}

static IscLaw
law_uniform (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_uniform (isc_arguments_number (arguments, "minval"),
                          isc_arguments_number (arguments, "maxval"));
}

static IscLaw
law_normal (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (isc_arguments_number (arguments, "mean"),
                         isc_arguments_number (arguments, "stddev"));
}

static IscLaw
law_truncated (const IscArguments *arguments, const IscSite *site)
{
  IscLaw normal = law_normal (arguments, site);

  return isc_law_truncated_normal (normal.mean, normal.std, normal.mean - 2.0 * normal.std,
                                   normal.mean + 2.0 * normal.std);
}

static const IscParameter uniform_parameters[] = {
  { "minval", ISC_PARAMETER_NUMBER, "-0.05", -G_MAXFLOAT, G_MAXFLOAT,
    .help = N_ ("The lower bound.") },
  { "maxval", ISC_PARAMETER_NUMBER, "0.05", -G_MAXFLOAT, G_MAXFLOAT,
    .help = N_ ("The upper bound.") },
  SEED,
};

const IscScheme isc_scheme_keras_random_uniform = {
  .item = {
    .id = "keras.RandomUniform",
    .label = N_ ("Uniform (Keras)"),
    .summary = N_ ("Uniform between two bounds: Keras's default for embeddings."),
    .formula = "w ~ U(minval, maxval)",
    .citation = "keras.initializers.RandomUniform",
    .caution = N_ ("Ignores the fan: with the default bounds deep dense networks vanish."),
    ISC_PARAMETERS (uniform_parameters),
  },
  .library = "Keras",
  .own_stream = TRUE,
  .check = check_uniform,
  .law = law_uniform,
  .describe = isc_scheme_describe_law,
};

static const IscParameter normal_parameters[] = {
  { "mean", ISC_PARAMETER_NUMBER, "0.0", -G_MAXFLOAT, G_MAXFLOAT, .help = N_ ("The mean.") },
  { "stddev", ISC_PARAMETER_NUMBER, "0.05", 0, G_MAXFLOAT,
    .help = N_ ("The standard deviation, before anything is cut.") },
  SEED,
};

const IscScheme isc_scheme_keras_random_normal = {
  .item = {
    .id = "keras.RandomNormal",
    .label = N_ ("Normal (Keras)"),
    .summary = N_ ("Normal with a chosen standard deviation, the same for every layer."),
    .formula = "w ~ N(mean, stddev²)",
    .citation = "keras.initializers.RandomNormal",
    .caution = N_ ("Ignores the fan: the signal is multiplied by √fan_in · stddev at each layer."),
    ISC_PARAMETERS (normal_parameters),
  },
  .library = "Keras",
  .own_stream = TRUE,
  .law = law_normal,
  .describe = isc_scheme_describe_law,
};

const IscScheme isc_scheme_keras_truncated_normal = {
  .item = {
    .id = "keras.TruncatedNormal",
    .label = N_ ("Truncated normal (Keras)"),
    .summary = N_ ("A normal without its tails beyond two standard deviations, the same for every layer."),
    .formula = "w ~ N(mean, stddev²) cut at mean ± 2 stddev; std = 0.8796 stddev is left",
    .citation = "keras.initializers.TruncatedNormal",
    .caution = N_ ("Not widened: the weights' standard deviation is 0.88 of stddev.  Ignores the fan."),
    ISC_PARAMETERS (normal_parameters),
  },
  .library = "Keras",
  .own_stream = TRUE,
  .law = law_truncated,
  .describe = isc_scheme_describe_law,
};
