/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/call-group.h"

#include <glib/gi18n.h>

#include "app/field-row.h"
#include "app/file-dialogs.h"
#include "app/fresh-call.h"
#include "app/item-chooser.h"
#include "base/number-text.h"

/* A list that is longer than this is searched, not scrolled. */
#define MANY_ITEMS 15

struct _IscCallGroup
{
  AdwPreferencesGroup parent_instance;

  IscKind kind;
  gboolean has_none;
  /* A row with the property "selected": a combo row, or one with a search. */
  GtkWidget *chooser;
  /* A row of its own for words about the call, as wide as the group. */
  GtkWidget *note;
  /* The rows of the parameters, in the item's order. */
  GPtrArray *rows;
  const IscItem *item;
  IscCall *call;
  gboolean updating;
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscCallGroup, isc_call_group, ADW_TYPE_PREFERENCES_GROUP)

static guint
get_selected (IscCallGroup *self)
{
  guint selected;

  g_object_get (self->chooser, "selected", &selected, NULL);
  return selected;
}

static void
set_selected (IscCallGroup *self, guint selected)
{
  g_object_set (self->chooser, "selected", selected, NULL);
}

static GtkWidget *
make_chooser (IscKind kind, const char *none)
{
  guint n;
  const IscItem *const *items = isc_item_chooser_list (kind, &n);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *row;

  if (n > MANY_ITEMS)
    return isc_item_chooser_new (kind, none);
  if (none)
    gtk_string_list_append (labels, none);
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (labels, _ (items[i]->label));
  row = adw_combo_row_new ();
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  return row;
}

static const IscParameter *
row_parameter (IscCallGroup *self, GtkWidget *row)
{
  return &self->item
              ->parameters[GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "parameter"))];
}

/* The call with one argument changed goes out; what is wrong with the value stays at its row. */
static void
change_argument (IscCallGroup *self, GtkWidget *row, const char *value)
{
  const IscParameter *parameter = row_parameter (self, row);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) changed
      = isc_call_with_argument (self->item, self->call, parameter->name, value, &error);
  g_autofree char *text = NULL;
  g_autofree char *gesture = NULL;

  if (!changed)
    {
      if (ISC_IS_FIELD_ROW (row))
        isc_field_row_set_error (ISC_FIELD_ROW (row), error->message);
      return;
    }
  text = isc_call_to_text (changed);
  gesture = g_strdup_printf ("%s.%s", self->item->id, parameter->name);
  g_signal_emit (self, signals[EDITED], 0, text, gesture);
}

/* Texts that stand in quotes in a call, and without them in their row. */
static gboolean
is_quoted (const IscParameter *parameter)
{
  return parameter->type == ISC_PARAMETER_FILE || parameter->type == ISC_PARAMETER_TEXT
         || parameter->type == ISC_PARAMETER_COLUMN;
}

static char *
quote (const char *text)
{
  IscValue value = { .kind = ISC_VALUE_STRING, .string = (char *)text };

  return isc_value_to_text (&value);
}

/* What stands in an entry, as it is written in a call; NULL if nothing does, for the default. */
static char *
spell_entry (const IscParameter *parameter, const char *text)
{
  gint64 number;

  /* A text that is being written anew is empty for a while: its default must not come in between,
   * unless that is to have none. */
  if (*text == '\0' && parameter->type == ISC_PARAMETER_TEXT
      && g_strcmp0 (parameter->initial, "None") != 0)
    return quote (text);
  if (*text == '\0' && (!is_quoted (parameter) || parameter->initial))
    return NULL;
  if (!is_quoted (parameter)
      || (parameter->type == ISC_PARAMETER_COLUMN && isc_integer_from_text (text, &number)))
    return g_strdup (text);
  return quote (text);
}

static void
entry_apply_cb (GtkWidget *row, const char *text, IscCallGroup *self)
{
  g_autofree char *value = spell_entry (row_parameter (self, row), text);

  change_argument (self, row, value);
}

static void
choice_cb (GtkWidget *row, GParamSpec *pspec, IscCallGroup *self)
{
  const IscParameter *parameter = row_parameter (self, row);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  g_autofree char *value = NULL;

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;
  value = g_strdup_printf ("'%s'", parameter->choices[selected]);
  change_argument (self, row, value);
}

static void
switch_cb (GtkWidget *toggle, GParamSpec *pspec, IscCallGroup *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (toggle, ADW_TYPE_ACTION_ROW);

  if (!self->updating)
    change_argument (self, row, gtk_switch_get_active (GTK_SWITCH (toggle)) ? "True" : "False");
}

