/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/layers/normalize.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

enum
{
  WEIGHT,
  BIAS,
};

enum
{
  RUNNING_MEAN,
  RUNNING_VAR,
};

typedef enum
{
  BATCH_NORM,
  LAYER_NORM,
  GROUP_NORM,
} Kind;

/* What is normalized together: @n_sets sets of runs of @run numbers that follow each other.  A set
 * of a batch norm is a channel of every example, a run an example's part of it; a set of the others
 * is a stretch of one example, and its only run.  A run has @n_factors factors γ and β, each for as
 * many numbers: a channel's, or in a layer norm each number's own. */
typedef struct
{
  Kind kind;
  gsize width;
  gsize n_sets;
  gsize run;
  gsize n_runs;
  gsize features;
  gsize n_factors;
} Sets;

static Kind
kind_of (const IscArguments *arguments)
{
  const char *id = isc_arguments_get_item (arguments)->id;

  return g_str_equal (id, "LayerNorm")   ? LAYER_NORM
         : g_str_equal (id, "GroupNorm") ? GROUP_NORM
                                         : BATCH_NORM;
}

static gsize
width_of (const IscShape *shape, guint first)
{
  gsize width = 1;

  for (guint i = first; i < shape->n_dims; i++)
    width *= (gsize)shape->dims[i];
  return width;
}

static Sets
sets_of (const IscArguments *arguments, const IscShape *input, gsize batch)
{
  Sets sets = { .kind = kind_of (arguments), .width = width_of (input, 0) };
  IscShape normalized;

  switch (sets.kind)
    {
    case LAYER_NORM:
      normalized = isc_arguments_shape (arguments, "normalized_shape");
      sets.features = sets.run = width_of (&normalized, 0);
      sets.n_sets = batch * sets.width / sets.run;
      sets.n_runs = 1;
      sets.n_factors = sets.run;
      break;
    case GROUP_NORM:
      sets.features = (gsize)input->dims[0];
      sets.run = sets.width / (gsize)isc_arguments_integer (arguments, "num_groups");
      sets.n_sets = batch * sets.width / sets.run;
      sets.n_runs = 1;
      sets.n_factors = sets.features / (gsize)isc_arguments_integer (arguments, "num_groups");
      break;
    case BATCH_NORM:
    default:
      sets.features = sets.n_sets = (gsize)input->dims[0];
      sets.run = width_of (input, 1);
      sets.n_runs = batch;
      sets.n_factors = 1;
      break;
    }
  return sets;
}

/* Where run @r of set @s begins. */
static gsize
start_of (const Sets *sets, gsize s, gsize r)
{
  return sets->kind == BATCH_NORM ? r * sets->width + s * sets->run : s * sets->run;
}

/* The first γ and β of set @s. */
static gsize
first_factor_of (const Sets *sets, gsize s)
{
  return s * sets->n_factors % sets->features;
}

static void
refuse (const IscArguments *arguments, const IscShape *input, const char *wanted, GError **error)
{
  g_autofree char *text = isc_shape_to_text (input, "×");

  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s takes %s, and %s come",
               isc_arguments_get_item (arguments)->id, wanted, text);
}

static gboolean
fits_layer_norm (const IscArguments *arguments, const IscShape *input)
{
  IscShape normalized = isc_arguments_shape (arguments, "normalized_shape");
  guint first = input->n_dims - normalized.n_dims;

  if (normalized.n_dims > input->n_dims)
    return FALSE;
  for (guint i = 0; i < normalized.n_dims; i++)
    if (input->dims[first + i] != normalized.dims[i])
      return FALSE;
  return TRUE;
}

