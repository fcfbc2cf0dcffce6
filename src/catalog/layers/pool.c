/* SPDX-License-Identifier: GPL-3.0-or-later */

/* MaxPool2d, AvgPool2d: the largest value, or the mean, of each window of each channel.
 *
 * PyTorch's conventions: floor mode; the first maximum in row-major order gets the gradient, and a
 * NaN is a maximum; the mean divides by the window's size, padding included unless
 * count_include_pad is off. */

#include <math.h>
#include <string.h>

#include "base/clones.h"
#include "base/error.h"
#include "catalog/layers/layers.h"
#include "catalog/layers/slide.h"

static guint
count_parameters (const IscArguments *arguments)
{
  return 0;
}

static gboolean
infer_shape (const IscArguments *arguments, const IscShape *input, IscShape *output, GError **error)
{
  IscSlide window;

  if (!isc_slide_new (arguments, 2, input, &window, error))
    return FALSE;
  for (guint i = 1; i < ISC_SLIDE_MAX_DIMS; i++)
    if (window.padding[i] * 2 > window.kernel[i])
      {
        g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                     "%s: padding=%" G_GINT64_FORMAT
                     " is more than half of kernel_size=%" G_GINT64_FORMAT,
                     isc_arguments_get_item (arguments)->id, window.padding[i], window.kernel[i]);
        return FALSE;
      }
  *output = isc_slide_shape (&window, window.channels);
  return TRUE;
}

/* The elements of one window of one channel: indices into the channel. */
typedef struct
{
  gint64 first[2];
  gint64 n[2];
} Span;

static Span
span_of (const IscSlide *w, gsize position)
{
  gint64 at[2] = { (gint64)position / w->output[2], (gint64)position % w->output[2] };
  Span span;

  for (guint i = 0; i < 2; i++)
    {
      gint64 start = at[i] * w->stride[i + 1] - w->padding[i + 1];
      gint64 skip = start < 0 ? (-start + w->dilation[i + 1] - 1) / w->dilation[i + 1] : 0;

      span.first[i] = start + skip * w->dilation[i + 1];
      span.n[i] = 0;
      for (gint64 k = skip; k < w->kernel[i + 1]; k++)
        span.n[i] += start + k * w->dilation[i + 1] < w->input[i + 1];
    }
  return span;
}

static gint64
index_in (const IscSlide *w, const Span *span, gint64 row, gint64 column)
{
  return (span->first[0] + row * w->dilation[1]) * w->input[2] + span->first[1]
         + column * w->dilation[2];
}

/* A NaN is a maximum. */
static inline void
take_greater (IscReal number, gint32 here, IscReal *best, gint32 *place)
{
  gboolean greater = (number > *best) | isnan (number);

  *best = greater ? number : *best;
  *place = greater ? here : *place;
}

/* The maxima of a row of windows that have no padding in them, and their places in the channel. The
 * first window begins at @first. */
static inline __attribute__ ((always_inline)) void
find_maxima (const IscSlide *w,
             gsize rows,
             gsize columns,
             gsize stride,
             const IscReal *x,
             gsize first,
             IscReal *maxima,
             gint32 *places)
{
  gsize down = (gsize)(w->dilation[1] * w->input[2]), across = (gsize)w->dilation[2];
  gsize n = (gsize)w->output[2];

  for (gsize i = 0; i < n; i++)
    {
      gsize at = first + i * stride;
      IscReal best = x[at];
      gint32 place = (gint32)at;

      for (gsize j = 0; j < rows; j++)
        for (gsize k = 0; k < columns; k++)
          {
            gsize here = at + j * down + k * across;

            take_greater (x[here], (gint32)here, &best, &place);
          }
      maxima[i] = best;
      places[i] = place;
    }
}

/* Of all rows.  The pool that most networks have is code of its own. */
ISC_CLONES static void
find_inside (const IscSlide *w, const IscReal *x, IscReal *maxima, gint32 *places)
{
  for (gsize row = 0; row < (gsize)w->output[1]; row++)
    {
      gsize first = row * (gsize)(w->stride[1] * w->input[2]);
      gsize to = row * (gsize)w->output[2];

      if (w->kernel[1] == 2 && w->kernel[2] == 2 && w->stride[2] == 2)
        find_maxima (w, 2, 2, 2, x, first, maxima + to, places + to);
      else
        find_maxima (w, (gsize)w->kernel[1], (gsize)w->kernel[2], (gsize)w->stride[2], x, first,
                     maxima + to, places + to);
    }
}

/* Where windows may reach into the padding. */
static void
find_across (const IscSlide *w, const IscReal *x, IscReal *maxima, gint32 *places)
{
  for (gsize p = 0; p < isc_slide_count_output (w); p++)
    {
      Span span = span_of (w, p);

      places[p] = (gint32)index_in (w, &span, 0, 0);
      maxima[p] = x[places[p]];
      for (gint64 i = 0; i < span.n[0]; i++)
        for (gint64 j = 0; j < span.n[1]; j++)
          {
            gint64 here = index_in (w, &span, i, j);

            take_greater (x[here], (gint32)here, &maxima[p], &places[p]);
          }
    }
}

/* Places of maxima, kept for the backward pass: as large as an output or smaller. */
static gsize
measure_places (const IscArguments *arguments, const IscShape *input, gsize batch)
{
  IscSlide w;

  return isc_slide_new (arguments, 2, input, &w, NULL)
             ? batch * (gsize)w.channels * isc_slide_count_output (&w)
             : 0;
}

