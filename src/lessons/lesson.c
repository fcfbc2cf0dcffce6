/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lessons/lesson.h"

#include "base/number-text.h"
#include "base/ref-count.h"
#include "engine/run.h"
#include "experiment/problem.h"

struct _IscLesson
{
  IscRefCount ref_count;
  char *title;
  char *summary;
  GPtrArray *steps;
};

static void
free_highlight (gpointer data)
{
  g_free (((IscHighlight *)data)->name);
  g_free (data);
}

static void
free_claim (gpointer data)
{
  isc_claim_free (data);
}

static void
free_step (gpointer data)
{
  isc_lesson_step_free (data);
}

/* In the order of their steps, so that each run is trained once. */
static int
compare_claims (gconstpointer a, gconstpointer b)
{
  const IscClaim *const *first = a, *const *second = b;

  return ((*first)->step > (*second)->step) - ((*first)->step < (*second)->step);
}

static void
add_wrong (GPtrArray *problems, const IscClaim *claim, double value)
{
  g_autofree char *place = g_strdup_printf ("line %u", claim->line);
  g_autofree char *text = isc_number_to_text (value);

  isc_problems_add (problems, place, "expected otherwise: %s%s%s of %s is %s",
                    claim->quantity->name, claim->of ? " " : "", claim->of ? claim->of : "",
                    claim->run, text);
}

static gboolean
prove_step (const IscLessonStep *step,
            GPtrArray *problems,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) claims = g_ptr_array_copy (step->claims, NULL, NULL);
  g_autoptr (IscRun) run = NULL;

  if (claims->len == 0)
    return TRUE;
  g_ptr_array_set_free_func (claims, NULL);
  g_ptr_array_sort (claims, compare_claims);
  run = isc_run_new (step->experiment, error);
  if (!run)
    return FALSE;
  for (guint i = 0; i < claims->len; i++)
    {
      const IscClaim *claim = claims->pdata[i];
      g_autoptr (IscResult) result = NULL;
      double value;

      if (!isc_run_advance (run, claim->step, 0, cancellable, NULL, NULL, error))
        return FALSE;
      result = isc_run_snapshot (run);
      value = isc_claim_measure (claim, result);
      if (!isc_claim_holds (claim, value))
        add_wrong (problems, claim, value);
    }
  return TRUE;
}

IscLesson *
isc_lesson_new_take (char *title, char *summary, GPtrArray *steps)
{
  IscLesson *lesson = g_new0 (IscLesson, 1);

  isc_ref_count_init (&lesson->ref_count);
  lesson->title = title;
  lesson->summary = summary;
  lesson->steps = steps;
  g_ptr_array_set_free_func (steps, free_step);
  return lesson;
}

IscLesson *
isc_lesson_ref (IscLesson *lesson)
{
  isc_ref_count_inc (&lesson->ref_count);
  return lesson;
}

void
isc_lesson_unref (IscLesson *lesson)
{
  if (!lesson || !isc_ref_count_dec (&lesson->ref_count))
    return;
  g_free (lesson->title);
  g_free (lesson->summary);
  g_ptr_array_unref (lesson->steps);
  g_free (lesson);
}

const char *
isc_lesson_get_title (const IscLesson *lesson)
{
  return lesson->title;
}

const char *
isc_lesson_get_summary (const IscLesson *lesson)
{
  return lesson->summary;
}

guint
isc_lesson_get_n_steps (const IscLesson *lesson)
{
  return lesson->steps->len;
}

const IscLessonStep *
isc_lesson_get_step (const IscLesson *lesson, guint index)
{
  g_return_val_if_fail (index < lesson->steps->len, NULL);

  return lesson->steps->pdata[index];
}

gboolean
isc_lesson_prove (const IscLesson *lesson,
                  GPtrArray *problems,
                  GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (lesson != NULL && problems != NULL, FALSE);

  for (guint i = 0; i < lesson->steps->len; i++)
    if (!prove_step (lesson->steps->pdata[i], problems, cancellable, error))
      return FALSE;
  return TRUE;
}

IscLessonStep *
isc_lesson_step_new_after (const IscLessonStep *before)
{
  IscLessonStep *step = g_new0 (IscLessonStep, 1);

  step->highlights = g_ptr_array_new_with_free_func (free_highlight);
  step->claims = g_ptr_array_new_with_free_func (free_claim);
  if (!before)
    {
      step->training = TRUE;
      return step;
    }
  step->experiment = before->experiment ? isc_experiment_ref (before->experiment) : NULL;
  step->training = before->training;
  step->run = before->run;
  step->has_lower = before->has_lower;
  for (guint i = 0; i < ISC_LESSON_FIGURES; i++)
    {
      step->figures[i] = before->figures[i];
      step->figures[i].run = g_strdup (before->figures[i].run);
    }
  return step;
}

void
isc_lesson_step_free (IscLessonStep *step)
{
  if (!step)
    return;
  g_free (step->title);
  g_free (step->text);
  g_clear_pointer (&step->experiment, isc_experiment_unref);
  for (guint i = 0; i < ISC_LESSON_FIGURES; i++)
    g_free (step->figures[i].run);
  g_strfreev (step->hidden);
  g_ptr_array_unref (step->highlights);
  if (step->prediction)
    g_free (step->prediction->run);
  g_free (step->prediction);
  g_free (step->question);
  g_free (step->answer);
  g_ptr_array_unref (step->claims);
  g_free (step);
}
