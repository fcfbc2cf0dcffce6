/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a network says of a plane, where it is known. */

#include "engine/boundary.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

static const float corners[] = { -1.0f, -1.0f, 1.0f, -1.0f, -1.0f, 1.0f, 1.0f, 1.0f };

static IscData *
make_data (gint64 width)
{
  IscData *data = isc_data_new ();
  IscShape shape = isc_shape (2, 8 / width, width);

  data->train.inputs = isc_tensor_new (NULL, &shape, NULL);
  data->train.n = (gsize)(8 / width);
  data->train.classes = g_new0 (gint64, data->train.n);
  for (gsize i = 0; i < 8; i++)
    isc_tensor_edit_data (data->train.inputs)[i] = corners[i];
  for (gsize i = 0; i < data->train.n; i++)
    data->train.classes[i] = i % 2;
  data->n_classes = 2;
  return data;
}

/* Two outputs, of which the second is scale · x + bias and the first nothing. */
static IscNetwork *
make_network (IscGenerator *generator, float scale, float bias)
{
  g_autoptr (GPtrArray) modules = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_call_unref);
  g_autoptr (GError) error = NULL;
  IscShape input = isc_shape (1, G_GINT64_CONSTANT (2));
  IscNetwork *network;
  IscReal *weight, *offset;

  g_ptr_array_add (modules, isc_call_parse ("Linear(2, 2)", &error));
  g_assert_no_error (error);
  network = isc_network_new (modules, generator, &input, 100, &error);
  g_assert_no_error (error);
  weight = isc_network_get_weights (network, 0);
  offset = isc_network_get_weights (network, 1);
  weight[0] = weight[1] = weight[3] = offset[0] = 0.0f;
  weight[2] = scale;
  offset[1] = bias;
  return network;
}

/* Class 1 right of x = 0.3, and there as sure as the softmax is. */
static void
test_half_planes (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (IscNetwork) network = make_network (generator, 2.0f, -0.6f);
  g_autoptr (IscData) data = make_data (2);
  g_autoptr (IscBoundary) boundary = isc_boundary_new (network, data, 100);
  const float *cells = isc_tensor_get_data (boundary->cells);

  g_assert_true (boundary->of_classes);
  assert_close (boundary->x0, -1.2, 0.0, 1e-12);
  assert_close (boundary->y1, 1.2, 0.0, 1e-12);
  g_assert_cmpuint (boundary->n_points, ==, 4);
  g_assert_cmpint (boundary->classes[3], ==, 1);
  for (gsize i = 0; i < (gsize)ISC_BOUNDARY_SIDE * ISC_BOUNDARY_SIDE; i++)
    {
      double x = -1.2 + 2.4 * ((double)(i % ISC_BOUNDARY_SIDE) + 0.5) / ISC_BOUNDARY_SIDE;
      double logit = 2.0 * x - 0.6;
      double share = 2.0 / (1.0 + exp (-fabs (logit))) - 1.0;

      /* The logit is a float. */
      assert_close ((double)cells[i], (logit > 0.0) + share, 0.0, 1e-6);
    }
}

static void
test_no_numbers (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (IscNetwork) network = make_network (generator, 0.0f, INFINITY);
  g_autoptr (IscData) data = make_data (2);
  g_autoptr (IscBoundary) boundary = isc_boundary_new (network, data, 100);

  for (gsize i = 0; i < (gsize)ISC_BOUNDARY_SIDE * ISC_BOUNDARY_SIDE; i++)
    g_assert_true (isnan (isc_tensor_get_data (boundary->cells)[i]));
}

static void
test_no_plane (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (IscNetwork) network = make_network (generator, 1.0f, 0.0f);
  g_autoptr (IscData) data = make_data (4);

  g_assert_null (isc_boundary_new (network, data, 100));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/boundary/half-planes", test_half_planes);
  g_test_add_func ("/boundary/no-numbers", test_no_numbers);
  g_test_add_func ("/boundary/no-plane", test_no_plane);
  return g_test_run ();
}
