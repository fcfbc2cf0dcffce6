/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/entries.h"

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/words.h"

static gboolean
has_pins (IscWeights *weights)
{
  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    if (isc_weights_get_entry (weights, i)->is_pin)
      return TRUE;
  return FALSE;
}

static gboolean
has_weights (IscWeights *weights)
{
  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    if (!isc_weights_get_entry (weights, i)->is_bias)
      return TRUE;
  return FALSE;
}

/* "784 × 256": in by out, as a layer is written. */
static char *
shape_in_words (const IscWeightEntry *entry)
{
  return isc_shape_to_text (isc_tensor_get_shape (entry->tensor), " × ");
}

static void
append_summary (GString *text, const IscWeightEntry *entry)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  g_autofree char *std = isc_number_to_label (moments->std, 3);
  g_autofree char *asked = isc_number_to_label (entry->requested_std, 3);

  if (entry->fan_in > 0)
    g_string_append_printf (text, "fan_in %" G_GINT64_FORMAT " · fan_out %" G_GINT64_FORMAT " · ",
                            entry->fan_in, entry->fan_out);
  g_string_append_printf (text, "std %s", std);
  if (!isnan (entry->requested_std))
    g_string_append_printf (text, " (asked %s)", asked);
}

/* "Linear(784, 256)", or what a bare tensor is. */
static char *
where_in_words (const IscWeightEntry *entry, const IscExperiment *experiment)
{
  GPtrArray *modules = isc_experiment_get_weights_modules (experiment);
  g_autofree char *shape = shape_in_words (entry);

  if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_LAYER && modules->len == 1)
    return isc_call_to_text (modules->pdata[0]);
  return g_strdup_printf ("a tensor of %s", shape);
}

static char *
title_single (const IscWeightEntry *entry, const IscExperiment *experiment, GString *subtitle)
{
  g_autofree char *shape = shape_in_words (entry);
  g_autofree char *where = where_in_words (entry, experiment);
  const char *source = isc_experiment_get_title (experiment);

  if (isc_entry_is_given (entry) && *shape)
    g_string_append_printf (subtitle, "%s · ", shape);
  append_summary (subtitle, entry);
  if (entry->formula)
    g_string_append_printf (subtitle, " · %s", entry->formula);
  if (isc_entry_is_given (entry))
    return g_strdup_printf ("%s%s%s", entry->label, *source ? " of " : "", source);
  return g_strdup_printf ("%s on %s", entry->scheme_label, where);
}

static char *
title_many (const IscEntries *entries, const IscExperiment *experiment, GString *subtitle)
{
  const IscWeightEntry *first = isc_entries_get (entries, 0);
  const char *title = isc_experiment_get_title (experiment);
  g_autofree char *shape = shape_in_words (first);
  g_autofree char *where = where_in_words (first, experiment);

  if (isc_entry_is_given (first))
    {
      g_string_append_printf (subtitle, "%u tensors", entries->n_candidates);
      return g_strdup (*title ? title : "Given weights");
    }
  if (entries->compared)
    {
      gboolean of_inits = isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_INITS;

      if (of_inits)
        g_string_append_printf (subtitle, "%s at step 0 · ", isc_tensor_get_name (first->tensor));
      g_string_append (subtitle, shape);
      if (first->fan_in > 0)
        g_string_append_printf (subtitle,
                                " · fan_in %" G_GINT64_FORMAT " · fan_out %" G_GINT64_FORMAT,
                                first->fan_in, first->fan_out);
      if (*title || of_inits)
        return g_strdup (*title ? title : "Initial weights under each scheme");
      return g_strdup_printf ("%u schemes on %s", entries->n_candidates, where);
    }
  g_string_append_printf (subtitle, "%s · step 0", first->scheme);
  if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_LAYER)
    return g_strdup_printf ("%s on %s", first->scheme_label, where);
  return g_strdup ("Initial weights of the network");
}

