/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/ticks.h"

#include <math.h>

#include "support/reference.h"

static char *
labels (IscScaleKind kind, double low, double high, guint max)
{
  IscScale scale
      = { .type = isc_scale_types_get (NULL)[kind], .low = low, .high = high, .shows = TRUE };
  g_autoptr (GArray) ticks = isc_ticks_new (&scale, max);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, IscTick, i).label != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "",
                              g_array_index (ticks, IscTick, i).label);
  return g_string_free (text, FALSE);
}

static void
assert_labels (IscScaleKind kind, double low, double high, guint max, const char *wanted)
{
  g_autofree char *text = labels (kind, low, high, max);

  g_assert_cmpstr (text, ==, wanted);
}

static void
assert_symlog (double low, double high, double near, guint max, const char *wanted)
{
  IscScale scale = { .type = isc_scale_types_get (NULL)[ISC_SCALE_SYMLOG],
                     .low = low,
                     .high = high,
                     .near = near,
                     .shows = TRUE };
  g_autoptr (GArray) ticks = isc_ticks_new (&scale, max);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      const IscTick *tick = &g_array_index (ticks, IscTick, i);

      g_assert_true (tick->value >= low && tick->value <= high);
      g_assert_true (i == 0 || tick->value > tick[-1].value);
      if (tick->label != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", tick->label);
    }
  g_assert_cmpstr (text->str, ==, wanted);
}

static void
test_symlog_labels (void)
{
  assert_symlog (-200.0, 200.0, 1.0, 9, "−10²|−10¹|−10⁰|0|10⁰|10¹|10²");
  assert_symlog (-200.0, 200.0, 1.0, 4, "−10²|0|10²");
  assert_symlog (0.0, 3.0, 1e-3, 6, "0|10⁻³|10⁻²|10⁻¹|10⁰");
  assert_symlog (-3.0, 0.0, 1e-3, 6, "−10⁰|−10⁻¹|−10⁻²|−10⁻³|0");
  assert_symlog (2.0, 5000.0, 1e-3, 6, "10¹|10²|10³");
  /* Within the linear part, and between two decades. */
  assert_symlog (-0.4, 0.4, 1.0, 5, "−0.4|−0.2|0|0.2|0.4");
  assert_symlog (20.0, 70.0, 1.0, 6, "20|30|40|50|60|70");
}

static void
test_linear_labels (void)
{
  assert_labels (ISC_SCALE_LINEAR, 0.0, 1.0, 6, "0|0.2|0.4|0.6|0.8|1.0");
  assert_labels (ISC_SCALE_LINEAR, -0.21, 0.21, 5, "−0.2|−0.1|0|0.1|0.2");
  assert_labels (ISC_SCALE_LINEAR, -0.16, 0.16, 7, "−0.15|−0.10|−0.05|0|0.05|0.10|0.15");
  assert_labels (ISC_SCALE_LINEAR, 0.0, 210000.0, 5, "0|50,000|100,000|150,000|200,000");
  assert_labels (ISC_SCALE_LINEAR, 0.0, 1.1e-9, 4, "0|0.5×10⁻⁹|1.0×10⁻⁹");
  assert_labels (ISC_SCALE_LINEAR, 0.0, 1e31, 3, "0|0.5×10³¹|1.0×10³¹");
  assert_labels (ISC_SCALE_LINEAR, -2e-300, 2e-300, 3, "−2×10⁻³⁰⁰|0|2×10⁻³⁰⁰");
  /* Labels that differ, whatever digits that takes. */
  assert_labels (ISC_SCALE_LINEAR, 1000000.0, 1000000.004, 5,
                 "1,000,000.000|1,000,000.001|1,000,000.002|1,000,000.003|1,000,000.004");
}

static void
assert_integers (double low, double high, guint max, const char *wanted)
{
  IscScale scale = { .type = isc_scale_types_get (NULL)[ISC_SCALE_LINEAR],
                     .low = low,
                     .high = high,
                     .shows = TRUE,
                     .integer = TRUE };
  g_autoptr (GArray) ticks = isc_ticks_new (&scale, max);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                            g_array_index (ticks, IscTick, i).label);
  g_assert_cmpstr (text->str, ==, wanted);
}

