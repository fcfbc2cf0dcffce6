/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schemes/draw.h"

/* Normals drawn at a time to replace those that fell outside. */
#define SPARE 64

/* Below this share inside, drawing again takes longer than the inverse. */
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

static void
invert (const IscLaw *law, IscGenerator *generator, float *data, gsize n)
{
  /* Middles of 2^24 steps: neither end, which an open side puts at infinity. */
  for (gsize i = 0; i < n; i++)
    data[i] = (float)isc_law_quantile (law, ((double)(isc_generator_word (generator) >> 8) + 0.5)
                                                * 0x1p-24);
}

static void
draw_truncated (const IscLaw *law, IscGenerator *generator, float *data, gsize n)
{
  IscLaw whole = isc_law_normal (law->mean, law->std);
  double inside = isc_law_cumulative (&whole, law->b) - isc_law_cumulative (&whole, law->a);

  if (inside >= ENOUGH_INSIDE)
    draw_again (law, generator, data, n);
  else
    invert (law, generator, data, n);
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