IscEntries *
isc_entries_new (IscWeights *weights, const char *tensor, guint most)
{
  IscEntries *entries = g_new0 (IscEntries, 1);
  gboolean pins = has_pins (weights), bias = !has_weights (weights), shown = FALSE;

  entries->weights = isc_weights_ref (weights);
  entries->shown = g_ptr_array_new ();
  entries->compared = pins
                      || isc_experiment_get_weights_target (isc_weights_get_experiment (weights))
                             == ISC_WEIGHTS_OF_INITS;
  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);

      if (!entry->summary
          || (tensor ? !g_str_equal (isc_tensor_get_name (entry->tensor), tensor)
                     : entry->is_bias != bias && !entry->is_pin))
        continue;
      /* Of several layers the first is what pins are compared with. */
      if (pins && !entry->is_pin && shown)
        continue;
      shown |= !entry->is_pin;
      entries->n_candidates++;
      if (entries->shown->len < most)
        g_ptr_array_add (entries->shown, (gpointer)entry);
    }
  if (entries->shown->len > 0 && isc_entry_is_given (isc_entries_get (entries, 0)))
    entries->compared = FALSE;
  return entries;
}

void
isc_entries_free (IscEntries *entries)
{
  g_return_if_fail (entries != NULL);

  isc_weights_unref (entries->weights);
  g_ptr_array_unref (entries->shown);
  g_free (entries);
}

guint
isc_entries_get_n (const IscEntries *entries)
{
  return entries->shown->len;
}

const IscWeightEntry *
isc_entries_get (const IscEntries *entries, guint index)
{
  return entries->shown->pdata[index];
}

IscStyle
isc_entries_style (const IscEntries *entries, guint index)
{
  return isc_words_style (entries->compared ? isc_entries_get (entries, index)->color : index);
}

gboolean
isc_entries_head (const IscEntries *entries,
                  IscFigure *figure,
                  const IscViewOptions *options,
                  const char *view,
                  const char *lead)
{
  const IscExperiment *experiment = isc_weights_get_experiment (entries->weights);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autofree char *title = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (GString) subtitle = g_string_new (NULL);
  guint n = isc_entries_get_n (entries);

  if (n == 0)
    {
      isc_figure_set_experiment (figure, json);
      isc_figure_set_title (figure, "No weights");
      summary = g_strdup_printf ("%s. There are no weights to show.", view);
      isc_figure_set_summary (figure, summary);
      isc_panel_set_note (isc_figure_add_panel (figure), "There are no weights to show");
      if (options->compact)
        return FALSE;
      isc_figure_set_subtitle (figure, "nothing to show");
      isc_figure_set_caption (figure, isc_words_pytorch (experiment));
      return FALSE;
    }

  if (lead)
    g_string_append_printf (subtitle, "%s · ", lead);
  title = n > 1 ? title_many (entries, experiment, subtitle)
                : title_single (isc_entries_get (entries, 0), experiment, subtitle);
  summary = g_strdup_printf ("%s. %s%s%s.", view, title, lead ? ": " : "", lead ? lead : "");
  isc_figure_set_summary (figure, summary);
  /* No experiment makes weights that were given. */
  if (!isc_entry_is_given (isc_entries_get (entries, 0)))
    isc_figure_set_experiment (figure, json);
  isc_figure_set_title (figure, options->compact ? view : title);
  if (!options->compact)
    isc_figure_set_subtitle (figure, subtitle->str);
  return TRUE;
}

void
isc_entries_caption (const IscEntries *entries,
                     IscFigure *figure,
                     const IscViewOptions *options,
                     const char *how)
{
  const IscWeightEntry *first = isc_entries_get (entries, 0);
  const IscExperiment *experiment = isc_weights_get_experiment (entries->weights);
  g_autofree char *whose = isc_entries_whose (entries->shown, experiment);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = isc_entries_get_n (entries);

  if (options->compact)
    return;
  if (n == 1)
    {
      g_autofree char *count = isc_count_to_label (isc_tensor_get_count (first->tensor));

      if (!isc_entry_is_given (first))
        g_string_append_printf (text, "%s · ", first->scheme);
      g_string_append_printf (text, "n %s · ", count);
    }
  if (how && *how)
    g_string_append_printf (text, "%s · ", how);
  if (n < entries->n_candidates)
    g_string_append_printf (text, "the first %u of %u · ", n, entries->n_candidates);
  if (!isc_entry_is_given (first))
    g_string_append_printf (text, "seed %" G_GUINT64_FORMAT " · %s", first->seed, whose);
  if (g_str_has_suffix (text->str, " · "))
    g_string_truncate (text, text->len - strlen (" · "));
  isc_figure_set_caption (figure, text->str);
}

