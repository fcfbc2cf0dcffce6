/* SPDX-License-Identifier: GPL-3.0-or-later */

/* irnn_identity_: the identity for a recurrent matrix of ReLU units.
 *
 * Le, Jaitly and Hinton 2015: without input, a hidden state is handed on unchanged, and so is its
 * gradient, however long the sequence.  What is not recurrent, a weight named weight_ih, is
 * N(0, std²) with the paper's 0.001; biases are 0, for which there is zeros_(). */

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static gboolean
takes_input (const IscSite *site)
{
  return site->name && strstr (site->name, "weight_ih");
}

static gboolean
check (const IscArguments *arguments, const IscSite *site, GError **error)
{
  g_autofree char *shape = NULL;

  if (takes_input (site) || site->shape.dims[0] == site->shape.dims[1])
    return TRUE;
  shape = isc_shape_to_text (&site->shape, "×");
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "irnn_identity_: a %s matrix can't hand a hidden state on to itself: it needs a "
               "square one, such as an RNN's weight_hh",
               shape);
  return FALSE;
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  float *data = isc_tensor_edit_data (tensor);
  gsize n = isc_tensor_get_count (tensor);
  gsize side = (gsize)site->shape.dims[0];
  float gain = (float)isc_arguments_number (arguments, "gain");

  if (takes_input (site))
    {
      isc_generator_normal (generator, data, n, 0.0, isc_arguments_number (arguments, "std"));
      return TRUE;
    }
  for (gsize i = 0; i < n; i++)
    data[i] = i / side == i % side ? gain : 0.0f;
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  if (takes_input (site))
    return isc_law_normal (0.0, isc_arguments_number (arguments, "std"));
  return isc_law_with_zeros (isc_law_point (isc_arguments_number (arguments, "gain")),
                             1.0 - 1.0 / (double)site->shape.dims[0]);
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *gain = isc_number_to_label (isc_arguments_number (arguments, "gain"), 4);
  g_autofree char *std = isc_number_to_label (isc_arguments_number (arguments, "std"), 4);

  if (takes_input (site))
    return g_strdup_printf ("std = %s", std);
  return g_strdup_printf ("W = %s · I", gain);
}

static const IscParameter parameters[] = {
  { "gain", ISC_PARAMETER_NUMBER, "1.0", -1e6, 1e6,
    .help = N_ ("What the diagonal holds; below 1 the network forgets.") },
  { "std", ISC_PARAMETER_NUMBER, "0.001", 0, 1e6,
    .help = N_ ("The standard deviation of weights from the input (weight_ih).") },
};

const IscScheme isc_scheme_irnn_identity = {
  .item = {
    .id = "irnn_identity_",
    .label = N_ ("IRNN identity"),
    .summary = N_ ("Recurrent ReLU networks that remember long sequences."),
    .formula = "W = gain · I; weights from the input ~ N(0, std²)",
    .citation = "Le, Jaitly, Hinton 2015, A simple way to initialize recurrent networks of "
                "rectified linear units",
    .caution = N_ ("Made for nonlinearity='relu': tanh shrinks the state at each step, and a gain "
               "above 1 explodes."),
    ISC_PARAMETERS (parameters),
  },
  .library = "Initscope",
  .min_dims = 2,
  .max_dims = 2,
  .check = check,
  .fill = fill,
  .law = law,
  .describe = describe,
};
