/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/list-row.h"

#include <glib/gi18n.h>

#include "app/series-dot.h"

/* An entry, the text last applied, and the last one that was right. */
typedef struct
{
  GtkWidget *entry;
  char *shown;
  char *good;
} Field;

struct _IscListRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *head;
  GtkWidget *dot;
  GtkWidget *place;
  GtkWidget *name;
  GtkWidget *entry;
  GtkWidget *detail_row;
  GtkWidget *detail_title;
  GtkWidget *detail;
  GtkWidget *message;
  GtkWidget *more;

  Field text;
  Field more_text;
  char *shown_name;
  gboolean updating;
};

enum
{
  APPLY,
  DETAILED,
  RENAMED,
  MOVED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscListRow, isc_list_row, ADW_TYPE_PREFERENCES_ROW)

static void
apply_field (IscListRow *self, Field *field, guint signal)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->entry)));

  if (self->updating || g_strcmp0 (text, field->shown) == 0)
    return;
  g_free (field->shown);
  field->shown = g_strdup (text);
  g_signal_emit (self, signals[signal], 0, text);
}

static void
apply_text (IscListRow *self)
{
  apply_field (self, &self->text, APPLY);
}

static void
apply_detail (IscListRow *self)
{
  apply_field (self, &self->more_text, DETAILED);
}

static void
show_field (Field *field, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (field->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (field->entry), text);
  g_free (field->shown);
  field->shown = g_strdup (text);
  g_free (field->good);
  field->good = g_strdup (text);
}

static gboolean
put_back (IscListRow *self, Field *field, guint key)
{
  g_autofree char *good = g_strdup (field->good ? field->good : "");

  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  show_field (field, good);
  isc_list_row_set_error (self, NULL);
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (IscListRow *self, guint key)
{
  return put_back (self, &self->text, key);
}

static gboolean
detail_key_cb (IscListRow *self, guint key)
{
  return put_back (self, &self->more_text, key);
}

static void
name_cb (IscListRow *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));

  if (self->updating || gtk_editable_label_get_editing (GTK_EDITABLE_LABEL (self->name))
      || g_strcmp0 (name, self->shown_name) == 0)
    return;
  g_free (self->shown_name);
  self->shown_name = g_strdup (name);
  g_signal_emit (self, signals[RENAMED], 0, name);
}

static gboolean
tooltip_cb (GtkWidget *entry, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  gtk_tooltip_set_text (tooltip, text);
  return *text != '\0';
}

static void
move_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[MOVED], 0, g_variant_get_int32 (parameter));
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[REMOVED], 0);
}

static void
isc_list_row_dispose (GObject *object)
{
  /* Leaving the entry while the row goes away is not applying it. */
  ISC_LIST_ROW (object)->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), ISC_TYPE_LIST_ROW);
  G_OBJECT_CLASS (isc_list_row_parent_class)->dispose (object);
}

static void
isc_list_row_finalize (GObject *object)
{
  IscListRow *self = ISC_LIST_ROW (object);

  g_free (self->text.shown);
  g_free (self->text.good);
  g_free (self->more_text.shown);
  g_free (self->more_text.good);
  g_free (self->shown_name);
  G_OBJECT_CLASS (isc_list_row_parent_class)->finalize (object);
}

static void
isc_list_row_class_init (IscListRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_list_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_list_row_finalize;
  signals[APPLY] = g_signal_new ("apply", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[DETAILED] = g_signal_new ("detailed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[RENAMED] = g_signal_new ("renamed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
  signals[REMOVED]
      = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ISC_TYPE_SERIES_DOT);
  gtk_widget_class_set_template_from_resource (widget_class, ISC_RESOURCE_BASE "/ui/list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, IscListRow, dot);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, place);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, name);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, entry);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, detail);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, detail_row);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, detail_title);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, message);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, head);
  gtk_widget_class_bind_template_child (widget_class, IscListRow, more);
  gtk_widget_class_bind_template_callback (widget_class, apply_text);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_detail);
  gtk_widget_class_bind_template_callback (widget_class, detail_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, tooltip_cb);
  gtk_widget_class_install_action (widget_class, "row.move", "i", move_action);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_action);
}

static void
isc_list_row_init (IscListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->text.entry = self->entry;
  self->more_text.entry = self->detail;
}

GtkWidget *
isc_list_row_new (gboolean named)
{
  IscListRow *self = g_object_new (ISC_TYPE_LIST_ROW, NULL);

  gtk_widget_set_visible (self->head, named);
  gtk_widget_set_visible (self->place, !named);
  gtk_widget_set_visible (self->more, !named);
  if (named)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("as constructed"));
  return GTK_WIDGET (self);
}

void
isc_list_row_set_item (IscListRow *self, guint index, const char *name, const char *text)
{
  g_autofree char *place = g_strdup_printf ("%u", index);

  g_return_if_fail (ISC_IS_LIST_ROW (self));

  self->updating = TRUE;
  isc_series_dot_set_index (ISC_SERIES_DOT (self->dot), index);
  gtk_label_set_text (GTK_LABEL (self->place), place);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->name)), name) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  show_field (&self->text, text);
  self->updating = FALSE;
  g_free (self->shown_name);
  self->shown_name = g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  isc_list_row_set_error (self, NULL);
}

void
isc_list_row_set_detail (IscListRow *self, const char *title, const char *text)
{
  g_return_if_fail (ISC_IS_LIST_ROW (self));

  self->updating = TRUE;
  gtk_label_set_text (GTK_LABEL (self->detail_title), title);
  show_field (&self->more_text, text);
  gtk_widget_set_visible (self->detail_row, TRUE);
  self->updating = FALSE;
}

void
isc_list_row_set_error (IscListRow *self, const char *message)
{
  g_return_if_fail (ISC_IS_LIST_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->message), message ? message : "");
  gtk_widget_set_visible (self->message, message != NULL);
  if (message)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
}

const char *
isc_list_row_get_text (IscListRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

const char *
isc_list_row_get_error (IscListRow *self)
{
  return gtk_widget_get_visible (self->message) ? gtk_label_get_text (GTK_LABEL (self->message))
                                                : NULL;
}

void
isc_list_row_try (IscListRow *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  apply_text (self);
}

void
isc_list_row_try_detail (IscListRow *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->detail), text);
  apply_detail (self);
}
