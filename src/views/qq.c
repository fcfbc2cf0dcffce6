/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Quantiles of the weights against those of their law: on the line where they agree, inside the
 * band where chance explains it. */

#include <math.h>

#include "base/number-text.h"
#include "stats/qq.h"
#include "views/entries.h"
#include "views/views.h"

/* Fewer points than this are drawn larger. */
#define FEW 200
#define LARGER 1.5

/* The law to hold the weights against, and whether it is the scheme's own. */
static gboolean
choose_law (const IscWeightEntry *entry, IscLaw *law)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);

  *law = entry->law;
  law->zeros = 0.0;
  if (isc_law_has_density (law))
    return TRUE;
  if (entry->law.kind == ISC_LAW_NONE && moments->count > 0)
    *law = isc_law_normal (moments->mean, moments->std);
  return FALSE;
}

/* The weights that a law with zeros leaves to its other part.  Returns: (nullable): none if memory
 * ran out. */
static IscSortedSample *
sort_weights (const IscWeightEntry *entry)
{
  const float *values = isc_tensor_get_data (entry->tensor);
  gsize n = isc_tensor_get_count (entry->tensor), n_kept = 0;
  g_autofree float *kept = NULL;

  if (!(entry->law.zeros > 0.0))
    return isc_sorted_sample_new_draws (values, n, (gsize)entry->law.copies, NULL);
  kept = g_try_new (float, MAX (n, 1));
  for (gsize i = 0; kept && i < n; i++)
    if (values[i] != 0.0f)
      kept[n_kept++] = values[i];
  return kept ? isc_sorted_sample_new (kept, n_kept, NULL) : NULL;
}

static void
add_points (IscPanel *panel, IscQq *qq, const IscStyle *style, gboolean legend)
{
  IscStyle rule = { .color = ISC_INK, .dash = ISC_DASH_DASHED };
  gsize n;
  const IscQqPoint *points = isc_qq_get_points (qq, &n);
  g_autofree double *theory = g_new (double, n);
  g_autofree double *value = g_new (double, n);
  g_autofree double *low = g_new (double, n);
  g_autofree double *high = g_new (double, n);
  IscStyle marker = *style;
  double ends[2];

  for (gsize i = 0; i < n; i++)
    {
      theory[i] = points[i].theory;
      value[i] = points[i].value;
      low[i] = points[i].low;
      high[i] = points[i].high;
    }
  ends[0] = theory[0];
  ends[1] = theory[n - 1];
  isc_panel_add_band (panel, style, legend ? "95 % of samples" : NULL, theory, low, high, n);
  isc_panel_add_line (panel, &rule, legend ? "agreement" : NULL, ends, ends, 2);
  marker.width = n < FEW ? LARGER : 1.0;
  isc_panel_add_points (panel, &marker, legend ? "weights" : NULL, theory, value, n);
}

/* Returns: why nothing is drawn, in words; %NULL if something is. */
static const char *
fill_panel (IscPanel *panel,
            const IscWeightEntry *entry,
            const IscStyle *style,
            gboolean legend,
            const IscLaw *law)
{
  g_autoptr (IscSortedSample) sample = NULL;
  g_autoptr (IscQq) qq = NULL;
  const float *values;
  gsize n;

  if (!isc_law_has_density (law))
    return isc_law_has_density (&entry->law) ? "Too few weights for a Q–Q plot"
                                             : "Equal weights have no quantiles to compare";
  sample = sort_weights (entry);
  if (!sample)
    return "There is no memory to sort the weights";
  n = isc_sorted_sample_get_n (sample);
  values = isc_sorted_sample_get_values (sample);
  if (n == 0)
    return "There is no weight to compare with the law";
  if (values[0] == values[n - 1] && n > 1)
    return "Equal weights have no quantiles to compare";
  qq = isc_qq_new (sample, law, ISC_QQ_FILLIBEN, NULL);
  if (!qq)
    return "These weights can't be compared with the law";
  add_points (panel, qq, style, legend);
  return NULL;
}

static IscFigure *
make (IscWeights *weights, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (IscEntries) entries = isc_entries_new (weights, options->tensor, ISC_ENTRIES_MOST);
  guint n = isc_entries_get_n (entries), n_fitted = 0, n_zeros = 0;
  g_autoptr (GString) how = g_string_new ("Filliben positions, pointwise band");
  g_autofree char *lead = NULL;
  gboolean legend = TRUE;
  IscLaw law;

  if (n == 1)
    {
      gboolean own = choose_law (isc_entries_get (entries, 0), &law);
      g_autofree char *text = isc_law_has_density (&law) ? isc_law_to_text (&law) : NULL;

      if (text)
        lead = g_strdup_printf ("quantiles against %s%s", text, own ? "" : ", fitted");
    }
  if (!isc_entries_head (entries, figure, options, "Q–Q plot", lead))
    return figure;
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (options->cancellable); i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);
      IscPanel *panel = isc_figure_add_panel (figure);
      IscStyle style = isc_entries_style (entries, entries->compared ? i : 0);
      g_autofree char *note = isc_entry_note (entry);
      gboolean own = choose_law (entry, &law);
      g_autofree char *text = isc_law_has_density (&law) ? isc_law_to_text (&law) : NULL;
      const char *why = fill_panel (panel, entry, &style, legend, &law);

      legend = legend && why != NULL;
      n_fitted += !own && why == NULL;
      n_zeros += entry->law.zeros > 0.0;
      isc_panel_set_axis (panel, ISC_AXIS_X,
                          own ? "quantile of the law" : "quantile of a normal law",
                          ISC_SCALE_LINEAR);
      isc_panel_set_axis (panel, ISC_AXIS_Y, isc_entry_get_noun (entry), ISC_SCALE_LINEAR);
      isc_panel_set_note (panel, note ? note : why);
      isc_entries_panel_title (entries, i, panel, text);
    }
  if (n_fitted > 0)
    g_string_append_printf (how, " · %s: a normal law with the sample's mean and std",
                            n == 1 ? "no law is known" : "where no law is known");
  if (n_zeros > 0)
    g_string_append (how, " · zeros are left out");
  isc_entries_caption (entries, figure, options, how->str);
  return figure;
}

const IscView isc_view_qq = {
  .id = "qq",
  .label = N_ ("Q–Q"),
  .summary = N_ ("Quantiles of the weights against those of the scheme's law."),
  .of_weights = make,
};
