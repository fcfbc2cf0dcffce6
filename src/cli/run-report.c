/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run-report.h"

#include <math.h>

#include "base/number-text.h"
#include "cli/output.h"
#include "engine/comparison.h"
#include "engine/verdict.h"

static void
append_score (GString *json, const IscRunScore *score)
{
  g_string_append (json, ", \"steps_to_target\": ");
  isc_json_append_number (json, score->steps < 0 ? NAN : (double)score->steps);
  g_string_append (json, ", \"area\": ");
  isc_json_append_number (json, score->area);
}

static void
append_text (GString *json, const char *key, const char *text)
{
  g_string_append_printf (json, ", \"%s\": ", key);
  if (text)
    isc_json_append_string (json, text);
  else
    g_string_append (json, "null");
}

static void
append_verdicts (GString *json, const IscResult *result, guint index)
{
  g_autoptr (GPtrArray) verdicts = isc_verdicts_new (result, index);

  g_string_append (json, ", \"verdicts\": [");
  for (guint i = 0; i < verdicts->len; i++)
    {
      const IscVerdict *one = verdicts->pdata[i];

      g_string_append_printf (json, "%s\n    {\"id\": \"%s\", \"level\": \"%s\", \"step\": %zu",
                              i ? "," : "", one->id, isc_level_get_name (one->level), one->step);
      append_text (json, "place", one->place);
      g_string_append (json, ", \"value\": ");
      isc_json_append_number (json, one->value);
      append_text (json, "text", one->text);
      append_text (json, "advice", one->advice);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

gboolean
isc_report_print_json (IscResult *result, GError **error)
{
  g_autoptr (GString) json = g_string_new ("[\n");
  g_autoptr (IscComparison) comparison = isc_comparison_new (result, NAN);

  for (guint r = 0; r < isc_result_get_n_runs (result); r++)
    {
      const IscRunResult *run = isc_result_get_run (result, r);

      g_string_append_printf (json, "%s  {\"label\": ", r ? ",\n" : "");
      isc_json_append_string (json, run->label);
      g_string_append_printf (json,
                              ", \"seed\": %" G_GUINT64_FORMAT ", \"steps\": %" G_GSIZE_FORMAT
                              ", \"final_loss\": ",
                              run->seed, run->n_steps);
      isc_json_append_number (json, run->final_loss);
      g_string_append (json, ", \"best_loss\": ");
      isc_json_append_number (json, run->best_loss);
      g_string_append (json, ", \"accuracy\": ");
      isc_json_append_number (json, run->accuracy);
      g_string_append (json, ", \"diverged_at\": ");
      isc_json_append_number (json, run->diverged_at < 0 ? NAN : (double)run->diverged_at);
      g_string_append (json, ", \"seconds\": ");
      isc_json_append_number (json, run->seconds);
      g_string_append (json, ", \"steps_per_second\": ");
      isc_json_append_number (json, run->seconds > 0.0 ? (double)run->n_steps / run->seconds : NAN);
      append_score (json, isc_comparison_get_run (comparison, r));
      g_string_append (json, ", \"clipped\": ");
      isc_json_append_number (json, isc_run_get_clipped (run));
      append_verdicts (json, result, r);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "\n]\n");
  return isc_output_print (json->str, error);
}

static char *
state_in_words (const IscRunResult *run)
{
  if (run->diverged_at >= 0)
    return g_strdup_printf ("diverged, step %" G_GINT64_FORMAT, run->diverged_at + 1);
  return g_strdup (isc_run_state_get_name (run->state));
}

static void
print_table (const IscResult *result)
{
  static const char *const headings[]
      = { "scheme",    ">seed", ">steps",   ">final loss", ">best loss",
          ">accuracy", "state", ">seconds", ">steps/s",    NULL };
  g_autoptr (IscTable) table = isc_table_new (headings);

  for (guint r = 0; r < isc_result_get_n_runs (result); r++)
    {
      const IscRunResult *run = isc_result_get_run (result, r);

      isc_table_add (table, g_strdup (run->label));
      isc_table_add (table, g_strdup_printf ("%" G_GUINT64_FORMAT, run->seed));
      isc_table_add (table, isc_count_to_label (run->n_steps));
      isc_table_add (table, isc_number_to_label (run->final_loss, 4));
      isc_table_add (table, isc_number_to_label (run->best_loss, 4));
      isc_table_add (table, isnan (run->accuracy)
                                ? g_strdup ("–")
                                : g_strdup_printf ("%.1f %%", 100.0 * run->accuracy));
      isc_table_add (table, state_in_words (run));
      isc_table_add (table, g_strdup_printf ("%.2f", run->seconds));
      isc_table_add (table, isc_count_to_label (run->seconds > 0.0
                                                    ? (guint64)((double)run->n_steps / run->seconds)
                                                    : 0));
    }
  isc_table_print (table);
}

/* What the runs' records say, the worst of each alone; several seeds of an init tend to say the
 * same. */
static void
print_words (IscResult *result)
{
  g_autoptr (IscComparison) comparison = isc_comparison_new (result, NAN);
  g_autofree char *wins = isc_comparison_describe (comparison);
  g_autoptr (GHashTable) told = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      g_autoptr (GPtrArray) verdicts = isc_verdicts_new (result, i);

      if (verdicts->len == 0 || !g_hash_table_add (told, GUINT_TO_POINTER (run->init)))
        continue;
      g_print ("%s: %s\n", run->label, ((const IscVerdict *)verdicts->pdata[0])->text);
    }
  if (wins)
    g_print ("%s\n", wins);
}

void
isc_report_print (IscResult *result)
{
  print_table (result);
  print_words (result);
}
