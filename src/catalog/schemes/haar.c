/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keras's and JAX's orthogonal matrices, and convolutions whose centre is one.
 *
 * The law is that of orthogonal_: Haar's measure on the orthogonal matrices, times the gain.
 *
 * delta_orthogonal: Xiao et al. 2018, algorithm 1.  A convolution whose only tap at the kernel's
 * centre is a matrix with orthonormal columns keeps the length of every pixel's channels, so that
 * networks of ten thousand layers can be trained.  It needs as many outputs as inputs at least. */

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

/* Keras calls it gain, JAX scale. */
static double
gain_of (const IscArguments *arguments)
{
  return isc_arguments_number (arguments, isc_arguments_get_item (arguments)->parameters[0].name);
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  g_autofree char *gain = isc_number_to_text (gain_of (arguments));
  g_autofree char *call = g_strdup_printf ("orthogonal_(gain=%s)", gain);

  return isc_scheme_fill_call (call, site, generator, tensor, error);
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  gint64 rows = MAX (site->shape.dims[0], 1);
  gint64 count = rows;

  isc_shape_count (&site->shape, &count, NULL);
  return isc_law_sphere (gain_of (arguments), MAX (rows, count / rows));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  IscLaw sphere = law (arguments, site);
  g_autofree char *gain = isc_number_to_label (sphere.std, 4);
  g_autofree char *std = isc_number_to_label (sphere.std / sqrt ((double)sphere.n), 4);

  return g_strdup_printf ("std = %s / √%" G_GINT64_FORMAT " = %s", gain, sphere.n, std);
}

/* ---- Delta ---- */

static gboolean
check_delta (const IscArguments *arguments, const IscSite *site, GError **error)
{
  if (site->shape.dims[1] <= site->shape.dims[0])
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s needs at least as many output channels as input channels, and this weight has "
               "%" G_GINT64_FORMAT " and %" G_GINT64_FORMAT,
               isc_arguments_get_item (arguments)->id, site->shape.dims[0], site->shape.dims[1]);
  return FALSE;
}

/* Taps of a kernel, and which of them is the middle one. */
static gint64
count_taps (const IscShape *shape, gint64 *centre)
{
  gint64 taps = 1;

  *centre = 0;
  for (guint i = 2; i < shape->n_dims; i++)
    {
      taps *= shape->dims[i];
      *centre = *centre * shape->dims[i] + (shape->dims[i] - 1) / 2;
    }
  return taps;
}

static gboolean
fill_delta (const IscArguments *arguments,
            const IscSite *site,
            IscGenerator *generator,
            IscTensor *tensor,
            GError **error)
{
  IscShape shape = isc_shape (2, site->shape.dims[0], site->shape.dims[1]);
  IscSite matrix_site = isc_site_of_shape (&shape);
  g_autoptr (IscTensor) matrix = isc_tensor_new (NULL, &shape, error);
  gint64 centre;
  gint64 taps = count_taps (&site->shape, &centre);
  float *data = isc_tensor_edit_data (tensor);
  const float *from;

  if (!matrix || !fill (arguments, &matrix_site, generator, matrix, error))
    return FALSE;
  from = isc_tensor_get_data (matrix);
  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    data[i] = 0.0f;
  for (gsize i = 0; taps > 0 && i < isc_tensor_get_count (matrix); i++)
    data[i * (gsize)taps + (gsize)centre] = from[i];
  return TRUE;
}

static IscLaw
law_delta (const IscArguments *arguments, const IscSite *site)
{
  gint64 centre;
  gint64 taps = MAX (count_taps (&site->shape, &centre), 1);
  IscLaw sphere = isc_law_sphere (gain_of (arguments), MAX (site->shape.dims[0], 1));

  return isc_law_with_zeros (sphere, 1.0 - 1.0 / (double)taps);
}

static char *
describe_delta (const IscArguments *arguments, const IscSite *site)
{
  IscLaw delta = law_delta (arguments, site);
  gint64 centre;
  gint64 taps = count_taps (&site->shape, &centre);
  g_autofree char *gain = isc_number_to_label (delta.std, 4);
  g_autofree char *std = isc_number_to_label (sqrt (isc_law_variance (&delta)), 4);

  return g_strdup_printf ("1 of %" G_GINT64_FORMAT
                          " taps orthogonal, std = %s / √(%" G_GINT64_FORMAT " · %" G_GINT64_FORMAT
                          ") = %s",
                          taps, gain, taps, delta.n, std);
}

/* ---- Descriptors ---- */

#define ORTHOGONAL_TEXTS                                                                           \
  .summary = N_ ("A random rotation: keeps lengths exactly, in both directions."),                 \
  .formula = "W = gain · Q, WᵀW = gain² I, std = gain / √max(rows, columns)",                      \
  .citation = "Saxe, McClelland, Ganguli 2014, Exact solutions to the nonlinear dynamics of "      \
              "learning; Mezzadri 2007",                                                           \
  .caution = N_ ("Only lengths of linear signals are kept; rectifiers still need the gain √2.")

static const IscParameter keras_parameters[] = {
  { "gain", ISC_PARAMETER_NUMBER, "1.0", 0, 1e6,
    .help = N_ ("Every singular value of the matrix.") },
  { "seed", ISC_PARAMETER_SEED, "None",
    .help = N_ ("Accepted as Keras has it; the numbers follow from the experiment's seed.") },
};

const IscScheme isc_scheme_keras_orthogonal = {
  .item = { "keras.Orthogonal", "Orthogonal (Keras)", ORTHOGONAL_TEXTS,
            ISC_PARAMETERS (keras_parameters) },
  .library = "Keras",
  .own_stream = TRUE,
  .min_dims = 2,
  .fill = fill,
  .law = law,
  .describe = describe,
};

static const IscParameter jax_parameters[] = {
  { "scale", ISC_PARAMETER_NUMBER, "1.0", 0, 1e6,
    .help = N_ ("Every singular value of the matrix.") },
};

const IscScheme isc_scheme_jax_orthogonal = {
  .item = { "jax.nn.initializers.orthogonal", "Orthogonal (JAX)", ORTHOGONAL_TEXTS,
            ISC_PARAMETERS (jax_parameters) },
  .library = "JAX",
  .own_stream = TRUE,
  .min_dims = 2,
  .fill = fill,
  .law = law,
  .describe = describe,
};

const IscScheme isc_scheme_jax_delta_orthogonal = {
  .item = {
    .id = "jax.nn.initializers.delta_orthogonal",
    .label = N_ ("Delta-orthogonal (JAX)"),
    .summary = N_ ("A convolution that rotates the channels of every pixel: very deep networks without normalization."),
    .formula = "the kernel's centre is scale · Q with orthonormal columns, all other taps 0",
    .citation = "Xiao, Bahri, Sohl-Dickstein, Schoenholz, Pennington 2018, Dynamical isometry and a "
                "mean field theory of CNNs, algorithm 1",
    .caution = N_ ("Begins without any view of the neighbours, and needs as many outputs as inputs."),
    ISC_PARAMETERS (jax_parameters),
  },
  .library = "JAX",
  .own_stream = TRUE,
  .min_dims = 3,
  .max_dims = 5,
  .check = check_delta,
  .fill = fill_delta,
  .law = law_delta,
  .describe = describe_delta,
};
