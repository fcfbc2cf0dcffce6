/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/isj.h"

#include <math.h>

#include "base/generator.h"
#include "base/runtime.h"
#include "support/reference.h"

/* numpy's counts, whose edges decide. */
static double *
count (const double *x, gsize n, guint n_bins, double low, double high)
{
  double *counts = g_new0 (double, n_bins);
  double step = (high - low) / n_bins;

  for (gsize i = 0; i < n; i++)
    {
      guint bin = MIN ((guint)((x[i] - low) / (high - low) * n_bins), n_bins - 1);

      if (x[i] < low + bin * step)
        bin--;
      else if (bin < n_bins - 1 && x[i] >= low + (bin + 1) * step)
        bin++;
      counts[bin]++;
    }
  return counts;
}

static void
assert_bandwidth (const double *x, gsize n, JsonObject *entry)
{
  double low = reference_number (entry, "lo"), high = reference_number (entry, "hi");
  guint n_bins = (guint)json_object_get_int_member (entry, "M");
  g_autofree double *counts = count (x, n, n_bins, low, high);
  double h = isc_isj_bandwidth_of_bins (counts, n_bins, (double)n, high - low);

  /* A root to 1e-10. */
  assert_close (h, reference_number (entry, "bandwidth"), 1e-10, 0);
  assert_close (h * h / ((high - low) * (high - low)), reference_number (entry, "t"), 1e-10, 0);
}

static void
test_reference (void)
{
  static const char *const sizes[] = { "1024", "4096", "16384" };
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");
  JsonArray *entries = json_object_get_array_member (root, "bandwidths");

  g_assert_cmpuint (json_array_get_length (entries), ==, 6);
  for (guint e = 0; e < 6; e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      JsonObject *isj = json_object_get_object_member (entry, "isj");
      gsize n;
      g_autofree double *x
          = reference_numbers (samples, json_object_get_string_member (entry, "sample"), &n);

      for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
        assert_bandwidth (x, n, json_object_get_object_member (isj, sizes[s]));
      assert_bandwidth (x, n,
                        json_object_get_object_member (entry,
                                                       "isj_4096_support_min_max_pm_half_range"));
    }
}

static IscBinnedSample *
sample_of (const float *x, gsize n)
{
  g_autoptr (GError) error = NULL;
  IscMoments moments;
  IscBinnedSample *sample;

  isc_moments_compute (x, n, &moments);
  sample = isc_binned_sample_new (x, n, &moments, isc_binned_sample_cells_for (1, 1), &error);
  g_assert_no_error (error);
  return sample;
}

/* A sample kept whole, in float32. */
static void
test_exact_sample (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");
  JsonArray *entries = json_object_get_array_member (root, "bandwidths");

  for (guint e = 0; e < json_array_get_length (entries); e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      JsonObject *isj = json_object_get_object_member (json_object_get_object_member (entry, "isj"),
                                                       G_STRINGIFY (ISC_ISJ_BINS));
      g_autoptr (IscBinnedSample) sample = NULL;
      gsize n;
      g_autofree double *values
          = reference_numbers (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree float *x = g_new (float, n);

      for (gsize i = 0; i < n; i++)
        x[i] = (float)values[i];
      sample = sample_of (x, n);
      g_assert_true (isc_binned_sample_is_exact (sample));
      /* Float32 moves the support by 6e-8 of it, and no value out of its bin. */
      assert_close (isc_isj_bandwidth (sample), reference_number (isj, "bandwidth"), 1e-6, 0);
    }
}

/* A lattice in place of values moves each by less than a fifth of a bin. */
static void
test_lattice (void)
{
  gsize n = 50000;
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  g_autofree float *x = g_new (float, n);
  g_autofree double *values = g_new (double, n);

  for (guint shape = 0; shape < 3; shape++)
    {
      g_autoptr (IscBinnedSample) sample = NULL;
      g_autofree double *counts = NULL;
      double min = INFINITY, max = -INFINITY, low, high, direct;

      isc_generator_normal (generator, x, n, 0, 0.05);
      for (gsize i = 0; i < n; i++)
        {
          if (shape == 1)
            x[i] += i % 3 ? 0.2f : -0.1f;
          else if (shape == 2)
            x[i] = expf (10 * x[i]);
          values[i] = (double)x[i];
          min = MIN (min, values[i]);
          max = MAX (max, values[i]);
        }
      low = min - (max - min) / 10;
      high = max + (max - min) / 10;
      counts = count (values, n, ISC_ISJ_BINS, low, high);
      direct = isc_isj_bandwidth_of_bins (counts, ISC_ISJ_BINS, (double)n, high - low);
      sample = sample_of (x, n);
      g_assert_false (isc_binned_sample_is_exact (sample));
      assert_close (isc_isj_bandwidth (sample), direct, 5e-3, 0);
      /* Of the order of the best for a normal law, 1.06 std n^(-1/5). */
      if (shape == 0)
        assert_close (direct, 1.06 * 0.05 * pow ((double)n, -0.2), 0.1, 0);
    }
}

/* Where the equation has no root: never a negative or infinite bandwidth. */
static void
test_no_root (void)
{
  const float two[] = { 0, 1 }, three[] = { 0, 0.3f, 1 };
  g_autofree float *few_values = g_new (float, 6000);
  g_autoptr (IscBinnedSample) pair = sample_of (two, 2), triple = sample_of (three, 3);
  g_autoptr (IscBinnedSample) ties = NULL;
  double h;

  for (gsize i = 0; i < 6000; i++)
    few_values[i] = (float)(i % 3);
  ties = sample_of (few_values, 6000);
  g_assert_cmpfloat (isc_isj_bandwidth (pair), ==, 0);
  g_assert_cmpfloat (isc_isj_bandwidth (triple), ==, 0);
  h = isc_isj_bandwidth (ties);
  g_assert_true (h >= 0 && h < 0.1);
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/isj/reference", test_reference);
  g_test_add_func ("/isj/exact-sample", test_exact_sample);
  g_test_add_func ("/isj/lattice", test_lattice);
  g_test_add_func ("/isj/no-root", test_no_root);
  return g_test_run ();
}
