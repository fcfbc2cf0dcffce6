/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/opening.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/lesson-player.h"
#include "app/recent.h"
#include "catalog/catalog.h"
#include "formats/weights-file.h"
#include "lessons/read.h"

static gboolean
ends_with (const char *path, const char *const *endings)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; endings[i]; i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* Whether @path ends as the files do that data set @id is made of. */
static gboolean
is_data (const char *path, const char *id)
{
  const IscItem *item = isc_catalog_find (ISC_KIND_DATASET, id, NULL);

  return item && ends_with (path, item->parameters[0].choices);
}

static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

/* The two files of an IDX data set go by names that differ in "images" and "labels" and, of MNIST,
 * in the number of dimensions. */
static void
find_pair (const char *path, char **images, char **labels)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *to_images = replace (name, "labels", "images");
  g_autofree char *to_labels = replace (name, "images", "labels");
  g_autofree char *of_images = replace (to_images, "idx1", "idx3");
  g_autofree char *of_labels = replace (to_labels, "idx3", "idx1");

  *images = g_build_filename (folder, of_images, NULL);
  *labels = g_build_filename (folder, of_labels, NULL);
}

static char *
quote (const char *text)
{
  IscValue value = { .kind = ISC_VALUE_STRING, .string = (char *)text };

  return isc_value_to_text (&value);
}

static void
take_data (IscWindow *window, const char *path, const char *call)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (isc_window_get_document (window), "data", call, NULL, &error))
    {
      isc_window_say_error (window, error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "training");
  /* Translators: a data set as it is written in the experiment: CSV(...) */
  isc_window_offer_undo (window, _ ("The experiment trains on %s now"), name);
}

static void
open_table (IscWindow *window, const char *path)
{
  g_autofree char *quoted = quote (path);
  g_autofree char *call = g_strdup_printf ("CSV(%s)", quoted);

  take_data (window, path, call);
}

static void
open_images (IscWindow *window, const char *path)
{
  g_autofree char *images = NULL;
  g_autofree char *labels = NULL;
  g_autofree char *name = g_filename_display_basename (path);

  find_pair (path, &images, &labels);
  if (g_str_equal (images, labels) || !g_file_test (images, G_FILE_TEST_IS_REGULAR)
      || !g_file_test (labels, G_FILE_TEST_IS_REGULAR))
    {
      isc_window_say (window,
                      _ ("%s is one of two files, images and labels, and the other is not beside "
                         "it: choose both under Data"),
                      name);
      return;
    }
  {
    g_autofree char *quoted_images = quote (images);
    g_autofree char *quoted_labels = quote (labels);
    g_autofree char *call = g_strdup_printf ("IDX(%s, %s)", quoted_images, quoted_labels);

    take_data (window, path, call);
  }
}

static void
open_weights (IscWindow *window, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GError) error = NULL;

  if (!isc_weights_page_open (isc_window_get_weights_page (window), path, &error))
    {
      isc_window_say_error (window, error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "weights");
  isc_window_say (window, _ ("Opened %s"), name);
}

static void
open_lesson (IscWindow *window, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!isc_lesson_player_open_file (window, path, &error))
    isc_window_say_error (window, error);
}

static void
refuse (IscWindow *window, const char *path, const GError *error)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && isc_recent_remove (path))
    isc_window_say (window, _ ("%s is not there any more, and is forgotten"), name);
  else
    isc_window_say_error (window, error);
}

static void
open_document (IscWindow *window, const char *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  gboolean modified = isc_document_is_modified (isc_window_get_document (window));
  IscWindow *other = isc_open_find (application, path);
  IscWindow *into;
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GError) error = NULL;

  if (other && (other != window || modified))
    {
      gtk_window_present (GTK_WINDOW (other));
      /* Translators: the name of a file */
      isc_window_say (other, _ ("%s is open here"), name);
      return;
    }
  into = modified ? isc_window_new (ADW_APPLICATION (application)) : window;
  if (!isc_document_open (isc_window_get_document (into), path, &error))
    {
      refuse (window, path, error);
      if (into != window)
        gtk_window_destroy (GTK_WINDOW (into));
      return;
    }
  /* A figure is not saved to, and not listed. */
  if (isc_document_get_path (isc_window_get_document (into)))
    isc_recent_add (path);
  gtk_window_present (GTK_WINDOW (into));
  isc_window_say (into, _ ("Opened %s"), name);
}

IscWindow *
isc_open_find (GtkApplication *application, const char *path)
{
  for (GList *at = gtk_application_get_windows (application); at; at = at->next)
    {
      const char *own = ISC_IS_WINDOW (at->data)
                            ? isc_document_get_path (isc_window_get_document (at->data))
                            : NULL;
      GStatBuf a, b;

      if (own
          && (g_str_equal (own, path)
              || (g_stat (own, &a) == 0 && g_stat (path, &b) == 0 && a.st_dev == b.st_dev
                  && a.st_ino == b.st_ino)))
        return at->data;
    }
  return NULL;
}

void
isc_open (IscWindow *window, const char *path)
{
  g_return_if_fail (ISC_IS_WINDOW (window) && path != NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *name = g_filename_display_basename (path);

      isc_window_say (window,
                      _ ("%s is a folder: open a file in it, an experiment, a figure, weights or "
                         "data"),
                      name);
    }
  else if (isc_lesson_has_ending (path))
    open_lesson (window, path);
  else if (is_data (path, "CSV"))
    open_table (window, path);
  else if (is_data (path, "IDX"))
    open_images (window, path);
  /* Every ending that weights are written with, so that one that is not read says so. */
  else if (isc_weights_file_check_path (path, NULL))
    open_weights (window, path);
  else
    open_document (window, path);
}

gboolean
isc_open_files (IscWindow *window, GSList *files)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  gboolean first = TRUE;

  for (GSList *at = files; at; at = at->next, first = FALSE)
    {
      g_autofree char *path = g_file_get_path (at->data);
      g_autofree char *uri = g_file_get_uri (at->data);

      if (!path)
        isc_window_say (window, _ ("%s is not a file of this computer"), uri);
      else if (first || isc_open_find (application, path))
        isc_open (window, path);
      else
        {
          IscWindow *other = isc_window_new (ADW_APPLICATION (application));

          gtk_window_present (GTK_WINDOW (other));
          isc_open (other, path);
        }
    }
  return files != NULL;
}
