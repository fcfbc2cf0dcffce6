/* SPDX-License-Identifier: GPL-3.0-or-later */

/* small_init_, wang_init_: GPT-NeoX's pair, for the weights into a layer and back to the stream.
 *
 * Nguyen and Salazar 2019: a transformer's MLP is its widest matrix, dim × 4 dim; what Xavier gives
 * it, 2/(dim + 4 dim), is given to all.  What is added to the residual stream is N(0, (2/(n_layer
 * √dim))²), after Wang's mesh-transformer.  Drawn as GPT-NeoX does (init_functions.py), normal_().
 */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static double
small_std (const IscArguments *arguments)
{
  return sqrt (2.0 / (5.0 * (double)isc_arguments_integer (arguments, "dim")));
}

static double
wang_std (const IscArguments *arguments)
{
  return 2.0 / (double)isc_arguments_integer (arguments, "n_layer")
         / sqrt ((double)isc_arguments_integer (arguments, "dim"));
}

static IscLaw
law_small (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, small_std (arguments));
}

static IscLaw
law_wang (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, wang_std (arguments));
}

static char *
describe_small (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *std = isc_number_to_label (small_std (arguments), 4);

  return g_strdup_printf ("std = √(2 / (5 · %" G_GINT64_FORMAT ")) = %s",
                          isc_arguments_integer (arguments, "dim"), std);
}

static char *
describe_wang (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *std = isc_number_to_label (wang_std (arguments), 4);

  return g_strdup_printf ("std = 2 / (%" G_GINT64_FORMAT " · √%" G_GINT64_FORMAT ") = %s",
                          isc_arguments_integer (arguments, "n_layer"),
                          isc_arguments_integer (arguments, "dim"), std);
}

static const IscParameter parameters[] = {
  { "dim", ISC_PARAMETER_INTEGER, NULL, 1, 1e12, .help = N_ ("The width of the residual stream.") },
  { "n_layer", ISC_PARAMETER_INTEGER, NULL, 1, 1000000, .help = N_ ("The blocks of the network.") },
};

#define CITATION                                                                                   \
  "Nguyen, Salazar 2019, Transformers without tears: improving the normalization of "              \
  "self-attention"

const IscScheme isc_scheme_small_init = {
  .item = {
    .id = "small_init_",
    .label = N_ ("SmallInit"),
    .summary = N_ ("Transformers: the same small variance for every matrix into a layer."),
    .formula = "w ~ N(0, std²), std = √(2 / (5 dim))",
    .citation = CITATION,
    .caution = N_ ("Goes by the width of the stream, not by the fan: for transformers with an MLP of "
               "4 dim only."),
    .parameters = parameters,
    .n_parameters = 1,
  },
  .library = "PyTorch",
  .min_dims = 2,
  .law = law_small,
  .describe = describe_small,
};

const IscScheme isc_scheme_wang_init = {
  .item = {
    .id = "wang_init_",
    .label = N_ ("Wang init"),
    .summary = N_ ("Transformers: projections back into the residual stream, smaller with depth."),
    .formula = "w ~ N(0, std²), std = 2 / (n_layer · √dim)",
    .citation = CITATION "; Wang, mesh-transformer-jax; GPT-NeoX",
    .caution = N_ ("For output projections beside small_init_; falls as 1/n_layer, faster than "
               "GPT-2's 1/√n_layer."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .law = law_wang,
  .describe = describe_wang,
};
