/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/layers/slide.h"

#include <string.h>

#include "base/clones.h"
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
                   "%s takes inputs of %u dimensions, channels first%s, and %s come",
                   isc_arguments_get_item (arguments)->id, n_dims + 1,
                   n_dims == 2 && input->n_dims == 1 ? ", as data with flatten=False have them"
                                                     : "",
                   text);
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

/* Extents of a plane: the input and its padding. */
static void
get_padded (const IscSlide *window, gsize extents[ISC_SLIDE_MAX_DIMS])
{
  for (guint i = 0; i < ISC_SLIDE_MAX_DIMS; i++)
    extents[i] = (gsize)(window->input[i] + window->padding[i] + window->padding_end[i]);
}

gsize
isc_slide_count_padded (const IscSlide *window)
{
  gsize extents[ISC_SLIDE_MAX_DIMS];

  get_padded (window, extents);
  return extents[0] * extents[1] * extents[2];
}

/* Where row @row of a channel of the input begins in its plane. */
static gsize
find_row (const IscSlide *window, gsize row)
{
  gsize extents[ISC_SLIDE_MAX_DIMS];
  gsize n = (gsize)window->input[1];

  get_padded (window, extents);
  return ((row / n + (gsize)window->padding[0]) * extents[1] + row % n + (gsize)window->padding[1])
             * extents[2]
         + (gsize)window->padding[2];
}

void
isc_slide_pad (const IscSlide *window, gsize channels, const IscReal *x, IscReal *planes)
{
  gsize n_rows = (gsize)(window->input[0] * window->input[1]);
  gsize width = (gsize)window->input[2];
  gsize n_padded = isc_slide_count_padded (window);

  memset (planes, 0, (channels * n_padded + ISC_SLIDE_SLACK) * sizeof *planes);
  for (gsize c = 0; c < channels; c++)
    for (gsize row = 0; row < n_rows; row++)
      memcpy (planes + c * n_padded + find_row (window, row), x + (c * n_rows + row) * width,
              width * sizeof *x);
}

void
isc_slide_unpad (const IscSlide *window, gsize channels, const IscReal *planes, IscReal *x)
{
  gsize n_rows = (gsize)(window->input[0] * window->input[1]);
  gsize width = (gsize)window->input[2];
  gsize n_padded = isc_slide_count_padded (window);

  for (gsize c = 0; c < channels; c++)
    for (gsize row = 0; row < n_rows; row++)
      memcpy (x + (c * n_rows + row) * width, planes + c * n_padded + find_row (window, row),
              width * sizeof *x);
}

/* One row of positions.  What a whole vector copies too much, the next row writes over. */
static inline __attribute__ ((always_inline)) void
take_row (const IscReal *from, gsize stride, IscReal *to, gsize n)
{
  if (stride == 1)
    for (gsize i = 0; i < n; i += ISC_SLIDE_SLACK)
      memcpy (to + i, from + i, ISC_SLIDE_SLACK * sizeof *to);
  else
    for (gsize i = 0; i < n; i++)
      to[i] = from[i * stride];
}

static inline __attribute__ ((always_inline)) void
add_row (const IscReal *restrict from, IscReal *restrict to, gsize stride, gsize n)
{
  if (stride == 1)
    for (gsize i = 0; i < n; i++)
      to[i] += from[i];
  else
    for (gsize i = 0; i < n; i++)
      to[i * stride] += from[i];
}

/* Visits every row of columns with the row of a plane it belongs to: one is copied from @planes, or
 * added to it if @fold. */
static inline __attribute__ ((always_inline)) void
walk (const IscSlide *w,
      gsize channels,
      gsize stride,
      gboolean fold,
      IscReal *planes,
      IscReal *columns)
{
  gsize n = (gsize)w->output[2], n_elements = isc_slide_count_kernel (w);
  gsize extents[ISC_SLIDE_MAX_DIMS];
  gsize plane, down, deep;

  get_padded (w, extents);
  plane = extents[1] * extents[2];
  down = (gsize)w->stride[1] * extents[2];
  deep = (gsize)w->stride[0] * plane;
  for (gsize c = 0; c < channels; c++, planes += extents[0] * plane)
    for (gsize k = 0; k < n_elements; k++)
      {
        gsize across = (gsize)w->kernel[2], rows = (gsize)w->kernel[1];
        IscReal *corner = planes + k / across / rows * (gsize)w->dilation[0] * plane
                          + k / across % rows * (gsize)w->dilation[1] * extents[2]
                          + k % across * (gsize)w->dilation[2];

        for (gsize i = 0; i < (gsize)w->output[0]; i++)
          for (gsize j = 0; j < (gsize)w->output[1]; j++, columns += n)
            {
              IscReal *at = corner + i * deep + j * down;

              if (fold)
                add_row (columns, at, stride, n);
              else
                take_row (at, stride, columns, n);
            }
      }
}

ISC_CLONES void
isc_slide_unfold (const IscSlide *window, gsize channels, const IscReal *planes, IscReal *columns)
{
  if (window->stride[2] == 1)
    walk (window, channels, 1, FALSE, (IscReal *)planes, columns);
  else
    walk (window, channels, (gsize)window->stride[2], FALSE, (IscReal *)planes, columns);
}

ISC_CLONES void
isc_slide_fold (const IscSlide *window, gsize channels, const IscReal *columns, IscReal *planes)
{
  if (window->stride[2] == 1)
    walk (window, channels, 1, TRUE, planes, (IscReal *)columns);
  else
    walk (window, channels, (gsize)window->stride[2], TRUE, planes, (IscReal *)columns);
}
