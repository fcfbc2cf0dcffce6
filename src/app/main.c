/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>

#include "app/application.h"
#include "base/runtime.h"

/* Where @built is in the folder of a build or @installed among shared data: beside this program
 * first, which may have been built and not installed, or installed under a prefix of its own. */
static char *
find_folder (const char *built, const char *installed)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder ? g_build_filename (folder, "..", "..", built, NULL) : NULL;
  g_autofree char *relative
      = folder ? g_build_filename (folder, "..", "share", installed, NULL) : NULL;

  if (beside && g_file_test (beside, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&beside);
  if (relative && g_file_test (relative, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&relative);
  return g_build_filename (ISC_DATADIR, installed, NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *locale = find_folder ("po", "locale");
  g_autofree char *schemas = find_folder ("resources/desktop", "glib-2.0/schemas");
  g_autoptr (IscApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, FALSE);

  isc_runtime_init ();
  application = isc_application_new (G_APPLICATION_HANDLES_OPEN);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
