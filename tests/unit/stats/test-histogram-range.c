/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/histogram-range.h"

#include <string.h>

#include "base/error.h"
#include "base/runtime.h"

static void
assert_text (const char *text, IscHistogramRange expected, const char *canonical)
{
  IscHistogramRange range = { .clip = -1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;

  isc_histogram_range_parse (text, &range, &error);
  g_assert_no_error (error);
  g_assert_cmpint (range.kind, ==, expected.kind);
  g_assert_cmpfloat (range.low, ==, expected.low);
  g_assert_cmpfloat (range.high, ==, expected.high);
  g_assert_cmpfloat (range.clip, ==, expected.clip);
  written = isc_histogram_range_to_text (&range);
  g_assert_cmpstr (written, ==, canonical);
}

static void
test_good (void)
{
  const IscHistogramRange tenth = { ISC_HISTOGRAM_RANGE_FIXED, -0.1, 0.1, 0 };
  const IscHistogramRange percent = { ISC_HISTOGRAM_RANGE_CLIP, 0, 0, 0.01 };

  assert_text ("auto", isc_histogram_range_default (), "auto");
  assert_text ("-0.1, 0.1", tenth, "-0.1, 0.1");
  assert_text ("-0.1,1e-1 ", tenth, "-0.1, 0.1");
  assert_text ("clip 0.01", percent, "clip 0.01");
  assert_text ("clip  1e-2", percent, "clip 0.01");
}

static void
test_bad (void)
{
  const char *bad[] = { "",         "Auto",      "0.1",      "0.1, 0.1", "1, 0",           "0, inf",
                        "nan, 1",   "0, 1, 2",   "0, x",     "clip",     "clip ",          "clip 0",
                        "clip 0.5", "clip -0.1", "clip nan", "clip0.01", "-1e308, 1.1e308" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      IscHistogramRange range = { .clip = -1 };
      g_autoptr (GError) error = NULL;

      g_assert_false (isc_histogram_range_parse (bad[i], &range, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "such as -0.1, 0.1, or clip"));
      g_assert_cmpfloat (range.clip, ==, -1);
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram-range/good", test_good);
  g_test_add_func ("/histogram-range/bad", test_bad);
  return g_test_run ();
}
