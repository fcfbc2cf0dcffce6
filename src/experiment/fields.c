/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/fields.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/text.h"
#include "experiment/experiment-private.h"

static const char *const pytorch_choices[] = { "2.12", "2.11", NULL };
static const char *const fans_choices[] = { "pytorch", "corrected", NULL };
static const char *const stat_choices[] = { "density", "count", "probability", "percent", NULL };
static const char *const kernel_choices[] = { "gaussian", "epanechnikov", NULL };

#define DEFAULT_NETWORK                                                                            \
  "[\"Linear(10, 64)\", \"ReLU()\", \"Linear(64, 32)\", \"ReLU()\", \"Linear(32, 3)\"]"

#define DEFAULT_INITS                                                                              \
  "[{\"label\": \"Xavier\", \"weight\": \"xavier_uniform_()\", \"bias\": \"zeros_()\"},"           \
  " {\"label\": \"Kaiming\", \"weight\": \"kaiming_normal_(nonlinearity='relu')\","                \
  " \"bias\": \"zeros_()\"},"                                                                      \
  " {\"label\": \"Normal\", \"weight\": \"normal_(std=0.02)\", \"bias\": \"zeros_()\"},"           \
  " {}]"

/* THE table: a field of the document is one row here.  The order is that of a saved file. */
static const IscField fields[] = {
  { "title", ISC_FIELD_TEXT, N_ ("Title"), N_ ("What the experiment is about; figures carry it."),
    "\"\"" },
  { "data", ISC_FIELD_CALL, N_ ("Data"), N_ ("The data set that is trained on."),
    "\"RandomClassification(samples=1000, features=10, classes=3)\"" },
  { "network", ISC_FIELD_CALLS, N_ ("Network"),
    N_ ("Layers and activations, from input to output."), DEFAULT_NETWORK },
  { "inits", ISC_FIELD_INITS, N_ ("Initializations"), N_ ("The initializations that are compared."),
    DEFAULT_INITS },
  { "inits.label", ISC_FIELD_TEXT, N_ ("Label"),
    N_ ("Its name on figures and in tables; by default the scheme's."), NULL },
  { "inits.weight", ISC_FIELD_CALL, N_ ("Weight"),
    N_ ("The scheme of every weight; null leaves the layers as they are constructed."), "null",
    .nullable = TRUE },
  { "inits.bias", ISC_FIELD_CALL, N_ ("Bias"),
    N_ ("The scheme of every bias; null leaves the layers as they are constructed."), "null",
    .nullable = TRUE },
  { "loss", ISC_FIELD_CALL, N_ ("Loss"), N_ ("What training makes small."),
    "\"CrossEntropyLoss()\"" },
  { "optimizer", ISC_FIELD_CALL, N_ ("Optimizer"), N_ ("How a gradient becomes a step."),
    "\"Adam(lr=0.001)\"" },
  { "schedule", ISC_FIELD_CALL, N_ ("Schedule"),
    N_ ("How the learning rate changes; null leaves it as the optimizer has it."), "null",
    .nullable = TRUE },
  { "batch_size", ISC_FIELD_INTEGER, N_ ("Batch size"),
    N_ ("Examples a step; null trains on all of them at once, without a loader."), "32", 1, 1e9,
    .nullable = TRUE },
  { "shuffle", ISC_FIELD_BOOLEAN, N_ ("Shuffle"),
    N_ ("Whether each epoch takes the examples in a new order."), "true" },
  { "epochs", ISC_FIELD_INTEGER, N_ ("Epochs"), N_ ("Passes over the training examples."), "20", 1,
    1e9 },
  { "steps", ISC_FIELD_INTEGER, N_ ("Steps"), N_ ("Optimizer steps, in place of epochs."), NULL, 1,
    1e9 },
  { "clip_grad_norm", ISC_FIELD_NUMBER, N_ ("Clip gradient norm"),
    N_ ("The greatest norm of a gradient, clipped before the step; null does not clip."), "null", 0,
    G_MAXDOUBLE, .nullable = TRUE },
  { "clip_grad_value", ISC_FIELD_NUMBER, N_ ("Clip gradient values"),
    N_ ("The greatest size of a gradient's element, clipped before the norm; null does not clip."),
    "null", 0, G_MAXDOUBLE, .nullable = TRUE },
  { "target_loss", ISC_FIELD_NUMBER, N_ ("Target loss"),
    N_ ("A run ends when the loss of a batch is no greater; null trains to the end."), "null",
    -G_MAXDOUBLE, G_MAXDOUBLE, .nullable = TRUE },
  { "observe_every", ISC_FIELD_INTEGER, N_ ("Observe every"),
    N_ ("Steps from one look into the layers to the next; 0 does not look, null looks about a "
        "hundred "
        "times."),
    "null", 0, 1e9, .nullable = TRUE },
  { "seeds", ISC_FIELD_SEEDS, N_ ("Seeds"), N_ ("Every initialization is run once for each seed."),
    "[0]", 1, 1000 },
  { "reseed", ISC_FIELD_BOOLEAN, N_ ("Seed each run"),
    N_ ("Whether every run starts from its seed; otherwise runs follow each other in one stream."),
    "true" },
  { "pytorch", ISC_FIELD_CHOICE, N_ ("PyTorch"),
    N_ ("Whose numbers: 2.12 and later, or 2.11 and earlier."), "\"2.12\"",
    .choices = pytorch_choices },
  { "fans", ISC_FIELD_CHOICE, N_ ("Fans"),
    N_ ("How fan_in and fan_out are counted: from the shape, as PyTorch does, or from what the "
        "layer "
        "does."),
    "\"pytorch\"", .choices = fans_choices },
  { "weights", ISC_FIELD_GROUP, N_ ("Weights"),
    N_ ("What the Weights page draws instead of the network."), NULL },
  { "weights.tensor", ISC_FIELD_SHAPE, N_ ("Tensor"),
    N_ ("The shape of a bare tensor, (fan_out, fan_in)."), NULL, 1, 2147483648.0 },
  { "weights.layer", ISC_FIELD_CALL, N_ ("Layer"), N_ ("One freshly constructed layer."), NULL },
  { "weights.network", ISC_FIELD_CALLS, N_ ("Network"), N_ ("One freshly constructed network."),
    NULL },
  { "weights.init", ISC_FIELD_CALL, N_ ("Scheme"),
    N_ ("The scheme of the weights; null: as constructed."), "null", .nullable = TRUE },
  { "weights.bias", ISC_FIELD_CALL, N_ ("Bias"),
    N_ ("The scheme of the biases; null: as constructed."), "null", .nullable = TRUE },
  { "weights.seed", ISC_FIELD_SEED, N_ ("Seed"),
    N_ ("The seed the weights are drawn from; by default the first of seeds."), NULL },
  { "weights.color", ISC_FIELD_INTEGER, N_ ("Colour"),
    N_ ("The scheme's colour on figures, counted from 0."), "0", 0, 99 },
  { "weights.pins", ISC_FIELD_PINS, N_ ("Pinned"),
    N_ ("Schemes the weights are compared with, seed and all."), NULL, 0, 20 },
  { "bins", ISC_FIELD_TEXT, N_ ("Bins"),
    N_ ("The histogram's bin rule, how many bins, or a width as in width=0.01."), "\"auto\"", 1,
    512 },
  { "range", ISC_FIELD_TEXT, N_ ("Range"),
    N_ ("What the histogram spans: auto, two bounds as in -0.1, 0.1, or clip 0.01 for all but 1 % "
        "at "
        "each end."),
    "\"auto\"" },
  { "stat", ISC_FIELD_CHOICE, N_ ("Bars"), N_ ("What the height of a bar says."), "\"density\"",
    .choices = stat_choices },
  { "bandwidth", ISC_FIELD_TEXT, N_ ("Bandwidth"),
    N_ ("The density estimate's bandwidth rule, or its bandwidth."), "\"scott\"", 0, G_MAXDOUBLE },
  { "kernel", ISC_FIELD_CHOICE, N_ ("Kernel"), N_ ("The density estimate's kernel."),
    "\"gaussian\"", .choices = kernel_choices },
};

const char *
isc_fields_nearest (const char *prefix, const char *key)
{
  gsize skip = strlen (prefix);
  const char *best = NULL;
  guint best_distance = G_MAXUINT;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *name = fields[i].path + skip;
      guint distance;

      if (!g_str_has_prefix (fields[i].path, prefix) || strchr (name, '.'))
        continue;
      distance = isc_text_distance (key, name);
      if (distance < best_distance)
        {
          best = name;
          best_distance = distance;
        }
    }
  return best;
}

const IscField *
isc_fields_get (guint *n)
{
  *n = G_N_ELEMENTS (fields);
  return fields;
}

const IscField *
isc_fields_find (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].path, path))
      return &fields[i];
  return NULL;
}
