/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cli/options.h"
#include "experiment/check.h"
#include "experiment/examples.h"
#include "experiment/problem.h"
#include "views/restore.h"

extern const IscCommand isc_command_check;

static void
print_problems (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *text = isc_problem_to_text (problems->pdata[i]);

      g_print ("%s\n", text);
    }
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) settings = NULL;
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings,
      "Change a field first; may be given several times", "KEY=VALUE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (GError) unreadable = NULL;

  if (!isc_options_parse (&isc_command_check, entries, &argc, &argv, 1, error))
    return *error == NULL;
  if (argc < 2)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "check: name an experiment: a file, or an example such as article");
      return FALSE;
    }
  if (g_str_equal (argv[1], "-") || !g_file_test (argv[1], G_FILE_TEST_EXISTS))
    experiment = isc_options_load_experiment (argv[1], &unreadable);
  else
    experiment = isc_restore_from_file (argv[1], problems, NULL, &unreadable);
  if (!experiment && problems->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&unreadable));
      return FALSE;
    }
  if (experiment)
    {
      g_autoptr (IscExperiment) changed = isc_options_apply_settings (experiment, settings, error);

      if (!changed)
        return FALSE;
      g_clear_pointer (&problems, g_ptr_array_unref);
      problems = isc_experiment_check (changed);
    }
  print_problems (problems);
  if (problems->len > 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s has %u problem%s", argv[1],
                   problems->len, problems->len == 1 ? "" : "s");
      return FALSE;
    }
  g_print ("%s: no problems\n", argv[1]);
  return TRUE;
}

const IscCommand isc_command_check = {
  .name = "check",
  .usage = "EXPERIMENT",
  .summary = "Names all problems of an experiment at once, each with its place.",
  .run = run,
};
