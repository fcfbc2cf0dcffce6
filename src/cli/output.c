/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number-text.h"

struct _IscTable
{
  GPtrArray *cells;
  guint n_columns;
  gboolean *numeric;
};

IscTable *
isc_table_new (const char *const *headings)
{
  IscTable *table = g_new0 (IscTable, 1);

  table->cells = g_ptr_array_new_with_free_func (g_free);
  table->n_columns = g_strv_length ((char **)headings);
  table->numeric = g_new0 (gboolean, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    {
      table->numeric[i] = headings[i][0] == '>';
      isc_table_add (table, g_strdup (headings[i] + (table->numeric[i] ? 1 : 0)));
    }
  return table;
}

void
isc_table_free (IscTable *table)
{
  g_ptr_array_unref (table->cells);
  g_free (table->numeric);
  g_free (table);
}

void
isc_table_add (IscTable *table, char *cell)
{
  g_ptr_array_add (table->cells, cell);
}

void
isc_table_print (const IscTable *table)
{
  g_autofree glong *widths = g_new0 (glong, table->n_columns);

  for (guint i = 0; i < table->cells->len; i++)
    widths[i % table->n_columns]
        = MAX (widths[i % table->n_columns], g_utf8_strlen (table->cells->pdata[i], -1));
  for (guint i = 0; i < table->cells->len; i++)
    {
      guint column = i % table->n_columns;
      const char *cell = table->cells->pdata[i];
      int padding = (int)(widths[column] - g_utf8_strlen (cell, -1));
      gboolean last = column + 1 == table->n_columns;

      if (table->numeric[column])
        g_print ("%*s%s%s", padding, "", cell, last ? "\n" : "  ");
      else
        g_print ("%s%*s%s", cell, last ? 0 : padding, "", last ? "\n" : "  ");
    }
}

void
isc_json_append_number (GString *json, double value)
{
  g_autofree char *text = isfinite (value) ? isc_number_to_text (value) : g_strdup ("null");

  g_string_append (json, text);
}

void
isc_json_append_string (GString *json, const char *text)
{
  g_autoptr (JsonNode) node = text ? json_node_init_string (json_node_alloc (), text)
                                   : json_node_init_null (json_node_alloc ());
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (json, quoted);
}

gboolean
isc_output_print (const char *text, GError **error)
{
  if (fputs (text, stdout) >= 0 && fflush (stdout) == 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot write the output: %s", g_strerror (errno));
  return FALSE;
}

gboolean
isc_output_check_folder (const char *path, GError **error)
{
  g_autofree char *folder = path ? g_path_get_dirname (path) : NULL;
  int code;

  /* What is there already is asked when it is written: it may be a device, a pipe, a link. */
  if (!path || g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  if (g_file_test (folder, G_FILE_TEST_EXISTS) && !g_file_test (folder, G_FILE_TEST_IS_DIR))
    code = ENOTDIR;
  else if (g_access (folder, W_OK | X_OK) == 0)
    return TRUE;
  else
    code = errno;
  g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot write %s: %s", path, g_strerror (code));
  return FALSE;
}

gboolean
isc_output_write (char **paths, GPtrArray *contents, GError **error)
{
  for (guint i = 0; paths[i]; i++)
    if (!isc_file_write (paths[i], contents->pdata[i], error))
      return FALSE;
  return TRUE;
}
