/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/datasets/images.h"

#include <math.h>

#include "base/error.h"
#include "catalog/datasets/data.h"

/* (n, height, width) has one channel; what has other dimensions keeps them. */
static IscShape
example_shape (const IscShape *images, gboolean flatten)
{
  IscShape shape = { 0 };
  gint64 count = 1;

  if (images->n_dims == 3)
    shape.dims[shape.n_dims++] = 1;
  for (guint i = 1; i < images->n_dims; i++)
    {
      shape.dims[shape.n_dims++] = images->dims[i];
      count *= images->dims[i];
    }
  return flatten ? isc_shape (1, count) : shape;
}

static gboolean
check_files (const IscTensor *images, const IscTensor *labels, GError **error)
{
  const IscShape *x = isc_tensor_get_shape (images);
  const IscShape *y = isc_tensor_get_shape (labels);

  if (y->n_dims != 1 || x->n_dims < 2)
    {
      const IscTensor *wrong = y->n_dims != 1 ? labels : images;
      g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (wrong), "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is of shape %s: %s",
                   isc_tensor_get_name (wrong), shape,
                   wrong == labels ? "labels are one number an image"
                                   : "images are count×height×width");
      return FALSE;
    }
  if (x->dims[0] != y->dims[0])
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s holds %" G_GINT64_FORMAT " images and %s %" G_GINT64_FORMAT
                   " labels: they must be as many",
                   isc_tensor_get_name (images), x->dims[0], isc_tensor_get_name (labels),
                   y->dims[0]);
      return FALSE;
    }
  if (isc_tensor_get_count (images) == 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s holds no image",
                   isc_tensor_get_name (images));
      return FALSE;
    }
  return TRUE;
}

/* The images, in place, as floats in 0..1. */
static IscTensor *
take_images (const IscArguments *arguments, IscDataFile *file)
{
  g_autoptr (IscTensor) images = g_steal_pointer (&file->tensor);
  IscShape example
      = example_shape (isc_tensor_get_shape (images), isc_arguments_boolean (arguments, "flatten"));
  float *pixels = isc_tensor_edit_data (images);

  for (gsize i = 0; i < isc_tensor_get_count (images); i++)
    pixels[i] /= 255.0f;
  return isc_data_shape_examples (images, &example);
}

static gint64 *
read_labels (const IscTensor *labels, gint64 *n_classes, GError **error)
{
  gsize n = isc_tensor_get_count (labels);
  gint64 *classes = isc_data_new_indices (n, error);

  for (gsize i = 0; classes && i < n; i++)
    {
      classes[i] = (gint64)isc_tensor_get_data (labels)[i];
      *n_classes = MAX (*n_classes, classes[i] + 1);
    }
  return classes;
}

static gboolean
add_test (const IscArguments *arguments, IscDataFile *files, IscData *data, GError **error)
{
  const IscShape *train = isc_tensor_get_shape (data->train.inputs);
  const IscShape *test;

  if (!check_files (files[ISC_IMAGES_TEST].tensor, files[ISC_IMAGES_TEST_LABELS].tensor, error))
    return FALSE;
  data->test.classes = read_labels (files[ISC_IMAGES_TEST_LABELS].tensor, &data->n_classes, error);
  if (!data->test.classes)
    return FALSE;
  data->test.inputs = take_images (arguments, &files[ISC_IMAGES_TEST]);
  test = isc_tensor_get_shape (data->test.inputs);
  data->test.n = (gsize)test->dims[0];
  if (isc_tensor_get_count (data->test.inputs) / data->test.n
      != isc_tensor_get_count (data->train.inputs) / data->train.n)
    {
      g_autofree char *a = isc_shape_to_text (train, "×");
      g_autofree char *b = isc_shape_to_text (test, "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "the training images are of shape %s and the test images of shape %s: they must "
                   "be of one size",
                   a, b);
      return FALSE;
    }
  return TRUE;
}

/* All pixels by one number each: a constant border stays what it is beside the others. */
static void
measure_pixels (const IscSplit *split, float scale[2])
{
  const float *pixels = isc_tensor_get_data (split->inputs);
  gsize n = isc_tensor_get_count (split->inputs);
  double mean = 0.0;
  double square = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += (double)pixels[i];
  mean /= (double)n;
  for (gsize i = 0; i < n; i++)
    square += ((double)pixels[i] - mean) * ((double)pixels[i] - mean);
  scale[0] = (float)mean;
  scale[1] = square > 0.0 ? (float)sqrt (square / (double)n) : 1.0f;
}

static void
scale_pixels (IscSplit *split, const float scale[2])
{
  gsize n = split->n ? isc_tensor_get_count (split->inputs) : 0;
  float *pixels = n ? isc_tensor_edit_data (split->inputs) : NULL;

  for (gsize i = 0; i < n; i++)
    pixels[i] = (pixels[i] - scale[0]) / scale[1];
}

IscData *
isc_data_new_images (const IscArguments *arguments,
                     IscDataFile *files,
                     gint64 n_classes,
                     const float *scale,
                     GError **error)
{
  g_autoptr (IscTensor) images = NULL;
  g_autofree gint64 *labels = NULL;
  g_autoptr (IscData) data = NULL;
  float measured[2];

  if (!check_files (files[ISC_IMAGES_TRAIN].tensor, files[ISC_IMAGES_TRAIN_LABELS].tensor, error))
    return NULL;
  labels = read_labels (files[ISC_IMAGES_TRAIN_LABELS].tensor, &n_classes, error);
  if (!labels)
    return NULL;
  images = take_images (arguments, &files[ISC_IMAGES_TRAIN]);
  data = isc_data_new_split (arguments, images, labels, NULL, n_classes, error);
  if (!data || (files[ISC_IMAGES_TEST].tensor && !add_test (arguments, files, data, error)))
    return NULL;
  if (isc_arguments_boolean (arguments, "standardize"))
    {
      if (!scale)
        measure_pixels (&data->train, measured);
      scale_pixels (&data->train, scale ? scale : measured);
      scale_pixels (&data->test, scale ? scale : measured);
    }
  return isc_data_add_label_noise (data, arguments, error) ? g_steal_pointer (&data) : NULL;
}

void
isc_data_describe_images (
    const IscArguments *arguments, gint64 height, gint64 width, gint64 n_classes, IscDataInfo *info)
{
  IscShape image = isc_shape (3, G_GINT64_CONSTANT (1), height, width);

  info->known = TRUE;
  info->n_classes = n_classes;
  info->input = example_shape (&image, isc_arguments_boolean (arguments, "flatten"));
}
