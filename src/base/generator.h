/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/runtime.h"

/**
 * IscGenerator:
 *
 * PyTorch's CPU random number generator: MT19937 with PyTorch's seeding, and its ways of turning
 * words into numbers.  One generator belongs to one run and is consumed in PyTorch's order.
 *
 * "Bit-exact" below means against PyTorch's x86-64 builds with AVX2, whose vector code rounds as
 * written in BIBLIOGRAPHY.md, "PyTorch's generator".  Not locked.
 */
typedef struct _IscGenerator IscGenerator;

/**
 * isc_generator_new:
 * @seed: as torch.manual_seed() takes it; only its low 32 bits seed the words, as in PyTorch
 *
 * Returns: (transfer full): the generator
 */
IscGenerator *isc_generator_new (guint64 seed);
IscGenerator *isc_generator_copy (const IscGenerator *generator);

/** isc_generator_assign: makes @generator go on as @other would */
void isc_generator_assign (IscGenerator *generator, const IscGenerator *other);
void isc_generator_free (IscGenerator *generator);

/** isc_generator_get_bytes: Returns: the memory of one */
gsize isc_generator_get_bytes (void);

/** isc_generator_seed: starts again, as torch.manual_seed() does: a stored normal is dropped */
void isc_generator_seed (IscGenerator *generator, guint64 seed);

/**
 * isc_generator_set_vector_unit:
 * @unit: one that the processor has, see isc_runtime_vector_unit()
 *
 * A new generator uses the best.  All give the same bits, which is what tests need this for.
 */
void isc_generator_set_vector_unit (IscGenerator *generator, IscVectorUnit unit);

/** isc_generator_word: Returns: the next 32-bit word */
guint32 isc_generator_word (IscGenerator *generator);

/** isc_generator_word64: Returns: the next two words, the first one high */
guint64 isc_generator_word64 (IscGenerator *generator);

/** isc_generator_words: @words: (array length=n) (out caller-allocates): the next @n words */
void isc_generator_words (IscGenerator *generator, guint32 *words, gsize n);

/**
 * isc_generator_uniform:
 * @out: (array length=n) (out caller-allocates): the numbers
 * @low: lower bound, rounded to float32
 * @high: upper bound, rounded to float32
 *
 * Tensor.uniform_(low, high) on float32: fma(u, high - low, low), one word each.  @high itself can
 * occur by rounding.  Bit-exact.
 */
void isc_generator_uniform (IscGenerator *generator, float *out, gsize n, double low, double high);

/** isc_generator_uniform_double: Returns: a float64 in [0, 1) from two words */
double isc_generator_uniform_double (IscGenerator *generator);

/**
 * isc_generator_normal:
 * @out: (array length=n) (out caller-allocates): the numbers
 *
 * Tensor.normal_(mean, std) on a contiguous float32 tensor.  Below 16 numbers: double Box-Muller
 * with a stored spare.  From 16 on: blocks of 16 in float32, n words, or n + 16 if n is no
 * multiple of 16.  Bit-exact.
 */
void isc_generator_normal (IscGenerator *generator, float *out, gsize n, double mean, double std);

/**
 * isc_generator_renew_normal:
 * @out: (inout) (array length=n): numbers of isc_generator_normal()
 *
 * Draws what isc_generator_normal() draws, and takes of it only what stands where @out is below
 * @low or above
 * @high.  As cheap as its words, where few numbers are outside.
 *
 * Returns: whether a number is still outside
 */
gboolean isc_generator_renew_normal (
    IscGenerator *generator, float *out, gsize n, double mean, double std, float low, float high);

/**
 * isc_generator_integers:
 * @out: (array length=n) (out caller-allocates): the numbers
 *
 * torch.randint(low, high, (n,)): low + word mod (high - low), one word each for ranges below 2^28.
 * Bit-exact.
 */
void
isc_generator_integers (IscGenerator *generator, gint64 *out, gsize n, gint64 low, gint64 high);

/** isc_generator_seed_draw: Returns: torch.empty((), dtype=torch.int64).random_(): 63 bits of two
 * words */
gint64 isc_generator_seed_draw (IscGenerator *generator);

/**
 * isc_generator_permutation:
 * @out: (array length=n) (out caller-allocates): a permutation of 0..n-1
 *
 * torch.randperm(n), n - 1 words.  Bit-exact for n below 214,748,364.
 */
void isc_generator_permutation (IscGenerator *generator, gint64 *out, gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscGenerator, isc_generator_free)
