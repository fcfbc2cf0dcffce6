/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lessons/lesson.h"

G_BEGIN_DECLS

#define ISC_TYPE_LESSON_PANEL (isc_lesson_panel_get_type ())
G_DECLARE_FINAL_TYPE (IscLessonPanel, isc_lesson_panel, ISC, LESSON_PANEL, AdwBin)

/**
 * IscLessonPanel:
 *
 * What a step of a lesson says, beside the figure it speaks of: the text, the question with its
 * answer, and the buttons that go on.  They activate the verbs of lesson-player.c.
 */

/** isc_lesson_panel_show: @index: a step of @lesson */
void isc_lesson_panel_show (IscLessonPanel *self, IscLesson *lesson, guint index);

/** isc_lesson_panel_show_answer: shows the answer in place of the button for it */
void isc_lesson_panel_show_answer (IscLessonPanel *self);

/** isc_lesson_panel_has_answer: Returns: whether there is an answer that is not shown yet */
gboolean isc_lesson_panel_has_answer (IscLessonPanel *self);

/** isc_lesson_panel_show_sketch: @hint: (nullable): what to sketch, or how near it came; %NULL
 * where nothing is sketched; @waits: whether the data are still to be revealed */
void isc_lesson_panel_show_sketch (IscLessonPanel *self, const char *hint, gboolean waits);

/** isc_lesson_panel_get_hint: Returns: (transfer none): what it says of the sketch */
const char *isc_lesson_panel_get_hint (IscLessonPanel *self);

/** isc_lesson_panel_set_presenting: whether its window is a presenter's, which it offers to leave
 */
void isc_lesson_panel_set_presenting (IscLessonPanel *self, gboolean presenting);

G_END_DECLS
