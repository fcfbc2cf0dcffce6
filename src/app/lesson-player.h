/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"
#include "lessons/lesson.h"

G_BEGIN_DECLS

/*
 * Walks a window through a lesson.  A step is one step of undo: the document takes the step's
 * experiment; page, figures, training and what is pointed at follow.
 */

/** isc_lesson_player_add: gives @window the verbs of lessons */
void isc_lesson_player_add (IscWindow *window);

/** isc_lesson_player_open: begins @lesson */
void isc_lesson_player_open (IscWindow *window, IscLesson *lesson);

/** isc_lesson_player_open_file: begins the lesson in a file; Returns: %FALSE with an error, as
 * isc_lesson_load() has it; nothing changes then */
gboolean isc_lesson_player_open_file (IscWindow *window, const char *path, GError **error);

/** isc_lesson_player_go: @index: a step of the lesson that is open */
void isc_lesson_player_go (IscWindow *window, guint index);

/** isc_lesson_player_is_asking: Returns: whether a sketch is to be drawn before the data are shown
 */
gboolean isc_lesson_player_is_asking (IscWindow *window);

/** isc_lesson_player_reveal: shows the data that a sketch was drawn for */
void isc_lesson_player_reveal (IscWindow *window);

/** isc_lesson_player_place: puts the lesson beside the figure or, in a narrow window, under it */
void isc_lesson_player_place (IscWindow *window);

/** isc_lesson_player_close: leaves the lesson; the window shows again what it hid */
void isc_lesson_player_close (IscWindow *window);

/** isc_lesson_player_get_lesson: Returns: (transfer none) (nullable): the lesson that is open */
IscLesson *isc_lesson_player_get_lesson (IscWindow *window);

/** isc_lesson_player_get_step: Returns: which step it is at, from 0 */
guint isc_lesson_player_get_step (IscWindow *window);

G_END_DECLS
