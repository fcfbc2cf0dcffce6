/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a signal gets: the spread of what each layer hands on, behind its activation, and of the
 * gradient that comes back to it, in front of its activation.  What vanishes or explodes with depth
 * is a slope here.  After figures 6 and 7 of Glorot and Bengio 2010. */

#include <math.h>
#include <stdlib.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/views.h"
#include "views/words.h"

/* Seeds under their median. */
#define SEED_OPACITY 0.35
#define SEED_WIDTH 0.6

/* One run's layers. */
typedef struct
{
  double *outputs;
  double *gradients;
  gsize n;
} Profile;

static void
profile_free (Profile *profile)
{
  g_free (profile->outputs);
  g_free (profile->gradients);
  g_free (profile);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Profile, profile_free)

/* The last look at or before @step. */
static const IscObservation *
observation_at (const IscRunResult *run, gsize step)
{
  const IscObservation *found = run->n_observations > 0 ? run->observations[0] : NULL;

  for (guint i = 1; i < run->n_observations && run->observations[i]->step <= step; i++)
    found = run->observations[i];
  return found;
}

static Profile *
profile_of (const IscObservation *observation)
{
  Profile *profile = g_new0 (Profile, 1);

  profile->outputs = g_new (double, observation->n_modules + 1);
  profile->gradients = g_new (double, observation->n_modules + 1);
  for (guint i = 0; i < observation->n_modules; i++)
    {
      const IscModuleObservation *module = &observation->modules[i];

      if (module->has_weights)
        profile->gradients[profile->n++] = module->gradient.std;
      /* Until the next layer takes it, it is this layer's. */
      if (profile->n > 0)
        profile->outputs[profile->n - 1] = module->outputs.std;
    }
  return profile;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Of all seeds, layer by layer; what is not finite counts as larger than anything. */
static Profile *
median_of (const GPtrArray *profiles)
{
  const Profile *first = profiles->pdata[0];
  Profile *median = g_new0 (Profile, 1);
  g_autofree double *values = g_new (double, profiles->len);

  median->n = first->n;
  median->outputs = g_new (double, first->n + 1);
  median->gradients = g_new (double, first->n + 1);
  for (guint side = 0; side < 2; side++)
    for (gsize l = 0; l < first->n; l++)
      {
        for (guint i = 0; i < profiles->len; i++)
          {
            const Profile *profile = profiles->pdata[i];
            double value = side == 0 ? profile->outputs[l] : profile->gradients[l];

            values[i] = isnan (value) ? INFINITY : value;
          }
        qsort (values, profiles->len, sizeof *values, compare_doubles);
        (side == 0 ? median->outputs : median->gradients)[l]
            = 0.5 * (values[(profiles->len - 1) / 2] + values[profiles->len / 2]);
      }
  return median;
}

static void
add_profile (IscPanel *const panels[2],
             const Profile *profile,
             const IscStyle *style,
             const char *label,
             gboolean points)
{
  g_autofree double *layers = g_new (double, profile->n + 1);

  for (gsize i = 0; i < profile->n; i++)
    layers[i] = (double)i + 1.0;
  isc_panel_add_line (panels[0], style, label, layers, profile->outputs, profile->n);
  isc_panel_add_line (panels[1], style, NULL, layers, profile->gradients, profile->n);
  if (!points)
    return;
  isc_panel_add_points (panels[0], style, NULL, layers, profile->outputs, profile->n);
  isc_panel_add_points (panels[1], style, NULL, layers, profile->gradients, profile->n);
}

static void
summarize (GString *text, const char *label, const Profile *profile)
{
  gsize last = profile->n - 1;
  g_autofree char *first_output = isc_number_to_label (profile->outputs[0], 3);
  g_autofree char *last_output = isc_number_to_label (profile->outputs[last], 3);
  g_autofree char *first_gradient = isc_number_to_label (profile->gradients[0], 3);
  g_autofree char *last_gradient = isc_number_to_label (profile->gradients[last], 3);

  g_string_append_printf (text,
                          " %s: outputs %s at the first layer and %s at the last, gradients %s and "
                          "%s.",
                          label, first_output, last_output, first_gradient, last_gradient);
}

/* Adds the seeds of an init; returns the look they were taken from. */
static const IscObservation *
add_init (
    IscPanel *const panels[2], const IscResult *result, guint init, gsize step, GString *summary)
{
  const char *label = isc_experiment_get_init_label (isc_result_get_experiment (result), init);
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func ((GDestroyNotify)profile_free);
  g_autoptr (Profile) median = NULL;
  IscStyle style = isc_words_style (init);
  IscStyle faint = style;
  const IscObservation *seen = NULL;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      const IscObservation *observation = run->init == init ? observation_at (run, step) : NULL;

      if (!observation)
        continue;
      seen = observation;
      g_ptr_array_add (profiles, profile_of (observation));
    }
  if (!seen || ((const Profile *)profiles->pdata[0])->n == 0)
    return NULL;
  median = median_of (profiles);
  faint.opacity = SEED_OPACITY;
  faint.width = SEED_WIDTH;
  for (guint i = 0; profiles->len > 1 && i < profiles->len; i++)
    add_profile (panels, profiles->pdata[i], &faint, NULL, FALSE);
  add_profile (panels, median, &style, label, TRUE);
  summarize (summary, label, median);
  return seen;
}

