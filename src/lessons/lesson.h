/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"
#include "lessons/claim.h"
#include "views/views.h"

/** More steps than any lesson needs, and few enough to be drawn as one. */
#define ISC_LESSON_MAX_STEPS 100

/** Figures on the Training page. */
#define ISC_LESSON_FIGURES 2

/**
 * IscLessonFigure:
 * @view: (nullable): what it shows; %NULL as it is
 * @log_y: on a logarithmic axis
 * @by_parameter: with a line a parameter
 * @run: (nullable): of which scheme, where a figure shows one
 */
typedef struct
{
  const IscView *view;
  gboolean log_y;
  gboolean by_parameter;
  char *run;
} IscLessonFigure;

typedef enum
{
  ISC_HIGHLIGHT_AREA,
  ISC_HIGHLIGHT_CURVE,
  ISC_HIGHLIGHT_CONTROL,
} IscHighlightKind;

/**
 * IscHighlight:
 * @line: where it stands
 * @kind: what is pointed at
 * @lower: an area or curve of the lower figure
 * @x: an area's span in data units, infinite where it goes to the edge
 * @y: likewise
 * @name: a curve's scheme, or a control's name
 */
typedef struct
{
  guint line;
  IscHighlightKind kind;
  gboolean lower;
  double x[2];
  double y[2];
  char *name;
} IscHighlight;

/**
 * IscPrediction:
 * @line: where it stands
 * @x: what the empty axes span
 * @y: likewise
 * @run: (nullable): the scheme whose curve is to be guessed
 *
 * Axes that a person draws on before the data are shown.
 */
typedef struct
{
  guint line;
  double x[2];
  double y[2];
  char *run;
} IscPrediction;

/**
 * IscLessonStep:
 * @title: its heading
 * @text: paragraphs with an empty line between them; `code` and *emphasis* are marked as here
 * @line: where it begins in the file
 * @experiment: what the window holds in this step
 * @training: whether the Training page is in front, instead of Weights
 * @figures: the page's figure; on Training the upper and the lower one
 * @has_lower: whether the lower one is shown
 * @run: steps to train to, G_MAXSIZE for the end
 * @hidden: (array zero-terminated): controls that are not shown
 * @highlights: (element-type IscHighlight): what to look at
 * @prediction: (nullable): what is to be guessed first
 * @question: (nullable): asked of the reader
 * @answer: (nullable): shown when they ask for it
 * @claims: (element-type IscClaim): what the text says of the numbers
 *
 * One step of a lesson, complete in itself: a window that jumps to it needs no other.
 */
typedef struct
{
  char *title;
  char *text;
  guint line;
  IscExperiment *experiment;
  gboolean training;
  IscLessonFigure figures[ISC_LESSON_FIGURES];
  gboolean has_lower;
  gsize run;
  char **hidden;
  GPtrArray *highlights;
  IscPrediction *prediction;
  char *question;
  char *answer;
  GPtrArray *claims;
} IscLessonStep;

/**
 * IscLesson:
 *
 * An experiment told in steps.  Immutable, reference-counted; read.h makes one of a teacher's file.
 */
typedef struct _IscLesson IscLesson;

/** isc_lesson_new_take: @steps: (transfer full) (element-type IscLessonStep): at least one */
IscLesson *isc_lesson_new_take (char *title, char *summary, GPtrArray *steps);
IscLesson *isc_lesson_ref (IscLesson *lesson);
void isc_lesson_unref (IscLesson *lesson);

const char *isc_lesson_get_title (const IscLesson *lesson);

/** isc_lesson_get_summary: Returns: one sentence */
const char *isc_lesson_get_summary (const IscLesson *lesson);

guint isc_lesson_get_n_steps (const IscLesson *lesson);
const IscLessonStep *isc_lesson_get_step (const IscLesson *lesson, guint index);

/**
 * isc_lesson_prove:
 * @problems: (element-type IscProblem): where every claim that is wrong is added, with its line
 *
 * Trains what the lesson shows and holds its claims against the numbers.  Blocks until that is
 * done.
 *
 * Returns: %FALSE with an error if it can't be trained
 */
gboolean isc_lesson_prove (const IscLesson *lesson,
                           GPtrArray *problems,
                           GCancellable *cancellable,
                           GError **error);

/** isc_lesson_step_new_after: @before: (nullable): the step before; Returns: (transfer full): an
 * empty step on the same page, figures, experiment and step of training */
IscLessonStep *isc_lesson_step_new_after (const IscLessonStep *before);
void isc_lesson_step_free (IscLessonStep *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscLesson, isc_lesson_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscLessonStep, isc_lesson_step_free)
