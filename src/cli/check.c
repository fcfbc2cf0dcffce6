/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cli/options.h"
#include "experiment/check.h"
#include "experiment/examples.h"
#include "experiment/problem.h"
#include "lessons/read.h"
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

/* Prints what is wrong with @name, or that nothing is. */
static gboolean
report (const char *name, GPtrArray *problems, GError **error)
{
  print_problems (problems);
  if (problems->len > 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s has %u problem%s", name, problems->len,
                   problems->len == 1 ? "" : "s");
      return FALSE;
    }
  g_print ("%s: no problems\n", name);
  return TRUE;
}

static gboolean
check_lesson (const char *path, gboolean train, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (IscLesson) lesson = NULL;

  lesson = isc_lesson_load (path, problems, &unreadable);
  if (!lesson && problems->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&unreadable));
      return FALSE;
    }
  if (lesson && train && !isc_lesson_prove (lesson, problems, cancellable, error))
    return FALSE;
  return report (path, problems, error);
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) settings = NULL;
  gboolean train = FALSE;
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings,
      "Change a field first; may be given several times", "KEY=VALUE" },
    { "run", 0, 0, G_OPTION_ARG_NONE, &train,
      "Train what a lesson shows and check what it expects of the numbers", NULL },
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
  if (isc_lesson_has_ending (argv[1]))
    {
      if (settings)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "check: --set is for experiments, and %s is a lesson", argv[1]);
          return FALSE;
        }
      return check_lesson (argv[1], train, cancellable, error);
    }
  if (train)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "check: --run is for lessons, whose names end in .lesson");
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
  return report (argv[1], problems, error);
}

const IscCommand isc_command_check = {
  .name = "check",
  .usage = "EXPERIMENT|LESSON",
  .summary = "Names all problems of an experiment or a lesson at once, each with its place.",
  .run = run,
};
