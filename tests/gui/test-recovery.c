/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Unsaved work outlives the program.  What another process left is played by a second folder object
 * in this one: locks belong to whoever opened the file. */

#include <glib/gstdio.h>

#include "app/recovery.h"
#include "experiment/edit.h"
#include "experiment/examples.h"
#include "gui/gui.h"

/* Autosave's period and a slow disk. */
#define KEPT_MS 8000

static IscExperiment *
experiment_of (IscWindow *window)
{
  return isc_document_get_experiment (isc_window_get_document (window));
}

static char *
state_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "initscope", "recovery", NULL);
}

static IscExperiment *
seeded (const char *seed)
{
  g_autoptr (IscExperiment) zeros = isc_example_load ("zeros", NULL);
  g_autoptr (GError) error = NULL;
  IscExperiment *experiment = isc_experiment_edit (zeros, "seeds", seed, &error);

  g_assert_no_error (error);
  return experiment;
}

static void
write_file (const char *path, IscExperiment *experiment, const char *document)
{
  g_autoptr (GError) error = NULL;

  isc_recovery_write (path, experiment, document, &error);
  g_assert_no_error (error);
}

/* How many recovery files this process's own windows hold. */
static guint
count_files (void)
{
  g_autofree char *folder = state_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir)))
    n += g_str_has_suffix (name, ".recovered");
  return n;
}

static gboolean
are_files (gpointer n)
{
  return count_files () == GPOINTER_TO_UINT (n);
}

static void
assert_files (guint n)
{
  g_assert_true (gui_wait (are_files, GUINT_TO_POINTER (n), KEPT_MS));
}

static guint
count_found (IscRecovery *recovery)
{
  g_autoptr (GPtrArray) found = isc_recovery_find (recovery);

  return found->len;
}

/* What a first process leaves is offered by a second one, not by a third one, and again when the
 * second one ends without having dealt with it. */
