/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/code/pytorch-special.h"

#include "base/number-text.h"
#include "experiment/code/python.h"

typedef gboolean (*Special) (GString *text,
                             const IscCodeParameter *parameter,
                             const char *target,
                             gboolean *math);

static gboolean
append_identity (GString *text,
                 const IscCodeParameter *parameter,
                 const char *target,
                 gboolean *math)
{
  g_autofree char *gain = isc_number_to_text (isc_arguments_number (parameter->arguments, "gain"));

  g_string_append_printf (text, "nn.init.eye_(%s)\n%s.data.mul_(%s)\n", target, target, gain);
  return TRUE;
}

/* A normal for the weights from the input. */
static gboolean
append_irnn (GString *text, const IscCodeParameter *parameter, const char *target, gboolean *math)
{
  return parameter->law.zeros > 0.0 && append_identity (text, parameter, target, math);
}

static gboolean
append_delta_orthogonal (GString *text,
                         const IscCodeParameter *parameter,
                         const char *target,
                         gboolean *math)
{
  const IscShape *shape = &parameter->site.shape;
  g_autofree char *scale
      = isc_number_to_text (isc_arguments_number (parameter->arguments, "scale"));

  g_string_append_printf (text, "nn.init.zeros_(%s)\nnn.init.orthogonal_(%s.data[:, :", target,
                          target);
  for (guint i = 2; i < shape->n_dims; i++)
    g_string_append_printf (text, ", %" G_GINT64_FORMAT, (shape->dims[i] - 1) / 2);
  g_string_append_printf (text, "], %s)\n", scale);
  return TRUE;
}

/* One kernel of each, then copied. */
static gboolean
append_icnr (GString *text, const IscCodeParameter *parameter, const char *target, gboolean *math)
{
  gint64 scale = isc_arguments_integer (parameter->arguments, "scale");
  g_autofree char *std = isc_number_to_text (parameter->law.std);
  g_autofree char *extents = NULL;
  IscShape shape = parameter->site.shape;

  shape.dims[0] /= scale * scale;
  extents = isc_shape_to_text (&shape, ", ");
  g_string_append_printf (text,
                          "kernels = nn.init.normal_(torch.empty(%s), 0, %s)\n"
                          "%s.data.copy_(kernels.repeat_interleave(%" G_GINT64_FORMAT ", 0))\n",
                          extents, std, target, scale * scale);
  return TRUE;
}

/* The gates of an LSTM are input, forget, cell, output. */
static gboolean
append_unit_forget_bias (GString *text,
                         const IscCodeParameter *parameter,
                         const char *target,
                         gboolean *math)
{
  gint64 units = parameter->site.shape.dims[0] / 4;

  if (parameter->law.zeros == 0.0)
    return FALSE;
  g_string_append_printf (text,
                          "nn.init.zeros_(%s)\n"
                          "%s.data[%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT "] = 1\n",
                          target, target, units, 2 * units);
  return TRUE;
}

static gboolean
append_chrono (GString *text, const IscCodeParameter *parameter, const char *target, gboolean *math)
{
  gint64 units = parameter->site.shape.dims[0] / 4;
  gint64 t_max = isc_arguments_integer (parameter->arguments, "t_max");

  if (parameter->law.kind == ISC_LAW_POINT)
    return FALSE;
  g_string_append_printf (text,
                          "nn.init.zeros_(%s)\n"
                          "forget = %s.data[%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT
                          "].uniform_(1, %" G_GINT64_FORMAT ").log_()\n"
                          "%s.data[:%" G_GINT64_FORMAT "] = -forget\n",
                          target, target, units, 2 * units, t_max - 1, target, units);
  return TRUE;
}

/* timm cuts a standard normal, by the algorithm that PyTorch had up to 2.11, and scales it. */
static gboolean
append_timm (GString *text, const IscCodeParameter *parameter, const char *target, gboolean *math)
{
  const IscLaw *law = &parameter->law;
  g_autofree char *a = isc_python_number ((law->a - law->mean) / law->std);
  g_autofree char *b = isc_python_number ((law->b - law->mean) / law->std);
  g_autofree char *mean = isc_number_to_text (law->mean);
  g_autofree char *std = isc_number_to_text (law->std);

  if (law->kind != ISC_LAW_TRUNCATED_NORMAL)
    return FALSE;
  g_string_append_printf (text,
                          "nn.init.trunc_normal_(%s, 0, 1, %s, %s)\n"
                          "%s.data.mul_(%s).add_(%s)\n",
                          target, a, b, target, std, mean);
  return TRUE;
}

/* Weight by weight, as Initscope evaluates it, so that the numbers are the same. */
static gboolean
append_custom (GString *text, const IscCodeParameter *parameter, const char *target, gboolean *math)
{
  const char *expression = isc_arguments_text (parameter->arguments, "expression");
  g_autofree char *python
      = isc_python_translate (expression, &parameter->site,
                              &(IscPythonWords){ .rand = "torch.rand(()).item()",
                                                 .randn = "torch.randn(()).item()",
                                                 .row = "row",
                                                 .col = "col",
                                                 .index = "index",
                                                 .module = "math." });

  if (!python)
    return FALSE;
  *math = TRUE;
  g_string_append_printf (text,
                          "for index in range(%s.numel()):\n"
                          "    row, col = divmod(index, %" G_GINT64_FORMAT ")\n"
                          "    %s.data.view(-1)[index] = %s\n",
                          target, isc_python_columns (&parameter->site.shape), target, python);
  return TRUE;
}

gboolean
isc_pytorch_append_special (GString *text,
                            const IscCodeParameter *parameter,
                            const char *target,
                            gboolean *math)
{
  static const struct
  {
    const char *id;
    Special append;
  } specials[] = {
    { "keras.Identity", append_identity },
    { "irnn_identity_", append_irnn },
    { "jax.nn.initializers.delta_orthogonal", append_delta_orthogonal },
    { "icnr_", append_icnr },
    { "unit_forget_bias_", append_unit_forget_bias },
    { "chrono_", append_chrono },
    { "timm.trunc_normal_tf_", append_timm },
    { "timm.variance_scaling_", append_timm },
    { "timm.lecun_normal_", append_timm },
    { "custom", append_custom },
  };

  for (guint i = 0; i < G_N_ELEMENTS (specials); i++)
    if (g_str_equal (parameter->scheme->item.id, specials[i].id))
      return specials[i].append (text, parameter, target, math);
  return FALSE;
}
