/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network of closed-form weights and data against float64 values computed elsewhere: gradients
 * under each activation, and ten steps of each optimizer.  The file's own "spec" says what the
 * network is. */

#include <math.h>

#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/losses/losses.h"
#include "catalog/optimizers/optimizers.h"
#include "engine/network.h"
#include "support/reference.h"

#define N_LAYERS 3
#define BATCH 6

static const gsize sizes[N_LAYERS + 1] = { 3, 5, 4, 3 };

/* The reference is float64; a float32 pass of three layers is within a few roundings of 6e-8, and
 * ten steps multiply them. */
#define RELATIVE 1e-5
#define ABSOLUTE 1e-6

static JsonObject *reference;

typedef struct
{
  const char *theirs;
  const char *ours;
} Name;

static const Name activations[] = {
  { "tanh", "Tanh()" },
  { "relu", "ReLU()" },
  { "leaky_relu_0.01", "LeakyReLU(0.01)" },
  { "sigmoid", "Sigmoid()" },
  { "selu", "SELU()" },
  { "elu", "ELU()" },
  { "gelu", "GELU()" },
  { "silu", "SiLU()" },
  { "softplus", "Softplus()" },
  { "softsign", "Softsign()" },
  { "sin", "Sine(w0=1)" },
  { "erf", "Erf()" },
  { "hardtanh", "Hardtanh()" },
  { "linear", "Identity()" },
};

static const Name optimizers[] = {
  { "sgd lr=0.1", "SGD(lr=0.1)" },
  { "momentum lr=0.1 mu=0.9", "SGD(lr=0.1, momentum=0.9)" },
  { "nesterov lr=0.1 mu=0.9", "SGD(lr=0.1, momentum=0.9, nesterov=True)" },
  { "sgd lr=0.1 wd=0.01", "SGD(lr=0.1, weight_decay=0.01)" },
  { "adam lr=0.01 b1=0.9 b2=0.999 eps=1e-8", "Adam(lr=0.01)" },
  { "adamw lr=0.01 wd=0.01", "AdamW(lr=0.01, weight_decay=0.01)" },
  { "rmsprop lr=0.01 alpha=0.99 eps=1e-8", "RMSprop(lr=0.01)" },
};

/* Our spelling of one of their names, if the catalog has it. */
static IscCall *
find_call (const Name *names, guint n, const char *theirs, IscKind kind)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (names[i].theirs, theirs))
      {
        g_autoptr (IscCall) call = isc_call_parse (names[i].ours, NULL);
        g_autoptr (IscArguments) arguments = isc_catalog_bind (kind, call, NULL, NULL);

        return arguments ? g_steal_pointer (&call) : NULL;
      }
  return NULL;
}

static IscNetwork *
make_network (IscCall *activation)
{
  g_autoptr (GPtrArray) modules = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_call_unref);
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (GError) error = NULL;
  IscShape input = isc_shape (1, (gint64)sizes[0]);
  IscNetwork *network;

  for (guint l = 0; l < N_LAYERS; l++)
    {
      g_autofree char *text = g_strdup_printf ("Linear(%zu, %zu)", sizes[l], sizes[l + 1]);

      g_ptr_array_add (modules, isc_call_parse (text, NULL));
      if (l < N_LAYERS - 1)
        g_ptr_array_add (modules, isc_call_ref (activation));
    }
  network = isc_network_new (modules, generator, &input, BATCH, &error);
  g_assert_no_error (error);
  for (guint l = 0; l < N_LAYERS; l++)
    {
      float *w = isc_tensor_edit_data (isc_network_get_parameter (network, 2 * l));
      float *b = isc_tensor_edit_data (isc_network_get_parameter (network, 2 * l + 1));

      for (gsize o = 0; o < sizes[l + 1]; o++)
        {
          for (gsize i = 0; i < sizes[l]; i++)
            w[o * sizes[l] + i] = (float)(1.2 / sqrt ((double)sizes[l])
                                          * sin (1.0 + l + 1.3 * (double)o + 0.7 * (double)i));
          b[o] = (float)(0.1 * cos ((double)(l + o)));
        }
    }
  return network;
}

