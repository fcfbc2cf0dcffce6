/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The exponential linear units: ELU, SELU and CELU are
 *
 *     y = positive x                     if x > 0
 *     y = negative (exp(inner x) − 1)    else
 *
 * with three numbers each, as PyTorch computes them; 0 belongs to the second line. */

#include "base/clones.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

/* Klambauer, Unterthiner, Mayr and Hochreiter 2017, equation 14: with these a signal of mean 0 and
 * variance 1 keeps both. */
#define SELU_ALPHA 1.6732632423543772848
#define SELU_SCALE 1.0507009873554804934

typedef struct
{
  IscReal positive;
  IscReal negative;
  IscReal inner;
} Shape;

ISC_CLONES static void
shape_forward (Shape shape, const IscReal *x, IscReal *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] <= 0.0f ? shape.negative * isc_expm1 (shape.inner * x[i]) : shape.positive * x[i];
}

ISC_CLONES static void
shape_backward (Shape shape, const IscReal *x, const IscReal *dy, IscReal *dx, gsize n)
{
  IscReal slope = shape.negative * shape.inner;

  /* Not from y, which has lost the small slopes far below 0 in its −1. */
  for (gsize i = 0; i < n; i++)
    dx[i] = x[i] <= 0.0f ? dy[i] * slope * isc_exp (shape.inner * x[i]) : dy[i] * shape.positive;
}

static Shape
elu_shape (const IscArguments *arguments)
{
  return (Shape){ 1.0f, (IscReal)isc_arguments_number (arguments, "alpha"), 1.0f };
}

static Shape
selu_shape (void)
{
  return (Shape){ (IscReal)SELU_SCALE, (IscReal)(SELU_SCALE * SELU_ALPHA), 1.0f };
}

static Shape
celu_shape (const IscArguments *arguments)
{
  double alpha = isc_arguments_number (arguments, "alpha");

  return (Shape){ 1.0f, (IscReal)alpha, (IscReal)(1.0 / alpha) };
}

static void
elu_forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  shape_forward (elu_shape (arguments), x, y, n);
}

static void
elu_backward (const IscArguments *arguments,
              const IscReal *x,
              const IscReal *y,
              const IscReal *dy,
              IscReal *dx,
              gsize n)
{
  shape_backward (elu_shape (arguments), x, dy, dx, n);
}

static void
selu_forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  shape_forward (selu_shape (), x, y, n);
}

static void
selu_backward (const IscArguments *arguments,
               const IscReal *x,
               const IscReal *y,
               const IscReal *dy,
               IscReal *dx,
               gsize n)
{
  shape_backward (selu_shape (), x, dy, dx, n);
}

static void
celu_forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  shape_forward (celu_shape (arguments), x, y, n);
}

static void
celu_backward (const IscArguments *arguments,
               const IscReal *x,
               const IscReal *y,
               const IscReal *dy,
               IscReal *dx,
               gsize n)
{
  shape_backward (celu_shape (arguments), x, dy, dx, n);
}

static const IscParameter elu_parameters[] = {
  { "alpha", ISC_PARAMETER_NUMBER, "1.0", -1e6, 1e6,
    .help = N_ ("−alpha is what it tends to below.") },
};

/* 1/alpha and alpha are both to be float32. */
static const IscParameter celu_parameters[] = {
  { "alpha", ISC_PARAMETER_NUMBER, "1.0", 1e-6, 1e6,
    .help = N_ ("−alpha is what it tends to below, and how soon.") },
};

const IscActivation isc_activation_elu = {
  .item = {
    .id = "ELU",
    .label = N_ ("ELU"),
    .summary = N_ ("A rectifier that bends softly to −alpha, so that means stay near zero."),
    .formula = "y = x if x > 0, else alpha (exp(x) − 1)",
    .citation = "Clevert, Unterthiner, Hochreiter 2016, Fast and accurate deep network learning by exponential "
                "linear units (ELUs)",
    .caution = N_ ("With an alpha other than 1 its slope jumps at 0."),
    ISC_PARAMETERS (elu_parameters),
  },
  .forward = elu_forward,
  .backward = elu_backward,
};

const IscActivation isc_activation_selu = {
  .item = {
    .id = "SELU",
    .label = N_ ("SELU"),
    .summary = N_ ("An ELU scaled so that mean 0 and variance 1 are a stable fixed point."),
    .formula = "y = 1.0507 x if x > 0, else 1.0507 · 1.6733 (exp(x) − 1)",
    .citation = "Klambauer, Unterthiner, Mayr, Hochreiter 2017, Self-normalizing neural networks, eq. 2 and 14",
    .caution = N_ ("The fixed point is there for weights of variance 1/fan_in (lecun_normal_), not for PyTorch's "
               "default nor its gain of 3/4."),
  },
  .forward = selu_forward,
  .backward = selu_backward,
};

const IscActivation isc_activation_celu = {
  .item = {
    .id = "CELU",
    .label = N_ ("CELU"),
    .summary = N_ ("An ELU whose slope is continuous for every alpha."),
    .formula = "y = x if x > 0, else alpha (exp(x / alpha) − 1)",
    .citation = "Barron 2017, Continuously differentiable exponential linear units",
    ISC_PARAMETERS (celu_parameters),
  },
  .forward = celu_forward,
  .backward = celu_backward,
};
