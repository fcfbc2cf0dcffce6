/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Convolutions and pools of many shapes against a walk over their windows, a number at a time.
 * Every array is memory of its own: a sanitizer sees what is read or written beside it. */

#include <math.h>
#include <string.h>

#include "base/generator.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/layers/layers.h"
#include "support/reference.h"

#define BATCH 3

/* A layer, one example's input, and the numbers that a case is about: height and width. */
typedef struct
{
  const char *text;
  gint64 channels;
  gint64 input[2];
  gint64 kernel[2];
  gint64 stride[2];
  gint64 padding[2];
  gint64 dilation[2];
  gint64 groups;
} Case;

static const Case convolutions[] = {
  { "Conv2d(1, 8, 3, padding=1)", 1, { 28, 28 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 1 },
  { "Conv2d(3, 5, (2, 3))", 3, { 7, 18 }, { 2, 3 }, { 1, 1 }, { 0, 0 }, { 1, 1 }, 1 },
  { "Conv2d(4, 6, 3, stride=2, padding=(0, 2), groups=2)",
    4,
    { 9, 8 },
    { 3, 3 },
    { 2, 2 },
    { 0, 2 },
    { 1, 1 },
    2 },
  { "Conv2d(2, 2, (3, 2), stride=(1, 3), dilation=(2, 1), bias=False)",
    2,
    { 8, 11 },
    { 3, 2 },
    { 1, 3 },
    { 0, 0 },
    { 2, 1 },
    1 },
  { "Conv2d(2, 17, 1)", 2, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, { 1, 1 }, 1 },
};

static const Case pools[] = {
  { "MaxPool2d(2)", 2, { 28, 28 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, { 1, 1 }, 2 },
  { "MaxPool2d(2)", 2, { 9, 15 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, { 1, 1 }, 2 },
  { "MaxPool2d(2)", 2, { 4, 8 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, { 1, 1 }, 2 },
  { "MaxPool2d(2)", 2, { 5, 6 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, { 1, 1 }, 2 },
  { "MaxPool2d(2, stride=(1, 2))", 1, { 6, 11 }, { 2, 2 }, { 1, 2 }, { 0, 0 }, { 1, 1 }, 1 },
  { "MaxPool2d(2, dilation=(2, 1))", 1, { 8, 12 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, { 2, 1 }, 1 },
  { "MaxPool2d(3, stride=2, padding=1)", 1, { 7, 10 }, { 3, 3 }, { 2, 2 }, { 1, 1 }, { 1, 1 }, 1 },
};

/* A layer's pass and what it is given and gives, floats; and the same by the walk, doubles. */
typedef struct
{
  const IscLayer *layer;
  IscArguments *arguments;
  IscPass pass;
  gsize n_x, n_y, n_w, n_b;
  float *x, *y, *dx, *dy;
  float *weights[2];
  float *gradients[2];
  double *expected_y, *expected_dx, *expected_gradients[2];
} Trial;

static float *
draw (IscGenerator *generator, gsize n)
{
  float *x = g_new (float, n + 1);

  isc_generator_uniform (generator, x, n, -1.0, 1.0);
  return x;
}

static void
trial_begin (Trial *t, const Case *c, IscGenerator *generator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (c->text, &error);
  const IscItem *item = NULL;
  guint n_parameters;

  *t = (Trial){ 0 };
  t->arguments = isc_catalog_bind (ISC_KIND_LAYER, call, &item, &error);
  g_assert_no_error (error);
  t->layer = (const IscLayer *)item;
  t->pass = (IscPass){ .arguments = t->arguments, .batch = BATCH, .training = TRUE };
  t->pass.input = isc_shape (3, c->channels, c->input[0], c->input[1]);
  g_assert_true (
      isc_layer_infer_shape (t->layer, t->arguments, &t->pass.input, &t->pass.output, &error));
  t->n_x = (gsize)(BATCH * c->channels * c->input[0] * c->input[1]);
  t->n_y
      = BATCH * (gsize)(t->pass.output.dims[0] * t->pass.output.dims[1] * t->pass.output.dims[2]);
  t->x = draw (generator, t->n_x);
  t->y = draw (generator, t->n_y);
  t->dx = draw (generator, t->n_x);
  t->dy = draw (generator, t->n_y);
  n_parameters = t->layer->count_parameters (t->arguments);
  for (guint i = 0; i < n_parameters; i++)
    {
      IscLayerParameter parameter = { 0 };
      gsize n = 1;

      t->layer->get_parameter (t->arguments, i, &parameter);
      for (guint j = 0; j < parameter.shape.n_dims; j++)
        n *= (gsize)parameter.shape.dims[j];
      *(i == 0 ? &t->n_w : &t->n_b) = n;
      t->weights[i] = draw (generator, n);
      t->gradients[i] = draw (generator, n);
    }
  t->pass.parameters = (const float *const *)t->weights;
  t->pass.gradients = t->gradients;
  t->pass.n_parameters = n_parameters;
  t->pass.scratch
      = draw (generator, t->layer->measure_scratch (t->arguments, &t->pass.input, BATCH));
  t->expected_y = g_new0 (double, t->n_y);
  t->expected_dx = g_new0 (double, t->n_x);
  t->expected_gradients[0] = g_new0 (double, t->n_w + 1);
  t->expected_gradients[1] = g_new0 (double, t->n_b + 1);
}

static void
trial_end (Trial *t)
{
  isc_arguments_unref (t->arguments);
  g_free (t->x);
  g_free (t->y);
  g_free (t->dx);
  g_free (t->dy);
  for (guint i = 0; i < 2; i++)
    {
      g_free (t->weights[i]);
      g_free (t->gradients[i]);
      g_free (t->expected_gradients[i]);
    }
  g_free (t->pass.scratch);
  g_free (t->expected_y);
  g_free (t->expected_dx);
}

/* Where in the input element @k of the window of output @at (row, column) is; -1 on the padding. */
static gint64
find (const Case *c, const gint64 at[2], gint64 k)
{
  gint64 element[2] = { k / c->kernel[1], k % c->kernel[1] };
  gint64 place[2];

  for (guint i = 0; i < 2; i++)
    {
      place[i] = at[i] * c->stride[i] + element[i] * c->dilation[i] - c->padding[i];
      if (place[i] < 0 || place[i] >= c->input[i])
        return -1;
    }
  return place[0] * c->input[1] + place[1];
}

static void
walk_convolution (const Case *c, Trial *t)
{
  const gint64 *out = t->pass.output.dims;
  gint64 n_kernel = c->kernel[0] * c->kernel[1], plane = c->input[0] * c->input[1];
  gint64 in = c->channels / c->groups;

  for (gint64 o = 0; o < (gint64)t->n_y; o++)
    {
      gint64 at[2] = { o / out[2] % out[1], o % out[2] };
      gint64 channel = o / (out[1] * out[2]) % out[0];
      gint64 example = o / (out[0] * out[1] * out[2]);
      gint64 first = example * c->channels + channel / (out[0] / c->groups) * in;

      if (t->n_b > 0)
        {
          t->expected_y[o] += (double)t->weights[1][channel];
          t->expected_gradients[1][channel] += (double)t->dy[o];
        }
      for (gint64 k = 0; k < in * n_kernel; k++)
        {
          gint64 found = find (c, at, k % n_kernel);
          gint64 w = channel * in * n_kernel + k;
          gint64 x = (first + k / n_kernel) * plane + found;

          if (found < 0)
            continue;
          t->expected_y[o] += (double)t->weights[0][w] * (double)t->x[x];
          t->expected_dx[x] += (double)t->weights[0][w] * (double)t->dy[o];
          t->expected_gradients[0][w] += (double)t->x[x] * (double)t->dy[o];
        }
    }
}

/* The first of the greatest, and of NaNs the last. */
static void
walk_pool (const Case *c, Trial *t)
{
  const gint64 *out = t->pass.output.dims;
  gint64 plane = c->input[0] * c->input[1];

  for (gint64 o = 0; o < (gint64)t->n_y; o++)
    {
      gint64 at[2] = { o / out[2] % out[1], o % out[2] };
      gint64 best = -1;

      for (gint64 k = 0; k < c->kernel[0] * c->kernel[1]; k++)
        {
          gint64 found = find (c, at, k);
          gint64 x = o / (out[1] * out[2]) * plane + found;

          if (found >= 0 && (best < 0 || t->x[x] > t->x[best] || isnan (t->x[x])))
            best = x;
        }
      t->expected_y[o] = (double)t->x[best];
      t->expected_dx[best] += (double)t->dy[o];
    }
}

static void
run (Trial *t)
{
  t->layer->forward (&t->pass, t->x, t->y);
  t->layer->backward (&t->pass, t->x, t->dy, t->dx);
}

static void
compare (const float *got, const double *expected, gsize n, double tolerance)
{
  for (gsize i = 0; i < n; i++)
    assert_close ((double)got[i], expected[i], 0.0, tolerance);
}

static void
test_convolutions (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (convolutions); i++)
    {
      /* Thousands of products below 1: sums of some tens, a hundred roundings of them. */
      const double tolerance = 1e-4;
      Trial t;

      trial_begin (&t, &convolutions[i], generator);
      walk_convolution (&convolutions[i], &t);
      run (&t);
      compare (t.y, t.expected_y, t.n_y, tolerance);
      compare (t.dx, t.expected_dx, t.n_x, tolerance);
      compare (t.gradients[0], t.expected_gradients[0], t.n_w, tolerance);
      compare (t.gradients[1], t.expected_gradients[1], t.n_b, tolerance);
      trial_end (&t);
    }
}

/* With ties, infinities and NaNs among the numbers. */
static void
test_pools (void)
{
  static const float special[] = { -INFINITY, -INFINITY, 0.5f, 0.5f, NAN, INFINITY };
  g_autoptr (IscGenerator) generator = isc_generator_new (1);

  for (guint i = 0; i < G_N_ELEMENTS (pools); i++)
    for (guint n_special = 0; n_special <= G_N_ELEMENTS (special); n_special += 2)
      {
        Trial t;

        trial_begin (&t, &pools[i], generator);
        for (gsize j = 0; n_special > 0 && j < t.n_x; j++)
          if (fabsf (t.x[j]) > 0.2f)
            t.x[j] = special[j % n_special];
        walk_pool (&pools[i], &t);
        run (&t);
        compare (t.y, t.expected_y, t.n_y, 0.0);
        /* Up to four gradients come together, in another order. */
        compare (t.dx, t.expected_dx, t.n_x, 1e-6);
        trial_end (&t);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/catalog/windows/convolutions", test_convolutions);
  g_test_add_func ("/catalog/windows/pools", test_pools);
  return g_test_run ();
}
