/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GtkFileChooserNative is the one file dialog that GTK 4.8 has; later versions deprecate it. */

#include "app/file-dialogs.h"

#include <glib/gi18n.h>

/* What the export dialog offers as sizes. */
static const struct
{
  const char *id;
  const char *label;
  double width;
  double height;
} sizes[] = {
  { "slide", N_ ("1200 × 800"), 1200, 800 },
  { "wide", N_ ("1920 × 1080"), 1920, 1080 },
  /* 89 mm, the column of many journals. */
  { "column", N_ ("89 × 60 mm"), 336, 227 },
  { "page", N_ ("183 × 110 mm"), 692, 416 },
};

/* What a window remembers the folder of its last dialog by. */
#define FOLDER_KEY "isc-folder"

static const char *const themes[] = { "light", "dark", "print", NULL };

typedef struct
{
  GtkFileChooserNative *dialog;
  IscFileChosen chosen;
  /* Weak: whoever asked may be gone by the answer. */
  GObject *data;
  gboolean with_options;
} Request;

static void
read_options (GtkFileChooser *chooser, IscExportOptions *options)
{
  const char *theme = gtk_file_chooser_get_choice (chooser, "theme");
  const char *size = gtk_file_chooser_get_choice (chooser, "size");

  for (guint i = 0; theme && themes[i]; i++)
    if (g_str_equal (theme, themes[i]))
      options->theme = (IscThemeId)i;
  for (guint i = 0; size && i < G_N_ELEMENTS (sizes); i++)
    if (g_str_equal (size, sizes[i].id))
      {
        options->width = sizes[i].width;
        options->height = sizes[i].height;
      }
}

static void
response_cb (GtkNativeDialog *dialog, int response, Request *request)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  GtkWindow *parent = gtk_native_dialog_get_transient_for (dialog);
  IscExportOptions options = isc_export_options_default;

  if (request->with_options)
    read_options (GTK_FILE_CHOOSER (dialog), &options);
  if (path && parent)
    g_object_set_data_full (G_OBJECT (parent), FOLDER_KEY, g_file_get_parent (file),
                            g_object_unref);
  if (path && request->data)
    request->chosen (path, request->with_options ? &options : NULL, request->data);
  g_clear_weak_pointer (&request->data);
  g_object_unref (request->dialog);
  g_free (request);
}

/* Where the last dialog ended, at first where the program runs: left alone, GTK opens on the files
 * that were used recently, which are other programs'. */
static void
set_folder (GtkFileChooser *chooser, GtkWindow *parent)
{
  g_autofree char *here = g_get_current_dir ();
  g_autoptr (GFile) start = g_file_new_for_path (here);
  GFile *last = g_object_get_data (G_OBJECT (parent), FOLDER_KEY);

  gtk_file_chooser_set_current_folder (chooser, last ? last : start, NULL);
}

static GtkFileChooser *
make_dialog (GtkWindow *parent,
             const char *title,
             GtkFileChooserAction action,
             const char *name,
             IscFileChosen chosen,
             gpointer data,
             gboolean with_options)
{
  Request *request = g_new0 (Request, 1);

  request->dialog = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);
  request->chosen = chosen;
  g_set_weak_pointer (&request->data, data);
  request->with_options = with_options;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (request->dialog), TRUE);
  set_folder (GTK_FILE_CHOOSER (request->dialog), parent);
  if (name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (request->dialog), name);
  g_signal_connect (request->dialog, "response", G_CALLBACK (response_cb), request);
  return GTK_FILE_CHOOSER (request->dialog);
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
                                         GTK_FILE_CHOOSER_ACTION_OPEN, NULL, chosen, data, FALSE);

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
      = make_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, chosen, data, FALSE);
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
                                         GTK_FILE_CHOOSER_ACTION_SAVE, name, chosen, data, FALSE);

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
isc_dialog_save_weights (GtkWindow *parent, const char *name, IscFileChosen chosen, gpointer data)
{
  GtkFileChooser *chooser = make_dialog (parent, _ ("Save Weights"), GTK_FILE_CHOOSER_ACTION_SAVE,
                                         name, chosen, data, FALSE);

  add_filter (chooser, _ ("safetensors, npz, npy, CSV by the name's ending"),
              (const char *const[]){ "*.safetensors", "*.npz", "*.npy", "*.csv", NULL });
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
isc_dialog_export (GtkWindow *parent, const char *name, IscFileChosen chosen, gpointer data)
{
  GtkFileChooser *chooser = make_dialog (parent, _ ("Export Figure"), GTK_FILE_CHOOSER_ACTION_SAVE,
                                         name, chosen, data, TRUE);
  const char *ids[G_N_ELEMENTS (sizes) + 1] = { NULL };
  const char *labels[G_N_ELEMENTS (sizes) + 1] = { NULL };
  const char *theme_labels[] = { _ ("Light"), _ ("Dark"), _ ("Print"), NULL };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      ids[i] = sizes[i].id;
      labels[i] = _ (sizes[i].label);
    }
  gtk_file_chooser_add_choice (chooser, "theme", _ ("Theme"), (const char **)themes, theme_labels);
  gtk_file_chooser_set_choice (chooser, "theme", "light");
  gtk_file_chooser_add_choice (chooser, "size", _ ("Size"), ids, labels);
  gtk_file_chooser_set_choice (chooser, "size", "slide");
  add_filter (chooser, _ ("SVG, PDF, PNG, EPS, data as CSV by the name's ending"),
              (const char *const[]){ "*.svg", "*.pdf", "*.png", "*.eps", "*.csv", NULL });
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
