/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lessons/lesson.h"

G_BEGIN_DECLS

#define ISC_TYPE_LESSON_PICTURE (isc_lesson_picture_get_type ())
G_DECLARE_FINAL_TYPE (IscLessonPicture, isc_lesson_picture, ISC, LESSON_PICTURE, GtkWidget)

/**
 * IscLessonPicture:
 *
 * How the losses of a lesson's runs begin, small, without numbers: which fall, and which do not. It
 * adds nothing to the title beside it for those who can't see it.
 *
 * Signal "done": it has trained what it shows.
 */
GtkWidget *isc_lesson_picture_new (IscLesson *lesson);

/** isc_lesson_picture_start: trains the first steps, on a thread of its own; once */
void isc_lesson_picture_start (IscLessonPicture *self);

/** isc_lesson_picture_get_figure: Returns: (transfer none) (nullable): what it shows, once it is
 * done */
IscFigure *isc_lesson_picture_get_figure (IscLessonPicture *self);

G_END_DECLS
