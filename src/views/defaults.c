/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a library does if one does nothing: a panel a layer, with what its documentation says beside
 * what was measured. */

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "views/distribution.h"
#include "views/entries.h"
#include "views/views.h"

static const IscStyle bars_style = { .color = 0 };
static const IscStyle law_style = { .color = ISC_INK, .dash = ISC_DASH_DASHED };
static const IscStyle rule_style = { .color = ISC_INK, .dash = ISC_DASH_DOTTED };

/* Biases follow their weights, fixed values are no distribution, and of a layer's tensors with one
 * rule the first stands for all. */
static gboolean
is_shown (const IscWeightEntry *entry, const IscWeightEntry *last)
{
  const IscDefault *row = entry->documented;

  if (!row || entry->is_bias || row->documented == ISC_DOCUMENTED_VALUES)
    return FALSE;
  return !last || !g_str_equal (last->documented->module, row->module)
         || !g_str_equal (last->documented->rule, row->rule);
}

static GPtrArray *
choose (IscWeights *weights)
{
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < isc_weights_get_n_entries (weights) && shown->len < ISC_ENTRIES_MOST; i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);

      if (is_shown (entry, shown->len > 0 ? shown->pdata[shown->len - 1] : NULL))
        g_ptr_array_add (shown, (gpointer)entry);
    }
  return shown;
}

/* "Linear(784, 256)  ±0.0357 ✓", or with both numbers where their digits differ.  All of it in the
 * title: a dozen panels have no room for more. */
static char *
describe (const IscWeightEntry *entry)
{
  const IscDefault *row = entry->documented;
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  gboolean bound = row->documented == ISC_DOCUMENTED_BOUND;
  const char *sign = bound ? "±" : "std ";
  const char *mark = isc_weight_entry_agrees (entry) ? " ✓" : " ✗";
  g_autofree char *documented = isc_number_to_label (sqrt (row->square), 3);
  g_autofree char *measured
      = isc_number_to_label (bound ? fmax (fabs (moments->min), fabs (moments->max)) : moments->std,
                             3);
  g_autofree char *both = g_str_equal (documented, measured)
                              ? g_strdup ("")
                              : g_strdup_printf (" (%s%s)", bound ? sign : "", documented);
  gsize length = strlen (row->name);

  /* A layer's main tensor is what one thinks of anyway. */
  if (g_str_has_suffix (row->name, ".weight") || g_str_has_suffix (row->name, ".kernel"))
    length -= strlen (".weight");
  return g_strdup_printf ("%.*s  %s%s%s%s", (int)length, row->name, sign, measured, both, mark);
}

static void
fill_panel (IscPanel *panel,
            const IscWeightEntry *entry,
            const IscExperiment *experiment,
            gboolean legend)
{
  g_autoptr (IscDistribution) distribution = isc_distribution_new (entry, experiment);
  IscBars bars = isc_distribution_bars (distribution, experiment,
                                        isc_distribution_get_bin_width (distribution));
  double number = sqrt (entry->documented->square);
  g_autofree char *title = describe (entry);

  isc_panel_set_title (panel, title);
  isc_panel_set_axis (panel, ISC_AXIS_X, NULL, ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, NULL, ISC_SCALE_LINEAR);
  isc_distribution_add_bars (distribution, panel, &bars_style, legend ? bars.label : NULL,
                             bars.factor);
  isc_distribution_add_law (distribution, panel, &law_style, legend ? "exact density" : NULL,
                            bars.factor, 0.0);
  isc_panel_add_rule (panel, &rule_style, legend ? "documented bound or ± std" : NULL, ISC_AXIS_X,
                      -number);
  isc_panel_add_rule (panel, &rule_style, NULL, ISC_AXIS_X, number);
}

static void
write_words (IscFigure *figure,
             IscWeights *weights,
             GPtrArray *shown,
             const IscViewOptions *options)
{
  const IscWeightEntry *first = shown->pdata[0];
  g_autofree char *title = g_strdup_printf ("What %s does if you do nothing", first->library);
  g_autofree char *whose = isc_entries_whose (shown, isc_weights_get_experiment (weights));
  g_autoptr (GString) caption = g_string_new (NULL);
  guint n = isc_weights_get_n_entries (weights), n_agree = 0;
  g_autofree char *subtitle = NULL;
  g_autofree char *summary = NULL;

  for (guint i = 0; i < n; i++)
    n_agree += isc_weight_entry_agrees (isc_weights_get_entry (weights, i)) ? 1 : 0;
  subtitle = g_strdup_printf ("%u of %u tensors are as documented ✓; of them %u are drawn, with "
                              "measured (documented) numbers",
                              n_agree, n, shown->len);
  summary = g_strdup_printf ("%s. %s.", title, subtitle);
  g_string_append_printf (caption, "seed %" G_GUINT64_FORMAT " for each layer · %s", first->seed,
                          whose);
  isc_figure_set_title (figure, title);
  isc_figure_set_summary (figure, summary);
  if (options->compact)
    return;
  isc_figure_set_subtitle (figure, subtitle);
  isc_figure_set_caption (figure, caption->str);
}

static IscFigure *
make (IscWeights *weights, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (GPtrArray) shown = choose (weights);

  if (shown->len == 0)
    {
      isc_figure_set_title (figure, "Defaults");
      isc_figure_set_summary (figure, "Defaults. These weights are no library's defaults.");
      isc_panel_set_note (isc_figure_add_panel (figure), "These weights are no library's defaults");
      return figure;
    }
  write_words (figure, weights, shown, options);
  for (guint i = 0; i < shown->len; i++)
    fill_panel (isc_figure_add_panel (figure), shown->pdata[i],
                isc_weights_get_experiment (weights), i == 0);
  return figure;
}

const IscView isc_view_defaults = {
  .id = "defaults",
  .label = N_ ("Defaults"),
  .summary = N_ ("What a library does if one does nothing: documented beside measured."),
  .of_defaults = make,
};
