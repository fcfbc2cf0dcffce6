/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/range-test.h"

#include <math.h>

/* A mean is taken over about this part of the test, of three steps at least. */
#define WINDOW_PART 20

static double
get (const IscRunResult *run, gsize row, guint column)
{
  return (double)isc_trace_get (run->trace, row, column);
}

/* The rows from the first to where the rate stops rising; 0 if it never rises. */
static gsize
count_rising (const IscRunResult *run)
{
  gsize n = 1;

  /* A step that diverged was not made, and has no rate. */
  while (n < run->n_rows
         && get (run, n, ISC_TRACE_LEARNING_RATE) >= get (run, n - 1, ISC_TRACE_LEARNING_RATE))
    n++;
  if (run->n_rows == 0
      || !(get (run, n - 1, ISC_TRACE_LEARNING_RATE) > get (run, 0, ISC_TRACE_LEARNING_RATE)))
    return 0;
  return n;
}

static void
take_means (IscRangeTest *test)
{
  for (gsize i = 0; i < test->n; i++)
    {
      /* The window shrinks at both ends alike, so that it stays centred. */
      gsize half = MIN (test->half_window, MIN (i, test->n - 1 - i));
      double sum = 0.0;

      for (gsize j = i - half; j <= i + half; j++)
        sum += test->losses[j];
      test->means[i] = sum / (double)(2 * half + 1);
    }
}

/* The mean of a step and those behind it: a centred one would know of a rise before it comes. */
static double
mean_from (const IscRangeTest *test, gsize first)
{
  gsize n = MIN (test->half_window + 1, test->n - first);
  double sum = 0.0;

  for (gsize i = first; i < first + n; i++)
    sum += test->losses[i];
  return sum / (double)n;
}

static void
find_places (IscRangeTest *test)
{
  double steepest = 0.0;
  gsize least = 0;

  test->steepest = test->back = test->n;
  for (gsize i = 0; i < test->n; i++)
    {
      if (test->losses[i] < test->losses[test->best])
        test->best = i;
      if (test->means[i] < test->means[least])
        least = i;
    }
  /* What falls after it has risen only comes back to where it was. */
  for (gsize i = test->half_window; i + test->half_window < test->n && i <= least; i++)
    {
      gsize from = i - test->half_window, to = i + test->half_window;
      double slope
          = (test->means[to] - test->means[from]) / log (test->rates[to] / test->rates[from]);

      if (slope < steepest)
        {
          steepest = slope;
          test->steepest = i;
        }
    }
  for (gsize i = least; i < test->n && test->back == test->n; i++)
    if (test->losses[i] > test->means[0] && mean_from (test, i) > test->means[0])
      test->back = i;
}

IscRangeTest *
isc_range_test_new (const IscRunResult *run)
{
  IscRangeTest *test = g_new0 (IscRangeTest, 1);

  test->n = count_rising (run);
  test->half_window = MAX (test->n / (2 * WINDOW_PART), 1);
  test->rates = g_new (double, test->n + 1);
  test->losses = g_new (double, test->n + 1);
  test->means = g_new (double, test->n + 1);
  for (gsize i = 0; i < test->n; i++)
    {
      test->rates[i] = get (run, i, ISC_TRACE_LEARNING_RATE);
      test->losses[i] = get (run, i, ISC_TRACE_LOSS);
    }
  take_means (test);
  find_places (test);
  return test;
}

void
isc_range_test_free (IscRangeTest *test)
{
  g_free (test->rates);
  g_free (test->losses);
  g_free (test->means);
  g_free (test);
}
