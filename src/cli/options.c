/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/text.h"
#include "experiment/check.h"
#include "experiment/edit.h"
#include "experiment/examples.h"
#include "experiment/problem.h"
#include "stats/bandwidth-rule.h"
#include "stats/bin-rule.h"
#include "stats/histogram-range.h"
#include "views/restore.h"

#define MAX_DOCUMENT (16 * 1024 * 1024)

/* GOption says "Unknown option --x": the nearest one helps. */
static void
improve_error (const GOptionEntry *entries, GError **error)
{
  const char *dashes = strstr ((*error)->message, "--");
  g_autofree char *message = NULL;
  const char *nearest = NULL;

  if (g_error_matches (*error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION) && dashes)
    {
      for (const GOptionEntry *entry = entries; entry->long_name; entry++)
        if (!nearest
            || isc_text_distance (dashes + 2, entry->long_name)
                   < isc_text_distance (dashes + 2, nearest))
          nearest = entry->long_name;
      message = g_strdup_printf ("there is no option %s: the nearest is --%s", dashes,
                                 nearest ? nearest : "help");
    }
  else
    message = g_strdup ((*error)->message);
  g_clear_error (error);
  g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID, message);
}

/* GOption takes a text for one in the locale's encoding, which fails in the C locale; this
 * program's text is UTF-8 everywhere, so a text is asked for as a file name is, which is left as it
 * is. */
static GOptionEntry *
take_texts_as_they_are (const GOptionEntry *entries)
{
  GArray *copy = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (const GOptionEntry *entry = entries; entry->long_name; entry++)
    {
      GOptionEntry own = *entry;

      if (own.arg == G_OPTION_ARG_STRING)
        own.arg = G_OPTION_ARG_FILENAME;
      else if (own.arg == G_OPTION_ARG_STRING_ARRAY)
        own.arg = G_OPTION_ARG_FILENAME_ARRAY;
      g_array_append_val (copy, own);
    }
  return (GOptionEntry *)g_array_free (copy, FALSE);
}

static gboolean
check_text (const GOptionEntry *entry, const char *text, GError **error)
{
  if (!text || g_utf8_validate (text, -1, NULL))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "--%s: its value is not UTF-8 text",
               entry->long_name);
  return FALSE;
}

static gboolean
check_texts (const GOptionEntry *entries, GError **error)
{
  for (const GOptionEntry *entry = entries; entry->long_name; entry++)
    {
      if (entry->arg == G_OPTION_ARG_STRING
          && !check_text (entry, *(char **)entry->arg_data, error))
        return FALSE;
      if (entry->arg == G_OPTION_ARG_STRING_ARRAY)
        for (char **text = *(char ***)entry->arg_data; text && *text; text++)
          if (!check_text (entry, *text, error))
            return FALSE;
    }
  return TRUE;
}

