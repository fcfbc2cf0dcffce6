/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a network comes to be: its modules are constructed in order, each drawing its default
 * initialization, and then everything that a batch needs is one block of memory. */

#include "base/error.h"
#include "base/number-text.h"
#include "engine/network-private.h"

const IscLayer *
isc_network_module_layer (const IscNetworkModule *module)
{
  return module->bound->kind == ISC_KIND_LAYER ? (const IscLayer *)module->bound->item : NULL;
}

static void
module_clear (IscNetworkModule *module)
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

void
isc_network_fill_copies (IscNetwork *network)
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
  IscNetworkModule *module = &network->modules[index];
  const IscLayer *layer = isc_network_module_layer (module);

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
  IscNetworkModule *module = &network->modules[index];

  if (!isc_modules_infer_shape (network->bound, index, shapes, error))
    return FALSE;
  module->input = shapes[index];
  module->shape = shapes[index + 1];
  module->width = isc_shape_width (&module->shape);
  network->max_width = MAX (network->max_width, module->width);
  return TRUE;
}

static gsize
scratch_of (const IscNetworkModule *module, gsize max_batch)
{
  const IscLayer *layer = isc_network_module_layer (module);

  return layer && layer->measure_scratch
             ? layer->measure_scratch (module->bound->arguments, &module->input, max_batch)
             : 0;
}

/* Buffers are the layer's own for as long as the network lives. */
static gsize
buffers_of (const IscNetworkModule *module)
{
  const IscLayer *layer = isc_network_module_layer (module);
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
place_buffers (IscNetworkModule *module, IscReal *memory)
{
  const IscLayer *layer = isc_network_module_layer (module);
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
      IscNetworkModule *module = &network->modules[i];

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
  network->modules = g_new0 (IscNetworkModule, bound->len + 1);
  network->n_modules = bound->len;
  network->bound = g_steal_pointer (&bound);
  network->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  network->copies = g_ptr_array_new_with_free_func (g_free);
  network->inits = g_ptr_array_new ();
  network->owners = g_array_new (FALSE, FALSE, sizeof (guint));
  network->training = TRUE;
  network->input_width = input ? isc_shape_width (input) : 0;

  for (guint i = 0; i < network->n_modules; i++)
    {
      IscNetworkModule *module = &network->modules[i];

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
  isc_network_fill_copies (network);
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
