/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run-tables.h"

#include "base/csv-text.h"
#include "base/number-text.h"

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
  isc_csv_append_text (csv, run->label);
  g_string_append_printf (csv, ",%" G_GUINT64_FORMAT, run->seed);
}

static guint
epoch_of (const IscRunResult *run, gsize step, gsize steps_per_epoch)
{
  return steps_per_epoch ? (guint)(step / steps_per_epoch) : 0;
}

/* What both kinds of rows of an observation begin with. */
static void
append_observed (GString *csv,
                 const IscRunResult *run,
                 gsize step,
                 const char *kind,
                 const char *name,
                 const char *id)
{
  append_run_key (csv, run);
  g_string_append_printf (csv, ",%" G_GSIZE_FORMAT ",%s,", step, kind);
  isc_csv_append_text (csv, name);
  g_string_append_printf (csv, ",%s", id);
}

static void
append_spreads (GString *csv, const IscSpread *values, const IscSpread *gradient)
{
  g_string_append_printf (csv, ",%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT, values->count,
                          values->n_non_finite);
  append_number (csv, values->mean);
  append_number (csv, values->std);
  append_number (csv, values->rms);
  append_number (csv, values->low);
  append_number (csv, values->high);
  g_string_append_printf (csv, ",%" G_GSIZE_FORMAT, gradient->n_non_finite);
  append_number (csv, gradient->mean);
  append_number (csv, gradient->std);
  append_number (csv, gradient->rms);
}

static void
append_observation (GString *csv, const IscRunResult *run, const IscObservation *observation)
{
  for (guint i = 0; i < observation->n_parameters; i++)
    {
      const IscParameterObservation *one = &observation->parameters[i];

      append_observed (csv, run, observation->step, "parameter", one->name, "");
      append_spreads (csv, &one->values, &one->gradient);
      append_number (csv, one->norm);
      g_string_append_printf (csv, ",,,,%u\n", one->n_alike);
    }
  for (guint i = 0; i < observation->n_modules; i++)
    {
      const IscModuleObservation *one = &observation->modules[i];

      append_observed (csv, run, observation->step, "module", one->name, one->id);
      append_spreads (csv, &one->outputs, &one->gradient);
      g_string_append_c (csv, ',');
      append_number (csv, one->dead);
      append_number (csv, one->saturated);
      append_number (csv, one->correlation);
      g_string_append (csv, ",\n");
    }
}

GBytes *
isc_tables_of_traces (const IscResult *result)
{
  GString *csv = g_string_new ("run,seed,step,epoch,loss,lr,grad_norm");
  const IscTrace *first = isc_result_get_run (result, 0)->trace;

  for (guint i = 0; i < isc_trace_get_n_parameters (first); i++)
    {
      g_string_append (csv, ",grad_norm/");
      isc_csv_append_text (csv, isc_trace_get_name (first, i));
    }
  g_string_append (csv, ",clipped_norm,non_finite");
  for (guint i = 0; i < isc_trace_get_n_parameters (first); i++)
    {
      g_string_append (csv, ",update_ratio/");
      isc_csv_append_text (csv, isc_trace_get_name (first, i));
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

GBytes *
isc_tables_of_epochs (const IscResult *result)
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

GBytes *
isc_tables_of_observations (const IscResult *result)
{
  GString *csv
      = g_string_new ("run,seed,step,kind,name,module,count,non_finite,mean,std,rms,low,high,"
                      "grad_non_finite,grad_mean,grad_std,grad_rms,norm,dead,saturated,"
                      "correlation,alike\n");

  for (guint r = 0; r < isc_result_get_n_runs (result); r++)
    {
      const IscRunResult *run = isc_result_get_run (result, r);

      for (guint i = 0; i < run->n_observations; i++)
        append_observation (csv, run, run->observations[i]);
    }
  return g_string_free_to_bytes (csv);
}
