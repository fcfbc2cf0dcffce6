/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/dataset.h"

#include <gio/gio.h>
#include <math.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number-text.h"
#include "catalog/catalog.h"
#include "catalog/layers/layers.h"
#include "catalog/losses/losses.h"
#include "catalog/modules.h"
#include "experiment/batches.h"
#include "formats/csv.h"
#include "formats/idx.h"
#include "formats/npy.h"
#include "isc-datasets.h"

#define RESOURCE_FOLDER ISC_RESOURCE_BASE "/datasets/"

static GBytes *
read_source (const IscDatasetSource *source, const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GError) problem = NULL;
  GBytes *bytes;

  if (!source->resource)
    return isc_file_read (path, ISC_FILE_MAX_BYTES, error);
  name = g_strconcat (RESOURCE_FOLDER, source->resource, NULL);
  bytes = g_resource_lookup_data (isc_datasets_get_resource (), name, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  &problem);
  if (!bytes)
    g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "the program lacks its data file %s: %s",
                 source->resource, problem->message);
  return bytes;
}

/* Reads a file, unless its parameter is None. */
static gboolean
read_file (const IscDatasetSource *source,
           const IscArguments *arguments,
           IscDataFile *file,
           GError **error)
{
  const char *path
      = source->resource ? source->resource : isc_arguments_text (arguments, source->parameter);
  g_autoptr (GBytes) bytes = NULL;

  if (!path)
    return TRUE;
  bytes = read_source (source, path, error);
  if (!bytes)
    return FALSE;
  switch (source->format)
    {
    case ISC_DATA_CSV:
      file->cells = isc_csv_read (bytes, path, error);
      break;
    case ISC_DATA_IDX:
      file->tensor = isc_idx_read (bytes, path, error);
      break;
    case ISC_DATA_NPY:
    default:
      file->tensor = isc_npy_read (bytes, path, error);
    }
  return file->cells || file->tensor;
}

static void
clear_file (gpointer data)
{
  IscDataFile *file = data;

  g_clear_pointer (&file->tensor, isc_tensor_unref);
  g_clear_pointer (&file->cells, isc_cells_free);
}

static gsize
row_width (const IscTensor *tensor)
{
  return isc_tensor_get_count (tensor) / (gsize)isc_tensor_get_shape (tensor)->dims[0];
}

/* Training examples first: they would be what is trained on. */
static gboolean
check_labels (const IscData *data, gsize n_outputs, GError **error)
{
  gint64 n = (gint64)n_outputs;

  for (gsize i = 0; i < data->train.n + data->test.n; i++)
    {
      gboolean trains = i < data->train.n;
      gsize index = trains ? i : i - data->train.n;
      gint64 class = trains ? data->train.classes[index] : data->test.classes[index];

      if (class >= 0 && class < n)
        continue;
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "data: there are %" G_GINT64_FORMAT
                   " classes, and the network's %" G_GINT64_FORMAT
                   " outputs stand for 0..%" G_GINT64_FORMAT ": %s example %" G_GSIZE_FORMAT
                   " is of class %" G_GINT64_FORMAT,
                   data->n_classes, n, n - 1, trains ? "training" : "test", index, class);
      return FALSE;
    }
  return TRUE;
}

/* Whether what @module looks up in a table are the table's indices. */
static gboolean
check_indices (const char *which, const IscSplit *split, const IscModule *module, GError **error)
{
  gint64 n = ((const IscLayer *)module->item)->count_indices (module->arguments);
  gsize width = split->n ? row_width (split->inputs) : 0;
  const float *x = split->n ? isc_tensor_get_data (split->inputs) : NULL;

  for (gsize i = 0; i < split->n * width; i++)
    if (!(x[i] >= 0.0f && x[i] < (float)n && x[i] == floorf (x[i])))
      {
        g_autofree char *value = isc_number_to_text ((double)x[i]);

        g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                     "data: input %" G_GSIZE_FORMAT " of %s example %" G_GSIZE_FORMAT
                     " is %s, and %s takes whole numbers in 0..%" G_GINT64_FORMAT,
                     i % width, which, i / width, value, module->item->id, n - 1);
        return FALSE;
      }
  return TRUE;
}

/* Whether the data are what the first module takes. */
static gboolean
check_inputs (const IscData *data, const GPtrArray *modules, GError **error)
{
  const IscModule *first = modules->len > 0 ? isc_modules_get (modules, 0) : NULL;

  return !first || first->kind != ISC_KIND_LAYER || !((const IscLayer *)first->item)->count_indices
         || (check_indices ("training", &data->train, first, error)
             && check_indices ("test", &data->test, first, error));
}

