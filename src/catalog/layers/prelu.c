/* SPDX-License-Identifier: GPL-3.0-or-later */

/* PReLU: y = max(0, x) + a min(0, x), with the slope a trained, one for all channels or one each.
 *
 * He, Zhang, Ren and Sun 2015, section 2.1, start it at 0.25, as PyTorch does.  It draws nothing.
 */

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/layers/default.h"
#include "catalog/layers/layers.h"

static guint
count_parameters (const IscArguments *arguments)
{
  return 1;
}

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  *parameter = (IscLayerParameter){
    "weight",
    isc_shape (1, isc_arguments_integer (arguments, "num_parameters")),
  };
}

static void
initialize (const IscArguments *arguments, IscGenerator *generator, IscTensor *const *tensors)
{
  isc_default_set (tensors[0], (float)isc_arguments_number (arguments, "init"));
}

static IscLaw
law (const IscArguments *arguments, guint index)
{
  return isc_law_point (isc_arguments_number (arguments, "init"));
}

static char *
describe (const IscArguments *arguments, guint index)
{
  g_autofree char *slope = isc_number_to_label (isc_arguments_number (arguments, "init"), 4);

  return g_strdup_printf ("a = %s", slope);
}

static gboolean
infer_shape (const IscArguments *arguments, const IscShape *input, IscShape *output, GError **error)
{
  gint64 n = isc_arguments_integer (arguments, "num_parameters");

  *output = *input;
  if (n == 1 || (input->n_dims > 0 && input->dims[0] == n))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "PReLU: num_parameters=%" G_GINT64_FORMAT " is neither 1 nor the %" G_GINT64_FORMAT
               " channels that come",
               n, input->n_dims > 0 ? input->dims[0] : 1);
  return FALSE;
}

/* How many numbers of an example, and how many of them share a slope. */
static void
measure (const IscPass *pass, gsize *width, gsize *run)
{
  gint64 n = isc_arguments_integer (pass->arguments, "num_parameters");

  *width = 1;
  for (guint i = 0; i < pass->input.n_dims; i++)
    *width *= (gsize)pass->input.dims[i];
  *run = *width / (gsize)n;
}

static void
forward (const IscPass *pass, const IscReal *x, IscReal *y)
{
  gsize width, run;

  measure (pass, &width, &run);
  for (gsize i = 0; i < pass->batch * width; i++)
    y[i] = x[i] > 0.0f ? x[i] : pass->parameters[0][i % width / run] * x[i];
}

static void
backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  IscReal *slopes = pass->gradients[0];
  gsize width, run;

  measure (pass, &width, &run);
  memset (slopes, 0, width / run * sizeof *slopes);
  for (gsize i = 0; i < pass->batch * width; i++)
    {
      gsize channel = i % width / run;

      slopes[channel] += x[i] > 0.0f ? 0.0f : x[i] * dy[i];
      if (dx)
        dx[i] = x[i] > 0.0f ? dy[i] : pass->parameters[0][channel] * dy[i];
    }
}

static const IscParameter parameter_table[] = {
  { "num_parameters", ISC_PARAMETER_INTEGER, "1", 1, 16777216,
    .help = N_ ("One slope, or one for each channel.") },
  { "init", ISC_PARAMETER_NUMBER, "0.25", -1e6, 1e6,
    .help = N_ ("The slope below 0 at the start.") },
};

const IscLayer isc_layer_prelu = {
  .item = {
    .id = "PReLU",
    .label = N_ ("PReLU"),
    .summary = N_ ("A leaky ReLU that learns its slope."),
    .formula = "y = max(0, x) + a min(0, x); a (num_parameters)",
    .citation = "He, Zhang, Ren, Sun 2015, Delving Deep into Rectifiers, sec. 2.1",
    .caution = N_ ("Schemes for ReLU assume a = 0: with a = 0.25 the gain is √(2 / (1 + a²)) = 1.372."),
    ISC_PARAMETERS (parameter_table),
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
  .infer_shape = infer_shape,
  .forward = forward,
  .backward = backward,
};
