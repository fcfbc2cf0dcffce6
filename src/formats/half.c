/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/half.h"

#include <math.h>

float
isc_half_to_float (guint16 half)
{
  int exponent = (half >> 10) & 31;
  float fraction = (float)(half & 1023);
  float value;

  if (exponent == 0)
    value = ldexpf (fraction, -24);
  else if (exponent == 31)
    value = fraction == 0.0f ? INFINITY : NAN;
  else
    value = ldexpf (fraction + 1024.0f, exponent - 25);
  return half & 0x8000 ? -value : value;
}
