/* SPDX-License-Identifier: GPL-3.0-or-later */

/* zero_hadamard_: ZerO, nothing random: an identity where the layer narrows, a Hadamard matrix
 * where it widens: there an identity would keep what training can add at a low rank (theorem 1).
 *
 * Zhao, Schäfer and Anandkumar 2022, algorithms 1 and 2; convolutions have the matrix on their
 * middle tap.  The Hadamard matrix of order p = 2^m >= rows is divided by 2^(m/2), which makes it
 * orthogonal: so does the authors' code; the paper prints 2^((m-1)/2). */

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

/* m = ⌈log2 rows⌉. */
static int
order (const IscSite *site)
{
  int m = 0;

  while ((G_GINT64_CONSTANT (1) << m) < site->shape.dims[0])
    m++;
  return m;
}

static gboolean
widens (const IscSite *site)
{
  return site->shape.dims[0] > site->shape.dims[1];
}

/* Numbers a filter has for one input channel, and which of them is in the middle. */
static gsize
count_taps (const IscSite *site, gsize *middle)
{
  gsize taps = 1;

  *middle = 0;
  for (guint i = 2; i < site->shape.n_dims; i++)
    {
      gsize extent = (gsize)site->shape.dims[i];

      taps *= extent;
      *middle = *middle * extent + extent / 2;
    }
  return taps;
}

static float
entry (gboolean hadamard, float scale, gsize row, gsize column)
{
  if (!hadamard)
    return row == column ? 1.0f : 0.0f;
  /* Sylvester's matrix: each pair of ones at the same place changes the sign. */
  return __builtin_popcountll (row & column) % 2 ? -scale : scale;
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  float *data = isc_tensor_edit_data (tensor);
  gsize rows = (gsize)site->shape.dims[0];
  gsize columns = (gsize)site->shape.dims[1];
  gboolean hadamard = widens (site);
  float scale = 1.0f / (float)pow (2.0, order (site) / 2.0);
  gsize middle;
  gsize taps = count_taps (site, &middle);

  memset (data, 0, isc_tensor_get_count (tensor) * sizeof *data);
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      data[(i * columns + j) * taps + middle] = entry (hadamard, scale, i, j);
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  gsize middle;
  gsize taps = count_taps (site, &middle);

  /* ±1/2^(m/2) is no family of laws; the first column alone is all plus. */
  if (widens (site) && site->shape.dims[1] > 1)
    return (IscLaw){ .kind = ISC_LAW_NONE };
  if (widens (site))
    return isc_law_with_zeros (isc_law_point (1.0 / pow (2.0, order (site) / 2.0)),
                               1.0 - 1.0 / (double)taps);
  return isc_law_with_zeros (isc_law_point (1.0),
                             1.0 - 1.0 / ((double)site->shape.dims[1] * (double)taps));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *value = isc_number_to_label (1.0 / pow (2.0, order (site) / 2.0), 4);

  if (!widens (site))
    return g_strdup ("W = I, cut to the layer's shape");
  return g_strdup_printf ("W = H / √%" G_GINT64_FORMAT ", w = ±%s",
                          G_GINT64_CONSTANT (1) << order (site), value);
}

const IscScheme isc_scheme_zero_hadamard = {
  .item = {
    .id = "zero_hadamard_",
    .label = N_ ("ZerO"),
    .summary = N_ ("Nothing random: identities, and Hadamard matrices where layers widen."),
    .formula = "W = I if rows ≤ columns, else the first columns of H / √p, p = 2^⌈log₂ rows⌉",
    .citation = "Zhao, Schäfer, Anandkumar 2022, ZerO initialization: initializing neural "
                "networks with only zeros and ones",
    .caution = N_ ("A layer that narrows sees only its first inputs at the start; no seed changes "
               "anything."),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .max_dims = 5,
  .fill = fill,
  .law = law,
  .describe = describe,
};
