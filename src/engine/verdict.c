/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/verdict.h"

#include "engine/verdicts/judge.h"

static void
verdict_free (gpointer data)
{
  IscVerdict *verdict = data;

  g_free (verdict->place);
  g_free (verdict->text);
  g_free (verdict->advice);
  g_free (verdict);
}

const char *
isc_level_get_name (IscLevel level)
{
  switch (level)
    {
    case ISC_LEVEL_OK:
      return "ok";
    case ISC_LEVEL_WATCH:
      return "watch";
    case ISC_LEVEL_PROBLEM:
    default:
      return "problem";
    }
}

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  const IscVerdict *one = *(const IscVerdict *const *)a;
  const IscVerdict *other = *(const IscVerdict *const *)b;

  return (int)other->level - (int)one->level;
}

GPtrArray *
isc_verdicts_new (const IscResult *result, guint index)
{
  /* In the order in which they matter to a reader, causes before what they cause. */
  static void (*const rules[]) (const IscCase *) = { isc_judge_symmetric,
                                                     isc_judge_dead,
                                                     isc_judge_saturated,
                                                     isc_judge_gradients,
                                                     isc_judge_gradient_to_weights,
                                                     isc_judge_confident_start,
                                                     isc_judge_indistinct,
                                                     isc_judge_updates,
                                                     isc_judge_healthy };
  const IscRunResult *run = isc_result_get_run (result, index);
  IscCase judged = {
    .run = run,
    .experiment = isc_result_get_experiment (result),
    .verdicts = g_ptr_array_new_with_free_func (verdict_free),
  };

  if (run->n_observations > 0)
    {
      judged.first = run->observations[0];
      judged.latest = run->observations[run->n_observations - 1];
    }
  isc_judge_diverged (&judged);
  for (guint i = 0; judged.latest && i < G_N_ELEMENTS (rules); i++)
    rules[i](&judged);
  g_ptr_array_sort (judged.verdicts, compare_levels);
  return judged.verdicts;
}
