/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/export-job.h"
#include "app/export-preview.h"
#include "app/file-dialogs.h"
#include "app/settings.h"
#include "base/number-text.h"
#include "plot/figure-csv.h"

/* Below this the preview stands over the choices instead of beside them. */
#define NARROW 700

/* Sizes that many figures have, each in its unit. */
static const struct
{
  const char *label;
  double width;
  double height;
  guint unit;
} presets[] = {
  { N_ ("Figure, 1200 × 800 px"), 1200.0, 800.0, 0 },
  { N_ ("Slide, 1920 × 1080 px"), 1920.0, 1080.0, 0 },
  { N_ ("Journal column, 89 × 60 mm"), 89.0, 60.0, 1 },
  { N_ ("Journal page, 183 × 110 mm"), 183.0, 110.0, 1 },
  { N_ ("A4 landscape, 297 × 210 mm"), 297.0, 210.0, 1 },
  { N_ ("Half a letter page, 6.5 × 4 in"), 6.5, 4.0, 2 },
};

struct _IscExportDialog
{
  AdwWindow parent_instance;

  GtkWidget *toasts;
  GtkWidget *body;
  GtkWidget *side;
  GtkWidget *preview;
  GtkWidget *facts;
  GtkWidget *kind;
  GtkWidget *preset;
  GtkWidget *width;
  GtkWidget *height;
  GtkWidget *unit;
  GtkWidget *dpi;
  GtkWidget *looks;
  GtkWidget *sizes;
  GtkWidget *theme;
  GtkWidget *transparent;
  GtkWidget *text;

  IscFigure *figure;
  char *name;
  GSettings *settings;
  IscExportChoice choice;
  /* Where to, while it is on its way. */
  char *path;
  /* Set while the program, not a person, changes the controls. */
  gboolean updating;
};

enum
{
  EXPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscExportDialog, isc_export_dialog, ADW_TYPE_WINDOW)

static const IscExportKind *
kind_of (IscExportDialog *self)
{
  guint n;

  return &isc_export_kinds_get (&n)[self->choice.kind];
}

static const IscLengthUnit *
unit_of (IscExportDialog *self)
{
  guint n;

  return &isc_length_units_get (&n)[self->choice.unit];
}

/* "1200 × 800 pixels · 317.5 × 211.7 mm" */
static char *
describe (IscExportDialog *self)
{
  const IscExportOptions *look = &self->choice.look;
  guint n;
  const IscLengthUnit *units = isc_length_units_get (&n);
  g_autofree char *width = isc_number_to_label (look->width / units[1].px, 4);
  g_autofree char *height = isc_number_to_label (look->height / units[1].px, 4);
  double scale = look->dpi / 96.0;

  switch (kind_of (self)->format)
    {
    case ISC_EXPORT_CSV:
      {
        g_autofree char *rows = isc_count_to_label (isc_figure_count_data (self->figure));

        return g_strdup_printf (_ ("%s rows of data, without size or look"), rows);
      }
    case ISC_EXPORT_PNG:
      /* Translators: width and height in pixels, then both in millimetres */
      return g_strdup_printf (_ ("%.0f × %.0f pixels · %s × %s mm"),
                              fmax (1.0, round (look->width * scale)),
                              fmax (1.0, round (look->height * scale)), width, height);
    default:
      return g_strdup_printf (_ ("%s × %s mm"), width, height);
    }
}

/* Shows what is chosen, or what is wrong with it. */
static void
show_outcome (IscExportDialog *self)
{
  const IscExportOptions *look = &self->choice.look;
  gboolean numbers = isfinite (look->width) && isfinite (look->height) && isfinite (look->dpi);
  g_autoptr (GError) error = NULL;
  gboolean ok = isc_export_options_check (look, &error);
  g_autofree char *facts = ok ? describe (self) : NULL;

  isc_export_preview_show (ISC_EXPORT_PREVIEW (self->preview), self->figure, ok ? look : NULL);
  gtk_label_set_text (GTK_LABEL (self->facts),
                      ok        ? facts
                      : numbers ? error->message
                                : _ ("Sizes are numbers above 0, as in 89 or 3.5"));
  if (ok)
    gtk_widget_remove_css_class (self->facts, "error");
  else
    gtk_widget_add_css_class (self->facts, "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.export", ok);
}

/* Only what the kind of file heeds can be chosen. */
static void
show_controls (IscExportDialog *self)
{
  IscExportFormat format = kind_of (self)->format;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind), _ (kind_of (self)->summary));
  gtk_widget_set_visible (self->sizes, format != ISC_EXPORT_CSV);
  gtk_widget_set_visible (self->looks, format != ISC_EXPORT_CSV);
  gtk_widget_set_visible (self->dpi, format == ISC_EXPORT_PNG);
  gtk_widget_set_visible (self->text, format != ISC_EXPORT_PNG);
}

