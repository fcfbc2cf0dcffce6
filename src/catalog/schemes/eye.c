/* SPDX-License-Identifier: GPL-3.0-or-later */

/* eye_: ones on the main diagonal, the rest 0.
 *
 * Le, Jaitly and Hinton 2015: a recurrent layer of rectifiers that begins as the identity carries
 * its state unchanged, and with it the gradient, over many steps.  A matrix that is not square
 * passes the first inputs on and drops the others, or leaves units at 0.  Nothing is random. */

#include <string.h>

#include "catalog/schemes/schemes.h"

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
    data[i * columns + i] = 1.0f;
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  double longer = (double)MAX (site->shape.dims[0], site->shape.dims[1]);

  return isc_law_with_zeros (isc_law_point (1.0), 1.0 - 1.0 / MAX (longer, 1.0));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  return g_strdup_printf ("w = 1 on a diagonal of %" G_GSIZE_FORMAT ", else 0",
                          diagonal_length (site));
}

const IscScheme isc_scheme_eye = {
  .item = {
    .id = "eye_",
    .label = "Identity",
    .summary = "Passes its input on unchanged: recurrent layers of rectifiers, linear shortcuts.",
    .formula = "w = 1 on the main diagonal, else 0",
    .citation = "Le, Jaitly, Hinton 2015, A simple way to initialize recurrent networks of rectified linear units",
    .caution = "A matrix that is not square drops inputs or leaves units at 0, and those units stay copies of each other.",
  },
  .library = "PyTorch",
  .min_dims = 2,
  .max_dims = 2,
  .fill = fill,
  .law = law,
  .describe = describe,
};
