/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/layers/slide.h"

#include <string.h>

#include "base/error.h"

static gboolean
has_parameter (const IscArguments *arguments, const char *name)
{
  const IscItem *item = isc_arguments_get_item (arguments);

  for (guint i = 0; i < item->n_parameters; i++)
    if (g_str_equal (item->parameters[i].name, name))
      return TRUE;
  return FALSE;
}

/* A size for each dimension, a lone number repeated; @missing without one. */
static void
read_sizes (const IscArguments *arguments,
            const char *name,
            guint n_dims,
            const gint64 *missing,
            gint64 sizes[ISC_SLIDE_MAX_DIMS])
{
  guint first = ISC_SLIDE_MAX_DIMS - n_dims;
  gboolean given = has_parameter (arguments, name) && !isc_arguments_is_none (arguments, name);
  IscShape shape = given ? isc_arguments_shape (arguments, name) : (IscShape){ 0 };

  for (guint i = 0; i < n_dims; i++)
    sizes[first + i]
        = shape.n_dims == 0 ? missing[first + i] : shape.dims[shape.n_dims == 1 ? 0 : i];
}

static gboolean
is_same (const IscArguments *arguments)
{
  return has_parameter (arguments, "padding")
         && g_strcmp0 (isc_arguments_text (arguments, "padding"), "same") == 0;
}

/* PyTorch puts the odd one of padding='same' behind. */
static void
pad_to_same (IscSlide *window)
{
  for (guint i = 0; i < ISC_SLIDE_MAX_DIMS; i++)
    {
      gint64 total = window->dilation[i] * (window->kernel[i] - 1);

      window->padding[i] = total / 2;
      window->padding_end[i] = total - total / 2;
    }
}

static gboolean
count_positions (const IscArguments *arguments, IscSlide *window, GError **error)
{
  for (guint i = 0; i < ISC_SLIDE_MAX_DIMS; i++)
    {
      gint64 room = window->input[i] + window->padding[i] + window->padding_end[i];
      gint64 reach = window->dilation[i] * (window->kernel[i] - 1) + 1;

      if (reach > room)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%s: a kernel that reaches over %" G_GINT64_FORMAT
                       " is larger than its input of %" G_GINT64_FORMAT ", padding and all",
                       isc_arguments_get_item (arguments)->id, reach, room);
          return FALSE;
        }
      window->output[i] = (room - reach) / window->stride[i] + 1;
    }
  return TRUE;
}

gboolean
isc_slide_new (const IscArguments *arguments,
               guint n_dims,
               const IscShape *input,
               IscSlide *window,
               GError **error)
{
  static const gint64 zeros[ISC_SLIDE_MAX_DIMS] = { 0, 0, 0 };
  static const gint64 ones[ISC_SLIDE_MAX_DIMS] = { 1, 1, 1 };
  guint first = ISC_SLIDE_MAX_DIMS - n_dims;

  if (input->n_dims != n_dims + 1)
    {
      g_autofree char *text = isc_shape_to_text (input, "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s takes inputs of %u dimensions, channels first, and %s come",
                   isc_arguments_get_item (arguments)->id, n_dims + 1, text);
      return FALSE;
    }
  *window = (IscSlide){ .n_dims = n_dims, .channels = input->dims[0] };
  for (guint i = 0; i < ISC_SLIDE_MAX_DIMS; i++)
    {
      window->input[i] = i < first ? 1 : input->dims[1 + i - first];
      window->kernel[i] = window->stride[i] = window->dilation[i] = 1;
    }
  read_sizes (arguments, "kernel_size", n_dims, ones, window->kernel);
  /* A pool steps by its kernel unless it is told otherwise. */
  read_sizes (arguments, "stride", n_dims, window->kernel, window->stride);
  read_sizes (arguments, "dilation", n_dims, ones, window->dilation);
  if (is_same (arguments))
    pad_to_same (window);
  else
    {
      read_sizes (arguments, "padding", n_dims, zeros, window->padding);
      memcpy (window->padding_end, window->padding, sizeof window->padding);
    }
  return count_positions (arguments, window, error);
}

