/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/network.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/activations/activations.h"
#include "catalog/layers/layers.h"

typedef struct
{
  const IscModule *bound;
  guint first_parameter;
  guint n_parameters;
  guint n_buffers;
  IscReal **parameters;
  IscReal **gradients;
  IscReal **buffers;
  IscShape input;
  IscShape shape;
  gsize width;
  IscReal *output;
  IscReal *scratch;
} Module;

struct _IscNetwork
{
  GPtrArray *bound;
  Module *modules;
  guint n_modules;
  GPtrArray *parameters;
  GPtrArray *copies; /* of the parameters, in double; none in float */
  GPtrArray *inits;
  GArray *owners;
  gsize input_width;
  gsize max_width;
  gsize arena_size;
  gsize max_batch;
  const IscReal *input;
  IscGenerator *generator;
  IscNetworkProbe probe;
  gpointer probe_data;
  gboolean training;
  IscReal *arena;
  IscReal *spare[2];
  IscReal *buffers; /* every module's, one after another */
  gsize n_buffers;
};

static const IscLayer *
module_layer (const Module *module)
{
  return module->bound->kind == ISC_KIND_LAYER ? (const IscLayer *)module->bound->item : NULL;
}

/* The module of parameter @index. */
static guint
owner_of (const IscNetwork *network, guint index)
{
  return g_array_index (network->owners, guint, index);
}

static gsize
shape_width (const IscShape *shape)
{
  gsize width = 1;

  for (guint i = 0; i < shape->n_dims; i++)
    width *= (gsize)shape->dims[i];
  return width;
}

static void
module_clear (Module *module)
{
  g_free (module->parameters);
  g_free (module->gradients);
  g_free (module->buffers);
}

/* What is trained of @tensor: its own numbers, or a copy of them if those are double. */
static IscReal *
weights_of (IscNetwork *network, IscTensor *tensor)
{
#ifdef ISC_REAL_IS_DOUBLE
  IscReal *copy = g_new (IscReal, isc_tensor_get_count (tensor));

  g_ptr_array_add (network->copies, copy);
  return copy;
#else
  return isc_tensor_edit_data (tensor);
#endif
}

/* Once the tensors are initialized. */
static void
fill_copies (IscNetwork *network)
{
  for (guint i = 0; i < network->copies->len; i++)
    {
      const IscTensor *tensor = network->parameters->pdata[i];

      isc_real_copy (network->copies->pdata[i], isc_tensor_get_data (tensor),
                     isc_tensor_get_count (tensor));
    }
}

/* Constructs the parameters of module @index and draws their default initialization. */
static gboolean
construct (IscNetwork *network, guint index, IscGenerator *generator, GError **error)
{
  Module *module = &network->modules[index];
  const IscLayer *layer = module_layer (module);

  module->first_parameter = network->parameters->len;
  if (!layer)
    return TRUE;
  if (!isc_layer_check (layer, module->bound->arguments, error))
    return FALSE;
  module->n_parameters = layer->count_parameters (module->bound->arguments);
  module->n_buffers = layer->count_buffers ? layer->count_buffers (module->bound->arguments) : 0;
  if (module->n_parameters == 0)
    return TRUE;
  module->parameters = g_new0 (IscReal *, module->n_parameters);
  module->gradients = g_new0 (IscReal *, module->n_parameters);
  for (guint i = 0; i < module->n_parameters; i++)
    {
      IscLayerParameter parameter = { 0 };
      g_autofree char *name = NULL;
      IscTensor *tensor;

      layer->get_parameter (module->bound->arguments, i, &parameter);
      name = g_strdup_printf ("%s.%s", module->bound->name, parameter.name);
      tensor = isc_tensor_new (name, &parameter.shape, error);

      if (!tensor)
        return FALSE;
      g_ptr_array_add (network->parameters, tensor);
      g_ptr_array_add (network->inits, NULL);
      g_array_append_val (network->owners, index);
      module->parameters[i] = weights_of (network, tensor);
    }
  layer->initialize (module->bound->arguments, generator,
                     (IscTensor *const *)&network->parameters->pdata[module->first_parameter]);
  return TRUE;
}

/* What module @index, to which shapes[@index] comes, makes of it. */
static gboolean
infer_width (IscNetwork *network, guint index, IscShape *shapes, GError **error)
{
  Module *module = &network->modules[index];

  if (!isc_modules_infer_shape (network->bound, index, shapes, error))
    return FALSE;
  module->input = shapes[index];
  module->shape = shapes[index + 1];
  module->width = shape_width (&module->shape);
  network->max_width = MAX (network->max_width, module->width);
  return TRUE;
}

static gsize
scratch_of (const Module *module, gsize max_batch)
{
  const IscLayer *layer = module_layer (module);

  return layer && layer->measure_scratch
             ? layer->measure_scratch (module->bound->arguments, &module->input, max_batch)
             : 0;
}

/* Buffers are the layer's own for as long as the network lives. */
static gsize
buffers_of (const Module *module)
{
  const IscLayer *layer = module_layer (module);
  gsize n = 0;

  for (guint i = 0; i < module->n_buffers; i++)
    {
      IscLayerBuffer buffer = { 0 };

      layer->get_buffer (module->bound->arguments, i, &buffer);
      n += buffer.count;
    }
  return n;
}

