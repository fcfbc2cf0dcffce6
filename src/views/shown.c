/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/shown.h"

#include "base/number-text.h"
#include "views/words.h"

GArray *
isc_shown_get_runs (const IscResult *result, const IscViewOptions *options)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = isc_result_get_n_runs (result);

  if (options->run < n)
    g_array_append_val (runs, options->run);
  for (guint i = 0; options->run >= n && i < n && runs->len < ISC_SHOWN_MOST_RUNS; i++)
    if (isc_words_run_label (result, i))
      g_array_append_val (runs, i);
  return runs;
}

char *
isc_shown_describe_runs (const IscResult *result, const GArray *runs)
{
  const IscExperiment *experiment = isc_result_get_experiment (result);
  guint n_inits = isc_experiment_get_n_inits (experiment);
  guint n_seeds = isc_experiment_get_n_seeds (experiment);
  g_autofree char *inits = runs->len > 1 && runs->len < n_inits
                               ? g_strdup_printf ("%u of %u schemes", runs->len, n_inits)
                               : NULL;
  g_autofree char *seeds
      = runs->len > 1 && n_seeds > 1 ? g_strdup_printf ("the first of %u seeds", n_seeds) : NULL;

  return inits || seeds ? isc_words_join (inits, seeds, NULL) : NULL;
}

void
isc_shown_title (const IscResult *result, guint index, guint n, IscPanel *panel)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  g_autofree char *title = NULL;

  if (n < 2)
    return;
  title = run->diverged_at < 0 ? g_strdup (run->label)
                               : g_strdup_printf ("%s · diverged, step %" G_GINT64_FORMAT,
                                                  run->label, run->diverged_at + 1);
  isc_panel_set_title (panel, title);
}

char *
isc_shown_subtitle (const IscResult *result, const GArray *runs, const char *what)
{
  g_autofree char *of_run
      = runs->len == 1 ? isc_words_of_run (result, g_array_index (runs, guint, 0)) : NULL;
  g_autofree char *training = isc_words_training (result);

  return isc_words_join (what, of_run, training);
}

const IscObservation *
isc_shown_find (const IscRunResult *run, const IscViewOptions *options)
{
  const IscObservation *found = run->n_observations > 0 ? run->observations[0] : NULL;

  for (guint i = 1; i < run->n_observations && run->observations[i]->step <= options->at_step; i++)
    found = run->observations[i];
  return found;
}

char *
isc_shown_describe_observation (const IscResult *result,
                                const GArray *runs,
                                const IscViewOptions *options)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const IscObservation *observation
          = isc_shown_find (isc_result_get_run (result, g_array_index (runs, guint, i)), options);
      g_autofree char *batch = NULL, *step = NULL;

      if (!observation)
        continue;
      batch = isc_count_to_label (observation->batch);
      step = isc_count_to_label (observation->step);
      if (observation->step == 0)
        return g_strdup_printf ("initial weights, %s examples", batch);
      return g_strdup_printf ("after %s %s, %s examples", step,
                              observation->step == 1 ? "step" : "steps", batch);
    }
  return NULL;
}

const char *
isc_shown_note (const IscResult *result, guint run)
{
  if (run < isc_result_get_n_runs (result) && isc_result_get_run (result, run)->n_observations > 0)
    return NULL;
  if (isc_experiment_get_observe_every (isc_result_get_experiment (result)) == 0)
    return "Nothing is observed: the experiment's observe_every is 0";
  return "The network has not been observed yet";
}
