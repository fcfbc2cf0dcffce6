/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compiled with -ffp-contract=fast: a product and a sum are one operation where the vector unit has
 * it.
 *
 * C is made in tiles of ROWS by WIDTH vectors that stay in registers while the depth is walked:
 * each step loads WIDTH vectors of B and multiplies them by ROWS numbers of A.  B is read in panels
 * as wide as a tile, copied where that makes their rows lie one after another: rows that are a
 * power of two apart would drive each other out of the first cache.
 * Goto, van de Geijn 2008, Anatomy of high-performance matrix multiplication. */

#include "base/product-kernels.h"

#include "base/lanes.h"

/* Vectors in a row of a tile, and rows: with a vector or two for B, what the registers hold. */
#define WIDTH 2
#if ISC_LANES == 16
#define ROWS 8
#else
#define ROWS 6
#endif

/* Rows of a panel: it stays in the second cache, and its part at hand in the first. */
#define DEPTH ((gsize)256)

/* A panel of fewer numbers, or one that is read but once, is read where it is. */
#define SMALL ((gsize)16384)

/* One tile: A's corner, B's panel and where C begins.  @n_last: of the last vector's numbers, how
 * many C has. */
typedef struct
{
  const IscProduct *product;
  gsize depth;
  const float *a;
  const float *b;
  gsize b_row;
  const float *start;
  gsize start_row;
  float *c;
  gsize n_last;
} Tile;

