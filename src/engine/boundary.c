/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/boundary.h"

#include <math.h>

#define N_CELLS ((gsize)ISC_BOUNDARY_SIDE * ISC_BOUNDARY_SIDE)

/* Around the examples, as a part of what they span. */
#define MARGIN 0.1

gboolean
isc_boundary_is_of (const IscData *data)
{
  const IscShape *shape = isc_tensor_get_shape (data->train.inputs);

  return shape->n_dims == 2 && shape->dims[1] == 2 && data->train.n > 0;
}

/* What the examples span along one side. */
static void
measure_side (const IscData *data, gsize side, double *low, double *high)
{
  const float *inputs = isc_tensor_get_data (data->train.inputs);
  double margin;

  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < data->train.n; i++)
    {
      *low = fmin (*low, (double)inputs[2 * i + side]);
      *high = fmax (*high, (double)inputs[2 * i + side]);
    }
  margin = *high > *low ? MARGIN * (*high - *low) : 1.0;
  *low -= margin;
  *high += margin;
}

static void
take_points (IscBoundary *boundary, const IscData *data)
{
  const float *inputs = isc_tensor_get_data (data->train.inputs);
  gsize step = (data->train.n + ISC_BOUNDARY_POINTS - 1) / ISC_BOUNDARY_POINTS;

  boundary->n_points = (guint)((data->train.n + step - 1) / step);
  boundary->x = g_new (double, boundary->n_points);
  boundary->y = g_new (double, boundary->n_points);
  boundary->classes = g_new (int, boundary->n_points);
  for (gsize i = 0; i < boundary->n_points; i++)
    {
      boundary->x[i] = (double)inputs[2 * i * step];
      boundary->y[i] = (double)inputs[2 * i * step + 1];
      boundary->classes[i] = data->train.classes ? (int)data->train.classes[i * step] : -1;
    }
}

/* The class of the greatest output and how far from a guess it is, by the softmax of logits or of
 * their logarithms. */
static float
classify (const IscReal *outputs, gsize width)
{
  gsize best = 0;
  double sum = 0.0;
  double share;

  for (gsize i = 0; i < width; i++)
    {
      if (!isfinite (outputs[i]))
        return NAN;
      if (outputs[i] > outputs[best])
        best = i;
    }
  for (gsize i = 0; i < width; i++)
    sum += exp ((double)(outputs[i] - outputs[best]));
  share = (1.0 / sum - 1.0 / (double)width) / (1.0 - 1.0 / (double)width);
  /* Certainty is not the next class, to the nearest of a few hundred colours. */
  return (float)((double)best + fmin (share, 0.97));
}

static void
fill_cells (IscBoundary *boundary, IscNetwork *network, IscReal *inputs, gsize max_batch)
{
  float *cells = isc_tensor_edit_data (boundary->cells);
  double dx = (boundary->x1 - boundary->x0) / ISC_BOUNDARY_SIDE;
  double dy = (boundary->y1 - boundary->y0) / ISC_BOUNDARY_SIDE;
  gsize width = isc_network_get_output_width (network);

  isc_network_set_training (network, FALSE);
  for (gsize first = 0; first < N_CELLS; first += max_batch)
    {
      gsize batch = MIN (max_batch, N_CELLS - first);
      const IscReal *outputs;

      for (gsize i = 0; i < batch; i++)
        {
          gsize cell = first + i;

          inputs[2 * i] = (IscReal)(boundary->x0 + dx * ((double)(cell % ISC_BOUNDARY_SIDE) + 0.5));
          inputs[2 * i + 1]
              = (IscReal)(boundary->y0 + dy * ((double)(cell / ISC_BOUNDARY_SIDE) + 0.5));
        }
      outputs = isc_network_forward (network, inputs, batch);
      for (gsize i = 0; i < batch; i++)
        cells[first + i] = boundary->of_classes ? classify (outputs + i * width, width)
                                                : (float)outputs[i * width];
    }
  isc_network_set_training (network, TRUE);
}

IscBoundary *
isc_boundary_new (IscNetwork *network, const IscData *data, gsize max_batch)
{
  g_autoptr (IscBoundary) boundary = NULL;
  g_autofree IscReal *inputs = NULL;
  IscShape shape = isc_shape (2, (gint64)ISC_BOUNDARY_SIDE, (gint64)ISC_BOUNDARY_SIDE);

  if (!isc_boundary_is_of (data))
    return NULL;
  max_batch = MIN (max_batch, N_CELLS);
  boundary = g_new0 (IscBoundary, 1);
  boundary->cells = isc_tensor_new (NULL, &shape, NULL);
  inputs = g_try_new (IscReal, 2 * max_batch);
  if (!boundary->cells || !inputs)
    return NULL;
  boundary->of_classes = data->train.classes && isc_network_get_output_width (network) > 1;
  measure_side (data, 0, &boundary->x0, &boundary->x1);
  measure_side (data, 1, &boundary->y0, &boundary->y1);
  take_points (boundary, data);
  fill_cells (boundary, network, inputs, max_batch);
  return g_steal_pointer (&boundary);
}

void
isc_boundary_free (IscBoundary *boundary)
{
  g_clear_pointer (&boundary->cells, isc_tensor_unref);
  g_free (boundary->x);
  g_free (boundary->y);
  g_free (boundary->classes);
  g_free (boundary);
}
