/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/reference.h"

#include <math.h>
#include <string.h>

static char *
path_of (const char *name)
{
  const char *folder = g_getenv ("ISC_TEST_DATA");

  return g_build_filename (folder ? folder : "tests/data", name, NULL);
}

JsonObject *
reference_load (const char *name)
{
  g_autofree char *path = path_of (name);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

GBytes *
reference_bytes (const char *name)
{
  g_autofree char *path = path_of (name);
  g_autoptr (GError) error = NULL;
  char *content;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, length);
}

double
reference_number (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  g_assert_nonnull (node);
  return JSON_NODE_HOLDS_NULL (node) ? NAN : json_node_get_double (node);
}

double *
reference_numbers (JsonObject *object, const char *key, gsize *n)
{
  JsonArray *array = json_object_get_array_member (object, key);
  double *numbers;

  g_assert_nonnull (array);
  *n = json_array_get_length (array);
  numbers = g_new (double, *n);
  for (guint i = 0; i < *n; i++)
    numbers[i]
        = json_array_get_null_element (array, i) ? NAN : json_array_get_double_element (array, i);
  return numbers;
}

float *
reference_floats (const char *bits, gsize *n)
{
  gsize length = strlen (bits);
  float *floats;

  *n = (length + 1) / 9;
  floats = g_new (float, *n);
  for (gsize i = 0; i < *n; i++)
    {
      guint32 word = (guint32)g_ascii_strtoull (bits + 9 * i, NULL, 16);

      memcpy (&floats[i], &word, sizeof word);
    }
  return floats;
}

void
reference_assert_close (const char *file,
                        int line,
                        const char *what,
                        double a,
                        double b,
                        double relative,
                        double absolute)
{
  gboolean equal = (isnan (a) && isnan (b)) || a == b;

  if (!equal && !(fabs (a - b) <= absolute + relative * fabs (b)))
    g_error ("%s:%d: %s is %.17g, should be %.17g: off by %.3g, allowed %.3g", file, line, what, a,
             b, fabs (a - b), absolute + relative * fabs (b));
}
