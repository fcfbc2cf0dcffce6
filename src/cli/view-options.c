/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/view-options.h"

#include "base/error.h"
#include "base/number-text.h"

/* An option and what a view must heed for it to mean anything. */
static gboolean
check_heeded (
    const IscView *view, const char *option, const char *text, guint traits, GError **error)
{
  if (!text || (view->traits & traits))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: the figure %s has no such choice", option,
               view->id);
  return FALSE;
}

/* Sets @value to the index of @text among @names, a list with NULL at its end. */
static gboolean
read_name (const char *option,
           const char *text,
           const char *const *names,
           const char *list,
           guint *value,
           GError **error)
{
  for (guint i = 0; text && names[i]; i++)
    if (g_str_equal (text, names[i]))
      {
        *value = i;
        return TRUE;
      }
  if (!text)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: '%s' is none of %s", option, text, list);
  return FALSE;
}

static gboolean
read_smoothing (const char *text, double *value, GError **error)
{
  if (!text || (isc_number_from_text (text, value) && *value >= 0.0 && *value < 1.0))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "--smooth: '%s' is not a weight of the past: a number from 0 up to but not 1 is",
               text);
  return FALSE;
}

static gboolean
read_step (const char *text, const IscView *view, gsize *step, GError **error)
{
  gint64 number;

  if (!text)
    text = view->traits & ISC_VIEW_OF_LATEST ? "last" : "first";
  *step = 0;
  if (g_str_equal (text, "first"))
    return TRUE;
  if (g_str_equal (text, "last"))
    {
      *step = G_MAXSIZE;
      return TRUE;
    }
  if (isc_integer_from_text (text, &number) && number >= 0)
    {
      *step = (gsize)number;
      return TRUE;
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "--at: '%s' is none of first, last or a number of steps", text);
  return FALSE;
}

static gboolean
read_run (const char *text,
          const IscExperiment *experiment,
          IscViewOptions *options,
          GError **error)
{
  guint n_runs;
  gint64 run;

  options->run = text ? 0 : ISC_VIEW_EVERY_INIT;
  if (!text)
    return TRUE;
  if (!isc_integer_from_text (text, &run) || run < 0 || run > G_MAXINT)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "--of-run: '%s' is not a run: they are counted from 0", text);
      return FALSE;
    }
  n_runs = experiment
               ? isc_experiment_get_n_inits (experiment) * isc_experiment_get_n_seeds (experiment)
               : 0;
  if (run >= n_runs)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "--of-run: there is no run %" G_GINT64_FORMAT ": the last of %u is run %u", run,
                   n_runs, n_runs - 1);
      return FALSE;
    }
  options->by_parameter = TRUE;
  options->run = (guint)run;
  return TRUE;
}

void
isc_view_choices_clear (IscViewChoices *choices)
{
  g_free (choices->arrange);
  g_free (choices->of_run);
  g_free (choices->smooth);
  g_free (choices->time);
  g_free (choices->at);
  g_free (choices->parameter);
}

gboolean
isc_view_choices_read (const IscViewChoices *choices,
                       const IscView *view,
                       const IscExperiment *experiment,
                       IscViewOptions *options,
                       GError **error)
{
  static const char *const arrangements[] = { "auto", "overlay", "ridges", "multiples", NULL };
  static const char *const times[] = { "step", "epoch", "seconds", NULL };
  guint arrangement = ISC_ARRANGE_AUTO, time = ISC_TIME_STEP;

  *options = isc_view_options_default;
  options->log_y = choices->log_y;
  options->ccdf = choices->ccdf;
  options->show_kde = !choices->no_kde;
  options->show_law = !choices->no_law;
  if (!check_heeded (view, "--log", choices->log_y ? "" : NULL, ISC_VIEW_HAS_LOG, error)
      || !check_heeded (view, "--smooth", choices->smooth, ISC_VIEW_OVER_TIME, error)
      || !check_heeded (view, "--x", choices->time, ISC_VIEW_OVER_TIME, error)
      || !check_heeded (view, "--at", choices->at, ISC_VIEW_AT_STEP, error)
      || !check_heeded (view, "--parameter", choices->parameter, ISC_VIEW_OF_PARAMETER, error)
      || !check_heeded (view, "--of-run", choices->of_run, ISC_VIEW_OF_RUN, error)
      || !read_smoothing (choices->smooth, &options->smoothing, error)
      || !read_name ("--x", choices->time, times, "step, epoch, seconds", &time, error)
      || !read_step (choices->at, view, &options->at_step, error)
      || !read_run (choices->of_run, experiment, options, error)
      || !read_name ("--arrange", choices->arrange, arrangements,
                     "auto, overlay, ridges, multiples", &arrangement, error))
    return FALSE;
  options->arrangement = (IscArrangement)arrangement;
  options->time = (IscTimeAxis)time;
  return TRUE;
}

gboolean
isc_view_choices_find_parameter (const IscViewChoices *choices,
                                 const IscResult *result,
                                 IscViewOptions *options,
                                 GError **error)
{
  const IscTrace *trace = isc_result_get_run (result, 0)->trace;
  g_autoptr (GString) names = g_string_new (NULL);

  if (!choices->parameter)
    return TRUE;
  for (guint i = 0; i < isc_trace_get_n_parameters (trace); i++)
    {
      const char *name = isc_trace_get_name (trace, i);

      if (g_str_equal (name, choices->parameter))
        {
          options->parameter = i;
          return TRUE;
        }
      g_string_append_printf (names, "%s%s", i ? ", " : "", name);
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "--parameter: there is no parameter '%s' among %s", choices->parameter, names->str);
  return FALSE;
}
