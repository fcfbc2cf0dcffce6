/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GtkFileChooserNative is the one file dialog that GTK 4.8 has; later versions deprecate it. */

#include "app/file-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/settings.h"
#include "plot/export.h"

typedef struct
{
  GtkFileChooserNative *dialog;
  IscFileChosen chosen;
  /* Weak: whoever asked may be gone by the answer. */
  GObject *data;
  /* What a name that ends otherwise is given; whether a file of the whole name is to
   * be replaced is asked here, for GTK knew nothing of that name. */
  char *ending;
  char *path;
} Request;

static void
remember_folder (GFile *file, GtkFileChooserAction action)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char *path = g_file_get_path (
      action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER || !parent ? file : parent);

  if (path && g_utf8_validate (path, -1, NULL))
    isc_settings_set (settings, "folder", "s", path);
}

static void
request_free (Request *request)
{
  g_clear_weak_pointer (&request->data);
  g_clear_object (&request->dialog);
  g_free (request->ending);
  g_free (request->path);
  g_free (request);
}

static void
replace_cb (AdwMessageDialog *dialog, const char *response, Request *request)
{
  if (g_str_equal (response, "replace") && request->data)
    request->chosen (request->path, request->data);
  request_free (request);
}

/* Takes ownership of @request. */
static void
ask_to_replace (GtkWindow *parent, Request *request)
{
  g_autofree char *name = g_path_get_basename (request->path);
  g_autofree char *body = g_strdup_printf (_ ("There is a file %s already."), name);

  isc_dialog_ask (parent, _ ("Replace File?"), body, "replace", _ ("_Replace"),
                  G_CALLBACK (replace_cb), request);
}

/* The length of an ending that @path has twice; 0 if it has none.  GTK selects what stands in front
 * of the ending, so that a whole name typed over that ends in both. */
static gsize
doubled_ending (const char *path)
{
  const char *last = strrchr (path, '.');
  gsize length = last ? strlen (last) : 0;
  gsize stem = last ? (gsize)(last - path) : 0;

  return length > 1 && stem > length && g_ascii_strncasecmp (last - length, last, length) == 0
             ? length
             : 0;
}

static void
complete_name (Request *request)
{
  IscExportFormat format;
  char *whole;

  if (!request->ending)
    return;
  if (!isc_export_format_from_path (request->path, &format, NULL))
    {
      whole = g_strconcat (request->path, ".", request->ending, NULL);
      g_free (request->path);
      request->path = whole;
    }
  else
    request->path[strlen (request->path) - doubled_ending (request->path)] = '\0';
}

static void
response_cb (GtkNativeDialog *dialog, int response, Request *request)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  GtkWindow *parent = gtk_native_dialog_get_transient_for (dialog);
  g_autofree char *chosen = NULL;

  request->path = file ? g_file_get_path (file) : NULL;
  if (!request->path || !request->data)
    {
      request_free (request);
      return;
    }
  remember_folder (file, gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)));
  chosen = g_strdup (request->path);
  complete_name (request);
  if (!g_str_equal (chosen, request->path) && g_file_test (request->path, G_FILE_TEST_EXISTS))
    {
      ask_to_replace (parent, request);
      return;
    }
  request->chosen (request->path, request->data);
  request_free (request);
}

/* Where the last dialog ended, at first where the program runs: left alone, GTK opens on the files
 * that were used recently, which are other programs'. */
static void
set_folder (GtkFileChooser *chooser)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *last = NULL;
  g_autoptr (GFile) folder = NULL;

  isc_settings_get (settings, "folder", "s", &last);
  folder = g_file_new_for_path (last && g_file_test (last, G_FILE_TEST_IS_DIR) ? last : here);
  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static GtkFileChooser *
make_dialog (GtkWindow *parent,
             const char *title,
             GtkFileChooserAction action,
             const char *name,
             IscFileChosen chosen,
             gpointer data)
{
  Request *request = g_new0 (Request, 1);

  request->dialog = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);
  request->chosen = chosen;
  g_set_weak_pointer (&request->data, data);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (request->dialog), TRUE);
  set_folder (GTK_FILE_CHOOSER (request->dialog));
  if (name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (request->dialog), name);
  g_signal_connect (request->dialog, "response", G_CALLBACK (response_cb), request);
  g_object_set_data (G_OBJECT (request->dialog), "isc-request", request);
  return GTK_FILE_CHOOSER (request->dialog);
}

