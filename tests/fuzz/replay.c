/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for libFuzzer: runs a target over the files named and those in the folders named, as
 * one test.  What crashed a target once is a file of its corpus for ever. */
#include "fuzz/fuzz.h"

#include <stdio.h>

static guint
replay_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  g_autofree guint8 *exact = NULL;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_print ("# %s\n", path);
  fflush (stdout);
  /* Without the zero that GLib puts behind: a sanitizer then sees who reads too far. */
  exact = g_memdup2 (content, length);
  LLVMFuzzerTestOneInput (exact, length);
  return 1;
}

static guint
replay (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  if (!folder)
    return replay_file (path);
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      n += replay (inside);
    }
  return n;
}

int
main (int argc, char **argv)
{
  guint n = 0;

  g_print ("1..1\n");
  LLVMFuzzerTestOneInput ((const guint8 *)"", 0);
  for (int i = 1; i < argc; i++)
    n += replay (argv[i]);
  g_assert_cmpuint (n, >, 0);
  g_print ("ok 1 %u inputs\n", n);
  return 0;
}
