/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"
#include "catalog/item.h"

/** The most dimensions that a window slides along. */
#define ISC_SLIDE_MAX_DIMS 3

/**
 * IscSlide:
 * @n_dims: dimensions it slides along; the arrays hold as many, extents of 1 in front of them
 * @channels: of the input
 * @input: extents of the input, without its channels
 * @kernel: extents of the window
 * @stride: steps between two positions
 * @padding: what is added in front
 * @padding_end: what is added behind
 * @dilation: steps between two elements of the window
 * @output: positions
 *
 * How a convolution or a pool slides over one example.  Always three dimensions: a sequence is an
 * image of one row.  A plain value.
 */
typedef struct
{
  guint n_dims;
  gint64 channels;
  gint64 input[ISC_SLIDE_MAX_DIMS];
  gint64 kernel[ISC_SLIDE_MAX_DIMS];
  gint64 stride[ISC_SLIDE_MAX_DIMS];
  gint64 padding[ISC_SLIDE_MAX_DIMS];
  gint64 padding_end[ISC_SLIDE_MAX_DIMS];
  gint64 dilation[ISC_SLIDE_MAX_DIMS];
  gint64 output[ISC_SLIDE_MAX_DIMS];
} IscSlide;

/**
 * isc_slide_new:
 * @arguments: kernel_size and, where the item has them, stride, padding, dilation
 * @n_dims: how many dimensions
 * @input: one example, (channels, extents...)
 * @window: (out): the window, its outputs counted
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if @input has other dimensions or the window does not fit
 */
gboolean isc_slide_new (const IscArguments *arguments,
                        guint n_dims,
                        const IscShape *input,
                        IscSlide *window,
                        GError **error);

/** isc_slide_count_kernel: Returns: elements of the window */
gsize isc_slide_count_kernel (const IscSlide *window);

/** isc_slide_count_input: Returns: elements of one channel of the input */
gsize isc_slide_count_input (const IscSlide *window);

/** isc_slide_count_output: Returns: positions */
gsize isc_slide_count_output (const IscSlide *window);

/** isc_slide_shape: Returns: (channels, positions...) */
IscShape isc_slide_shape (const IscSlide *window, gint64 channels);

/** What may be written behind the last number of what these functions write, or read behind the
 * planes: rows are copied in whole vectors. */
#define ISC_SLIDE_SLACK 16

/** isc_slide_count_padded: Returns: elements of one channel of the input with its padding */
gsize isc_slide_count_padded (const IscSlide *window);

/**
 * isc_slide_pad:
 * @x: @channels channels of one example
 * @planes: (out): the same with zeros for padding, @channels · isc_slide_count_padded() numbers and
 *   %ISC_SLIDE_SLACK more
 */
void isc_slide_pad (const IscSlide *window, gsize channels, const IscReal *x, IscReal *planes);

/** isc_slide_unpad: the other way: @x is what of @planes is not padding */
void isc_slide_unpad (const IscSlide *window, gsize channels, const IscReal *planes, IscReal *x);

/**
 * isc_slide_unfold:
 * @planes: what isc_slide_pad() makes
 * @columns: (out): (channels · kernel, positions), and %ISC_SLIDE_SLACK numbers more
 */
void
isc_slide_unfold (const IscSlide *window, gsize channels, const IscReal *planes, IscReal *columns);

/** isc_slide_fold: adds every element of @columns to where isc_slide_unfold() took it from */
void
isc_slide_fold (const IscSlide *window, gsize channels, const IscReal *columns, IscReal *planes);
