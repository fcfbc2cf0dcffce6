/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every activation, loss and trainable layer of the catalog against differences of its own forward
 * pass.
 *
 * A difference of float32 needs a wide step: five points, whose error falls with step⁴, at 1/32.
 * Two roundings of 6e-8 in each value then give 1.5 · 1.2e-7 · 32 = 6e-6 of it, and a fifth
 * derivative of 16, tanh's, 16 · step⁴ / 30 = 5e-7.  The same program in double (base/real.h) takes
 * a step of 1/512, and 2e-13 and 8e-12: there a slope that is off by a billionth shows. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/activations/activations.h"
#include "catalog/catalog.h"
#include "catalog/layers/layers.h"
#include "catalog/losses/losses.h"
#include "engine/network.h"
#include "support/reference.h"

#ifdef ISC_REAL_IS_DOUBLE
#define STEP (1.0 / 512.0)
#define TOLERANCE 5e-11
#else
#define STEP (1.0f / 32.0f)
#define TOLERANCE 2e-5
#endif

/* A number of which a value is a function. */
typedef double (*Value) (gpointer data);

static double
value_at (Value value, gpointer data, IscReal *number, IscReal kept, IscReal offset)
{
  double result;

  *number = kept + offset;
  result = value (data);
  *number = kept;
  return result;
}

static double
difference (Value value, gpointer data, IscReal *number, IscReal step)
{
  IscReal kept = *number;
  double near
      = value_at (value, data, number, kept, step) - value_at (value, data, number, kept, -step);
  double far = value_at (value, data, number, kept, 2.0f * step)
               - value_at (value, data, number, kept, -2.0f * step);

  return (8.0 * near - far) / (12.0 * (double)step);
}

static void
draw_normals (IscGenerator *generator, IscReal *x, gsize n)
{
  g_autofree float *drawn = g_new (float, n);

  isc_generator_normal (generator, drawn, n, 0.0, 1.0);
  isc_real_copy (x, drawn, n);
}

static IscArguments *
bind (IscKind kind, const char *text, const IscItem **item)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  IscArguments *arguments = call ? isc_catalog_bind (kind, call, item, &error) : NULL;

  g_assert_no_error (error);
  return arguments;
}

/* Calls of @item: the rows of a table that name it, or at least what it is without arguments. */
static GPtrArray *
calls_of (const IscItem *item, const char *const *table)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *start = g_strconcat (item->id, "(", NULL);

  g_ptr_array_add (calls, g_strconcat (start, ")", NULL));
  for (guint i = 0; table[i]; i++)
    if (g_str_has_prefix (table[i], start))
      g_ptr_array_add (calls, g_strdup (table[i]));
  return calls;
}

/* Activations with arguments that are not their defaults. */
static const char *const activation_calls[] = {
  "LeakyReLU(0.3)",       "LeakyReLU(-0.5)", "ELU(0.5)",      "CELU(0.7)",
  "GELU('tanh')",         "Softplus(2.5)",   "Sine(1.5)",     "Softplus(0.5, threshold=1)",
  "Hardtanh(-1.5, 0.75)", "Softmax(dim=-1)", "LogSoftmax(1)", NULL,
};

/* Where an activation has a corner, in its first or second derivative. */
static const struct
{
  const char *start;
  double corners[2];
} corners[] = {
  { "ReLU(", { 0, 0 } },
  { "LeakyReLU(", { 0, 0 } },
  { "ELU(", { 0, 0 } },
  { "SELU(", { 0, 0 } },
  { "CELU(", { 0, 0 } },
  { "Softsign(", { 0, 0 } },
  { "Hardtanh()", { -1, 1 } },
  { "Hardtanh(-1.5", { -1.5, 0.75 } },
  { "Softplus(0.5, threshold=1)", { 2, 2 } },
};

static gboolean
is_at_corner (const char *call, double x, double step)
{
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    if (g_str_has_prefix (call, corners[i].start))
      return fabs (x - corners[i].corners[0]) <= 2.0 * step
             || fabs (x - corners[i].corners[1]) <= 2.0 * step;
  return FALSE;
}

