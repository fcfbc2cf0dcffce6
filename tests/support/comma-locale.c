/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/comma-locale.h"

#include <glib.h>
#include <locale.h>

#define NAME "de_DE.UTF-8"

static void
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int status;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &output,
                &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", command[0], output);
}

void
comma_locale_enter (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("initscope-locale-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, NAME, NULL);
  g_autofree char *half = NULL;

  g_assert_no_error (error);
  run ((const char *const[]){ "localedef", "-i", "de_DE", "-f", "UTF-8", path, NULL });
  g_setenv ("LOCPATH", folder, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, NAME));
  g_unsetenv ("LOCPATH");
  /* The locale is mapped by now and needs its files no more. */
  run ((const char *const[]){ "rm", "-r", folder, NULL });
  half = g_strdup_printf ("%.1f", 0.5);
  g_assert_cmpstr (half, ==, "0,5");
}

void
comma_locale_leave (void)
{
  setlocale (LC_ALL, "C");
}
