/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schemes/draw.h"

#include <math.h>

/* Normals drawn at a time to replace those that fell outside. */
#define SPARE 512

/* Below this share inside, a normal takes more draws than a tail has work. */
#define ENOUGH_INSIDE 0.05

typedef struct
{
  float numbers[SPARE];
  guint position;
} Spare;

static void
draw_again (const IscLaw *law, IscGenerator *generator, float *data, gsize n)
{
  float a = (float)law->a;
  float b = (float)law->b;
  Spare spare = { .position = SPARE };

  isc_generator_normal (generator, data, n, law->mean, law->std);
  for (gsize i = 0; i < n; i++)
    while (!(data[i] >= a && data[i] <= b))
      {
        if (spare.position == SPARE)
          {
            isc_generator_normal (generator, spare.numbers, SPARE, law->mean, law->std);
            spare.position = 0;
          }
        data[i] = spare.numbers[spare.position++];
      }
}

/* A tail, or a narrow band: Robert 1995, section 2.  Candidates fall off exponentially from the end
 * that is nearer to the mean, as fast as the normal does there, and most are accepted wherever that
 * is; around the mean itself they are uniform. */
static void
draw_tail (const IscLaw *law, IscGenerator *generator, float *data, gsize n)
{
  double a = (law->a - law->mean) / law->std;
  double b = (law->b - law->mean) / law->std;
  double side = a + b < 0 ? -1 : 1;
  double nearer = side > 0 ? a : -b;
  double width = b - a;
  double rate = fmax (nearer, 0);
  double mass = -expm1 (-rate * width);

  for (gsize i = 0; i < n; i++)
    {
      double u, z;

      do
        {
          u = isc_generator_uniform_double (generator);
          z = nearer + (rate > 0 ? -log1p (-u * mass) / rate : u * width);
        }
      while (isc_generator_uniform_double (generator) > exp (-0.5 * (z - rate) * (z - rate)));
      /* Rounding may step over an end. */
      data[i] = (float)CLAMP (law->mean + law->std * side * z, law->a, law->b);
    }
}

static void
draw_truncated (const IscLaw *law, IscGenerator *generator, float *data, gsize n)
{
  IscLaw whole = isc_law_normal (law->mean, law->std);
  double inside = isc_law_cumulative (&whole, law->b) - isc_law_cumulative (&whole, law->a);

  if (inside >= ENOUGH_INSIDE)
    draw_again (law, generator, data, n);
  else
    draw_tail (law, generator, data, n);
}

void
isc_draw_law (const IscLaw *law, IscGenerator *generator, float *data, gsize n)
{
  float value;

  g_return_if_fail (law->kind != ISC_LAW_NONE && law->kind != ISC_LAW_SPHERE && law->zeros == 0);

  if (!isc_law_has_density (law))
    {
      value = (float)isc_law_mean (law);
      for (gsize i = 0; i < n; i++)
        data[i] = value;
    }
  else if (law->kind == ISC_LAW_UNIFORM)
    isc_generator_uniform (generator, data, n, law->a, law->b);
  else if (law->kind == ISC_LAW_NORMAL)
    isc_generator_normal (generator, data, n, law->mean, law->std);
  else
    draw_truncated (law, generator, data, n);
}
