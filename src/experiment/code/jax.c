/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JAX: each tensor by its law, in PyTorch's layout: axis 1 holds the inputs and axis 0 the outputs.
 */

#include "experiment/code/numpy.h"
#include "experiment/code/python.h"

extern const IscCodeLanguage isc_code_jax;

#define AXES "in_axis=1, out_axis=0"

/* What an expression needs besides jax itself. */
typedef struct
{
  gboolean numpy;
  guint functions;
} Needs;

/* The family's own names are of the truncated and the uniform law. */
static char *
write_scaling (const IscLaw *law, const IscPythonScaling *scaling)
{
  static const struct
  {
    const char *name;
    const char *mode;
    double scale;
  } names[] = {
    { "lecun", "fan_in", 1.0 },
    { "he", "fan_in", 2.0 },
    { "glorot", "fan_avg", 1.0 },
  };
  gboolean uniform = law->kind == ISC_LAW_UNIFORM;
  const char *distribution = uniform                       ? "uniform"
                             : law->kind == ISC_LAW_NORMAL ? "normal"
                                                           : "truncated_normal";
  g_autofree char *scale = isc_python_number (scaling->scale);

  for (guint i = 0; i < G_N_ELEMENTS (names) && law->kind != ISC_LAW_NORMAL; i++)
    {
      g_autofree char *named = isc_python_number (names[i].scale);

      if (g_str_equal (named, scale) && g_str_equal (scaling->mode, names[i].mode))
        return g_strdup_printf ("jax.nn.initializers.%s_%s(" AXES ")", names[i].name,
                                uniform ? "uniform" : "normal");
    }
  return g_strdup_printf ("jax.nn.initializers.variance_scaling(%s, '%s', '%s', " AXES ")", scale,
                          scaling->mode, distribution);
}

static char *
write_delta_orthogonal (const IscCodeParameter *parameter, const char *key)
{
  const IscShape *shape = &parameter->site.shape;
  g_autofree char *scale = isc_python_number (isc_arguments_number (parameter->arguments, "scale"));
  g_autofree char *theirs = NULL;
  IscShape moved = { .n_dims = shape->n_dims };
  guint last = shape->n_dims - 1;
  g_autoptr (GString) axes = g_string_new (NULL);

  for (guint i = 2; i < shape->n_dims; i++)
    moved.dims[i - 2] = shape->dims[i];
  moved.dims[last - 1] = shape->dims[1];
  moved.dims[last] = shape->dims[0];
  theirs = isc_python_tuple (&moved);
  g_string_append_printf (axes, "%u, %u", last, last - 1);
  for (guint i = 2; i < shape->n_dims; i++)
    g_string_append_printf (axes, ", %u", i - 2);
  return g_strdup_printf ("jax.nn.initializers.delta_orthogonal(%s)(%s, %s).transpose(%s)", scale,
                          key, theirs, axes->str);
}

static char *
write_law (const IscCodeParameter *parameter, const char *key)
{
  const IscLaw *law = &parameter->law;
  g_autofree char *shape = isc_python_tuple (&parameter->site.shape);
  g_autofree char *mean = isc_python_number (law->mean);
  g_autofree char *std = isc_python_number (law->std);
  g_autofree char *a = isc_python_number (law->a);
  g_autofree char *b = isc_python_number (law->b);
  g_autofree char *low = isc_python_number (law->std > 0.0 ? (law->a - law->mean) / law->std : 0.0);
  g_autofree char *high
      = isc_python_number (law->std > 0.0 ? (law->b - law->mean) / law->std : 0.0);
  g_autofree char *plus = law->mean == 0.0 ? g_strdup ("") : g_strdup_printf ("%s + ", mean);

  if (!parameter->is_drawn && (law->kind != ISC_LAW_SPHERE || law->zeros > 0.0))
    return NULL;
  switch (law->kind)
    {
    case ISC_LAW_POINT:
      return g_strdup_printf ("jnp.full(%s, %s, jnp.float32)", shape, a);
    case ISC_LAW_UNIFORM:
      return g_strdup_printf ("jax.random.uniform(%s, %s, minval=%s, maxval=%s)", key, shape, a, b);
    case ISC_LAW_NORMAL:
      return g_strdup_printf ("%s%s * jax.random.normal(%s, %s)", plus, std, key, shape);
    case ISC_LAW_TRUNCATED_NORMAL:
      if (law->std == 0.0)
        return NULL;
      return g_strdup_printf ("%s%s * jax.random.truncated_normal(%s, %s, %s, %s)", plus, std, key,
                              low, high, shape);
    case ISC_LAW_SPHERE:
      return g_strdup_printf ("jax.nn.initializers.orthogonal(%s, column_axis=0)(%s, %s)", std, key,
                              shape);
    case ISC_LAW_NONE:
    default:
      return NULL;
    }
}

static char *
expression (const IscCodePlan *plan, const IscCodeParameter *parameter, guint index, gpointer data)
{
  Needs *needs = data;
  g_autofree char *key = plan->target == ISC_WEIGHTS_OF_TENSOR
                             ? g_strdup ("key")
                             : g_strdup_printf ("jax.random.fold_in(key, %u)", index);
  const char *id = parameter->scheme ? parameter->scheme->item.id : "";
  /* JAX counts from the shape, as PyTorch does. */
  IscSite theirs = isc_site_of_shape (&parameter->site.shape);
  IscPythonScaling scaling;
  char *value;

  if (g_str_equal (id, "jax.nn.initializers.delta_orthogonal"))
    return write_delta_orthogonal (parameter, key);
  if (isc_python_scaling (parameter, theirs.fan_in, theirs.fan_out, &scaling)
      && (parameter->law.kind != ISC_LAW_TRUNCATED_NORMAL
          || isc_python_is_cut_at_2 (&parameter->law)))
    {
      g_autofree char *initializer = write_scaling (&parameter->law, &scaling);
      g_autofree char *shape = isc_python_tuple (&parameter->site.shape);

      return g_strdup_printf ("%s(%s, %s)", initializer, key, shape);
    }
  value = write_law (parameter, key);
  if (!value)
    {
      g_autofree char *array = isc_numpy_expression (parameter, &needs->functions);

      needs->numpy = TRUE;
      value = g_strdup_printf ("jnp.asarray(%s)", array);
    }
  return value;
}

static void
write_script (const IscCodePlan *plan, GString *text)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *seed = isc_python_seed (plan, 0);
  g_autofree char *restart = g_strdup_printf ("key = jax.random.key(%s)", seed);
  Needs needs = { 0 };

  isc_python_append_tensors (body, plan, restart, expression, &needs);
  g_string_append (text, "import jax\nimport jax.numpy as jnp\n");
  if (needs.numpy)
    g_string_append (text, "import numpy as np\n");
  g_string_append (text, "\n# The same laws; the numbers are JAX's own.  Shapes are PyTorch's.\n");
  if (needs.numpy)
    {
      g_string_append_printf (text, "rng = np.random.default_rng(%s)\n", seed);
      isc_numpy_append_functions (text, needs.functions);
    }
  g_string_append_len (text, body->str, (gssize)body->len);
}

const IscCodeLanguage isc_code_jax = {
  .id = "jax",
  .label = "JAX",
  .write = write_script,
};
