/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/colormap.h"

#include <math.h>

/* Hues in OKLab: the blue and the vermilion of the series, in degrees. */
#define BLUE 243.0
#define VERMILION 48.0

/* Chroma at the distance u from the middle is RISE u - FALL u^2: the most where sRGB has most. */
#define RISE 0.40
#define FALL 0.30

/* How much of a series colour there is in its tints: points of the colour itself are seen on all.
 */
#define LEAST_TINT 0.05
#define MOST_TINT 0.45

/* Viridis by Smith and van der Walt (2015), every eighth of it; between them it is nearly straight.
 */
static const double viridis[][3] = {
  { 0.267, 0.005, 0.329 }, { 0.279, 0.175, 0.483 }, { 0.230, 0.322, 0.546 },
  { 0.173, 0.449, 0.558 }, { 0.128, 0.567, 0.551 }, { 0.158, 0.684, 0.502 },
  { 0.369, 0.789, 0.383 }, { 0.678, 0.864, 0.190 }, { 0.993, 0.906, 0.144 },
};

static double
encode (double linear)
{
  linear = CLAMP (linear, 0.0, 1.0);
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow (linear, 1.0 / 2.4) - 0.055;
}

static void
oklab_to_rgb (double lightness, double a, double b, double rgb[3])
{
  double l = pow (lightness + 0.3963377774 * a + 0.2158037573 * b, 3.0);
  double m = pow (lightness - 0.1055613458 * a - 0.0638541728 * b, 3.0);
  double s = pow (lightness - 0.0894841775 * a - 1.2914855480 * b, 3.0);

  rgb[0] = encode (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  rgb[1] = encode (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  rgb[2] = encode (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
}

void
isc_color_map_rgb (IscColorMap map, const IscTheme *theme, double fraction, double rgb[3])
{
  fraction = CLAMP (fraction, 0.0, 1.0);
  if (map == ISC_MAP_DIVERGING)
    {
      double u = fabs (2.0 * fraction - 1.0), chroma = RISE * u - FALL * u * u;
      double hue = (fraction < 0.5 ? BLUE : VERMILION) * G_PI / 180.0;

      oklab_to_rgb (theme->map_neutral + u * (theme->map_end - theme->map_neutral),
                    chroma * cos (hue), chroma * sin (hue), rgb);
    }
  else if (map == ISC_MAP_SERIES)
    {
      double at = fraction * ISC_N_SERIES_COLORS;
      int color = MIN ((int)at, ISC_N_SERIES_COLORS - 1);
      double tint = LEAST_TINT + (MOST_TINT - LEAST_TINT) * (at - color);

      for (int i = 0; i < 3; i++)
        rgb[i] = theme->ground[i] + tint * (theme->series[color][i] - theme->ground[i]);
    }
  else
    {
      double at = fraction * (G_N_ELEMENTS (viridis) - 1);
      gsize step = MIN ((gsize)at, G_N_ELEMENTS (viridis) - 2);

      for (int i = 0; i < 3; i++)
        rgb[i] = viridis[step][i] + (at - (double)step) * (viridis[step + 1][i] - viridis[step][i]);
    }
}

void
isc_color_map_pixels (IscColorMap map, const IscTheme *theme, guint32 pixels[ISC_COLOR_MAP_STEPS])
{
  for (int i = 0; i < ISC_COLOR_MAP_STEPS; i++)
    {
      double rgb[3];

      isc_color_map_rgb (map, theme, i / (ISC_COLOR_MAP_STEPS - 1.0), rgb);
      pixels[i] = isc_color_pixel (rgb);
    }
}

guint32
isc_color_pixel (const double rgb[3])
{
  guint32 pixel = 0xff;

  for (int i = 0; i < 3; i++)
    pixel = pixel << 8 | (guint32)(255.0 * CLAMP (rgb[i], 0.0, 1.0) + 0.5);
  return pixel;
}
