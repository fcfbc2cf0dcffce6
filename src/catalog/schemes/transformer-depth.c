/* SPDX-License-Identifier: GPL-3.0-or-later */

/* deepnorm_, t_fixup_: Xavier times a power of a transformer's depth.
 *
 * Both bound what one step changes in the output, whatever the depth.  Wang, Ma, Dong, Huang, Zhang
 * and Wei 2022, figure 2 (one stack, encoder or decoder): the MLP and the value and output
 * projections are xavier_normal_(gain=(8N)^(−1/4)), and the residual path is multiplied by
 * (2N)^(1/4).  Huang, Perez, Ba and Volkovs 2020, section 3.2: without layer normalization and
 * warm-up, the same weights are Xavier's times 0.67 N^(−1/4) in the encoder and (9N)^(−1/4) in the
 * decoder. */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static const char *const parts[] = { "encoder", "decoder", NULL };

static double
xavier_std (const IscSite *site)
{
  return sqrt (2.0 / (double)(site->fan_in + site->fan_out));
}

static double
deepnorm_std (const IscArguments *arguments, const IscSite *site)
{
  double n_layers = (double)isc_arguments_integer (arguments, "num_layers");

  return pow (8.0 * n_layers, -0.25) * xavier_std (site);
}

static gboolean
is_encoder (const IscArguments *arguments)
{
  return g_str_equal (isc_arguments_text (arguments, "part"), "encoder");
}

static double
t_fixup_bound (const IscArguments *arguments, const IscSite *site)
{
  double n_layers = (double)isc_arguments_integer (arguments, "num_layers");
  double factor
      = is_encoder (arguments) ? 0.67 * pow (n_layers, -0.25) : pow (9.0 * n_layers, -0.25);

  return sqrt (3.0) * (factor * xavier_std (site));
}

static IscLaw
law_deepnorm (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, deepnorm_std (arguments, site));
}

static IscLaw
law_t_fixup (const IscArguments *arguments, const IscSite *site)
{
  double bound = t_fixup_bound (arguments, site);

  return isc_law_uniform (-bound, bound);
}

static char *
describe_deepnorm (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *std = isc_number_to_label (deepnorm_std (arguments, site), 4);

  return g_strdup_printf ("std = (8 · %" G_GINT64_FORMAT ")^(−1/4) · √(2 / (%" G_GINT64_FORMAT
                          " + %" G_GINT64_FORMAT ")) = %s",
                          isc_arguments_integer (arguments, "num_layers"), site->fan_in,
                          site->fan_out, std);
}

static char *
describe_t_fixup (const IscArguments *arguments, const IscSite *site)
{
  gint64 n_layers = isc_arguments_integer (arguments, "num_layers");
  g_autofree char *bound = isc_number_to_label (t_fixup_bound (arguments, site), 4);
  g_autofree char *factor = is_encoder (arguments)
                                ? g_strdup_printf ("0.67 · %" G_GINT64_FORMAT "^(−1/4)", n_layers)
                                : g_strdup_printf ("(9 · %" G_GINT64_FORMAT ")^(−1/4)", n_layers);

  return g_strdup_printf ("bound = %s · √(6 / (%" G_GINT64_FORMAT " + %" G_GINT64_FORMAT ")) = %s",
                          factor, site->fan_in, site->fan_out, bound);
}

static const IscParameter deepnorm_parameters[] = {
  { "num_layers", ISC_PARAMETER_INTEGER, NULL, 1, 1000000,
    .help = N_ ("N, the layers of the one stack, encoder or decoder.") },
};

static const IscParameter t_fixup_parameters[] = {
  { "num_layers", ISC_PARAMETER_INTEGER, NULL, 1, 1000000,
    .help = N_ ("N, the layers of the stack that the weight is in.") },
  { "part", ISC_PARAMETER_CHOICE, "'encoder'", .choices = parts,
    .help = N_ ("Which of the two stacks that is.") },
};

const IscScheme isc_scheme_deepnorm = {
  .item = {
    .id = "deepnorm_",
    .label = N_ ("DeepNorm"),
    .summary = N_ ("Transformers of a thousand layers, normalized after each residual addition."),
    .formula = "w ~ N(0, std²), std = (8N)^(−1/4) · √(2 / (fan_in + fan_out))",
    .citation = "Wang, Ma, Dong, Huang, Zhang, Wei 2022, DeepNet: scaling transformers to 1,000 "
                "layers, figure 2",
    .caution = N_ ("Half of the recipe: the residual path is multiplied by (2N)^(1/4), queries and "
               "keys stay plain Xavier."),
    ISC_PARAMETERS (deepnorm_parameters),
  },
  .library = "Initscope",
  .min_dims = 2,
  .law = law_deepnorm,
  .describe = describe_deepnorm,
};

const IscScheme isc_scheme_t_fixup = {
  .item = {
    .id = "t_fixup_",
    .label = N_ ("T-Fixup"),
    .summary = N_ ("Transformers without layer normalization and without warm-up."),
    .formula = "w ~ U(−bound, bound), bound = 0.67 N^(−1/4) (decoder: (9N)^(−1/4)) · √(6 / "
               "(fan_in + fan_out))",
    .citation = "Huang, Perez, Ba, Volkovs 2020, Improving transformer optimization through "
                "better initialization, section 3.2",
    .caution = N_ ("For value, output and MLP weights; queries and keys stay plain Xavier, "
               "embeddings are N(0, 1/√d) times (9N)^(−1/4)."),
    ISC_PARAMETERS (t_fixup_parameters),
  },
  .library = "Initscope",
  .min_dims = 2,
  .law = law_t_fixup,
  .describe = describe_t_fixup,
};
