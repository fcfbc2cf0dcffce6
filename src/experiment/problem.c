/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/problem.h"

#include <string.h>

#include "base/error.h"

static void
problem_free (gpointer data)
{
  IscProblem *problem = data;

  g_free (problem->path);
  g_free (problem->message);
  g_free (problem);
}

static void
add (GPtrArray *problems, const char *path, char *message)
{
  IscProblem *problem = g_new0 (IscProblem, 1);

  problem->path = g_strdup (path);
  problem->message = message;
  g_ptr_array_add (problems, problem);
}

GPtrArray *
isc_problems_new (void)
{
  return g_ptr_array_new_with_free_func (problem_free);
}

void
isc_problems_add (GPtrArray *problems, const char *path, const char *format, ...)
{
  va_list arguments;

  g_return_if_fail (problems != NULL && path != NULL);

  va_start (arguments, format);
  add (problems, path, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
isc_problems_take (GPtrArray *problems, const char *path, GError *error)
{
  g_return_if_fail (problems != NULL && path != NULL && error != NULL);

  add (problems, path, g_strdup (error->message));
  g_error_free (error);
}

const char *
isc_problems_find (GPtrArray *problems, const char *path)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const IscProblem *problem = problems->pdata[i];

      if (g_str_equal (problem->path, path))
        return problem->message;
    }
  return NULL;
}

char *
isc_problem_to_text (const IscProblem *problem)
{
  if (*problem->path == '\0')
    return g_strdup (problem->message);
  return g_strdup_printf ("%s: %s", problem->path, problem->message);
}

const char *
isc_problem_without_path (const char *message, const char *path)
{
  gsize length = strlen (path);

  return strncmp (message, path, length) == 0 && g_str_has_prefix (message + length, ": ")
             ? message + length + 2
             : message;
}

void
isc_problems_to_error (GPtrArray *problems, GError **error)
{
  g_autofree char *first = NULL;

  g_return_if_fail (problems != NULL && problems->len > 0);

  first = isc_problem_to_text (problems->pdata[0]);
  if (problems->len == 1)
    g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID, first);
  else
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s (and %u more)", first, problems->len - 1);
}
