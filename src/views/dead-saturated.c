/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Over the steps, of every rectifier the share of units that are 0 for every example of the
 * reference batch, and of every bounded activation the share of values where it is flat: through
 * neither comes a gradient.  Deep He networks have some dead units from the start; what is alarming
 * is that they become more. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/clock.h"
#include "views/parameters.h"
#include "views/shown.h"
#include "views/views.h"
#include "views/words.h"

/* As many lines as there are colours. */
#define MAX_LINES ISC_N_SERIES_COLORS

typedef enum
{
  DEAD,
  SATURATED,
} Kind;

#define N_KINDS 2

/* From which share on one should watch. */
static const double guides[N_KINDS] = { 10.0, 20.0 };

static double
get_share (const IscModuleObservation *module, Kind kind)
{
  return 100.0 * (kind == DEAD ? module->dead : module->saturated);
}

/* The modules that have such a share. */
static GArray *
get_modules (const IscRunResult *run, Kind kind)
{
  GArray *modules = g_array_new (FALSE, FALSE, sizeof (guint));
  const IscObservation *first = run->n_observations > 0 ? run->observations[0] : NULL;

  for (guint i = 0; first && i < first->n_modules; i++)
    if (!isnan (get_share (&first->modules[i], kind)))
      g_array_append_val (modules, i);
  return modules;
}

static void
add_module (IscPanel *panel,
            const IscRunResult *run,
            const IscClock *clock,
            guint module,
            guint color,
            Kind kind)
{
  g_autofree double *x = g_new (double, run->n_observations + 1);
  g_autofree double *y = g_new (double, run->n_observations + 1);
  const IscModuleObservation *first = &run->observations[0]->modules[module];
  g_autofree char *label = g_strdup_printf ("%s %s", first->name, first->id);
  IscStyle style = isc_words_style (color);

  for (guint i = 0; i < run->n_observations; i++)
    {
      x[i] = isc_clock_at (clock, (double)run->observations[i]->step);
      y[i] = get_share (&run->observations[i]->modules[module], kind);
    }
  isc_panel_add_line (panel, &style, label, x, y, run->n_observations);
  if (run->n_observations == 1)
    isc_panel_add_points (panel, &style, NULL, x, y, 1);
}

/* The worst module is what a sentence can hold. */
static void
summarize (GString *text, const IscRunResult *run, const GArray *modules, Kind kind)
{
  const IscObservation *last = run->observations[run->n_observations - 1];
  const IscModuleObservation *worst = NULL;
  g_autofree char *share = NULL;

  for (guint i = 0; i < modules->len; i++)
    {
      const IscModuleObservation *module = &last->modules[g_array_index (modules, guint, i)];

      if (isfinite (get_share (module, kind))
          && (!worst || get_share (module, kind) > get_share (worst, kind)))
        worst = module;
    }
  if (!worst)
    return;
  share = isc_number_to_label (get_share (worst, kind), 2);
  g_string_append_printf (text, " %s: at most %s %% %s, in %s %s, after %" G_GSIZE_FORMAT " steps.",
                          run->label, share, kind == DEAD ? "dead" : "saturated", worst->name,
                          worst->id, last->step);
}

/* Returns: whether the run has anything of @kind to show. */
static gboolean
add_panel (IscFigure *figure,
           const IscResult *result,
           const GArray *runs,
           guint index,
           const IscViewOptions *options,
           Kind kind,
           GString *text,
           guint *n_modules)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  g_autoptr (GArray) modules = get_modules (run, kind);
  IscClock clock = isc_clock_new (result, index, options);
  IscStyle guide = { .color = ISC_INK, .dash = ISC_DASH_DOTTED, .opacity = 0.6 };
  IscPanel *panel;

  if (modules->len == 0)
    return FALSE;
  summarize (text, run, modules, kind);
  *n_modules = MAX (*n_modules, modules->len);
  isc_parameters_thin (modules, MAX_LINES);
  panel = isc_figure_add_panel (figure);
  isc_shown_title (result, index, runs->len, panel);
  isc_clock_set_axis (panel, options);
  isc_panel_set_axis (panel, ISC_AXIS_Y, kind == DEAD ? "dead units, %" : "saturated values, %",
                      ISC_SCALE_LINEAR);
  isc_panel_add_rule (panel, &guide, NULL, ISC_AXIS_Y, guides[kind]);
  for (guint i = 0; i < modules->len; i++)
    add_module (panel, run, &clock, g_array_index (modules, guint, i), i, kind);
  return TRUE;
}

static const char *
explain_nothing (const IscResult *result)
{
  const char *note = isc_shown_note (result, 0);

  return note ? note
              : "No module can die or saturate: there is neither a rectifier nor a bounded "
                "activation";
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (GArray) runs = isc_shown_get_runs (result, options);
  g_autofree char *json = isc_experiment_to_json (isc_result_get_experiment (result));
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *left_out = isc_shown_describe_runs (result, runs);
  g_autofree char *subtitle = NULL, *some = NULL, *how = NULL, *whole_caption = NULL;
  g_autoptr (GString) text = g_string_new ("Shares of dead units and saturated values over time.");
  gboolean any[N_KINDS] = { FALSE, FALSE };
  guint n_modules = 0;

  isc_figure_set_experiment (figure, json);
  for (Kind kind = DEAD; kind < N_KINDS; kind++)
    for (guint i = 0; i < runs->len; i++)
      any[kind] |= add_panel (figure, result, runs, g_array_index (runs, guint, i), options, kind,
                              text, &n_modules);
  if (!any[DEAD] && !any[SATURATED])
    isc_panel_set_note (isc_figure_add_panel (figure), explain_nothing (result));
  isc_figure_set_shared (figure, ISC_AXIS_X, isc_figure_get_n_panels (figure) > 1);
  /* Shares of one kind are compared on one axis. */
  isc_figure_set_shared (figure, ISC_AXIS_Y, any[DEAD] != any[SATURATED] && runs->len > 1);
  subtitle = isc_shown_subtitle (result, runs,
                                 any[DEAD] && any[SATURATED]
                                     ? "dead units and saturated values of each activation"
                                 : any[SATURATED] ? "share of saturated values of each activation"
                                                  : "share of dead units of each activation");
  some = n_modules > MAX_LINES ? g_strdup_printf ("%u of %u activations", MAX_LINES, n_modules)
                               : NULL;
  how = isc_words_join (
      any[DEAD] ? "dead: 0 for every example of the reference batch, dotted: watch from 10 %"
                : NULL,
      any[SATURATED] ? "saturated: where the activation is flat, dotted: watch from 20 %" : NULL,
      some);
  whole_caption = isc_words_join (how, left_out, caption);
  isc_words_head (figure, result, options, "Dead and saturated", subtitle, whole_caption);
  isc_figure_set_summary (figure, text->str);
  return figure;
}

const IscView isc_view_dead_saturated = {
  .id = "dead-saturated",
  .label = N_ ("Dead and saturated"),
  .summary = N_ ("Shares of dead units and of saturated values over the steps, by activation."),
  .traits = ISC_VIEW_OF_RUN,
  .of_result = make,
};
