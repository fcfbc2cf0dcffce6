/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cumulative shares: which part of the weights is at most x, or above it, beside what the exact law
 * promises. */

#include <math.h>

#include "base/number-text.h"
#include "stats/ecdf.h"
#include "views/entries.h"
#include "views/views.h"

/* Points of the exact law's curve. */
#define N_CURVE 513

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

  if (entry->law.kind == ISC_LAW_NONE || moments->count == 0)
    return;
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

/* Returns: %FALSE if memory ran out. */
static gboolean
add_sample (IscPanel *panel,
            const IscWeightEntry *entry,
            const IscStyle *style,
            const char *label,
            gboolean ccdf)
{
  g_autoptr (IscSortedSample) sample
      = isc_sorted_sample_new (isc_tensor_get_data (entry->tensor),
                               isc_tensor_get_count (entry->tensor), NULL);
  g_autoptr (IscEcdf) ecdf = NULL;
  const double *x, *share;
  gsize n;

  if (!sample)
    return FALSE;
  ecdf = isc_ecdf_new (sample, ccdf ? ISC_ECDF_COMPLEMENT : ISC_ECDF_CUMULATIVE);
  n = isc_ecdf_get_points (ecdf, &x, &share);
  while (ccdf && n > 0 && share[n - 1] <= 0.0)
    n--;
  isc_panel_add_line (panel, style, label, x, share, n);
  return TRUE;
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

static IscFigure *
make (IscWeights *weights, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (IscEntries) entries = isc_entries_new (weights, ISC_ENTRIES_MOST);
  g_autoptr (GString) notes = g_string_new (NULL);
  guint n = isc_entries_get_n (entries), n_laws = 0;
  IscPanel *panel;

  if (!isc_entries_head (entries, figure, options, "Cumulative shares", NULL))
    return figure;
  panel = isc_figure_add_panel (figure);
  isc_panel_set_axis (panel, ISC_AXIS_X, isc_entries_get (entries, 0)->is_bias ? "bias" : "weight",
                      ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y,
                      options->ccdf ? "share of weights > x" : "share of weights ≤ x",
                      options->ccdf ? ISC_SCALE_LOG : ISC_SCALE_LINEAR);
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (options->cancellable); i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);
      g_autofree char *note = isc_entry_note (entry);
      IscStyle style = isc_entries_style (entries, i);

      if (isc_summary_get_moments (entry->summary)->count == 0
          || add_sample (panel, entry, &style, n > 1 ? entry->label : "weights", options->ccdf))
        append_note (notes, entry, note, n > 1);
      else
        append_note (notes, entry, "there is no memory to sort the weights", n > 1);
    }
  for (guint i = 0; i < n && options->show_law; i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);
      IscStyle style = { .color = ISC_INK, .dash = ISC_DASH_DASHED };

      if (entry->law.kind != ISC_LAW_NONE)
        add_law (panel, entry, &style, n_laws++ == 0 ? "exact law" : NULL, options->ccdf);
    }
  isc_panel_set_note (panel, notes->str);
  isc_entries_caption (entries, figure, options, NULL);
  return figure;
}

const IscView isc_view_ecdf = {
  .id = "ecdf",
  .label = "Cumulative",
  .summary = "Which share of the weights is at most a value, or above it.",
  .of_weights = make,
};