static Request *
request_of (GtkFileChooser *chooser)
{
  return g_object_get_data (G_OBJECT (chooser), "isc-request");
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns[i]; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
isc_dialog_open (GtkWindow *parent, IscFileChosen chosen, gpointer data)
{
  GtkFileChooser *chooser = make_dialog (parent, _ ("Open Experiment, Figure or Weights"),
                                         GTK_FILE_CHOOSER_ACTION_OPEN, NULL, chosen, data);

  add_filter (chooser, _ ("Experiments, figures, weights and lessons"),
              (const char *const[]){ "*.initscope", "*.png", "*.svg", "*.pdf", "*.eps", "*.npy",
                                     "*.npz", "*.safetensors", "*.lesson", NULL });
  add_filter (chooser, _ ("Experiments"), (const char *const[]){ "*.initscope", NULL });
  add_filter (chooser, _ ("Lessons"), (const char *const[]){ "*.lesson", NULL });
  add_filter (chooser, _ ("Figures that hold their experiment"),
              (const char *const[]){ "*.png", "*.svg", "*.pdf", "*.eps", NULL });
  add_filter (chooser, _ ("All files"), (const char *const[]){ "*", NULL });
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
isc_dialog_open_ending (GtkWindow *parent,
                        const char *title,
                        const char *const *endings,
                        IscFileChosen chosen,
                        gpointer data)
{
  GtkFileChooser *chooser
      = make_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, chosen, data);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) patterns = NULL;
  g_autofree char *name = NULL;

  for (guint i = 0; endings[i]; i++)
    {
      g_autofree char *pattern = g_strconcat ("*", endings[i], NULL);

      g_strv_builder_add (builder, pattern);
    }
  patterns = g_strv_builder_end (builder);
  name = g_strjoinv (", ", patterns);
  add_filter (chooser, name, (const char *const *)patterns);
  add_filter (chooser, _ ("All files"), (const char *const[]){ "*", NULL });
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
isc_dialog_save (GtkWindow *parent, const char *name, IscFileChosen chosen, gpointer data)
{
  GtkFileChooser *chooser = make_dialog (parent, _ ("Save Experiment"),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, name, chosen, data);

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
isc_dialog_save_weights (GtkWindow *parent, const char *name, IscFileChosen chosen, gpointer data)
{
  GtkFileChooser *chooser
      = make_dialog (parent, _ ("Save Weights"), GTK_FILE_CHOOSER_ACTION_SAVE, name, chosen, data);

  add_filter (chooser, _ ("safetensors, npz, npy, CSV by the name's ending"),
              (const char *const[]){ "*.safetensors", "*.npz", "*.npy", "*.csv", NULL });
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
isc_dialog_save_figure (
    GtkWindow *parent, const char *name, const char *ending, IscFileChosen chosen, gpointer data)
{
  GtkFileChooser *chooser
      = make_dialog (parent, _ ("Export Figure"), GTK_FILE_CHOOSER_ACTION_SAVE, name, chosen, data);

  request_of (chooser)->ending = g_strdup (ending);
  add_filter (chooser, _ ("SVG, PDF, PNG, EPS, data as CSV by the name's ending"),
              (const char *const[]){ "*.svg", "*.pdf", "*.png", "*.eps", "*.csv", NULL });
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
isc_dialog_choose_folder (GtkWindow *parent, const char *title, IscFileChosen chosen, gpointer data)
{
  GtkFileChooser *chooser
      = make_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, chosen, data);

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
isc_dialog_ask (GtkWindow *parent,
                const char *heading,
                const char *body,
                const char *verb,
                const char *label,
                GCallback answered,
                gpointer data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), verb,
                                    label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), verb,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", answered, data);
  gtk_window_present (GTK_WINDOW (dialog));
}
