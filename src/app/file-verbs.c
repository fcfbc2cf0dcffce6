/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/file-verbs.h"

#include <glib/gi18n.h>

#include "app/file-dialogs.h"
#include "app/opening.h"
#include "app/recent.h"
#include "base/number-text.h"
#include "plot/export.h"
#include "plot/figure-csv.h"

/* More data than this take longer to write than a window may stand still; no table for people has
 * as many. */
#define MOST_COPIED 250000

static gboolean
save_to (IscWindow *self, const char *path)
{
  /* @path may be the document's own, which it lets go of. */
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;

  if (!isc_document_save (isc_window_get_document (self), path, &error))
    {
      isc_window_say (self, "%s", error->message);
      return FALSE;
    }
  isc_recent_add (path);
  isc_window_say (self, _ ("Saved %s"), name);
  return TRUE;
}

static void
save_chosen_cb (const char *path, const IscExportOptions *options, gpointer window)
{
  save_to (window, path);
}

static void
save_and_close_chosen_cb (const char *path, const IscExportOptions *options, gpointer window)
{
  if (save_to (window, path))
    gtk_window_destroy (GTK_WINDOW (window));
}

static void
save (IscWindow *self, IscFileChosen chosen)
{
  const char *path = isc_document_get_path (isc_window_get_document (self));

  if (path)
    chosen (path, NULL, self);
  else
    isc_dialog_save (GTK_WINDOW (self), "experiment.initscope", chosen, self);
}

static void
save_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  save (window, save_chosen_cb);
}

static void
save_as_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_dialog_save (GTK_WINDOW (window), "experiment.initscope", save_chosen_cb, window);
}

/* The same without a dialog, for scripts and tests. */
static void
save_to_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  save_to (window, g_variant_get_string (parameter, NULL));
}

static void
open_chosen_cb (const char *path, const IscExportOptions *options, gpointer window)
{
  isc_open (window, path);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_dialog_open (GTK_WINDOW (window), open_chosen_cb, window);
}

static void
open_path_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_open (window, g_variant_get_string (parameter, NULL));
}

/* A name that is no text has an address all the same. */
static void
open_uri_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  GSList one = { file, NULL };

  isc_open_files (window, &one);
}

static void
save_weights_to (IscWindow *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;

  if (isc_weights_page_save (isc_window_get_weights_page (self), path, &error))
    isc_window_say (self, _ ("Saved %s"), name);
  else
    isc_window_say (self, "%s", error->message);
}

static void
save_weights_chosen_cb (const char *path, const IscExportOptions *options, gpointer window)
{
  save_weights_to (window, path);
}

static void
save_weights_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_dialog_save_weights (GTK_WINDOW (window), "weights.safetensors", save_weights_chosen_cb,
                           window);
}

static void
save_weights_to_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  save_weights_to (window, g_variant_get_string (parameter, NULL));
}

/* Which of Training's figures is meant: the lower one too where it has the page alone. */
static guint
choose_figure (IscWindow *self, gboolean lower)
{
  return lower || !isc_training_page_shows (isc_window_get_training_page (self), 0) ? 1 : 0;
}

/* The figure of the page in front, as it is exported; of Training the upper or the @lower one. */
static IscFigure *
make_figure (IscWindow *self, gboolean lower)
{
  IscFigure *figure;

  if (isc_window_shows_training (self))
    return isc_training_page_make_figure (isc_window_get_training_page (self),
                                          choose_figure (self, lower));
  figure = isc_weights_page_get_figure (isc_window_get_weights_page (self));
  return figure ? isc_figure_ref (figure) : NULL;
}

static void
export_figure (IscWindow *self, gboolean lower, const char *path, const IscExportOptions *options)
{
  g_autoptr (IscFigure) figure = make_figure (self, lower);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);

  if (!figure)
    isc_window_say (self, _ ("There is no finished figure to export yet"));
  else if (isc_export_to_file (figure, path, options, &error))
    isc_window_say (self, _ ("Exported %s"), name);
  else
    isc_window_say (self, "%s", error->message);
}

static void
export_chosen_cb (const char *path, const IscExportOptions *options, gpointer window)
{
  export_figure (window, FALSE, path, options);
}

