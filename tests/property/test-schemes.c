/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every scheme of the catalog against the law it promises: moments, bounds and the whole
 * distribution, on several shapes.  Deviations are held to five standard errors, which a correct
 * scheme passes in all but six of ten million draws; the seeds are fixed, so that a passing test
 * stays passing. */

#include <math.h>
#include <string.h>

#include "base/law.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"
#include "support/reference.h"

#define SIGMAS 5.0

/* P(√N D > 2.7) = 2 exp (-2 · 2.7²) = 1e-6 of Kolmogorov's distribution. */
#define KOLMOGOROV 2.7

/* N from 2,400 to 200,704 weights. */
static const IscShape shapes[] = {
  { 2, { 256, 784 } }, { 2, { 300, 40 } },   { 2, { 40, 300 } },      { 2, { 64, 64 } },
  { 2, { 7, 500 } },   { 3, { 20, 30, 4 } }, { 4, { 32, 16, 3, 3 } },
};

/* Every scheme, with arguments that are not the defaults too. */
static const char *const calls[] = {
  "uniform_()",
  "uniform_(-0.3, 0.05)",
  "normal_()",
  "normal_(mean=0.7, std=0.02)",
  "trunc_normal_()",
  "trunc_normal_(std=0.02, a=-0.04, b=0.04)",
  "trunc_normal_(mean=0.5, std=1, a=1.5, b=4)",
  "trunc_normal_(mean=0, std=1, a=2, b=3)",
  "xavier_uniform_()",
  "xavier_uniform_(gain=1.6667)",
  "xavier_normal_()",
  "xavier_normal_(gain=0.5)",
  "kaiming_uniform_()",
  "kaiming_uniform_(a=2.2360679774997896)",
  "kaiming_uniform_(mode='fan_out', nonlinearity='relu')",
  "kaiming_normal_()",
  "kaiming_normal_(mode='fan_out', nonlinearity='tanh')",
  "orthogonal_()",
  "orthogonal_(gain=1.4142135623730951)",
  "zeros_()",
  "ones_()",
  "constant_(0.3)",
};

typedef void (*TensorTest) (const char *text, const IscTensor *tensor, const IscLaw *law);

static IscTensor *
draw (const char *text, const IscShape *shape, IscPytorch pytorch, guint64 seed, IscLaw *law)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  IscTensor *tensor = isc_tensor_new ("weight", shape, &error);
  IscSite site = isc_site_of_shape (shape);

  g_assert_no_error (error);
  site.pytorch = pytorch;
  isc_scheme_fill ((const IscScheme *)item, arguments, &site, generator, tensor, &error);
  g_assert_no_error (error);
  *law = ((const IscScheme *)item)->law (arguments, &site);
  return tensor;
}

static void
walk (TensorTest test)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
      for (guint k = 0; k < 2; k++)
        {
          IscPytorch pytorch = k ? ISC_PYTORCH_2_11 : ISC_PYTORCH_2_12;
          IscLaw law;
          g_autoptr (IscTensor) tensor = draw (calls[i], &shapes[j], pytorch, 100 * i + j, &law);

          test (calls[i], tensor, &law);
        }
}

/* Nothing of the catalog is left out above. */
static void
test_complete (void)
{
  guint n;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_SCHEME, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *prefix = g_strconcat (items[i]->id, "(", NULL);
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (calls); j++)
        found = found || g_str_has_prefix (calls[j], prefix);
      if (!found)
        g_error ("no call of %s is tested", items[i]->id);
    }
}

/* A mean of @power-th powers of the centred weights. */
static double
central_moment (const IscTensor *tensor, double centre, int power)
{
  const float *x = isc_tensor_get_data (tensor);
  gsize n = isc_tensor_get_count (tensor);
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += pow ((double)x[i] - centre, power);
  return sum / (double)n;
}

/* The greatest side and the number of rows that are independent of each other. */
static void
matrix_sides (const IscTensor *tensor, gsize *rows, gsize *columns)
{
  *rows = (gsize)isc_tensor_get_shape (tensor)->dims[0];
  *columns = isc_tensor_get_count (tensor) / *rows;
}

static void
check_moments (const char *text, const IscTensor *tensor, const IscLaw *law)
{
  double n = (double)isc_tensor_get_count (tensor);
  double mean = isc_law_mean (law);
  double variance = isc_law_variance (law);
  double kurtosis = isc_law_excess_kurtosis (law);
  double sample_mean = mean + central_moment (tensor, mean, 1);
  double second = central_moment (tensor, mean, 2);

  if (law->kind == ISC_LAW_POINT)
    {
      for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
        g_assert_cmpfloat (isc_tensor_get_data (tensor)[i], ==, (float)law->a);
      return;
    }
  g_test_message ("%s, N %.0f: mean %g (%g), variance %g (%g)", text, n, sample_mean, mean, second,
                  variance);
  assert_close (sample_mean, mean, 0.0, SIGMAS * sqrt (variance / n));
  if (law->kind == ISC_LAW_SPHERE)
    {
      /* The rows or columns have length gain exactly: float32 rounding is all that varies. */
      assert_close (second, variance, 1e-6, 0.0);
      return;
    }
  assert_close (second, variance, SIGMAS * sqrt ((kurtosis + 2.0) / n), 0.0);
}

static void
test_moments (void)
{
  walk (check_moments);
}

/* The fourth moment, for the families whose eighth is known.  Var of the mean of z⁴ is (μ8 − μ4²) /
 * N: 96 for a normal, 9 · (9/9 − 9/25) = 5.76 for a uniform of variance 1. */
