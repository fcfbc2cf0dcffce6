/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/modules.h"

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/activations/activations.h"
#include "catalog/layers/layers.h"

static void
module_free (gpointer data)
{
  IscModule *module = data;

  g_free (module->name);
  isc_call_unref (module->call);
  g_clear_pointer (&module->arguments, isc_arguments_unref);
  g_free (module);
}

/* Appends what @call, a module of line @line named @name, is made of.  Takes @name. */
static gboolean
append (GPtrArray *modules, IscCall *call, guint line, char *name, GError **error)
{
  IscModule *module = g_new0 (IscModule, 1);
  GPtrArray *block;
  gboolean ok;

  module->name = name;
  module->line = line;
  module->call = isc_call_ref (call);
  module->arguments = isc_catalog_bind_module (call, &module->kind, &module->item, error);
  module->begin = modules->len;
  block = module->arguments ? isc_arguments_modules (module->arguments) : NULL;
  ok = block != NULL;
  for (guint i = 0; ok && i < block->len; i++)
    ok = append (modules, block->pdata[i], line, g_strdup_printf ("%s.f.%u", name, i), error);
  g_ptr_array_add (modules, module);
  return ok;
}

/* x + f(x) adds number to number. */
static gboolean
infer_sum (const IscModule *module,
           const IscShape *skip,
           const IscShape *input,
           IscShape *output,
           GError **error)
{
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;

  *output = input->n_dims > 0 ? *input : *skip;
  if (skip->n_dims == 0 || input->n_dims == 0 || isc_shape_equal (skip, input))
    return TRUE;
  in = isc_shape_to_text (skip, "×");
  out = isc_shape_to_text (input, "×");
  *output = *skip;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s: its modules make %s of %s, and x + f(x) needs the same shape", module->item->id,
               out, in);
  return FALSE;
}

GPtrArray *
isc_modules_new (GPtrArray *calls, GError **error)
{
  g_autoptr (GPtrArray) modules = g_ptr_array_new_with_free_func (module_free);

  for (guint i = 0; i < calls->len; i++)
    if (!append (modules, calls->pdata[i], i, g_strdup_printf ("%u", i), error))
      {
        g_prefix_error (error, "network[%u]: ", i);
        return NULL;
      }
  return g_steal_pointer (&modules);
}

const IscModule *
isc_modules_get (const GPtrArray *modules, guint index)
{
  return modules->pdata[index];
}

IscCall *
isc_modules_find (GPtrArray *lines, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", -1);
  g_autoptr (GPtrArray) list = g_ptr_array_ref (lines);

  for (guint i = 0; parts[i]; i += 2)
    {
      g_autoptr (IscArguments) arguments = NULL;
      IscCall *call;
      gint64 index;

      if (!isc_integer_from_text (parts[i], &index) || index < 0 || index >= list->len)
        return NULL;
      call = list->pdata[index];
      if (!parts[i + 1])
        return isc_call_ref (call);
      arguments = g_str_equal (parts[i + 1], "f") ? isc_catalog_bind_module (call, NULL, NULL, NULL)
                                                  : NULL;
      if (!arguments)
        return NULL;
      g_ptr_array_unref (list);
      list = g_ptr_array_ref (isc_arguments_modules (arguments));
      if (!parts[i + 2])
        return NULL;
    }
  return NULL;
}

char *
isc_module_get_place (const IscModule *module, const char *list)
{
  g_auto (GStrv) parts = g_strsplit (module->name, ".", -1);
  GString *place = g_string_new (list);

  for (guint i = 0; parts[i]; i++)
    if (g_ascii_isdigit (parts[i][0]))
      g_string_append_printf (place, "[%s]", parts[i]);
    else
      g_string_append_printf (place, ".%s", parts[i]);
  return g_string_free (place, FALSE);
}

gboolean
isc_modules_infer_shape (const GPtrArray *modules, guint index, IscShape *shapes, GError **error)
{
  const IscModule *module = isc_modules_get (modules, index);

  shapes[index + 1] = shapes[index];
  if (module->begin != index)
    return infer_sum (module, &shapes[module->begin], &shapes[index], &shapes[index + 1], error);
  if (module->kind == ISC_KIND_LAYER && index > 0
      && ((const IscLayer *)module->item)->count_indices)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s takes whole numbers, which only data are: it should be the first module",
                   module->item->id);
      return FALSE;
    }
  if (module->kind == ISC_KIND_LAYER)
    return isc_layer_infer_shape ((const IscLayer *)module->item, module->arguments, &shapes[index],
                                  &shapes[index + 1], error);
  return isc_activation_check ((const IscActivation *)module->item, module->arguments,
                               &shapes[index], error);
}

void
isc_modules_name_source (GError *error, const char *source)
{
  char *message = error->message;

  if (!g_str_has_suffix (message, " come") && !g_str_has_suffix (message, " comes"))
    return;
  error->message = g_strdup_printf ("%s from %s", message, source);
  g_free (message);
}

guint
isc_modules_find_batch (const GPtrArray *modules, const IscShape *shapes)
{
  for (guint i = 0; i < modules->len; i++)
    {
      const IscModule *module = isc_modules_get (modules, i);
      const IscLayer *layer = (const IscLayer *)module->item;

      if (module->kind == ISC_KIND_LAYER && layer->needs_batch && shapes[i].n_dims > 0
          && layer->needs_batch (module->arguments, &shapes[i]))
        return i;
    }
  return modules->len;
}

gboolean
isc_modules_infer_shapes (const GPtrArray *modules, IscShape *shapes, GError **error)
{
  g_autofree char *source = g_strdup ("the data");

  for (guint i = 0; i < modules->len; i++)
    {
      const IscModule *module = isc_modules_get (modules, i);
      g_autofree char *place = isc_module_get_place (module, "network");
      GError *unfit = NULL;

      if (!isc_modules_infer_shape (modules, i, shapes, &unfit))
        {
          isc_modules_name_source (unfit, source);
          g_propagate_prefixed_error (error, unfit, "%s: ", place);
          return FALSE;
        }
      if (module->kind == ISC_KIND_LAYER)
        {
          g_free (source);
          source = g_steal_pointer (&place);
        }
    }
  return TRUE;
}
