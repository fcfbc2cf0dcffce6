/* SPDX-License-Identifier: GPL-3.0-or-later */

/* dirac_: a convolution that passes its channels on.
 *
 * Zagoruyko and Komodakis 2017: the centre tap of the kernel from channel d to channel d is 1,
 * all others are 0, so that a deep convolutional network begins as the identity without skip
 * connections.  With groups each group of output channels repeats the first input channels.
 * Channels without a partner stay 0.  Nothing is random. */

#include <string.h>

#include "base/error.h"
#include "catalog/schemes/schemes.h"

static gboolean
check (const IscArguments *arguments, const IscSite *site, GError **error)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");

  if (site->shape.dims[0] % groups == 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "dirac_: groups=%" G_GINT64_FORMAT " does not divide the weight's %" G_GINT64_FORMAT
               " output channels",
               groups, site->shape.dims[0]);
  return FALSE;
}

/* Channels of a group that have a partner. */
static gint64
channels_passed (const IscArguments *arguments, const IscSite *site)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");

  return MIN (site->shape.dims[0] / groups, site->shape.dims[1]);
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");
  gint64 outputs = site->shape.dims[0] / groups;
  gint64 inputs = site->shape.dims[1];
  gint64 taps = 1;
  gint64 centre = 0;
  float *data = isc_tensor_edit_data (tensor);

  for (guint i = 2; i < site->shape.n_dims; i++)
    {
      taps *= site->shape.dims[i];
      centre = centre * site->shape.dims[i] + site->shape.dims[i] / 2;
    }
  memset (data, 0, isc_tensor_get_count (tensor) * sizeof *data);
  if (taps == 0)
    return TRUE;
  for (gint64 g = 0; g < groups; g++)
    for (gint64 d = 0; d < channels_passed (arguments, site); d++)
      data[((g * outputs + d) * inputs + d) * taps + centre] = 1.0f;
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");
  double ones = (double)(groups * channels_passed (arguments, site));
  gint64 count = 1;

  isc_shape_count (&site->shape, &count, NULL);
  return isc_law_with_zeros (isc_law_point (1.0), 1.0 - ones / (double)MAX (count, 1));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");

  return g_strdup_printf ("w = 1 at the centre from channel d to d for %" G_GINT64_FORMAT
                          " channels of %" G_GINT64_FORMAT " %s, else 0",
                          channels_passed (arguments, site), groups,
                          groups == 1 ? "group" : "groups");
}

static const IscParameter parameters[] = {
  { "groups", ISC_PARAMETER_INTEGER, "1", 1, G_MAXINT32,
    .help = N_ ("The convolution's groups; they must divide its output channels.") },
};

const IscScheme isc_scheme_dirac = {
  .item = {
    .id = "dirac_",
    .label = N_ ("Dirac"),
    .summary = N_ ("A convolution that passes its channels on unchanged: deep networks without shortcuts."),
    .formula = "w = 1 at the kernel's centre from channel d to d of each group, else 0",
    .citation = "Zagoruyko, Komodakis 2017, DiracNets: training very deep neural networks without skip-connections",
    .caution = N_ ("Output channels without a partner among the inputs are 0 and stay copies of each other."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 3,
  .max_dims = 5,
  .check = check,
  .fill = fill,
  .law = law,
  .describe = describe,
};
