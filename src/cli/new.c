/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "cli/options.h"
#include "cli/output.h"
#include "experiment/examples.h"
#include "experiment/json.h"
#include "lessons/lessons.h"

extern const IscCommand isc_command_new;

static char *
experiment_text (const char *id, GError **error)
{
  guint n;
  g_autoptr (IscExperiment) experiment
      = isc_example_load (id ? id : isc_examples_list (&n)[0], error);

  return experiment ? isc_experiment_to_json (experiment) : NULL;
}

static char *
lesson_text (const char *id, GError **error)
{
  guint n;

  return isc_lesson_dup_text (id ? id : isc_lessons_list (&n)[0], error);
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_autofree char *output = NULL;
  gboolean lesson = FALSE;
  const GOptionEntry entries[] = {
    { "lesson", 0, 0, G_OPTION_ARG_NONE, &lesson, "Print a built-in lesson instead", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write to a file", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *id;

  if (!isc_options_parse (&isc_command_new, entries, &argc, &argv, 1, error))
    return *error == NULL;
  id = argc > 1 ? argv[1] : NULL;
  text = lesson ? lesson_text (id, error) : experiment_text (id, error);
  if (!text)
    return FALSE;
  if (!output)
    return isc_output_print (text, error);
  bytes = g_bytes_new (text, strlen (text));
  return isc_file_write (output, bytes, error);
}

const IscCommand isc_command_new = {
  .name = "new",
  .usage = "[EXAMPLE|LESSON]",
  .summary = "Prints a built-in experiment or lesson, to be changed.",
  .run = run,
};
