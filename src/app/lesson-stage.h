/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"
#include "lessons/lesson.h"

G_BEGIN_DECLS

/**
 * IscLessonStage:
 *
 * What a lesson does to the pages of a window: which is in front, what its figures show, how far it
 * is trained, which controls are not there and what is lit.
 */
typedef struct _IscLessonStage IscLessonStage;

/** isc_lesson_stage_new: @window: outlives the stage */
IscLessonStage *isc_lesson_stage_new (IscWindow *window);
void isc_lesson_stage_free (IscLessonStage *stage);

/** isc_lesson_stage_enter: the lesson gets the sidebars' place, which one can unfold again */
void isc_lesson_stage_enter (IscLessonStage *stage);

/** isc_lesson_stage_leave: everything hidden is there again */
void isc_lesson_stage_leave (IscLessonStage *stage);

/** isc_lesson_stage_set: shows the page of @step and its figures, before they are trained; @secret:
 * hides what would tell how they come out */
void isc_lesson_stage_set (IscLessonStage *stage, const IscLessonStep *step, gboolean secret);

/** isc_lesson_stage_light: trains as far as @step does, and lights what it points at */
void isc_lesson_stage_light (IscLessonStage *stage, const IscLessonStep *step);

/** isc_lesson_stage_get_plot: @lower: Training's second figure; Returns: (transfer none): where a
 * figure of @step is shown */
IscPlotView *
isc_lesson_stage_get_plot (IscLessonStage *stage, const IscLessonStep *step, gboolean lower);

G_END_DECLS
