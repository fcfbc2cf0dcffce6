/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "experiment/problem.h"
#include "lessons/lessons.h"

/* Every built-in lesson can be read, and what it says of its numbers is so. */
static void
test_true (gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscLesson) lesson = isc_lesson_load_built_in (id, &error);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  guint n_questions = 0, n_claims = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < isc_lesson_get_n_steps (lesson); i++)
    {
      const IscLessonStep *step = isc_lesson_get_step (lesson, i);

      g_assert_cmpstr (step->text, !=, "");
      n_questions += step->question && step->answer;
      n_claims += step->claims->len;
    }
  g_assert_cmpuint (n_questions, >=, 1);
  g_assert_cmpuint (n_claims, >=, 1);
  isc_lesson_prove (lesson, problems, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *text = isc_problem_to_text (problems->pdata[i]);

      g_test_message ("%s.lesson: %s", (const char *)id, text);
    }
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_lesson_load_built_in ("../examples/zeros.initscope", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "there are zeros, constant"));
}

int
main (int argc, char *argv[])
{
  const char *const *ids;
  guint n;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  ids = isc_lessons_list (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/lessons/true/%s", ids[i]);

      g_test_add_data_func (path, ids[i], test_true);
    }
  g_test_add_func ("/lessons/unknown", test_unknown);
  return g_test_run ();
}
