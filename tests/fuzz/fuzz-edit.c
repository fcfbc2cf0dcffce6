/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "experiment/edit.h"
#include "fuzz/fuzz.h"

/* What `initscope run --set PATH=VALUE` does. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  g_autoptr (IscExperiment) edited = NULL;
  g_autoptr (IscExperiment) inserted = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) insert_error = NULL;
  char *value = strchr (text, '=');

  if (value)
    *value++ = '\0';
  edited = isc_experiment_edit (experiment, text, value, &error);
  fuzz_check_error (edited != NULL, error);
  if (!value)
    return 0;
  inserted = isc_experiment_insert (experiment, text, 0, value, &insert_error);
  fuzz_check_error (inserted != NULL, insert_error);
  return 0;
}
