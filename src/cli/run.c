/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number-text.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/run-report.h"
#include "cli/run-tables.h"
#include "cli/training.h"
#include "formats/weights-file.h"

/* Traces, epochs, observations. */
#define N_TABLES 3

/* More than there are cores; each takes a stack. */
#define MAX_THREADS 1024

extern const IscCommand isc_command_run;

/* "LABEL/0.weight", with several seeds "LABEL/SEED/0.weight", for a single run "0.weight". */
static GBytes *
weights_to_bytes (IscRun *run, const IscResult *result, const char *path, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  gboolean many_seeds = isc_experiment_get_n_seeds (isc_result_get_experiment (result)) > 1;

  for (guint r = 0; r < isc_result_get_n_runs (result); r++)
    {
      const IscRunResult *one = isc_result_get_run (result, r);
      g_autoptr (GPtrArray) tensors = isc_run_copy_weights (run, r);

      for (guint i = 0; i < tensors->len; i++)
        {
          IscTensor *tensor = tensors->pdata[i];
          g_autofree char *seed
              = many_seeds ? g_strdup_printf ("%" G_GUINT64_FORMAT "/", one->seed) : g_strdup ("");
          g_autofree char *name
              = g_strdup_printf ("%s/%s%s", one->label, seed, isc_tensor_get_name (tensor));

          g_ptr_array_add (all, isc_result_get_n_runs (result) == 1
                                    ? isc_tensor_ref (tensor)
                                    : isc_tensor_rename (tensor, name));
        }
    }
  return isc_weights_file_to_bytes (all, path, error);
}

typedef struct
{
  const char *path;
  GBytes *bytes;
} Output;

/* All files are made before the first is written. */
static gboolean
write_outputs (Output *outputs, guint n, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < n; i++)
    ok = ok && (!outputs[i].path || isc_file_write (outputs[i].path, outputs[i].bytes, error));
  return ok;
}

/* Says what is wrong with the names before the work begins. */
static gboolean
check_outputs (const char *const *tables, const char *weights, GError **error)
{
  if (weights && g_str_has_suffix (weights, ".npy"))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "--weights: a .npy file holds one tensor, and networks have several: choose "
                   ".npz, .safetensors or .csv");
      return FALSE;
    }
  for (guint i = 0; i < N_TABLES; i++)
    if (!isc_output_check_folder (tables[i], error))
      return FALSE;
  return !weights
         || (isc_weights_file_check_path (weights, error)
             && isc_output_check_folder (weights, error));
}

static gboolean
read_threads (const char *text, guint *n_threads, GError **error)
{
  gint64 n = 0;

  if (text && (!isc_integer_from_text (text, &n) || n < 1 || n > MAX_THREADS))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "--threads: '%s' is not a number of threads from 1 to %d", text, MAX_THREADS);
      return FALSE;
    }
  *n_threads = (guint)n;
  return TRUE;
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) settings = NULL;
  g_autofree char *traces = NULL;
  g_autofree char *epochs = NULL;
  g_autofree char *observations = NULL;
  g_autofree char *weights = NULL;
  g_autofree char *threads = NULL;
  guint n_threads;
  gboolean json = FALSE;
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings,
      "Change a field first, as in epochs=5 or 'inits[0].weight=zeros_()'", "KEY=VALUE" },
    { "traces", 0, 0, G_OPTION_ARG_FILENAME, &traces,
      "Write every step: loss, learning rate, gradient norms", "FILE.csv" },
    { "epochs", 0, 0, G_OPTION_ARG_FILENAME, &epochs,
      "Write every epoch: losses, accuracy, seconds", "FILE.csv" },
    { "observations", 0, 0, G_OPTION_ARG_FILENAME, &observations,
      "Write every look into the layers: spreads, dead and saturated units", "FILE.csv" },
    { "weights", 0, 0, G_OPTION_ARG_FILENAME, &weights,
      "Write the trained weights: .npz, .safetensors or .csv", "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &threads,
      "Spread the runs over so many threads instead of one a core; the numbers are the same", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print the results as JSON", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Print nothing", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (IscExperiment) loaded = NULL;
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscRun) training = NULL;
  g_autoptr (IscResult) result = NULL;
  g_autofree char *gaps = NULL;
  g_autoptr (GBytes) traces_bytes = NULL;
  g_autoptr (GBytes) epochs_bytes = NULL;
  g_autoptr (GBytes) observations_bytes = NULL;
  g_autoptr (GBytes) weights_bytes = NULL;

  if (!isc_options_parse (&isc_command_run, entries, &argc, &argv, 1, error))
    return *error == NULL;
  if (argc < 2)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "run: name an experiment: a file, or an example such as article");
      return FALSE;
    }
  loaded = isc_options_load_experiment (argv[1], error);
  experiment = loaded ? isc_options_apply_settings (loaded, settings, error) : NULL;
  if (!experiment || !read_threads (threads, &n_threads, error)
      || !check_outputs ((const char *[N_TABLES]){ traces, epochs, observations }, weights, error))
    return FALSE;
  training = isc_training_run_on (n_threads, experiment, !quiet, cancellable, error);
  if (!training)
    return FALSE;

  result = isc_run_snapshot (training);
  if (traces)
    traces_bytes = isc_tables_of_traces (result);
  if (epochs)
    epochs_bytes = isc_tables_of_epochs (result);
  if (observations)
    observations_bytes = isc_tables_of_observations (result);
  if (weights)
    {
      weights_bytes = weights_to_bytes (training, result, weights, error);
      if (!weights_bytes)
        return FALSE;
    }
  if (!write_outputs ((Output[]){ { traces, traces_bytes },
                                  { epochs, epochs_bytes },
                                  { observations, observations_bytes },
                                  { weights, weights_bytes } },
                      4, error))
    return FALSE;
  if (json)
    return isc_report_print_json (result, error);
  if (!quiet)
    isc_report_print (result);
  gaps = isc_run_explain_data (training);
  if (gaps && !quiet)
    g_print ("Data: %s.\n", gaps);
  return TRUE;
}

const IscCommand isc_command_run = {
  .name = "run",
  .usage = "EXPERIMENT",
  .summary = "Trains an experiment's network under every scheme and seed.",
  .run = run,
};
