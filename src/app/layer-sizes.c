/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/layer-sizes.h"

#include "catalog/catalog.h"

gboolean
isc_layer_sizes_get (const IscCall *layer, IscLayerSizes *sizes)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_LAYER, layer, &item, NULL);
  guint n = 0;

  for (guint i = 0; arguments && i < item->n_parameters; i++)
    {
      const IscParameter *parameter = &item->parameters[i];

      if (parameter->type != ISC_PARAMETER_INTEGER || parameter->initial)
        continue;
      if (n == 2 || g_str_equal (parameter->name, "num_heads")
          || g_str_equal (parameter->name, "num_groups"))
        return FALSE;
      sizes->names[n] = parameter->name;
      sizes->sizes[n++] = isc_arguments_integer (arguments, parameter->name);
    }
  return n == 2;
}

char *
isc_layer_sizes_put (IscCall *layer, const gint64 sizes[2])
{
  const IscItem *item = isc_catalog_find (ISC_KIND_LAYER, isc_call_get_name (layer), NULL);
  g_autoptr (IscCall) call = isc_call_ref (layer);
  IscLayerSizes old;

  if (!isc_layer_sizes_get (layer, &old))
    return NULL;
  for (guint i = 0; call && i < 2; i++)
    {
      g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, sizes[i]);
      IscCall *changed = isc_call_with_argument (item, call, old.names[i], size, NULL);

      isc_call_unref (call);
      call = changed;
    }
  return call ? isc_call_to_text (call) : NULL;
}
