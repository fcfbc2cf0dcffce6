/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RandomNormal: white inputs and a linear teacher, so that there is something to learn and the
 * least loss is known: noise² for the mean squared error.  White inputs are what the theory of deep
 * linear networks assumes; trained on others, their modes do not decouple. */

#include <math.h>

#include "base/error.h"
#include "catalog/datasets/common.h"
#include "catalog/datasets/data.h"

static gboolean
has_classes (const IscArguments *arguments)
{
  return g_str_equal (isc_arguments_text (arguments, "kind"), "classes");
}

static gboolean
check (const IscArguments *arguments, GError **error)
{
  if (!has_classes (arguments) || isc_arguments_integer (arguments, "targets") > 1)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "RandomNormal: kind='classes' chooses the largest of its targets, and targets=1");
  return FALSE;
}

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  gint64 n_targets = isc_arguments_integer (arguments, "targets");

  info->known = TRUE;
  info->input = isc_shape (1, isc_arguments_integer (arguments, "features"));
  if (has_classes (arguments))
    info->n_classes = n_targets;
  else
    info->n_targets = n_targets;
}

static IscTensor *
draw (gint64 rows, gint64 columns, double std, IscGenerator *generator, GError **error)
{
  IscShape shape = isc_shape (2, rows, columns);
  IscTensor *tensor = isc_tensor_new (NULL, &shape, error);

  if (tensor)
    isc_generator_normal (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                          0.0, std);
  return tensor;
}

/* Adds x Wᵀ to @values, (n, n_targets), which hold the noise. */
static void
teach (const IscTensor *inputs, const IscTensor *teacher, IscTensor *values)
{
  const IscShape *shape = isc_tensor_get_shape (teacher);
  gsize n_targets = (gsize)shape->dims[0];
  gsize width = (gsize)shape->dims[1];
  const float *w = isc_tensor_get_data (teacher);
  float *y = isc_tensor_edit_data (values);

  for (gsize i = 0; i < isc_tensor_get_count (values); i++)
    {
      const float *x = isc_tensor_get_data (inputs) + i / n_targets * width;
      double sum = 0.0;

      for (gsize j = 0; j < width; j++)
        sum += (double)x[j] * (double)w[i % n_targets * width + j];
      y[i] += (float)sum;
    }
}

/* The largest of each row. */
static gint64 *
choose (const IscTensor *values, GError **error)
{
  gsize n = (gsize)isc_tensor_get_shape (values)->dims[0];
  gsize n_targets = (gsize)isc_tensor_get_shape (values)->dims[1];
  gint64 *classes = isc_data_new_indices (n, error);

  for (gsize i = 0; classes && i < n; i++)
    {
      const float *y = isc_tensor_get_data (values) + i * n_targets;

      classes[i] = 0;
      for (gsize j = 1; j < n_targets; j++)
        if (y[j] > y[classes[i]])
          classes[i] = (gint64)j;
    }
  return classes;
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  gint64 n = isc_arguments_integer (arguments, "samples");
  gint64 width = isc_arguments_integer (arguments, "features");
  gint64 n_targets = isc_arguments_integer (arguments, "targets");
  double noise = isc_arguments_number (arguments, "noise");
  g_autoptr (IscGenerator) generator = isc_generator_new (isc_arguments_seed (arguments, "seed"));
  g_autoptr (IscTensor) inputs = draw (n, width, 1.0, generator, error);
  g_autoptr (IscTensor) teacher
      = inputs ? draw (n_targets, width, 1.0 / sqrt ((double)width), generator, error) : NULL;
  g_autoptr (IscTensor) values = teacher ? draw (n, n_targets, noise, generator, error) : NULL;
  g_autofree gint64 *classes = NULL;

  if (!values)
    return NULL;
  teach (inputs, teacher, values);
  if (!has_classes (arguments))
    return isc_data_new_common (arguments, inputs, NULL, values, 0, error);
  classes = choose (values, error);
  return classes ? isc_data_new_common (arguments, inputs, classes, NULL, n_targets, error) : NULL;
}

static const char *const kinds[] = { "values", "classes", NULL };

static const IscParameter parameters[] = {
  ISC_DATA_SAMPLES (2, 1e7),
  { "features", ISC_PARAMETER_INTEGER, "10", 1, 1e6, .help = N_ ("Inputs of an example.") },
  { "targets", ISC_PARAMETER_INTEGER, "1", 1, 1e6, .help = N_ ("Target values, or classes.") },
  { "kind", ISC_PARAMETER_CHOICE, "'values'", .choices = kinds,
    .help = N_ ("Whether the targets are values, or the largest of them is the class.") },
  ISC_DATA_NOISE ("0.1", N_ ("Standard deviation of the noise in each target.")),
  ISC_DATA_TEST_FRACTION ("0.2"),
  ISC_DATA_SEED (N_ ("Seed of the inputs, the teacher, the noise and the split.")),
  ISC_DATA_SPLIT_SEED,
  ISC_DATA_STANDARDIZE ("False"),
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_random_normal = {
  .item = {
    .id = "RandomNormal",
    .label = N_ ("Random normal, linear teacher"),
    .summary = N_ ("Inputs of N(0, 1), and what a random linear teacher makes of them."),
    .formula = "y = x Wᵀ plus noise, W of N(0, 1/features); or the class is the largest y",
    .citation = "Saxe, McClelland, Ganguli 2014, section 1",
    ISC_PARAMETERS (parameters),
  },
  .check = check,
  .describe = describe,
  .make = make,
};
