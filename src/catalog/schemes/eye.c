/* SPDX-License-Identifier: GPL-3.0-or-later */

/* eye_, keras.Identity: ones, or Keras's gain, on the main diagonal, the rest 0.
 *
 * Le, Jaitly and Hinton 2015: a recurrent layer of rectifiers that begins as the identity carries
 * its state unchanged, and with it the gradient, over many steps.  A matrix that is not square
 * passes the first inputs on and drops the others, or leaves units at 0.  Nothing is random. */

#include <string.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static double
gain_of (const IscArguments *arguments)
{
  return isc_arguments_get_item (arguments)->n_parameters > 0
             ? isc_arguments_number (arguments, "gain")
             : 1.0;
}

static gsize
diagonal_length (const IscSite *site)
{
  return (gsize)MIN (site->shape.dims[0], site->shape.dims[1]);
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  gsize columns = (gsize)site->shape.dims[1];
  float *data = isc_tensor_edit_data (tensor);

  memset (data, 0, isc_tensor_get_count (tensor) * sizeof *data);
  for (gsize i = 0; i < diagonal_length (site); i++)
    data[i * columns + i] = (float)gain_of (arguments);
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  double longer = (double)MAX (site->shape.dims[0], site->shape.dims[1]);

  return isc_law_with_zeros (isc_law_point (gain_of (arguments)), 1.0 - 1.0 / MAX (longer, 1.0));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *gain = isc_number_to_label (gain_of (arguments), 4);

  return g_strdup_printf ("w = %s on a diagonal of %" G_GSIZE_FORMAT ", else 0", gain,
                          diagonal_length (site));
}

#define SUMMARY "Passes its input on unchanged: recurrent layers of rectifiers, linear shortcuts."
#define CITATION                                                                                   \
  "Le, Jaitly, Hinton 2015, A simple way to initialize recurrent networks of rectified linear "    \
  "units"
#define CAUTION                                                                                    \
  N_ ("A matrix that is not square drops inputs or leaves units at 0, and those units stay "       \
      "copies of "                                                                                 \
      "each other.")

#define MATRIX .min_dims = 2, .max_dims = 2, .fill = fill, .law = law, .describe = describe

static const IscParameter keras_parameters[] = {
  { "gain", ISC_PARAMETER_NUMBER, "1.0", -1e6, 1e6, .help = N_ ("The value on the diagonal.") },
};

const IscScheme isc_scheme_eye = {
  .item = { "eye_", "Identity", SUMMARY, "w = 1 on the main diagonal, else 0", CITATION, CAUTION },
  .library = "PyTorch",
  MATRIX,
};

const IscScheme isc_scheme_keras_identity = {
  .item = { "keras.Identity", "Identity (Keras)", SUMMARY, "w = gain on the main diagonal, else 0",
            CITATION, CAUTION, ISC_PARAMETERS (keras_parameters) },
  .library = "Keras",
  MATRIX,
};