static gsize
place_buffers (Module *module, IscReal *memory)
{
  const IscLayer *layer = module_layer (module);
  gsize used = 0;

  module->buffers = g_new0 (IscReal *, module->n_buffers);
  for (guint i = 0; i < module->n_buffers; i++)
    {
      IscLayerBuffer buffer = { 0 };

      layer->get_buffer (module->bound->arguments, i, &buffer);
      module->buffers[i] = memory + used;
      for (gsize j = 0; j < buffer.count; j++)
        module->buffers[i][j] = buffer.initial;
      used += buffer.count;
    }
  return used;
}

/* Whatever vectors walk over begins a cache line, of so many bytes. */
#define ALIGNMENT ((gsize)64)

/* The next @n numbers of the arena. */
static IscReal *
take (IscNetwork *network, gsize *used, gsize n)
{
  const gsize line = ALIGNMENT / sizeof (IscReal);
  IscReal *taken = network->arena + *used;

  *used += (n + line - 1) / line * line;
  return taken;
}

/* One block of memory for every module's output, every gradient, what layers keep and the two that
 * the backward pass takes turns with. */
static gboolean
allocate (IscNetwork *network, gsize max_batch, GError **error)
{
  double total = 2.0 * (double)max_batch * (double)network->max_width;
  gsize n_pieces = 3 + 2 * network->n_modules + network->parameters->len;
  gsize used = 0;

  for (guint i = 0; i < network->n_modules; i++)
    total += (double)max_batch * (double)network->modules[i].width
             + (double)scratch_of (&network->modules[i], max_batch)
             + (double)buffers_of (&network->modules[i]);
  for (guint i = 0; i < network->parameters->len; i++)
    total += (double)isc_tensor_get_count (network->parameters->pdata[i]);
  if (total <= (double)ISC_TENSOR_MAX_ELEMENTS)
    {
      network->arena_size = (gsize)total + n_pieces * ALIGNMENT / sizeof (IscReal);
      network->arena
          = aligned_alloc (ALIGNMENT,
                           (network->arena_size * sizeof (IscReal) / ALIGNMENT + 1) * ALIGNMENT);
    }
  if (!network->arena)
    {
      g_autofree char *bytes = isc_number_to_label (total * 4e-9, 3);

      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "network: a batch of %" G_GSIZE_FORMAT
                   " needs %s GB, which is not to be had: make the "
                   "batch or the layers smaller",
                   max_batch, bytes);
      return FALSE;
    }

  network->max_batch = max_batch;
  for (guint i = 0; i < 2; i++)
    network->spare[i] = take (network, &used, max_batch * network->max_width);
  /* Buffers lie close together: they are saved as one. */
  network->buffers = network->arena + used;
  for (guint i = 0; i < network->n_modules; i++)
    if (network->modules[i].n_buffers > 0)
      network->n_buffers
          += place_buffers (&network->modules[i], network->buffers + network->n_buffers);
  take (network, &used, network->n_buffers);
  for (guint i = 0; i < network->n_modules; i++)
    {
      Module *module = &network->modules[i];

      module->output = take (network, &used, max_batch * module->width);
      module->scratch = take (network, &used, scratch_of (module, max_batch));
      for (guint j = 0; j < module->n_parameters; j++)
        {
          IscTensor *tensor = network->parameters->pdata[module->first_parameter + j];

          module->gradients[j] = take (network, &used, isc_tensor_get_count (tensor));
        }
    }
  return TRUE;
}

IscNetwork *
isc_network_new (GPtrArray *modules,
                 IscGenerator *generator,
                 const IscShape *input,
                 gsize max_batch,
                 GError **error)
{
  g_autoptr (GPtrArray) bound = isc_modules_new (modules, error);
  g_autoptr (IscNetwork) network = NULL;
  g_autofree IscShape *shapes = NULL;

  if (!bound)
    return NULL;
  shapes = g_new0 (IscShape, bound->len + 1);
  if (input)
    shapes[0] = *input;
  network = g_new0 (IscNetwork, 1);
  network->modules = g_new0 (Module, bound->len + 1);
  network->n_modules = bound->len;
  network->bound = g_steal_pointer (&bound);
  network->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  network->copies = g_ptr_array_new_with_free_func (g_free);
  network->inits = g_ptr_array_new ();
  network->owners = g_array_new (FALSE, FALSE, sizeof (guint));
  network->training = TRUE;
  network->input_width = input ? shape_width (input) : 0;

  for (guint i = 0; i < network->n_modules; i++)
    {
      Module *module = &network->modules[i];

      module->bound = isc_modules_get (network->bound, i);
      if (!construct (network, i, generator, error)
          || (input && !infer_width (network, i, shapes, error)))
        {
          g_autofree char *place = isc_module_get_place (module->bound, "network");

          g_prefix_error (error, "%s: ", place);
          return NULL;
        }
    }
  if (input && !allocate (network, max_batch, error))
    return NULL;
  fill_copies (network);
  return g_steal_pointer (&network);
}