gboolean
isc_options_parse (const IscCommand *command,
                   const GOptionEntry *entries,
                   int *argc,
                   char ***argv,
                   int max_words,
                   GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->usage);
  g_autofree GOptionEntry *own_entries = take_texts_as_they_are (entries);
  gboolean help = FALSE;
  const GOptionEntry help_entry[]
      = { { "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL },
          G_OPTION_ENTRY_NULL };
  g_autofree char *name = g_strconcat ("initscope ", command->name, NULL);

  g_set_prgname (name);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, command->summary);
  g_option_context_add_main_entries (context, own_entries, NULL);
  g_option_context_add_main_entries (context, help_entry, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    {
      improve_error (entries, error);
      return FALSE;
    }
  if (!check_texts (entries, error))
    return FALSE;
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      g_print ("%s", text);
      return FALSE;
    }
  /* A "--" that GOption leaves in place. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      memmove (*argv + 1, *argv + 2, (size_t)(*argc - 1) * sizeof **argv);
      --*argc;
    }
  if (*argc - 1 > max_words)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "'%s' is one word too many for %s %s",
                   (*argv)[max_words + 1], name, command->usage);
      return FALSE;
    }
  return TRUE;
}

void
isc_weights_options_clear (IscWeightsOptions *options)
{
  g_free (options->tensor);
  g_free (options->layer);
  g_free (options->network);
  g_free (options->init);
  g_free (options->bias);
  g_free (options->seed);
  g_free (options->bins);
  g_free (options->bandwidth);
  g_free (options->range);
  g_free (options->stat);
  g_free (options->kernel);
  g_free (options->fans);
  g_free (options->pytorch);
  g_strfreev (options->pins);
}

gboolean
isc_weights_options_any (const IscWeightsOptions *options)
{
  return options->tensor || options->layer || options->network;
}

/* Applies one option, if it is given, and says its name where its value is wrong. */
static gboolean
apply (IscExperiment **experiment,
       const char *option,
       const char *path,
       const char *value,
       GError **error)
{
  IscExperiment *changed;

  if (!value)
    return TRUE;
  changed = isc_experiment_edit (*experiment, path, value, error);
  if (!changed)
    {
      g_autofree char *prefix = g_strdup_printf ("%s: ", path);

      if (error && g_str_has_prefix ((*error)->message, prefix))
        {
          g_autofree char *rest = g_strdup ((*error)->message + strlen (prefix));

          g_clear_error (error);
          g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID, rest);
        }
      g_prefix_error (error, "%s: ", option);
      return FALSE;
    }
  isc_experiment_unref (*experiment);
  *experiment = changed;
  return TRUE;
}

/* Rules of counting are texts to an experiment; whoever counts parses them. */
static gboolean
check_rules (const IscWeightsOptions *options, GError **error)
{
  IscBinRule bins;
  IscBandwidthRule bandwidth;
  IscHistogramRange range;

  if ((!options->bins || isc_bin_rule_parse (options->bins, &bins, error))
      && (!options->bandwidth || isc_bandwidth_rule_parse (options->bandwidth, &bandwidth, error))
      && (!options->range || isc_histogram_range_parse (options->range, &range, error)))
    return TRUE;
  /* Each names itself, as its option does. */
  g_prefix_error (error, "--");
  return FALSE;
}

/* A pin of the layer's own initialization is null in a document. */
static const char *
pin_to_value (const char *pin)
{
  return *pin == '\0' || g_str_equal (pin, "default") ? "null" : pin;
}

static gboolean
apply_pins (IscExperiment **experiment, char **pins, GError **error)
{
  for (guint i = 0; pins && pins[i]; i++)
    {
      g_autofree char *path
          = g_strdup_printf ("weights.pins[%u]", isc_experiment_get_n_pins (*experiment));

      if (!apply (experiment, "--pin", path, pin_to_value (pins[i]), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_exclusive (const IscWeightsOptions *options, gboolean needed, GError **error)
{
  guint n = (options->tensor != NULL) + (options->layer != NULL) + (options->network != NULL);

  if (n == 1 || (n == 0 && !needed))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "one of --tensor, --layer and --network should be given, and %s",
               n ? "several are" : "none is");
  return FALSE;
}

static gboolean
check_seed (const IscWeightsOptions *options, GError **error)
{
  guint64 seed;

  if (!options->seed || isc_seed_from_text (options->seed, &seed))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "--seed: '%s' is not a seed: a whole number from -2^63 to 2^64-1 is", options->seed);
  return FALSE;
}

IscExperiment *
isc_weights_options_to_experiment (const IscWeightsOptions *options,
                                   IscExperiment *base,
                                   GError **error)
{
  g_autoptr (IscExperiment) experiment = base ? isc_experiment_ref (base) : isc_experiment_new ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *idle = NULL;
  IscShape shape;

  if (!check_exclusive (options, base == NULL, error) || !check_seed (options, error)
      || !check_rules (options, error))
    return NULL;
  if (options->tensor && !isc_shape_from_text (options->tensor, &shape, error))
    {
      g_prefix_error (error, "--tensor: ");
      return NULL;
    }
  if (!apply (&experiment, "--tensor", "weights.tensor", options->tensor, error)
      || !apply (&experiment, "--layer", "weights.layer", options->layer, error)
      || !apply (&experiment, "--network", "weights.network", options->network, error)
      || !apply (&experiment, "--init", "weights.init", options->init, error)
      || !apply (&experiment, "--bias", "weights.bias", options->bias, error)
      || !apply (&experiment, "--seed", "weights.seed", options->seed, error)
      || !apply (&experiment, "--bins", "bins", options->bins, error)
      || !apply (&experiment, "--bandwidth", "bandwidth", options->bandwidth, error)
      || !apply (&experiment, "--range", "range", options->range, error)
      || !apply (&experiment, "--stat", "stat", options->stat, error)
      || !apply (&experiment, "--kernel", "kernel", options->kernel, error)
      || !apply (&experiment, "--fans", "fans", options->fans, error)
      || !apply (&experiment, "--pytorch", "pytorch", options->pytorch, error)
      || !apply_pins (&experiment, options->pins, error))
    return NULL;

  problems = isc_experiment_check (experiment);
  for (guint i = 0; i < problems->len; i++)
    {
      const IscProblem *problem = problems->pdata[i];

      if (g_str_has_prefix (problem->path, "weights"))
        {
          g_autofree char *text = isc_problem_to_text (problem);

          g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID, text);
          return NULL;
        }
    }
  idle = options->init ? isc_experiment_explain_idle_init (experiment) : NULL;
  if (idle)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "weights.init: %s", idle);
      return NULL;
    }
  return g_steal_pointer (&experiment);
}

