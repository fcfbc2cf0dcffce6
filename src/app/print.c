/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/print.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/settings.h"
#include "base/error.h"
#include "base/file.h"
#include "plot/draw.h"

/* A px is 1/96 inch, a point 1/72. */
#define POINTS_PER_PX 0.75

/* Dots an inch that a picture of numbers is worked out for. */
#define PRINTER_DPI 300.0

/* On upright paper a figure as high as the page would be a tower. */
#define MOST_HEIGHT_PER_WIDTH 0.75

/* What is printed. */
typedef struct
{
  IscFigure *figure;
  IscViewport *viewport;
} Job;

static Job *
job_new (IscFigure *figure, IscViewport *viewport)
{
  Job *job = g_new0 (Job, 1);

  job->figure = isc_figure_ref (figure);
  job->viewport = viewport ? isc_viewport_ref (viewport) : NULL;
  return job;
}

static void
job_free (gpointer data, GClosure *closure)
{
  Job *job = data;

  isc_figure_unref (job->figure);
  g_clear_pointer (&job->viewport, isc_viewport_unref);
  g_free (job);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context) / POINTS_PER_PX;
  double room = gtk_print_context_get_height (context) / POINTS_PER_PX;
  double height = MIN (room, MOST_HEIGHT_PER_WIDTH * width);
  IscTheme theme = *isc_theme_get (ISC_THEME_PRINT);
  g_autoptr (IscLayout) layout = NULL;

  theme.detail = PRINTER_DPI / 96.0;
  layout
      = isc_layout_new_in (job->figure, job->viewport, &theme, MAX (width, 1.0), MAX (height, 1.0));
  cairo_save (cr);
  cairo_scale (cr, POINTS_PER_PX, POINTS_PER_PX);
  cairo_translate (cr, 0.0, 0.5 * (room - height));
  isc_draw (layout, cr, 0);
  cairo_restore (cr);
}

/* What was chosen the last time. */
static void
load (GtkPrintOperation *operation)
{
  g_autoptr (GSettings) habits = isc_settings_new ();
  g_autoptr (GVariant) paper = NULL;
  g_autoptr (GVariant) printer = NULL;

  if (isc_settings_get (habits, "page-setup", "@a{sv}", &paper) && g_variant_n_children (paper) > 0)
    {
      g_autoptr (GtkPageSetup) setup = gtk_page_setup_new_from_gvariant (paper);

      gtk_print_operation_set_default_page_setup (operation, setup);
    }
  if (isc_settings_get (habits, "print-settings", "@a{sv}", &printer))
    {
      g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new_from_gvariant (printer);

      gtk_print_operation_set_print_settings (operation, settings);
    }
}

static void
save (GtkPrintOperation *operation)
{
  g_autoptr (GSettings) habits = isc_settings_new ();
  GtkPrintSettings *settings = gtk_print_operation_get_print_settings (operation);
  GtkPageSetup *setup = gtk_print_operation_get_default_page_setup (operation);

  if (settings)
    isc_settings_set (habits, "print-settings", "@a{sv}",
                      gtk_print_settings_to_gvariant (settings));
  if (setup)
    isc_settings_set (habits, "page-setup", "@a{sv}", gtk_page_setup_to_gvariant (setup));
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, IscWindow *window)
{
  g_autoptr (GError) error = NULL;

  /* Asked about anything else, GTK warns. */
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    save (operation);
  if (error)
    isc_window_say (window, _ ("Could not print: %s"), error->message);
}

static GtkPrintOperation *
operation_new (IscFigure *figure, IscViewport *viewport)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  load (operation);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb),
                         job_new (figure, viewport), job_free, 0);
  return operation;
}

void
isc_print (IscWindow *window, IscFigure *figure, IscViewport *viewport, const char *name)
{
  g_autoptr (GtkPrintOperation) operation = operation_new (figure, viewport);
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), window, 0);
  /* With an error, "done" has said it. */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window),
                           &error);
}

/* GTK tells of no file that it can't write, so it writes one that it can. */
static GBytes *
print_to_bytes (GtkPrintOperation *operation, IscWindow *window, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("initscope-XXXXXX.pdf", &path, error);
  char *content;
  gsize length;
  gboolean ok;

  if (fd < 0)
    return NULL;
  g_close (fd, NULL);
  gtk_print_operation_set_export_filename (operation, path);
  ok = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, GTK_WINDOW (window),
                                error)
           != GTK_PRINT_OPERATION_RESULT_ERROR
       && g_file_get_contents (path, &content, &length, error);
  g_unlink (path);
  return ok ? g_bytes_new_take (content, length) : NULL;
}

gboolean
isc_print_to_file (
    IscWindow *window, IscFigure *figure, IscViewport *viewport, const char *path, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = operation_new (figure, viewport);
  g_autoptr (GBytes) bytes = print_to_bytes (operation, window, error);

  return bytes && isc_file_write (path, bytes, error);
}
