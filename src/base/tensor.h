/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** The most dimensions a tensor may have. */
#define ISC_TENSOR_MAX_DIMS 8

/** The most elements a tensor may have: 2^31, 8 GiB of float32. */
#define ISC_TENSOR_MAX_ELEMENTS (G_GINT64_CONSTANT (1) << 31)

/**
 * IscShape:
 * @n_dims: how many dimensions, 0 for a scalar
 * @dims: the extent of each, outermost first
 *
 * A shape as PyTorch writes it; a weight matrix is (fan_out, fan_in).  A plain value.
 */
typedef struct
{
  guint n_dims;
  gint64 dims[ISC_TENSOR_MAX_DIMS];
} IscShape;

/**
 * isc_shape:
 * @n_dims: how many numbers follow
 * @...: #gint64 extents
 *
 * Returns: the shape
 */
IscShape isc_shape (guint n_dims, ...);

/**
 * isc_shape_count:
 * @shape: a shape
 * @count: (out): the product of the extents, 1 for a scalar
 * @error: return location
 *
 * Counts the elements of @shape without overflow.
 *
 * Returns: %FALSE, with ISC_ERROR_INVALID, if an extent is negative or the count is above
 *   %ISC_TENSOR_MAX_ELEMENTS
 */
gboolean isc_shape_count (const IscShape *shape, gint64 *count, GError **error);

/** isc_shape_width: Returns: the product of its dimensions, of a shape that isc_shape_count() has
 * let pass; 1 without dimensions */
gsize isc_shape_width (const IscShape *shape);

/**
 * isc_shape_equal:
 *
 * Returns: whether both shapes have the same extents
 */
gboolean isc_shape_equal (const IscShape *a, const IscShape *b);

/**
 * isc_shape_to_text:
 * @shape: a shape
 * @separator: what stands between the extents, such as ", " or "×"
 *
 * Returns: (transfer full): the extents joined by @separator, such as "256×784"
 */
char *isc_shape_to_text (const IscShape *shape, const char *separator);

/**
 * isc_shape_from_text:
 * @text: "256,784", "784x256", "784, 256", "784×256", blanks anywhere
 * @shape: (out): the shape
 * @error: return location
 *
 * Reads a shape as a person types it, with ",", "x", "X", "×", "*" or blanks between the extents.
 * Every extent is at least 1.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if @text is not a shape or has too many elements
 */
gboolean isc_shape_from_text (const char *text, IscShape *shape, GError **error);

/**
 * isc_shape_fans:
 * @shape: the shape of a weight: (d0, d1, rest...)
 * @fan_in: (out) (optional): d1 times the product of the rest
 * @fan_out: (out) (optional): d0 times the product of the rest
 * @error: return location
 *
 * Fan in and fan out as PyTorch counts them (torch.nn.init._calculate_fan_in_and_fan_out).
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if @shape has fewer than two dimensions or, holding an
 *   extent of 0, others whose product overflows
 */
gboolean isc_shape_fans (const IscShape *shape, gint64 *fan_in, gint64 *fan_out, GError **error);

/**
 * IscTensor:
 *
 * A dense row-major float32 tensor with a shape and an optional name.  Reference-counted; its
 * shape never changes.  Not locked: whoever fills it is alone with it, afterwards it is only read.
 */
typedef struct _IscTensor IscTensor;

/**
 * isc_tensor_new:
 * @name: (nullable): its state_dict name, such as "0.weight"
 * @shape: its shape
 * @error: return location
 *
 * Makes a tensor of zeros, its data aligned to 64 bytes.  The size is checked before it is
 * allocated.
 *
 * Returns: (transfer full) (nullable): the tensor; %NULL with ISC_ERROR_INVALID for an impossible
 *   shape, or ISC_ERROR_RESOURCE, naming the size, if there is no memory
 */
IscTensor *isc_tensor_new (const char *name, const IscShape *shape, GError **error);
IscTensor *isc_tensor_ref (IscTensor *tensor);
void isc_tensor_unref (IscTensor *tensor);

/** isc_tensor_rename: Returns: (transfer full): the same elements, shared, under another name; for
 *  tensors that nobody fills any more */
IscTensor *isc_tensor_rename (IscTensor *tensor, const char *name);

/** isc_tensor_reshape: Returns: (transfer full): the same elements, shared, under another shape of
 *  as many */
IscTensor *isc_tensor_reshape (IscTensor *tensor, const IscShape *shape);

/** isc_tensor_get_name: Returns: (nullable) (transfer none): the name it was made with */
const char *isc_tensor_get_name (const IscTensor *tensor);

/** isc_tensor_get_shape: Returns: (transfer none): its shape */
const IscShape *isc_tensor_get_shape (const IscTensor *tensor);

/** isc_tensor_get_count: Returns: the number of elements */
gsize isc_tensor_get_count (const IscTensor *tensor);

/** isc_tensor_get_data: Returns: (transfer none): the elements, row-major */
const float *isc_tensor_get_data (const IscTensor *tensor);

/** isc_tensor_edit_data: Returns: (transfer none): the elements, to be filled by their only owner
 */
float *isc_tensor_edit_data (IscTensor *tensor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscTensor, isc_tensor_unref)
