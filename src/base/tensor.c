/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tensor.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/ref-count.h"

struct _IscTensor
{
  IscRefCount ref_count;
  char *name;
  IscShape shape;
  gsize count;
  float *data;
  /* Whose elements these are; NULL for its own. */
  IscTensor *owner;
};

/* A cache line and an AVX-512 vector. */
#define ALIGNMENT 64

/* A large page of the system's.  Large tensors stand on them, where the system gives them to who
 * asks: to be given a million weights in small pages takes longer than to draw them at random. */
#define LARGE_PAGE ((gsize)2 << 20)

/* The elements of @tensor under another name and shape. */
static IscTensor *
share (IscTensor *tensor, const char *name, const IscShape *shape)
{
  IscTensor *shared = g_new0 (IscTensor, 1);

  isc_ref_count_init (&shared->ref_count);
  shared->name = g_strdup (name);
  shared->shape = *shape;
  shared->count = tensor->count;
  shared->data = tensor->data;
  shared->owner = isc_tensor_ref (tensor);
  return shared;
}

IscShape
isc_shape (guint n_dims, ...)
{
  IscShape shape = { .n_dims = n_dims };
  va_list dims;

  g_return_val_if_fail (n_dims <= ISC_TENSOR_MAX_DIMS, shape);

  va_start (dims, n_dims);
  for (guint i = 0; i < n_dims; i++)
    shape.dims[i] = va_arg (dims, gint64);
  va_end (dims);
  return shape;
}

gboolean
isc_shape_count (const IscShape *shape, gint64 *count, GError **error)
{
  gint64 product = 1;

  for (guint i = 0; i < shape->n_dims; i++)
    {
      if (shape->dims[i] < 0)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%" G_GINT64_FORMAT " is not an extent of a shape: at least 0 is",
                       shape->dims[i]);
          return FALSE;
        }
      if (shape->dims[i] > 0 && product > ISC_TENSOR_MAX_ELEMENTS / shape->dims[i])
        {
          double elements = 1.0;
          g_autofree char *text = isc_shape_to_text (shape, "×");
          g_autofree char *limit = isc_count_to_label (ISC_TENSOR_MAX_ELEMENTS);

          for (guint j = 0; j < shape->n_dims; j++)
            elements *= (double)shape->dims[j];
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%s is %.3g weights (%.3g GB): at most %s are allowed", text, elements,
                       elements * 4e-9, limit);
          return FALSE;
        }
      product *= shape->dims[i];
    }
  *count = product;
  return TRUE;
}

gsize
isc_shape_width (const IscShape *shape)
{
  gsize width = 1;

  for (guint i = 0; i < shape->n_dims; i++)
    width *= (gsize)shape->dims[i];
  return width;
}

gboolean
isc_shape_equal (const IscShape *a, const IscShape *b)
{
  if (a->n_dims != b->n_dims)
    return FALSE;
  for (guint i = 0; i < a->n_dims; i++)
    if (a->dims[i] != b->dims[i])
      return FALSE;
  return TRUE;
}

char *
isc_shape_to_text (const IscShape *shape, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < shape->n_dims; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i ? separator : "", shape->dims[i]);
  return g_string_free (text, FALSE);
}

gboolean
isc_shape_from_text (const char *text, IscShape *shape, GError **error)
{
  g_autoptr (GString) plain = g_string_new (text);
  g_auto (GStrv) parts = NULL;
  gint64 count;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strlen (text) > 1000 || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "the shape is not a short line of text");
      return FALSE;
    }
  g_string_replace (plain, "×", " ", 0);
  g_strdelimit (plain->str, ",xX*()[]\t", ' ');
  parts = g_strsplit (plain->str, " ", -1);

  *shape = (IscShape){ 0 };
  for (char **part = parts; *part; part++)
    {
      gint64 extent;

      if (**part == '\0')
        continue;
      if (!isc_integer_from_text (*part, &extent) || extent < 1)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "'%s' in the shape '%s' is not an extent: whole numbers of at least 1 are, "
                       "as in 784x256",
                       *part, text);
          return FALSE;
        }
      if (shape->n_dims == ISC_TENSOR_MAX_DIMS)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "the shape '%s' has more than %d dimensions", text, ISC_TENSOR_MAX_DIMS);
          return FALSE;
        }
      shape->dims[shape->n_dims++] = extent;
    }
  if (shape->n_dims == 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "'%s' is not a shape: write extents as in 784x256", text);
      return FALSE;
    }
  return isc_shape_count (shape, &count, error);
}

