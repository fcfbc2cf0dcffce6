/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lessons/lessons.h"

#include <gio/gio.h>

#include "base/error.h"
#include "experiment/problem.h"
#include "isc-lessons.h"
#include "lessons/read.h"

/* THE list: a lesson is a file in resources/lessons and one line here. */
static const char *const lessons[] = {
  "zeros",        "constant",   "too-small", "too-large",       "xavier-tanh", "he-relu",
  "deep-sigmoid", "orthogonal", "biases",    "pytorch-default", "selu",        "batchnorm",
};

static gboolean
is_lesson (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (lessons); i++)
    if (g_str_equal (lessons[i], id))
      return TRUE;
  return FALSE;
}

static void
fail_unknown (const char *id, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lessons); i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", lessons[i]);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "there is no lesson '%s': there are %s", id,
               names->str);
}

const char *const *
isc_lessons_list (guint *n)
{
  *n = G_N_ELEMENTS (lessons);
  return lessons;
}

char *
isc_lesson_dup_text (const char *id, GError **error)
{
  g_autofree char *path = g_strdup_printf (ISC_RESOURCE_BASE "/lessons/%s.lesson", id);
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  if (!is_lesson (id))
    {
      fail_unknown (id, error);
      return NULL;
    }
  bytes = g_resource_lookup_data (isc_lessons_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  error);
  return bytes ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

IscLesson *
isc_lesson_load_built_in (const char *id, GError **error)
{
  g_autofree char *text = isc_lesson_dup_text (id, error);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscLesson *lesson;

  if (!text)
    return NULL;
  lesson = isc_lesson_from_text (text, -1, NULL, problems);
  if (!lesson)
    isc_problems_to_error (problems, error);
  return lesson;
}
