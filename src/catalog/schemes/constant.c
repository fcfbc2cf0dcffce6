/* SPDX-License-Identifier: GPL-3.0-or-later */

/* zeros_, ones_, constant_ and what Keras and JAX call them: every weight the same.
 *
 * Without randomness the units of a layer compute the same function and receive the same gradient:
 * they stay copies of each other (Goodfellow, Bengio, Courville, Deep Learning, section 8.4). Right
 * for biases and for the scale of a normalization, wrong for weight matrices. */

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

/* A scheme's variant is its value; without one the value is its only argument. */
static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  const IscScheme *scheme = (const IscScheme *)isc_arguments_get_item (arguments);
  const double *value = scheme->variant;

  return isc_law_point (value ? *value
                              : isc_arguments_number (arguments, scheme->item.parameters[0].name));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *value = isc_number_to_label (law (arguments, site).a, 4);

  return g_strdup_printf ("w = %s", value);
}

#define ZEROS                                                                                      \
  .summary = N_ ("Every weight 0: right for biases, and a lesson on symmetry for weights."),       \
  .formula = "w = 0", EXPLAINED
#define ONES                                                                                       \
  .summary = N_ ("Every weight 1: the scale of a normalization layer."), .formula = "w = 1",       \
  EXPLAINED
#define CONSTANT .summary = N_ ("Every weight the same value."), .formula = "w = value", EXPLAINED
#define EXPLAINED                                                                                  \
  .citation = "Goodfellow, Bengio, Courville 2016, Deep Learning, section 8.4",                    \
  .caution                                                                                         \
      = N_ ("All units of a layer stay copies of each other: training cannot tell them apart.")

#define ALWAYS(value)                                                                              \
  .law = law, .describe = describe, .variant = &(const double) { value }
#define AS_GIVEN .law = law, .describe = describe

#define VALUE(name, initial)                                                                       \
  {                                                                                                \
    name, ISC_PARAMETER_NUMBER, initial, -G_MAXFLOAT, G_MAXFLOAT,                                  \
        .help = N_ ("The value of every weight.")                                                  \
  }

static const IscParameter pytorch_parameters[] = { VALUE ("val", NULL) };
static const IscParameter keras_parameters[] = { VALUE ("value", "0.0") };
static const IscParameter jax_parameters[] = { VALUE ("value", NULL) };

const IscScheme isc_scheme_zeros = {
  .item = { "zeros_", "Zeros", ZEROS },
  .library = "PyTorch",
  ALWAYS (0.0),
};

const IscScheme isc_scheme_ones = {
  .item = { "ones_", "Ones", ONES },
  .library = "PyTorch",
  ALWAYS (1.0),
};

const IscScheme isc_scheme_constant = {
  .item = { "constant_", "Constant", CONSTANT, ISC_PARAMETERS (pytorch_parameters) },
  .library = "PyTorch",
  AS_GIVEN,
};

const IscScheme isc_scheme_keras_zeros = {
  .item = { "keras.Zeros", "Zeros (Keras)", ZEROS },
  .library = "Keras",
  ALWAYS (0.0),
};

const IscScheme isc_scheme_keras_ones = {
  .item = { "keras.Ones", "Ones (Keras)", ONES },
  .library = "Keras",
  ALWAYS (1.0),
};

const IscScheme isc_scheme_keras_constant = {
  .item = { "keras.Constant", "Constant (Keras)", CONSTANT, ISC_PARAMETERS (keras_parameters) },
  .library = "Keras",
  AS_GIVEN,
};

const IscScheme isc_scheme_jax_zeros = {
  .item = { "jax.nn.initializers.zeros", "Zeros (JAX)", ZEROS },
  .library = "JAX",
  ALWAYS (0.0),
};

const IscScheme isc_scheme_jax_ones = {
  .item = { "jax.nn.initializers.ones", "Ones (JAX)", ONES },
  .library = "JAX",
  ALWAYS (1.0),
};

const IscScheme isc_scheme_jax_constant = {
  .item
  = { "jax.nn.initializers.constant", "Constant (JAX)", CONSTANT, ISC_PARAMETERS (jax_parameters) },
  .library = "JAX",
  AS_GIVEN,
};
