/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network at work: forward and back through its modules, and what there is to see of it. */

#include "catalog/activations/activations.h"
#include "engine/network-private.h"

/* The module of parameter @index. */
static guint
owner_of (const IscNetwork *network, guint index)
{
  return g_array_index (network->owners, guint, index);
}

/* What comes to module @index. */
static const IscReal *
input_of (const IscNetwork *network, guint index)
{
  return index > 0 ? network->modules[index - 1].output : network->input;
}

static gboolean
ends_block (const IscNetwork *network, guint index)
{
  return network->modules[index].bound->begin != index;
}

static IscPass
pass_of (const IscNetwork *network, guint index, gsize batch)
{
  const IscNetworkModule *module = &network->modules[index];

  return (IscPass){
    .arguments = module->bound->arguments,
    .input = module->input,
    .output = module->shape,
    .parameters = (const IscReal *const *)module->parameters,
    .n_parameters = module->n_parameters,
    .gradients = module->gradients,
    .buffers = module->buffers,
    .scratch = module->scratch,
    .skip = ends_block (network, index) ? input_of (network, module->bound->begin) : NULL,
    .batch = batch,
    .training = network->training,
    .generator = network->generator,
  };
}

/* Runs the first @end modules. */
const IscReal *
isc_network_forward_until (IscNetwork *network, guint end, const IscReal *x, gsize batch)
{
  network->input = x;
  for (guint i = 0; i < end; i++)
    {
      IscNetworkModule *module = &network->modules[i];
      const IscLayer *layer = isc_network_module_layer (module);

      if (layer)
        {
          IscPass pass = pass_of (network, i, batch);

          layer->forward (&pass, input_of (network, i), module->output);
        }
      else
        isc_activation_forward ((const IscActivation *)module->bound->item,
                                module->bound->arguments, input_of (network, i), module->output,
                                batch, module->width);
    }
  return input_of (network, end);
}

/* Adds what a Residual's input is given without the block to what has come back through it. */
static void
add_skip (const IscNetworkModule *residual, IscReal *d, gsize batch)
{
  for (gsize i = 0; i < batch * residual->width; i++)
    d[i] += residual->scratch[i];
}

guint
isc_network_get_n_parameters (const IscNetwork *network)
{
  return network->parameters->len;
}

IscTensor *
isc_network_get_parameter (const IscNetwork *network, guint index)
{
  g_return_val_if_fail (index < network->parameters->len, NULL);
  return network->parameters->pdata[index];
}

gboolean
isc_network_is_bias (const IscNetwork *network, guint index)
{
  const IscNetworkModule *module = &network->modules[owner_of (network, index)];
  IscLayerParameter parameter;

  isc_network_module_layer (module)->get_parameter (module->bound->arguments,
                                                    index - module->first_parameter, &parameter);
  return parameter.is_bias;
}

IscCall *
isc_network_get_init (const IscNetwork *network, guint index)
{
  g_return_val_if_fail (index < network->inits->len, NULL);
  return network->inits->pdata[index];
}

IscReal *
isc_network_get_weights (const IscNetwork *network, guint index)
{
  const IscNetworkModule *module = &network->modules[owner_of (network, index)];

  return module->parameters[index - module->first_parameter];
}

IscReal *
isc_network_get_gradient (const IscNetwork *network, guint index)
{
  const IscNetworkModule *module = &network->modules[owner_of (network, index)];

  return module->gradients[index - module->first_parameter];
}

IscReal *
isc_network_get_buffers (IscNetwork *network, gsize *n)
{
  *n = network->n_buffers;
  return network->buffers;
}

guint
isc_network_get_owner (const IscNetwork *network, guint index)
{
  g_return_val_if_fail (index < network->owners->len, 0);
  return owner_of (network, index);
}

guint
isc_network_get_n_modules (const IscNetwork *network)
{
  return network->n_modules;
}

const IscModule *
isc_network_describe_module (const IscNetwork *network, guint index)
{
  g_return_val_if_fail (index < network->n_modules, NULL);
  return network->modules[index].bound;
}

void
isc_network_set_training (IscNetwork *network, gboolean training)
{
  network->training = training;
}

void
isc_network_set_generator (IscNetwork *network, IscGenerator *generator)
{
  network->generator = generator;
}

const IscShape *
isc_network_get_shape (const IscNetwork *network, guint index)
{
  g_return_val_if_fail (index < network->n_modules, NULL);
  return &network->modules[index].shape;
}

gsize
isc_network_get_bytes (const IscNetwork *network)
{
  gsize bytes = network->arena_size * sizeof (IscReal);

  for (guint i = 0; i < network->parameters->len; i++)
    bytes += isc_tensor_get_count (network->parameters->pdata[i]) * sizeof (float);
  return bytes;
}

gsize
isc_network_get_output_width (const IscNetwork *network)
{
  return network->n_modules ? network->modules[network->n_modules - 1].width : network->input_width;
}

IscGenerator *
isc_network_get_generator (const IscNetwork *network)
{
  return network->generator;
}

void
isc_network_set_probe (IscNetwork *network, IscNetworkProbe probe, gpointer data)
{
  network->probe = probe;
  network->probe_data = data;
}

const IscReal *
isc_network_forward (IscNetwork *network, const IscReal *x, gsize batch)
{
  return isc_network_forward_until (network, network->n_modules, x, batch);
}

void
isc_network_backward (
    IscNetwork *network, IscReal *d_outputs, gsize batch, IscNetworkReady ready, gpointer data)
{
  /* An activation's gradient is written over the one it came from, a layer's into the other spare.
   */
  IscReal *d = d_outputs;
  guint turn = 0;
  /* The Residuals in whose block the walk is, the innermost last. */
  guint blocks[ISC_CALL_MAX_DEPTH + 1];
  guint n_blocks = 0;

  for (guint i = network->n_modules; i-- > 0;)
    {
      IscNetworkModule *module = &network->modules[i];
      const IscReal *x = input_of (network, i);
      const IscLayer *layer = isc_network_module_layer (module);

      if (network->probe)
        network->probe (i, module->output, d, network->probe_data);
      if (layer)
        {
          IscReal *dx = i > 0 ? network->spare[turn] : NULL;
          IscPass pass = pass_of (network, i, batch);

          layer->backward (&pass, x, d, dx);
          for (guint j = 0; ready && j < module->n_parameters; j++)
            ready (module->first_parameter + j, data);
          d = dx;
          turn = 1 - turn;
        }
      else
        isc_activation_backward ((const IscActivation *)module->bound->item,
                                 module->bound->arguments, x, module->output, d, d, batch,
                                 module->width);
      if (ends_block (network, i))
        blocks[n_blocks++] = i;
      while (n_blocks > 0 && network->modules[blocks[n_blocks - 1]].bound->begin == i)
        {
          n_blocks--;
          if (d)
            add_skip (&network->modules[blocks[n_blocks]], d, batch);
        }
    }
}
