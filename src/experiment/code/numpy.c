/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NumPy: each tensor by its law.  NumPy's generator is not PyTorch's, so the numbers differ. */

#include "experiment/code/numpy.h"

#include <string.h>

#include "experiment/code/python.h"

extern const IscCodeLanguage isc_code_numpy;

enum
{
  ORTHOGONAL,
  TRUNCATED,
  SPARSE,
  DIRAC,
  DELTA_ORTHOGONAL,
  CHRONO,
  FILE_OF_WEIGHTS,
  N_FUNCTIONS,
};

static const char *const functions[N_FUNCTIONS] = {
  [ORTHOGONAL]
  = "def orthogonal(shape, gain=1.0):\n"
    "    rows, columns = shape[0], int(np.prod(shape[1:]))\n"
    "    q, r = np.linalg.qr(rng.normal(size=(max(rows, columns), min(rows, columns))))\n"
    "    q *= np.sign(np.diag(r))  # makes q unique, and so uniform over such matrices\n"
    "    return gain * (q if rows >= columns else q.T).reshape(shape)\n",
  [TRUNCATED] = "def truncated_normal(mean, std, a, b, shape):\n"
                "    w = rng.normal(mean, std, shape)\n"
                "    while (outside := (w < a) | (w > b)).any():\n"
                "        w[outside] = rng.normal(mean, std, outside.sum())\n"
                "    return w\n",
  [SPARSE] = "def sparse(shape, sparsity, std):\n"
             "    w = rng.normal(0.0, std, shape)\n"
             "    for column in w.T:\n"
             "        column[rng.permutation(shape[0])[:int(np.ceil(sparsity * shape[0]))]] = 0.0\n"
             "    return w\n",
  [DIRAC] = "def dirac(shape, groups=1):\n"
            "    w = np.zeros(shape)\n"
            "    center = tuple(k // 2 for k in shape[2:])\n"
            "    for row in range(shape[0]):\n"
            "        channel = row % (shape[0] // groups)\n"
            "        if channel < shape[1]:\n"
            "            w[(row, channel) + center] = 1.0\n"
            "    return w\n",
  [DELTA_ORTHOGONAL] = "def delta_orthogonal(shape, gain=1.0):\n"
                       "    w = np.zeros(shape)\n"
                       "    center = tuple((k - 1) // 2 for k in shape[2:])\n"
                       "    w[(slice(None), slice(None)) + center] = orthogonal(shape[:2], gain)\n"
                       "    return w\n",
  [CHRONO] = "def chrono(units, t_max):\n"
             "    forget = np.log(rng.uniform(1, t_max - 1, units))\n"
             "    return np.concatenate([-forget, forget, np.zeros(2 * units)])\n",
  [FILE_OF_WEIGHTS]
  = "# What no law tells is read from what 'initscope weights' saves with -o weights.npz.\n",
};

/* What is not told by the law of one weight. */

static char *
write_eye (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  const IscShape *dims = &parameter->site.shape;

  return g_strdup_printf ("np.eye(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")", dims->dims[0],
                          dims->dims[1]);
}

static char *
write_identity (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  g_autofree char *eye = write_eye (parameter, shape, needs);
  g_autofree char *gain = isc_python_number (isc_arguments_number (parameter->arguments, "gain"));

  return g_strdup_printf ("(%s * %s)", gain, eye);
}

/* A normal for the weights from the input. */
static char *
write_irnn (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  return parameter->law.zeros > 0.0 ? write_identity (parameter, shape, needs) : NULL;
}

static char *
write_delta_orthogonal (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  g_autofree char *scale = isc_python_number (isc_arguments_number (parameter->arguments, "scale"));

  *needs |= 1u << ORTHOGONAL | 1u << DELTA_ORTHOGONAL;
  return g_strdup_printf ("delta_orthogonal(%s, gain=%s)", shape, scale);
}

static char *
write_icnr (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  gint64 scale = isc_arguments_integer (parameter->arguments, "scale");
  IscShape kernels = parameter->site.shape;
  g_autofree char *std = isc_python_number (parameter->law.std);
  g_autofree char *tuple = NULL;

  kernels.dims[0] /= scale * scale;
  tuple = isc_python_tuple (&kernels);
  return g_strdup_printf ("rng.normal(0, %s, %s).repeat(%" G_GINT64_FORMAT ", axis=0)", std, tuple,
                          scale * scale);
}

/* The gates of an LSTM are input, forget, cell, output. */
static char *
write_unit_forget_bias (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  if (parameter->law.zeros == 0.0)
    return NULL;
  return g_strdup_printf ("np.repeat([0, 1, 0, 0], %" G_GINT64_FORMAT ")",
                          parameter->site.shape.dims[0] / 4);
}

static char *
write_chrono (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  if (parameter->law.kind == ISC_LAW_POINT)
    return NULL;
  *needs |= 1u << CHRONO;
  return g_strdup_printf ("chrono(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")",
                          parameter->site.shape.dims[0] / 4,
                          isc_arguments_integer (parameter->arguments, "t_max"));
}

static char *
write_sparse (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  g_autofree char *sparsity
      = isc_python_number (isc_arguments_number (parameter->arguments, "sparsity"));
  g_autofree char *std = isc_python_number (isc_arguments_number (parameter->arguments, "std"));

  *needs |= 1u << SPARSE;
  return g_strdup_printf ("sparse(%s, %s, %s)", shape, sparsity, std);
}

static char *
write_dirac (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  *needs |= 1u << DIRAC;
  return g_strdup_printf ("dirac(%s, groups=%" G_GINT64_FORMAT ")", shape,
                          isc_arguments_integer (parameter->arguments, "groups"));
}

