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

/* The words of up to @left blocks, at least of one: where they stand, or @across where the
 * generator makes the words of one block in two goes. */
static const guint32 *
take_blocks (IscGenerator *generator, gsize left, guint32 *across, guint *n_blocks)
{
  const guint32 *words;

  *n_blocks = (guint)MIN (left, available (generator) / BLOCK);
  if (*n_blocks == 0)
    {
      *n_blocks = 1;
      isc_generator_words (generator, across, BLOCK);
      return across;
    }
  words = generator->words + generator->position;
  generator->position += *n_blocks * BLOCK;
  return words;
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
isc_generator_assign (IscGenerator *generator, const IscGenerator *other)
{
  *generator = *other;
}

void
isc_generator_free (IscGenerator *generator)
{
  g_free (generator);
}

gsize
isc_generator_get_bytes (void)
{
  return sizeof (IscGenerator);
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
  guint32 across[BLOCK];

  if (n < BLOCK)
    {
      for (gsize i = 0; i < n; i++)
        out[i] = (float)(unit_normal (generator) * std + mean);
      return;
    }

  for (gsize left = n / BLOCK; left > 0;)
    {
      guint n_blocks;
      const guint32 *words = take_blocks (generator, left, across, &n_blocks);

      generator->kernels->normal (words, out, n_blocks, (float)mean, (float)std);
      out += n_blocks * BLOCK;
      left -= n_blocks;
    }
  if (n % BLOCK != 0)
    {
      /* The last 16 positions are drawn again: PyTorch overwrites finished values here too. */
      isc_generator_words (generator, across, n % BLOCK);
      isc_generator_words (generator, across, BLOCK);
      generator->kernels->normal (across, out + n % BLOCK - BLOCK, 1, (float)mean, (float)std);
    }
}

gboolean
isc_generator_renew_normal (
    IscGenerator *generator, float *out, gsize n, double mean, double std, float low, float high)
{
  /* The end is drawn like a tensor of its own: fewer than 16 numbers, or a block and a rest. */
  gsize end = n < BLOCK ? n : n % BLOCK == 0 ? 0 : BLOCK + n % BLOCK;
  guint32 across[BLOCK];
  float fresh[2 * BLOCK];
  gboolean any = FALSE;

  for (gsize left = (n - end) / BLOCK; left > 0;)
    {
      guint n_blocks;
      const guint32 *words = take_blocks (generator, left, across, &n_blocks);

      any |= generator->kernels->renew (words, out, n_blocks, (float)mean, (float)std, low, high);
      out += n_blocks * BLOCK;
      left -= n_blocks;
    }
  if (end > 0)
    isc_generator_normal (generator, fresh, end, mean, std);
  for (gsize i = 0; i < end; i++)
    {
      if (out[i] < low || out[i] > high)
        out[i] = fresh[i];
      any |= out[i] < low || out[i] > high;
    }
  return any;
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
