/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-all-dialog.h"

#include <glib/gi18n.h>

#include "app/file-dialogs.h"
#include "app/settings.h"

/* How often the progress is asked for. */
#define PROGRESS_MS 80

struct _IscExportAllDialog
{
  AdwWindow parent_instance;

  GtkWidget *choices;
  GtkWidget *pages;
  GtkWidget *kind;
  GtkWidget *theme;
  GtkWidget *data;
  GtkWidget *facts;
  GtkWidget *progress;

  /* Weak: the dialog goes with it. */
  IscWindow *window;
  GSettings *settings;
  IscExportAllChoice choice;
  gboolean updating;
  char *folder;
  IscExportJob *job;
  guint ticker;
};

G_DEFINE_FINAL_TYPE (IscExportAllDialog, isc_export_all_dialog, ADW_TYPE_WINDOW)

static void
show_facts (IscExportAllDialog *self, const char *text, gboolean wrong)
{
  gtk_label_set_text (GTK_LABEL (self->facts), text);
  if (wrong)
    gtk_widget_add_css_class (self->facts, "error");
  else
    gtk_widget_remove_css_class (self->facts, "error");
}

/* Says what there is to export now. */
static void
update (IscExportAllDialog *self)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (IscExportItem));
  g_autoptr (GError) error = NULL;
  g_autofree char *facts = NULL;
  IscExportAll all;
  gboolean ok = isc_export_all_collect (self->window, &self->choice, &all, items, &error);

  if (ok)
    facts = g_strdup_printf (ngettext ("%u figure, and the experiment",
                                       "%u figures, and the "
                                       "experiment",
                                       items->len),
                             items->len);
  show_facts (self, ok ? facts : error->message, !ok);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.export", ok && !self->job);
}

static void
changed_cb (IscExportAllDialog *self)
{
  if (self->updating)
    return;
  self->choice.every_page = adw_combo_row_get_selected (ADW_COMBO_ROW (self->pages)) == 0;
  self->choice.kind = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
  self->choice.look.theme = (IscThemeId)adw_combo_row_get_selected (ADW_COMBO_ROW (self->theme));
  self->choice.data = gtk_switch_get_active (GTK_SWITCH (self->data));
  update (self);
}

static gboolean
tick_cb (gpointer dialog)
{
  IscExportAllDialog *self = dialog;

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 isc_export_job_get_progress (self->job));
  return G_SOURCE_CONTINUE;
}

static void
end_job (IscExportAllDialog *self)
{
  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_pointer (&self->job, isc_export_job_free);
  gtk_widget_set_sensitive (self->choices, TRUE);
  gtk_widget_set_visible (self->progress, FALSE);
}

static void
done_cb (const IscExportReport *report, const GError *error, gpointer owner)
{
  IscExportAllDialog *self = owner;

  isc_export_all_say (self->window, self->folder, report, error);
  if (error)
    {
      g_autofree char *message = g_strdup (error->message);

      end_job (self);
      update (self);
      show_facts (self, message, TRUE);
      return;
    }
  isc_export_all_choice_save (&self->choice, self->settings);
  end_job (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
start (IscExportAllDialog *self)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (IscExportItem));
  g_autoptr (GError) error = NULL;
  IscExportAll all;

  if (!isc_export_all_collect (self->window, &self->choice, &all, items, &error))
    {
      show_facts (self, error->message, TRUE);
      return;
    }
  self->job = isc_export_job_new (&all, self->folder, done_cb, G_OBJECT (self));
  gtk_widget_set_sensitive (self->choices, FALSE);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0.0);
  gtk_widget_set_visible (self->progress, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.export", FALSE);
  show_facts (self, _ ("Exporting…"), FALSE);
  self->ticker = g_timeout_add (PROGRESS_MS, tick_cb, self);
}

static void
export_to (IscExportAllDialog *self, const char *folder)
{
  if (self->job)
    return;
  g_free (self->folder);
  self->folder = g_strdup (folder);
  start (self);
}

static void
replace_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autofree char *folder = data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (parent && g_str_equal (response, "replace"))
    export_to (ISC_EXPORT_ALL_DIALOG (parent), folder);
}

