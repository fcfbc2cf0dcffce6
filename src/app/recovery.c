/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "experiment/json.h"
#include "experiment/problem.h"

#define ENDING ".recovered"
#define GROUP "Recovery"

/* Characters of an id. */
#define ID_LENGTH 16

/* A document of the largest size that is read, every character of it escaped. */
#define MAX_BYTES (64 << 20)

/* An id that this process holds. */
typedef struct
{
  char *id;
  char *path;
  int fd;
} Claim;

struct _IscRecovery
{
  char *folder;
  /* This process's own id first, then those taken over. */
  GPtrArray *claims;
  guint n_files;
};

static void
claim_free (gpointer data)
{
  Claim *claim = data;

  g_unlink (claim->path);
  close (claim->fd);
  g_free (claim->path);
  g_free (claim->id);
  g_free (claim);
}

static void
recovered_free (gpointer data)
{
  IscRecovered *recovered = data;

  g_free (recovered->path);
  g_free (recovered->document);
  isc_experiment_unref (recovered->experiment);
  g_free (recovered);
}

static int
by_path (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* A lock on @path; -1 with errno, which is EWOULDBLOCK if another process has it. */
static int
lock (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  struct stat status;
  int code = 0;

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0 || fstat (fd, &status) != 0)
    code = errno;
  /* Another process cleared the file away between the two calls: nobody would find this lock. */
  else if (status.st_nlink == 0)
    code = EWOULDBLOCK;
  if (code == 0)
    return fd;
  close (fd);
  errno = code;
  return -1;
}

/* Holds @id, if no other process does. */
static gboolean
claim (IscRecovery *self, const char *id)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.lock", self->folder, id);
  int fd = lock (path);
  Claim *claim;

  if (fd < 0)
    return FALSE;
  claim = g_new (Claim, 1);
  claim->id = g_strdup (id);
  claim->path = g_steal_pointer (&path);
  claim->fd = fd;
  g_ptr_array_add (self->claims, claim);
  return TRUE;
}

/* Whether the id that @name begins with is this process's. */
static gboolean
is_held (IscRecovery *self, const char *name)
{
  for (guint i = 0; i < self->claims->len; i++)
    if (strncmp (((Claim *)self->claims->pdata[i])->id, name, ID_LENGTH) == 0)
      return TRUE;
  return FALSE;
}

static char *
new_id (void)
{
  /* The time first: files are found in the order in which their processes began. */
  return g_strdup_printf ("%014" G_GINT64_MODIFIER "x%02x", g_get_real_time (),
                          g_random_int () & 0xff);
}

static IscRecovered *
read_file (const char *path)
{
  g_autoptr (GBytes) bytes = isc_file_read (path, MAX_BYTES, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autofree char *uri = NULL;
  g_autofree char *text = NULL;
  IscExperiment *experiment;
  IscRecovered *recovered;

  if (!bytes || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return NULL;
  text = g_key_file_get_string (file, GROUP, "Experiment", NULL);
  uri = g_key_file_get_string (file, GROUP, "Document", NULL);
  experiment = text ? isc_experiment_from_json (text, -1, problems) : NULL;
  if (!experiment)
    return NULL;
  recovered = g_new0 (IscRecovered, 1);
  recovered->path = g_strdup (path);
  recovered->document = uri ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  recovered->experiment = experiment;
  return recovered;
}

/* The names in the folder with that ending, sorted. */
static GPtrArray *
list_names (IscRecovery *self, const char *ending)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ending) && strlen (name) > ID_LENGTH)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, by_path);
  return names;
}

/* Locks of processes that had nothing to leave. */
static void
clear_locks (IscRecovery *self)
{
  g_autoptr (GPtrArray) names = list_names (self, ".lock");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *id = g_strndup (names->pdata[i], ID_LENGTH);

      if (!is_held (self, id) && claim (self, id))
        g_ptr_array_set_size (self->claims, (int)self->claims->len - 1);
    }
}

IscRecovery *
isc_recovery_new (const char *folder, GError **error)
{
  g_autoptr (IscRecovery) self = g_new0 (IscRecovery, 1);

  g_return_val_if_fail (folder != NULL, NULL);

  self->folder = g_strdup (folder);
  self->claims = g_ptr_array_new_with_free_func (claim_free);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    do
      {
        g_autofree char *id = new_id ();

        if (claim (self, id))
          return g_steal_pointer (&self);
      }
    while (errno == EWOULDBLOCK);
  g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot write %s: %s", folder, g_strerror (errno));
  return NULL;
}

void
isc_recovery_free (IscRecovery *self)
{
  g_ptr_array_unref (self->claims);
  g_free (self->folder);
  g_free (self);
}

char *
isc_recovery_dup_path (IscRecovery *self)
{
  Claim *own = self->claims->pdata[0];

  return g_strdup_printf ("%s/%s-%03u" ENDING, self->folder, own->id, self->n_files++);
}

GPtrArray *
isc_recovery_find (IscRecovery *self)
{
  g_autoptr (GPtrArray) names = list_names (self, ENDING);
  Claim *own = self->claims->pdata[0];
  GPtrArray *found = g_ptr_array_new_with_free_func (recovered_free);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *id = g_strndup (names->pdata[i], ID_LENGTH);
      g_autofree char *path = g_build_filename (self->folder, names->pdata[i], NULL);
      IscRecovered *recovered;

      if (g_str_equal (id, own->id) || !(is_held (self, id) || claim (self, id)))
        continue;
      recovered = read_file (path);
      if (recovered)
        g_ptr_array_add (found, recovered);
    }
  clear_locks (self);
  return found;
}

gboolean
isc_recovery_write (const char *path,
                    const IscExperiment *experiment,
                    const char *document,
                    GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = isc_experiment_to_json (experiment);
  g_autofree char *uri = document ? g_filename_to_uri (document, NULL, NULL) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  char *data;

  if (uri)
    g_key_file_set_string (file, GROUP, "Document", uri);
  g_key_file_set_string (file, GROUP, "Experiment", text);
  data = g_key_file_to_data (file, &length, NULL);
  bytes = g_bytes_new_take (data, length);
  return isc_file_write (path, bytes, error);
}
