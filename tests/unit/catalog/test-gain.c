/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schemes/gain.h"

#include <math.h>

#include <gsl/gsl_integration.h>

#include "base/runtime.h"
#include "support/reference.h"

/* An activation and its derivative, written from their definitions. */
typedef struct
{
  const char *name;
  double (*value) (double x);
  double (*slope) (double x);
} Activation;

#define SELU_ALPHA 1.6732632423543772848
#define SELU_SCALE 1.0507009873554804934
#define GELU_TANH_CUBIC 0.044715

static double
normal_density (double z)
{
  return exp (-0.5 * z * z) / sqrt (2 * G_PI);
}

static double
normal_cumulative (double z)
{
  return 0.5 * erfc (-z / sqrt (2));
}

static double
elu (double x)
{
  return x > 0 ? x : expm1 (x);
}

static double
elu_slope (double x)
{
  return x > 0 ? 1 : exp (x);
}

static double
erf_slope (double x)
{
  return 2 / sqrt (G_PI) * exp (-x * x);
}

static double
gelu (double x)
{
  return x * normal_cumulative (x);
}

static double
gelu_slope (double x)
{
  return normal_cumulative (x) + x * normal_density (x);
}

static double
gelu_tanh (double x)
{
  return 0.5 * x * (1 + tanh (sqrt (2 / G_PI) * (x + GELU_TANH_CUBIC * x * x * x)));
}

static double
gelu_tanh_slope (double x)
{
  double t = tanh (sqrt (2 / G_PI) * (x + GELU_TANH_CUBIC * x * x * x));

  return 0.5 * (1 + t)
         + 0.5 * x * (1 - t * t) * sqrt (2 / G_PI) * (1 + 3 * GELU_TANH_CUBIC * x * x);
}

static double
hardtanh (double x)
{
  return CLAMP (x, -1, 1);
}

static double
hardtanh_slope (double x)
{
  return fabs (x) < 1 ? 1 : 0;
}

static double
sigmoid (double x)
{
  return 1 / (1 + exp (-x));
}

static double
sigmoid_slope (double x)
{
  return sigmoid (x) * sigmoid (-x);
}

static double
softplus (double x)
{
  return log1p (exp (-fabs (x))) + fmax (x, 0);
}

static double
mish (double x)
{
  return x * tanh (softplus (x));
}

static double
mish_slope (double x)
{
  double t = tanh (softplus (x));

  return t + x * (1 - t * t) * sigmoid (x);
}

static double
relu (double x)
{
  return fmax (x, 0);
}

static double
relu_slope (double x)
{
  return x > 0 ? 1 : 0;
}

static double
selu (double x)
{
  return SELU_SCALE * (x > 0 ? x : SELU_ALPHA * expm1 (x));
}

static double
selu_slope (double x)
{
  return SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * exp (x));
}

static double
silu (double x)
{
  return x * sigmoid (x);
}

static double
silu_slope (double x)
{
  return sigmoid (x) + x * sigmoid_slope (x);
}

static double
softsign (double x)
{
  return x / (1 + fabs (x));
}

static double
softsign_slope (double x)
{
  return 1 / ((1 + fabs (x)) * (1 + fabs (x)));
}

static double
tanh_slope (double x)
{
  return 1 / (cosh (x) * cosh (x));
}

static const Activation activations[] = {
  { "elu", elu, elu_slope },
  { "erf", erf, erf_slope },
  { "gelu", gelu, gelu_slope },
  { "gelu_tanh", gelu_tanh, gelu_tanh_slope },
  { "hardtanh", hardtanh, hardtanh_slope },
  { "mish", mish, mish_slope },
  { "relu", relu, relu_slope },
  { "selu", selu, selu_slope },
  { "sigmoid", sigmoid, sigmoid_slope },
  { "silu", silu, silu_slope },
  { "sine", sin, cos },
  { "softplus", softplus, sigmoid },
  { "softsign", softsign, softsign_slope },
  { "tanh", tanh, tanh_slope },
};

/* E[f(z)²] by Gauss and Legendre's rule of 24 points on panels of a half, whose ends are all the
 * kinks there are: 0 and ±1. */
static double
mean_square (double (*f) (double))
{
  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (24);
  double sum = 0;

  for (int panel = -26; panel < 26; panel++)
    for (gsize i = 0; i < 24; i++)
      {
        double z, weight, y;

        gsl_integration_glfixed_point (panel / 2.0, (panel + 1) / 2.0, i, &z, &weight, table);
        y = f (z);
        sum += weight * y * y * normal_density (z);
      }
  gsl_integration_glfixed_table_free (table);
  return sum;
}

static void
test_exact (void)
{
  guint n = 0;

  for (; isc_exact_gain_activations[n]; n++)
    {
      const Activation *activation = &activations[n];

      g_assert_cmpuint (n, <, G_N_ELEMENTS (activations));
      g_assert_cmpstr (isc_exact_gain_activations[n], ==, activation->name);
      /* 1,200 terms of size 1e-3, each rounded to 1e-16 of itself. */
      assert_close (isc_exact_gain (activation->name, FALSE),
                    1 / sqrt (mean_square (activation->value)), 1e-14, 0);
      assert_close (isc_exact_gain (activation->name, TRUE),
                    1 / sqrt (mean_square (activation->slope)), 1e-14, 0);
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (activations));
}

static void
test_reference (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/meanfield.json");
  JsonArray *gains = json_object_get_array_member (root, "gains");
  guint n_compared = 0;

  for (guint i = 0; i < json_array_get_length (gains); i++)
    {
      JsonObject *entry = json_array_get_object_element (gains, i);
      const char *name = json_object_get_string_member (entry, "activation");

      if (g_str_equal (name, "sin"))
        name = "sine";
      if (!g_strv_contains (isc_exact_gain_activations, name))
        continue;
      /* The file's quadrature is good to 1e-14. */
      assert_close (isc_exact_gain (name, FALSE), reference_number (entry, "gain_forward"), 1e-13,
                    0);
      assert_close (isc_exact_gain (name, TRUE), reference_number (entry, "gain_backward"), 1e-13,
                    0);
      n_compared++;
    }
  /* All 16 but linear and two leaks. */
  g_assert_cmpuint (n_compared, ==, 13);
}

/* calculate_gain() as PyTorch has it, to the last bit. */
static void
test_pytorch (void)
{
  g_autoptr (JsonObject) file = reference_load ("reference/pytorch/vectors.json");
  JsonObject *gains = json_object_get_object_member (file, "gains");
  JsonArray *slopes = json_object_get_array_member (file, "gains_leaky_relu");
  guint n = 0;

  for (; isc_gain_nonlinearities[n]; n++)
    {
      const char *name = isc_gain_nonlinearities[n];

      g_assert_cmpfloat (isc_gain (name, 0.01), ==, reference_number (gains, name));
    }
  g_assert_cmpuint (n, ==, json_object_get_size (gains));
  for (guint i = 0; i < json_array_get_length (slopes); i++)
    {
      JsonArray *pair = json_array_get_array_element (slopes, i);

      g_assert_cmpfloat (isc_gain ("leaky_relu", json_array_get_double_element (pair, 0)), ==,
                         json_array_get_double_element (pair, 1));
    }
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/gain/exact", test_exact);
  g_test_add_func ("/catalog/gain/reference", test_reference);
  g_test_add_func ("/catalog/gain/pytorch", test_pytorch);
  return g_test_run ();
}
