/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number-text.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "support/reference.h"

static void
assert_text (double value, const char *expected)
{
  g_autofree char *text = isc_number_to_text (value);
  double back;

  g_assert_cmpstr (text, ==, expected);
  g_assert_true (isc_number_from_text (text, &back));
  assert_close (back, value, 0, 0);
}

static void
assert_label (double value, int digits, const char *expected)
{
  g_autofree char *label = isc_number_to_label (value, digits);

  g_assert_cmpstr (label, ==, expected);
}

static void
test_text (void)
{
  assert_text (0.0, "0");
  assert_text (100.0, "100");
  assert_text (-0.1171, "-0.1171");
  assert_text (0.0001, "0.0001");
  assert_text (1e-8, "1e-08");
  assert_text (1.0 / 3.0, "0.3333333333333333");
  assert_text (2.385, "2.385");
  assert_text (123456789012.0, "123456789012");
  assert_text (1e300, "1e+300");
  assert_text (5e-324, "5e-324");
  assert_text (INFINITY, "inf");
  assert_text (-INFINITY, "-inf");
  assert_text (NAN, "nan");
}

static void
test_float (void)
{
  g_autofree char *third = isc_float_to_text (1.0f / 3.0f);
  g_autofree char *tenth = isc_float_to_text (0.1f);

  g_assert_cmpstr (third, ==, "0.33333334");
  g_assert_cmpstr (tenth, ==, "0.1");
}

/* Every double, whatever its bits, comes back. */
static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++)
    {
      guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      double value, back;
      g_autofree char *text = NULL;

      memcpy (&value, &bits, sizeof value);
      text = isc_number_to_text (value);
      g_assert_true (isc_number_from_text (text, &back));
      assert_close (back, value, 0, 0);
    }
}

static void
test_label (void)
{
  assert_label (0.0360843918, 4, "0.03608");
  assert_label (-0.5, 4, "−0.5");
  assert_label (123456.0, 3, "123000");
  assert_label (1e6, 3, "10⁶");
  assert_label (-2.5e-9, 3, "−2.5×10⁻⁹");
  assert_label (9.9999e-5, 2, "0.0001");
  assert_label (0.0, 4, "0");
  assert_label (INFINITY, 4, "∞");
  assert_label (-INFINITY, 4, "−∞");
  assert_label (NAN, 4, "NaN");
}

static void
test_count (void)
{
  const guint64 counts[] = { 0, 999, 1000, 200704, 1234567890 };
  const char *const labels[] = { "0", "999", "1,000", "200,704", "1,234,567,890" };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *label = isc_count_to_label (counts[i]);

      g_assert_cmpstr (label, ==, labels[i]);
    }
}

static void
test_refused (void)
{
  const char *const texts[] = { "", " 1", "1 ", "0x10", "1,5", "abc", "1e", "--1" };
  double number;
  gint64 integer;
  guint64 seed;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_false (isc_number_from_text (texts[i], &number));
      g_assert_false (isc_integer_from_text (texts[i], &integer));
      g_assert_false (isc_seed_from_text (texts[i], &seed));
    }
  g_assert_false (isc_integer_from_text ("9223372036854775808", &integer));
  g_assert_false (isc_seed_from_text ("18446744073709551616", &seed));
}

static void
test_seed (void)
{
  guint64 seed;

  g_assert_true (isc_seed_from_text ("18446744073709551615", &seed));
  g_assert_cmpuint (seed, ==, G_MAXUINT64);
  g_assert_true (isc_seed_from_text ("-1", &seed));
  g_assert_cmpuint (seed, ==, G_MAXUINT64);
  g_assert_true (isc_seed_from_text ("-9223372036854775808", &seed));
  g_assert_cmpuint (seed, ==, (guint64) 1 << 63);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* In a comma locale, where there is one: LC_ALL says which. */
  setlocale (LC_ALL, "");
  g_test_add_func ("/base/number-text/text", test_text);
  g_test_add_func ("/base/number-text/float", test_float);
  g_test_add_func ("/base/number-text/round-trip", test_round_trip);
  g_test_add_func ("/base/number-text/label", test_label);
  g_test_add_func ("/base/number-text/count", test_count);
  g_test_add_func ("/base/number-text/refused", test_refused);
  g_test_add_func ("/base/number-text/seed", test_seed);
  return g_test_run ();
}
