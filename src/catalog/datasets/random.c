/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RandomClassification and RandomRegression: the dummy data of many PyTorch posts, drawn in a
 * script's order.  There is nothing to learn in them but the labels by heart, so a loss curve shows
 * the optimizer and the initialization alone. */

#include "base/error.h"
#include "catalog/datasets/common.h"
#include "catalog/datasets/data.h"

static gboolean
inputs_shape (const IscArguments *arguments, IscShape *shape, GError **error)
{
  IscShape features = isc_arguments_shape (arguments, "features");

  if (features.n_dims >= ISC_TENSOR_MAX_DIMS)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s: features has %u dimensions: at most %d are allowed, as the examples are "
                   "one",
                   isc_arguments_get_item (arguments)->id, features.n_dims,
                   ISC_TENSOR_MAX_DIMS - 1);
      return FALSE;
    }
  *shape = isc_shape (1, isc_arguments_integer (arguments, "samples"));
  for (guint i = 0; i < features.n_dims; i++)
    shape->dims[shape->n_dims++] = features.dims[i];
  return TRUE;
}

static gboolean
draws_from_run (const IscArguments *arguments)
{
  return isc_arguments_is_none (arguments, "seed");
}

/* The run's generator, or one of the data's own. */
static IscGenerator *
choose_generator (const IscArguments *arguments, IscGenerator *run, IscGenerator **own)
{
  if (draws_from_run (arguments))
    return run;
  *own = isc_generator_new (isc_arguments_seed (arguments, "seed"));
  return *own;
}

static IscTensor *
draw_normal (const IscShape *shape, IscGenerator *generator, GError **error)
{
  IscTensor *tensor = isc_tensor_new (NULL, shape, error);

  if (tensor)
    isc_generator_normal (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                          0.0, 1.0);
  return tensor;
}

static void
describe_classification (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->input = isc_arguments_shape (arguments, "features");
  info->n_classes = isc_arguments_integer (arguments, "classes");
}

static void
describe_regression (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->input = isc_arguments_shape (arguments, "features");
  info->n_targets = isc_arguments_integer (arguments, "targets");
}

static IscData *
make_classification (const IscArguments *arguments,
                     IscDataFile *files,
                     IscGenerator *run,
                     GError **error)
{
  gint64 n_classes = isc_arguments_integer (arguments, "classes");
  g_autoptr (IscGenerator) own = NULL;
  IscGenerator *generator = choose_generator (arguments, run, &own);
  g_autoptr (IscTensor) inputs = NULL;
  g_autofree gint64 *classes = NULL;
  IscShape shape;

  if (!inputs_shape (arguments, &shape, error))
    return NULL;
  inputs = draw_normal (&shape, generator, error);
  classes = inputs ? isc_data_new_indices ((gsize)shape.dims[0], error) : NULL;
  if (!classes)
    return NULL;
  isc_generator_integers (generator, classes, (gsize)shape.dims[0], 0, n_classes);
  return isc_data_new_common (arguments, inputs, classes, NULL, n_classes, error);
}

static IscData *
make_regression (const IscArguments *arguments,
                 IscDataFile *files,
                 IscGenerator *run,
                 GError **error)
{
  g_autoptr (IscGenerator) own = NULL;
  IscGenerator *generator = choose_generator (arguments, run, &own);
  g_autoptr (IscTensor) inputs = NULL;
  g_autoptr (IscTensor) values = NULL;
  IscShape shape;
  IscShape targets;

  if (!inputs_shape (arguments, &shape, error))
    return NULL;
  targets = isc_shape (2, shape.dims[0], isc_arguments_integer (arguments, "targets"));
  inputs = draw_normal (&shape, generator, error);
  values = inputs ? draw_normal (&targets, generator, error) : NULL;
  return values ? isc_data_new_common (arguments, inputs, NULL, values, 0, error) : NULL;
}

#define FEATURES                                                                                   \
  {                                                                                                \
    "features", ISC_PARAMETER_SHAPE, "10", 1, 1e8,                                                 \
        .help = N_ ("Inputs of an example: a number or a shape.")                                  \
  }
#define SEED                                                                                       \
  {                                                                                                \
    "seed", ISC_PARAMETER_SEED, "None",                                                            \
        .help                                                                                      \
        = N_ ("A seed of the data's own; None draws from the run's generator, as a script does.")  \
  }

static const IscParameter classification_parameters[] = {
  ISC_DATA_SAMPLES (1, 1e8),
  FEATURES,
  { "classes", ISC_PARAMETER_INTEGER, "3", 1, 1e6, .help = N_ ("How many classes.") },
  SEED,
  ISC_DATA_TEST_FRACTION ("0"),
  ISC_DATA_SPLIT_SEED,
};

static const IscParameter regression_parameters[] = {
  ISC_DATA_SAMPLES (1, 1e8),
  FEATURES,
  { "targets", ISC_PARAMETER_INTEGER, "1", 1, 1e6, .help = N_ ("Target values of an example.") },
  SEED,
  ISC_DATA_TEST_FRACTION ("0"),
  ISC_DATA_SPLIT_SEED,
};

const IscDataset isc_dataset_random_classification = {
  .item = {
    .id = "RandomClassification",
    .label = N_ ("Random classification"),
    .summary = N_ ("Normal inputs with random class labels: a script's dummy data."),
    .formula = "X = torch.randn(samples, features); y = torch.randint(0, classes, (samples,))",
    .citation = "torch.randn, torch.randint",
    .caution = N_ ("There is nothing to learn: a falling loss is memorizing."),
    ISC_PARAMETERS (classification_parameters),
  },
  .describe = describe_classification,
  .draws_from_run = draws_from_run,
  .make = make_classification,
};

const IscDataset isc_dataset_random_regression = {
  .item = {
    .id = "RandomRegression",
    .label = N_ ("Random regression"),
    .summary = N_ ("Normal inputs with normal targets."),
    .formula = "X = torch.randn(samples, features); y = torch.randn(samples, targets)",
    .citation = "torch.randn",
    .caution = N_ ("There is nothing to learn: a falling loss is memorizing."),
    ISC_PARAMETERS (regression_parameters),
  },
  .describe = describe_regression,
  .draws_from_run = draws_from_run,
  .make = make_regression,
};
