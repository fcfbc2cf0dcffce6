/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/layers/layers.h"

#include "base/error.h"

extern const IscLayer isc_layer_linear;
extern const IscLayer isc_layer_bilinear;
extern const IscLayer isc_layer_conv1d;
extern const IscLayer isc_layer_conv2d;
extern const IscLayer isc_layer_conv3d;
extern const IscLayer isc_layer_conv_transpose1d;
extern const IscLayer isc_layer_conv_transpose2d;
extern const IscLayer isc_layer_conv_transpose3d;
extern const IscLayer isc_layer_embedding;
extern const IscLayer isc_layer_rnn;
extern const IscLayer isc_layer_lstm;
extern const IscLayer isc_layer_gru;
extern const IscLayer isc_layer_rnn_cell;
extern const IscLayer isc_layer_lstm_cell;
extern const IscLayer isc_layer_gru_cell;
extern const IscLayer isc_layer_multihead_attention;
extern const IscLayer isc_layer_batch_norm1d;
extern const IscLayer isc_layer_batch_norm2d;
extern const IscLayer isc_layer_layer_norm;
extern const IscLayer isc_layer_group_norm;
extern const IscLayer isc_layer_prelu;
extern const IscLayer isc_layer_max_pool2d;
extern const IscLayer isc_layer_avg_pool2d;
extern const IscLayer isc_layer_flatten;
extern const IscLayer isc_layer_dropout;
extern const IscLayer isc_layer_residual;

/* THE list: a layer is its own file and one line here.  Those without weights stand last. */
static const IscItem *const layers[] = {
  &isc_layer_linear.item,
  &isc_layer_bilinear.item,
  &isc_layer_conv1d.item,
  &isc_layer_conv2d.item,
  &isc_layer_conv3d.item,
  &isc_layer_conv_transpose1d.item,
  &isc_layer_conv_transpose2d.item,
  &isc_layer_conv_transpose3d.item,
  &isc_layer_embedding.item,
  &isc_layer_rnn.item,
  &isc_layer_lstm.item,
  &isc_layer_gru.item,
  &isc_layer_rnn_cell.item,
  &isc_layer_lstm_cell.item,
  &isc_layer_gru_cell.item,
  &isc_layer_multihead_attention.item,
  &isc_layer_batch_norm1d.item,
  &isc_layer_batch_norm2d.item,
  &isc_layer_layer_norm.item,
  &isc_layer_group_norm.item,
  &isc_layer_prelu.item,
  &isc_layer_max_pool2d.item,
  &isc_layer_avg_pool2d.item,
  &isc_layer_flatten.item,
  &isc_layer_dropout.item,
  &isc_layer_residual.item,
};

static gboolean
takes_dims (const IscScheme *scheme, guint n_dims)
{
  return n_dims >= scheme->min_dims && (scheme->max_dims == 0 || n_dims <= scheme->max_dims);
}

/* "Linear, Conv2d": those with a forward and a backward pass. */
static char *
trainable_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    if (isc_layer_can_train ((const IscLayer *)layers[i]))
      g_string_append_printf (names, "%s%s", names->len ? ", " : "", layers[i]->id);
  return g_string_free (names, FALSE);
}

const IscItem *const *
isc_layers_get (guint *n)
{
  *n = G_N_ELEMENTS (layers);
  return layers;
}

gboolean
isc_layer_check (const IscLayer *layer, const IscArguments *arguments, GError **error)
{
  return !layer->check || layer->check (arguments, error);
}

gboolean
isc_layer_can_train (const IscLayer *layer)
{
  return layer->infer_shape && layer->forward && layer->backward;
}

gboolean
isc_layer_has_weights (const IscLayer *layer)
{
  return layer->get_parameter != NULL;
}

gboolean
isc_layer_infer_shape (const IscLayer *layer,
                       const IscArguments *arguments,
                       const IscShape *input,
                       IscShape *output,
                       GError **error)
{
  g_autofree char *names = NULL;

  if (isc_layer_can_train (layer))
    return layer->infer_shape (arguments, input, output, error);
  names = trainable_names ();
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s shows its weights on the Weights page, but can't be trained yet: of the layers, "
               "only %s can",
               layer->item.id, names);
  return FALSE;
}

gboolean
isc_layer_is_set_by (const IscLayer *layer,
                     const IscLayerParameter *parameter,
                     const IscScheme *scheme,
                     gboolean alone)
{
  if (layer->takes_init || parameter->in_linear)
    return TRUE;
  return alone && (parameter->is_bias || takes_dims (scheme, parameter->shape.n_dims));
}

IscSite
isc_layer_get_site (const IscLayer *layer, const IscArguments *arguments, guint index, IscFans fans)
{
  IscLayerParameter parameter = { 0 };
  IscSite site;

  layer->get_parameter (arguments, index, &parameter);
  site = isc_site_of_shape (&parameter.shape);
  site.layer = layer->item.id;
  if (fans == ISC_FANS_CORRECTED && parameter.fan_in > 0)
    site.fan_in = parameter.fan_in;
  if (fans == ISC_FANS_CORRECTED && parameter.fan_out > 0)
    site.fan_out = parameter.fan_out;
  return site;
}
