/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/figure-verbs.h"

#include <glib/gi18n.h>

#include "app/export-all-dialog.h"
#include "app/export-dialog.h"
#include "app/print.h"
#include "app/show-file.h"
#include "app/shown-figure.h"
#include "base/number-text.h"
#include "plot/export.h"
#include "plot/figure-csv.h"

/* More data than this take longer to write than a window may stand still; no table for people has
 * as many. */
#define MOST_COPIED 250000

static void
say_exported (IscWindow *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  /* Translators: the name of a file */
  isc_window_offer_show (self, path, _ ("Exported %s"), name);
}

static void
export_figure (IscWindow *self, const char *path, IscExportOptions look)
{
  g_auto (IscShownFigure) shown = { NULL, NULL, NULL };
  g_autoptr (GError) error = NULL;

  isc_shown_figure_init (&shown, self, FALSE);
  look.viewport = shown.viewport;
  if (!shown.figure)
    isc_window_say (self, _ ("There is no finished figure to export yet"));
  else if (isc_export_to_file (shown.figure, path, &look, &error))
    say_exported (self, path);
  else
    isc_window_say_error (self, error);
}

static void
ask_to_export (IscWindow *self, gboolean lower)
{
  g_auto (IscShownFigure) shown = { NULL, NULL, NULL };
  IscExportDialog *dialog;

  isc_shown_figure_init (&shown, self, lower);
  if (!shown.figure)
    {
      isc_window_say (self, _ ("There is no finished figure to export yet"));
      return;
    }
  dialog = isc_export_dialog_new (GTK_WINDOW (self), shown.figure, shown.viewport, shown.name);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (say_exported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  ask_to_export (window, FALSE);
}

static void
export_lower_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  ask_to_export (window, TRUE);
}

/* The same without a dialog, for scripts and tests. */
static void
export_to_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  export_figure (window, g_variant_get_string (parameter, NULL), isc_export_options_default);
}

static void
export_with_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  IscExportChoice choice = { .look = isc_export_options_default };
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GError) error = NULL;
  const char *path;

  g_variant_get (parameter, "(&s@a{sv})", &path, &options);
  if (isc_export_choice_set (&choice, options, &error))
    export_figure (window, path, choice.look);
  else
    isc_window_say_error (window, error);
}

static void
export_all_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (isc_export_all_dialog_new (window)));
}

/* An export into a folder that no dialog watches. */
typedef struct
{
  IscExportJob *job;
  char *folder;
} Unwatched;

static void
unwatched_free (gpointer data)
{
  Unwatched *unwatched = data;

  isc_export_job_free (unwatched->job);
  g_free (unwatched->folder);
  g_free (unwatched);
}

static void
all_done_cb (const IscExportReport *report, const GError *error, gpointer window)
{
  Unwatched *unwatched = g_object_get_data (window, "isc-export-all");

  isc_export_all_say (window, unwatched->folder, report, error);
  g_object_set_data (window, "isc-export-all", NULL);
}

static void
export_all_to_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (IscExportItem));
  IscExportAllChoice choice
      = { .every_page = TRUE, .data = TRUE, .look = isc_export_options_default };
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GError) error = NULL;
  Unwatched *unwatched;
  IscExportAll all;
  const char *folder;

  g_variant_get (parameter, "(&s@a{sv})", &folder, &options);
  if (!isc_export_all_choice_set (&choice, options, &error)
      || !isc_export_all_collect (window, &choice, &all, items, &error))
    {
      isc_window_say_error (window, error);
      return;
    }
  unwatched = g_new0 (Unwatched, 1);
  unwatched->folder = g_strdup (folder);
  unwatched->job = isc_export_job_new (&all, folder, all_done_cb, window);
  g_object_set_data_full (window, "isc-export-all", unwatched, unwatched_free);
}

static void
print_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_auto (IscShownFigure) shown = { NULL, NULL, NULL };

  isc_shown_figure_init (&shown, window, FALSE);
  if (shown.figure)
    isc_print (window, shown.figure, shown.viewport, shown.name);
  else
    isc_window_say (window, _ ("There is no finished figure to print yet"));
}

