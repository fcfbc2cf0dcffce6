/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "cli/look-options.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/training.h"
#include "cli/view-options.h"
#include "engine/weights.h"
#include "experiment/edit.h"
#include "formats/weights-file.h"
#include "plot/export.h"
#include "plot/text.h"
#include "views/views.h"

extern const IscCommand isc_command_export;

/* A figure of @weights, among which is the tensor asked for. */
static IscFigure *
draw_weights (const IscView *view,
              IscWeights *weights,
              const IscViewOptions *options,
              GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);
      const char *name = isc_tensor_get_name (entry->tensor);

      if (!options->tensor || g_str_equal (name, options->tensor))
        return view->of_weights (weights, options);
      if (!entry->is_pin)
        g_string_append_printf (names, "%s%s", names->len ? ", " : "", name);
    }
  if (!options->tensor)
    return view->of_weights (weights, options);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "--of: there is no tensor '%s' among %s",
               options->tensor, names->str);
  return NULL;
}

/* Weights that another program wrote: of a file's tensors, as far as there is room for them. */
static IscFigure *
make_figure_of_file (const IscView *view,
                     const char *path,
                     const IscWeightsOptions *options,
                     const IscViewOptions *view_options,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (IscExperiment) initial = isc_experiment_new ();
  g_autoptr (IscExperiment) titled = isc_experiment_edit (initial, "title", name, error);
  g_autoptr (IscExperiment) experiment
      = titled ? isc_weights_options_to_experiment (options, titled, error) : NULL;
  g_autoptr (GPtrArray) tensors = experiment ? isc_weights_file_read (path, error) : NULL;
  g_autoptr (IscWeights) weights
      = tensors ? isc_weights_new_given (experiment, tensors, cancellable, error) : NULL;

  return weights ? draw_weights (view, weights, view_options, error) : NULL;
}

/* Before the work: a run that has made no step knows its parameters. */
static gboolean
find_parameter (const IscViewChoices *choices,
                IscExperiment *experiment,
                IscViewOptions *options,
                GError **error)
{
  g_autoptr (IscRun) run = isc_run_new (experiment, error);
  g_autoptr (IscResult) result = run ? isc_run_snapshot (run) : NULL;

  return result && isc_view_choices_find_parameter (choices, result, options, error);
}

static IscFigure *
make_figure (const IscView *view,
             IscExperiment *experiment,
             const IscViewChoices *choices,
             const char *tensor,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (IscWeights) weights = NULL;
  g_autoptr (IscRun) run = NULL;
  g_autoptr (IscResult) result = NULL;
  IscViewOptions options;

  if (!isc_view_choices_read (choices, view, experiment, &options, error))
    return NULL;
  options.tensor = tensor;
  if (view->of_weights)
    {
      weights = isc_weights_new (experiment, TRUE, cancellable, error);
      return weights ? draw_weights (view, weights, &options, error) : NULL;
    }
  if (choices->parameter && !find_parameter (choices, experiment, &options, error))
    return NULL;
  run = isc_training_run (experiment, TRUE, cancellable, error);
  if (!run)
    return NULL;
  result = isc_run_snapshot (run);
  return view->of_result (result, &options);
}

/* What to draw: an experiment's file or name, the weights' options, or both: then the options
 * change the experiment.  A figure of training has no use for options that say which weights to
 * make. */
static IscExperiment *
choose_experiment (const IscView *view,
                   const char *name,
                   const IscWeightsOptions *options,
                   char **settings,
                   GError **error)
{
  g_autoptr (IscExperiment) loaded = NULL;
  g_autoptr (IscExperiment) set = NULL;

  if (!view->of_weights
      && (isc_weights_options_any (options) || options->init || options->bias || options->seed
          || options->pins))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "export: %s shows an experiment's training, which --tensor, --layer, --network, "
                   "--init, --bias, --seed and --pin do not change: --set does",
                   view->id);
      return NULL;
    }
  if (name)
    {
      loaded = isc_options_load_experiment (name, error);
      set = loaded ? isc_options_apply_settings (loaded, settings, error) : NULL;
      return set ? isc_weights_options_to_experiment (options, set, error) : NULL;
    }
  if (isc_weights_options_any (options))
    {
      loaded = isc_experiment_new ();
      set = isc_options_apply_settings (loaded, settings, error);
      return set ? isc_weights_options_to_experiment (options, set, error) : NULL;
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "export: name an experiment%s",
               view->of_weights ? ", or give --tensor, --layer, --network or --input" : "");
  return NULL;
}

/* A file's weights are what they are: only how they are counted can be chosen. */
static gboolean
check_input (const IscView *view,
             const char *name,
             const IscWeightsOptions *options,
             char **settings,
             GError **error)
{
  if (!view->of_weights)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "--input: %s shows no file's weights",
                 view->id);
  else if (name || settings || isc_weights_options_any (options) || options->init || options->bias
           || options->seed || options->pytorch || options->fans || options->pins)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "--input shows a file's weights: of what says which weights to make, nothing "
                 "should be given beside it");
  else
    return TRUE;
  return FALSE;
}