#define BATCH 3
#define WIDTH 17

typedef struct
{
  const IscActivation *activation;
  IscArguments *arguments;
  IscReal x[BATCH * WIDTH];
  IscReal y[BATCH * WIDTH];
  IscReal dy[BATCH * WIDTH];
} Activation;

/* What dy is the gradient of. */
static double
activation_value (gpointer data)
{
  Activation *a = data;
  double sum = 0.0;

  isc_activation_forward (a->activation, a->arguments, a->x, a->y, BATCH, WIDTH);
  for (guint i = 0; i < BATCH * WIDTH; i++)
    sum += (double)a->dy[i] * (double)a->y[i];
  return sum;
}

static void
check_activation (const char *text)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments = bind (ISC_KIND_ACTIVATION, text, &item);
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  /* A sine of frequency 30 needs points and steps that are as much smaller. */
  IscReal scale = g_str_equal (text, "Sine()") ? 1.0f / 30.0f : 1.0f;
  Activation a = { .activation = (const IscActivation *)item, .arguments = arguments };
  IscShape input = isc_shape (1, (gint64)WIDTH);
  IscReal dx[BATCH * WIDTH];
  guint n = 0;

  g_test_message ("%s", text);
  g_assert_true (isc_activation_check (a.activation, arguments, &input, NULL));
  for (guint i = 0; i < BATCH * WIDTH; i++)
    a.x[i] = scale * (-6.1f + 12.2f * (IscReal)i / (BATCH * WIDTH - 1));
  draw_normals (generator, a.dy, BATCH * WIDTH);

  activation_value (&a);
  isc_activation_backward (a.activation, arguments, a.x, a.y, a.dy, dx, BATCH, WIDTH);
  for (guint i = 0; i < BATCH * WIDTH; i++)
    {
      /* The size of what is rounded: one value of 6.1 dy at most, or a row of 17 up to 12.2 dy. */
      double size = a.activation->by_rows ? 24.0 : 1.0 + fabs ((double)(a.dy[i] * a.x[i] / scale));

      if (is_at_corner (text, (double)a.x[i], (double)(scale * STEP)))
        continue;
      assert_close (difference (activation_value, &a, &a.x[i], scale * STEP), (double)dx[i],
                    TOLERANCE, TOLERANCE * size / (double)scale);
      n++;
    }
  g_assert_cmpuint (n, >=, BATCH * WIDTH - 4);

  /* The same in place. */
  activation_value (&a);
  isc_activation_backward (a.activation, arguments, a.x, a.y, a.dy, a.dy, BATCH, WIDTH);
  for (guint i = 0; i < BATCH * WIDTH; i++)
    g_assert_cmpfloat (a.dy[i], ==, dx[i]);
}

static void
test_activations (void)
{
  guint n;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_ACTIVATION, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) calls = calls_of (items[i], activation_calls);

      for (guint j = 0; j < calls->len; j++)
        check_activation (calls->pdata[j]);
    }
}

/* Losses with arguments that are not their defaults. */
static const char *const loss_calls[] = {
  "CrossEntropyLoss(label_smoothing=0.1)",
  "CrossEntropyLoss((0.5, 2, 1, 0), reduction='sum')",
  "CrossEntropyLoss(weight=(0.5, 2, 1, 0.25), label_smoothing=0.3)",
  "NLLLoss((0.5, 2, 1, 0.25))",
  "NLLLoss(reduction='sum')",
  "MSELoss('sum')",
  "L1Loss('sum')",
  "SmoothL1Loss(beta=0.5)",
  "SmoothL1Loss('sum', beta=0)",
  "BCEWithLogitsLoss(pos_weight=3)",
  "BCEWithLogitsLoss('sum', pos_weight=(0.5, 2, 1, 4))",
  NULL,
};

#define LOSS_BATCH 5
#define LOSS_WIDTH 4

typedef struct
{
  const IscLoss *loss;
  IscArguments *arguments;
  IscTargets targets;
  IscReal outputs[LOSS_BATCH * LOSS_WIDTH];
} Loss;

