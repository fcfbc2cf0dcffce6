/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/layer-ridges.h"

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/ridges.h"
#include "views/shown.h"
#include "views/words.h"

/* A layer is a module with parameters and what follows it up to the next: what it hands on is its
 * last module's, what comes back to it its first's.  Beside other panels they are named in @brief.
 */
static IscRidges *
get_layers (const IscObservation *observation, gboolean gradients, gboolean brief)
{
  IscRidges *layers = isc_ridges_new ();

  for (guint i = 0; observation && i < observation->n_modules; i++)
    {
      const IscModuleObservation *module = &observation->modules[i];
      gboolean last = i + 1 == observation->n_modules || observation->modules[i + 1].has_weights;
      g_autofree char *name
          = brief ? g_strdup (module->name) : g_strdup_printf ("%s %s", module->name, module->id);

      if (gradients ? module->has_weights : last)
        isc_ridges_add (layers, gradients ? &module->gradient : &module->outputs, name);
    }
  return layers;
}

static void
summarize (GString *text, const char *label, const IscObservation *observation, gboolean gradients)
{
  const IscModuleObservation *first = NULL, *last = NULL;
  g_autofree char *first_std = NULL, *last_std = NULL;

  for (guint i = 0; observation && i < observation->n_modules; i++)
    if (observation->modules[i].has_weights)
      {
        last = &observation->modules[i];
        first = first ? first : last;
      }
  if (!first)
    return;
  first_std = isc_number_to_label (gradients ? first->gradient.std : first->outputs.std, 2);
  last_std = isc_number_to_label (gradients ? last->gradient.std : last->outputs.std, 2);
  g_string_append_printf (text, " %s: standard deviation %s at %s %s, %s at %s %s.", label,
                          first_std, first->name, first->id, last_std, last->name, last->id);
}

static char *
describe (guint n_shown, guint n_layers, gboolean cut, gboolean own_units)
{
  g_autofree char *some
      = n_shown < n_layers ? g_strdup_printf ("%u of %u layers", n_shown, n_layers) : NULL;

  return isc_words_join (some,
                         cut ? "64 bins, every ridge as high as another, cut at 0"
                             : "64 bins, every ridge as high as another",
                         own_units ? "each in its own standard deviations, which differ too much "
                                     "for one axis"
                                   : NULL);
}

IscFigure *
isc_layer_ridges_make (IscResult *result, const IscViewOptions *options, gboolean gradients)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (GArray) runs = isc_shown_get_runs (result, options);
  g_autoptr (GPtrArray) layers = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_ridges_free);
  g_autofree char *json = isc_experiment_to_json (isc_result_get_experiment (result));
  g_autofree char *look = isc_shown_describe_observation (result, runs, options);
  const char *noun = gradients ? "gradient" : "activation";
  g_autofree char *what
      = isc_words_join (gradients ? "dL/d of what each layer gives, before its activation"
                                  : "what each layer hands on, behind its activation",
                        look, NULL);
  g_autofree char *subtitle = isc_shown_subtitle (result, runs, what);
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *left_out = isc_shown_describe_runs (result, runs);
  g_autofree char *how = NULL, *whole_caption = NULL, *axis = NULL;
  g_autoptr (GString) text = g_string_new (gradients ? "Histogram of the gradients of each layer."
                                                     : "Histogram of the activations of each "
                                                       "layer.");
  guint n_layers = 0, most = runs->len > 1 ? ISC_RIDGES_MOST_SMALL : ISC_RIDGES_MOST;
  gboolean own_units, cut = FALSE;

  isc_figure_set_experiment (figure, json);
  for (guint i = 0; i < runs->len; i++)
    {
      const IscRunResult *run = isc_result_get_run (result, g_array_index (runs, guint, i));
      IscRidges *of_run = get_layers (isc_shown_find (run, options), gradients, runs->len > 1);

      summarize (text, run->label, isc_shown_find (run, options), gradients);
      n_layers = MAX (n_layers, isc_ridges_get_n (of_run));
      isc_ridges_thin (of_run, most);
      cut |= isc_ridges_are_cut (of_run);
      g_ptr_array_add (layers, of_run);
    }
  own_units = !isc_ridges_agree ((IscRidges *const *)layers->pdata, layers->len);
  axis = own_units ? g_strdup_printf ("%s / its layer's std", noun) : g_strdup (noun);
  if (runs->len == 0)
    isc_panel_set_note (isc_figure_add_panel (figure), isc_shown_note (result, 0));
  for (guint i = 0; i < runs->len; i++)
    {
      guint index = g_array_index (runs, guint, i);
      const IscRunResult *run = isc_result_get_run (result, index);
      IscPanel *panel = isc_figure_add_panel (figure);
      IscStyle style = isc_words_style (run->init);

      isc_shown_title (result, index, runs->len, panel);
      isc_panel_set_axis (panel, ISC_AXIS_X, axis, ISC_SCALE_LINEAR);
      isc_panel_set_axis (panel, ISC_AXIS_Y, "layer: std", ISC_SCALE_LINEAR);
      isc_panel_set_note (panel, isc_shown_note (result, index));
      if (isc_ridges_get_n (layers->pdata[i]) > 0)
        isc_ridges_fill (layers->pdata[i], panel, &style, own_units);
    }
  isc_figure_set_shared (figure, ISC_AXIS_X, runs->len > 1);
  how = describe (MIN (n_layers, most), n_layers, cut, own_units);
  whole_caption = isc_words_join (how, left_out, caption);
  isc_words_head (figure, result, options, gradients ? "Gradients" : "Activations", subtitle,
                  whole_caption);
  isc_figure_set_summary (figure, text->str);
  return figure;
}
