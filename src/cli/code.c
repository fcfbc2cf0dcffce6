/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cli/options.h"
#include "cli/output.h"
#include "experiment/code.h"

extern const IscCommand isc_command_code;

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (IscWeightsOptions) options = { 0 };
  g_autofree char *as = NULL;
  const GOptionEntry entries[] = {
    ISC_WEIGHTS_MADE_ENTRIES (options),
    { "as", 0, 0, G_OPTION_ARG_STRING, &as, "pytorch, keras, jax or numpy (pytorch)", "LIBRARY" },
    G_OPTION_ENTRY_NULL,
  };
  const IscCodeLanguage *language;
  g_autoptr (IscExperiment) base = NULL;
  g_autoptr (IscExperiment) experiment = NULL;
  g_autofree char *text = NULL;

  if (!isc_options_parse (&isc_command_code, entries, &argc, &argv, 1, error))
    return *error == NULL;
  language = isc_code_language_find (as ? as : "pytorch", error);
  if (!language)
    return FALSE;
  if (argc > 1)
    {
      base = isc_options_load_experiment (argv[1], error);
      if (!base)
        return FALSE;
    }
  experiment = isc_weights_options_to_experiment (&options, base, error);
  text = experiment ? isc_code_new (experiment, language, error) : NULL;
  return text && isc_output_print (text, error);
}

const IscCommand isc_command_code = {
  .name = "code",
  .usage = "[EXPERIMENT]",
  .summary = "Prints a script for PyTorch, Keras, JAX or NumPy that makes the same weights.",
  .run = run,
};