static char *
describe_look (const IscResult *result, const IscObservation *look)
{
  if (!look)
    return isc_words_training (result);
  if (look->step == 0)
    return g_strdup_printf ("before training · %" G_GSIZE_FORMAT " examples", look->batch);
  return g_strdup_printf ("after %" G_GSIZE_FORMAT " step%s · %" G_GSIZE_FORMAT " examples",
                          look->step, look->step == 1 ? "" : "s", look->batch);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  static const char *const titles[2] = { "outputs", "gradients" };
  IscFigure *figure = isc_figure_new ();
  IscPanel *panels[2];
  const IscExperiment *experiment = isc_result_get_experiment (result);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autofree char *run_caption = isc_words_run_caption (result);
  g_autofree char *caption = g_strdup_printf (
      "outputs behind each layer's activation, gradients of the loss in front of "
      "it%s · %s",
      isc_experiment_get_n_seeds (experiment) > 1 ? " · thick: median of the seeds" : "",
      run_caption);
  g_autoptr (GString) summary
      = g_string_new ("Standard deviation of each layer's outputs and gradients, on log axes.");
  g_autofree char *look = NULL;
  const IscObservation *seen = NULL;

  isc_figure_set_experiment (figure, json);
  for (guint i = 0; i < 2; i++)
    {
      panels[i] = isc_figure_add_panel (figure);
      isc_panel_set_title (panels[i], titles[i]);
      isc_panel_set_axis (panels[i], ISC_AXIS_X, "layer", ISC_SCALE_LINEAR);
      isc_panel_set_integer (panels[i], ISC_AXIS_X, TRUE);
      isc_panel_set_axis (panels[i], ISC_AXIS_Y, "standard deviation", ISC_SCALE_LOG);
    }
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      const IscObservation *of_init = add_init (panels, result, i, options->at_step, summary);

      seen = of_init ? of_init : seen;
    }
  look = describe_look (result, seen);
  if (!seen)
    isc_panel_set_note (panels[0], "No layer has been looked at: observe_every is 0, or nothing is "
                                   "trained yet");
  isc_words_head (figure, result, options, "Signals by layer", look, caption);
  isc_figure_set_summary (figure, summary->str);
  return figure;
}

const IscView isc_view_signals = {
  .id = "signals",
  .label = "Signals by layer",
  .summary = "How large the outputs of each layer are, and the gradients that reach it.",
  .traits = ISC_VIEW_AT_STEP,
  .of_result = make,
};
