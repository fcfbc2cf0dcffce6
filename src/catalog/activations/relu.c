/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ReLU: max(0, x), slope 0 at 0 as in PyTorch.  Halves the second moment of a symmetric signal,
 * which is the factor 2 of He et al. 2015.  A NaN passes through both comparisons, as it must. */

#include "base/clones.h"
#include "catalog/activations/activations.h"

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] < 0.0f ? 0.0f : x[i];
}

ISC_CLONES static void
backward (const IscArguments *arguments,
          const IscReal *x,
          const IscReal *y,
          const IscReal *dy,
          IscReal *dx,
          gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      /* Read whatever y is, or the loop would not become a vector's.  By y, which is at hand from
       * the layer behind, not by x: they are 0 or less together. */
      IscReal d = dy[i];

      dx[i] = y[i] <= 0.0f ? 0.0f : d;
    }
}

const IscActivation isc_activation_relu = {
  .item = {
    .id = "ReLU",
    .label = N_ ("ReLU"),
    .summary = N_ ("A rectifier: passes what is positive."),
    .formula = "y = max(0, x)",
    .citation = "Nair, Hinton 2010, Rectified linear units improve restricted Boltzmann machines",
    .caution = N_ ("A unit that is negative for every input gets no gradient any more: it is dead."),
  },
  .is_rectifier = TRUE,
  .forward = forward,
  .backward = backward,
};