/* A constant of Keras's or JAX's draws nothing: no numbers of it are PyTorch's. */
static gboolean
is_foreign (const IscWeightEntry *entry)
{
  return entry->own_stream || g_strcmp0 (entry->library, "Keras") == 0
         || g_strcmp0 (entry->library, "JAX") == 0;
}

char *
isc_entries_whose (GPtrArray *shown, const IscExperiment *experiment)
{
  g_autoptr (GPtrArray) libraries = g_ptr_array_new ();
  GString *text = g_string_new (NULL);
  gboolean pytorch = FALSE;
  gboolean own = FALSE;

  for (guint i = 0; i < shown->len; i++)
    {
      const IscWeightEntry *entry = shown->pdata[i];

      pytorch = pytorch || !is_foreign (entry);
      own = own || entry->own_stream;
      if (is_foreign (entry)
          && !g_ptr_array_find_with_equal_func (libraries, entry->library, g_str_equal, NULL))
        g_ptr_array_add (libraries, (gpointer)entry->library);
    }
  if (pytorch)
    g_string_append (text, isc_words_pytorch (experiment));
  if (libraries->len > 0)
    {
      g_autofree char *laws = isc_words_laws (libraries, shown->len > 1, own);

      g_string_append_printf (text, "%s%s", pytorch ? " · " : "", laws);
    }
  return g_string_free (text, FALSE);
}

void
isc_entries_panel_title (const IscEntries *entries, guint index, IscPanel *panel, const char *extra)
{
  g_autofree char *title = NULL;

  if (isc_entries_get_n (entries) < 2)
    return;
  title = g_strdup_printf ("%s%s%s", isc_entries_get (entries, index)->label, extra ? " · " : "",
                           extra ? extra : "");
  isc_panel_set_title (panel, title);
}

char *
isc_entry_note (const IscWeightEntry *entry)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  g_autofree char *count = isc_count_to_label (moments->count);
  guint64 n_bad = moments->n_nan + moments->n_inf;
  guint64 n_all = isc_tensor_get_count (entry->tensor);
  double spike;

  if (n_all == 0)
    return g_strdup ("There are no weights to show");
  if (n_bad == n_all)
    return g_strdup_printf ("None of the weights is finite (%" G_GUINT64_FORMAT
                            " NaN, %" G_GUINT64_FORMAT " infinite)",
                            moments->n_nan, moments->n_inf);
  if (isc_kde_get_spike (isc_summary_get_kde (entry->summary), &spike))
    {
      g_autofree char *value = isc_number_to_label (spike, 4);

      if (n_bad > 0)
        return g_strdup_printf ("The %s finite ones of %" G_GUINT64_FORMAT " weights equal %s",
                                count, n_all, value);
      return n_all == 1 ? g_strdup_printf ("The one weight is %s", value)
                        : g_strdup_printf ("All %s weights equal %s", count, value);
    }
  if (n_bad > 0)
    {
      g_autofree char *nan = isc_count_to_label (moments->n_nan);
      g_autofree char *inf = isc_count_to_label (moments->n_inf);
      g_autofree char *all = isc_count_to_label (n_all);

      if (moments->n_nan == 0)
        return g_strdup_printf ("%s of %s weights are infinite", inf, all);
      if (moments->n_inf == 0)
        return g_strdup_printf ("%s of %s weights are NaN", nan, all);
      return g_strdup_printf ("Of %s weights %s are NaN and %s infinite", all, nan, inf);
    }
  return NULL;
}

gboolean
isc_entry_is_given (const IscWeightEntry *entry)
{
  return entry->library == NULL;
}

const char *
isc_entry_get_noun (const IscWeightEntry *entry)
{
  return entry->is_bias ? "bias" : "weight";
}

gsize
isc_entry_get_rows (const IscWeightEntry *entry)
{
  const IscShape *shape = isc_tensor_get_shape (entry->tensor);

  return shape->n_dims >= 2 ? (gsize)shape->dims[0] : 1;
}
