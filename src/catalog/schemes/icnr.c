/* SPDX-License-Identifier: GPL-3.0-or-later */

/* icnr_: a sub-pixel convolution that begins as nearest-neighbour enlargement.
 *
 * Aitken, Ledig, Theis, Caballero, Wang and Shi 2017: PixelShuffle makes one pixel of scale²
 * channels that follow each other; if they share one kernel there is no checkerboard.  Drawn as
 * fastai's icnr_init() does: kaiming_normal_() for one kernel of each, then copied. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static gint64
copies (const IscArguments *arguments)
{
  gint64 scale = isc_arguments_integer (arguments, "scale");

  return scale * scale;
}

static double
icnr_std (const IscSite *site)
{
  return sqrt (2.0) / sqrt ((double)site->fan_in);
}

static gboolean
check (const IscArguments *arguments, const IscSite *site, GError **error)
{
  if (site->shape.dims[0] % copies (arguments) == 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "icnr_: %" G_GINT64_FORMAT
               " output channels are no multiple of scale² = %" G_GINT64_FORMAT,
               site->shape.dims[0], copies (arguments));
  return FALSE;
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  gsize n_copies = (gsize)copies (arguments);
  gsize n_kernels = (gsize)site->shape.dims[0] / n_copies;
  gsize size = isc_tensor_get_count (tensor) / (gsize)site->shape.dims[0];
  float *data = isc_tensor_edit_data (tensor);

  isc_generator_normal (generator, data, n_kernels * size, 0.0, icnr_std (site));
  /* From the last on, so that none is written over before it is copied. */
  for (gsize i = n_kernels; i-- > 0;)
    for (gsize j = n_copies; j-- > 0;)
      memmove (data + (i * n_copies + j) * size, data + i * size, size * sizeof *data);
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  IscLaw law = isc_law_normal (0.0, icnr_std (site));

  law.copies = copies (arguments);
  return law;
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *std = isc_number_to_label (icnr_std (site), 4);

  return g_strdup_printf ("std = √2 / √%" G_GINT64_FORMAT " = %s, each kernel %" G_GINT64_FORMAT
                          " times",
                          site->fan_in, std, copies (arguments));
}

static const IscParameter parameters[] = {
  { "scale", ISC_PARAMETER_INTEGER, "2", 1, 1024,
    .help = N_ ("PixelShuffle's factor: each side of the picture grows by it.") },
};

const IscScheme isc_scheme_icnr = {
  .item = {
    .id = "icnr_",
    .label = N_ ("ICNR"),
    .summary = N_ ("Enlarging pictures with PixelShuffle, without a checkerboard at the start."),
    .formula = "w ~ N(0, 2 / fan_in), the same in every scale² channels that follow each other",
    .citation = "Aitken, Ledig, Theis, Caballero, Wang, Shi 2017, Checkerboard artifact free "
                "sub-pixel convolution",
    .caution = N_ ("Only for the convolution right before a PixelShuffle: elsewhere the copies are "
               "wasted."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 4,
  .max_dims = 4,
  .check = check,
  .fill = fill,
  .law = law,
  .describe = describe,
};
