/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/examples.h"

#include <gio/gio.h>

#include "base/error.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "isc-examples.h"

/* THE list: an example is a file in resources/examples and one line here. */
static const char *const examples[] = {
  "article",
  "mnist",
  "range",
  "zeros",
  "depth",
  "glorot",
  "he",
  "saxe",
  "selu",
  "batchnorm",
  "residual",
};

static gboolean
is_example (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    if (g_str_equal (examples[i], id))
      return TRUE;
  return FALSE;
}

static void
fail_unknown (const char *id, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", examples[i]);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "there is no example '%s': there are %s", id,
               names->str);
}

const char *const *
isc_examples_list (guint *n)
{
  *n = G_N_ELEMENTS (examples);
  return examples;
}

IscExperiment *
isc_example_load (const char *id, GError **error)
{
  g_autofree char *path = g_strdup_printf (ISC_RESOURCE_BASE "/examples/%s.initscope", id);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (GBytes) bytes = NULL;
  IscExperiment *experiment;

  g_return_val_if_fail (id != NULL, NULL);

  if (!is_example (id))
    {
      fail_unknown (id, error);
      return NULL;
    }
  bytes = g_resource_lookup_data (isc_examples_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  error);
  if (!bytes)
    return NULL;
  experiment = isc_experiment_from_json (g_bytes_get_data (bytes, NULL),
                                         (gssize)g_bytes_get_size (bytes), problems);
  if (!experiment)
    isc_problems_to_error (problems, error);
  return experiment;
}
