/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recent.h"

#include <glib/gi18n.h>

#define MIME_TYPE "application/vnd.initscope.experiment+json"

/* Longer lists are not read. */
#define MAX_ITEMS 10

static int
by_time (gconstpointer a, gconstpointer b)
{
  /* By use, which opening and saving are; the list has no order of its own. */
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *)b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *)a));
}

static void
append (GMenu *menu, GtkRecentInfo *info)
{
  g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
  g_autofree char *shown = path ? g_filename_display_basename (path) : NULL;
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
  g_auto (GStrv) parts = NULL;
  g_autofree char *label = NULL;

  if (!path)
    return;
  /* An underline of a name is none of a key. */
  parts = g_strsplit (shown, "_", -1);
  label = g_strjoinv ("__", parts);
  g_menu_item_set_label (item, label);
  g_menu_item_set_action_and_target (item, "win.open-uri", "s", gtk_recent_info_get_uri (info));
  g_menu_append_item (menu, item);
}

static void
fill (GtkRecentManager *manager, GMenu *menu)
{
  GList *all = g_list_sort (gtk_recent_manager_get_items (manager), by_time);

  g_menu_remove_all (menu);
  for (GList *at = all; at && g_menu_model_get_n_items (G_MENU_MODEL (menu)) < MAX_ITEMS;
       at = at->next)
    if (g_str_equal (gtk_recent_info_get_mime_type (at->data), MIME_TYPE)
        && gtk_recent_info_has_application (at->data, ISC_APPLICATION_ID))
      append (menu, at->data);
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    g_menu_append (menu, _ ("No experiment was opened yet"), "win.none");
  g_list_free_full (all, (GDestroyNotify)gtk_recent_info_unref);
}

GMenuModel *
isc_recent_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (fill), menu,
                           0);
  fill (gtk_recent_manager_get_default (), menu);
  return G_MENU_MODEL (menu);
}

void
isc_recent_add (const char *path)
{
  GtkRecentData data = {
    .mime_type = (char *)MIME_TYPE,
    .app_name = (char *)ISC_APPLICATION_ID,
    .app_exec = (char *)"initscope %f",
  };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

gboolean
isc_recent_remove (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);

  return gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
}
