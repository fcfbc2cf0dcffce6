/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/problem.h"
#include "fuzz/fuzz.h"
#include "lessons/read.h"

/* A lesson that is read has steps that a window can show; one that is not has problems, each with a
 * sentence. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  /* No folder: what is made up here opens no file. */
  g_autoptr (IscLesson) lesson
      = isc_lesson_from_text ((const char *)data, (gssize)size, NULL, problems);

  g_assert_true ((lesson == NULL) == (problems->len > 0));
  for (guint i = 0; i < problems->len; i++)
    g_assert_cmpstr (((IscProblem *)problems->pdata[i])->message, !=, "");
  if (!lesson)
    return 0;
  g_assert_cmpuint (isc_lesson_get_n_steps (lesson), >, 0);
  g_assert_cmpuint (isc_lesson_get_n_steps (lesson), <=, ISC_LESSON_MAX_STEPS);
  for (guint i = 0; i < isc_lesson_get_n_steps (lesson); i++)
    {
      const IscLessonStep *step = isc_lesson_get_step (lesson, i);

      g_assert_nonnull (step->experiment);
      g_assert_cmpstr (step->title, !=, "");
    }
  return 0;
}
