/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/text.h"

#include <string.h>

#include "support/reference.h"

static const IscFont font = { 14.0, FALSE };

static void
test_width (void)
{
  g_autoptr (IscTypesetter) typesetter = isc_typesetter_new ("DejaVu Sans");
  IscFont large = { 28.0, FALSE }, bold = { 14.0, TRUE };
  double width = isc_typesetter_width (typesetter, font, "fan_in 784"), ascent, descent;

  g_assert_cmpfloat (width, >, 40.0);
  g_assert_cmpfloat (isc_typesetter_width (typesetter, bold, "fan_in 784"), >, width);
  /* No hinting: twice the size is twice as wide, up to Pango's unit of 1/1024 px a glyph. */
  assert_close (isc_typesetter_width (typesetter, large, "fan_in 784"), 2.0 * width, 0.0, 0.05);
  g_assert_cmpfloat (isc_typesetter_width (typesetter, font, ""), ==, 0.0);
  isc_typesetter_metrics (typesetter, font, &ascent, &descent);
  g_assert_cmpfloat (ascent, >, descent);
  g_assert_cmpfloat (descent, >, 0.0);
}

static void
test_shorten (void)
{
  g_autoptr (IscTypesetter) typesetter = isc_typesetter_new ("DejaVu Sans");
  const char *name = "keras.initializers.VarianceScaling(scale=2.0) ∇σ";
  double full = isc_typesetter_width (typesetter, font, name);

  for (double width = 0.0; width < full + 20.0; width += 7.0)
    {
      g_autofree char *text = isc_typesetter_shorten (typesetter, font, name, width);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpfloat (isc_typesetter_width (typesetter, font, text), <=, width);
      if (width >= full)
        g_assert_cmpstr (text, ==, name);
      else if (*text != '\0')
        g_assert_nonnull (strstr (text, "…"));
    }
}

static void
test_wrap (void)
{
  g_autoptr (IscTypesetter) typesetter = isc_typesetter_new ("DejaVu Sans");
  const char *text
      = "n 200,704 · 87 bins of 0.0049 (auto) · KDE Silverman h 0.0040 · seed 42 · PyTorch 2.12";
  g_auto (GStrv) lines = isc_typesetter_wrap (typesetter, font, text, 200.0, 100);
  g_auto (GStrv) cut = isc_typesetter_wrap (typesetter, font, text, 200.0, 2);
  g_autofree char *joined = g_strjoinv (" ", lines);

  g_assert_cmpstr (joined, ==, text);
  g_assert_cmpuint (g_strv_length (lines), >, 2);
  for (char **line = lines; *line != NULL; line++)
    g_assert_cmpfloat (isc_typesetter_width (typesetter, font, *line), <=, 200.0);
  g_assert_cmpuint (g_strv_length (cut), ==, 2);
  g_assert_true (g_str_has_suffix (cut[1], "…"));
  /* The cut is as wide as the line at most, also where no word fits. */
  for (double width = 10.0; width < 600.0; width += 13.0)
    {
      g_auto (GStrv) one = isc_typesetter_wrap (typesetter, font, text, width, 1);

      g_assert_cmpuint (g_strv_length (one), ==, 1);
      g_assert_true (g_utf8_validate (one[0], -1, NULL));
      if (width > 20.0)
        g_assert_cmpfloat (isc_typesetter_width (typesetter, font, one[0]), <=, width);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/text/width", test_width);
  g_test_add_func ("/plot/text/shorten", test_shorten);
  g_test_add_func ("/plot/text/wrap", test_wrap);
  return g_test_run ();
}
