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
#include "cli/training.h"
#include "formats/weights-file.h"

extern const IscCommand isc_command_run;

/* A cell of a CSV file: quoted if it must be. */
static void
append_cell (GString *csv, const char *text)
{
  if (!strpbrk (text, ",\"\n\r"))
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *c = text; *c; c++)
    g_string_append_printf (csv, *c == '"' ? "\"\"" : "%c", *c);
  g_string_append_c (csv, '"');
}

static void
append_number (GString *csv, double value)
{
  g_autofree char *text = isc_number_to_text (value);

  g_string_append_printf (csv, ",%s", text);
}

static void
append_float (GString *csv, float value)
{
  g_autofree char *text = isc_float_to_text (value);

  g_string_append_printf (csv, ",%s", text);
}

static void
append_run_key (GString *csv, const IscRunResult *run)
{
  append_cell (csv, run->label);
  g_string_append_printf (csv, ",%" G_GUINT64_FORMAT, run->seed);
}

static guint
epoch_of (const IscRunResult *run, gsize step, gsize steps_per_epoch)
{
  return steps_per_epoch ? (guint)(step / steps_per_epoch) : 0;
}

static GBytes *
traces_to_csv (const IscResult *result)
{
  GString *csv = g_string_new ("run,seed,step,epoch,loss,lr,grad_norm");
  const IscTrace *first = isc_result_get_run (result, 0)->trace;

  for (guint i = 0; i < isc_trace_get_n_parameters (first); i++)
    {
      g_string_append (csv, ",grad_norm/");
      append_cell (csv, isc_trace_get_name (first, i));
    }
  g_string_append (csv, ",clipped_norm,non_finite");
  for (guint i = 0; i < isc_trace_get_n_parameters (first); i++)
    {
      g_string_append (csv, ",update_ratio/");
      append_cell (csv, isc_trace_get_name (first, i));
    }
  g_string_append_c (csv, '\n');
  for (guint r = 0; r < isc_result_get_n_runs (result); r++)
    {
      const IscRunResult *run = isc_result_get_run (result, r);
      gsize steps_per_epoch = run->n_epochs ? run->epochs[0].last_step + 1 : 0;
      guint n_parameters = isc_trace_get_n_parameters (run->trace);

      for (gsize row = 0; row < run->n_rows; row++)
        {
          gsize step = isc_trace_get_step (run->trace, row);

          append_run_key (csv, run);
          g_string_append_printf (csv, ",%" G_GSIZE_FORMAT ",%u", step,
                                  epoch_of (run, step, steps_per_epoch));
          append_float (csv, isc_trace_get (run->trace, row, ISC_TRACE_LOSS));
          append_float (csv, isc_trace_get (run->trace, row, ISC_TRACE_LEARNING_RATE));
          append_float (csv, isc_trace_get (run->trace, row, ISC_TRACE_GRADIENT_NORM));
          for (guint i = 0; i < n_parameters; i++)
            append_float (csv, isc_trace_get (run->trace, row, ISC_TRACE_PARAMETERS + i));
          append_float (csv, isc_trace_get (run->trace, row, ISC_TRACE_CLIPPED_NORM));
          append_float (csv, isc_trace_get (run->trace, row, ISC_TRACE_NON_FINITE));
          for (guint i = 0; i < n_parameters; i++)
            append_float (csv,
                          isc_trace_get (run->trace, row, isc_trace_update_column (run->trace, i)));
          g_string_append_c (csv, '\n');
        }
    }
  return g_string_free_to_bytes (csv);
}

static GBytes *
epochs_to_csv (const IscResult *result)
{
  GString *csv = g_string_new ("run,seed,epoch,train_loss,test_loss,test_accuracy,seconds\n");

  for (guint r = 0; r < isc_result_get_n_runs (result); r++)
    {
      const IscRunResult *run = isc_result_get_run (result, r);

      for (guint i = 0; i < run->n_epochs; i++)
        {
          append_run_key (csv, run);
          g_string_append_printf (csv, ",%u", i);
          append_number (csv, run->epochs[i].train_loss);
          append_number (csv, run->epochs[i].test_loss);
          append_number (csv, run->epochs[i].test_accuracy);
          append_number (csv, run->epochs[i].seconds);
          g_string_append_c (csv, '\n');
        }
    }
  return g_string_free_to_bytes (csv);
}

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
check_outputs (const char *traces, const char *epochs, const char *weights, GError **error)
{
  if (weights && g_str_has_suffix (weights, ".npy"))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "--weights: a .npy file holds one tensor, and networks have several: choose "
                   ".npz, .safetensors or .csv");
      return FALSE;
    }
  return (!weights || isc_weights_file_check_path (weights, error))
         && isc_output_check_folder (traces, error) && isc_output_check_folder (epochs, error)
         && isc_output_check_folder (weights, error);
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) settings = NULL;
  g_autofree char *traces = NULL;
  g_autofree char *epochs = NULL;
  g_autofree char *weights = NULL;
  gboolean json = FALSE;
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings,
      "Change a field first, as in epochs=5 or 'inits[0].weight=zeros_()'", "KEY=VALUE" },
    { "traces", 0, 0, G_OPTION_ARG_FILENAME, &traces,
      "Write every step: loss, learning rate, gradient norms", "FILE.csv" },
    { "epochs", 0, 0, G_OPTION_ARG_FILENAME, &epochs,
      "Write every epoch: losses, accuracy, seconds", "FILE.csv" },
    { "weights", 0, 0, G_OPTION_ARG_FILENAME, &weights,
      "Write the trained weights: .npz, .safetensors or .csv", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print the results as JSON", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Print nothing", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (IscExperiment) loaded = NULL;
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscRun) training = NULL;
  g_autoptr (IscResult) result = NULL;
  g_autoptr (GBytes) traces_bytes = NULL;
  g_autoptr (GBytes) epochs_bytes = NULL;
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
  if (!experiment || !check_outputs (traces, epochs, weights, error))
    return FALSE;
  training = isc_training_run (experiment, !quiet, cancellable, error);
  if (!training)
    return FALSE;

  result = isc_run_snapshot (training);
  if (traces)
    traces_bytes = traces_to_csv (result);
  if (epochs)
    epochs_bytes = epochs_to_csv (result);
  if (weights)
    {
      weights_bytes = weights_to_bytes (training, result, weights, error);
      if (!weights_bytes)
        return FALSE;
    }
  if (!write_outputs ((Output[]){ { traces, traces_bytes },
                                  { epochs, epochs_bytes },
                                  { weights, weights_bytes } },
                      3, error))
    return FALSE;
  if (json)
    return isc_report_print_json (result, error);
  if (!quiet)
    isc_report_print (result);
  return TRUE;
}

const IscCommand isc_command_run = {
  .name = "run",
  .usage = "EXPERIMENT",
  .summary = "Trains an experiment's network under every scheme and seed.",
  .run = run,
};
