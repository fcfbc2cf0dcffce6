/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/file-verbs.h"

#include <glib/gi18n.h>

#include "app/file-dialogs.h"
#include "app/opening.h"
#include "app/recent.h"

static gboolean
save_to (IscWindow *self, const char *path)
{
  /* @path may be the document's own, which it lets go of. */
  g_autofree char *kept = g_strdup (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;

  if (!isc_document_save (isc_window_get_document (self), path, &error))
    {
      isc_window_say_error (self, error);
      return FALSE;
    }
  isc_recent_add (kept);
  isc_window_say (self, _ ("Saved %s"), name);
  return TRUE;
}

static void
save_chosen_cb (const char *path, gpointer window)
{
  save_to (window, path);
}

static void
save_and_close_chosen_cb (const char *path, gpointer window)
{
  if (save_to (window, path))
    gtk_window_destroy (GTK_WINDOW (window));
}

static void
save (IscWindow *self, IscFileChosen chosen)
{
  const char *path = isc_document_get_path (isc_window_get_document (self));

  if (path)
    chosen (path, self);
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
open_chosen_cb (const char *path, gpointer window)
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
    isc_window_say_error (self, error);
}

static void
save_weights_chosen_cb (const char *path, gpointer window)
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

static const IscVerb verbs[] = {
  { { "open", open_action, NULL, NULL, NULL, { 0 } }, { "<Control>o" } },
  { { "open-path", open_path_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "open-uri", open_uri_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "save", save_action, NULL, NULL, NULL, { 0 } }, { "<Control>s" } },
  { { "save-as", save_as_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>s" } },
  { { "save-to", save_to_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "save-weights", save_weights_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>e" } },
  { { "save-weights-to", save_weights_to_action, "s", NULL, NULL, { 0 } }, { NULL } },
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