static void
show_number (GtkWidget *row, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.6g", value);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_remove_css_class (row, "error");
}

static guint
find_preset (const IscExportChoice *choice)
{
  guint n;
  const IscLengthUnit *units = isc_length_units_get (&n);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      double px = units[presets[i].unit].px;

      if (fabs (choice->look.width - px * presets[i].width) < 0.01
          && fabs (choice->look.height - px * presets[i].height) < 0.01)
        return i;
    }
  return G_N_ELEMENTS (presets);
}

static void
show_preset (IscExportDialog *self)
{
  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->preset), find_preset (&self->choice));
  self->updating = FALSE;
}

static void
show_size (IscExportDialog *self)
{
  double px = unit_of (self)->px;

  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->unit), self->choice.unit);
  show_number (self->width, self->choice.look.width / px);
  show_number (self->height, self->choice.look.height / px);
  self->updating = FALSE;
  show_preset (self);
}

/* A number as people write them, with a point or a comma.  A row without one says so. */
static gboolean
read_number (GtkWidget *row, double *value)
{
  g_autofree char *text
      = g_strstrip (g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))), ",", '.'));
  gboolean ok = isc_number_from_text (text, value) && *value > 0.0;

  if (ok)
    gtk_widget_remove_css_class (row, "error");
  else
    gtk_widget_add_css_class (row, "error");
  return ok;
}

static void
size_cb (IscExportDialog *self)
{
  IscExportOptions *look = &self->choice.look;
  double px = unit_of (self)->px, width = NAN, height = NAN, dpi = NAN;

  if (self->updating)
    return;
  /* What is no number is out of range, which is said. */
  look->width = read_number (self->width, &width) ? px * width : NAN;
  look->height = read_number (self->height, &height) ? px * height : NAN;
  look->dpi = read_number (self->dpi, &dpi) ? dpi : NAN;
  show_preset (self);
  show_outcome (self);
}

static void
preset_cb (IscExportDialog *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->preset)), n;

  if (self->updating || chosen >= G_N_ELEMENTS (presets))
    return;
  self->choice.unit = presets[chosen].unit;
  self->choice.look.width
      = isc_length_units_get (&n)[presets[chosen].unit].px * presets[chosen].width;
  self->choice.look.height
      = isc_length_units_get (&n)[presets[chosen].unit].px * presets[chosen].height;
  show_size (self);
  show_outcome (self);
}

/* The size stays, and is told in other words. */
static void
unit_cb (IscExportDialog *self)
{
  if (self->updating)
    return;
  self->choice.unit = adw_combo_row_get_selected (ADW_COMBO_ROW (self->unit));
  if (isfinite (self->choice.look.width) && isfinite (self->choice.look.height))
    show_size (self);
  else
    size_cb (self);
}

static void
look_cb (IscExportDialog *self)
{
  IscExportOptions *look = &self->choice.look;

  if (self->updating)
    return;
  self->choice.kind = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
  look->theme = (IscThemeId)adw_combo_row_get_selected (ADW_COMBO_ROW (self->theme));
  look->text = (IscTextForm)adw_combo_row_get_selected (ADW_COMBO_ROW (self->text));
  look->transparent = gtk_switch_get_active (GTK_SWITCH (self->transparent));
  show_controls (self);
  show_outcome (self);
}

static void
say (IscExportDialog *self, const char *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (markup));
}

static void
done_cb (const GError *error, gpointer owner)
{
  IscExportDialog *self = owner;
  g_autofree char *path = g_steal_pointer (&self->path);

  gtk_widget_set_sensitive (self->side, TRUE);
  show_outcome (self);
  if (error)
    {
      say (self, error->message);
      return;
    }
  isc_export_choice_save (&self->choice, self->settings);
  g_signal_emit (self, signals[EXPORTED], 0, path);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
write_to (IscExportDialog *self, const char *path)
{
  if (self->path || !isc_export_options_check (&self->choice.look, NULL))
    return;
  self->path = g_strdup (path);
  gtk_widget_set_sensitive (self->side, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.export", FALSE);
  gtk_label_set_text (GTK_LABEL (self->facts), _ ("Exporting…"));
  isc_export_one (self->figure, path, &self->choice.look, done_cb, G_OBJECT (self));
}

static void
chosen_cb (const char *path, gpointer dialog)
{
  write_to (dialog, path);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IscExportDialog *self = ISC_EXPORT_DIALOG (widget);
  g_autofree char *file = isc_export_dialog_dup_file_name (self);

  isc_dialog_save_figure (GTK_WINDOW (self), file, kind_of (self)->name, chosen_cb, self);
}

static void
export_to_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  write_to (ISC_EXPORT_DIALOG (widget), g_variant_get_string (parameter, NULL));
}

static void
resized_cb (IscExportDialog *self)
{
  int width, height;
  gboolean narrow;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  narrow = width < NARROW;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_vexpand (self->side, narrow);
}

static void
fill (GtkWidget *row, GtkStringList *list)
{
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_object_unref (list);
}

static void
fill_rows (IscExportDialog *self)
{
  guint n_kinds, n_units, n_themes;
  const IscExportKind *kinds = isc_export_kinds_get (&n_kinds);
  const IscLengthUnit *units = isc_length_units_get (&n_units);
  const IscTheme *themes = isc_themes_get (&n_themes);
  GtkStringList *kind_list = gtk_string_list_new (NULL), *unit_list = gtk_string_list_new (NULL);
  GtkStringList *theme_list = gtk_string_list_new (NULL), *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n_kinds; i++)
    gtk_string_list_append (kind_list, _ (kinds[i].label));
  for (guint i = 0; i < n_units; i++)
    gtk_string_list_append (unit_list, units[i].name);
  for (guint i = 0; i < n_themes; i++)
    gtk_string_list_append (theme_list, _ (themes[i].label));
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    gtk_string_list_append (list, _ (presets[i].label));
  gtk_string_list_append (list, _ ("Custom"));
  fill (self->kind, kind_list);
  fill (self->unit, unit_list);
  fill (self->theme, theme_list);
  fill (self->preset, list);
}

