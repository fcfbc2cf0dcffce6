/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/result.h"

#include <glib/gi18n.h>

#include "base/ref-count.h"

struct _IscResult
{
  IscRefCount ref_count;
  IscExperiment *experiment;
  IscRunResult *runs;
  guint n_runs;
};

const char *
isc_run_state_get_name (IscRunState state)
{
  switch (state)
    {
    case ISC_RUN_WAITING:
      return N_ ("waiting");
    case ISC_RUN_RUNNING:
      return N_ ("running");
    case ISC_RUN_DONE:
      return N_ ("finished");
    case ISC_RUN_REACHED:
      return N_ ("reached");
    case ISC_RUN_DIVERGED:
    default:
      return N_ ("diverged");
    }
}

gboolean
isc_run_state_is_over (IscRunState state)
{
  return state != ISC_RUN_WAITING && state != ISC_RUN_RUNNING;
}

IscResult *
isc_result_new_take (IscExperiment *experiment, IscRunResult *runs, guint n_runs)
{
  IscResult *result = g_new0 (IscResult, 1);

  isc_ref_count_init (&result->ref_count);
  result->experiment = isc_experiment_ref (experiment);
  result->runs = runs;
  result->n_runs = n_runs;
  return result;
}

IscResult *
isc_result_ref (IscResult *result)
{
  isc_ref_count_inc (&result->ref_count);
  return result;
}

void
isc_result_unref (IscResult *result)
{
  if (!isc_ref_count_dec (&result->ref_count))
    return;
  for (guint i = 0; i < result->n_runs; i++)
    {
      g_free (result->runs[i].label);
      g_free (result->runs[i].epochs);
      for (guint j = 0; j < result->runs[i].n_observations; j++)
        isc_observation_unref (result->runs[i].observations[j]);
      g_free (result->runs[i].observations);
      g_clear_pointer (&result->runs[i].trace, isc_trace_unref);
    }
  g_free (result->runs);
  isc_experiment_unref (result->experiment);
  g_free (result);
}

IscExperiment *
isc_result_get_experiment (const IscResult *result)
{
  return result->experiment;
}

guint
isc_result_get_n_runs (const IscResult *result)
{
  return result->n_runs;
}

const IscRunResult *
isc_result_get_run (const IscResult *result, guint index)
{
  g_return_val_if_fail (index < result->n_runs, NULL);
  return &result->runs[index];
}

gboolean
isc_result_is_finished (const IscResult *result)
{
  for (guint i = 0; i < result->n_runs; i++)
    if (!isc_run_state_is_over (result->runs[i].state))
      return FALSE;
  return TRUE;
}
