/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number-text.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "support/comma-locale.h"
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
  assert_text (1e15, "1000000000000000");
  assert_text (1e16, "1e+16");
  assert_text (0.00001, "1e-05");
  assert_text (-0.0, "-0");
  assert_text (1e300, "1e+300");
  assert_text (DBL_MAX, "1.7976931348623157e+308");
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
  g_autofree char *large = isc_float_to_text (16777216.0f);
  g_autofree char *least = isc_float_to_text (1e-45f);
  g_autofree char *most = isc_float_to_text (FLT_MAX);
  g_autofree char *infinite = isc_float_to_text (-INFINITY);

  g_assert_cmpstr (third, ==, "0.33333334");
  g_assert_cmpstr (tenth, ==, "0.1");
  g_assert_cmpstr (large, ==, "16777216");
  g_assert_cmpstr (least, ==, "1e-45");
  g_assert_cmpstr (most, ==, "3.4028235e+38");
  g_assert_cmpstr (infinite, ==, "-inf");
}

/* The shortest: one digit less, and it is another number.  Whole numbers are written out. */
static void
test_shortest (void)
{
  for (int i = 0; i < 2000; i++)
    {
      guint32 bits = (guint32)g_test_rand_int ();
      g_autofree char *text = NULL;
      g_autofree char *shorter = NULL;
      float value;
      gsize digits = 0;

      memcpy (&value, &bits, sizeof value);
      if (!isfinite (value))
        continue;
      text = isc_float_to_text (value);
      g_assert_true ((float)g_ascii_strtod (text, NULL) == value);
      for (const char *c = text; *c && *c != 'e'; c++)
        digits += g_ascii_isdigit (*c) && (digits > 0 || *c != '0');
      g_assert_cmpuint (digits, <=, strpbrk (text, ".e") ? FLT_DECIMAL_DIG : 16);
      if (digits < 2 || !strpbrk (text, ".e"))
        continue;
      shorter = g_strdup_printf ("%.*e", (int)digits - 2, (double)value);
      g_assert_false ((float)g_strtod (shorter, NULL) == value);
    }
}

/* Every double, whatever its bits, comes back. */
static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++)
    {
      guint64 bits = (guint64)g_test_rand_int () << 32 | (guint32)g_test_rand_int ();
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
  g_assert_cmpuint (seed, ==, (guint64)1 << 63);
}

/* All of it again where printf() and strtod() take a comma. */
static void
test_comma_locale (void)
{
  comma_locale_enter ();
  test_text ();
  test_float ();
  test_round_trip ();
  test_label ();
  test_count ();
  test_refused ();
  test_seed ();
  comma_locale_leave ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/number-text/text", test_text);
  g_test_add_func ("/base/number-text/float", test_float);
  g_test_add_func ("/base/number-text/shortest", test_shortest);
  g_test_add_func ("/base/number-text/round-trip", test_round_trip);
  g_test_add_func ("/base/number-text/label", test_label);
  g_test_add_func ("/base/number-text/count", test_count);
  g_test_add_func ("/base/number-text/refused", test_refused);
  g_test_add_func ("/base/number-text/seed", test_seed);
  g_test_add_func ("/base/number-text/comma-locale", test_comma_locale);
  return g_test_run ();
}
