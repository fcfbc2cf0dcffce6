/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/colormap.h"

#include <math.h>

#include "support/reference.h"

static double
linear (double component)
{
  return component <= 0.04045 ? component / 12.92 : pow ((component + 0.055) / 1.055, 2.4);
}

/* CIE lightness. */
static double
lightness (const double rgb[3])
{
  double y = 0.2126 * linear (rgb[0]) + 0.7152 * linear (rgb[1]) + 0.0722 * linear (rgb[2]);

  return y > 216.0 / 24389.0 ? 116.0 * cbrt (y) - 16.0 : y * 24389.0 / 27.0;
}

static double
lightness_at (IscColorMap map, IscThemeId id, double fraction)
{
  double rgb[3];

  isc_color_map_rgb (map, isc_theme_get (id), fraction, rgb);
  for (int i = 0; i < 3; i++)
    g_assert_true (rgb[i] >= 0.0 && rgb[i] <= 1.0);
  return lightness (rgb);
}

/* The order of numbers is that of lightness, without regard to hue. */
static void
test_monotone (void)
{
  for (IscThemeId id = ISC_THEME_LIGHT; id < ISC_N_THEMES; id++)
    {
      double sign = isc_theme_get (id)->ground[0] < 0.5 ? 1.0 : -1.0;

      for (int i = 1; i <= 100; i++)
        {
          g_assert_cmpfloat (lightness_at (ISC_MAP_SEQUENTIAL, id, i / 100.0), >,
                             lightness_at (ISC_MAP_SEQUENTIAL, id, (i - 1) / 100.0));
          for (int side = -1; side <= 1; side += 2)
            g_assert_cmpfloat (sign * lightness_at (ISC_MAP_DIVERGING, id, 0.5 + side * i / 200.0),
                               >,
                               sign
                                   * lightness_at (ISC_MAP_DIVERGING, id,
                                                   0.5 + side * (i - 1) / 200.0));
        }
    }
}

/* As much below zero is as light as as much above; the ends are far from the middle, and ink, the
 * colour of what is no number, is far from all of them. */
static void
test_diverging (void)
{
  for (IscThemeId id = ISC_THEME_LIGHT; id < ISC_N_THEMES; id++)
    {
      double ink = lightness (isc_theme_get (id)->ink);

      for (int i = 0; i <= 50; i++)
        {
          double below = lightness_at (ISC_MAP_DIVERGING, id, 0.5 - i / 100.0);
          double above = lightness_at (ISC_MAP_DIVERGING, id, 0.5 + i / 100.0);

          /* OKLab's lightness is even, CIE's differs from it by a few units in saturated colours.
           */
          assert_close (below, above, 0.0, 7.0);
          g_assert_cmpfloat (fabs (below - ink), >, 14.0);
          g_assert_cmpfloat (fabs (above - ink), >, 14.0);
        }
      g_assert_cmpfloat (fabs (lightness_at (ISC_MAP_DIVERGING, id, 0.0)
                               - lightness_at (ISC_MAP_DIVERGING, id, 0.5)),
                         >, 50.0);
    }
}

/* Sides are told apart by the amount of blue against red under every vision (Machado, Oliveira and
 * Fernandes 2009, severity 1, on linear components). */
static void
test_sides (void)
{
  static const double visions[4][3][3] = {
    { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
    { { 0.152286, 1.052583, -0.204868 },
      { 0.114503, 0.786281, 0.099216 },
      { -0.003882, -0.048116, 1.051998 } },
    { { 0.367322, 0.860646, -0.227968 },
      { 0.280085, 0.672501, 0.047413 },
      { -0.011820, 0.042940, 0.968881 } },
    { { 1.255528, -0.076749, -0.178779 },
      { -0.078411, 0.930809, 0.147602 },
      { 0.004733, 0.691367, 0.303900 } },
  };

  for (IscThemeId id = ISC_THEME_LIGHT; id < ISC_N_THEMES; id++)
    for (int v = 0; v < 4; v++)
      for (int i = 20; i <= 50; i++)
        {
          double seen[2][3], away = 0.0;

          for (int side = 0; side < 2; side++)
            {
              double rgb[3];

              isc_color_map_rgb (ISC_MAP_DIVERGING, isc_theme_get (id),
                                 0.5 + (side ? 1 : -1) * i / 100.0, rgb);
              for (int k = 0; k < 3; k++)
                {
                  double c = visions[v][k][0] * linear (rgb[0]) + visions[v][k][1] * linear (rgb[1])
                             + visions[v][k][2] * linear (rgb[2]);

                  seen[side][k] = cbrt (CLAMP (c, 0.0, 1.0));
                }
            }
          for (int k = 0; k < 3; k++)
            away += (seen[0][k] - seen[1][k]) * (seen[0][k] - seen[1][k]);
          /* A fifth of the way from black to white, from 40 % of the range on. */
          g_assert_cmpfloat (sqrt (away), >, 0.2);
        }
}

static void
test_pixels (void)
{
  guint32 pixels[ISC_COLOR_MAP_STEPS];
  double white[] = { 1.0, 1.0, 1.0 }, rgb[] = { 1.0, 0.5, 0.0 };

  g_assert_cmphex (isc_color_pixel (white), ==, 0xffffffff);
  g_assert_cmphex (isc_color_pixel (rgb), ==, 0xffff8000);
  isc_color_map_pixels (ISC_MAP_SEQUENTIAL, isc_theme_get (ISC_THEME_LIGHT), pixels);
  /* Viridis, dark and bright end. */
  g_assert_cmphex (pixels[0], ==, 0xff440154);
  g_assert_cmphex (pixels[ISC_COLOR_MAP_STEPS - 1], ==, 0xfffde725);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/colormap/monotone", test_monotone);
  g_test_add_func ("/plot/colormap/diverging", test_diverging);
  g_test_add_func ("/plot/colormap/sides", test_sides);
  g_test_add_func ("/plot/colormap/pixels", test_pixels);
  return g_test_run ();
}