static IscFigure *
make_figure_of_defaults (const IscView *view,
                         const char *id,
                         const IscWeightsOptions *options,
                         char **settings,
                         const IscViewOptions *view_options,
                         GCancellable *cancellable,
                         GError **error)
{
  const IscDefaultLibrary *library = isc_default_library_find (id ? id : "pytorch", error);
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscWeights) weights = NULL;

  if (!library)
    return NULL;
  experiment = isc_options_to_defaults (options, settings, error);
  weights = experiment ? isc_weights_new_defaults (experiment, library, cancellable, error) : NULL;
  return weights ? view->of_defaults (weights, view_options) : NULL;
}

/* A figure of a library's defaults has no experiment, and no other figure has a library. */
static gboolean
check_library (const IscView *view, const char *library, const char *name, GError **error)
{
  if (view->of_defaults && name)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "export: %s shows what a library does, and no experiment: name it with --library",
                 view->id);
  else if (!view->of_defaults && library)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "--library: %s shows an experiment, not what a library does", view->id);
  else
    return TRUE;
  return FALSE;
}

static gboolean
write_all (IscFigure *figure, char **outputs, const IscExportOptions *options, GError **error)
{
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; outputs[i]; i++)
    {
      IscExportFormat format;
      GBytes *bytes = isc_export_format_from_path (outputs[i], &format, error)
                          ? isc_export_to_bytes (figure, format, options, error)
                          : NULL;

      if (!bytes)
        return FALSE;
      g_ptr_array_add (contents, bytes);
    }
  return isc_output_write (outputs, contents, error);
}

/* Says what is wrong with the command before the work begins. */
static gboolean
check_outputs (char **outputs, GError **error)
{
  if (!outputs)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "export: name a file with -o: its ending chooses PNG, SVG, PDF or EPS, or CSV "
                   "for the data");
      return FALSE;
    }
  for (guint i = 0; outputs[i]; i++)
    {
      IscExportFormat format;

      if (!isc_export_format_from_path (outputs[i], &format, error)
          || !isc_output_check_folder (outputs[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (IscWeightsOptions) weights = { 0 };
  g_auto (GStrv) outputs = NULL;
  g_auto (GStrv) settings = NULL;
  g_auto (IscLookOptions) look = { 0 };
  g_auto (IscViewChoices) choices = { 0 };
  IscViewOptions options;
  g_autofree char *of = NULL;
  g_autofree char *input = NULL;
  g_autofree char *library = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &outputs,
      "The figure's file: .png, .svg, .pdf or .eps; its data: .csv", "FILE" },
    ISC_LOOK_ENTRIES (look),
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings, "Change a field of the experiment first",
      "KEY=VALUE" },
    { "of", 0, 0, G_OPTION_ARG_STRING, &of,
      "figures of weights: only this tensor, as in bias_ih_l0", "NAME" },
    { "library", 0, 0, G_OPTION_ARG_STRING, &library,
      "defaults: whose, pytorch, keras or jax (pytorch)", "LIBRARY" },
    ISC_VIEW_ENTRIES (choices),
    { "input", 0, 0, G_OPTION_ARG_FILENAME, &input,
      "figures of weights: those in a .npy, .npz or .safetensors file", "FILE" },
    ISC_WEIGHTS_ENTRIES (weights),
    G_OPTION_ENTRY_NULL,
  };
  const IscView *view;
  IscExportOptions export_options;
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscFigure) figure = NULL;
  gboolean ok;

  ok = isc_options_parse (&isc_command_export, entries, &argc, &argv, 2, error);
  if (!ok)
    return *error == NULL;
  if (argc < 2)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "export: name a figure ('initscope list figures' names them all)");
      return FALSE;
    }
  view = isc_views_find (argv[1], error);
  if (!view || !check_outputs (outputs, error)
      || !isc_look_options_read (&look, &export_options, error)
      || !check_library (view, library, argc > 2 ? argv[2] : NULL, error)
      || (!view->of_result && !isc_view_choices_read (&choices, view, NULL, &options, error)))
    return FALSE;
  options.tensor = of;
  if (of && !view->of_weights)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "--of: %s shows no single tensor",
                   view->id);
      return FALSE;
    }
  isc_typesetter_prepare ();
  if (input)
    {
      if (!check_input (view, argc > 2 ? argv[2] : NULL, &weights, settings, error))
        return FALSE;
      figure = make_figure_of_file (view, input, &weights, &options, cancellable, error);
      return figure && write_all (figure, outputs, &export_options, error);
    }
  if (view->of_defaults)
    {
      figure = make_figure_of_defaults (view, library, &weights, settings, &options, cancellable,
                                        error);
      return figure && write_all (figure, outputs, &export_options, error);
    }
  experiment = choose_experiment (view, argc > 2 ? argv[2] : NULL, &weights, settings, error);
  figure = experiment ? make_figure (view, experiment, &choices, of, cancellable, error) : NULL;
  return figure && write_all (figure, outputs, &export_options, error);
}

const IscCommand isc_command_export = {
  .name = "export",
  .usage = "FIGURE [EXPERIMENT] -o FILE",
  .summary = "Draws a figure into a file, or writes the data behind it.",
  .run = run,
};