gsize
isc_slide_count_kernel (const IscSlide *window)
{
  return (gsize)(window->kernel[0] * window->kernel[1] * window->kernel[2]);
}

gsize
isc_slide_count_input (const IscSlide *window)
{
  return (gsize)(window->input[0] * window->input[1] * window->input[2]);
}

gsize
isc_slide_count_output (const IscSlide *window)
{
  return (gsize)(window->output[0] * window->output[1] * window->output[2]);
}

IscShape
isc_slide_shape (const IscSlide *window, gint64 channels)
{
  IscShape shape = isc_shape (1, channels);

  for (guint i = ISC_SLIDE_MAX_DIMS - window->n_dims; i < ISC_SLIDE_MAX_DIMS; i++)
    shape.dims[shape.n_dims++] = window->output[i];
  return shape;
}

/* Walks one row of positions of one element of the kernel: where each is in the input, or that it
 * is on the padding. */
static gboolean
is_inside (const IscSlide *window, const gint64 position[2], const gint64 element[2], gint64 at[2])
{
  for (guint i = 0; i < 2; i++)
    {
      at[i]
          = position[i] * window->stride[i] + element[i] * window->dilation[i] - window->padding[i];
      if (at[i] < 0 || at[i] >= window->input[i])
        return FALSE;
    }
  return TRUE;
}

/* One row of positions, its windows' elements @element apart from the first. */
static void
take_row (const IscSlide *window, gint64 element, const IscReal *from, IscReal *to)
{
  gint64 start = element * window->dilation[2] - window->padding[2];

  for (gint64 i = 0; i < window->output[2]; i++)
    {
      gint64 at = start + i * window->stride[2];

      to[i] = from && at >= 0 && at < window->input[2] ? from[at] : 0.0f;
    }
}

static void
add_row (const IscSlide *window, gint64 element, const IscReal *from, IscReal *to)
{
  gint64 start = element * window->dilation[2] - window->padding[2];

  for (gint64 i = 0; i < window->output[2]; i++)
    {
      gint64 at = start + i * window->stride[2];

      if (at >= 0 && at < window->input[2])
        to[at] += from[i];
    }
}

/* Visits every row of columns with the row of the input it belongs to; @fold: the other way. */
static void
walk (const IscSlide *window, gsize channels, gboolean fold, const IscReal *from, IscReal *to)
{
  const gint64 *kernel = window->kernel;
  gsize n_input = isc_slide_count_input (window);
  gsize column = 0;

  for (gsize c = 0; c < channels; c++)
    for (gint64 k = 0; k < kernel[0] * kernel[1] * kernel[2]; k++)
      {
        const gint64 element[2] = { k / (kernel[1] * kernel[2]), k / kernel[2] % kernel[1] };

        for (gint64 p = 0; p < window->output[0] * window->output[1]; p++)
          {
            const gint64 position[2] = { p / window->output[1], p % window->output[1] };
            gint64 at[2];
            gboolean inside = is_inside (window, position, element, at);
            gsize row
                = c * n_input + (gsize)((at[0] * window->input[1] + at[1]) * window->input[2]);

            if (!fold)
              take_row (window, k % kernel[2], inside ? from + row : NULL, to + column);
            else if (inside)
              add_row (window, k % kernel[2], from + column, to + row);
            column += (gsize)window->output[2];
          }
      }
}

void
isc_slide_unfold (const IscSlide *window, gsize channels, const IscReal *x, IscReal *columns)
{
  walk (window, channels, FALSE, x, columns);
}

void
isc_slide_fold (const IscSlide *window, gsize channels, const IscReal *columns, IscReal *x)
{
  walk (window, channels, TRUE, columns, x);
}
