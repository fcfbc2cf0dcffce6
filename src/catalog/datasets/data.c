/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/datasets/data.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

/* Classes that a sentence names before it counts the others. */
#define MAX_NAMED 5

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
scale_columns (IscSplit *split, const double *mean, const double *scale, gsize width)
{
  float *row = split->n ? isc_tensor_edit_data (split->inputs) : NULL;

  for (gsize i = 0; i < split->n; i++, row += width)
    for (gsize j = 0; j < width; j++)
      row[j] = (float)(((double)row[j] - mean[j]) * scale[j]);
}

/* The parameters that a data set lists are those it has. */
static gboolean
has_parameter (const IscArguments *arguments, const char *name)
{
  const IscItem *item = isc_arguments_get_item (arguments);

  for (guint i = 0; i < item->n_parameters; i++)
    if (g_str_equal (item->parameters[i].name, name))
      return TRUE;
  return FALSE;
}

static double
get_number (const IscArguments *arguments, const char *name)
{
  return has_parameter (arguments, name) ? isc_arguments_number (arguments, name) : 0.0;
}

static guint64
get_split_seed (const IscArguments *arguments)
{
  if (!isc_arguments_is_none (arguments, "split_seed"))
    return isc_arguments_seed (arguments, "split_seed");
  if (has_parameter (arguments, "seed") && !isc_arguments_is_none (arguments, "seed"))
    return isc_arguments_seed (arguments, "seed");
  return 0;
}

/* The whole as the training examples, in its order. */
static gboolean
keep_whole (
    IscSplit *split, IscTensor *inputs, const gint64 *classes, IscTensor *values, GError **error)
{
  split->n = (gsize)isc_tensor_get_shape (inputs)->dims[0];
  split->inputs = isc_tensor_ref (inputs);
  split->values = values ? isc_tensor_ref (values) : NULL;
  if (!classes)
    return TRUE;
  split->classes = isc_data_new_indices (split->n, error);
  if (split->classes)
    memcpy (split->classes, classes, split->n * sizeof *classes);
  return split->classes != NULL;
}

/* Shifts and scales each feature to mean 0 and standard deviation 1 over the training examples, the
 * test examples by the same numbers.  A constant feature becomes 0.  All columns side by side, in
 * the order they lie in. */
static void
standardize (IscData *data)
{
  gsize n = data->train.n;
  gsize width = n ? row_size (data->train.inputs) : 0;
  g_autofree double *mean = g_new0 (double, width);
  g_autofree double *scale = g_new0 (double, width);
  const float *row = n ? isc_tensor_get_data (data->train.inputs) : NULL;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < width; j++)
      mean[j] += (double)row[i * width + j];
  for (gsize j = 0; j < width; j++)
    mean[j] /= (double)n;
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < width; j++)
      scale[j] += ((double)row[i * width + j] - mean[j]) * ((double)row[i * width + j] - mean[j]);
  for (gsize j = 0; j < width; j++)
    scale[j] = scale[j] > 0.0 ? 1.0 / sqrt (scale[j] / (double)n) : 0.0;
  scale_columns (&data->train, mean, scale, width);
  scale_columns (&data->test, mean, scale, width);
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

char *
isc_data_explain_gaps (const IscData *data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GString *text;
  gint64 n_missing;
  guint n_named = 0;

  for (gsize i = 0; data->train.classes && i < data->train.n; i++)
    g_hash_table_add (seen, &data->train.classes[i]);
  n_missing = data->train.classes ? data->n_classes - g_hash_table_size (seen) : 0;
  if (n_missing == 0)
    return NULL;
  text = g_string_new (n_missing == 1 ? "no training example is of class "
                                      : "no training example is of the classes ");
  for (gint64 k = 0; k < data->n_classes && n_named < MAX_NAMED; k++)
    if (!g_hash_table_contains (seen, &k))
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, n_named++ ? ", " : "", k);
  if (n_missing > n_named)
    g_string_append_printf (text, " and %" G_GINT64_FORMAT " more", n_missing - n_named);
  return g_string_free (text, FALSE);
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

IscTensor *
isc_data_shape_examples (IscTensor *inputs, const IscShape *example)
{
  IscShape shape = isc_shape (1, isc_tensor_get_shape (inputs)->dims[0]);

  for (guint i = 0; i < example->n_dims; i++)
    shape.dims[shape.n_dims++] = example->dims[i];
  return isc_tensor_reshape (inputs, &shape);
}

gsize
isc_data_count_training (const IscArguments *arguments, gsize n)
{
  return n - (gsize)floor (get_number (arguments, "test_fraction") * (double)n);
}

gsize
isc_data_count_samples (const IscArguments *arguments)
{
  return (gsize)get_number (arguments, "samples");
}

IscData *
isc_data_new_common (const IscArguments *arguments,
                     IscTensor *inputs,
                     const gint64 *classes,
                     IscTensor *values,
                     gint64 n_classes,
                     GError **error)
{
  g_autoptr (IscData) data
      = isc_data_new_split (arguments, inputs, classes, values, n_classes, error);

  if (!data)
    return NULL;
  if (has_parameter (arguments, "standardize") && isc_arguments_boolean (arguments, "standardize"))
    standardize (data);
  return isc_data_add_label_noise (data, arguments, error) ? g_steal_pointer (&data) : NULL;
}

IscData *
isc_data_new_split (const IscArguments *arguments,
                    IscTensor *inputs,
                    const gint64 *classes,
                    IscTensor *values,
                    gint64 n_classes,
                    GError **error)
{
  g_autoptr (IscData) data = isc_data_new ();
  gsize n = (gsize)isc_tensor_get_shape (inputs)->dims[0];
  gsize n_test = n - isc_data_count_training (arguments, n);
  g_autoptr (IscGenerator) generator = NULL;
  g_autofree gint64 *order = NULL;

  data->n_classes = n_classes;
  if (n_test == 0)
    return keep_whole (&data->train, inputs, classes, values, error) ? g_steal_pointer (&data)
                                                                     : NULL;
  order = isc_data_new_indices (n, error);
  if (!order)
    return NULL;
  generator = isc_generator_new (get_split_seed (arguments));
  isc_generator_permutation (generator, order, n);
  if (!fill_split (&data->test, inputs, classes, values, order, n_test, error)
      || !fill_split (&data->train, inputs, classes, values, order + n_test, n - n_test, error))
    return NULL;
  return g_steal_pointer (&data);
}

gboolean
isc_data_add_label_noise (IscData *data, const IscArguments *arguments, GError **error)
{
  gsize n = (gsize)floor (get_number (arguments, "label_noise") * (double)data->train.n + 0.5);
  g_autoptr (IscGenerator) generator = NULL;
  g_autofree gint64 *order = NULL;
  g_autofree gint64 *steps = NULL;

  if (n == 0 || data->n_classes < 2)
    return TRUE;
  order = isc_data_new_indices (data->train.n, error);
  steps = order ? isc_data_new_indices (n, error) : NULL;
  if (!steps)
    return FALSE;
  generator = isc_generator_new (isc_arguments_seed (arguments, "label_noise_seed"));
  isc_generator_permutation (generator, order, data->train.n);
  isc_generator_integers (generator, steps, n, 1, data->n_classes);
  for (gsize i = 0; i < n; i++)
    data->train.classes[order[i]] = (data->train.classes[order[i]] + steps[i]) % data->n_classes;
  return TRUE;
}