void
isc_network_free (IscNetwork *network)
{
  for (guint i = 0; i < network->n_modules; i++)
    module_clear (&network->modules[i]);
  g_free (network->modules);
  g_ptr_array_unref (network->bound);
  g_ptr_array_unref (network->parameters);
  g_ptr_array_unref (network->copies);
  g_ptr_array_unref (network->inits);
  g_array_unref (network->owners);
  free (network->arena);
  g_free (network);
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
  const Module *module = &network->modules[index];

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
static const IscReal *
forward_until (IscNetwork *network, guint end, const IscReal *x, gsize batch)
{
  network->input = x;
  for (guint i = 0; i < end; i++)
    {
      Module *module = &network->modules[i];
      const IscLayer *layer = module_layer (module);

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
add_skip (const Module *residual, IscReal *d, gsize batch)
{
  for (gsize i = 0; i < batch * residual->width; i++)
    d[i] += residual->scratch[i];
}

/* What arrives at module @index of the examples that schemes may measure. */
static gboolean
add_inputs (
    IscNetwork *network, const IscNetworkInit *init, guint index, IscSite *site, GError **error)
{
#ifdef ISC_REAL_IS_DOUBLE
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "a network in double can't be measured");
  return FALSE;
#else
  gboolean training = network->training;

  if (!init->inputs)
    return TRUE;
  /* Measuring leaves no trace in running statistics, and drops nothing out. */
  network->training = FALSE;
  site->inputs = forward_until (network, index, init->inputs, init->n_inputs);
  network->training = training;
  site->n_inputs = init->n_inputs;
  site->input_width = index > 0 ? network->modules[index - 1].width : network->input_width;
  return TRUE;
#endif
}

static gboolean
apply_to_parameter (IscNetwork *network,
                    guint index,
                    guint parameter,
                    const IscNetworkInit *init,
                    IscGenerator *generator,
                    GError **error)
{
  const Module *module = &network->modules[index];
  const IscLayer *layer = module_layer (module);
  IscTensor *tensor = network->parameters->pdata[module->first_parameter + parameter];
  IscLayerParameter described = { 0 };
  g_autoptr (IscArguments) arguments = NULL;
  const IscItem *scheme;
  IscCall *call;
  IscSite site;

  layer->get_parameter (module->bound->arguments, parameter, &described);
  call = init->find (isc_tensor_get_name (tensor), described.is_bias, init->data);
  if (!call)
    return TRUE;
  site = isc_layer_get_site (layer, module->bound->arguments, parameter, init->fans);
  site.pytorch = init->pytorch;
  site.name = isc_tensor_get_name (tensor);
  site.cancellable = init->cancellable;
  arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &scheme, error);
  if (!arguments)
    return FALSE;
  if (!isc_layer_is_set_by (layer, &described, (const IscScheme *)scheme, init->every_layer))
    return TRUE;
  if (((const IscScheme *)scheme)->measures && !add_inputs (network, init, index, &site, error))
    return FALSE;
  if (!isc_scheme_fill ((const IscScheme *)scheme, arguments, &site, generator, tensor, error))
    return FALSE;
  network->inits->pdata[module->first_parameter + parameter] = call;
  return TRUE;
}

gboolean
isc_network_apply (IscNetwork *network,
                   const IscNetworkInit *init,
                   IscGenerator *generator,
                   GError **error)
{
  for (guint i = 0; i < network->n_modules; i++)
    {
      const Module *module = &network->modules[i];

      for (guint j = 0; j < module->n_parameters; j++)
        if (!apply_to_parameter (network, i, j, init, generator, error))
          {
            IscTensor *tensor = network->parameters->pdata[module->first_parameter + j];

            g_prefix_error (error, "%s: ", isc_tensor_get_name (tensor));
            return FALSE;
          }
    }
  fill_copies (network);
  return TRUE;
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
  const Module *module = &network->modules[owner_of (network, index)];
  IscLayerParameter parameter;

  module_layer (module)->get_parameter (module->bound->arguments, index - module->first_parameter,
                                        &parameter);
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
  const Module *module = &network->modules[owner_of (network, index)];

  return module->parameters[index - module->first_parameter];
}

IscReal *
isc_network_get_gradient (const IscNetwork *network, guint index)
{
  const Module *module = &network->modules[owner_of (network, index)];

  return module->gradients[index - module->first_parameter];
}

IscReal *
isc_network_get_buffers (IscNetwork *network, gsize *n)
{
  *n = network->n_buffers;
  return network->buffers;
}

guint
isc_network_get_module (const IscNetwork *network, guint index)
{
  g_return_val_if_fail (index < network->owners->len, 0);
  return network->modules[owner_of (network, index)].bound->line;
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

const char *
isc_network_get_module_name (const IscNetwork *network, guint index)
{
  g_return_val_if_fail (index < network->n_modules, NULL);
  return network->modules[index].bound->name;
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
  return forward_until (network, network->n_modules, x, batch);
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
      Module *module = &network->modules[i];
      const IscReal *x = input_of (network, i);
      const IscLayer *layer = module_layer (module);

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
