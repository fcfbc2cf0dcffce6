/* SPDX-License-Identifier: GPL-3.0-or-later */

/* zeros_, ones_, constant_: every weight the same.
 *
 * Without randomness the units of a layer compute the same function and receive the same gradient:
 * they stay copies of each other (Goodfellow, Bengio, Courville, Deep Learning, section 8.4). Right
 * for biases and for the scale of a normalization, wrong for weight matrices. */

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static gboolean
fill_with (IscTensor *tensor, float value)
{
  float *data = isc_tensor_edit_data (tensor);
  gsize n = isc_tensor_get_count (tensor);

  for (gsize i = 0; i < n; i++)
    data[i] = value;
  return TRUE;
}

static gboolean
fill_zeros (const IscArguments *arguments,
            const IscSite *site,
            IscGenerator *generator,
            IscTensor *tensor,
            GError **error)
{
  return fill_with (tensor, 0.0f);
}

static gboolean
fill_ones (const IscArguments *arguments,
           const IscSite *site,
           IscGenerator *generator,
           IscTensor *tensor,
           GError **error)
{
  return fill_with (tensor, 1.0f);
}

static gboolean
fill_constant (const IscArguments *arguments,
               const IscSite *site,
               IscGenerator *generator,
               IscTensor *tensor,
               GError **error)
{
  return fill_with (tensor, (float)isc_arguments_number (arguments, "val"));
}

static IscLaw
law_zeros (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_point (0.0);
}

static IscLaw
law_ones (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_point (1.0);
}

static IscLaw
law_constant (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_point (isc_arguments_number (arguments, "val"));
}

static char *
describe_zeros (const IscArguments *arguments, const IscSite *site)
{
  return g_strdup ("w = 0");
}

static char *
describe_ones (const IscArguments *arguments, const IscSite *site)
{
  return g_strdup ("w = 1");
}

static char *
describe_constant (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *value = isc_number_to_label (isc_arguments_number (arguments, "val"), 4);

  return g_strdup_printf ("w = %s", value);
}

static const IscParameter constant_parameters[] = {
  { "val", ISC_PARAMETER_NUMBER, NULL, -G_MAXFLOAT, G_MAXFLOAT,
    .help = "The value of every weight." },
};

#define CITATION "Goodfellow, Bengio, Courville 2016, Deep Learning, section 8.4"
#define CAUTION "All units of a layer stay copies of each other: training cannot tell them apart."

const IscScheme isc_scheme_zeros = {
  .item = {
    .id = "zeros_",
    .label = "Zeros",
    .summary = "Every weight 0: right for biases, and a lesson on symmetry for weights.",
    .formula = "w = 0",
    .citation = CITATION,
    .caution = CAUTION,
  },
  .library = "PyTorch",
  .fill = fill_zeros,
  .law = law_zeros,
  .describe = describe_zeros,
};

const IscScheme isc_scheme_ones = {
  .item = {
    .id = "ones_",
    .label = "Ones",
    .summary = "Every weight 1: the scale of a normalization layer.",
    .formula = "w = 1",
    .citation = CITATION,
    .caution = CAUTION,
  },
  .library = "PyTorch",
  .fill = fill_ones,
  .law = law_ones,
  .describe = describe_ones,
};

const IscScheme isc_scheme_constant = {
  .item = {
    .id = "constant_",
    .label = "Constant",
    .summary = "Every weight the same value.",
    .formula = "w = val",
    .citation = CITATION,
    .caution = CAUTION,
    ISC_PARAMETERS (constant_parameters),
  },
  .library = "PyTorch",
  .fill = fill_constant,
  .law = law_constant,
  .describe = describe_constant,
};