static void
print_to_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_auto (IscShownFigure) shown = { NULL, NULL, NULL };
  g_autoptr (GError) error = NULL;
  const char *path = g_variant_get_string (parameter, NULL);
  g_autofree char *name = g_path_get_basename (path);

  isc_shown_figure_init (&shown, window, FALSE);
  if (!shown.figure)
    isc_window_say (window, _ ("There is no finished figure to print yet"));
  else if (isc_print_to_file (window, shown.figure, shown.viewport, path, &error))
    /* Translators: the name of a file */
    isc_window_offer_show (window, path, _ ("Printed into %s"), name);
  else
    isc_window_say_error (window, error);
}

static void
show_file_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_show_file (GTK_WINDOW (window), g_variant_get_string (parameter, NULL));
}

static GdkContentProvider *
offer_data (IscFigure *figure, GError **error)
{
  g_autoptr (GBytes) csv = isc_figure_to_csv (figure, error);
  g_autofree char *text = NULL;
  GdkContentProvider *all[2];

  if (!csv)
    return NULL;
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  all[0] = gdk_content_provider_new_for_bytes ("text/csv", csv);
  all[1] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  return gdk_content_provider_new_union (all, G_N_ELEMENTS (all));
}

static void
copy_image (IscWindow *self, gboolean lower)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_auto (IscShownFigure) shown = { NULL, NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) image = NULL;

  isc_shown_figure_init (&shown, self, lower);
  image = shown.figure ? isc_shown_figure_offer (&shown, &error) : NULL;
  if (!shown.figure)
    isc_window_say (self, _ ("There is no finished figure to copy yet"));
  else if (!image)
    isc_window_say_error (self, error);
  else if (gdk_clipboard_set_content (clipboard, image))
    isc_window_say (self, _ ("Copied the figure as PNG and SVG"));
}

static void
copy_data (IscWindow *self, gboolean lower)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_auto (IscShownFigure) shown = { NULL, NULL, NULL };
  g_autofree char *count = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) data = NULL;
  gsize n;

  isc_shown_figure_init (&shown, self, lower);
  n = shown.figure ? isc_figure_count_data (shown.figure) : 0;
  count = isc_count_to_label (n);
  if (!shown.figure)
    {
      isc_window_say (self, _ ("There is no finished figure to copy yet"));
      return;
    }
  if (n > MOST_COPIED)
    {
      isc_window_say (self, _ ("%s rows of data are too many to copy: export them as CSV"), count);
      return;
    }
  data = offer_data (shown.figure, &error);
  if (!data)
    isc_window_say_error (self, error);
  else if (gdk_clipboard_set_content (clipboard, data))
    isc_window_say (self, _ ("Copied %s rows of data as CSV"), count);
}

static void
copy_image_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  copy_image (window, FALSE);
}

static void
copy_lower_image_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  copy_image (window, TRUE);
}

static void
copy_data_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  copy_data (window, FALSE);
}

static void
copy_lower_data_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  copy_data (window, TRUE);
}

/* Ctrl+C is the text fields'. */
static const IscVerb verbs[] = {
  { { "export", export_action, NULL, NULL, NULL, { 0 } }, { "<Control>e" } },
  { { "export-lower", export_lower_action, NULL, NULL, NULL, { 0 } }, { NULL } },
  { { "export-to", export_to_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "export-with", export_with_action, "(sa{sv})", NULL, NULL, { 0 } }, { NULL } },
  { { "export-all", export_all_action, NULL, NULL, NULL, { 0 } }, { NULL } },
  { { "export-all-to", export_all_to_action, "(sa{sv})", NULL, NULL, { 0 } }, { NULL } },
  { { "print", print_action, NULL, NULL, NULL, { 0 } }, { "<Control>p" } },
  { { "print-to", print_to_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "show-file", show_file_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "copy-image", copy_image_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>c" } },
  { { "copy-lower-image", copy_lower_image_action, NULL, NULL, NULL, { 0 } }, { NULL } },
  { { "copy-data", copy_data_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>d" } },
  { { "copy-lower-data", copy_lower_data_action, NULL, NULL, NULL, { 0 } }, { NULL } },
};

void
isc_figure_verbs_add (IscWindow *window)
{
  isc_window_add_verbs (window, verbs, G_N_ELEMENTS (verbs));
}