/* Whether no batch has one example where a module can't do with it. */
static gboolean
check_batches (const IscExperiment *experiment,
               const IscData *data,
               const GPtrArray *modules,
               const IscShape *shapes,
               GError **error)
{
  guint index = isc_modules_find_batch (modules, shapes);
  const IscModule *module = index < modules->len ? isc_modules_get (modules, index) : NULL;
  g_autofree char *why
      = module ? isc_batches_explain_single (experiment, module, data->train.n) : NULL;
  g_autofree char *place = module ? isc_module_get_place (module, "network") : NULL;

  if (why)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s", place, why);
  return !why;
}

/* Follows one example's shape through the network, and counts its outputs. */
static gboolean
check_network (const IscExperiment *experiment,
               const IscData *data,
               gsize *n_outputs,
               GError **error)
{
  const IscShape *inputs = isc_tensor_get_shape (data->train.inputs);
  g_autoptr (GPtrArray) modules = isc_modules_new (isc_experiment_get_network (experiment), error);
  g_autofree IscShape *shapes = NULL;
  const IscShape *outputs;

  if (!modules)
    return FALSE;
  shapes = g_new0 (IscShape, modules->len + 1);
  shapes[0].n_dims = inputs->n_dims - 1;
  for (guint i = 0; i < shapes[0].n_dims; i++)
    shapes[0].dims[i] = inputs->dims[i + 1];
  if (!isc_modules_infer_shapes (modules, shapes, error) || !check_inputs (data, modules, error)
      || !check_batches (experiment, data, modules, shapes, error))
    return FALSE;
  outputs = &shapes[modules->len];
  *n_outputs = isc_shape_width (outputs);
  return TRUE;
}

/* What a call could not say beforehand: files have the last word on shapes and labels. */
static gboolean
check_fit (const IscExperiment *experiment, const IscData *data, GError **error)
{
  const IscItem *loss;
  gsize n_outputs;
  g_autoptr (IscArguments) arguments
      = isc_catalog_bind (ISC_KIND_LOSS, isc_experiment_get_loss (experiment), &loss, error);

  if (!arguments || !check_network (experiment, data, &n_outputs, error))
    return FALSE;
  if (!isc_loss_check ((const IscLoss *)loss, arguments, n_outputs, error))
    {
      g_prefix_error (error, "loss: ");
      return FALSE;
    }
  if (((const IscLoss *)loss)->wants_classes != (data->train.classes != NULL))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "data: %s wants %s, and the targets are %s",
                   loss->id, data->train.classes ? "values" : "classes",
                   data->train.classes ? "classes" : "values");
      return FALSE;
    }
  if (data->train.classes)
    return check_labels (data, n_outputs, error);
  if (row_width (data->train.values) == n_outputs)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "data: an example has %" G_GSIZE_FORMAT
               " target values, and the network has %" G_GSIZE_FORMAT " outputs",
               row_width (data->train.values), n_outputs);
  return FALSE;
}

/* Files of one class are a mistake; who draws one class at random has asked for it. */
static gboolean
check_classes (const IscDataset *dataset, const IscData *data, GError **error)
{
  const gint64 *classes = data->train.classes;

  if (dataset->n_sources == 0 || !classes)
    return TRUE;
  for (gsize i = 1; i < data->train.n; i++)
    if (classes[i] != classes[0])
      return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "every training example is of class %" G_GINT64_FORMAT
               ", and there must be two to tell apart",
               classes[0]);
  return FALSE;
}

static IscData *
make_data (const IscDataset *dataset,
           const IscArguments *arguments,
           IscGenerator *generator,
           GError **error)
{
  g_autoptr (GArray) files = g_array_sized_new (FALSE, TRUE, sizeof (IscDataFile), 4);
  g_autoptr (IscData) data = NULL;

  if (!isc_dataset_check (dataset, arguments, error))
    return NULL;
  g_array_set_clear_func (files, clear_file);
  g_array_set_size (files, dataset->n_sources);
  for (guint i = 0; i < dataset->n_sources; i++)
    if (!read_file (&dataset->sources[i], arguments, &g_array_index (files, IscDataFile, i), error))
      return NULL;
  data = dataset->make (arguments, (IscDataFile *)files->data, generator, error);
  return data && check_classes (dataset, data, error) ? g_steal_pointer (&data) : NULL;
}

gboolean
isc_dataset_draws_from_run (const IscExperiment *experiment)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = isc_catalog_bind (ISC_KIND_DATASET, isc_experiment_get_data (experiment), &item, NULL);
  const IscDataset *dataset = (const IscDataset *)item;

  return arguments && dataset->draws_from_run && dataset->draws_from_run (arguments);
}

IscData *
isc_dataset_load (const IscExperiment *experiment, IscGenerator *generator, GError **error)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = isc_catalog_bind (ISC_KIND_DATASET, isc_experiment_get_data (experiment), &item, error);
  g_autoptr (IscData) data
      = arguments ? make_data ((const IscDataset *)item, arguments, generator, error) : NULL;

  if (!data)
    {
      g_prefix_error (error, "data: ");
      return NULL;
    }
  return check_fit (experiment, data, error) ? g_steal_pointer (&data) : NULL;
}
