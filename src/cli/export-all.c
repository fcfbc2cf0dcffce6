/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "cli/look-options.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/training.h"
#include "cli/view-options.h"
#include "engine/weights.h"
#include "views/export-all.h"

extern const IscCommand isc_command_export_all;

/* Of every view: how "export" looks at it when nothing is said. */
static gboolean
add_items (GArray *items, IscExperiment *experiment, GError **error)
{
  guint n;
  const IscView *const *views = isc_views_get (&n);
  const IscViewChoices choices = { 0 };

  for (guint i = 0; i < n; i++)
    {
      IscExportItem item = { .view = views[i] };

      if (views[i]->of_defaults)
        continue;
      if (!isc_view_choices_read (&choices, views[i], experiment, &item.options, error))
        return FALSE;
      g_array_append_val (items, item);
    }
  return TRUE;
}

static gboolean
read_format (const char *text, IscExportAll *all, GError **error)
{
  g_autofree char *name = NULL;

  all->pages = g_strcmp0 (text, "pages") == 0;
  all->format = ISC_EXPORT_SVG;
  if (!text || all->pages)
    return TRUE;
  name = g_strconcat ("figure.", text, NULL);
  if (isc_export_format_from_path (name, &all->format, NULL) && all->format != ISC_EXPORT_CSV)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "--format: '%s' is none of png, svg, pdf, eps, pages", text);
  return FALSE;
}

static gboolean
read_only (const char *only, gboolean *weights, gboolean *training, GError **error)
{
  *weights = !only || g_str_equal (only, "weights");
  *training = !only || g_str_equal (only, "training");
  if (*weights || *training)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "--only: '%s' is none of weights, training",
               only);
  return FALSE;
}

/* Before the long work: a folder that is there has to take files, one that is not to be made. */
static gboolean
check_folder (const char *folder, GError **error)
{
  g_autofree char *inside = g_build_filename (folder, "experiment.initscope", NULL);

  return isc_output_check_folder (g_file_test (folder, G_FILE_TEST_EXISTS) ? inside : folder,
                                  error);
}

static void
append_names (GString *text, const char *what, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s%s", i ? ", " : what, (const char *)names->pdata[i],
                            i + 1 == names->len ? ".\n" : "");
}

static gboolean
print_report (const IscExportReport *report, const char *folder, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "Wrote %u files into %s.\n", report->files->len, folder);
  append_names (text, "Left out, with nothing to show: ", report->empty);
  append_names (text, "Without their data, which are too many rows: ", report->large);
  return isc_output_print (text->str, error);
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) settings = NULL;
  g_auto (IscLookOptions) look = { 0 };
  g_auto (IscExportReport) report = { NULL, NULL, NULL };
  g_autofree char *folder = NULL;
  g_autofree char *format = NULL;
  g_autofree char *only = NULL;
  gboolean no_data = FALSE;
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &folder,
      "The folder, which is made if it is not there", "FOLDER" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format,
      "A file a figure, png, svg, pdf or eps, or one PDF of pages (svg)", "FORMAT" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Figures of weights or of training alone", "PAGE" },
    { "no-data", 0, 0, G_OPTION_ARG_NONE, &no_data, "Without the data behind the figures", NULL },
    ISC_LOOK_ENTRIES (look),
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings, "Change a field of the experiment first",
      "KEY=VALUE" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Print nothing", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (IscExportItem));
  g_autoptr (IscExperiment) loaded = NULL;
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscWeights) weights = NULL;
  g_autoptr (IscRun) training = NULL;
  g_autoptr (IscResult) result = NULL;
  IscExportAll all = { 0 };
  gboolean of_weights, of_training;

  if (!isc_options_parse (&isc_command_export_all, entries, &argc, &argv, 1, error))
    return *error == NULL;
  if (argc < 2 || !folder)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "export-all: name %s",
                   argc < 2 ? "an experiment: a file, or an example such as article"
                            : "a folder with -o");
      return FALSE;
    }
  if (!isc_look_options_read (&look, &all.look, error) || !read_format (format, &all, error)
      || !read_only (only, &of_weights, &of_training, error) || !check_folder (folder, error))
    return FALSE;
  loaded = isc_options_load_experiment (argv[1], error);
  experiment = loaded ? isc_options_apply_settings (loaded, settings, error) : NULL;
  if (!experiment || !add_items (items, experiment, error))
    return FALSE;
  weights = of_weights ? isc_weights_new (experiment, TRUE, cancellable, error) : NULL;
  if (of_weights && !weights)
    return FALSE;
  training = of_training ? isc_training_run (experiment, !quiet, cancellable, error) : NULL;
  if (of_training && !training)
    return FALSE;
  result = training ? isc_run_snapshot (training) : NULL;

  all.experiment = experiment;
  all.weights = weights;
  all.result = result;
  all.items = (const IscExportItem *)(void *)items->data;
  all.n_items = items->len;
  all.data = !no_data;
  isc_export_report_init (&report);
  return isc_export_all (&all, folder, NULL, NULL, cancellable, &report, error)
         && (quiet || print_report (&report, folder, error));
}

const IscCommand isc_command_export_all = {
  .name = "export-all",
  .usage = "EXPERIMENT -o FOLDER",
  .summary = "Draws every figure of an experiment into a folder, with the data behind them.",
  .run = run,
};
