/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/lesson.h"

/** isc_lessons_list: @n: (out): how many; Returns: (array length=n): the ids of the built-in
 * lessons, in the order in which they are best read */
const char *const *isc_lessons_list (guint *n);

/** isc_lesson_dup_text: Returns: (transfer full): the text of a built-in lesson; %NULL with
 * ISC_ERROR_INVALID, naming those there are */
char *isc_lesson_dup_text (const char *id, GError **error);

/** isc_lesson_load_built_in: Returns: (transfer full): a built-in lesson; %NULL with
 * ISC_ERROR_INVALID, naming those there are */
IscLesson *isc_lesson_load_built_in (const char *id, GError **error);
