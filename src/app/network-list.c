/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/network-list.h"

#include <glib/gi18n.h>

#include "app/fresh-call.h"
#include "catalog/layers/layers.h"
#include "catalog/modules.h"
#include "experiment/edit.h"

static void
module_edited_cb (IscListGroup *list, guint index, const char *text, IscDocument *document)
{
  g_autofree char *path = g_strdup_printf ("network[%u]", index);

  isc_list_group_edit (list, document, path, index, text);
}

static void
module_removed_cb (IscListGroup *list, guint index, IscDocument *document)
{
  g_autofree char *path = g_strdup_printf ("network[%u]", index);

  isc_list_group_edit (list, document, path, index, NULL);
}

static void
module_moved_cb (IscListGroup *list, guint index, int by, IscDocument *document)
{
  IscExperiment *experiment = isc_document_get_experiment (document);
  gint64 to = (gint64)index + by;
  g_autofree char *path = g_strdup_printf ("network[%u]", index);
  g_autofree char *text = isc_call_to_text (isc_experiment_get_module (experiment, index));
  g_autoptr (IscExperiment) without = NULL;
  IscExperiment *moved;

  if (to < 0 || to >= isc_experiment_get_n_modules (experiment))
    return;
  without = isc_experiment_edit (experiment, path, NULL, NULL);
  moved = without ? isc_experiment_insert (without, "network", (guint)to, text, NULL) : NULL;
  if (moved)
    isc_document_take (document, moved, NULL);
}

/* As many units as come out of the network's last Linear, wherever it stands. */
static gint64
last_width (IscExperiment *experiment)
{
  g_autoptr (GPtrArray) modules = isc_modules_new (isc_experiment_get_network (experiment), NULL);

  for (guint i = modules ? modules->len : 0; i > 0; i--)
    {
      const IscModule *module = isc_modules_get (modules, i - 1);

      if (g_str_equal (module->item->id, "Linear"))
        return isc_arguments_integer (module->arguments, "out_features");
    }
  return 10;
}

/* A layer that the network as it is can be followed by. */
static char *
next_layer (IscDocument *document, const char *name)
{
  gint64 width = last_width (isc_document_get_experiment (document));
  g_autofree char *linear
      = g_strdup_printf ("Linear(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")", width, width);

  if (g_str_equal (name, "Linear"))
    return g_steal_pointer (&linear);
  if (g_str_equal (name, "Residual"))
    return g_strdup_printf ("Residual(%s, ReLU())", linear);
  return isc_fresh_call (isc_catalog_find (ISC_KIND_LAYER, name, NULL));
}

static gboolean
is_sequential (const char *text)
{
  g_autoptr (IscCall) call = isc_call_parse (text, NULL);

  return call && g_str_equal (isc_call_get_name (call), "Sequential");
}

/* One module is added; a pasted model takes the network's place. */
static void
module_added_cb (IscListGroup *list, const char *text, IscDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *spelled = isc_catalog_find (ISC_KIND_LAYER, text, NULL)
                                 ? next_layer (document, text)
                                 : g_strdup (text);
  g_autoptr (GPtrArray) calls = isc_call_parse_list (spelled, &error);
  gboolean whole = calls && (calls->len > 1 || is_sequential (spelled));
  guint n = isc_experiment_get_n_modules (isc_document_get_experiment (document));

  if (!calls
      || !(whole ? isc_document_edit (document, "network", spelled, NULL, &error)
                 : isc_document_insert (document, "network", n, spelled, &error)))
    isc_list_group_set_error (list, G_MAXUINT, error->message);
}

/* Everything that can be trained, to add with one click. */
static GMenu *
menu_of_modules (void)
{
  GMenu *modules = g_menu_new ();
  g_autoptr (GMenu) layers = g_menu_new ();
  g_autoptr (GMenu) activations = g_menu_new ();
  g_autoptr (GMenu) paste = g_menu_new ();
  const IscItem *const *items;
  guint n;

  items = isc_catalog_get_items (ISC_KIND_LAYER, &n);
  /* How wide a layer is depends on the network it is added to. */
  for (guint i = 0; i < n; i++)
    if (isc_layer_can_train ((const IscLayer *)items[i]))
      isc_list_group_offer (layers, _ (items[i]->label), items[i]->id);
  items = isc_catalog_get_items (ISC_KIND_ACTIVATION, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = isc_fresh_call (items[i]);

      isc_list_group_offer (activations, _ (items[i]->label), text);
    }
  g_menu_append (paste, _ ("_Paste a Model"), "list.paste");
  g_menu_append_section (modules, NULL, G_MENU_MODEL (layers));
  g_menu_append_section (modules, NULL, G_MENU_MODEL (activations));
  g_menu_append_section (modules, NULL, G_MENU_MODEL (paste));
  return modules;
}

GtkWidget *
isc_network_list_new (void)
{
  GtkWidget *list
      = isc_list_group_new (_ ("Network"), FALSE,
                            _ ("A module, as in Linear(10, 3), or a pasted nn.Sequential(...)."),
                            "Linear(10, 3)");
  g_autoptr (GMenu) modules = menu_of_modules ();

  isc_list_group_set_menu (ISC_LIST_GROUP (list), G_MENU_MODEL (modules),
                           _ ("Add a module or paste a model"));
  return list;
}

void
isc_network_list_attach (IscListGroup *list, IscDocument *document)
{
  g_signal_connect_object (list, "edited", G_CALLBACK (module_edited_cb), document, 0);
  g_signal_connect_object (list, "moved", G_CALLBACK (module_moved_cb), document, 0);
  g_signal_connect_object (list, "removed", G_CALLBACK (module_removed_cb), document, 0);
  g_signal_connect_object (list, "added", G_CALLBACK (module_added_cb), document, 0);
}

void
isc_network_list_show (IscListGroup *list, IscExperiment *experiment)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < isc_experiment_get_n_modules (experiment); i++)
    {
      g_ptr_array_add (names, g_strdup_printf (_ ("Module %u"), i));
      g_ptr_array_add (texts, isc_call_to_text (isc_experiment_get_module (experiment, i)));
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (texts, NULL);
  isc_list_group_set_items (list, (const char *const *)names->pdata,
                            (const char *const *)texts->pdata);
}