static GtkWidget *
make_choice_row (IscCallGroup *self, const IscParameter *parameter)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (parameter->choices);
  GtkWidget *row = adw_combo_row_new ();

  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_signal_connect (row, "notify::selected", G_CALLBACK (choice_cb), self);
  return row;
}

static GtkWidget *
make_switch_row (IscCallGroup *self, const IscParameter *parameter)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_object_set_data (G_OBJECT (row), "toggle", toggle);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switch_cb), self);
  return row;
}

static void
file_chosen_cb (const char *path, gpointer row)
{
  isc_field_row_try (row, path);
}

static void
choose_file_cb (GtkWidget *button, GtkWidget *row)
{
  IscCallGroup *self = ISC_CALL_GROUP (gtk_widget_get_ancestor (row, ISC_TYPE_CALL_GROUP));
  GtkWidget *window = gtk_widget_get_ancestor (row, GTK_TYPE_WINDOW);

  isc_dialog_open_ending (GTK_WINDOW (window), _ ("Choose a File"),
                          row_parameter (self, row)->choices, file_chosen_cb, row);
}

static GtkWidget *
make_file_button (IscCallGroup *self, GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Choose a file"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a file"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (choose_file_cb), row);
  return button;
}

static GtkWidget *
make_entry_row (IscCallGroup *self, const IscParameter *parameter)
{
  GtkWidget *row = isc_field_row_new (parameter->name, _ (parameter->help));

  if (parameter->type == ISC_PARAMETER_NUMBER)
    {
      /* Positive quantities are dragged by factors, signed ones by amounts. */
      if (parameter->min >= 0.0 && parameter->max > 1.0)
        isc_field_row_set_scale (ISC_FIELD_ROW (row), -4.0, 1.0, TRUE);
      else if (parameter->min >= 0.0)
        isc_field_row_set_scale (ISC_FIELD_ROW (row), parameter->min, parameter->max, FALSE);
      else
        isc_field_row_set_scale (ISC_FIELD_ROW (row), -3.0, 3.0, FALSE);
    }
  else if (is_quoted (parameter))
    isc_field_row_set_wide (ISC_FIELD_ROW (row));
  else
    isc_field_row_set_width (ISC_FIELD_ROW (row), 12);
  if (parameter->type == ISC_PARAMETER_FILE)
    isc_field_row_add_button (ISC_FIELD_ROW (row), make_file_button (self, row));
  if (parameter->type == ISC_PARAMETER_NUMBER || parameter->type == ISC_PARAMETER_INTEGER)
    isc_field_row_set_numeric (ISC_FIELD_ROW (row));
  isc_field_row_set_live (ISC_FIELD_ROW (row), parameter->type == ISC_PARAMETER_TEXT);
  g_signal_connect (row, "apply", G_CALLBACK (entry_apply_cb), self);
  return row;
}

static void
make_rows (IscCallGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; self->item && i < self->item->n_parameters; i++)
    {
      const IscParameter *parameter = &self->item->parameters[i];
      GtkWidget *row = parameter->type == ISC_PARAMETER_CHOICE ? make_choice_row (self, parameter)
                       : parameter->type == ISC_PARAMETER_BOOLEAN
                           ? make_switch_row (self, parameter)
                           : make_entry_row (self, parameter);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), parameter->name);
      gtk_widget_set_tooltip_text (row, _ (parameter->help));
      g_object_set_data (G_OBJECT (row), "parameter", GUINT_TO_POINTER (i));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
update_row (IscCallGroup *self, guint index, const IscArguments *arguments)
{
  const IscParameter *parameter = &self->item->parameters[index];
  GtkWidget *row = self->rows->pdata[index];

  if (parameter->type == ISC_PARAMETER_CHOICE)
    {
      for (guint i = 0; parameter->choices[i]; i++)
        if (g_str_equal (parameter->choices[i], isc_arguments_text (arguments, parameter->name)))
          adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
    }
  else if (parameter->type == ISC_PARAMETER_BOOLEAN)
    gtk_switch_set_active (g_object_get_data (G_OBJECT (row), "toggle"),
                           isc_arguments_boolean (arguments, parameter->name));
  else if (is_quoted (parameter)
           && (isc_arguments_text (arguments, parameter->name)
               || isc_arguments_is_none (arguments, parameter->name)))
    isc_field_row_set_text (ISC_FIELD_ROW (row), isc_arguments_text (arguments, parameter->name));
  else
    {
      g_autofree char *text = isc_arguments_value_text (arguments, index);

      isc_field_row_set_text (ISC_FIELD_ROW (row), text);
    }
}

