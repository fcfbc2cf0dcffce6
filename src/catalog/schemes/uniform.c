/* SPDX-License-Identifier: GPL-3.0-or-later */

/* uniform_: U(a, b), the same for every layer.
 *
 * Variance (b - a)²/12 whatever the fan: signals of deep networks grow or die with the width.
 * PyTorch's default, U(0, 1), even has a mean of 1/2. */

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static gboolean
check (const IscArguments *arguments, const IscSite *site, GError **error)
{
  double a = isc_arguments_number (arguments, "a");
  double b = isc_arguments_number (arguments, "b");
  g_autofree char *a_text = NULL;
  g_autofree char *b_text = NULL;

  if (a <= b)
    return TRUE;
  a_text = isc_number_to_text (a);
  b_text = isc_number_to_text (b);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "uniform_: a=%s is above b=%s: a must be at most b", a_text, b_text);
  return FALSE;
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  isc_generator_uniform (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                         isc_arguments_number (arguments, "a"),
                         isc_arguments_number (arguments, "b"));
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_uniform (isc_arguments_number (arguments, "a"),
                          isc_arguments_number (arguments, "b"));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  double a = isc_arguments_number (arguments, "a");
  double b = isc_arguments_number (arguments, "b");
  g_autofree char *a_text = isc_number_to_label (a, 4);
  g_autofree char *b_text = isc_number_to_label (b, 4);
  g_autofree char *std = isc_number_to_label ((b - a) / sqrt (12.0), 4);
  gboolean negative = a < 0.0;

  return g_strdup_printf ("std = (%s − %s%s%s) / √12 = %s", b_text, negative ? "(" : "", a_text,
                          negative ? ")" : "", std);
}

static const IscParameter parameters[] = {
  { "a", ISC_PARAMETER_NUMBER, "0.0", -G_MAXFLOAT, G_MAXFLOAT, .help = N_ ("The lower bound.") },
  { "b", ISC_PARAMETER_NUMBER, "1.0", -G_MAXFLOAT, G_MAXFLOAT, .help = N_ ("The upper bound.") },
};

const IscScheme isc_scheme_uniform = {
  .item = {
    .id = "uniform_",
    .label = N_ ("Uniform"),
    .summary = N_ ("Uniform between two bounds, the same for every layer."),
    .formula = "w ~ U(a, b), variance (b − a)²/12",
    .citation = "torch.nn.init.uniform_",
    .caution = N_ ("Ignores the fan: deep or wide networks explode or vanish; the default bounds have mean 1/2."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .check = check,
  .fill = fill,
  .law = law,
  .describe = describe,
};
