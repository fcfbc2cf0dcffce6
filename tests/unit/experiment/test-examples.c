/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "experiment/check.h"
#include "experiment/examples.h"
#include "support/reference.h"

/* Every example can be read and fits. */
static void
test_all (void)
{
  guint n;
  const char *const *ids = isc_examples_list (&n);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpstr (ids[0], ==, "article");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (IscExperiment) example = isc_example_load (ids[i], &error);
      g_autoptr (GPtrArray) problems = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (isc_experiment_get_title (example), !=, "");
      problems = isc_experiment_check (example);
      g_assert_cmpuint (problems->len, ==, 0);
    }
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_example_load ("../datasets/iris.csv", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "there are article, mnist"));
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/examples/all", test_all);
  g_test_add_func ("/examples/unknown", test_unknown);
  return g_test_run ();
}