static void
test_integers (void)
{
  assert_integers (1.0, 3.0, 12, "1|2|3");
  assert_integers (0.5, 1.5, 12, "1");
  assert_integers (0.0, 10.0, 6, "0|2|4|6|8|10");
  assert_integers (0.0, 1e7, 4, "0|0.5×10⁷|1.0×10⁷");
  assert_integers (0.2, 0.8, 12, "");
}

static void
test_log_labels (void)
{
  assert_labels (ISC_SCALE_LOG, 1e-9, 1.0, 10, "10⁻⁹|10⁻⁸|10⁻⁷|10⁻⁶|10⁻⁵|10⁻⁴|10⁻³|10⁻²|10⁻¹|10⁰");
  assert_labels (ISC_SCALE_LOG, 1e-9, 1.0, 5, "10⁻⁸|10⁻⁶|10⁻⁴|10⁻²|10⁰");
  assert_labels (ISC_SCALE_LOG, 1e-300, 1e300, 4, "10⁻²⁰⁰|10⁰|10²⁰⁰");
  assert_labels (ISC_SCALE_LOG, 0.15, 2.4, 6, "0.2|0.5|1|2");
  assert_labels (ISC_SCALE_LOG, 2e-9, 3e-8, 6, "2×10⁻⁹|5×10⁻⁹|10⁻⁸|2×10⁻⁸");
  assert_labels (ISC_SCALE_LOG, 0.693, 0.694, 4, "0.6930|0.6935|0.6940");
}

static void
test_minor (void)
{
  IscScale scale = { .type = isc_scale_types_get (NULL)[ISC_SCALE_LOG], .low = 1e-3, .high = 10.0 };
  g_autoptr (GArray) ticks = isc_ticks_new (&scale, 6);
  guint n_minor = 0;

  for (guint i = 0; i < ticks->len; i++)
    n_minor += g_array_index (ticks, IscTick, i).label == NULL;
  /* 2..9 in each of four decades. */
  g_assert_cmpuint (n_minor, ==, 32);
}

/* Any range: inside, increasing, distinct labels, no more than asked for, the label of a tick reads
 * as its value. */
static void
test_any_range (void)
{
  guint64 state = 42;

  for (int i = 0; i < 20000; i++)
    {
      IscScaleKind kind = i % 3;
      IscExtent extent = isc_extent_empty;
      IscScale scale;
      guint max = 1 + (guint)i % 13, n = 0;
      g_autoptr (GArray) ticks = NULL;
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      for (int j = 0; j < 2; j++)
        {
          double mantissa, exponent;

          state = state * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407u;
          mantissa = (double)(state >> 40) / 16777216.0
                     * (kind != ISC_SCALE_LOG && state >> 39 & 1 ? -1.0 : 1.0);
          state = state * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407u;
          exponent = (double)(state >> 40) / 16777216.0 * 600.0 - 300.0;
          isc_extent_add (&extent, mantissa * pow (10.0, i % 3 == 0 ? exponent : exponent / 100.0));
        }
      extent.pad = i % 5 == 0 ? 0.05 : 0.0;
      scale = isc_scale_fit (kind, &extent);
      ticks = isc_ticks_new (&scale, max);
      for (guint j = 0; j < ticks->len; j++)
        {
          const IscTick *tick = &g_array_index (ticks, IscTick, j);

          g_assert_cmpfloat (tick->value, >=, scale.low);
          g_assert_cmpfloat (tick->value, <=, scale.high);
          if (j > 0)
            g_assert_cmpfloat (tick->value, >, g_array_index (ticks, IscTick, j - 1).value);
          if (tick->label == NULL)
            continue;
          g_assert_true (g_hash_table_add (seen, tick->label));
          n++;
        }
      g_assert_cmpuint (n, <=, max);
      /* Four labels suffice for 1-2-5 to find a step. */
      if (scale.shows && max >= 4)
        g_assert_cmpuint (n, >=, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/ticks/symlog-labels", test_symlog_labels);
  g_test_add_func ("/plot/ticks/linear-labels", test_linear_labels);
  g_test_add_func ("/plot/ticks/integers", test_integers);
  g_test_add_func ("/plot/ticks/log-labels", test_log_labels);
  g_test_add_func ("/plot/ticks/minor", test_minor);
  g_test_add_func ("/plot/ticks/any-range", test_any_range);
  return g_test_run ();
}