/* One forward and backward pass on the spec's data. */
static double
pass (IscNetwork *network)
{
  g_autoptr (IscCall) call = isc_call_parse ("CrossEntropyLoss()", NULL);
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_LOSS, call, &item, NULL);
  float x[BATCH * 3];
  gint64 y[BATCH];
  float d[BATCH * 3];
  IscTargets targets = { .classes = y };
  double value;

  for (guint i = 0; i < BATCH; i++)
    {
      for (guint j = 0; j < 3; j++)
        x[3 * i + j] = (float)cos (1.0 + 2.3 * i + 1.7 * j);
      y[i] = i % 3;
    }
  value
      = ((const IscLoss *)item)
            ->evaluate (arguments, isc_network_forward (network, x, BATCH), &targets, BATCH, 3, d);
  isc_network_backward (network, d, BATCH, NULL, NULL);
  return value;
}

static double
norm (const float *x, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (double)x[i] * (double)x[i];
  return sqrt (sum);
}

static void
assert_gradients (const IscNetwork *network, JsonObject *entry)
{
  JsonArray *weights = json_object_get_array_member (entry, "grad_norm_W");
  JsonArray *biases = json_object_get_array_member (entry, "grad_norm_b");
  JsonArray *first = json_object_get_array_member (entry, "grad_W0");

  for (guint l = 0; l < N_LAYERS; l++)
    {
      assert_close (norm (isc_network_get_gradient (network, 2 * l), sizes[l] * sizes[l + 1]),
                    json_array_get_double_element (weights, l), RELATIVE, ABSOLUTE);
      assert_close (norm (isc_network_get_gradient (network, 2 * l + 1), sizes[l + 1]),
                    json_array_get_double_element (biases, l), RELATIVE, ABSOLUTE);
    }
  for (guint o = 0; o < sizes[1]; o++)
    for (guint i = 0; i < sizes[0]; i++)
      assert_close ((double)isc_network_get_gradient (network, 0)[o * sizes[0] + i],
                    json_array_get_double_element (json_array_get_array_element (first, o), i),
                    RELATIVE, ABSOLUTE);
}

static void
test_gradients (void)
{
  JsonArray *entries = json_object_get_array_member (reference, "gradients");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *name = json_object_get_string_member (entry, "activation");
      g_autoptr (IscCall) activation
          = find_call (activations, G_N_ELEMENTS (activations), name, ISC_KIND_ACTIVATION);
      g_autoptr (IscNetwork) network = NULL;

      g_test_message ("%s", name);
      g_assert_nonnull (activation);
      network = make_network (activation);
      assert_close (pass (network), reference_number (entry, "loss"), RELATIVE, ABSOLUTE);
      assert_gradients (network, entry);
      n++;
    }
  g_assert_cmpuint (n, ==, 14);
}

/* PyTorch's std, with n - 1. */
static double
sample_std (const double *x, gsize n)
{
  double mean = 0.0;
  double square = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += x[i] / (double)n;
  for (gsize i = 0; i < n; i++)
    square += (x[i] - mean) * (x[i] - mean);
  return sqrt (square / (double)(n - 1));
}

static void
step_all (IscNetwork *network,
          const IscOptimizer *optimizer,
          const IscArguments *arguments,
          float states[][ISC_OPTIMIZER_MAX_STATES][32],
          guint64 number,
          double *ratios)
{
  IscStepOptions options = { number, isc_arguments_number (arguments, "lr"), NAN };

  for (guint i = 0; i < 2 * N_LAYERS; i++)
    {
      IscTensor *parameter = isc_network_get_parameter (network, i);
      float *data = isc_tensor_edit_data (parameter);
      gsize n = isc_tensor_get_count (parameter);
      float *buffers[ISC_OPTIMIZER_MAX_STATES];
      double before[32], change[32];

      for (guint j = 0; j < ISC_OPTIMIZER_MAX_STATES; j++)
        buffers[j] = states[i][j];
      for (gsize j = 0; j < n; j++)
        before[j] = (double)data[j];
      isc_optimizer_step (optimizer, arguments, &options, data, isc_network_get_gradient (network, i), buffers,
                       n);
      for (gsize j = 0; j < n; j++)
        change[j] = (double)data[j] - before[j];
      if (i % 2 == 0)
        ratios[i / 2] = sample_std (change, n) / sample_std (before, n);
    }
}