gboolean
isc_normalize_infer_shape (const IscArguments *arguments,
                           const IscShape *input,
                           IscShape *output,
                           GError **error)
{
  const char *id = isc_arguments_get_item (arguments)->id;
  g_autofree char *wanted = NULL;
  gint64 channels;
  gboolean fits;

  *output = *input;
  if (kind_of (arguments) == LAYER_NORM)
    {
      IscShape normalized = isc_arguments_shape (arguments, "normalized_shape");
      g_autofree char *text = isc_shape_to_text (&normalized, "×");

      if (fits_layer_norm (arguments, input))
        return TRUE;
      wanted = g_strdup_printf ("inputs that end in %s (normalized_shape)", text);
      refuse (arguments, input, wanted, error);
      return FALSE;
    }
  channels = isc_arguments_integer (arguments, kind_of (arguments) == GROUP_NORM ? "num_channels"
                                                                                 : "num_features");
  fits = g_str_equal (id, "BatchNorm2d")   ? input->n_dims == 3
         : g_str_equal (id, "BatchNorm1d") ? input->n_dims == 1 || input->n_dims == 2
                                           : input->n_dims >= 1;
  if (fits && input->dims[0] == channels)
    return TRUE;
  wanted = g_strdup_printf ("%" G_GINT64_FORMAT " channels (%s)%s", channels,
                            kind_of (arguments) == GROUP_NORM ? "num_channels" : "num_features",
                            g_str_equal (id, "BatchNorm2d") ? " of images" : "");
  refuse (arguments, input, wanted, error);
  return FALSE;
}

/* A channel of one place has one value for each example, and one value no variance. */
gboolean
isc_normalize_needs_batch (const IscArguments *arguments, const IscShape *input)
{
  return kind_of (arguments) == BATCH_NORM && width_of (input, 1) == 1;
}

static gboolean
keeps_statistics (const IscArguments *arguments)
{
  return kind_of (arguments) == BATCH_NORM
         && isc_arguments_boolean (arguments, "track_running_stats");
}

guint
isc_normalize_count_buffers (const IscArguments *arguments)
{
  return keeps_statistics (arguments) ? 2 : 0;
}

void
isc_normalize_get_buffer (const IscArguments *arguments, guint index, IscLayerBuffer *buffer)
{
  gsize n = (gsize)isc_arguments_integer (arguments, "num_features");

  *buffer = index == RUNNING_MEAN ? (IscLayerBuffer){ "running_mean", n, 0.0f }
                                  : (IscLayerBuffer){ "running_var", n, 1.0f };
}

/* Mean and 1/√(variance + eps) of every set. */
gsize
isc_normalize_measure_scratch (const IscArguments *arguments, const IscShape *input, gsize batch)
{
  Sets sets = sets_of (arguments, input, batch);

  return 2 * sets.n_sets;
}

static void
measure_set (const Sets *sets, gsize s, const IscReal *x, double *mean, double *variance)
{
  double n = (double)(sets->run * sets->n_runs);
  double sum = 0.0;
  double squares = 0.0;

  for (gsize r = 0; r < sets->n_runs; r++)
    {
      const IscReal *run = x + start_of (sets, s, r);

      for (gsize i = 0; i < sets->run; i++)
        sum += (double)run[i];
    }
  *mean = sum / n;
  for (gsize r = 0; r < sets->n_runs; r++)
    {
      const IscReal *run = x + start_of (sets, s, r);

      for (gsize i = 0; i < sets->run; i++)
        squares += ((double)run[i] - *mean) * ((double)run[i] - *mean);
    }
  *variance = squares / n;
}

static void
move_running (const IscPass *pass, const Sets *sets, gsize s, double mean, double variance)
{
  double momentum = isc_arguments_number (pass->arguments, "momentum");
  double n = (double)(sets->run * sets->n_runs);
  IscReal *running_mean = &pass->buffers[RUNNING_MEAN][s];
  IscReal *running_var = &pass->buffers[RUNNING_VAR][s];

  *running_mean = (IscReal)((1.0 - momentum) * (double)*running_mean + momentum * mean);
  *running_var
      = (IscReal)((1.0 - momentum) * (double)*running_var + momentum * variance * n / (n - 1.0));
}

/* γ and β, NULL for those that are not there. */
static void
get_factors (const IscPass *pass, const IscReal **weight, const IscReal **bias)
{
  const IscLayer *layer = (const IscLayer *)isc_arguments_get_item (pass->arguments);
  guint n = layer->count_parameters (pass->arguments);

  *weight = n > WEIGHT ? pass->parameters[WEIGHT] : NULL;
  *bias = n > BIAS ? pass->parameters[BIAS] : NULL;
}