static double
loss_value (gpointer data)
{
  Loss *l = data;

  return l->loss->evaluate (l->arguments, l->outputs, &l->targets, LOSS_BATCH, LOSS_WIDTH, NULL);
}

static void
check_loss (const char *text)
{
  static const gint64 classes[LOSS_BATCH] = { 0, 2, 1, 3, 0 };
  const IscItem *item;
  g_autoptr (IscArguments) arguments = bind (ISC_KIND_LOSS, text, &item);
  Loss l = { .loss = (const IscLoss *)item, .arguments = arguments };
  IscReal values[LOSS_BATCH * LOSS_WIDTH];
  IscReal gradient[LOSS_BATCH * LOSS_WIDTH];

  g_test_message ("%s", text);
  g_assert_true (isc_loss_check (l.loss, arguments, LOSS_WIDTH, NULL));
  /* Differences of 0.2, 0.7, 1.2 ... of either sign: no closer to a corner at 0, 0.5 or 1 than two
   * steps.  Targets between 0 and 1. */
  for (guint i = 0; i < LOSS_BATCH * LOSS_WIDTH; i++)
    {
      values[i] = (IscReal)(i % 7) / 6.0f;
      l.outputs[i] = values[i] + (i % 3 == 1 ? -1.0f : 1.0f) * (0.2f + 0.5f * (IscReal)(i % 6));
    }
  l.targets = (IscTargets){ .classes = l.loss->wants_classes ? classes : NULL,
                            .values = l.loss->wants_classes ? NULL : values };

  g_assert_cmpfloat (l.loss->evaluate (arguments, l.outputs, &l.targets, LOSS_BATCH, LOSS_WIDTH,
                                       gradient),
                     ==, loss_value (&l));
  for (guint i = 0; i < LOSS_BATCH * LOSS_WIDTH; i++)
    /* Losses are sums in double of float32 costs below 10: a sum has twenty times a mean's. */
    assert_close (difference (loss_value, &l, &l.outputs[i], STEP), (double)gradient[i], TOLERANCE,
                  isc_loss_is_mean (arguments) ? TOLERANCE : 5.0 * TOLERANCE);
}

static void
test_losses (void)
{
  guint n;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_LOSS, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) calls = calls_of (items[i], loss_calls);

      for (guint j = 0; j < calls->len; j++)
        check_loss (calls->pdata[j]);
    }
}

/* A network for each layer that can be trained.  The layer in front of it is there to need its
 * dL/dx.  Norms have an eps that keeps them smooth over a step: a batch of three may be narrow. */
static const struct
{
  const char *layer;
  const char *network;
  gint64 input[4];
  guint n_dims;
} networks[] = {
  { "Linear", "Linear(4, 6), Linear(6, 3, bias=False)", { 4 }, 1 },
  { "Conv1d", "Conv1d(2, 3, 3, padding=1), Conv1d(3, 4, 2, stride=2, dilation=2)", { 2, 7 }, 2 },
  { "Conv2d",
    "Conv2d(2, 4, 3, padding='same'), Conv2d(4, 2, (2, 3), groups=2, bias=False)",
    { 2, 5, 4 },
    3 },
  { "Conv3d", "Conv3d(1, 2, 1), Conv3d(2, 1, (1, 2, 3), padding=(0, 1, 0))", { 1, 2, 3, 3 }, 4 },
  { "MaxPool2d", "Conv2d(1, 2, 1), MaxPool2d(2, padding=1)", { 1, 5, 4 }, 3 },
  { "AvgPool2d", "Conv2d(1, 2, 1), AvgPool2d(3, 2, 1, count_include_pad=False)", { 1, 5, 4 }, 3 },
  { "Embedding", "Embedding(4, 3), Flatten(), Linear(15, 2)", { 5 }, 1 },
  { "Flatten", "Conv2d(1, 2, 2), Flatten(), Linear(8, 3)", { 1, 3, 3 }, 3 },
  { "Dropout", "Linear(4, 6), Dropout(0.0), Linear(6, 3)", { 4 }, 1 },
  { "BatchNorm1d", "Linear(4, 6), BatchNorm1d(6, eps=1.0)", { 4 }, 1 },
  { "BatchNorm2d", "Conv2d(1, 2, 2), BatchNorm2d(2, eps=1.0)", { 1, 3, 4 }, 3 },
  { "LayerNorm", "Linear(4, 6), LayerNorm(6, eps=1.0)", { 4 }, 1 },
  { "GroupNorm", "Conv2d(1, 4, 2), GroupNorm(2, 4, eps=1.0)", { 1, 3, 4 }, 3 },
  { "PReLU", "Conv1d(1, 3, 1), PReLU(3)", { 1, 5 }, 2 },
  { "Residual",
    "Linear(4, 5), Residual(Residual(Tanh(), Linear(5, 3), Linear(3, 5), scale=-0.5), "
    "Residual(Linear(5, 5)), Softplus(), scale=0.7), Linear(5, 2)",
    { 4 },
    1 },
};

