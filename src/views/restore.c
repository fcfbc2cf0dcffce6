/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/restore.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "plot/embedded.h"

/* What is blank for longer is not looked through. */
#define MAX_BLANK 4096

/* A document is an object.  What begins otherwise was never one, and a place in it helps nobody;
 * what is empty the parser calls so. */
static gboolean
may_be_document (const char *text, gsize length)
{
  gsize at = 0;

  while (at < MIN (length, MAX_BLANK) && g_ascii_isspace (text[at]))
    at++;
  return at == MIN (length, MAX_BLANK) || text[at] == '{';
}

static IscExperiment *
read_json (const char *text, gsize length, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) found = problems ? g_ptr_array_ref (problems) : isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (text, (gssize)length, found);

  if (!experiment)
    isc_problems_to_error (found, error);
  return experiment;
}

IscExperiment *
isc_restore_from_bytes (GBytes *bytes, GPtrArray *problems, gboolean *from_figure, GError **error)
{
  g_autofree char *json = NULL;
  gboolean figure;
  const char *text;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  figure = isc_export_is_figure (bytes);
  if (from_figure)
    *from_figure = figure;
  if (figure)
    {
      json = isc_export_read_experiment (bytes, error);
      return json ? read_json (json, strlen (json), problems, error) : NULL;
    }
  text = g_bytes_get_data (bytes, &length);
  if (may_be_document (text, length))
    return read_json (text ? text : "", length, problems, error);
  g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "this is neither an experiment nor a figure (PNG, SVG, PDF, EPS) with one "
                       "inside");
  return NULL;
}

IscExperiment *
isc_restore_from_file (const char *path, GPtrArray *problems, gboolean *from_figure, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  IscExperiment *experiment;

  g_return_val_if_fail (path != NULL, NULL);

  /* Mapped: of a large file only what is looked at is read. */
  bytes = isc_file_read (path, ISC_RESTORE_MAX_BYTES, error);
  if (!bytes)
    return NULL;
  experiment = isc_restore_from_bytes (bytes, problems, from_figure, error);
  if (!experiment)
    g_prefix_error (error, "%s: ", path);
  return experiment;
}
