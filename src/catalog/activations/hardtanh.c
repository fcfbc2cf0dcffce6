/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hardtanh: x cut off at two values; at them the slope is 0, as in PyTorch. */

#include "base/clones.h"
#include "base/error.h"
#include "catalog/activations/activations.h"

static gboolean
check (const IscArguments *arguments, const IscShape *input, GError **error)
{
  if (isc_arguments_number (arguments, "min_val") < isc_arguments_number (arguments, "max_val"))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "Hardtanh: min_val must be below max_val");
  return FALSE;
}

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  IscReal min = (IscReal)isc_arguments_number (arguments, "min_val");
  IscReal max = (IscReal)isc_arguments_number (arguments, "max_val");

  /* A NaN fails both comparisons and passes. */
  for (gsize i = 0; i < n; i++)
    {
      IscReal cut = x[i] < min ? min : x[i];

      y[i] = cut > max ? max : cut;
    }
}

ISC_CLONES static void
backward (const IscArguments *arguments,
          const IscReal *x,
          const IscReal *y,
          const IscReal *dy,
          IscReal *dx,
          gsize n)
{
  IscReal min = (IscReal)isc_arguments_number (arguments, "min_val");
  IscReal max = (IscReal)isc_arguments_number (arguments, "max_val");

  for (gsize i = 0; i < n; i++)
    {
      /* Read whatever x is, or the loop would not become a vector's. */
      IscReal d = dy[i];

      d = x[i] <= min ? 0.0f : d;
      dx[i] = x[i] >= max ? 0.0f : d;
    }
}

static void
get_flat (const IscArguments *arguments, IscReal *low, IscReal *high)
{
  *low = (IscReal)isc_arguments_number (arguments, "min_val");
  *high = (IscReal)isc_arguments_number (arguments, "max_val");
}

static const IscParameter parameters[] = {
  { "min_val", ISC_PARAMETER_NUMBER, "-1.0", -1e6, 1e6, .help = N_ ("The least output.") },
  { "max_val", ISC_PARAMETER_NUMBER, "1.0", -1e6, 1e6, .help = N_ ("The greatest output.") },
};

const IscActivation isc_activation_hardtanh = {
  .item = {
    .id = "Hardtanh",
    .label = N_ ("Hardtanh"),
    .summary = N_ ("A tanh of straight lines."),
    .formula = "y = min(max(x, min_val), max_val)",
    .citation = "Collobert 2004, Large scale machine learning",
    .caution = N_ ("A saturated unit gets no gradient at all."),
    ISC_PARAMETERS (parameters),
  },
  .check = check,
  .get_flat = get_flat,
  .forward = forward,
  .backward = backward,
};
