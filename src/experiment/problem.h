/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscProblem:
 * @path: the field at fault, "network[2]", "inits[1].weight"; "" for the whole document
 * @message: what is wrong and what is allowed, without the path
 *
 * One thing that is wrong with an experiment.
 */
typedef struct
{
  char *path;
  char *message;
} IscProblem;

/** isc_problems_new: Returns: (transfer full) (element-type IscProblem): an empty list */
GPtrArray *isc_problems_new (void);

/** isc_problems_add: adds a problem at @path */
void isc_problems_add (GPtrArray *problems, const char *path, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** isc_problems_take: adds @error's message at @path and frees @error */
void isc_problems_take (GPtrArray *problems, const char *path, GError *error);

/** isc_problems_find: Returns: (nullable): the message of the first problem at exactly @path */
const char *isc_problems_find (GPtrArray *problems, const char *path);

/** isc_problem_to_text: Returns: (transfer full): "network[2]: ..." */
char *isc_problem_to_text (const IscProblem *problem);

/** isc_problem_without_path: Returns: (transfer none): @message without @path in front, for whoever
 * shows it where that path is edited */
const char *isc_problem_without_path (const char *message, const char *path);

/**
 * isc_problems_to_error:
 *
 * Sets @error to the first problem, with "(and N more)" if there are others.  @problems may not be
 * empty.
 */
void isc_problems_to_error (GPtrArray *problems, GError **error);
