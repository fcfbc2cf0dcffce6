/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/json.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "experiment/experiment-private.h"
#include "experiment/problem.h"

IscExperiment *
isc_experiment_from_json (const char *text, gssize length, GPtrArray *problems)
{
  GError *problem = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (text != NULL && problems != NULL, NULL);

  node = isc_json_parse (text, length, &problem);
  if (!node)
    {
      isc_problems_take (problems, "", problem);
      return NULL;
    }
  return isc_experiment_from_node (node, problems);
}

IscExperiment *
isc_experiment_load (const char *path, GPtrArray *problems, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) found = isc_problems_new ();
  GPtrArray *list = problems ? problems : found;
  guint before = list->len;
  IscExperiment *experiment;
  const char *text;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  bytes = isc_file_read (path, ISC_EXPERIMENT_MAX_BYTES, error);
  if (!bytes)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  experiment = isc_experiment_from_json (text ? text : "", (gssize)length, list);
  if (!experiment)
    {
      g_autofree char *first = isc_problem_to_text (list->pdata[before]);
      guint more = list->len - before - 1;

      if (more == 0)
        g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s", path, first);
      else
        g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s (and %u more)", path, first,
                     more);
    }
  return experiment;
}

gboolean
isc_experiment_save (const IscExperiment *experiment, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  g_return_val_if_fail (experiment != NULL && path != NULL, FALSE);

  text = isc_experiment_to_json (experiment);
  bytes = g_bytes_new_take (text, strlen (text));
  return isc_file_write (path, bytes, error);
}
