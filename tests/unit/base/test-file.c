/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/reference.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("initscope-file-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "weights.npy", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static guint
count_files (const Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder))
    n++;
  return n;
}

static void
write_text (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  gboolean ok = isc_file_write (path, bytes, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  g_autoptr (GBytes) wanted = g_bytes_new (expected, strlen (expected));

  g_assert_true (g_bytes_equal (bytes, wanted));
}

static void
assert_text (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = isc_file_read (path, 1000, &error);

  g_assert_no_error (error);
  assert_bytes (bytes, expected);
}

static guint
mode_of (const char *path)
{
  struct stat status;

  g_assert_cmpint (g_lstat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

static void
assert_not_written (const char *path, const char *reason)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = g_strdup_printf ("cannot write %s: %s", path, reason);

  g_assert_false (isc_file_write (path, bytes, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  mode_t mask = umask (027);

  write_text (fixture->path, "0.0361\n");
  umask (mask);
  assert_text (fixture->path, "0.0361\n");
  g_assert_cmpuint (mode_of (fixture->path), ==, 0640);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  write_text (fixture->path, "");
  assert_text (fixture->path, "");
}

static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  write_text (fixture->path, "a longer text that was there before");
  g_assert_cmpint (g_chmod (fixture->path, 0604), ==, 0);
  write_text (fixture->path, "new");
  assert_text (fixture->path, "new");
  g_assert_cmpuint (mode_of (fixture->path), ==, 0604);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* What is mapped stays what it was while the file is replaced under it. */
static void
test_readers_keep_theirs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL;

  write_text (fixture->path, "before");
  before = isc_file_read (fixture->path, 1000, NULL);
  write_text (fixture->path, "after.");
  assert_bytes (before, "before");
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  struct stat status;

  write_text (fixture->path, "before");
  g_assert_cmpint (symlink ("weights.npy", link), ==, 0);
  write_text (link, "after");
  assert_text (fixture->path, "after");
  g_assert_cmpint (g_lstat (link, &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
}

/* A link to a file that is not there yet makes that file, as a shell's > does. */
static void
test_dangling_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  struct stat status;

  g_assert_cmpint (symlink ("weights.npy", link), ==, 0);
  g_assert_cmpint (symlink (link, other), ==, 0);
  write_text (other, "made");
  assert_text (fixture->path, "made");
  g_assert_cmpint (g_lstat (link, &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
}

static void
test_circle (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (symlink ("weights.npy", fixture->path), ==, 0);
  assert_not_written (fixture->path, "Too many levels of symbolic links");
}

static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  char text[16] = { 0 };
  int fd;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  fd = g_open (fixture->path, O_RDONLY | O_NONBLOCK, 0);
  g_assert_cmpint (fd, >=, 0);
  write_text (fixture->path, "through");
  g_assert_cmpint (read (fd, text, sizeof text - 1), ==, 7);
  g_assert_cmpstr (text, ==, "through");
  close (fd);
  /* Still the pipe. */
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* What the program itself wrote before and writes after stays in its place. */
static void
assert_shares_position (const Fixture *fixture, const char *name, int named)
{
  int fd = g_open (fixture->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  int kept = dup (named);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "before ", 7), ==, 7);
  g_assert_cmpint (dup2 (fd, named), ==, named);
  write_text (name, "written");
  if (kept >= 0)
    g_assert_cmpint (dup2 (kept, named), ==, named);
  else
    close (named);
  g_assert_cmpint (write (fd, " after", 6), ==, 6);
  close (fd);
  if (kept >= 0)
    close (kept);
  assert_text (fixture->path, "before written after");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_descriptor (Fixture *fixture, gconstpointer data)
{
  fflush (stdout);
  assert_shares_position (fixture, "/dev/stdout", STDOUT_FILENO);
  assert_shares_position (fixture, "/dev/stderr", STDERR_FILENO);
  assert_shares_position (fixture, "/dev/fd/77", 77);
  assert_not_written ("/dev/fd/77", "Bad file descriptor");
}

static void
test_device (Fixture *fixture, gconstpointer data)
{
  write_text ("/dev/null", "nothing");
  assert_not_written ("/dev/full", "No space left on device");
}

static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lost = g_build_filename (fixture->folder, "none", "weights.npy", NULL);

  assert_not_written (lost, "No such file or directory");
  assert_not_written (fixture->folder, "Is a directory");
  assert_not_written ("", "No such file or directory");
}

/* A full disk, which a limit on the size of files stands for: the old file stays, nothing else
 * does. In a child, because the limit cannot be lifted again. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script = NULL;
  g_autofree char *self = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "/bin/sh", "-c", NULL, NULL, NULL };
  int status;

  if (g_test_subprocess ())
    {
      g_autofree guint8 *zeros = g_malloc0 (16384);
      g_autoptr (GBytes) bytes = g_bytes_new (zeros, 16384);
      const char *path = g_getenv ("ISC_TEST_FILE");

      g_assert_false (isc_file_write (path, bytes, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "File too large"));
      return;
    }

  write_text (fixture->path, "before");
  script = g_strdup_printf ("trap '' XFSZ; ulimit -f 8; exec \"$0\" --GTestSubprocess -p %s "
                            ">/dev/null",
                            g_test_get_path ());
  argv[2] = script;
  g_setenv ("ISC_TEST_FILE", fixture->path, TRUE);
  self = g_file_read_link ("/proc/self/exe", &error);
  g_assert_no_error (error);
  argv[3] = self;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &output, &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s", output);
  assert_text (fixture->path, "before");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
assert_not_read (const char *path, gint64 max_bytes, int code, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_file_read (path, max_bytes, &error));
  g_assert_error (error, ISC_ERROR, code);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_read_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing
      = g_strdup_printf ("cannot read %s: No such file or directory", fixture->path);
  g_autofree char *folder = g_strdup_printf ("cannot read %s: it is a folder", fixture->folder);
  g_autofree char *large = g_strdup_printf ("%s is 7 bytes: at most 6 are read", fixture->path);

  assert_not_read (fixture->path, 10, ISC_ERROR_IO, missing);
  assert_not_read (fixture->folder, 10, ISC_ERROR_IO, folder);
  assert_not_read ("/dev/zero", 10, ISC_ERROR_IO,
                   "cannot read /dev/zero: it is not a regular file");
  write_text (fixture->path, "0.0361\n");
  assert_not_read (fixture->path, 6, ISC_ERROR_INVALID, large);
}

/* Opening a pipe that nobody writes to would wait for ever. */
static void
test_read_pipe (Fixture *fixture, gconstpointer data)
{
  g_autofree char *message
      = g_strdup_printf ("cannot read %s: it is not a regular file", fixture->path);

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_not_read (fixture->path, 10, ISC_ERROR_IO, message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/base/file/new", test_new);
  ADD ("/base/file/empty", test_empty);
  ADD ("/base/file/replaced", test_replaced);
  ADD ("/base/file/readers-keep-theirs", test_readers_keep_theirs);
  ADD ("/base/file/link", test_link);
  ADD ("/base/file/dangling-link", test_dangling_link);
  ADD ("/base/file/circle", test_circle);
  ADD ("/base/file/pipe", test_pipe);
  ADD ("/base/file/descriptor", test_descriptor);
  ADD ("/base/file/device", test_device);
  ADD ("/base/file/no-place", test_no_place);
  ADD ("/base/file/full-disk", test_full_disk);
  ADD ("/base/file/read-refused", test_read_refused);
  ADD ("/base/file/read-pipe", test_read_pipe);
#undef ADD
  return g_test_run ();
}
