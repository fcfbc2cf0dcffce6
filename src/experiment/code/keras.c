/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keras: layers with initializers of the same law, in Keras's layout: inputs before outputs, and
 * the kernel in front of both.  What no Keras layer holds as PyTorch does is made tensor by tensor.
 */

#include "experiment/code/keras-layer.h"
#include "experiment/code/numpy.h"
#include "experiment/code/python.h"

extern const IscCodeLanguage isc_code_keras;

/* What the script needs besides keras itself. */
typedef struct
{
  gboolean numpy;
  guint functions;
} Needs;

/* PyTorch's (a, b, kernel...) as Keras's (kernel..., b, a). */
static IscShape
kernel_shape (const IscShape *shape)
{
  IscShape kernel = { .n_dims = shape->n_dims };

  if (shape->n_dims < 2)
    return *shape;
  for (guint i = 2; i < shape->n_dims; i++)
    kernel.dims[i - 2] = shape->dims[i];
  kernel.dims[shape->n_dims - 2] = shape->dims[1];
  kernel.dims[shape->n_dims - 1] = shape->dims[0];
  return kernel;
}

/* Keras counts the last two axes, and all others as a kernel. */
static void
count_fans (const IscShape *shape, gint64 *fan_in, gint64 *fan_out)
{
  gint64 kernel = 1;

  *fan_in = *fan_out = shape->n_dims == 1 ? shape->dims[0] : 0;
  if (shape->n_dims < 2)
    return;
  for (guint i = 0; i + 2 < shape->n_dims; i++)
    kernel *= shape->dims[i];
  *fan_in = shape->dims[shape->n_dims - 2] * kernel;
  *fan_out = shape->dims[shape->n_dims - 1] * kernel;
}

static char *
write_scaling (const IscLaw *law, const IscPythonScaling *scaling, const char *seed)
{
  static const struct
  {
    const char *name;
    const char *mode;
    const char *scale;
  } names[] = {
    { "Lecun", "fan_in", "1" },
    { "He", "fan_in", "2" },
    { "Glorot", "fan_avg", "1" },
  };
  gboolean uniform = law->kind == ISC_LAW_UNIFORM;
  const char *distribution = uniform                       ? "uniform"
                             : law->kind == ISC_LAW_NORMAL ? "untruncated_normal"
                                                           : "truncated_normal";
  g_autofree char *scale = isc_python_number (scaling->scale);

  for (guint i = 0; i < G_N_ELEMENTS (names) && law->kind != ISC_LAW_NORMAL; i++)
    if (g_str_equal (names[i].scale, scale) && g_str_equal (names[i].mode, scaling->mode))
      return g_strdup_printf ("%s%s(seed=%s)", names[i].name, uniform ? "Uniform" : "Normal", seed);
  return g_strdup_printf ("VarianceScaling(scale=%s, mode='%s', distribution='%s', seed=%s)", scale,
                          scaling->mode, distribution, seed);
}

/* The initializer for a tensor of @shape, which Keras's layout may have turned; NULL if Keras has
 * none. */
