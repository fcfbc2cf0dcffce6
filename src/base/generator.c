/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/generator.h"

#include <math.h>
#include <string.h>

#include "base/generator-kernels.h"

/* From this size on a float32 tensor is filled in blocks of 16. */
#define BLOCK 16

struct _IscGenerator
{
  guint32 state[ISC_MT_WORDS];
  guint32 words[ISC_MT_WORDS];
  guint position;
  gboolean has_spare;
  double spare;
  const IscGeneratorKernels *kernels;
};

static const IscGeneratorKernels *const kernels[] = {
  &isc_generator_kernels_baseline,
#ifdef ISC_HAVE_X86_64_LEVELS
  &isc_generator_kernels_v3,
  &isc_generator_kernels_v4,
#endif
};

/* Makes at least one word available and returns how many there are. */
static gsize
available (IscGenerator *generator)
{
  if (generator->position == ISC_MT_WORDS)
    {
      generator->kernels->refill (generator->state, generator->words);
      generator->position = 0;
    }
  return ISC_MT_WORDS - generator->position;
}

/* Box and Muller's two normals; the second waits as the spare. */
static double
unit_normal (IscGenerator *generator)
{
  double angle, radius;

  if (generator->has_spare)
    {
      generator->has_spare = FALSE;
      return generator->spare;
    }
  angle = 2.0 * G_PI * isc_generator_uniform_double (generator);
  radius = sqrt (-2.0 * log1p (-isc_generator_uniform_double (generator)));
  generator->spare = radius * sin (angle);
  generator->has_spare = TRUE;
  return radius * cos (angle);
}

IscGenerator *
isc_generator_new (guint64 seed)
{
  IscGenerator *generator = g_new0 (IscGenerator, 1);

  isc_generator_set_vector_unit (generator, isc_runtime_vector_unit ());
  isc_generator_seed (generator, seed);
  return generator;
}

IscGenerator *
isc_generator_copy (const IscGenerator *generator)
{
  IscGenerator *copy = g_new (IscGenerator, 1);

  *copy = *generator;
  return copy;
}

void
isc_generator_free (IscGenerator *generator)
{
  g_free (generator);
}

void
isc_generator_seed (IscGenerator *generator, guint64 seed)
{
  guint32 *state = generator->state;

  /* Matsumoto and Nishimura's recurrence of 2002; PyTorch drops the seed's upper half. */
  state[0] = (guint32)seed;
  for (guint32 i = 1; i < ISC_MT_WORDS; i++)
    state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
  generator->position = ISC_MT_WORDS;
  generator->has_spare = FALSE;
}

void
isc_generator_set_vector_unit (IscGenerator *generator, IscVectorUnit unit)
{
  g_return_if_fail (unit <= isc_runtime_vector_unit ());

  generator->kernels = kernels[unit];
}

guint32
isc_generator_word (IscGenerator *generator)
{
  available (generator);
  return generator->words[generator->position++];
}

guint64
isc_generator_word64 (IscGenerator *generator)
{
  guint64 high = isc_generator_word (generator);

  return high << 32 | isc_generator_word (generator);
}

void
isc_generator_words (IscGenerator *generator, guint32 *words, gsize n)
{
  while (n > 0)
    {
      gsize part = MIN (n, available (generator));

      memcpy (words, generator->words + generator->position, part * sizeof *words);
      generator->position += (guint)part;
      words += part;
      n -= part;
    }
}

void
isc_generator_uniform (IscGenerator *generator, float *out, gsize n, double low, double high)
{
  float width = (float)high - (float)low;

  while (n > 0)
    {
      gsize part = MIN (n, available (generator));

      generator->kernels->uniform (generator->words + generator->position, out, part, (float)low,
                                   width);
      generator->position += (guint)part;
      out += part;
      n -= part;
    }
}

double
isc_generator_uniform_double (IscGenerator *generator)
{
  return (double)(isc_generator_word64 (generator) & ((G_GUINT64_CONSTANT (1) << 53) - 1))
         * 0x1p-53;
}

void
isc_generator_normal (IscGenerator *generator, float *out, gsize n, double mean, double std)
{
  guint32 words[BLOCK];

  if (n < BLOCK)
    {
      for (gsize i = 0; i < n; i++)
        out[i] = (float)(unit_normal (generator) * std + mean);
      return;
    }

  for (gsize left = n / BLOCK; left > 0;)
    {
      guint part = (guint)MIN (left, available (generator) / BLOCK);

      if (part > 0)
        {
          generator->kernels->normal (generator->words + generator->position, out, part,
                                      (float)mean, (float)std);
          generator->position += part * BLOCK;
        }
      else
        {
          /* A block whose words the generator makes in two goes. */
          part = 1;
          isc_generator_words (generator, words, BLOCK);
          generator->kernels->normal (words, out, 1, (float)mean, (float)std);
        }
      out += part * BLOCK;
      left -= part;
    }
  if (n % BLOCK != 0)
    {
      /* The last 16 positions are drawn again: PyTorch overwrites finished values here too. */
      isc_generator_words (generator, words, n % BLOCK);
      isc_generator_words (generator, words, BLOCK);
      generator->kernels->normal (words, out + n % BLOCK - BLOCK, 1, (float)mean, (float)std);
    }
}

void
isc_generator_integers (IscGenerator *generator, gint64 *out, gsize n, gint64 low, gint64 high)
{
  guint64 range = (guint64)high - (guint64)low;

  g_return_if_fail (low < high);

  for (gsize i = 0; i < n; i++)
    {
      guint64 word
          = range >= (1u << 28) ? isc_generator_word64 (generator) : isc_generator_word (generator);

      out[i] = (gint64)((guint64)low + word % range);
    }
}

gint64
isc_generator_seed_draw (IscGenerator *generator)
{
  return (gint64)(isc_generator_word64 (generator) & (guint64)G_MAXINT64);
}

void
isc_generator_permutation (IscGenerator *generator, gint64 *out, gsize n)
{
  g_return_if_fail (n <= G_MAXINT32);

  for (gsize i = 0; i < n; i++)
    out[i] = (gint64)i;
  for (gsize done = 0; done + 1 < n;)
    {
      guint32 others[ISC_MT_WORDS];
      gsize part = MIN (n - 1 - done, available (generator));
      gint64 *from = out + done;

      generator->kernels->remainders (generator->words + generator->position, others, (guint)part,
                                      (guint32)(n - done));
      for (gsize i = 0; i < part; i++)
        {
          gint64 kept = from[i];

          from[i] = from[i + others[i]];
          from[i + others[i]] = kept;
        }
      generator->position += (guint)part;
      done += part;
    }
}
