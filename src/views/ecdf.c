/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cumulative shares: which part of the weights is at most x, or above it, beside what the exact law
 * promises. */

#include <math.h>

#include "base/number-text.h"
#include "stats/ecdf.h"
#include "stats/fit.h"
#include "views/entries.h"
#include "views/views.h"

/* Points of the exact law's curve. */
#define N_CURVE 513

#define EMPHASIS 1.4

/* Thin, so that the colour under it stays in sight. */
static const IscStyle exact = { .color = ISC_INK, .dash = ISC_DASH_DASHED, .width = 0.7 };

/* The law's share up to @x, or above it. */
static double
share_of_law (const IscLaw *law, double x, gboolean ccdf)
{
  double share = isc_law_cumulative (law, x);

  return ccdf ? 1.0 - share : share;
}

/* From the smallest to the largest weight; a law with an atom, or that is one, steps there. */
static void
add_law (IscPanel *panel,
         const IscWeightEntry *entry,
         const IscStyle *style,
         const char *label,
         gboolean ccdf)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  double low = moments->min, high = moments->max;
  double x[N_CURVE + 2], y[N_CURVE + 2];
  gsize n = 0;

  for (int i = 0; i < N_CURVE; i++)
    {
      double at = low + (high - low) * i / (N_CURVE - 1);

      /* The number before the atom and the atom itself. */
      if (entry->law.zeros > 0.0 && at >= 0.0 && (n == 0 || x[n - 1] < 0.0))
        {
          x[n] = 0.0;
          y[n++] = share_of_law (&entry->law, -0x1p-1022, ccdf);
          x[n] = 0.0;
          y[n++] = share_of_law (&entry->law, 0.0, ccdf);
        }
      x[n] = at;
      y[n++] = share_of_law (&entry->law, at, ccdf);
    }
  /* What a logarithmic axis can't show ends the curve. */
  while (ccdf && n > 0 && y[n - 1] <= 0.0)
    n--;
  isc_panel_add_line (panel, style, label, x, y, n);
}

static void
add_sample (IscPanel *panel,
            const IscSortedSample *sample,
            const IscStyle *style,
            const char *label,
            gboolean ccdf)
{
  g_autoptr (IscEcdf) ecdf
      = isc_ecdf_new (sample, ccdf ? ISC_ECDF_COMPLEMENT : ISC_ECDF_CUMULATIVE);
  const double *x, *share;
  gsize n = isc_ecdf_get_points (ecdf, &x, &share);

  while (ccdf && n > 0 && share[n - 1] <= 0.0)
    n--;
  isc_panel_add_line (panel, style, label, x, share, n);
}

/* Returns: (nullable): how far the weights are from their law */
static char *
distance_in_words (const IscWeightEntry *entry, const IscSortedSample *sample)
{
  IscFit fit = isc_fit_law (sample, &entry->law, entry->law.kind == ISC_LAW_SPHERE);
  g_autofree char *distance = isc_number_to_label (fit.distance, 2);

  return fit.state == ISC_FIT_LAW ? g_strdup_printf ("largest distance from the law %s", distance)
                                  : NULL;
}

/* What is odd about the entries, each named where there are several. */
static void
append_note (GString *notes, const IscWeightEntry *entry, const char *text, gboolean named)
{
  if (!text)
    return;
  g_string_append_printf (notes, "%s%s%s%s", notes->len > 0 ? ". " : "", named ? entry->label : "",
                          named ? ": " : "", text);
}

static void
unref_sample (gpointer sample)
{
  if (sample)
    isc_sorted_sample_unref (sample);
}

static void
fill_panel (IscPanel *panel,
            const IscEntries *entries,
            GPtrArray *samples,
            const IscViewOptions *options)
{
  g_autoptr (GString) notes = g_string_new (NULL);
  guint n_laws = 0;
  gboolean named = samples->len > 1;

  for (guint i = 0; i < samples->len; i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);
      g_autofree char *note = isc_entry_note (entry);
      IscStyle style = isc_entries_style (entries, i);

      style.width = EMPHASIS;
      if (samples->pdata[i])
        add_sample (panel, samples->pdata[i], &style, named ? entry->label : "weights",
                    options->ccdf);
      append_note (notes, entry,
                   samples->pdata[i] ? note : "there is no memory to sort the weights", named);
    }
  for (guint i = 0; i < samples->len && options->show_law; i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);

      if (entry->law.kind != ISC_LAW_NONE
          && isc_summary_get_moments (entry->summary)->min
                 < isc_summary_get_moments (entry->summary)->max)
        add_law (panel, entry, &exact, n_laws++ == 0 ? "exact law" : NULL, options->ccdf);
    }
  isc_panel_set_note (panel, notes->str);
}

static IscFigure *
make (IscWeights *weights, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (IscEntries) entries = isc_entries_new (weights, options->tensor, ISC_ENTRIES_MOST);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (unref_sample);
  guint n = isc_entries_get_n (entries);
  g_autofree char *lead = NULL;
  IscPanel *panel;

  for (guint i = 0; i < n && !g_cancellable_is_cancelled (options->cancellable); i++)
    {
      IscTensor *tensor = isc_entries_get (entries, i)->tensor;

      g_ptr_array_add (samples, isc_sorted_sample_new (isc_tensor_get_data (tensor),
                                                       isc_tensor_get_count (tensor), NULL));
    }
  if (samples->len == 1 && samples->pdata[0])
    lead = distance_in_words (isc_entries_get (entries, 0), samples->pdata[0]);
  if (!isc_entries_head (entries, figure, options, "Cumulative shares", lead))
    return figure;
  panel = isc_figure_add_panel (figure);
  isc_panel_set_axis (panel, ISC_AXIS_X, isc_entry_get_noun (isc_entries_get (entries, 0)),
                      ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y,
                      options->ccdf ? "share of weights > x" : "share of weights ≤ x",
                      options->ccdf ? ISC_SCALE_LOG : ISC_SCALE_LINEAR);
  fill_panel (panel, entries, samples, options);
  isc_entries_caption (entries, figure, options, NULL);
  return figure;
}

const IscView isc_view_ecdf = {
  .id = "ecdf",
  .label = N_ ("Cumulative"),
  .summary = N_ ("Which share of the weights is at most a value, or above it."),
  .of_weights = make,
};
