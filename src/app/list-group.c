/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/list-group.h"

#include <glib/gi18n.h>

#include "app/field-row.h"
#include "app/list-row.h"
#include "experiment/problem.h"

struct _IscListGroup
{
  AdwPreferencesGroup parent_instance;

  gboolean named;
  GPtrArray *rows;
  GtkWidget *add;
};

enum
{
  EDITED,
  DETAILED,
  RENAMED,
  MOVED,
  REMOVED,
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscListGroup, isc_list_group, ADW_TYPE_PREFERENCES_GROUP)

static guint
index_of (IscListGroup *self, GtkWidget *row)
{
  guint index = 0;

  g_ptr_array_find (self->rows, row, &index);
  return index;
}

static void
apply_cb (GtkWidget *row, const char *text, IscListGroup *self)
{
  g_signal_emit (self, signals[EDITED], 0, index_of (self, row), text);
}

static void
detailed_cb (GtkWidget *row, const char *text, IscListGroup *self)
{
  g_signal_emit (self, signals[DETAILED], 0, index_of (self, row), text);
}

static void
renamed_cb (GtkWidget *row, const char *name, IscListGroup *self)
{
  g_signal_emit (self, signals[RENAMED], 0, index_of (self, row), name);
}

static void
moved_cb (GtkWidget *row, int by, IscListGroup *self)
{
  g_signal_emit (self, signals[MOVED], 0, index_of (self, row), by);
}

static void
removed_cb (GtkWidget *row, IscListGroup *self)
{
  g_signal_emit (self, signals[REMOVED], 0, index_of (self, row));
}

static void
add_cb (GtkWidget *row, const char *text, IscListGroup *self)
{
  if (*text != '\0')
    g_signal_emit (self, signals[ADDED], 0, text);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[ADDED], 0, g_variant_get_string (parameter, NULL));
}

static void
pasted_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (IscListGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text
      = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, &error);

  if (text && *g_strstrip (text))
    g_signal_emit (self, signals[ADDED], 0, text);
  else
    isc_list_group_set_error (self, G_MAXUINT, _ ("The clipboard holds no text"));
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb,
                                 g_object_ref (widget));
}

static GtkWidget *
make_row (IscListGroup *self)
{
  GtkWidget *row = isc_list_row_new (self->named);

  g_signal_connect (row, "apply", G_CALLBACK (apply_cb), self);
  g_signal_connect (row, "detailed", G_CALLBACK (detailed_cb), self);
  g_signal_connect (row, "renamed", G_CALLBACK (renamed_cb), self);
  g_signal_connect (row, "moved", G_CALLBACK (moved_cb), self);
  g_signal_connect (row, "removed", G_CALLBACK (removed_cb), self);
  return row;
}

static void
isc_list_group_finalize (GObject *object)
{
  g_ptr_array_unref (ISC_LIST_GROUP (object)->rows);
  G_OBJECT_CLASS (isc_list_group_parent_class)->finalize (object);
}

static void
isc_list_group_class_init (IscListGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = isc_list_group_finalize;
  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[DETAILED] = g_signal_new ("detailed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[RENAMED] = g_signal_new ("renamed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_UINT, G_TYPE_INT);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ADDED] = g_signal_new ("added", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "list.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "list.paste", NULL, paste_action);
}

static void
isc_list_group_init (IscListGroup *self)
{
  self->rows = g_ptr_array_new ();
}

GtkWidget *
isc_list_group_new (const char *title,
                    gboolean named,
                    const char *add_help,
                    const char *add_example)
{
  IscListGroup *self = g_object_new (ISC_TYPE_LIST_GROUP, "title", title, NULL);

  self->named = named;
  self->add = isc_field_row_new (_ ("Add"), add_help);
  isc_field_row_set_width (ISC_FIELD_ROW (self->add), 20);
  isc_field_row_set_placeholder (ISC_FIELD_ROW (self->add), add_example);
  g_signal_connect (self->add, "apply", G_CALLBACK (add_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add);
  return GTK_WIDGET (self);
}

void
isc_list_group_set_menu (IscListGroup *self, GMenuModel *menu, const char *tooltip)
{
  GtkWidget *button = gtk_menu_button_new ();

  g_return_if_fail (ISC_IS_LIST_GROUP (self));

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), button);
}

void
isc_list_group_set_items (IscListGroup *self, const char *const *names, const char *const *texts)
{
  guint n = g_strv_length ((char **)texts);

  g_return_if_fail (ISC_IS_LIST_GROUP (self));

  /* Rows are kept, so that focus stays where it is; only what is too many or too few changes. */
  while (self->rows->len > n)
    {
      GtkWidget *row = g_ptr_array_steal_index (self->rows, self->rows->len - 1);

      /* A row that is left because it goes away has nothing to apply. */
      isc_list_row_set_item (ISC_LIST_ROW (row), 0, "", "");
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
    }
  if (self->rows->len < n)
    {
      g_object_ref (self->add);
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->add);
      while (self->rows->len < n)
        {
          GtkWidget *row = make_row (self);

          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
          g_ptr_array_add (self->rows, row);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add);
      g_object_unref (self->add);
    }
  for (guint i = 0; i < n; i++)
    isc_list_row_set_item (ISC_LIST_ROW (self->rows->pdata[i]), i, names[i], texts[i]);
  isc_field_row_set_text (ISC_FIELD_ROW (self->add), "");
}

void
isc_list_group_set_error (IscListGroup *self, guint index, const char *message)
{
  GtkWidget *row = isc_list_group_get_row (self, index);

  if (row)
    isc_list_row_set_error (ISC_LIST_ROW (row), message);
  else
    isc_field_row_set_error (ISC_FIELD_ROW (self->add), message);
}

GtkWidget *
isc_list_group_get_row (IscListGroup *self, guint index)
{
  return index < self->rows->len ? self->rows->pdata[index] : NULL;
}

GtkWidget *
isc_list_group_get_add_row (IscListGroup *self)
{
  return self->add;
}

void
isc_list_group_offer (GMenu *menu, const char *label, const char *text)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "list.add", "s", text);
  g_menu_append_item (menu, item);
}

gboolean
isc_list_group_edit (
    IscListGroup *self, IscDocument *document, const char *path, guint index, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (ISC_IS_LIST_GROUP (self), FALSE);

  if (isc_document_edit (document, path, value, NULL, &error))
    return TRUE;
  isc_list_group_set_error (self, index, isc_problem_without_path (error->message, path));
  return FALSE;
}
