/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arrays: a person's own data from two .npy files.  Whole numbers in a one-dimensional array of
 * targets are classes, anything else is values; kind says it when the guess would be wrong. */

#include <math.h>

#include "base/error.h"
#include "catalog/datasets/common.h"
#include "catalog/datasets/data.h"

static const IscDatasetSource sources[] = {
  { .parameter = "inputs", .format = ISC_DATA_NPY },
  { .parameter = "targets", .format = ISC_DATA_NPY },
};

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  if (!g_str_equal (isc_arguments_text (arguments, "kind"), "classes"))
    return;
  info->known = TRUE;
  info->n_classes = ISC_DATA_COUNTED;
}

static gboolean
are_classes (const IscArguments *arguments, const IscTensor *targets)
{
  const char *kind = isc_arguments_text (arguments, "kind");
  const float *values = isc_tensor_get_data (targets);

  if (!g_str_equal (kind, "auto"))
    return g_str_equal (kind, "classes");
  if (isc_tensor_get_shape (targets)->n_dims != 1)
    return FALSE;
  for (gsize i = 0; i < isc_tensor_get_count (targets); i++)
    if (values[i] != floorf (values[i]) || !isfinite (values[i]))
      return FALSE;
  return TRUE;
}

static gint64 *
read_classes (const IscTensor *targets, gint64 *n_classes, GError **error)
{
  const float *values = isc_tensor_get_data (targets);
  gsize n = isc_tensor_get_count (targets);
  g_autofree gint64 *classes = NULL;

  if (n != (gsize)isc_tensor_get_shape (targets)->dims[0])
    {
      g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (targets), "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "Arrays: classes are one label an example, and targets is of shape %s", shape);
      return NULL;
    }
  classes = isc_data_new_indices (n, error);
  if (!classes)
    return NULL;
  *n_classes = 1;
  for (gsize i = 0; i < n; i++)
    {
      if (!(values[i] >= 0.0f && values[i] < 1e6f) || values[i] != floorf (values[i]))
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "Arrays: targets[%" G_GSIZE_FORMAT
                       "] is %g, and a label is a whole number from 0 up",
                       i, (double)values[i]);
          return NULL;
        }
      classes[i] = (gint64)values[i];
      *n_classes = MAX (*n_classes, classes[i] + 1);
    }
  return g_steal_pointer (&classes);
}

static gboolean
check_files (IscTensor *inputs, IscTensor *targets, GError **error)
{
  const IscShape *x = isc_tensor_get_shape (inputs);
  const IscShape *y = isc_tensor_get_shape (targets);

  if (x->n_dims < 2 || y->n_dims < 1 || x->dims[0] < 1 || isc_tensor_get_count (inputs) == 0
      || isc_tensor_get_count (targets) == 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "Arrays: inputs must be of shape (examples, features) and targets of shape "
                   "(examples,) "
                   "or (examples, targets), and neither may be empty");
      return FALSE;
    }
  if (x->dims[0] != y->dims[0])
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "Arrays: inputs has %" G_GINT64_FORMAT " rows and targets has %" G_GINT64_FORMAT
                   ": they must be as many",
                   x->dims[0], y->dims[0]);
      return FALSE;
    }
  return TRUE;
}

/* PyTorch would train on them, and every loss would be NaN from the first step. */
static gboolean
check_finite (const IscTensor *tensor, const char *name, GError **error)
{
  const float *values = isc_tensor_get_data (tensor);
  gsize n = isc_tensor_get_count (tensor);
  gsize width = n / (gsize)isc_tensor_get_shape (tensor)->dims[0];

  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      {
        g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                     "Arrays: %s holds %s: number %" G_GSIZE_FORMAT " of row %" G_GSIZE_FORMAT
                     " (both counted from 0) is not finite",
                     name, isnan (values[i]) ? "NaN" : "infinity", i % width, i / width);
        return FALSE;
      }
  return TRUE;
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  IscTensor *inputs = files[0].tensor;
  IscTensor *targets = files[1].tensor;
  g_autofree gint64 *classes = NULL;
  gint64 n_classes = 0;

  if (!check_files (inputs, targets, error) || !check_finite (inputs, "inputs", error)
      || !check_finite (targets, "targets", error))
    return NULL;
  if (are_classes (arguments, targets))
    {
      classes = read_classes (targets, &n_classes, error);
      if (!classes)
        return NULL;
    }
  return isc_data_new_common (arguments, inputs, classes, classes ? NULL : targets, n_classes,
                              error);
}

static const char *const kinds[] = { "auto", "classes", "values", NULL };
static const char *const endings[] = { ".npy", NULL };

static const IscParameter parameters[] = {
  { "inputs", ISC_PARAMETER_FILE, NULL, .choices = endings,
    .help = N_ ("A .npy file of shape (examples, features).") },
  { "targets", ISC_PARAMETER_FILE, NULL, .choices = endings,
    .help = N_ ("A .npy file of labels or of target values.") },
  { "kind", ISC_PARAMETER_CHOICE, "'auto'", .choices = kinds,
    .help = N_ ("What the targets are.") },
  ISC_DATA_STANDARDIZE ("False"),
  ISC_DATA_TEST_FRACTION ("0"),
  ISC_DATA_SEED (N_ ("Seed of the split.")),
  ISC_DATA_SPLIT_SEED,
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_arrays = {
  .item = {
    .id = "Arrays",
    .label = N_ ("Own arrays"),
    .summary = N_ ("Your own examples from two NumPy files."),
    .formula = "X = numpy.load(inputs); y = numpy.load(targets)",
    .citation = "numpy.save",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .describe = describe,
  .make = make,
};