void
isc_normalize_forward (const IscPass *pass, const IscReal *x, IscReal *y)
{
  Sets sets = sets_of (pass->arguments, &pass->input, pass->batch);
  gsize stretch = sets.run / sets.n_factors;
  double eps = isc_arguments_number (pass->arguments, "eps");
  gboolean running = keeps_statistics (pass->arguments);
  const IscReal *weight, *bias;

  get_factors (pass, &weight, &bias);
  for (gsize s = 0; s < sets.n_sets; s++)
    {
      gsize first = first_factor_of (&sets, s);
      double mean, variance;
      IscReal shift, scale;

      if (running && !pass->training)
        {
          mean = (double)pass->buffers[RUNNING_MEAN][s];
          variance = (double)pass->buffers[RUNNING_VAR][s];
        }
      else
        measure_set (&sets, s, x, &mean, &variance);
      if (running && pass->training)
        move_running (pass, &sets, s, mean, variance);
      shift = (IscReal)mean;
      scale = (IscReal)(1.0 / sqrt (variance + eps));
      pass->scratch[2 * s] = shift;
      pass->scratch[2 * s + 1] = scale;
      for (gsize r = 0; r < sets.n_runs; r++)
        for (gsize f = 0; f < sets.n_factors; f++)
          {
            gsize at = start_of (&sets, s, r) + f * stretch;
            IscReal w = weight ? weight[first + f] : 1.0f;
            IscReal b = bias ? bias[first + f] : 0.0f;

            for (gsize i = 0; i < stretch; i++)
              y[at + i] = (x[at + i] - shift) * scale * w + b;
          }
    }
}

/* The sums over set @s of dL/dx̂ and of dL/dx̂ · x̂, x̂ being what is normalized; on the way dL/dγ and
 * dL/dβ of the set's factors, added to what other sets gave. */
static void
sum_set (const IscPass *pass,
         const Sets *sets,
         gsize s,
         const IscReal *x,
         const IscReal *dy,
         double *sum,
         double *dot)
{
  gsize stretch = sets->run / sets->n_factors;
  gsize first = first_factor_of (sets, s);
  IscReal shift = pass->scratch[2 * s];
  IscReal scale = pass->scratch[2 * s + 1];
  const IscReal *weight, *bias;

  get_factors (pass, &weight, &bias);
  *sum = *dot = 0.0;
  for (gsize r = 0; r < sets->n_runs; r++)
    for (gsize f = 0; f < sets->n_factors; f++)
      {
        gsize at = start_of (sets, s, r) + f * stretch;
        double w = weight ? (double)weight[first + f] : 1.0;
        double plain = 0.0;
        double normalized = 0.0;

        for (gsize i = 0; i < stretch; i++)
          {
            plain += (double)dy[at + i];
            normalized += (double)dy[at + i] * (double)((x[at + i] - shift) * scale);
          }
        *sum += w * plain;
        *dot += w * normalized;
        if (weight)
          pass->gradients[WEIGHT][first + f] += (IscReal)normalized;
        if (bias)
          pass->gradients[BIAS][first + f] += (IscReal)plain;
      }
}

/* dx = scale (g − mean g − x̂ mean (g x̂)), g = dy γ, means over the set. */
void
isc_normalize_backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  Sets sets = sets_of (pass->arguments, &pass->input, pass->batch);
  gsize stretch = sets.run / sets.n_factors;
  double n = (double)(sets.run * sets.n_runs);
  const IscReal *weight, *bias;

  get_factors (pass, &weight, &bias);
  if (weight)
    memset (pass->gradients[WEIGHT], 0, sets.features * sizeof *dy);
  if (bias)
    memset (pass->gradients[BIAS], 0, sets.features * sizeof *dy);
  for (gsize s = 0; s < sets.n_sets; s++)
    {
      gsize first = first_factor_of (&sets, s);
      IscReal shift = pass->scratch[2 * s];
      IscReal scale = pass->scratch[2 * s + 1];
      double sum, dot;

      sum_set (pass, &sets, s, x, dy, &sum, &dot);
      for (gsize r = 0; dx && r < sets.n_runs; r++)
        for (gsize f = 0; f < sets.n_factors; f++)
          {
            gsize at = start_of (&sets, s, r) + f * stretch;
            IscReal w = weight ? weight[first + f] : 1.0f;

            for (gsize i = 0; i < stretch; i++)
              {
                IscReal normalized = (x[at + i] - shift) * scale;

                dx[at + i]
                    = scale
                      * (w * dy[at + i] - (IscReal)(sum / n) - normalized * (IscReal)(dot / n));
              }
          }
    }
}