static char *
write_initializer (const IscCodePlan *plan,
                   const IscCodeParameter *parameter,
                   guint index,
                   const IscShape *shape)
{
  const IscLaw *law = &parameter->law;
  const char *id = parameter->scheme ? parameter->scheme->item.id : "";
  g_autofree char *seed = isc_python_seed (plan, index);
  g_autofree char *mean = isc_python_number (law->mean);
  g_autofree char *std = isc_python_number (law->std);
  g_autofree char *a = isc_python_number (law->a);
  g_autofree char *b = isc_python_number (law->b);
  gboolean turned = !isc_shape_equal (shape, &parameter->site.shape);
  IscPythonScaling scaling;
  gint64 fan_in, fan_out;

  count_fans (shape, &fan_in, &fan_out);
  if (g_str_equal (id, "eye_"))
    return g_strdup ("Identity()");
  if (g_str_equal (id, "keras.Identity"))
    {
      g_autofree char *gain
          = isc_python_number (isc_arguments_number (parameter->arguments, "gain"));

      return g_strdup_printf ("Identity(gain=%s)", gain);
    }
  if (!parameter->is_drawn && (law->kind != ISC_LAW_SPHERE || law->zeros > 0.0))
    return NULL;
  if (isc_python_scaling (parameter, fan_in, fan_out, &scaling)
      && !g_str_equal (scaling.mode, "fan_geo_avg")
      && (law->kind != ISC_LAW_TRUNCATED_NORMAL || isc_python_is_cut_at_2 (law)))
    return write_scaling (law, &scaling, seed);
  switch (law->kind)
    {
    case ISC_LAW_POINT:
      return law->a == 0.0   ? g_strdup ("Zeros()")
             : law->a == 1.0 ? g_strdup ("Ones()")
                             : g_strdup_printf ("Constant(%s)", a);
    case ISC_LAW_UNIFORM:
      return g_strdup_printf ("RandomUniform(%s, %s, seed=%s)", a, b, seed);
    case ISC_LAW_NORMAL:
      return g_strdup_printf ("RandomNormal(%s, %s, seed=%s)", mean, std, seed);
    case ISC_LAW_TRUNCATED_NORMAL:
      return isc_python_is_cut_at_2 (law)
                 ? g_strdup_printf ("TruncatedNormal(%s, %s, seed=%s)", mean, std, seed)
                 : NULL;
    case ISC_LAW_SPHERE:
      /* Keras keeps the last axis apart, PyTorch the first. */
      return turned || shape->n_dims == 2
                 ? g_strdup_printf ("Orthogonal(gain=%s, seed=%s)", std, seed)
                 : NULL;
    case ISC_LAW_NONE:
    default:
      return NULL;
    }
}

static char *
expression (const IscCodePlan *plan, const IscCodeParameter *parameter, guint index, gpointer data)
{
  const IscShape *shape = &parameter->site.shape;
  Needs *needs = data;
  g_autofree char *initializer = write_initializer (plan, parameter, index, shape);
  g_autofree char *tuple = isc_python_tuple (shape);
  g_autofree char *array = NULL;

  if (initializer)
    return g_strdup_printf ("keras.initializers.%s(%s)", initializer, tuple);
  needs->numpy = TRUE;
  array = isc_numpy_expression (parameter, &needs->functions);
  return g_strdup_printf ("keras.ops.convert_to_tensor(%s)", array);
}

/* Whether every scheme of module @index has an initializer. */
static gboolean
has_initializers (const IscCodePlan *plan, const IscCodeEntry *entry, guint index)
{
  for (guint i = 0; i < entry->parameters->len; i++)
    {
      const IscCodeParameter *parameter = entry->parameters->pdata[i];
      IscShape shape = kernel_shape (&parameter->site.shape);
      g_autofree char *initializer = write_initializer (plan, parameter, i, &shape);

      if (parameter->module == index && !initializer)
        return FALSE;
    }
  return TRUE;
}

static void
append_layer (GString *text,
              const IscCodePlan *plan,
              const IscCodeEntry *entry,
              guint index,
              const char *indent)
{
  const IscModule *module = plan->modules->pdata[index];
  g_autofree char *inner = g_strconcat (indent, "    ", NULL);

  g_string_append_printf (text, "keras.layers.%s(\n", isc_keras_layer_find (module)->name);
  isc_keras_layer_append (text, module, inner);
  for (guint i = 0; i < entry->parameters->len; i++)
    {
      const IscCodeParameter *parameter = entry->parameters->pdata[i];
      IscShape shape = kernel_shape (&parameter->site.shape);
      g_autofree char *initializer = NULL;

      if (parameter->module != index)
        continue;
      initializer = write_initializer (plan, parameter, i, &shape);
      isc_python_append_origin (text, inner, parameter);
      g_string_append_printf (text, "%s%s_initializer=keras.initializers.%s,\n", inner,
                              parameter->is_bias ? "bias" : "kernel", initializer);
    }
  g_string_append_printf (text, "%s)", indent);
}

/* Whether a keras.Sequential of the same layers has the same weights: all have a counterpart, and
 * what one gives is what the next takes. */
