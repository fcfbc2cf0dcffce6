/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/field-row.h"

#include <math.h>

#include "app/number-entry.h"
#include "app/wheel.h"
#include "base/number-text.h"

struct _IscFieldRow
{
  AdwActionRow parent_instance;

  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *scale;
  /* The text last applied, and the last one that was right. */
  char *shown;
  char *good;
  gboolean logarithmic;
  gboolean numeric;
  gboolean updating;
};

enum
{
  APPLY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscFieldRow, isc_field_row, ADW_TYPE_ACTION_ROW)

/* Long calls do not fit; the pointer shows them whole.  Asked for only where the pointer rests: to
 * set a tooltip is to look for the pointer, which is too slow for every change of a drag. */
static gboolean
tooltip_cb (IscFieldRow *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  gtk_tooltip_set_text (tooltip, text);
  return *text != '\0';
}

static void
apply_text (IscFieldRow *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autofree char *number = NULL;

  if (self->updating || g_strcmp0 (text, self->shown) == 0)
    return;
  number = self->numeric ? isc_number_entry_read (text) : NULL;
  if (number)
    {
      self->updating = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->entry), number);
      self->updating = FALSE;
      g_free (text);
      text = g_strdup (number);
    }
  /* Whoever applies it may set the text, which is then what is shown. */
  g_free (self->shown);
  self->shown = g_strdup (text);
  g_signal_emit (self, signals[APPLY], 0, text);
}

static void
move_scale (IscFieldRow *self, const char *text)
{
  double value;

  if (!self->scale || !isc_number_from_text (text, &value))
    return;
  gtk_range_set_value (GTK_RANGE (self->scale),
                       self->logarithmic ? log10 (fmax (value, 1e-300)) : value);
}

static void
scale_cb (IscFieldRow *self)
{
  double position = gtk_range_get_value (GTK_RANGE (self->scale));
  double value = self->logarithmic ? pow (10.0, position) : position;
  g_autofree char *text = NULL;

  if (self->updating)
    return;
  /* Three digits are what a slider can mean. */
  if (value != 0.0)
    {
      double unit = pow (10.0, floor (log10 (fabs (value))) - 2.0);

      value = round (value / unit) * unit;
    }
  {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (digits, sizeof digits, "%.3g", value);
    text = isc_number_to_text (g_ascii_strtod (digits, NULL));
  }
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->updating = FALSE;
  apply_text (self);
}

/* Apart from Enter and leaving, which always apply. */
static void
typed_cb (IscFieldRow *self)
{
  apply_text (self);
}

static void
leave_cb (IscFieldRow *self)
{
  apply_text (self);
}

static gboolean
key_cb (IscFieldRow *self, guint key)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->good ? self->good : "");
  g_free (self->shown);
  self->shown = g_strdup (self->good);
  isc_field_row_set_error (self, NULL);
  return GDK_EVENT_STOP;
}

static void
set_css_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
isc_field_row_dispose (GObject *object)
{
  /* Leaving the entry while the window goes away is not applying it. */
  ISC_FIELD_ROW (object)->updating = TRUE;
  G_OBJECT_CLASS (isc_field_row_parent_class)->dispose (object);
}

static void
isc_field_row_finalize (GObject *object)
{
  IscFieldRow *self = ISC_FIELD_ROW (object);

  g_free (self->shown);
  g_free (self->good);
  G_OBJECT_CLASS (isc_field_row_parent_class)->finalize (object);
}

static void
isc_field_row_class_init (IscFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_field_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_field_row_finalize;
  signals[APPLY] = g_signal_new ("apply", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, ISC_RESOURCE_BASE "/ui/field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, IscFieldRow, box);
  gtk_widget_class_bind_template_child (widget_class, IscFieldRow, entry);
  gtk_widget_class_bind_template_callback (widget_class, apply_text);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, tooltip_cb);
}

static void
isc_field_row_init (IscFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Numbers and calls are written from left to right in every language. */
  gtk_widget_set_direction (self->entry, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))),
                            GTK_TEXT_DIR_LTR);
}

GtkWidget *
isc_field_row_new (const char *title, const char *help)
{
  IscFieldRow *self = g_object_new (ISC_TYPE_FIELD_ROW, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), help);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  return GTK_WIDGET (self);
}

void
isc_field_row_set_help (IscFieldRow *self, const char *help)
{
  /* To set a tooltip is to look for the pointer, which is slow. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), help) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), help);
}

void
isc_field_row_set_text (IscFieldRow *self, const char *text)
{
  g_return_if_fail (ISC_IS_FIELD_ROW (self));

  text = text ? text : "";
  self->updating = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  move_scale (self, text);
  self->updating = FALSE;
  g_free (self->shown);
  self->shown = g_strdup (text);
  g_free (self->good);
  self->good = g_strdup (text);
  isc_field_row_set_error (self, NULL);
}

const char *
isc_field_row_get_text (IscFieldRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
isc_field_row_set_error (IscFieldRow *self, const char *message)
{
  g_autofree char *markup = message ? g_markup_escape_text (message, -1) : NULL;

  g_return_if_fail (ISC_IS_FIELD_ROW (self));

  if (!message && !gtk_widget_has_css_class (GTK_WIDGET (self), "error"))
    return;
  set_css_class (GTK_WIDGET (self), "error", message != NULL);
  set_css_class (self->entry, "error", message != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), markup);
}

void
isc_field_row_set_scale (IscFieldRow *self, double low, double high, gboolean logarithmic)
{
  g_return_if_fail (ISC_IS_FIELD_ROW (self) && !self->scale);

  self->logarithmic = logarithmic;
  self->scale
      = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, low, high, (high - low) / 200.0);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_widget_set_size_request (self->scale, 96, -1);
  isc_wheel_ignore (self->scale);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (scale_cb), self);
  gtk_box_prepend (GTK_BOX (self->box), self->scale);
}

void
isc_field_row_set_width (IscFieldRow *self, int characters)
{
  /* In large print it is narrower rather than the title's letters be stacked. */
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), MIN (characters, 8));
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), characters);
}

void
isc_field_row_set_numeric (IscFieldRow *self)
{
  self->numeric = TRUE;
}

void
isc_field_row_set_wide (IscFieldRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GtkWidget) head = g_object_ref (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self)));
  g_autoptr (GtkWidget) box = g_object_ref (self->box);

  adw_action_row_remove (ADW_ACTION_ROW (self), box);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), lines);
  gtk_box_append (GTK_BOX (lines), head);
  gtk_box_append (GTK_BOX (lines), box);
  /* The margins of a row's own header, which this one is no more. */
  gtk_widget_set_margin_start (lines, 12);
  gtk_widget_set_margin_end (lines, 12);
  gtk_widget_set_margin_top (lines, 8);
  gtk_widget_set_margin_bottom (lines, 10);
  gtk_box_set_spacing (GTK_BOX (lines), 6);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), -1);
  gtk_widget_add_css_class (self->entry, "monospace");
}

void
isc_field_row_add_button (IscFieldRow *self, GtkWidget *button)
{
  gtk_box_append (GTK_BOX (self->box), button);
}

void
isc_field_row_set_live (IscFieldRow *self, gboolean live)
{
  if (live)
    g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  else
    g_signal_handlers_disconnect_by_func (self->entry, typed_cb, self);
}

void
isc_field_row_set_placeholder (IscFieldRow *self, const char *text)
{
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), text);
}

void
isc_field_row_try (IscFieldRow *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  g_signal_emit_by_name (self->entry, "activate");
}
