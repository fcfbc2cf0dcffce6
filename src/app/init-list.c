/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/init-list.h"

#include <glib/gi18n.h>

#include "app/fresh-call.h"
#include "app/list-row.h"
#include "catalog/catalog.h"

static void
init_edited_cb (IscListGroup *list, guint index, const char *text, IscDocument *document)
{
  g_autofree char *path = g_strdup_printf ("inits[%u].weight", index);

  isc_list_group_edit (list, document, path, index, *text ? text : NULL);
}

static void
bias_edited_cb (IscListGroup *list, guint index, const char *text, IscDocument *document)
{
  g_autofree char *path = g_strdup_printf ("inits[%u].bias", index);

  isc_list_group_edit (list, document, path, index, *text ? text : NULL);
}

static void
init_removed_cb (IscListGroup *list, guint index, IscDocument *document)
{
  g_autofree char *path = g_strdup_printf ("inits[%u]", index);

  isc_list_group_edit (list, document, path, index, NULL);
}

static void
init_renamed_cb (IscListGroup *list, guint index, const char *name, IscDocument *document)
{
  g_autofree char *path = g_strdup_printf ("inits[%u].label", index);

  isc_list_group_edit (list, document, path, index, name);
}

static gboolean
has_label (IscExperiment *experiment, const char *label)
{
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    if (g_str_equal (isc_experiment_get_init_label (experiment, i), label))
      return TRUE;
  return FALSE;
}

/* What a new entry is called: the scheme's name where that is all there is to say. */
static char *
label_of (IscExperiment *experiment, const IscCall *call)
{
  const IscItem *item = isc_catalog_find (ISC_KIND_SCHEME, isc_call_get_name (call), NULL);

  return item && isc_call_get_n_args (call) == 0 && !has_label (experiment, item->label)
             ? g_strdup (item->label)
             : isc_call_to_text (call);
}

static void
init_added_cb (IscListGroup *list, const char *text, IscDocument *document)
{
  IscExperiment *experiment = isc_document_get_experiment (document);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  g_autofree char *spelled = call ? isc_call_to_text (call) : NULL;
  g_autofree char *label = call ? label_of (experiment, call) : NULL;
  g_autofree char *escaped = spelled ? g_strescape (spelled, NULL) : NULL;
  g_autofree char *escaped_label = label ? g_strescape (label, NULL) : NULL;
  g_autofree char *entry
      = g_strdup_printf ("{\"label\": \"%s\", \"weight\": \"%s\", \"bias\": \"zeros_()\"}",
                         escaped_label, escaped);

  if (!call
      || !isc_document_insert (document, "inits", isc_experiment_get_n_inits (experiment), entry,
                               &error))
    isc_list_group_set_error (list, G_MAXUINT, error->message);
}

/* Every scheme, to add with one click. */
static GMenu *
menu_of_schemes (void)
{
  GMenu *menu = g_menu_new ();
  guint n;
  const IscItem *const *schemes = isc_catalog_get_items (ISC_KIND_SCHEME, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = isc_fresh_call (schemes[i]);

      isc_list_group_offer (menu, schemes[i]->label, text);
    }
  return menu;
}

GtkWidget *
isc_init_list_new (void)
{
  GtkWidget *list = isc_list_group_new (_ ("Schemes"), TRUE,
                                        _ ("A scheme, as in kaiming_normal_(nonlinearity='relu')."),
                                        "orthogonal_()");
  g_autoptr (GMenu) schemes = menu_of_schemes ();

  isc_list_group_set_menu (ISC_LIST_GROUP (list), G_MENU_MODEL (schemes), _ ("Add a scheme"));
  return list;
}

void
isc_init_list_attach (IscListGroup *list, IscDocument *document)
{
  g_signal_connect_object (list, "edited", G_CALLBACK (init_edited_cb), document, 0);
  g_signal_connect_object (list, "detailed", G_CALLBACK (bias_edited_cb), document, 0);
  g_signal_connect_object (list, "renamed", G_CALLBACK (init_renamed_cb), document, 0);
  g_signal_connect_object (list, "removed", G_CALLBACK (init_removed_cb), document, 0);
  g_signal_connect_object (list, "added", G_CALLBACK (init_added_cb), document, 0);
}

void
isc_init_list_show (IscListGroup *list, IscExperiment *experiment)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      char *text = isc_experiment_get_init_text (experiment, i, FALSE);

      g_ptr_array_add (names, g_strdup (isc_experiment_get_init_label (experiment, i)));
      g_ptr_array_add (texts, text ? text : g_strdup (""));
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (texts, NULL);
  isc_list_group_set_items (list, (const char *const *)names->pdata,
                            (const char *const *)texts->pdata);
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      g_autofree char *bias = isc_experiment_get_init_text (experiment, i, TRUE);
      GtkWidget *row = isc_list_group_get_row (list, i);

      isc_list_row_set_detail (ISC_LIST_ROW (row), _ ("Biases"), bias ? bias : "");
    }
}