static void
chosen_cb (IscCallGroup *self)
{
  guint n;
  const IscItem *const *items = isc_item_chooser_list (self->kind, &n);
  guint selected = get_selected (self);
  g_autofree char *text = NULL;

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (self->has_none && selected == 0)
    text = g_strdup ("");
  else
    text = isc_fresh_call (items[selected - (self->has_none ? 1 : 0)]);
  g_signal_emit (self, signals[EDITED], 0, text, NULL);
}

/* The row of an expression, if the item has one: what is wrong with the call is wrong there. */
static GtkWidget *
find_text_row (IscCallGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (is_quoted (row_parameter (self, self->rows->pdata[i])))
      return self->rows->pdata[i];
  return NULL;
}

static void
isc_call_group_finalize (GObject *object)
{
  IscCallGroup *self = ISC_CALL_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->call, isc_call_unref);
  G_OBJECT_CLASS (isc_call_group_parent_class)->finalize (object);
}

static void
isc_call_group_class_init (IscCallGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = isc_call_group_finalize;
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
isc_call_group_init (IscCallGroup *self)
{
  self->rows = g_ptr_array_new ();
}

GtkWidget *
isc_call_group_new (IscKind kind, const char *title, const char *none)
{
  IscCallGroup *self = g_object_new (ISC_TYPE_CALL_GROUP, NULL);

  self->kind = kind;
  self->has_none = none != NULL;
  self->chooser = make_chooser (kind, none);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->chooser), title);
  self->note = adw_action_row_new ();
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->note), 6);
  gtk_widget_set_visible (self->note, FALSE);
  g_signal_connect_swapped (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->chooser);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->note);
  return GTK_WIDGET (self);
}

void
isc_call_group_set_call (IscCallGroup *self, IscCall *call)
{
  const IscItem *item = call ? isc_catalog_find (self->kind, isc_call_get_name (call), NULL) : NULL;
  g_autoptr (IscArguments) arguments = item ? isc_arguments_new (item, call, NULL) : NULL;
  guint n;
  const IscItem *const *items = isc_item_chooser_list (self->kind, &n);

  self->updating = TRUE;
  g_clear_pointer (&self->call, isc_call_unref);
  self->call = call ? isc_call_ref (call) : NULL;
  if (item != self->item)
    {
      /* What was wrong with another item is not wrong with this one. */
      if (gtk_widget_has_css_class (self->note, "error"))
        isc_call_group_set_note (self, NULL);
      self->item = item;
      make_rows (self);
    }
  if (!item)
    set_selected (self, 0);
  for (guint i = 0; item && i < n; i++)
    if (items[i] == item)
      set_selected (self, i + (self->has_none ? 1 : 0));
  for (guint i = 0; arguments && i < self->rows->len; i++)
    update_row (self, i, arguments);
  self->updating = FALSE;
}

void
isc_call_group_set_note (IscCallGroup *self, const char *text)
{
  g_autofree char *markup = text ? g_markup_escape_text (text, -1) : NULL;

  gtk_widget_remove_css_class (self->note, "error");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->note), markup);
  gtk_widget_set_visible (self->note, markup && *markup);
}

void
isc_call_group_set_error (IscCallGroup *self, const char *message)
{
  GtkWidget *row = find_text_row (self);

  if (row)
    {
      isc_field_row_set_error (ISC_FIELD_ROW (row), message);
      /* The formula of what was there before. */
      if (message)
        isc_call_group_set_note (self, NULL);
      return;
    }
  isc_call_group_set_note (self, message);
  if (message)
    gtk_widget_add_css_class (self->note, "error");
}

GtkWidget *
isc_call_group_get_chooser (IscCallGroup *self)
{
  return self->chooser;
}

void
isc_call_group_choose (IscCallGroup *self, const char *id)
{
  guint n;
  const IscItem *const *items = isc_item_chooser_list (self->kind, &n);

  if (!id)
    set_selected (self, 0);
  for (guint i = 0; id && i < n; i++)
    if (g_str_equal (items[i]->id, id))
      set_selected (self, i + (self->has_none ? 1 : 0));
}

GtkWidget *
isc_call_group_find_row (IscCallGroup *self, const char *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (ISC_IS_FIELD_ROW (self->rows->pdata[i])
        && g_str_equal (row_parameter (self, self->rows->pdata[i])->name, name))
      return self->rows->pdata[i];
  return NULL;
}