static void
isc_export_dialog_dispose (GObject *object)
{
  IscExportDialog *self = ISC_EXPORT_DIALOG (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_EXPORT_DIALOG);
  G_OBJECT_CLASS (isc_export_dialog_parent_class)->dispose (object);
}

static void
isc_export_dialog_finalize (GObject *object)
{
  IscExportDialog *self = ISC_EXPORT_DIALOG (object);

  g_clear_pointer (&self->figure, isc_figure_unref);
  g_clear_pointer (&self->choice.look.viewport, isc_viewport_unref);
  g_free (self->name);
  g_free (self->path);
  G_OBJECT_CLASS (isc_export_dialog_parent_class)->finalize (object);
}

static void
isc_export_dialog_class_init (IscExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_export_dialog_finalize;
  g_type_ensure (ISC_TYPE_EXPORT_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, body);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, side);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, preset);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, width);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, height);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, dpi);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, looks);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, sizes);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, theme);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, transparent);
  gtk_widget_class_bind_template_child (widget_class, IscExportDialog, text);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_cb);
  gtk_widget_class_bind_template_callback (widget_class, resized_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_cb);
  gtk_widget_class_install_action (widget_class, "dialog.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "dialog.export-to", "s", export_to_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[EXPORTED] = g_signal_new ("exported", ISC_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
isc_export_dialog_init (IscExportDialog *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_rows (self);
  self->updating = FALSE;
}

IscExportDialog *
isc_export_dialog_new (GtkWindow *parent,
                       IscFigure *figure,
                       IscViewport *viewport,
                       const char *name)
{
  IscExportDialog *self = g_object_new (ISC_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  const IscExportOptions *look = &self->choice.look;
  const char *title = isc_figure_get_title (figure), *summary = isc_figure_get_summary (figure);
  int width, height;

  self->figure = isc_figure_ref (figure);
  self->name = g_strdup (name);
  self->settings = isc_settings_new ();
  isc_export_choice_load (&self->choice, self->settings);
  self->choice.look.viewport = viewport ? isc_viewport_ref (viewport) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title ? title : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  summary ? summary : "", -1);

  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), self->choice.kind);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->theme), look->theme);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->text), look->text);
  gtk_switch_set_active (GTK_SWITCH (self->transparent), look->transparent);
  show_number (self->dpi, look->dpi);
  show_size (self);
  show_controls (self);
  show_outcome (self);

  /* No wider than the window it belongs to: on a phone that is the screen. */
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (parent && gtk_widget_get_width (GTK_WIDGET (parent)) > 0)
    gtk_window_set_default_size (GTK_WINDOW (self),
                                 MIN (width, gtk_widget_get_width (GTK_WIDGET (parent))), height);
  resized_cb (self);
  gtk_widget_grab_focus (self->kind);
  return self;
}

GtkWidget *
isc_export_dialog_find (IscExportDialog *self, const char *name)
{
  g_return_val_if_fail (ISC_IS_EXPORT_DIALOG (self), NULL);
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (self), ISC_TYPE_EXPORT_DIALOG, name));
}

const IscExportChoice *
isc_export_dialog_get_choice (IscExportDialog *self)
{
  g_return_val_if_fail (ISC_IS_EXPORT_DIALOG (self), NULL);
  return &self->choice;
}

char *
isc_export_dialog_dup_file_name (IscExportDialog *self)
{
  g_return_val_if_fail (ISC_IS_EXPORT_DIALOG (self), NULL);
  return g_strconcat (self->name, ".", kind_of (self)->name, NULL);
}
