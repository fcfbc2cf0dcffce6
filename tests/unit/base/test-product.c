/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Products on every vector unit of the processor against sums in double, of all small sizes and of
 * some that cross the kernels' panels. */

#include "base/product.h"

#include <math.h>
#include <string.h>

#include "base/generator.h"
#include "base/product-kernels.h"
#include "support/reference.h"

static const IscProductKernels *const kernels[] = {
  &isc_product_kernels_baseline,
#ifdef ISC_HAVE_X86_64_LEVELS
  &isc_product_kernels_v3,
  &isc_product_kernels_v4,
#endif
};

/* What C starts from, and whether A and B lie on their sides. */
typedef enum
{
  START_ZERO,
  START_ROW,
  START_C,
} Start;

/* Numbers in memory of exactly their size: a sanitizer sees when others are read. */
static float *
draw (IscGenerator *generator, gsize n)
{
  float *x = g_new (float, n);

  isc_generator_uniform (generator, x, n, -1.0, 1.0);
  return x;
}

/* C's rows are @gap numbers apart, which are to stay as they were. */
static void
check (IscGenerator *generator,
       const IscProductKernels *unit,
       gsize rows,
       gsize columns,
       gsize depth,
       guint layout,
       Start start)
{
  const gsize gap = 3;
  gboolean a_on_side = layout & 1;
  gboolean b_on_side = layout & 2;
  IscProduct product = {
    .rows = rows,
    .columns = columns,
    .depth = depth,
    .a_row = a_on_side ? 1 : depth,
    .a_column = a_on_side ? rows : 1,
    .b_row = b_on_side ? 1 : columns,
    .b_column = b_on_side ? depth : 1,
    .c_row = columns + gap,
    .start_row = start == START_C ? columns + gap : 0,
  };
  gsize n_c = rows * product.c_row - gap;
  g_autofree float *a = draw (generator, rows * depth);
  g_autofree float *b = draw (generator, depth * columns);
  g_autofree float *bias = draw (generator, columns);
  g_autofree float *before = draw (generator, n_c);
  g_autofree float *c = g_memdup2 (before, n_c * sizeof *c);

  unit->multiply (&product, a, b, start == START_ZERO ? NULL : start == START_ROW ? bias : c, c);
  for (gsize i = 0; i < n_c; i++)
    {
      gsize row = i / product.c_row;
      gsize column = i % product.c_row;
      double sum = 0.0, size = 0.0;

      if (column >= columns)
        {
          g_assert_cmpfloat (c[i], ==, before[i]);
          continue;
        }
      if (start != START_ZERO)
        sum = (double)(start == START_ROW ? bias[column] : before[i]);
      size = fabs (sum);
      for (gsize p = 0; p < depth; p++)
        {
          double term = (double)a[row * product.a_row + p * product.a_column]
                        * (double)b[p * product.b_row + column * product.b_column];

          sum += term;
          size += fabs (term);
        }
      /* What recursive summation may be off by (Higham 2002, section 4.2) is depth + 1 roundings of
       * the sum of sizes; a random walk of them stays far within. */
      g_assert_cmpfloat (fabs ((double)c[i] - sum), <=,
                         0x1p-24 * (2.0 + 2.0 * sqrt ((double)depth)) * size);
    }
}

static void
test_sizes (void)
{
  static const gsize sizes[] = { 1, 2, 3, 5, 6, 7, 8, 9, 13, 16, 17, 31, 32, 33, 50 };
  g_autoptr (IscGenerator) generator = isc_generator_new (0);

  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
        for (guint k = 0; k < G_N_ELEMENTS (sizes); k += 2)
          check (generator, kernels[unit], sizes[i], sizes[j], sizes[k], (i + j + k / 2) % 4,
                 (Start)((i + 2 * j + k) % 3));
}

/* All that a panel holds, one less and one more, in every layout. */
static void
test_panels (void)
{
  static const gsize depths[] = { 127, 128, 129, 255, 256, 257, 600 };
  g_autoptr (IscGenerator) generator = isc_generator_new (1);

  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
      for (guint layout = 0; layout < 4; layout++)
        for (Start start = START_ZERO; start <= START_C; start++)
          check (generator, kernels[unit], 19, 64 + i, depths[i], layout, start);
}

static void
test_nothing_deep (void)
{
  IscProduct product = { .rows = 2, .columns = 3, .depth = 0, .a_row = 1, .b_row = 1, .c_row = 3 };
  const float bias[3] = { 0.25f, -2.385f, 7.0f };

  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    {
      float c[6];

      kernels[unit]->multiply (&product, bias, bias, bias, c);
      g_assert_cmpmem (c, sizeof bias, bias, sizeof bias);
      g_assert_cmpmem (c + 3, sizeof bias, bias, sizeof bias);
    }
}

/* 0 times infinity is not a number, and no product is left out for a factor of 0. */
static void
test_not_finite (void)
{
  IscProduct product = { .rows = 1,
                         .columns = 1,
                         .depth = 2,
                         .a_row = 2,
                         .a_column = 1,
                         .b_row = 1,
                         .b_column = 1,
                         .c_row = 1 };
  const float a[] = { 0.0f, 1.0f };
  const float b[] = { INFINITY, 1.0f };
  float c;

  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    {
      kernels[unit]->multiply (&product, a, b, NULL, &c);
      g_assert_true (isnan (c));
    }
}

static void
test_add_rows (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (2);

  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    for (gsize rows = 1; rows <= 12; rows++)
      for (gsize columns = 1; columns <= 40; columns++)
        {
          g_autofree float *x = draw (generator, rows * columns);
          g_autofree float *sums = g_new (float, columns);

          kernels[unit]->add_rows (x, rows, columns, sums);
          for (gsize j = 0; j < columns; j++)
            {
              double sum = 0.0;

              for (gsize i = 0; i < rows; i++)
                sum += (double)x[i * columns + j];
              /* Twelve numbers below 1, eleven roundings of sums below 12. */
              g_assert_cmpfloat (fabs ((double)sums[j] - sum), <=, 11.0 * 12.0 * 0x1p-24);
            }
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/product/sizes", test_sizes);
  g_test_add_func ("/base/product/panels", test_panels);
  g_test_add_func ("/base/product/nothing-deep", test_nothing_deep);
  g_test_add_func ("/base/product/not-finite", test_not_finite);
  g_test_add_func ("/base/product/add-rows", test_add_rows);
  return g_test_run ();
}
