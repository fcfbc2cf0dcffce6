/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/export-all.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "views-samples.h"

typedef struct
{
  IscExperiment *experiment;
  IscWeights *weights;
  IscExportItem items[2];
  char *parent;
  char *folder;
  IscExportAll all;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->experiment = sample_experiment (1, 1);
  fixture->weights
      = sample_weights ("{\"layer\": \"Linear(4, 3)\", \"init\": \"kaiming_normal_()\"}");
  fixture->items[0]
      = (IscExportItem){ isc_views_find ("histogram", NULL), isc_view_options_default };
  fixture->items[1] = (IscExportItem){ isc_views_find ("qq", NULL), isc_view_options_default };
  fixture->parent = g_dir_make_tmp ("initscope-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (fixture->parent, "all", NULL);
  fixture->all = (IscExportAll){
    .experiment = fixture->experiment,
    .weights = fixture->weights,
    .items = fixture->items,
    .n_items = 2,
    .format = ISC_EXPORT_SVG,
    .data = TRUE,
    .look = isc_export_options_default,
  };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_assert_cmpint (g_rmdir (fixture->parent), ==, 0);
  isc_experiment_unref (fixture->experiment);
  isc_weights_unref (fixture->weights);
  g_free (fixture->parent);
  g_free (fixture->folder);
}

static void
progress_cb (guint n_done, guint n, gpointer data)
{
  g_string_append_printf (data, "%u/%u ", n_done, n);
}

static void
assert_names (GPtrArray *names, const char *expected)
{
  g_autofree char *joined = NULL;

  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (" ", (char **)names->pdata);
  g_ptr_array_set_size (names, (int)names->len - 1);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_auto (IscExportReport) report = { NULL, NULL, NULL };
  g_autoptr (GPtrArray) names = isc_export_all_names (&fixture->all);
  g_autoptr (GString) progress = g_string_new (NULL);
  g_autoptr (IscFigure) figure
      = fixture->items[1].view->of_weights (fixture->weights, &isc_view_options_default);
  g_autoptr (GBytes) bytes = isc_export_to_bytes (figure, ISC_EXPORT_SVG, NULL, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "qq.svg", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  isc_export_report_init (&report);
  isc_export_all (&fixture->all, fixture->folder, progress_cb, progress, NULL, &report, &error);
  g_assert_no_error (error);
  assert_names (report.files, "experiment.initscope histogram.svg histogram.csv qq.svg qq.csv");
  assert_names (names, "experiment.initscope histogram.svg histogram.csv qq.svg qq.csv");
  g_assert_cmpuint (report.empty->len, ==, 0);
  g_assert_cmpstr (progress->str, ==, "0/2 1/2 2/2 ");
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  written = g_bytes_new_static (content, length);
  g_assert_true (g_bytes_equal (written, bytes));
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_auto (IscExportReport) report = { NULL, NULL, NULL };
  g_autoptr (GError) error = NULL;

  fixture->all.pages = TRUE;
  fixture->all.data = FALSE;
  isc_export_report_init (&report);
  isc_export_all (&fixture->all, fixture->folder, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  assert_names (report.files, "experiment.initscope figures.pdf");
}

/* A view without its numbers is not asked; one that has nothing to show is told. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_auto (IscExportReport) report = { NULL, NULL, NULL };
  g_autoptr (IscResult) result
      = isc_result_new_take (fixture->experiment, g_new0 (IscRunResult, 1), 0);
  g_autoptr (GError) error = NULL;

  fixture->items[1].view = isc_views_find ("loss", NULL);
  isc_export_report_init (&report);
  isc_export_all (&fixture->all, fixture->folder, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  assert_names (report.files, "experiment.initscope histogram.svg histogram.csv");
  g_assert_cmpuint (report.empty->len, ==, 0);

  isc_export_report_clear (&report);
  isc_export_report_init (&report);
  fixture->all.result = result;
  isc_export_all (&fixture->all, fixture->folder, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  assert_names (report.files, "experiment.initscope histogram.svg histogram.csv");
  assert_names (report.empty, "loss");
}

/* Every weight of a large matrix is no table for people. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  g_auto (IscExportReport) report = { NULL, NULL, NULL };
  g_autoptr (GError) error = NULL;

  isc_weights_unref (fixture->weights);
  fixture->weights = fixture->all.weights
      = sample_weights ("{\"layer\": \"Linear(2001, 1000)\", \"init\": \"kaiming_normal_()\"}");
  fixture->items[1].view = isc_views_find ("heatmap", NULL);
  isc_export_report_init (&report);
  isc_export_all (&fixture->all, fixture->folder, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  assert_names (report.files, "experiment.initscope histogram.svg histogram.csv heatmap.svg");
  assert_names (report.large, "heatmap");
}

static void
cancel_cb (guint n_done, guint n, gpointer cancellable)
{
  if (n_done == 1)
    g_cancellable_cancel (cancellable);
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_auto (IscExportReport) report = { NULL, NULL, NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  isc_export_report_init (&report);
  g_assert_false (isc_export_all (&fixture->all, fixture->folder, cancel_cb, cancellable,
                                  cancellable, &report, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, "the export was stopped; 3 files were written before");
  assert_names (report.files, "experiment.initscope histogram.svg histogram.csv");
  g_clear_error (&error);

  /* Nothing at all: not even the folder stays, unless it was there. */
  tear_down (fixture, NULL);
  set_up (fixture, NULL);
  isc_export_report_clear (&report);
  isc_export_report_init (&report);
  g_assert_false (
      isc_export_all (&fixture->all, fixture->folder, NULL, NULL, cancellable, &report, &error));
  g_assert_cmpstr (error->message, ==, "the export was stopped; 0 files were written before");
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add ("/views/export-all/files", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/views/export-all/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/views/export-all/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/views/export-all/large", Fixture, NULL, set_up, test_large, tear_down);
  g_test_add ("/views/export-all/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  return g_test_run ();
}
