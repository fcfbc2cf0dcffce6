/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/check.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "fuzz/fuzz.h"

/* A document that is read can be written, and what is written is read as the same and written
 * alike. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (text, -1, problems);
  g_autoptr (IscExperiment) again = NULL;
  g_autoptr (GPtrArray) misfits = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true ((experiment == NULL) == (problems->len > 0));
  if (!experiment)
    return 0;
  misfits = isc_experiment_check (experiment);
  g_assert_nonnull (misfits);
  first = isc_experiment_to_json (experiment);
  again = isc_experiment_from_json (first, -1, problems);
  g_assert_nonnull (again);
  g_assert_true (isc_experiment_equal (again, experiment));
  second = isc_experiment_to_json (again);
  g_assert_cmpstr (second, ==, first);
  return 0;
}
