/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/parameters.h"

#include "views/steps.h"
#include "views/words.h"

/* As many lines as there are colours: more are not told apart. */
#define MAX_LINES ISC_N_SERIES_COLORS

static gboolean
is_weight (const IscTrace *trace, guint index)
{
  return g_str_has_suffix (isc_trace_get_name (trace, index), "weight");
}

gboolean
isc_parameters_is_matrix (const IscRunResult *run, guint index)
{
  if (run->n_observations > 0 && index < run->observations[0]->n_parameters)
    return run->observations[0]->parameters[index].n_rows > 0;
  return is_weight (run->trace, index);
}

GArray *
isc_parameters_get_matrices (const IscRunResult *run)
{
  GArray *matrices = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < isc_trace_get_n_parameters (run->trace); i++)
    if (isc_parameters_is_matrix (run, i))
      g_array_append_val (matrices, i);
  return matrices;
}

void
isc_parameters_thin (GArray *indices, guint most)
{
  guint n = indices->len;

  if (n <= most)
    return;
  for (guint i = 0; i < most; i++)
    g_array_index (indices, guint, i)
        = g_array_index (indices, guint, most > 1 ? i * (n - 1) / (most - 1) : 0);
  g_array_set_size (indices, most);
}

/* Returns what was left out, in words. */
static char *
choose (const IscTrace *trace, GArray *chosen)
{
  guint n = isc_trace_get_n_parameters (trace), n_weights;

  for (guint i = 0; i < n; i++)
    if (n <= MAX_LINES || is_weight (trace, i))
      g_array_append_val (chosen, i);
  if (n <= MAX_LINES)
    return NULL;
  n_weights = chosen->len;
  isc_parameters_thin (chosen, MAX_LINES);
  return n_weights <= MAX_LINES
             ? g_strdup ("biases are left out")
             : g_strdup_printf ("%u of %u weights, biases are left out", chosen->len, n_weights);
}

char *
isc_parameters_add_lines (IscPanel *panel,
                          const IscResult *result,
                          guint run,
                          guint column,
                          const IscViewOptions *options)
{
  const IscTrace *trace = isc_result_get_run (result, run)->trace;
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  char *left_out = choose (trace, chosen);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < chosen->len; i++)
      {
        guint parameter = g_array_index (chosen, guint, i), own = column + parameter;
        IscSteps steps = { result, options, &own, 1, .alone = TRUE };
        IscStyle style = isc_words_style (i);

        (pass == 0 ? isc_steps_add_raw
                   : isc_steps_add_curve) (&steps, panel, run, &style,
                                           isc_trace_get_name (trace, parameter));
      }
  return left_out;
}