static void
check_optimizer (JsonObject *entry, IscCall *call)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_OPTIMIZER, call, &item, NULL);
  g_autoptr (IscCall) tanh_call = isc_call_parse ("Tanh()", NULL);
  g_autoptr (IscNetwork) network = make_network (tanh_call);
  JsonArray *losses = json_object_get_array_member (entry, "loss_steps_0_to_10");
  JsonArray *expected = json_object_get_array_member (entry, "first_update_to_data_std_ratio");
  float states[2 * N_LAYERS][ISC_OPTIMIZER_MAX_STATES][32] = { 0 };

  g_assert_cmpuint (((const IscOptimizer *)item)->count_states (arguments, FALSE), <=,
                    ISC_OPTIMIZER_MAX_STATES);
  for (guint step = 0; step < json_array_get_length (losses); step++)
    {
      double ratios[N_LAYERS];

      assert_close (pass (network), json_array_get_double_element (losses, step), RELATIVE, 0.0);
      step_all (network, (const IscOptimizer *)item, arguments, states, step + 1, ratios);
      /* Differences of float32 weights near 1 carry 6e-8 over steps of 0.01: 1e-5. */
      for (guint l = 0; step == 0 && l < N_LAYERS; l++)
        assert_close (ratios[l], json_array_get_double_element (expected, l), 2e-5, 0.0);
    }
}

static void
test_steps (void)
{
  JsonArray *entries = json_object_get_array_member (reference, "optimizers");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *name = json_object_get_string_member (entry, "optimizer");
      g_autoptr (IscCall) call
          = find_call (optimizers, G_N_ELEMENTS (optimizers), name, ISC_KIND_OPTIMIZER);

      g_test_message ("%s", name);
      g_assert_nonnull (call);
      check_optimizer (entry, call);
      n++;
    }
  g_assert_cmpuint (n, ==, 7);
}

/* Formulas that the reference does not have, on one weight whose gradient is given. */
static double
one_weight (const char *text, const double *gradients, guint n, double weight)
{
  g_autoptr (IscCall) call = isc_call_parse (text, NULL);
  const IscItem *item;
  g_autoptr (GError) error = NULL;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_OPTIMIZER, call, &item, &error);
  float states[ISC_OPTIMIZER_MAX_STATES] = { 0 };
  float *buffers[ISC_OPTIMIZER_MAX_STATES];
  float w = (float)weight;

  g_assert_no_error (error);
  for (guint i = 0; i < ISC_OPTIMIZER_MAX_STATES; i++)
    buffers[i] = &states[i];
  for (guint i = 0; i < n; i++)
    {
      float g = (float)gradients[i];
      IscStepOptions options = { i + 1, isc_arguments_number (arguments, "lr"), NAN };

      isc_optimizer_step ((const IscOptimizer *)item, arguments, &options, &w, &g, buffers, 1);
    }
  return (double)w;
}

static void
test_by_hand (void)
{
  const double gradients[] = { 0.5, -2.0, 0.25 };
  double w = 1.0;
  double buffer = 0.0;
  double m = 0.0;
  double v = 0.0;
  double greatest = 0.0;

  /* The first gradient enters the buffer undamped. */
  for (guint i = 0; i < 3; i++)
    {
      buffer = i == 0 ? gradients[i] : 0.8 * buffer + 0.7 * gradients[i];
      w -= 0.1 * buffer;
    }
  assert_close (one_weight ("SGD(lr=0.1, momentum=0.8, dampening=0.3)", gradients, 3, 1.0), w, 1e-6,
                0.0);

  w = 1.0;
  for (guint i = 0; i < 3; i++)
    {
      double g = gradients[i] + 0.05 * w;

      m = 0.8 * m + 0.2 * g;
      v = 0.9 * v + 0.1 * g * g;
      greatest = fmax (greatest, v);
      w -= 0.1 / (1.0 - pow (0.8, i + 1)) * m
           / (sqrt (greatest) / sqrt (1.0 - pow (0.9, i + 1)) + 1e-3);
    }
  assert_close (one_weight ("Adam(lr=0.1, betas=(0.8, 0.9), eps=0.001, weight_decay=0.05, "
                            "amsgrad=True)",
                            gradients, 3, 1.0),
                w, 1e-6, 0.0);
}

/* PyTorch leaves the weight out of the gradient when there is no weight decay: 0 · ∞ does not make
 * NaN. */
static void
test_infinite_weight (void)
{
  const double gradients[] = { 0.5 };

  g_assert_true (one_weight ("SGD(lr=0.1)", gradients, 1, INFINITY) == INFINITY);
  g_assert_true (one_weight ("Adam(lr=0.1)", gradients, 1, INFINITY) == INFINITY);
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/theory/engine.json");
  g_test_add_func ("/property/optimizers/gradients", test_gradients);
  g_test_add_func ("/property/optimizers/steps", test_steps);
  g_test_add_func ("/property/optimizers/by-hand", test_by_hand);
  g_test_add_func ("/property/optimizers/infinite-weight", test_infinite_weight);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