static inline __attribute__ ((always_inline)) void
run (const Tile *t, const gsize rows, const gsize width, const gboolean a_by_rows)
{
  gsize a_row = a_by_rows ? t->product->a_row : 1;
  gsize a_column = a_by_rows ? 1 : t->product->a_column;
  gsize last = width - 1;
  IscLanes sums[ROWS][WIDTH];

#pragma GCC unroll 16
  for (gsize i = 0; i < rows; i++)
    {
      const float *from = t->start ? t->start + i * t->start_row : NULL;

#pragma GCC unroll 4
      for (gsize j = 0; j < last; j++)
        sums[i][j] = from ? isc_lanes_load (from + j * ISC_LANES) : (IscLanes){ 0 };
      sums[i][last]
          = from ? isc_lanes_load_part (from + last * ISC_LANES, t->n_last) : (IscLanes){ 0 };
    }

  for (gsize p = 0; p < t->depth; p++)
    {
      const float *across = t->b + p * t->b_row;
      const float *down = t->a + p * a_column;
      IscLanes row[WIDTH];

#pragma GCC unroll 4
      for (gsize j = 0; j < width; j++)
        row[j] = isc_lanes_load (across + j * ISC_LANES);
#pragma GCC unroll 16
      for (gsize i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (gsize j = 0; j < width; j++)
          sums[i][j] += down[i * a_row] * row[j];
    }

#pragma GCC unroll 16
  for (gsize i = 0; i < rows; i++)
    {
      float *to = t->c + i * t->product->c_row;

#pragma GCC unroll 4
      for (gsize j = 0; j < last; j++)
        isc_lanes_store (to + j * ISC_LANES, sums[i][j]);
      isc_lanes_store_part (to + last * ISC_LANES, sums[i][last], t->n_last);
    }
}

/* Every size of tile is code of its own. */
static inline __attribute__ ((always_inline)) void
choose (const Tile *t, gsize rows, gsize width, const gboolean a_by_rows)
{
  switch (WIDTH * rows + width - 1)
    {
    case 2:
      return run (t, 1, 1, a_by_rows);
    case 3:
      return run (t, 1, 2, a_by_rows);
    case 4:
      return run (t, 2, 1, a_by_rows);
    case 5:
      return run (t, 2, 2, a_by_rows);
    case 6:
      return run (t, 3, 1, a_by_rows);
    case 7:
      return run (t, 3, 2, a_by_rows);
    case 8:
      return run (t, 4, 1, a_by_rows);
    case 9:
      return run (t, 4, 2, a_by_rows);
    case 10:
      return run (t, 5, 1, a_by_rows);
    case 11:
      return run (t, 5, 2, a_by_rows);
    case 12:
      return run (t, 6, 1, a_by_rows);
    case 13:
      return run (t, 6, 2, a_by_rows);
#if ROWS > 6
    case 14:
      return run (t, 7, 1, a_by_rows);
    case 15:
      return run (t, 7, 2, a_by_rows);
    case 16:
      return run (t, 8, 1, a_by_rows);
    case 17:
      return run (t, 8, 2, a_by_rows);
#endif
    default:
      g_assert_not_reached ();
    }
}

/* A panel against all rows of A, in tiles that are as equal as can be. */
static void
run_panel (Tile *t, gsize width)
{
  const IscProduct *product = t->product;
  gsize n_tiles = (product->rows + ROWS - 1) / ROWS;
  gsize done = 0;

  for (gsize i = 1; i <= n_tiles; i++)
    {
      gsize rows = i * product->rows / n_tiles - done;

      if (product->a_column == 1)
        choose (t, rows, width, TRUE);
      else
        choose (t, rows, width, FALSE);
      t->a += rows * product->a_row;
      t->c += rows * product->c_row;
      if (t->start)
        t->start += rows * t->start_row;
      done += rows;
    }
}

/* Numbers of a cache line, and how many columns ahead those that are long are asked for: each is too
 * short for the processor to foresee where it goes on.  Asking beyond the end does nothing. */
#define LINE 16
#define AHEAD 8

/* Copies @n columns beside each other, and zeros up to whole vectors. */
static void
pack_rows (const float *b, gsize b_row, gsize depth, gsize n, float *panel)
{
  for (gsize p = 0; p < depth; p++)
    {
      gsize j = 0;

      for (gsize k = 0; k < WIDTH * ISC_LANES; k += LINE)
        __builtin_prefetch (b + WIDTH * ISC_LANES + k);
      for (; j + ISC_LANES < n; j += ISC_LANES)
        isc_lanes_store (panel + j, isc_lanes_load (b + j));
      isc_lanes_store (panel + j, isc_lanes_load_part (b + j, n - j));
      b += b_row;
      panel += WIDTH * ISC_LANES;
    }
}

typedef float Four __attribute__ ((vector_size (16)));

/* The same of a B that lies on its side, four by four. */
static void
pack_columns (const float *b, gsize b_column, gsize depth, gsize n, float *panel)
{
  for (gsize j = 0; j < n; j += 4)
    {
      const float *column[4];
      gsize p = 0;

      /* Beyond the last column comes whatever the last one holds: C has no place for it. */
      for (gsize k = 0; k < 4; k++)
        column[k] = b + MIN (j + k, n - 1) * b_column;
      for (; p + 4 <= depth; p += 4)
        {
          Four x[4], low[2], high[2], y[4];

          for (gsize k = 0; k < 4 && p % LINE == 0; k++)
            __builtin_prefetch (column[k] + p + AHEAD * b_column);
          for (gsize k = 0; k < 4; k++)
            memcpy (&x[k], column[k] + p, sizeof x[k]);
          for (gsize k = 0; k < 2; k++)
            {
              low[k] = __builtin_shufflevector (x[2 * k], x[2 * k + 1], 0, 4, 1, 5);
              high[k] = __builtin_shufflevector (x[2 * k], x[2 * k + 1], 2, 6, 3, 7);
            }
          y[0] = __builtin_shufflevector (low[0], low[1], 0, 1, 4, 5);
          y[1] = __builtin_shufflevector (low[0], low[1], 2, 3, 6, 7);
          y[2] = __builtin_shufflevector (high[0], high[1], 0, 1, 4, 5);
          y[3] = __builtin_shufflevector (high[0], high[1], 2, 3, 6, 7);
          for (gsize k = 0; k < 4; k++)
            memcpy (panel + (p + k) * WIDTH * ISC_LANES + j, &y[k], sizeof y[k]);
        }
      for (; p < depth; p++)
        for (gsize k = 0; k < 4; k++)
          panel[p * WIDTH * ISC_LANES + j + k] = column[k][p];
    }
}

static void
multiply (const IscProduct *product, const float *a, const float *b, const float *start, float *c)
{
  gsize across = WIDTH * ISC_LANES;
  float panel[DEPTH * WIDTH * ISC_LANES] __attribute__ ((aligned (64)));

  for (gsize p = 0; p == 0 || p < product->depth; p += DEPTH)
    for (gsize j = 0; j < product->columns; j += across)
      {
        gsize n = MIN (across, product->columns - j);
        gsize width = (n + ISC_LANES - 1) / ISC_LANES;
        const float *corner = b + p * product->b_row + j * product->b_column;
        Tile t = {
          .product = product,
          .depth = MIN (DEPTH, product->depth - p),
          .a = a + p * product->a_column,
          .b = panel,
          .b_row = across,
          .start = p > 0   ? c + j
                   : start ? start + j
                           : NULL,
          .start_row = p > 0 ? product->c_row : product->start_row,
          .c = c + j,
          .n_last = n - (width - 1) * ISC_LANES,
        };

        if (product->b_column != 1)
          pack_columns (corner, product->b_column, t.depth, n, panel);
        else if (t.n_last == ISC_LANES
                 && (t.depth * product->b_row <= SMALL || product->rows <= ROWS))
          {
            t.b = corner;
            t.b_row = product->b_row;
          }
        else
          pack_rows (corner, product->b_row, t.depth, n, panel);
        run_panel (&t, width);
      }
}

static void
add_rows (const float *x, gsize rows, gsize columns, float *sums)
{
  for (gsize j = 0; j < columns; j += ISC_LANES)
    {
      gsize n = MIN (ISC_LANES, columns - j);
      /* Two, so that an addition need not wait for the one before. */
      IscLanes even = { 0 }, odd = { 0 };
      gsize i = 0;

      for (; i + 2 <= rows; i += 2)
        {
          even += isc_lanes_load_part (x + i * columns + j, n);
          odd += isc_lanes_load_part (x + (i + 1) * columns + j, n);
        }
      if (i < rows)
        even += isc_lanes_load_part (x + i * columns + j, n);
      isc_lanes_store_part (sums + j, even + odd, n);
    }
}

const IscProductKernels ISC_PRODUCT_KERNELS = { multiply, add_rows };
