/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/lesson.h"

/** No lesson's file may be larger: 1 MiB, which is a book. */
#define ISC_LESSON_MAX_BYTES (1 << 20)

/**
 * isc_lesson_from_text:
 * @text: a lesson, UTF-8
 * @length: its bytes, or -1
 * @folder: (nullable): where its experiments are
 * @problems: (element-type IscProblem): where every problem found is added, with its line
 *
 * Reads a lesson.  It begins with lines `name: value`; each line `# …` begins a step, with
 * paragraphs of text and more such lines.  instructions.c lists what may be said.
 *
 * Returns: (transfer full) (nullable): the lesson; %NULL if @problems grew
 */
IscLesson *
isc_lesson_from_text (const char *text, gssize length, const char *folder, GPtrArray *problems);

/**
 * isc_lesson_load:
 * @path: a file
 * @problems: (nullable): filled if the file could be read but is not valid
 *
 * Returns: (transfer full) (nullable): the lesson; %NULL with ISC_ERROR_IO, or with
 *   ISC_ERROR_INVALID "PATH: first problem (and N more)"
 */
IscLesson *isc_lesson_load (const char *path, GPtrArray *problems, GError **error);

/** isc_lesson_has_ending: Returns: whether @path ends as lessons do, in .lesson */
gboolean isc_lesson_has_ending (const char *path);
