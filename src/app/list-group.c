/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/list-group.h"

#include <glib/gi18n.h>

#include "app/field-row.h"
#include "plot/theme.h"

struct _IscListGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;
  GtkWidget *add;
};

enum
{
  EDITED,
  REMOVED,
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscListGroup, isc_list_group, ADW_TYPE_PREFERENCES_GROUP)

static guint
index_of (GtkWidget *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
}

static void
apply_cb (GtkWidget *row, const char *text, IscListGroup *self)
{
  g_signal_emit (self, signals[EDITED], 0, index_of (row), text);
}

static void
remove_cb (GtkWidget *button, IscListGroup *self)
{
  g_signal_emit (self, signals[REMOVED], 0,
                 index_of (gtk_widget_get_ancestor (button, ISC_TYPE_FIELD_ROW)));
}

static void
add_cb (GtkWidget *row, const char *text, IscListGroup *self)
{
  if (*text != '\0')
    g_signal_emit (self, signals[ADDED], 0, text);
}

static GtkWidget *
make_row (IscListGroup *self, guint index)
{
  GtkWidget *row = isc_field_row_new ("", NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  GtkWidget *dot = gtk_label_new (NULL);

  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (row), "dot", dot);
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect (row, "apply", G_CALLBACK (apply_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dot);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  isc_field_row_set_width (ISC_FIELD_ROW (row), 18);
  isc_field_row_set_placeholder (ISC_FIELD_ROW (row), _ ("as constructed"));
  return row;
}

static void
paint_dot (GtkWidget *row, guint index, gboolean colored)
{
  GtkLabel *dot = g_object_get_data (G_OBJECT (row), "dot");
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autofree char *markup = NULL;
  double rgb[3];

  gtk_widget_set_visible (GTK_WIDGET (dot), colored);
  isc_theme_series_color (isc_theme_get (dark ? ISC_THEME_DARK : ISC_THEME_LIGHT), (int)index, rgb);
  markup = g_strdup_printf ("<span foreground='#%02x%02x%02x'>●</span>", (guint)(255.0 * rgb[0]),
                            (guint)(255.0 * rgb[1]), (guint)(255.0 * rgb[2]));
  gtk_label_set_markup (dot, markup);
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
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = isc_list_group_finalize;
  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ADDED] = g_signal_new ("added", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
}

static void
isc_list_group_init (IscListGroup *self)
{
  self->rows = g_ptr_array_new ();
}

GtkWidget *
isc_list_group_new (const char *title,
                    const char *add_title,
                    const char *add_help,
                    const char *add_example)
{
  IscListGroup *self = g_object_new (ISC_TYPE_LIST_GROUP, "title", title, NULL);

  self->add = isc_field_row_new (add_title, add_help);
  isc_field_row_set_width (ISC_FIELD_ROW (self->add), 22);
  isc_field_row_set_placeholder (ISC_FIELD_ROW (self->add), add_example);
  g_signal_connect (self->add, "apply", G_CALLBACK (add_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add);
  return GTK_WIDGET (self);
}

void
isc_list_group_set_items (IscListGroup *self,
                          const char *const *titles,
                          const char *const *texts,
                          gboolean colored)
{
  guint n = g_strv_length ((char **)texts);

  g_return_if_fail (ISC_IS_LIST_GROUP (self));

  /* Rows are kept, so that focus stays where it is; only what is too many or too few changes. */
  while (self->rows->len > n)
    {
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                    self->rows->pdata[self->rows->len - 1]);
      g_ptr_array_remove_index (self->rows, self->rows->len - 1);
    }
  if (self->rows->len < n)
    {
      g_object_ref (self->add);
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->add);
      while (self->rows->len < n)
        {
          GtkWidget *row = make_row (self, self->rows->len);

          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
          g_ptr_array_add (self->rows, row);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add);
      g_object_unref (self->add);
    }
  for (guint i = 0; i < n; i++)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows->pdata[i]), titles[i]);
      isc_field_row_set_text (ISC_FIELD_ROW (self->rows->pdata[i]), texts[i]);
      paint_dot (self->rows->pdata[i], i, colored);
    }
  isc_field_row_set_text (ISC_FIELD_ROW (self->add), "");
}

void
isc_list_group_set_error (IscListGroup *self, guint index, const char *message)
{
  isc_field_row_set_error (ISC_FIELD_ROW (isc_list_group_get_row (self, index)), message);
}

GtkWidget *
isc_list_group_get_row (IscListGroup *self, guint index)
{
  return index < self->rows->len ? self->rows->pdata[index] : self->add;
}
