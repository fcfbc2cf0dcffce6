/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/knuth.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

static IscSortedSample *
sample_of (const float *x, gsize n)
{
  g_autoptr (GError) error = NULL;
  IscSortedSample *sample = isc_sorted_sample_new (x, n, &error);

  g_assert_no_error (error);
  return sample;
}

static void
test_reference (void)
{
  static const guint sizes[] = { 1, 5, 10, 20 };
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/histograms.json");
  JsonArray *entries = json_object_get_array_member (root, "rules");

  g_assert_cmpuint (json_array_get_length (entries), ==, 6);
  for (guint e = 0; e < 6; e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      JsonObject *posteriors = json_object_get_object_member (entry, "knuth_logp");
      g_autoptr (IscSortedSample) sample = NULL;
      gsize n;
      g_autofree double *values
          = reference_numbers (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree float *x = g_new (float, n);

      for (gsize i = 0; i < n; i++)
        x[i] = (float)values[i];
      sample = sample_of (x, n);
      g_assert_cmpuint (isc_knuth_bins (sample), ==,
                        json_object_get_int_member (entry, "knuth_M_max100"));
      for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
        {
          g_autofree char *key = g_strdup_printf ("%u", sizes[s]);

          /* Differences of logarithms near 1000. */
          assert_close (isc_knuth_log_posterior (sample, sizes[s]),
                        reference_number (posteriors, key), 1e-11, 1e-11);
        }
    }
}

static void
test_degenerate (void)
{
  const float x[] = { 1, 1, NAN };
  g_autoptr (IscSortedSample) equal = sample_of (x, 3), none = sample_of (x + 2, 1);

  g_assert_cmpuint (isc_knuth_bins (equal), ==, 1);
  g_assert_cmpuint (isc_knuth_bins (none), ==, 1);
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/knuth/reference", test_reference);
  g_test_add_func ("/knuth/degenerate", test_degenerate);
  return g_test_run ();
}
