/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/export-all.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "experiment/json.h"
#include "plot/figure-csv.h"

#define EXPERIMENT_NAME "experiment.initscope"
#define PAGES_NAME "figures.pdf"

typedef struct
{
  const IscExportAll *all;
  const char *folder;
  GCancellable *cancellable;
  IscExportReport *report;
} Writer;

static const char *
ending_of (IscExportFormat format)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf", ".eps", ".csv" };

  return endings[format];
}

static char *
name_of (const IscView *view, IscExportFormat format)
{
  return g_strconcat (view->id, ending_of (format), NULL);
}

static gboolean
can_show (const IscExportAll *all, const IscView *view)
{
  return (view->of_weights && all->weights) || (view->of_result && all->result);
}

static gboolean
check_going (Writer *writer, GError **error)
{
  if (!g_cancellable_is_cancelled (writer->cancellable))
    return TRUE;
  g_set_error_literal (error, ISC_ERROR, ISC_ERROR_CANCELLED, "the export was stopped");
  return FALSE;
}

/* Takes ownership of @bytes. */
static gboolean
write_file (Writer *writer, const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) content = bytes;
  g_autofree char *path = g_build_filename (writer->folder, name, NULL);

  if (content == NULL || !check_going (writer, error))
    return FALSE;
  if (!isc_file_write (path, content, error))
    return FALSE;
  g_ptr_array_add (writer->report->files, g_strdup (name));
  return TRUE;
}

static gboolean
write_experiment (Writer *writer, GError **error)
{
  char *json = isc_experiment_to_json (writer->all->experiment);

  return write_file (writer, EXPERIMENT_NAME, g_bytes_new_take (json, strlen (json)), error);
}

/* Returns: (nullable): the figure; %NULL if it would show nothing. */
static IscFigure *
make_figure (Writer *writer, const IscExportItem *item)
{
  const IscExportAll *all = writer->all;
  IscViewOptions options = item->options;
  g_autoptr (IscFigure) figure = NULL;

  options.cancellable = writer->cancellable;
  figure = item->view->of_weights ? item->view->of_weights (all->weights, &options)
                                  : item->view->of_result (all->result, &options);
  if (isc_figure_count_data (figure) > 0)
    return g_steal_pointer (&figure);
  g_ptr_array_add (writer->report->empty, g_strdup (item->view->id));
  return NULL;
}

static gboolean
write_figure (Writer *writer, const IscView *view, IscFigure *figure, GError **error)
{
  const IscExportAll *all = writer->all;
  g_autofree char *name = name_of (view, all->format);
  g_autofree char *data_name = name_of (view, ISC_EXPORT_CSV);

  if (!all->pages
      && !write_file (writer, name, isc_export_to_bytes (figure, all->format, &all->look, error),
                      error))
    return FALSE;
  if (!all->data)
    return TRUE;
  if (isc_figure_count_data (figure) > ISC_EXPORT_ALL_MOST_ROWS)
    {
      g_ptr_array_add (writer->report->large, g_strdup (view->id));
      return TRUE;
    }
  return write_file (writer, data_name, isc_figure_to_csv (figure, error), error);
}

static gboolean
write_figures (Writer *writer, IscExportProgress progress, gpointer data, GError **error)
{
  const IscExportAll *all = writer->all;
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_figure_unref);

  for (guint i = 0; i < all->n_items; i++)
    {
      g_autoptr (IscFigure) figure = NULL;

      if (progress)
        progress (i, all->n_items, data);
      if (can_show (all, all->items[i].view))
        figure = make_figure (writer, &all->items[i]);
      if (!check_going (writer, error))
        return FALSE;
      if (figure == NULL)
        continue;
      if (!write_figure (writer, all->items[i].view, figure, error))
        return FALSE;
      if (all->pages)
        g_ptr_array_add (pages, g_steal_pointer (&figure));
    }
  if (pages->len > 0
      && !write_file (writer, PAGES_NAME,
                      isc_export_pages ((IscFigure *const *)pages->pdata, pages->len, &all->look,
                                        error),
                      error))
    return FALSE;
  if (progress)
    progress (all->n_items, all->n_items, data);
  return TRUE;
}

void
isc_export_report_init (IscExportReport *report)
{
  report->files = g_ptr_array_new_with_free_func (g_free);
  report->empty = g_ptr_array_new_with_free_func (g_free);
  report->large = g_ptr_array_new_with_free_func (g_free);
}

void
isc_export_report_clear (IscExportReport *report)
{
  g_clear_pointer (&report->files, g_ptr_array_unref);
  g_clear_pointer (&report->empty, g_ptr_array_unref);
  g_clear_pointer (&report->large, g_ptr_array_unref);
}

GPtrArray *
isc_export_all_names (const IscExportAll *all)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (all != NULL, names);

  g_ptr_array_add (names, g_strdup (EXPERIMENT_NAME));
  if (all->pages)
    g_ptr_array_add (names, g_strdup (PAGES_NAME));
  for (guint i = 0; i < all->n_items; i++)
    {
      if (!can_show (all, all->items[i].view))
        continue;
      if (!all->pages)
        g_ptr_array_add (names, name_of (all->items[i].view, all->format));
      if (all->data)
        g_ptr_array_add (names, name_of (all->items[i].view, ISC_EXPORT_CSV));
    }
  return names;
}

gboolean
isc_export_all (const IscExportAll *all,
                const char *folder,
                IscExportProgress progress,
                gpointer data,
                GCancellable *cancellable,
                IscExportReport *report,
                GError **error)
{
  Writer writer = { all, folder, cancellable, report };
  g_autoptr (GError) problem = NULL;
  gboolean made;

  g_return_val_if_fail (all != NULL && folder != NULL && report != NULL, FALSE);
  g_return_val_if_fail (all->format != ISC_EXPORT_CSV, FALSE);

  made = mkdir (folder, 0777) == 0;
  if (!made && errno != EEXIST)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot make the folder %s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  if (write_experiment (&writer, &problem) && write_figures (&writer, progress, data, &problem))
    return TRUE;
  g_set_error (error, problem->domain, problem->code, "%s; %u file%s written before",
               problem->message, report->files->len, report->files->len == 1 ? " was" : "s were");
  if (made && report->files->len == 0)
    rmdir (folder);
  return FALSE;
}
