/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/code/keras-layer.h"

#include "experiment/code/python.h"

static const IscKerasLayer layers[] = {
  { "Linear", "Dense", 0, FALSE, "in_features", "out_features" },
  { "Conv1d", "Conv1D", 1, FALSE, "in_channels", "out_channels" },
  { "Conv2d", "Conv2D", 2, FALSE, "in_channels", "out_channels" },
  { "Conv3d", "Conv3D", 3, FALSE, "in_channels", "out_channels" },
  { "ConvTranspose1d", "Conv1DTranspose", 1, TRUE, "in_channels", "out_channels" },
  { "ConvTranspose2d", "Conv2DTranspose", 2, TRUE, "in_channels", "out_channels" },
  { "ConvTranspose3d", "Conv3DTranspose", 3, TRUE, "in_channels", "out_channels" },
};

/* Argument @name as one number if it is the same in all dimensions; -1 if not. */
static gint64
same_everywhere (const IscArguments *arguments, const char *name)
{
  IscShape shape = isc_arguments_shape (arguments, name);

  for (guint i = 1; i < shape.n_dims; i++)
    if (shape.dims[i] != shape.dims[0])
      return -1;
  return shape.n_dims > 0 ? shape.dims[0] : -1;
}

/* Keras pads by nothing or to the same size; NULL if it can't pad as @module does. */
static const char *
padding_of (const IscModule *module)
{
  const IscArguments *arguments = module->arguments;
  IscShape kernel = isc_arguments_shape (arguments, "kernel_size");
  IscShape padding = isc_arguments_shape (arguments, "padding");
  gint64 dilation = same_everywhere (arguments, "dilation");
  gboolean none = TRUE;
  gboolean same = same_everywhere (arguments, "stride") == 1;

  if (padding.n_dims == 0)
    return isc_arguments_text (arguments, "padding");
  for (guint i = 0; i < MAX (kernel.n_dims, padding.n_dims); i++)
    {
      gint64 pad = padding.dims[padding.n_dims > 1 ? i : 0];
      gint64 extent = kernel.dims[kernel.n_dims > 1 ? i : 0];

      none = none && pad == 0;
      same = same && 2 * pad == dilation * (extent - 1);
    }
  return none ? "valid" : same ? "same" : NULL;
}

static gboolean
convolves_alike (const IscKerasLayer *layer, const IscModule *module)
{
  const IscArguments *arguments = module->arguments;
  const char *padding = padding_of (module);

  if (!padding || !g_str_equal (isc_arguments_text (arguments, "padding_mode"), "zeros"))
    return FALSE;
  return !layer->transposed
         || (isc_arguments_integer (arguments, "groups") == 1
             && same_everywhere (arguments, "output_padding") == 0
             && g_str_equal (padding, "valid"));
}

static void
append_convolution (GString *text, const IscModule *module, const char *indent)
{
  static const char *const names[][2] = {
    { "kernel_size", "kernel_size" },
    { "stride", "strides" },
    { "dilation", "dilation_rate" },
  };
  const IscArguments *arguments = module->arguments;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      IscShape shape = isc_arguments_shape (arguments, names[i][0]);
      gint64 same = same_everywhere (arguments, names[i][0]);
      g_autofree char *tuple = isc_python_tuple (&shape);

      if (same == 1 && i > 0)
        continue;
      if (same >= 0)
        g_string_append_printf (text, "%s%s=%" G_GINT64_FORMAT ",\n", indent, names[i][1], same);
      else
        g_string_append_printf (text, "%s%s=%s,\n", indent, names[i][1], tuple);
    }
  if (!g_str_equal (padding_of (module), "valid"))
    g_string_append_printf (text, "%spadding='%s',\n", indent, padding_of (module));
  if (isc_arguments_integer (arguments, "groups") > 1)
    g_string_append_printf (text, "%sgroups=%" G_GINT64_FORMAT ",\n", indent,
                            isc_arguments_integer (arguments, "groups"));
}

const IscKerasLayer *
isc_keras_layer_find (const IscModule *module)
{
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    if (g_str_equal (layers[i].id, module->item->id)
        && (layers[i].n_spatial == 0 || convolves_alike (&layers[i], module)))
      return &layers[i];
  return NULL;
}

void
isc_keras_layer_append (GString *text, const IscModule *module, const char *indent)
{
  const IscKerasLayer *layer = isc_keras_layer_find (module);

  g_string_append_printf (text, "%s%" G_GINT64_FORMAT ",\n", indent,
                          isc_arguments_integer (module->arguments, layer->out));
  if (layer->n_spatial > 0)
    append_convolution (text, module, indent);
  if (!isc_arguments_boolean (module->arguments, "bias"))
    g_string_append_printf (text, "%suse_bias=False,\n", indent);
}

char *
isc_keras_layer_input (const IscModule *module, gboolean batch)
{
  const IscKerasLayer *layer = isc_keras_layer_find (module);
  GString *text = g_string_new ("(");

  for (guint i = 0; i < layer->n_spatial + (batch ? 1 : 0); i++)
    g_string_append (text, "None, ");
  g_string_append_printf (text, "%" G_GINT64_FORMAT "%s)",
                          isc_arguments_integer (module->arguments, layer->in),
                          !batch && layer->n_spatial == 0 ? "," : "");
  return g_string_free (text, FALSE);
}

char *
isc_keras_activation (const IscModule *module)
{
  static const char *const known[] = { "ReLU", "Tanh", "Sigmoid",  "GELU",     "SiLU",
                                       "ELU",  "SELU", "Softplus", "Softsign", "Mish" };

  if (g_str_equal (module->item->id, "LeakyReLU"))
    {
      g_autofree char *slope
          = isc_python_number (isc_arguments_number (module->arguments, "negative_slope"));

      return g_strdup_printf ("keras.layers.LeakyReLU(negative_slope=%s)", slope);
    }
  if (g_str_equal (module->item->id, "Identity"))
    return g_strdup ("keras.layers.Identity()");
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (module->item->id, known[i]) && isc_call_get_n_args (module->call) == 0)
      {
        g_autofree char *name = g_ascii_strdown (known[i], -1);

        return g_strdup_printf ("keras.layers.Activation('%s')", name);
      }
  return NULL;
}
