/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/datasets/data.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/ref-count.h"

static gsize
row_size (const IscTensor *tensor)
{
  gsize rows = (gsize)isc_tensor_get_shape (tensor)->dims[0];

  return rows ? isc_tensor_get_count (tensor) / rows : 0;
}

/* The rows of @tensor that @order names, as a new tensor. */
static IscTensor *
take_rows (const IscTensor *tensor, const gint64 *order, gsize n, GError **error)
{
  IscShape shape = *isc_tensor_get_shape (tensor);
  gsize width = row_size (tensor);
  const float *from = isc_tensor_get_data (tensor);
  IscTensor *taken;

  shape.dims[0] = (gint64)n;
  taken = isc_tensor_new (NULL, &shape, error);
  if (!taken)
    return NULL;
  for (gsize i = 0; i < n; i++)
    memcpy (isc_tensor_edit_data (taken) + i * width, from + (gsize)order[i] * width,
            width * sizeof (float));
  return taken;
}

static gboolean
fill_split (IscSplit *split,
            const IscTensor *inputs,
            const gint64 *classes,
            const IscTensor *values,
            const gint64 *order,
            gsize n,
            GError **error)
{
  split->n = n;
  if (n == 0)
    return TRUE;
  split->inputs = take_rows (inputs, order, n, error);
  if (!split->inputs)
    return FALSE;
  if (classes)
    {
      split->classes = isc_data_new_indices (n, error);
      if (!split->classes)
        return FALSE;
      for (gsize i = 0; i < n; i++)
        split->classes[i] = classes[order[i]];
    }
  if (values)
    split->values = take_rows (values, order, n, error);
  return !values || split->values;
}

static void
clear_split (IscSplit *split)
{
  g_clear_pointer (&split->inputs, isc_tensor_unref);
  g_clear_pointer (&split->values, isc_tensor_unref);
  g_clear_pointer (&split->classes, g_free);
}

static void
standardize_column (IscSplit *split, gsize column, gsize width, double mean, double scale)
{
  float *data;

  if (split->n == 0)
    return;
  data = isc_tensor_edit_data (split->inputs);
  for (gsize i = 0; i < split->n; i++)
    data[i * width + column] = (float)(((double)data[i * width + column] - mean) * scale);
}

IscData *
isc_data_new (void)
{
  IscData *data = g_new0 (IscData, 1);

  isc_ref_count_init (&data->ref_count);
  return data;
}

IscData *
isc_data_ref (IscData *data)
{
  isc_ref_count_inc (&data->ref_count);
  return data;
}

void
isc_data_unref (IscData *data)
{
  if (!isc_ref_count_dec (&data->ref_count))
    return;
  clear_split (&data->train);
  clear_split (&data->test);
  g_free (data);
}

gint64 *
isc_data_new_indices (gsize n, GError **error)
{
  gint64 *indices = g_try_new (gint64, MAX (n, 1));

  if (!indices)
    g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                 "there is no memory for the labels or the order of %" G_GSIZE_FORMAT " examples",
                 n);
  return indices;
}

IscData *
isc_data_new_split (IscTensor *inputs,
                    const gint64 *classes,
                    IscTensor *values,
                    gint64 n_classes,
                    double fraction,
                    guint64 seed,
                    GError **error)
{
  g_autoptr (IscData) data = isc_data_new ();
  gsize n = (gsize)isc_tensor_get_shape (inputs)->dims[0];
  gsize n_test = (gsize)floor (fraction * (double)n);
  g_autofree gint64 *order = isc_data_new_indices (n, error);

  if (!order)
    return NULL;
  if (n_test > 0)
    {
      g_autoptr (IscGenerator) generator = isc_generator_new (seed);

      isc_generator_permutation (generator, order, n);
    }
  else
    for (gsize i = 0; i < n; i++)
      order[i] = (gint64)i;

  data->n_classes = n_classes;
  if (!fill_split (&data->test, inputs, classes, values, order, n_test, error)
      || !fill_split (&data->train, inputs, classes, values, order + n_test, n - n_test, error))
    return NULL;
  return g_steal_pointer (&data);
}

void
isc_data_standardize (IscData *data)
{
  gsize width;

  if (data->train.n == 0)
    return;
  width = row_size (data->train.inputs);
  for (gsize column = 0; column < width; column++)
    {
      const float *x = isc_tensor_get_data (data->train.inputs) + column;
      double n = (double)data->train.n;
      double mean = 0.0;
      double square = 0.0;
      double scale;

      for (gsize i = 0; i < data->train.n; i++)
        mean += (double)x[i * width];
      mean /= n;
      for (gsize i = 0; i < data->train.n; i++)
        square += ((double)x[i * width] - mean) * ((double)x[i * width] - mean);
      scale = square > 0.0 ? 1.0 / sqrt (square / n) : 0.0;
      standardize_column (&data->train, column, width, mean, scale);
      standardize_column (&data->test, column, width, mean, scale);
    }
}

IscData *
isc_data_from_table (const IscTensor *table,
                     float factor,
                     gint64 n_classes,
                     double fraction,
                     guint64 seed,
                     GError **error)
{
  gint64 rows = isc_tensor_get_shape (table)->dims[0];
  gint64 columns = isc_tensor_get_shape (table)->dims[1];
  IscShape shape = isc_shape (2, rows, columns - 1);
  g_autoptr (IscTensor) inputs = isc_tensor_new (NULL, &shape, error);
  g_autofree gint64 *classes = isc_data_new_indices ((gsize)rows, error);
  const float *from = isc_tensor_get_data (table);
  float *to;

  if (!inputs || !classes)
    return NULL;
  to = isc_tensor_edit_data (inputs);
  for (gint64 i = 0; i < rows; i++, from += columns)
    {
      for (gint64 j = 0; j < columns - 1; j++)
        *to++ = from[j] * factor;
      classes[i] = (gint64)from[columns - 1];
    }
  return isc_data_new_split (inputs, classes, NULL, n_classes, fraction, seed, error);
}
