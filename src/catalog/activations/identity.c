/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Identity: what the theory of deep linear networks is about. */

#include <string.h>

#include "catalog/activations/activations.h"

static void
forward (const IscArguments *arguments, const float *x, float *y, gsize n)
{
  memmove (y, x, n * sizeof (float));
}

static void
backward (const IscArguments *arguments,
          const float *x,
          const float *y,
          const float *dy,
          float *dx,
          gsize n)
{
  memmove (dx, dy, n * sizeof (float));
}

const IscActivation isc_activation_identity = {
  .item = {
    .id = "Identity",
    .label = "Identity",
    .summary = "No activation: a deep linear network.",
    .formula = "y = x",
    .citation = "Saxe, McClelland, Ganguli 2014",
    .caution = NULL,
  },
  .forward = forward,
  .backward = backward,
};