static void
forward_max (const IscPass *pass, const IscReal *x, IscReal *y)
{
  gint32 *places = (gint32 *)(gpointer)pass->scratch;
  IscSlide w;
  gsize n_in, n_out;

  isc_slide_new (pass->arguments, 2, &pass->input, &w, NULL);
  n_in = isc_slide_count_input (&w);
  n_out = isc_slide_count_output (&w);
  for (gsize c = 0; c < pass->batch * (gsize)w.channels; c++)
    if (w.padding[1] == 0 && w.padding[2] == 0)
      find_inside (&w, x + c * n_in, y + c * n_out, places + c * n_out);
    else
      find_across (&w, x + c * n_in, y + c * n_out, places + c * n_out);
}

static void
backward_max (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  const gint32 *places = (const gint32 *)(gpointer)pass->scratch;
  IscSlide w;
  gsize n_in, n_out;

  if (!dx)
    return;
  isc_slide_new (pass->arguments, 2, &pass->input, &w, NULL);
  n_in = isc_slide_count_input (&w);
  n_out = isc_slide_count_output (&w);
  memset (dx, 0, pass->batch * (gsize)w.channels * n_in * sizeof (IscReal));
  for (gsize c = 0; c < pass->batch * (gsize)w.channels; c++)
    for (gsize i = c * n_out; i < (c + 1) * n_out; i++)
      dx[c * n_in + (gsize)places[i]] += dy[i];
}

static IscReal
divisor (const IscPass *pass, const IscSlide *w, const Span *span)
{
  return (IscReal)(isc_arguments_boolean (pass->arguments, "count_include_pad")
                       ? w->kernel[1] * w->kernel[2]
                       : span->n[0] * span->n[1]);
}

static void
forward_average (const IscPass *pass, const IscReal *x, IscReal *y)
{
  IscSlide w;
  gsize n_in, n_out;

  isc_slide_new (pass->arguments, 2, &pass->input, &w, NULL);
  n_in = isc_slide_count_input (&w);
  n_out = isc_slide_count_output (&w);
  for (gsize c = 0; c < pass->batch * (gsize)w.channels; c++)
    for (gsize p = 0; p < n_out; p++)
      {
        Span span = span_of (&w, p);
        IscReal sum = 0.0f;

        for (gint64 i = 0; i < span.n[0]; i++)
          for (gint64 j = 0; j < span.n[1]; j++)
            sum += x[c * n_in + (gsize)index_in (&w, &span, i, j)];
        y[c * n_out + p] = sum / divisor (pass, &w, &span);
      }
}

static void
backward_average (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  IscSlide w;
  gsize n_in, n_out;

  if (!dx)
    return;
  isc_slide_new (pass->arguments, 2, &pass->input, &w, NULL);
  n_in = isc_slide_count_input (&w);
  n_out = isc_slide_count_output (&w);
  memset (dx, 0, pass->batch * (gsize)w.channels * n_in * sizeof (IscReal));
  for (gsize c = 0; c < pass->batch * (gsize)w.channels; c++)
    for (gsize p = 0; p < n_out; p++)
      {
        Span span = span_of (&w, p);
        IscReal share = dy[c * n_out + p] / divisor (pass, &w, &span);

        for (gint64 i = 0; i < span.n[0]; i++)
          for (gint64 j = 0; j < span.n[1]; j++)
            dx[c * n_in + (gsize)index_in (&w, &span, i, j)] += share;
      }
}

static const IscParameter max_table[] = {
  { "kernel_size", ISC_PARAMETER_SHAPE, NULL, 1, 4096,
    .help = "The window's size: a number, or one for each dimension." },
  { "stride", ISC_PARAMETER_SHAPE, "None", 1, 65536,
    .help = "Steps between two positions; None: the window's size." },
  { "padding", ISC_PARAMETER_SHAPE, "0", 0, 2048, .help = "What is added at each end." },
  { "dilation", ISC_PARAMETER_SHAPE, "1", 1, 65536,
    .help = "Steps between the window's elements." },
};

static const IscParameter average_table[] = {
  { "kernel_size", ISC_PARAMETER_SHAPE, NULL, 1, 4096,
    .help = "The window's size: a number, or one for each dimension." },
  { "stride", ISC_PARAMETER_SHAPE, "None", 1, 65536,
    .help = "Steps between two positions; None: the window's size." },
  { "padding", ISC_PARAMETER_SHAPE, "0", 0, 2048, .help = "What is added at each end." },
  { "count_include_pad", ISC_PARAMETER_BOOLEAN, "True",
    .help = "Whether the mean counts the padding." },
};

const IscLayer isc_layer_max_pool2d = {
  .item = {
    .id = "MaxPool2d",
    .label = "2-D max pool",
    .summary = "Keeps the largest value of each window.",
    .formula = "y = max over the window of x",
    .citation = "torch.nn.MaxPool2d",
    ISC_PARAMETERS (max_table),
  },
  .count_parameters = count_parameters,
  .infer_shape = infer_shape,
  .measure_scratch = measure_places,
  .forward = forward_max,
  .backward = backward_max,
};

const IscLayer isc_layer_avg_pool2d = {
  .item = {
    .id = "AvgPool2d",
    .label = "2-D average pool",
    .summary = "Keeps the mean of each window.",
    .formula = "y = mean over the window of x",
    .citation = "torch.nn.AvgPool2d",
    ISC_PARAMETERS (average_table),
  },
  .count_parameters = count_parameters,
  .infer_shape = infer_shape,
  .forward = forward_average,
  .backward = backward_average,
};
