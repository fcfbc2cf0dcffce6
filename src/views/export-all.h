/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/export.h"
#include "views/views.h"

/**
 * IscExportItem:
 * @view: a view of weights or of results
 * @options: how it is looked at
 */
typedef struct
{
  const IscView *view;
  IscViewOptions options;
} IscExportItem;

/**
 * IscExportAll:
 * @experiment: what is written beside the figures
 * @weights: (nullable): what views of weights show; without them they are left out
 * @result: (nullable): what views of results show; likewise
 * @items: (array length=n_items): the figures, in the order of pages
 * @n_items: at least 1
 * @format: of each figure's file; no CSV
 * @pages: one PDF of pages, "figures.pdf", in place of a file a figure
 * @data: the data behind each figure too
 * @look: size and look of every figure
 *
 * Everything there is to show of an experiment, for a folder.
 */
typedef struct
{
  IscExperiment *experiment;
  IscWeights *weights;
  IscResult *result;
  const IscExportItem *items;
  guint n_items;
  IscExportFormat format;
  gboolean pages;
  gboolean data;
  IscExportOptions look;
} IscExportAll;

/** Data of more rows, every weight of a large matrix, are a file that nobody opens by chance; exported
 *  by itself a figure gives them. */
#define ISC_EXPORT_ALL_MOST_ROWS 2000000

/**
 * IscExportReport:
 * @files: (element-type utf8): names of the files that were written, in that order
 * @empty: (element-type utf8): ids of the views that have nothing to show of this experiment
 * @large: (element-type utf8): ids of those whose data are more than %ISC_EXPORT_ALL_MOST_ROWS, and
 *   were left out
 */
typedef struct
{
  GPtrArray *files;
  GPtrArray *empty;
  GPtrArray *large;
} IscExportReport;

void isc_export_report_init  (IscExportReport *report);
void isc_export_report_clear (IscExportReport *report);

/** IscExportProgress: @n_done: figures that are made, of @n; on the thread that exports */
typedef void (*IscExportProgress) (guint n_done, guint n, gpointer data);

/** isc_export_all_names: Returns: (transfer full): the names of all files that may be written */
GPtrArray *isc_export_all_names (const IscExportAll *all);

/**
 * isc_export_all:
 * @folder: made if it is not there, and taken away again if nothing was written into it
 * @progress: (nullable): called before each figure and at the end
 * @cancellable: (nullable): asked before each file
 * @report: (inout): initialized; what was written is told whether all went well or not
 *
 * Writes "experiment.initscope" and, named by their views, the figures and their data.  Each file is
 * whole or not there, and has the bytes that isc_export_to_file() would give it.  Safe on any thread.
 *
 * Returns: %FALSE with ISC_ERROR_IO naming the file and how many are written, or ISC_ERROR_CANCELLED
 */
gboolean isc_export_all (const IscExportAll *all, const char *folder, IscExportProgress progress,
                         gpointer data, GCancellable *cancellable, IscExportReport *report,
                         GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IscExportReport, isc_export_report_clear)
