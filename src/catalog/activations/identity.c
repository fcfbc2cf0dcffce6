/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Identity: what the theory of deep linear networks is about. */

#include <string.h>

#include "catalog/activations/activations.h"

static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  memmove (y, x, n * sizeof (IscReal));
}

static void
backward (const IscArguments *arguments,
          const IscReal *x,
          const IscReal *y,
          const IscReal *dy,
          IscReal *dx,
          gsize n)
{
  memmove (dx, dy, n * sizeof (IscReal));
}

const IscActivation isc_activation_identity = {
  .item = {
    .id = "Identity",
    .label = N_ ("Identity"),
    .summary = N_ ("No activation: a deep linear network."),
    .formula = "y = x",
    .citation = "Saxe, McClelland, Ganguli 2014",
    .caution = NULL,
  },
  .forward = forward,
  .backward = backward,
};
