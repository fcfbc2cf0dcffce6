/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/restore.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "golden/figures.h"
#include "views-samples.h"

static IscExperiment *
restore_text (const char *text, gssize length, gboolean *from_figure, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize)length);

  return isc_restore_from_bytes (bytes, NULL, from_figure, error);
}

static void
test_figures (void)
{
  g_autoptr (IscExperiment) experiment = sample_experiment (3, 2);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autoptr (IscFigure) figure = isc_figure_new ();
  gboolean from_figure = TRUE;
  g_autoptr (IscExperiment) plain = restore_text (json, -1, &from_figure, NULL);

  g_assert_true (isc_experiment_equal (plain, experiment));
  g_assert_false (from_figure);
  isc_figure_set_experiment (figure, json);
  for (IscExportFormat format = ISC_EXPORT_PNG; format <= ISC_EXPORT_EPS; format++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = sample_export (figure, format, NULL, NULL);
      g_autoptr (IscExperiment) restored
          = isc_restore_from_bytes (bytes, NULL, &from_figure, &error);

      g_assert_no_error (error);
      g_assert_true (isc_experiment_equal (restored, experiment));
      g_assert_true (from_figure);
    }
}

static void
assert_refused (const char *text, gssize length, const char *what)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (restore_text (text, length, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, what));
}

static void
test_refused (void)
{
  static const char neither[] = "neither an experiment nor a figure";
  g_autofree char *blank = g_strnfill (20 << 20, ' ');

  assert_refused ("", -1, "the document is empty");
  assert_refused ("hello", -1, neither);
  assert_refused ("GIF89a", -1, neither);
  assert_refused ("\xff\xd8\xff\xe0", -1, neither);
  assert_refused ("\0{}", 3, neither);
  assert_refused ("[1, 2]", -1, neither);
  assert_refused ("  \n{\"initscope\": 99}", -1, "of version 99");
  assert_refused ("{\"initscope\": 1, \"epoch\": 3, \"title\": 4}", -1, "(and 1 more)");
  assert_refused ("<svg></svg>", -1, "the SVG figure has no experiment inside");
  assert_refused ("%PDF-1.4\n/Keywords ({\"initscope\": 99})", -1, "of version 99");
  assert_refused ("%PDF-1.4\n/Keywords (hello)", -1, "this is not JSON");
  assert_refused (blank, -1, "20971520 bytes: at most 16777216 are read");
}

/* All problems, each with its place, as of a document that was never in a figure. */
static void
test_problems (void)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  isc_figure_set_experiment (figure, "{\"initscope\": 1, \"epochs\": -3, \"batch_size\": 0}");
  bytes = sample_export (figure, ISC_EXPORT_SVG, NULL, NULL);
  g_assert_null (isc_restore_from_bytes (bytes, problems, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_nonnull (isc_problems_find (problems, "epochs"));
  g_assert_nonnull (isc_problems_find (problems, "batch_size"));
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("initscope-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "a.png", NULL);
  g_autofree char *said = g_strconcat (path, ": this is neither", NULL);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, "no picture", -1, NULL));
  g_assert_null (isc_restore_from_file (path, NULL, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, said));
  g_clear_error (&error);
  g_unlink (path);
  g_assert_null (isc_restore_from_file (path, NULL, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (isc_restore_from_file (folder, NULL, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/views/restore/figures", test_figures);
  g_test_add_func ("/views/restore/refused", test_refused);
  g_test_add_func ("/views/restore/problems", test_problems);
  g_test_add_func ("/views/restore/files", test_files);
  return g_test_run ();
}
