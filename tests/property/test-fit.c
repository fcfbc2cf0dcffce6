/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/runtime.h"
#include "stats/fit.h"

/* Samples of a law have p that is uniform on [0, 1], whatever the law, and samples of another law
 * have not: the tests are tested by themselves. */

#define N_SAMPLES 200
#define SIZE 400

static const struct
{
  const char *name;
  IscLaw law;
} laws[] = {
  { "uniform", { .kind = ISC_LAW_UNIFORM, .a = -0.1, .b = 0.3 } },
  { "normal", { .kind = ISC_LAW_NORMAL, .mean = 2, .std = 0.01 } },
  { "sparse", { .kind = ISC_LAW_NORMAL, .std = 0.5, .zeros = 0.4 } },
  { "cut", { .kind = ISC_LAW_TRUNCATED_NORMAL, .std = 1, .a = -2, .b = 2 } },
  { "cut aside", { .kind = ISC_LAW_TRUNCATED_NORMAL, .std = 1, .a = 1, .b = 4 } },
  { "circle", { .kind = ISC_LAW_SPHERE, .std = 1, .n = 2 } },
  { "sphere", { .kind = ISC_LAW_SPHERE, .std = 3, .n = 40 } },
};

static IscSortedSample *
draw (GRand *random, const IscLaw *law)
{
  float x[SIZE];

  for (guint i = 0; i < SIZE; i++)
    x[i] = (float)isc_law_quantile (law, g_rand_double (random));
  return isc_sorted_sample_new (x, SIZE, NULL);
}

/* By the tests themselves. */
static void
assert_uniform (const float *p, const char *name)
{
  g_autoptr (IscSortedSample) sample = isc_sorted_sample_new (p, N_SAMPLES, NULL);
  IscLaw uniform = isc_law_uniform (0, 1);
  IscFit fit = isc_fit_law (sample, &uniform, FALSE);

  g_test_message ("%s: p of p %.3g and %.3g", name, fit.distance_p, fit.anderson_p);
  g_assert_cmpuint (fit.n, ==, N_SAMPLES);
  g_assert_cmpfloat (fit.distance_p, >, 1e-4);
  g_assert_cmpfloat (fit.anderson_p, >, 1e-4);
}

static void
test_p_is_uniform (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2385);

  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    {
      float distance_p[N_SAMPLES], anderson_p[N_SAMPLES];

      for (guint s = 0; s < N_SAMPLES; s++)
        {
          g_autoptr (IscSortedSample) sample = draw (random, &laws[l].law);
          IscFit fit = isc_fit_law (sample, &laws[l].law, FALSE);

          /* Without Stephens's correction p is too large by some hundredths at this size. */
          distance_p[s] = (float)isc_fit_get_stephens_p (&fit);
          anderson_p[s] = (float)fit.anderson_p;
        }
      assert_uniform (distance_p, laws[l].name);
      assert_uniform (anderson_p, laws[l].name);
    }
}

/* With mean and deviation estimated: D'Agostino and Stephens's polynomials. */
static void
test_p_of_normality_is_uniform (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (77);
  float p[N_SAMPLES];

  for (guint s = 0; s < N_SAMPLES; s++)
    {
      g_autoptr (IscSortedSample) sample = draw (random, &laws[1].law);

      p[s] = (float)isc_fit_normal (sample).anderson_p;
    }
  assert_uniform (p, "normality");
}

/* A scale that is wrong by a quarter is found in most samples of this size. */
static void
test_wrong_scale_is_found (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    {
      guint n_found = 0;
      IscLaw wrong = laws[l].law;

      wrong.std *= 1.25;
      wrong.a *= 1.25;
      wrong.b *= 1.25;
      for (guint s = 0; s < N_SAMPLES; s++)
        {
          g_autoptr (IscSortedSample) sample = draw (random, &laws[l].law);

          n_found += isc_fit_law (sample, &wrong, FALSE).anderson_p < 0.05;
        }
      g_test_message ("%s: %u of %d found", laws[l].name, n_found, N_SAMPLES);
      g_assert_cmpuint (n_found, >, N_SAMPLES / 2);
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fit/p-is-uniform", test_p_is_uniform);
  g_test_add_func ("/fit/p-of-normality-is-uniform", test_p_of_normality_is_uniform);
  g_test_add_func ("/fit/wrong-scale-is-found", test_wrong_scale_is_found);
  return g_test_run ();
}
