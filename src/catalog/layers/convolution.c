/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/layers/convolution.h"

#include <string.h>

#include "base/error.h"
#include "catalog/layers/default.h"

enum
{
  WEIGHT,
  BIAS,
};

/* "Conv2d", "ConvTranspose3d": the dimensions are in the name. */
static guint
n_spatial (const IscArguments *arguments)
{
  const char *id = isc_arguments_get_item (arguments)->id;

  return (guint)g_ascii_digit_value (id[strlen (id) - 2]);
}

/* Every size is a number, or a tuple with one for each dimension. */
static gboolean
check_tuples (const IscArguments *arguments, GError **error)
{
  const IscItem *item = isc_arguments_get_item (arguments);
  guint n = n_spatial (arguments);

  for (guint i = 0; i < item->n_parameters; i++)
    {
      const IscParameter *parameter = &item->parameters[i];
      g_autofree char *text = isc_arguments_value_text (arguments, i);
      IscShape shape;

      if (parameter->type != ISC_PARAMETER_SHAPE || *text != '(')
        continue;
      shape = isc_arguments_shape (arguments, parameter->name);
      if (shape.n_dims == n)
        continue;
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s: %s=%s has %u item%s, and must be a number or have %u", item->id,
                   parameter->name, text, shape.n_dims, shape.n_dims == 1 ? "" : "s", n);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_groups (const IscArguments *arguments, const char *channels, GError **error)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");
  gint64 n = isc_arguments_integer (arguments, channels);

  if (n % groups == 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s: groups=%" G_GINT64_FORMAT " does not divide %s=%" G_GINT64_FORMAT,
               isc_arguments_get_item (arguments)->id, groups, channels, n);
  return FALSE;
}

static IscShape
weight_shape (const IscArguments *arguments)
{
  const IscLayer *layer = (const IscLayer *)isc_arguments_get_item (arguments);
  IscLayerParameter weight = { 0 };

  layer->get_parameter (arguments, WEIGHT, &weight);
  return weight.shape;
}

/* The second extent of the weight times the kernel. */
static gint64
default_fan_in (const IscArguments *arguments)
{
  return weight_shape (arguments).dims[1] * isc_convolution_kernel_count (arguments);
}

static double
default_bound (const IscArguments *arguments, guint index)
{
  gint64 fan_in = default_fan_in (arguments);

  return index == WEIGHT ? isc_default_weight_bound (fan_in) : isc_default_bias_bound (fan_in);
}

/* The kernel's shape, a number repeated for every dimension. */
static IscShape
kernel_shape (const IscArguments *arguments)
{
  IscShape kernel = isc_arguments_shape (arguments, "kernel_size");

  for (guint n = n_spatial (arguments); kernel.n_dims < n; kernel.n_dims++)
    kernel.dims[kernel.n_dims] = kernel.dims[0];
  return kernel;
}

gint64
isc_convolution_kernel_count (const IscArguments *arguments)
{
  IscShape kernel = kernel_shape (arguments);
  gint64 count = 1;

  for (guint i = 0; i < kernel.n_dims; i++)
    count *= kernel.dims[i];
  return count;
}

void
isc_convolution_get_parameter (const IscArguments *arguments,
                               const gint64 channels[2],
                               guint index,
                               IscLayerParameter *parameter)
{
  IscShape kernel = kernel_shape (arguments);

  if (index == BIAS)
    {
      *parameter = (IscLayerParameter){
        "bias",
        isc_shape (1, isc_arguments_integer (arguments, "out_channels")),
        .is_bias = TRUE,
      };
      return;
    }
  *parameter = (IscLayerParameter){ "weight", isc_shape (2, channels[0], channels[1]) };
  for (guint i = 0; i < kernel.n_dims; i++)
    parameter->shape.dims[parameter->shape.n_dims++] = kernel.dims[i];
}

gboolean
isc_convolution_check (const IscArguments *arguments, GError **error)
{
  return check_tuples (arguments, error) && check_groups (arguments, "in_channels", error)
         && check_groups (arguments, "out_channels", error);
}

guint
isc_convolution_count_parameters (const IscArguments *arguments)
{
  return isc_arguments_boolean (arguments, "bias") ? 2 : 1;
}

void
isc_convolution_initialize (const IscArguments *arguments,
                            IscGenerator *generator,
                            IscTensor *const *tensors)
{
  for (guint i = 0; i < isc_convolution_count_parameters (arguments); i++)
    isc_default_draw (generator, tensors[i], default_bound (arguments, i));
}

IscLaw
isc_convolution_law (const IscArguments *arguments, guint index)
{
  double bound = default_bound (arguments, index);

  return isc_law_uniform (-bound, bound);
}

char *
isc_convolution_describe (const IscArguments *arguments, guint index)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");
  gint64 channels = weight_shape (arguments).dims[1];
  gint64 kernel = isc_convolution_kernel_count (arguments);
  g_autoptr (GString) radicand = g_string_new (NULL);

  if (groups == 1)
    g_string_printf (radicand, "(%" G_GINT64_FORMAT " · %" G_GINT64_FORMAT ")", channels, kernel);
  else
    g_string_printf (radicand,
                     "(%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT " · %" G_GINT64_FORMAT ")",
                     channels * groups, groups, kernel);
  return isc_default_describe (radicand->str, default_bound (arguments, index));
}
