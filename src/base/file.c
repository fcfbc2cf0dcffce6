/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number-text.h"

/* As many as the kernel follows. */
#define MAX_LINKS 40

static gboolean
fail (const char *verb, const char *path, int code, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot %s %s: %s", verb, path, g_strerror (code));
  return FALSE;
}

/* What the links at the end of @path lead to, whether it is there or not; %NULL with errno. */
static char *
follow_links (const char *path)
{
  char *target = g_strdup (path);

  for (int i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *link = g_file_read_link (target, NULL);
      g_autofree char *folder = NULL;
      char *next;

      if (!link)
        return target;
      folder = g_path_get_dirname (target);
      next = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
      g_free (target);
      target = next;
    }
  g_free (target);
  errno = ELOOP;
  return NULL;
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize left;
  const char *data = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      gssize written = write (fd, data, left);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      data += written;
      left -= (gsize)written;
    }
  return TRUE;
}

/* A descriptor of this process's own by name, whose position is shared with whoever else writes to
 * it; -1 for any other path. */
static int
named_descriptor (const char *path)
{
  gint64 fd;

  if (g_str_equal (path, "/dev/stdout"))
    return STDOUT_FILENO;
  if (g_str_equal (path, "/dev/stderr"))
    return STDERR_FILENO;
  if (g_str_has_prefix (path, "/dev/fd/") && isc_integer_from_text (path + strlen ("/dev/fd/"), &fd)
      && fd >= 0 && fd <= G_MAXINT)
    return (int)fd;
  return -1;
}

/* A device or a pipe: there is no whole to replace. */
static gboolean
write_in_place (const char *path, GBytes *bytes, GError **error)
{
  int named = named_descriptor (path);
  int fd = named < 0 ? g_open (path, O_WRONLY | O_CLOEXEC, 0) : fcntl (named, F_DUPFD_CLOEXEC, 0);
  int code = 0;

  if (fd < 0)
    return fail ("write", path, errno, error);
  if (!write_all (fd, bytes))
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  return code == 0 || fail ("write", path, code, error);
}

static gboolean
write_sibling (int fd,
               const char *sibling,
               const char *target,
               mode_t mode,
               GBytes *bytes,
               const char *path,
               GError **error)
{
  int code = 0;

  if (!write_all (fd, bytes) || (mode != 0 && fchmod (fd, mode) != 0) || fsync (fd) != 0)
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0 && g_rename (sibling, target) != 0)
    code = errno;
  if (code == 0)
    return TRUE;
  g_unlink (sibling);
  return fail ("write", path, code, error);
}

GBytes *
isc_file_read (const char *path, gint64 max_bytes, GError **error)
{
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GError) problem = NULL;
  struct stat status;
  int fd;

  g_return_val_if_fail (path != NULL && max_bytes <= ISC_FILE_MAX_BYTES, NULL);

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0 || fstat (fd, &status) != 0)
    {
      fail ("read", path, errno, error);
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot read %s: it is %s", path,
                 S_ISDIR (status.st_mode) ? "a folder" : "not a regular file");
  else if (status.st_size > max_bytes)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "%s is %" G_GINT64_FORMAT " bytes: at most %" G_GINT64_FORMAT " are read", path,
                 (gint64)status.st_size, max_bytes);
  else
    {
      mapped = g_mapped_file_new_from_fd (fd, FALSE, &problem);
      if (!mapped)
        g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot read %s: %s", path, problem->message);
    }
  close (fd);
  return mapped ? g_mapped_file_get_bytes (mapped) : NULL;
}

gboolean
isc_file_write (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *target = NULL;
  g_autofree char *sibling = NULL;
  struct stat status;
  /* The mode of the file that is replaced; a new one gets what the umask leaves. */
  mode_t mode = 0;
  int fd;

  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);

  if (named_descriptor (path) >= 0)
    return write_in_place (path, bytes, error);
  if (g_stat (path, &status) == 0)
    {
      if (S_ISDIR (status.st_mode))
        return fail ("write", path, EISDIR, error);
      if (!S_ISREG (status.st_mode))
        return write_in_place (path, bytes, error);
      if (g_access (path, W_OK) != 0)
        return fail ("write", path, errno, error);
      mode = status.st_mode & 07777;
    }
  /* A link is kept: what it points to is replaced. */
  target = follow_links (path);
  if (!target)
    return fail ("write", path, errno, error);

  sibling = g_strdup_printf ("%s.%08x.tmp", target, g_random_int ());
  fd = g_open (sibling, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail ("write", path, errno, error);
  return write_sibling (fd, sibling, target, mode, bytes, path, error);
}
