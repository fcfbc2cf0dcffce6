/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/lesson.h"

/**
 * IscLessonReader:
 * @title: (nullable): the lesson's, once it is read
 * @summary: (nullable): likewise
 * @folder: (nullable): what a path in the lesson begins at
 * @in_head: whether no step has begun
 * @n_changes: how many fields were set
 * @step: what is being read: a step or, in the head, what all steps begin with
 * @has_experiment: whether the lesson has named one, which need not have been found
 * @has_run: whether the step has said how far to train
 *
 * How far a file is read: what instructions change.
 */
typedef struct
{
  char *title;
  char *summary;
  const char *folder;
  gboolean in_head;
  gboolean has_experiment;
  gboolean has_run;
  guint n_changes;
  IscLessonStep *step;
} IscLessonReader;

/**
 * IscInstruction:
 * @name: the word before the colon
 * @value: what follows it, for people
 * @help: what it does, in one sentence
 * @is_long: whether it goes on to the next empty line
 * @in_head: whether it may stand before the first step
 * @in_step: whether it may stand in a step
 * @read: obeys it; @line: where it begins
 *
 * A line `name: value` of a lesson.
 */
typedef struct
{
  const char *name;
  const char *value;
  const char *help;
  gboolean is_long;
  gboolean in_head;
  gboolean in_step;
  gboolean (*read) (IscLessonReader *reader, const char *value, guint line, GError **error);
} IscInstruction;

/** isc_instructions_get: Returns: (array length=n): all there are */
const IscInstruction *isc_instructions_get (guint *n);

/** isc_instruction_find: @length: of @name; Returns: (nullable): the instruction; %NULL with
 * ISC_ERROR_INVALID, naming the nearest one */
const IscInstruction *isc_instruction_find (const char *name, gsize length, GError **error);

/** isc_instruction_resembles: @length: of @name; Returns: whether it is an instruction's name but
 * for one letter at most */
gboolean isc_instruction_resembles (const char *name, gsize length);

/**
 * IscLessonControl:
 * @name: its word in a lesson
 * @help: what it is
 * @can_hide: whether a lesson may hide it
 *
 * A part of the window that a lesson can point at.
 */
typedef struct
{
  const char *name;
  const char *help;
  gboolean can_hide;
} IscLessonControl;

/** isc_lesson_controls_get: Returns: (array length=n): all there are */
const IscLessonControl *isc_lesson_controls_get (guint *n);