IscExperiment *
isc_options_to_defaults (const IscWeightsOptions *options, char **settings, GError **error)
{
  g_autoptr (IscExperiment) initial = isc_experiment_new ();
  g_autoptr (IscExperiment) experiment = NULL;
  IscWeightsOptions others = *options;

  others.seed = NULL;
  if (isc_weights_options_any (options) || options->init || options->bias || options->fans
      || options->pins)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "a library's defaults are what they are: of what says which weights to make, "
                   "only --seed can be given");
      return NULL;
    }
  if (!check_seed (options, error))
    return NULL;
  experiment = isc_options_apply_settings (initial, settings, error);
  if (!experiment || !apply (&experiment, "--seed", "seeds", options->seed, error))
    return NULL;
  return isc_weights_options_to_experiment (&others, experiment, error);
}

static IscExperiment *
read_stdin (GError **error)
{
  GByteArray *input = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint8 chunk[65536];
  IscExperiment *experiment;
  gssize n;

  while ((n = read (STDIN_FILENO, chunk, sizeof chunk)) > 0 && input->len <= MAX_DOCUMENT)
    g_byte_array_append (input, chunk, (guint)n);
  bytes = g_byte_array_free_to_bytes (input);
  if (n < 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot read standard input: %s",
                   g_strerror (errno));
      return NULL;
    }
  experiment = isc_restore_from_bytes (bytes, NULL, NULL, error);
  if (!experiment)
    g_prefix_error (error, "standard input: ");
  return experiment;
}

IscExperiment *
isc_options_load_experiment (const char *name, GError **error)
{
  IscExperiment *example;

  if (g_str_equal (name, "-"))
    return read_stdin (error);
  if (!g_file_test (name, G_FILE_TEST_EXISTS))
    {
      example = isc_example_load (name, NULL);
      if (example)
        return example;
    }
  return isc_restore_from_file (name, NULL, NULL, error);
}

IscExperiment *
isc_options_apply_settings (IscExperiment *experiment, char **settings, GError **error)
{
  g_autoptr (IscExperiment) changed = isc_experiment_ref (experiment);

  for (char **setting = settings; setting && *setting; setting++)
    {
      const char *equals = strchr (*setting, '=');
      g_autofree char *path = equals ? g_strndup (*setting, equals - *setting) : NULL;
      IscExperiment *next;

      if (!equals)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "--set: '%s' is not of the form KEY=VALUE", *setting);
          return NULL;
        }
      next = isc_experiment_edit (changed, path, equals + 1, error);
      if (!next)
        {
          g_prefix_error (error, "--set: ");
          return NULL;
        }
      isc_experiment_unref (changed);
      changed = next;
    }
  return g_steal_pointer (&changed);
}
