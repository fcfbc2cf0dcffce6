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

/* The claims of the steps from @first on that show one experiment; @end: the step behind them. */
static GPtrArray *
collect_claims (const IscLesson *lesson, guint first, guint *end)
{
  GPtrArray *claims = g_ptr_array_new ();
  const IscLessonStep *step = lesson->steps->pdata[first];
  IscExperiment *experiment = step->experiment;

  for (*end = first; *end < lesson->steps->len; (*end)++)
    {
      step = lesson->steps->pdata[*end];
      if (step->experiment != experiment)
        break;
      for (guint i = 0; i < step->claims->len; i++)
        g_ptr_array_add (claims, step->claims->pdata[i]);
    }
  g_ptr_array_sort (claims, compare_claims);
  return claims;
}

static gboolean
prove (IscExperiment *experiment,
       GPtrArray *claims,
       GPtrArray *problems,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (IscRun) run = claims->len > 0 ? isc_run_new (experiment, error) : NULL;

  if (!run)
    return claims->len == 0;
  for (guint i = 0; i < claims->len; i++)
    {
      const IscClaim *claim = claims->pdata[i];
      g_autoptr (IscResult) result = NULL;
      double value;

      /* What was seen of the first weights is there after the first step. */
      if (!isc_run_advance (run, MAX (claim->step, 1), 0, cancellable, NULL, NULL, error))
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
  guint end;

  g_return_val_if_fail (lesson != NULL && problems != NULL, FALSE);

  for (guint i = 0; i < lesson->steps->len; i = end)
    {
      g_autoptr (GPtrArray) claims = collect_claims (lesson, i, &end);
      const IscLessonStep *step = lesson->steps->pdata[i];

      if (!prove (step->experiment, claims, problems, cancellable, error))
        return FALSE;
    }
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
