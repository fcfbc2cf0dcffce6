/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/histogram-stat.h"

#include "base/error.h"
#include "base/runtime.h"

static void
test_names (void)
{
  g_autoptr (GError) error = NULL;

  for (guint s = 0; s < ISC_N_HISTOGRAM_STATS; s++)
    {
      IscHistogramStat stat = ISC_N_HISTOGRAM_STATS;

      g_assert_true (
          isc_histogram_stat_parse (isc_histogram_stat_to_text ((IscHistogramStat)s), &stat, NULL));
      g_assert_cmpint (stat, ==, s);
      g_assert_cmpstr (isc_histogram_stat_get_label (stat), !=, "");
    }
  g_assert_false (isc_histogram_stat_parse ("Count", &(IscHistogramStat){ 0 }, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "stat: 'Count' is none of density, count, probability or percent");
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram-stat/names", test_names);
  return g_test_run ();
}