static void
export_lower_chosen_cb (const char *path, const IscExportOptions *options, gpointer window)
{
  export_figure (window, TRUE, path, options);
}

static void
ask_to_export (IscWindow *self, gboolean lower, IscFileChosen chosen)
{
  IscTrainingPage *training = isc_window_get_training_page (self);
  g_autofree char *name
      = isc_window_shows_training (self)
            ? g_strdup (isc_training_page_get_view (training, choose_figure (self, lower))->id)
            : isc_weights_page_dup_file_name (isc_window_get_weights_page (self));
  g_autofree char *file = g_strconcat (name, ".svg", NULL);

  isc_dialog_export (GTK_WINDOW (self), file, chosen, self);
}

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  ask_to_export (window, FALSE, export_chosen_cb);
}

static void
export_lower_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  ask_to_export (window, TRUE, export_lower_chosen_cb);
}

static void
export_to_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  export_figure (window, FALSE, g_variant_get_string (parameter, NULL),
                 &isc_export_options_default);
}

/* PNG and SVG as their files would be, experiment and all, and what GTK makes of the picture for
 * those who know neither. */
static GdkContentProvider *
offer_image (IscFigure *figure, GError **error)
{
  g_autoptr (GBytes) png = isc_export_to_bytes (figure, ISC_EXPORT_PNG, NULL, error);
  g_autoptr (GBytes) svg = png ? isc_export_to_bytes (figure, ISC_EXPORT_SVG, NULL, error) : NULL;
  g_autoptr (GdkTexture) texture = svg ? gdk_texture_new_from_bytes (png, error) : NULL;
  GdkContentProvider *all[3];

  if (!texture)
    return NULL;
  all[0] = gdk_content_provider_new_for_bytes ("image/png", png);
  all[1] = gdk_content_provider_new_for_bytes ("image/svg+xml", svg);
  all[2] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  return gdk_content_provider_new_union (all, G_N_ELEMENTS (all));
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
  g_autoptr (IscFigure) figure = make_figure (self, lower);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) image = figure ? offer_image (figure, &error) : NULL;

  if (!figure)
    isc_window_say (self, _ ("There is no finished figure to copy yet"));
  else if (!image)
    isc_window_say (self, "%s", error->message);
  else if (gdk_clipboard_set_content (clipboard, image))
    isc_window_say (self, _ ("Copied the figure as PNG and SVG"));
}

static void
copy_data (IscWindow *self, gboolean lower)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_autoptr (IscFigure) figure = make_figure (self, lower);
  gsize n = figure ? isc_figure_count_data (figure) : 0;
  g_autofree char *count = isc_count_to_label (n);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) data = NULL;

  if (!figure)
    {
      isc_window_say (self, _ ("There is no finished figure to copy yet"));
      return;
    }
  if (n > MOST_COPIED)
    {
      isc_window_say (self, _ ("%s rows of data are too many to copy: export them as CSV"), count);
      return;
    }
  data = offer_data (figure, &error);
  if (!data)
    isc_window_say (self, "%s", error->message);
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
  { { "open", open_action, NULL, NULL, NULL, { 0 } }, { "<Control>o" } },
  { { "open-path", open_path_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "open-uri", open_uri_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "save", save_action, NULL, NULL, NULL, { 0 } }, { "<Control>s" } },
  { { "save-as", save_as_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>s" } },
  { { "save-to", save_to_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "save-weights", save_weights_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>e" } },
  { { "save-weights-to", save_weights_to_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "export", export_action, NULL, NULL, NULL, { 0 } }, { "<Control>e" } },
  { { "export-lower", export_lower_action, NULL, NULL, NULL, { 0 } }, { NULL } },
  { { "export-to", export_to_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "copy-image", copy_image_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>c" } },
  { { "copy-lower-image", copy_lower_image_action, NULL, NULL, NULL, { 0 } }, { NULL } },
  { { "copy-data", copy_data_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>d" } },
  { { "copy-lower-data", copy_lower_data_action, NULL, NULL, NULL, { 0 } }, { NULL } },
};

void
isc_file_verbs_add (IscWindow *window)
{
  isc_window_add_verbs (window, verbs, G_N_ELEMENTS (verbs));
}

void
isc_file_verbs_save_and_close (IscWindow *window)
{
  save (window, save_and_close_chosen_cb);
}