/* What is there already is asked about first. */
static void
chosen_cb (const char *path, gpointer dialog)
{
  IscExportAllDialog *self = dialog;
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (IscExportItem));
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *body = NULL;
  IscExportAll all;
  guint n_there = 0;

  if (!isc_export_all_collect (self->window, &self->choice, &all, items, NULL))
    return;
  names = isc_export_all_names (&all);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, names->pdata[i], NULL);

      n_there += g_file_test (file, G_FILE_TEST_EXISTS);
    }
  if (n_there == 0)
    {
      export_to (self, path);
      return;
    }
  body = g_strdup_printf (ngettext ("%u file in this folder has the name of one to be exported.",
                                    "%u files in this folder have names of ones to be exported.",
                                    n_there),
                          n_there);
  isc_dialog_ask (GTK_WINDOW (self), _ ("Replace Files?"), body, "replace", _ ("_Replace"),
                  G_CALLBACK (replace_cb), g_strdup (path));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  isc_dialog_choose_folder (GTK_WINDOW (widget), _ ("Export All Figures Into"), chosen_cb, widget);
}

static void
export_to_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  export_to (ISC_EXPORT_ALL_DIALOG (widget), g_variant_get_string (parameter, NULL));
}

/* Stops what is going on, which then says how far it came, or else goes. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IscExportAllDialog *self = ISC_EXPORT_ALL_DIALOG (widget);

  if (self->job)
    isc_export_job_cancel (self->job);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
fill_rows (IscExportAllDialog *self)
{
  g_autoptr (GtkStringList) kind_list = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) theme_list = gtk_string_list_new (NULL);
  guint n_kinds, n_themes;
  const IscExportAllKind *kinds = isc_export_all_kinds (&n_kinds);
  const IscTheme *themes = isc_themes_get (&n_themes);

  for (guint i = 0; i < n_kinds; i++)
    gtk_string_list_append (kind_list, _ (kinds[i].label));
  for (guint i = 0; i < n_themes; i++)
    gtk_string_list_append (theme_list, _ (themes[i].label));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (kind_list));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->theme), G_LIST_MODEL (theme_list));
}

static void
isc_export_all_dialog_dispose (GObject *object)
{
  IscExportAllDialog *self = ISC_EXPORT_ALL_DIALOG (object);

  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_pointer (&self->job, isc_export_job_free);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_EXPORT_ALL_DIALOG);
  G_OBJECT_CLASS (isc_export_all_dialog_parent_class)->dispose (object);
}

static void
isc_export_all_dialog_finalize (GObject *object)
{
  g_free (ISC_EXPORT_ALL_DIALOG (object)->folder);
  G_OBJECT_CLASS (isc_export_all_dialog_parent_class)->finalize (object);
}

static void
isc_export_all_dialog_class_init (IscExportAllDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_export_all_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_export_all_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/export-all-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IscExportAllDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, IscExportAllDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, IscExportAllDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, IscExportAllDialog, theme);
  gtk_widget_class_bind_template_child (widget_class, IscExportAllDialog, data);
  gtk_widget_class_bind_template_child (widget_class, IscExportAllDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, IscExportAllDialog, progress);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "dialog.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "dialog.export-to", "s", export_to_action);
  gtk_widget_class_install_action (widget_class, "dialog.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "dialog.cancel", NULL);
}

static void
isc_export_all_dialog_init (IscExportAllDialog *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_rows (self);
  self->updating = FALSE;
}

IscExportAllDialog *
isc_export_all_dialog_new (IscWindow *window)
{
  IscExportAllDialog *self
      = g_object_new (ISC_TYPE_EXPORT_ALL_DIALOG, "transient-for", window, NULL);

  g_set_weak_pointer (&self->window, window);
  self->settings = isc_settings_new ();
  isc_export_all_choice_load (&self->choice, self->settings);
  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->pages), self->choice.every_page ? 0 : 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), self->choice.kind);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->theme), self->choice.look.theme);
  gtk_switch_set_active (GTK_SWITCH (self->data), self->choice.data);
  self->updating = FALSE;
  update (self);
  gtk_widget_grab_focus (self->pages);
  return self;
}

GtkWidget *
isc_export_all_dialog_find (IscExportAllDialog *self, const char *name)
{
  g_return_val_if_fail (ISC_IS_EXPORT_ALL_DIALOG (self), NULL);
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (self), ISC_TYPE_EXPORT_ALL_DIALOG, name));
}

void
isc_export_all_say (IscWindow *window,
                    const char *folder,
                    const IscExportReport *report,
                    const GError *error)
{
  g_autofree char *name = g_path_get_basename (folder);

  if (error)
    isc_window_say_error (window, error);
  else
    isc_window_offer_show (window, folder,
                           /* Translators: how many files, and the name of their folder */
                           ngettext ("Exported %u file into %s", "Exported %u files into %s",
                                     report->files->len),
                           report->files->len, name);
}