static gboolean
is_sequential (const IscCodePlan *plan, const IscCodeEntry *entry)
{
  const IscModule *before = NULL;

  for (guint i = 0; i < plan->modules->len; i++)
    {
      const IscModule *module = plan->modules->pdata[i];
      const IscKerasLayer *layer = isc_keras_layer_find (module);
      const IscKerasLayer *last = before ? isc_keras_layer_find (before) : NULL;

      if (module->kind == ISC_KIND_ACTIVATION)
        {
          g_autofree char *activation = isc_keras_activation (module);

          if (!activation)
            return FALSE;
          continue;
        }
      if (!layer || !has_initializers (plan, entry, i))
        return FALSE;
      if (last
          && (last->n_spatial != layer->n_spatial
              || isc_arguments_integer (before->arguments, last->out)
                     != isc_arguments_integer (module->arguments, layer->in)))
        return FALSE;
      before = module;
    }
  return before != NULL;
}

static void
append_input (GString *text, const IscCodePlan *plan)
{
  for (guint i = 0; i < plan->modules->len; i++)
    {
      const IscModule *module = plan->modules->pdata[i];

      if (module->kind == ISC_KIND_LAYER)
        {
          g_autofree char *input = isc_keras_layer_input (module, FALSE);

          g_string_append_printf (text, "    keras.Input(%s),\n", input);
          return;
        }
    }
}

static void
append_network (GString *text, const IscCodePlan *plan, const IscCodeEntry *entry)
{
  g_string_append (text, "network = keras.Sequential([\n");
  append_input (text, plan);
  for (guint i = 0; i < plan->modules->len; i++)
    {
      const IscModule *module = plan->modules->pdata[i];

      g_string_append (text, "    ");
      if (module->kind == ISC_KIND_LAYER)
        append_layer (text, plan, entry, i, "    ");
      else
        {
          g_autofree char *activation = isc_keras_activation (module);

          g_string_append (text, activation);
        }
      g_string_append (text, ",\n");
    }
  g_string_append (text, "])\n");
}

static void
append_layers (GString *text, const IscCodePlan *plan)
{
  gboolean of_inits = plan->target == ISC_WEIGHTS_OF_INITS;

  if (of_inits)
    g_string_append (text, "inits = {}\n");
  for (guint i = 0; i < plan->entries->len; i++)
    {
      const IscCodeEntry *entry = plan->entries->pdata[i];

      if (plan->target == ISC_WEIGHTS_OF_LAYER)
        {
          g_autofree char *input = isc_keras_layer_input (plan->modules->pdata[0], TRUE);

          g_string_append (text, "layer = ");
          append_layer (text, plan, entry, 0, "");
          g_string_append_printf (text, "\nlayer.build(%s)\n", input);
          return;
        }
      if (of_inits)
        g_string_append_c (text, '\n');
      append_network (text, plan, entry);
      if (of_inits)
        {
          g_autofree char *label = isc_python_string (entry->label);

          g_string_append_printf (text, "inits[%s] = network\n", label);
        }
    }
}

/* Whether all of it can be said in Keras's layers. */
static gboolean
has_layers (const IscCodePlan *plan)
{
  gboolean alone = plan->target == ISC_WEIGHTS_OF_LAYER;

  if (plan->target == ISC_WEIGHTS_OF_TENSOR)
    return FALSE;
  for (guint i = 0; i < plan->entries->len; i++)
    {
      const IscCodeEntry *entry = plan->entries->pdata[i];

      if (alone ? !isc_keras_layer_find (plan->modules->pdata[0])
                      || !has_initializers (plan, entry, 0)
                : !is_sequential (plan, entry))
        return FALSE;
    }
  return TRUE;
}

static void
write_script (const IscCodePlan *plan, GString *text)
{
  g_autoptr (GString) body = g_string_new (NULL);
  gboolean layers = has_layers (plan);
  Needs needs = { 0 };

  if (layers)
    append_layers (body, plan);
  else
    isc_python_append_tensors (body, plan, NULL, expression, &needs);
  g_string_append (text, "import keras\n");
  if (needs.numpy)
    g_string_append (text, "import numpy as np\n");
  g_string_append_printf (text, "\n# The same laws; the numbers are Keras's own.%s\n",
                          layers ? "" : "  Shapes are PyTorch's.");
  if (needs.numpy)
    {
      g_string_append_printf (text, "rng = np.random.default_rng(%" G_GUINT64_FORMAT ")\n",
                              plan->seed);
      isc_numpy_append_functions (text, needs.functions);
    }
  g_string_append_len (text, body->str, (gssize)body->len);
}

const IscCodeLanguage isc_code_keras = {
  .id = "keras",
  .label = "Keras",
  .write = write_script,
};
