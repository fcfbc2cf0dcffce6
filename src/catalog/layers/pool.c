/* SPDX-License-Identifier: GPL-3.0-or-later */

/* MaxPool2d, AvgPool2d: the largest value, or the mean, of each window of each channel.
 *
 * PyTorch's conventions: floor mode; the first maximum in row-major order gets the gradient, and a
 * NaN is a maximum; the mean divides by the window's size, padding included unless
 * count_include_pad is off. */

#include <math.h>
#include <string.h>

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

/* A few windows beside each other at once, each with an integer as large as its number. */
#define BLOCK 4

typedef IscReal Numbers __attribute__ ((vector_size (BLOCK * sizeof (IscReal))));
typedef IscRealInt Places __attribute__ ((vector_size (BLOCK * sizeof (IscRealInt))));

static inline void
take_greater (const Numbers *numbers, const Places *here, Numbers *best, Places *places)
{
  /* A NaN is a maximum. */
  Places greater = (*numbers > *best) | (*numbers != *numbers);

  *best = (Numbers)(((Places)*numbers & greater) | ((Places)*best & ~greater));
  *places = (*here & greater) | (*places & ~greater);
}

/* The maxima of BLOCK windows of two by two, two apart, the first of which begins at @at. */
static inline void
find_block (const IscReal *x, gsize at, gsize down, IscReal *maxima, IscRealInt *places)
{
  Places here = (IscRealInt)at + (Places){ 0, 2, 4, 6 };
  Places found = here;
  Numbers best, left, right, low, high;

  for (gsize row = 0; row < 2; row++)
    {
      memcpy (&low, x + at + row * down, sizeof low);
      memcpy (&high, x + at + row * down + BLOCK, sizeof high);
      left = __builtin_shufflevector (low, high, 0, 2, 4, 6);
      right = __builtin_shufflevector (low, high, 1, 3, 5, 7);
      if (row == 0)
        best = left;
      else
        take_greater (&left, &here, &best, &found);
      here += 1;
      take_greater (&right, &here, &best, &found);
      here += (IscRealInt)down - 1;
    }
  memcpy (maxima, &best, sizeof best);
  memcpy (places, &found, sizeof found);
}

/* The pool that most networks have.  The last block of a row begins early enough to be whole. */
static void
find_usual (const IscSlide *w, const IscReal *x, IscReal *maxima, IscRealInt *places)
{
  gsize n = (gsize)w->output[2], down = (gsize)(w->dilation[1] * w->input[2]);

  for (gsize row = 0; row < (gsize)w->output[1]; row++, maxima += n, places += n)
    for (gsize i = 0; i < n; i += BLOCK)
      {
        gsize begin = MIN (i, n - BLOCK);

        find_block (x, row * (gsize)(w->stride[1] * w->input[2]) + 2 * begin, down, maxima + begin,
                    places + begin);
      }
}

static gboolean
is_usual (const IscSlide *w)
{
  return w->kernel[1] == 2 && w->kernel[2] == 2 && w->stride[2] == 2 && w->dilation[2] == 1
         && w->padding[1] == 0 && w->padding[2] == 0 && w->output[2] >= BLOCK;
}

static void
find_any (const IscSlide *w, const IscReal *x, IscReal *maxima, IscRealInt *places)
{
  for (gsize p = 0; p < isc_slide_count_output (w); p++)
    {
      Span span = span_of (w, p);
      gint64 best = index_in (w, &span, 0, 0);

      for (gint64 i = 0; i < span.n[0]; i++)
        for (gint64 j = 0; j < span.n[1]; j++)
          {
            gint64 here = index_in (w, &span, i, j);

            if (x[here] > x[best] || isnan (x[here]))
              best = here;
          }
      maxima[p] = x[best];
      places[p] = (IscRealInt)best;
    }
}

/* Places of maxima, kept for the backward pass: each as large as an output. */
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
  IscRealInt *places = (IscRealInt *)(gpointer)pass->scratch;
  IscSlide w;
  gsize n_in, n_out;

  isc_slide_new (pass->arguments, 2, &pass->input, &w, NULL);
  n_in = isc_slide_count_input (&w);
  n_out = isc_slide_count_output (&w);
  for (gsize c = 0; c < pass->batch * (gsize)w.channels; c++)
    if (is_usual (&w))
      find_usual (&w, x + c * n_in, y + c * n_out, places + c * n_out);
    else
      find_any (&w, x + c * n_in, y + c * n_out, places + c * n_out);
}

static void
backward_max (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  const IscRealInt *places = (const IscRealInt *)(gpointer)pass->scratch;
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
    .help = N_ ("The window's size: a number, or one for each dimension.") },
  { "stride", ISC_PARAMETER_SHAPE, "None", 1, 65536,
    .help = N_ ("Steps between two positions; None: the window's size.") },
  { "padding", ISC_PARAMETER_SHAPE, "0", 0, 2048, .help = N_ ("What is added at each end.") },
  { "dilation", ISC_PARAMETER_SHAPE, "1", 1, 65536,
    .help = N_ ("Steps between the window's elements.") },
};

static const IscParameter average_table[] = {
  { "kernel_size", ISC_PARAMETER_SHAPE, NULL, 1, 4096,
    .help = N_ ("The window's size: a number, or one for each dimension.") },
  { "stride", ISC_PARAMETER_SHAPE, "None", 1, 65536,
    .help = N_ ("Steps between two positions; None: the window's size.") },
  { "padding", ISC_PARAMETER_SHAPE, "0", 0, 2048, .help = N_ ("What is added at each end.") },
  { "count_include_pad", ISC_PARAMETER_BOOLEAN, "True",
    .help = N_ ("Whether the mean counts the padding.") },
};

const IscLayer isc_layer_max_pool2d = {
  .item = {
    .id = "MaxPool2d",
    .label = N_ ("2-D max pool"),
    .summary = N_ ("Keeps the largest value of each window."),
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
    .label = N_ ("2-D average pool"),
    .summary = N_ ("Keeps the mean of each window."),
    .formula = "y = mean over the window of x",
    .citation = "torch.nn.AvgPool2d",
    ISC_PARAMETERS (average_table),
  },
  .count_parameters = count_parameters,
  .infer_shape = infer_shape,
  .forward = forward_average,
  .backward = backward_average,
};