typedef struct
{
  IscNetwork *network;
  IscReal *x;
  IscReal *dy;
} Network;

static double
network_value (gpointer data)
{
  Network *n = data;
  gsize count = BATCH * isc_network_get_output_width (n->network);
  const IscReal *y = isc_network_forward (n->network, n->x, BATCH);
  double sum = 0.0;

  for (gsize i = 0; i < count; i++)
    sum += (double)n->dy[i] * (double)y[i];
  return sum;
}

static void
check_network (const char *text, const IscShape *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) modules = isc_call_parse_list (text, &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autoptr (IscNetwork) network
      = modules ? isc_network_new (modules, generator, input, BATCH, &error) : NULL;
  g_autofree IscReal *x = NULL;
  g_autofree IscReal *dy = NULL;
  g_autofree IscReal *overwritten = NULL;
  gint64 width;
  gsize n_outputs;
  Network n;

  g_test_message ("%s", text);
  g_assert_no_error (error);
  g_assert_true (isc_shape_count (input, &width, &error));
  n_outputs = BATCH * isc_network_get_output_width (network);
  x = g_new (IscReal, BATCH * (gsize)width);
  dy = g_new (IscReal, n_outputs);
  draw_normals (generator, x, BATCH * (gsize)width);
  draw_normals (generator, dy, n_outputs);
  /* Indices of four entries. */
  for (gsize i = 0; g_str_has_prefix (text, "Embedding") && i < BATCH * (gsize)width; i++)
    x[i] = (IscReal)(7 * i % 4);
  overwritten = g_memdup2 (dy, n_outputs * sizeof *dy);
  n = (Network){ network, x, dy };

  network_value (&n);
  isc_network_backward (network, overwritten, BATCH, NULL, NULL);
  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    {
      IscReal *weights = isc_network_get_weights (network, i);
      gsize count = isc_tensor_get_count (isc_network_get_parameter (network, i));
      g_autofree IscReal *gradient
          = g_memdup2 (isc_network_get_gradient (network, i), count * sizeof (IscReal));

      for (gsize j = 0; j < count; j++)
        /* Sums of some ten products of normals: a few times the size of one value. */
        assert_close (difference (network_value, &n, weights + j, STEP), (double)gradient[j],
                      TOLERANCE, 5.0 * TOLERANCE);
    }
}

static void
test_layers (void)
{
  guint n;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_LAYER, &n);

  for (guint i = 0; i < n; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (networks); j++)
        if (g_str_equal (networks[j].layer, items[i]->id))
          {
            IscShape input = { .n_dims = networks[j].n_dims };

            memcpy (input.dims, networks[j].input, sizeof networks[j].input);
            check_network (networks[j].network, &input);
            found = TRUE;
          }
      if (!found && isc_layer_can_train ((const IscLayer *)items[i]))
        g_error ("%s can be trained and has no row in the table above", items[i]->id);
    }
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/gradients/activations", test_activations);
  g_test_add_func ("/property/gradients/losses", test_losses);
  g_test_add_func ("/property/gradients/layers", test_layers);
  return g_test_run ();
}
