/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "cli/options.h"
#include "cli/output.h"
#include "experiment/examples.h"
#include "experiment/json.h"

extern const IscCommand isc_command_new;

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write to a file", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (IscExperiment) experiment = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint n;

  if (!isc_options_parse (&isc_command_new, entries, &argc, &argv, 1, error))
    return *error == NULL;
  experiment = isc_example_load (argc > 1 ? argv[1] : isc_examples_list (&n)[0], error);
  if (!experiment)
    return FALSE;
  json = isc_experiment_to_json (experiment);
  if (!output)
    return isc_output_print (json, error);
  bytes = g_bytes_new (json, strlen (json));
  return isc_file_write (output, bytes, error);
}

const IscCommand isc_command_new = {
  .name = "new",
  .usage = "[EXAMPLE]",
  .summary = "Prints a built-in experiment, to be changed.",
  .run = run,
};
