/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chrono_, unit_forget_bias_: biases of an LSTM, whose gates lie one after the other: input,
 * forget, cell, output.
 *
 * Jozefowicz, Zaremba and Sutskever 2015 (after Gers, Schmidhuber and Cummins 2000): a forget gate
 * that begins near 1 remembers.  Tallec and Ollivier 2018: a unit with forget bias log (T − 1) and
 * input bias −log (T − 1) remembers for about T steps, so T is drawn from the range that the data
 * have.  PyTorch adds two biases: the second, bias_hh, is 0. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static gboolean
is_second (const IscSite *site)
{
  return site->name && strstr (site->name, "bias_hh");
}

static gboolean
check_gates (const char *scheme, const IscSite *site, GError **error)
{
  if (site->layer && !g_str_has_prefix (site->layer, "LSTM"))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s: the forget gate is an LSTM's, and this is a bias of %s", scheme,
                   site->layer);
      return FALSE;
    }
  if (site->shape.dims[0] % 4 != 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s: an LSTM has four gates, and %" G_GINT64_FORMAT
                   " biases are no multiple of four",
                   scheme, site->shape.dims[0]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_chrono (const IscArguments *arguments, const IscSite *site, GError **error)
{
  return check_gates ("chrono_", site, error);
}

static gboolean
check_unit (const IscArguments *arguments, const IscSite *site, GError **error)
{
  return check_gates ("unit_forget_bias_", site, error);
}

static gboolean
fill_chrono (const IscArguments *arguments,
             const IscSite *site,
             IscGenerator *generator,
             IscTensor *tensor,
             GError **error)
{
  gsize units = isc_tensor_get_count (tensor) / 4;
  float *input = isc_tensor_edit_data (tensor);
  float *forget = input + units;

  memset (input, 0, 4 * units * sizeof *input);
  if (is_second (site))
    return TRUE;
  isc_generator_uniform (generator, forget, units, 1.0,
                         (double)isc_arguments_integer (arguments, "t_max") - 1.0);
  for (gsize i = 0; i < units; i++)
    {
      forget[i] = logf (forget[i]);
      input[i] = -forget[i];
    }
  return TRUE;
}

static gboolean
fill_unit (const IscArguments *arguments,
           const IscSite *site,
           IscGenerator *generator,
           IscTensor *tensor,
           GError **error)
{
  float *data = isc_tensor_edit_data (tensor);
  gsize units = isc_tensor_get_count (tensor) / 4;

  for (gsize i = 0; i < 4 * units; i++)
    data[i] = i / units == 1 && !is_second (site) ? 1.0f : 0.0f;
  return TRUE;
}

static IscLaw
law_chrono (const IscArguments *arguments, const IscSite *site)
{
  /* ± the logarithm of a uniform number: no family has that law. */
  return is_second (site) ? isc_law_point (0.0) : (IscLaw){ .kind = ISC_LAW_NONE };
}

static IscLaw
law_unit (const IscArguments *arguments, const IscSite *site)
{
  return is_second (site) ? isc_law_point (0.0) : isc_law_with_zeros (isc_law_point (1.0), 0.75);
}

static char *
describe_chrono (const IscArguments *arguments, const IscSite *site)
{
  double longest = (double)isc_arguments_integer (arguments, "t_max") - 1.0;
  g_autofree char *t = isc_number_to_label (longest, 4);
  g_autofree char *bound = isc_number_to_label (log (longest), 4);

  if (is_second (site))
    return g_strdup ("b = 0, added to bias_ih");
  return g_strdup_printf ("forget bias = log U(1, %s) ≤ %s, input bias = −forget bias", t, bound);
}

static char *
describe_unit (const IscArguments *arguments, const IscSite *site)
{
  return g_strdup (is_second (site) ? "b = 0, added to bias_ih" : "forget bias = 1, others 0");
}

static const IscParameter chrono_parameters[] = {
  { "t_max", ISC_PARAMETER_INTEGER, NULL, 2, 1e9,
    .help = N_ ("The longest dependence expected, in steps: often the length of a sequence.") },
};

const IscScheme isc_scheme_chrono = {
  .item = {
    .id = "chrono_",
    .label = N_ ("Chrono"),
    .summary = N_ ("Biases of an LSTM whose units remember for 1 to t_max steps."),
    .formula = "b_forget = log T, T ~ U(1, t_max − 1); b_input = −b_forget; others 0",
    .citation = "Tallec, Ollivier 2018, Can recurrent neural networks warp time?",
    .caution = N_ ("Biases of an LSTM only, and t_max must be known: far too long, and nothing new "
               "is taken in."),
    ISC_PARAMETERS (chrono_parameters),
  },
  .library = "Initscope",
  .min_dims = 1,
  .max_dims = 1,
  .check = check_chrono,
  .fill = fill_chrono,
  .law = law_chrono,
  .describe = describe_chrono,
};

const IscScheme isc_scheme_unit_forget_bias = {
  .item = {
    .id = "unit_forget_bias_",
    .label = N_ ("Unit forget bias"),
    .summary = N_ ("Biases of an LSTM that remembers at the start, as Keras sets them."),
    .formula = "b_forget = 1, others 0",
    .citation = "Jozefowicz, Zaremba, Sutskever 2015, An empirical exploration of recurrent "
                "network architectures; Gers, Schmidhuber, Cummins 2000",
    .caution = N_ ("Biases of an LSTM only; the memory it gives lasts for some four steps: for "
               "longer ones see chrono_."),
  },
  .library = "Initscope",
  .min_dims = 1,
  .max_dims = 1,
  .check = check_unit,
  .fill = fill_unit,
  .law = law_unit,
  .describe = describe_unit,
};