gboolean
isc_shape_fans (const IscShape *shape, gint64 *fan_in, gint64 *fan_out, GError **error)
{
  gint64 in, out;

  if (shape->n_dims < 2)
    {
      g_autofree char *text = isc_shape_to_text (shape, "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "fan in and fan out need at least 2 dimensions, and the shape %s has %u", text,
                   shape->n_dims);
      return FALSE;
    }

  /* A shape with an extent of 0 has any others. */
  out = shape->dims[0];
  in = shape->dims[1];
  for (guint i = 2; i < shape->n_dims; i++)
    if (__builtin_mul_overflow (in, shape->dims[i], &in)
        || __builtin_mul_overflow (out, shape->dims[i], &out))
      {
        g_autofree char *text = isc_shape_to_text (shape, "×");

        g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                     "fan in and fan out of the shape %s are too large to count", text);
        return FALSE;
      }
  if (fan_in)
    *fan_in = in;
  if (fan_out)
    *fan_out = out;
  return TRUE;
}

/* Zeros, or NULL. */
static float *
allocate (gsize n)
{
  gsize bytes = (n * sizeof (float) + ALIGNMENT) & ~(gsize)(ALIGNMENT - 1);
  void *data;

  if (posix_memalign (&data, bytes < LARGE_PAGE ? ALIGNMENT : LARGE_PAGE, bytes) != 0)
    return NULL;
#ifdef MADV_HUGEPAGE
  if (bytes >= LARGE_PAGE)
    madvise (data, bytes & ~(LARGE_PAGE - 1), MADV_HUGEPAGE);
#endif
  return memset (data, 0, bytes);
}

IscTensor *
isc_tensor_new (const char *name, const IscShape *shape, GError **error)
{
  gint64 count;
  float *data;
  IscTensor *tensor;

  g_return_val_if_fail (shape != NULL, NULL);

  if (!isc_shape_count (shape, &count, error))
    return NULL;
  data = allocate ((gsize)count);
  if (!data)
    {
      g_autofree char *text = isc_shape_to_text (shape, "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "there is no memory for a tensor of shape %s (%" G_GSIZE_FORMAT " bytes)", text,
                   (gsize)count * sizeof *data);
      return NULL;
    }

  tensor = g_new0 (IscTensor, 1);
  isc_ref_count_init (&tensor->ref_count);
  tensor->name = g_strdup (name);
  tensor->shape = *shape;
  tensor->count = (gsize)count;
  tensor->data = data;
  return tensor;
}

IscTensor *
isc_tensor_ref (IscTensor *tensor)
{
  isc_ref_count_inc (&tensor->ref_count);
  return tensor;
}

void
isc_tensor_unref (IscTensor *tensor)
{
  if (!isc_ref_count_dec (&tensor->ref_count))
    return;
  g_free (tensor->name);
  if (tensor->owner)
    isc_tensor_unref (tensor->owner);
  else
    free (tensor->data);
  g_free (tensor);
}

IscTensor *
isc_tensor_rename (IscTensor *tensor, const char *name)
{
  return share (tensor, name, &tensor->shape);
}

IscTensor *
isc_tensor_reshape (IscTensor *tensor, const IscShape *shape)
{
  gint64 count;

  g_return_val_if_fail (isc_shape_count (shape, &count, NULL) && (gsize)count == tensor->count,
                        NULL);
  return share (tensor, tensor->name, shape);
}

const char *
isc_tensor_get_name (const IscTensor *tensor)
{
  return tensor->name;
}

const IscShape *
isc_tensor_get_shape (const IscTensor *tensor)
{
  return &tensor->shape;
}

gsize
isc_tensor_get_count (const IscTensor *tensor)
{
  return tensor->count;
}

const float *
isc_tensor_get_data (const IscTensor *tensor)
{
  return tensor->data;
}

float *
isc_tensor_edit_data (IscTensor *tensor)
{
  return tensor->data;
}