static void
test_processes (void)
{
  g_autofree char *folder = gui_temporary_path ("processes");
  g_autoptr (GError) error = NULL;
  IscRecovery *first = isc_recovery_new (folder, &error);
  IscRecovery *second = isc_recovery_new (folder, &error);
  IscRecovery *third = isc_recovery_new (folder, &error);
  g_autoptr (IscExperiment) experiment = seeded ("7, 8");
  g_autofree char *path = isc_recovery_dup_path (first);
  g_autofree char *other = isc_recovery_dup_path (first);
  g_autoptr (GPtrArray) found = NULL;
  const IscRecovered *recovered;

  g_assert_no_error (error);
  write_file (path, experiment, "/home/ä b/mine.initscope");
  write_file (other, experiment, NULL);
  g_assert_cmpuint (count_found (first), ==, 0);
  g_assert_cmpuint (count_found (second), ==, 0);
  isc_recovery_free (first);

  found = isc_recovery_find (second);
  g_assert_cmpuint (found->len, ==, 2);
  recovered = found->pdata[0];
  g_assert_cmpstr (recovered->path, ==, path);
  g_assert_cmpstr (recovered->document, ==, "/home/ä b/mine.initscope");
  g_assert_true (isc_experiment_equal (recovered->experiment, experiment));
  recovered = found->pdata[1];
  g_assert_null (recovered->document);
  g_assert_cmpuint (count_found (third), ==, 0);

  g_unlink (other);
  isc_recovery_free (second);
  g_assert_cmpuint (count_found (third), ==, 1);
  g_unlink (path);
  isc_recovery_free (third);
  /* Nobody's lock stays. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What is not whole is neither offered nor thrown away. */
static void
test_garbage (void)
{
  const char *const contents[] = { "",
                                   "no key file",
                                   "[Recovery]\n",
                                   "[Recovery]\nExperiment=\n",
                                   "[Recovery]\nExperiment={\"schema\": 1, \"batch",
                                   "[Recovery]\nExperiment={\"schema\": 99}",
                                   "[Recovery]\nDocument=no address\nExperiment=[]" };
  g_autofree char *folder = gui_temporary_path ("garbage");
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRecovery) recovery = isc_recovery_new (folder, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/0123456789abcdef-%03u.recovered", folder, i);

      g_file_set_contents (path, contents[i], -1, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (count_found (recovery), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/0123456789abcdef-%03u.recovered", folder, i);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_clear_pointer (&recovery, isc_recovery_free);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Root may write anywhere, but not below a file. */
static void
test_unwritable (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_recovery_new ("/dev/null/initscope", &error));
  g_assert_nonnull (strstr (error->message, "cannot write /dev/null/initscope: "));
}

/* A file comes with a change and goes with undo, with saving and with closing. */
static void
test_kept (void)
{
  IscWindow *window = gui_open_window ();
  IscDocument *document = isc_window_get_document (window);
  g_autofree char *path = gui_temporary_path ("kept.initscope");

  assert_files (0);
  g_assert_true (isc_document_edit (document, "epochs", "3", NULL, NULL));
  assert_files (1);
  gui_activate (window, "win.undo", NULL);
  assert_files (0);
  g_assert_true (isc_document_edit (document, "epochs", "4", NULL, NULL));
  assert_files (1);
  gui_activate (window, "win.save-to", path);
  assert_files (0);
  g_assert_true (isc_document_edit (document, "epochs", "5", NULL, NULL));
  assert_files (1);
  gui_close_window (window);
  g_assert_cmpuint (count_files (), ==, 0);
}

static const char *
seed_of (IscWindow *window, char **text)
{
  *text
      = g_strdup_printf ("%" G_GUINT64_FORMAT, isc_experiment_get_seed (experiment_of (window), 0));
  return *text;
}

/* Two experiments that main() left: the first goes into the window at hand, the second into one of
 * its own; until they are saved they are kept again. */
static void
test_offer (void)
{
  IscWindow *window, *second = NULL;
  IscDocument *document;
  g_autofree char *seed = NULL;
  g_autofree char *other = NULL;

  g_application_activate (G_APPLICATION (gui_application ()));
  window = ISC_WINDOW (gtk_application_get_windows (GTK_APPLICATION (gui_application ()))->data);
  gui_answer (window, "later");
  g_assert_cmpuint (count_files (), ==, 2);
  g_assert_cmpuint (gui_n_windows (), ==, 1);

  g_action_group_activate_action (G_ACTION_GROUP (gui_application ()), "recover", NULL);
  g_assert_cmpuint (gui_n_windows (), ==, 2);
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (gui_application ())); at;
       at = at->next)
    if (ISC_IS_WINDOW (at->data) && at->data != window)
      second = at->data;
  document = isc_window_get_document (window);
  g_assert_cmpstr (seed_of (window, &seed), ==, "101");
  g_assert_cmpstr (seed_of (second, &other), ==, "102");
  g_assert_cmpstr (isc_document_get_path (document), ==, "/nowhere/first.initscope");
  g_assert_true (isc_document_is_modified (document));
  g_assert_true (isc_document_is_modified (isc_window_get_document (second)));
  g_assert_nonnull (strstr (isc_window_get_status (window), "first.initscope"));
  /* Not for a moment were they nowhere. */
  g_assert_cmpuint (count_files (), ==, 2);
  gui_close_window (second);
  gui_close_window (window);
  g_assert_cmpuint (count_files (), ==, 0);
}

/* As a process does that is killed. */
static void
leave (const char *seed, const char *document)
{
  g_autofree char *folder = state_folder ();
  g_autoptr (IscExperiment) experiment = seeded (seed);
  g_autoptr (IscRecovery) recovery = isc_recovery_new (folder, NULL);
  g_autofree char *path = isc_recovery_dup_path (recovery);

  write_file (path, experiment, document);
}

int
main (int argc, char **argv)
{
  leave ("101", "/nowhere/first.initscope");
  leave ("102", NULL);
  gui_init (&argc, &argv);
  g_test_add_func ("/recovery/offer", test_offer);
  g_test_add_func ("/recovery/processes", test_processes);
  g_test_add_func ("/recovery/garbage", test_garbage);
  g_test_add_func ("/recovery/unwritable", test_unwritable);
  g_test_add_func ("/recovery/kept", test_kept);
  return gui_run ();
}