static void
check_kurtosis (const char *text, const IscTensor *tensor, const IscLaw *law)
{
  double n = (double)isc_tensor_get_count (tensor);
  double variance = isc_law_variance (law);
  double fourth;
  double spread;

  if (law->kind == ISC_LAW_NORMAL)
    spread = 96.0;
  else if (law->kind == ISC_LAW_UNIFORM)
    spread = 5.76;
  else
    return;
  fourth = central_moment (tensor, isc_law_mean (law), 4) / (variance * variance);
  assert_close (fourth, isc_law_excess_kurtosis (law) + 3.0, 0.0, SIGMAS * sqrt (spread / n));
}

static void
test_kurtosis (void)
{
  walk (check_kurtosis);
}

static void
check_bounds (const char *text, const IscTensor *tensor, const IscLaw *law)
{
  double low, high;

  if (law->kind == ISC_LAW_SPHERE || !isc_law_bounds (law, &low, &high))
    {
      for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
        g_assert_true (isfinite (isc_tensor_get_data (tensor)[i]));
      return;
    }
  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    {
      float x = isc_tensor_get_data (tensor)[i];

      /* The bounds are float32 by the time they bound anything. */
      g_assert_true (x >= (float)low && x <= (float)high);
    }
}

static void
test_bounds (void)
{
  walk (check_bounds);
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *)a;
  float y = *(const float *)b;

  return (x > y) - (x < y);
}

/* The greatest distance between the sample's distribution function and the law's. */
static double
kolmogorov_distance (const IscTensor *tensor, const IscLaw *law)
{
  gsize n = isc_tensor_get_count (tensor);
  g_autofree float *sorted = g_memdup2 (isc_tensor_get_data (tensor), n * sizeof (float));
  double distance = 0.0;

  qsort (sorted, n, sizeof *sorted, compare_floats);
  for (gsize i = 0; i < n; i++)
    {
      double p = isc_law_cumulative (law, (double)sorted[i]);

      distance = fmax (distance, fmax (p - (double)i / (double)n, (double)(i + 1) / (double)n - p));
    }
  return distance;
}

static void
check_distribution (const char *text, const IscTensor *tensor, const IscLaw *law)
{
  double n = (double)isc_tensor_get_count (tensor);
  double distance;

  if (law->kind == ISC_LAW_POINT)
    return;
  /* Entries of an orthogonal matrix are not independent: they repel each other, which makes the
   * distance smaller. */
  distance = kolmogorov_distance (tensor, law);
  g_test_message ("%s, N %.0f: √N D = %.3f", text, n, distance * sqrt (n));
  g_assert_cmpfloat (distance, <, KOLMOGOROV / sqrt (n));
}

static void
test_distribution (void)
{
  walk (check_distribution);
}

static void
test_reproducible (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
      {
        IscLaw law;
        g_autoptr (IscTensor) one = draw (calls[i], &shapes[j], ISC_PYTORCH_2_12, 42, &law);
        g_autoptr (IscTensor) two = draw (calls[i], &shapes[j], ISC_PYTORCH_2_12, 42, &law);
        g_autoptr (IscTensor) other = draw (calls[i], &shapes[j], ISC_PYTORCH_2_12, 43, &law);
        gsize size = isc_tensor_get_count (one) * sizeof (float);

        g_assert_true (memcmp (isc_tensor_get_data (one), isc_tensor_get_data (two), size) == 0);
        g_assert_true ((memcmp (isc_tensor_get_data (one), isc_tensor_get_data (other), size) == 0)
                       == (law.kind == ISC_LAW_POINT));
      }
}

/* ‖WᵀW − g² I‖ (or WWᵀ for wide matrices) entry by entry. */
static void
check_orthogonal (const char *text, const IscTensor *tensor, const IscLaw *law)
{
  gsize rows, columns, n, length;
  const float *w = isc_tensor_get_data (tensor);
  double square = law->std * law->std;
  double worst = 0.0;

  if (law->kind != ISC_LAW_SPHERE)
    return;
  matrix_sides (tensor, &rows, &columns);
  n = MIN (rows, columns);
  length = MAX (rows, columns);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j <= i; j++)
      {
        double dot = 0.0;

        for (gsize k = 0; k < length; k++)
          dot += rows >= columns ? (double)w[k * columns + i] * (double)w[k * columns + j]
                                 : (double)w[i * columns + k] * (double)w[j * columns + k];
        worst = fmax (worst, fabs (dot - (i == j ? square : 0.0)));
      }
  /* Each entry is rounded to float32, 6e-8 relative: √length of them add to about 1e-7 g²; the gain
   * itself is rounded too, 1.2e-7 g². */
  g_test_message ("%s, %zu×%zu: %g", text, rows, columns, worst);
  g_assert_cmpfloat (worst, <, 5e-7 * square);
}

static void
test_orthogonal (void)
{
  walk (check_orthogonal);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/schemes/complete", test_complete);
  g_test_add_func ("/property/schemes/moments", test_moments);
  g_test_add_func ("/property/schemes/kurtosis", test_kurtosis);
  g_test_add_func ("/property/schemes/bounds", test_bounds);
  g_test_add_func ("/property/schemes/distribution", test_distribution);
  g_test_add_func ("/property/schemes/reproducible", test_reproducible);
  g_test_add_func ("/property/schemes/orthogonal", test_orthogonal);
  return g_test_run ();
}
