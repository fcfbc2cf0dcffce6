/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a signal gets: the spread of what each layer hands on, behind its activation, and of the
 * gradient that comes back to it, in front of its activation.  What vanishes or explodes with depth
 * is a slope here.  After figures 6 and 7 of Glorot and Bengio 2010. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/bands.h"
#include "views/quartiles.h"
#include "views/shown.h"
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

/* Of all seeds, layer by layer; what is not a number counts as larger than anything. */
static Profile *
median_of (const GPtrArray *profiles)
{
  const Profile *first = profiles->pdata[0];
  Profile *median = g_new0 (Profile, 1);
  g_autofree double *outputs = g_new (double, profiles->len);
  g_autofree double *gradients = g_new (double, profiles->len);

  median->n = first->n;
  median->outputs = g_new (double, first->n + 1);
  median->gradients = g_new (double, first->n + 1);
  for (gsize l = 0; l < first->n; l++)
    {
      for (guint i = 0; i < profiles->len; i++)
        {
          const Profile *profile = profiles->pdata[i];

          outputs[i] = isnan (profile->outputs[l]) ? INFINITY : profile->outputs[l];
          gradients[i] = isnan (profile->gradients[l]) ? INFINITY : profile->gradients[l];
        }
      median->outputs[l] = isc_quartiles_new (outputs, profiles->len).median;
      median->gradients[l] = isc_quartiles_new (gradients, profiles->len).median;
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

/* Adds the seeds of an init, under their median where there is one. */
static void
add_init (IscPanel *const panels[2],
          const IscResult *result,
          guint init,
          const IscViewOptions *options,
          GString *summary)
{
  const char *label = isc_experiment_get_init_label (isc_result_get_experiment (result), init);
  g_autoptr (GArray) runs = isc_bands_get_runs (result, init);
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func ((GDestroyNotify)profile_free);
  g_autoptr (Profile) median = NULL;
  IscStyle style = isc_words_style (init);
  IscStyle faint = style;

  for (guint i = 0; i < runs->len; i++)
    {
      const IscRunResult *run = isc_result_get_run (result, g_array_index (runs, guint, i));
      const IscObservation *observation = isc_shown_find (run, options);

      if (observation)
        g_ptr_array_add (profiles, profile_of (observation));
    }
  if (profiles->len == 0 || ((const Profile *)profiles->pdata[0])->n == 0)
    return;
  median = median_of (profiles);
  summarize (summary, label, median);
  if (profiles->len < ISC_QUARTILES_MIN_MEDIAN)
    {
      for (guint i = 0; i < profiles->len; i++)
        add_profile (panels, profiles->pdata[i], &style, i == 0 ? label : NULL, TRUE);
      return;
    }
  faint.opacity = SEED_OPACITY;
  faint.width = SEED_WIDTH;
  for (guint i = 0; i < profiles->len; i++)
    add_profile (panels, profiles->pdata[i], &faint, NULL, FALSE);
  add_profile (panels, median, &style, label, TRUE);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  static const char *const titles[2] = { "outputs", "gradients" };
  IscFigure *figure = isc_figure_new ();
  IscPanel *panels[2];
  const IscExperiment *experiment = isc_result_get_experiment (result);
  gboolean median = isc_experiment_get_n_seeds (experiment) >= ISC_QUARTILES_MIN_MEDIAN;
  g_autoptr (GArray) runs = isc_shown_get_runs (result, options);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autofree char *training = isc_words_training (result);
  g_autofree char *run_caption = isc_words_run_caption (result);
  g_autofree char *look = isc_shown_describe_observation (result, runs, options);
  g_autofree char *subtitle = isc_words_join (look, training, NULL);
  g_autofree char *caption
      = isc_words_join ("outputs behind each layer's activation, gradients of the loss in front of "
                        "it",
                        median ? "thick: median of the seeds" : NULL, run_caption);
  g_autoptr (GString) summary
      = g_string_new ("Standard deviation of each layer's outputs and gradients, on log axes.");

  isc_figure_set_experiment (figure, json);
  isc_figure_set_shared (figure, ISC_AXIS_X, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      panels[i] = isc_figure_add_panel (figure);
      isc_panel_set_title (panels[i], titles[i]);
      isc_panel_set_axis (panels[i], ISC_AXIS_X, "layer", ISC_SCALE_LINEAR);
      isc_panel_set_integer (panels[i], ISC_AXIS_X, TRUE);
      isc_panel_set_axis (panels[i], ISC_AXIS_Y, "standard deviation", ISC_SCALE_LOG);
    }
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    add_init (panels, result, i, options, summary);
  for (guint i = 0; i < 2 && !look && isc_result_get_n_runs (result) > 0; i++)
    isc_panel_set_note (panels[i], isc_shown_note (result, 0));
  isc_words_head (figure, result, options, "Signals by layer", subtitle, caption);
  isc_figure_set_summary (figure, summary->str);
  return figure;
}

const IscView isc_view_signals = {
  .id = "signals",
  .label = N_ ("Signals by layer"),
  .summary = N_ ("How large the outputs of each layer are, and the gradients that reach it."),
  .traits = ISC_VIEW_AT_STEP,
  .of_result = make,
};