/* All weights at once; NULL if the expression says more than is translated. */
static char *
write_custom (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  const char *expression = isc_arguments_text (parameter->arguments, "expression");
  gint64 columns = isc_python_columns (&parameter->site.shape);
  gint64 count = columns * (parameter->site.shape.n_dims > 0 ? parameter->site.shape.dims[0] : 1);
  g_autofree char *rand = g_strdup_printf ("rng.random(%s)", shape);
  g_autofree char *randn = g_strdup_printf ("rng.normal(size=%s)", shape);
  g_autofree char *index
      = g_strdup_printf ("np.arange(%" G_GINT64_FORMAT ").reshape(%s)", count, shape);
  g_autofree char *row = g_strdup_printf ("(%s // %" G_GINT64_FORMAT ")", index, columns);
  g_autofree char *col = g_strdup_printf ("(%s %% %" G_GINT64_FORMAT ")", index, columns);
  g_autofree char *python = isc_python_translate (expression, &parameter->site,
                                                  &(IscPythonWords){ .rand = rand,
                                                                     .randn = randn,
                                                                     .row = row,
                                                                     .col = col,
                                                                     .index = index,
                                                                     .module = "np." });

  return python ? g_strdup_printf ("np.broadcast_to(%s, %s)", python, shape) : NULL;
}

static const struct
{
  const char *id;
  char *(*write) (const IscCodeParameter *parameter, const char *shape, guint *needs);
} special[] = {
  { "eye_", write_eye },
  { "keras.Identity", write_identity },
  { "irnn_identity_", write_irnn },
  { "sparse_", write_sparse },
  { "dirac_", write_dirac },
  { "jax.nn.initializers.delta_orthogonal", write_delta_orthogonal },
  { "icnr_", write_icnr },
  { "unit_forget_bias_", write_unit_forget_bias },
  { "chrono_", write_chrono },
  { "custom", write_custom },
};

static char *
write_law (const IscCodeParameter *parameter, const char *shape, guint *needs)
{
  const IscLaw *law = &parameter->law;
  g_autofree char *mean = isc_python_number (law->mean);
  g_autofree char *std = isc_python_number (law->std);
  g_autofree char *a = isc_python_number (law->a);
  g_autofree char *b = isc_python_number (law->b);

  if (!parameter->is_drawn && (law->kind != ISC_LAW_SPHERE || law->zeros > 0.0))
    return NULL;
  switch (law->kind)
    {
    case ISC_LAW_POINT:
      return law->a == 0.0 ? g_strdup_printf ("np.zeros(%s)", shape)
                           : g_strdup_printf ("np.full(%s, %s)", shape, a);
    case ISC_LAW_UNIFORM:
      return g_strdup_printf ("rng.uniform(%s, %s, %s)", a, b, shape);
    case ISC_LAW_NORMAL:
      return g_strdup_printf ("rng.normal(%s, %s, %s)", mean, std, shape);
    case ISC_LAW_TRUNCATED_NORMAL:
      *needs |= 1u << TRUNCATED;
      return g_strdup_printf ("truncated_normal(%s, %s, %s, %s, %s)", mean, std, a, b, shape);
    case ISC_LAW_SPHERE:
      *needs |= 1u << ORTHOGONAL;
      return law->std == 1.0 ? g_strdup_printf ("orthogonal(%s)", shape)
                             : g_strdup_printf ("orthogonal(%s, gain=%s)", shape, std);
    case ISC_LAW_NONE:
    default:
      return NULL;
    }
}

char *
isc_numpy_expression (const IscCodeParameter *parameter, guint *needs)
{
  g_autofree char *shape = isc_python_tuple (&parameter->site.shape);
  g_autofree char *value = NULL;

  if (parameter->scheme)
    for (guint i = 0; i < G_N_ELEMENTS (special) && !value; i++)
      if (g_str_equal (parameter->scheme->item.id, special[i].id))
        value = special[i].write (parameter, shape, needs);
  if (!value)
    value = write_law (parameter, shape, needs);
  if (!value)
    {
      g_autofree char *name = isc_python_string (parameter->name);

      *needs |= 1u << FILE_OF_WEIGHTS;
      return g_strdup_printf ("np.load('weights.npz')[%s]", name);
    }
  return g_strdup_printf ("%s.astype(np.float32)", value);
}

void
isc_numpy_append_functions (GString *text, guint needs)
{
  for (guint i = 0; i < N_FUNCTIONS; i++)
    if (needs & (1u << i))
      g_string_append_printf (text, "\n\n%s", functions[i]);
  if (needs)
    g_string_append (text, "\n\n");
}

static char *
expression (const IscCodePlan *plan, const IscCodeParameter *parameter, guint index, gpointer needs)
{
  return isc_numpy_expression (parameter, needs);
}

static void
write_script (const IscCodePlan *plan, GString *text)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *restart
      = g_strdup_printf ("rng = np.random.default_rng(%" G_GUINT64_FORMAT ")", plan->seed);
  guint needs = 0;

  isc_python_append_tensors (body, plan, restart, expression, &needs);
  g_string_append (text, "import numpy as np\n\n"
                         "# The same laws; the numbers are NumPy's own.  Shapes are PyTorch's.\n");
  isc_numpy_append_functions (text, needs);
  g_string_append_len (text, body->str, (gssize)body->len);
}

const IscCodeLanguage isc_code_numpy = {
  .id = "numpy",
  .label = "NumPy",
  .write = write_script,
};
