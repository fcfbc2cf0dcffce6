/* SPDX-License-Identifier: GPL-3.0-or-later */

/* MNIST: the first 6,000 training and first 1,000 test images, shipped with the program.  Pixels
 * are divided by 255, as torchvision's ToTensor does; standardize=True then subtracts 0.1307 and
 * divides by 0.3081, the usual numbers of the whole set. */

#include <string.h>

#include "catalog/datasets/datasets.h"

#define N_CLASSES 10

static const IscDatasetSource sources[] = {
  { .resource = "mnist/train-6000-images-idx3-ubyte.gz" },
  { .resource = "mnist/train-6000-labels-idx1-ubyte.gz" },
  { .resource = "mnist/t10k-1000-images-idx3-ubyte.gz" },
  { .resource = "mnist/t10k-1000-labels-idx1-ubyte.gz" },
};

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->n_classes = N_CLASSES;
  info->input
      = isc_arguments_boolean (arguments, "flatten")
            ? isc_shape (1, G_GINT64_CONSTANT (784))
            : isc_shape (3, G_GINT64_CONSTANT (1), G_GINT64_CONSTANT (28), G_GINT64_CONSTANT (28));
}

static gboolean
fill_split (const IscArguments *arguments,
            IscSplit *split,
            const IscTensor *images,
            const IscTensor *labels,
            GError **error)
{
  IscDataInfo info = { 0 };
  IscShape shape = isc_shape (1, isc_tensor_get_shape (images)->dims[0]);
  gboolean standardize = isc_arguments_boolean (arguments, "standardize");
  const float *pixels = isc_tensor_get_data (images);
  float *inputs;

  describe (arguments, &info);
  for (guint i = 0; i < info.input.n_dims; i++)
    shape.dims[shape.n_dims++] = info.input.dims[i];
  split->n = (gsize)shape.dims[0];
  split->inputs = isc_tensor_new (NULL, &shape, error);
  if (!split->inputs)
    return FALSE;

  inputs = isc_tensor_edit_data (split->inputs);
  for (gsize i = 0; i < isc_tensor_get_count (images); i++)
    {
      inputs[i] = pixels[i] / 255.0f;
      if (standardize)
        inputs[i] = (inputs[i] - 0.1307f) / 0.3081f;
    }
  split->classes = g_new (gint64, split->n);
  for (gsize i = 0; i < split->n; i++)
    split->classes[i] = (gint64)isc_tensor_get_data (labels)[i];
  return TRUE;
}

static IscData *
make (const IscArguments *arguments, IscTensor *const *files, IscGenerator *run, GError **error)
{
  g_autoptr (IscData) data = isc_data_new ();

  data->n_classes = N_CLASSES;
  if (!fill_split (arguments, &data->train, files[0], files[1], error)
      || !fill_split (arguments, &data->test, files[2], files[3], error))
    return NULL;
  return g_steal_pointer (&data);
}

static const IscParameter parameters[] = {
  { "standardize", ISC_PARAMETER_BOOLEAN, "False",
    .help = "Normalize pixels by mean 0.1307 and std 0.3081." },
  { "flatten", ISC_PARAMETER_BOOLEAN, "True",
    .help = "One row of 784 pixels instead of (1, 28, 28)." },
};

const IscDataset isc_dataset_mnist = {
  .item = {
    .id = "MNIST",
    .label = "MNIST",
    .summary = "Handwritten digits of 28×28 pixels: 6,000 to train on, 1,000 to test.",
    .formula = "784 inputs in 0..1, 10 classes",
    .citation = "LeCun, Cortes, Burges 1998, The MNIST database; CC BY-SA 3.0",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .describe = describe,
  .make = make,
};
