/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every scheme of the catalog against the law it promises, on every shape that it accepts: moments,
 * bounds, zeros and the whole distribution.  Deviations are held to five standard errors, which a
 * correct scheme passes in all but six of ten million draws; the seeds are fixed, so that a passing
 * test stays passing. */

#include <math.h>
#include <string.h>

#include <gsl/gsl_math.h>

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
  { 2, { 256, 784 } },     { 2, { 300, 40 } },         { 2, { 40, 300 } },
  { 2, { 64, 64 } },       { 2, { 7, 500 } },          { 3, { 64, 30, 4 } },
  { 4, { 32, 16, 3, 3 } }, { 5, { 24, 20, 2, 3, 3 } }, { 1, { 6000 } },
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
  "sparse_(0.8)",
  "sparse_(0.13, std=0.5)",
  "eye_()",
  "dirac_()",
  "dirac_(groups=4)",
  "lsuv_()",
  "fixup_(16)",
  "fixup_(16, m=3, last=True)",
  "siren_()",
  "siren_(first=True)",
  "zero_hadamard_()",
  "irnn_identity_(gain=0.9)",
  "unit_forget_bias_()",
  "chrono_(100)",
  "icnr_(scale=1)",
  "gpt2_()",
  "gpt2_(std=0.01, n_layer=48, residual=True)",
  "small_init_(768)",
  "wang_init_(768, 12)",
  "t_fixup_(6)",
  "t_fixup_(6, part='decoder')",
  "deepnorm_(100)",
  "mup_(128)",
  "mup_(128, 0.1, role='output')",
  "mup_(128, role='input')",
  "mean_field_()",
  "mean_field_bias_()",
  "zeros_()",
  "ones_()",
  "constant_(0.3)",
  "exact_gain_normal_()",
  "exact_gain_normal_(activation='sine', mode='fan_out', direction='backward')",
  "exact_gain_uniform_(activation='tanh')",
  "keras.HeNormal()",
  "keras.HeNormal(seed=7)",
  "keras.HeUniform()",
  "keras.GlorotNormal()",
  "keras.GlorotUniform()",
  "keras.LecunNormal()",
  "keras.LecunUniform()",
  "keras.VarianceScaling()",
  "keras.VarianceScaling(scale=0.3, mode='fan_avg', distribution='untruncated_normal')",
  "keras.VarianceScaling(scale=2, mode='fan_out', distribution='uniform')",
  "keras.RandomUniform()",
  "keras.RandomUniform(minval=0.1, maxval=0.4)",
  "keras.RandomNormal()",
  "keras.RandomNormal(mean=-0.2, stddev=1)",
  "keras.TruncatedNormal()",
  "keras.TruncatedNormal(mean=0.3, stddev=2)",
  "keras.TruncatedNormal(mean=0.3, stddev=0)",
  "keras.Orthogonal(gain=0.7)",
  "keras.Identity(gain=-0.5)",
  "keras.Zeros()",
  "keras.Ones()",
  "keras.Constant(value=0.1)",
  "jax.nn.initializers.he_normal()",
  "jax.nn.initializers.he_uniform()",
  "jax.nn.initializers.glorot_normal()",
  "jax.nn.initializers.glorot_uniform()",
  "jax.nn.initializers.lecun_normal()",
  "jax.nn.initializers.lecun_uniform()",
  "jax.nn.initializers.variance_scaling(2.0, 'fan_geo_avg', 'truncated_normal')",
  "jax.nn.initializers.variance_scaling(0.5, 'fan_out', 'normal')",
  "jax.nn.initializers.uniform()",
  "jax.nn.initializers.normal()",
  "jax.nn.initializers.truncated_normal()",
  "jax.nn.initializers.truncated_normal(stddev=0.5, lower=-1, upper=3)",
  "jax.nn.initializers.truncated_normal(stddev=0.5, lower=2.5, upper=4)",
  "jax.nn.initializers.truncated_normal(stddev=0.5, lower=-8, upper=-3.8)",
  "jax.nn.initializers.truncated_normal(stddev=0.5, lower=-0.02, upper=0.01)",
  "jax.nn.initializers.truncated_normal(stddev=0.5, lower=0, upper=0.05)",
  "jax.nn.initializers.truncated_normal(stddev=0.5, lower=1, upper=1.1)",
  "jax.nn.initializers.orthogonal(scale=2)",
  "jax.nn.initializers.delta_orthogonal()",
  "jax.nn.initializers.delta_orthogonal(scale=1.4142135623730951)",
  "jax.nn.initializers.constant(0.25)",
  "jax.nn.initializers.ones()",
  "jax.nn.initializers.zeros()",
  "timm.trunc_normal_tf_()",
  "timm.trunc_normal_tf_(mean=0.1, std=0.02, a=-1, b=2)",
  "timm.variance_scaling_()",
  "timm.variance_scaling_(scale=2, mode='fan_out', distribution='truncated_normal')",
  "timm.variance_scaling_(distribution='uniform')",
  "timm.lecun_normal_()",
  "custom()",
};

/* @x: (array length=n): the weights that the law does not set to 0, in their order
 * @n_zeros: the others
 * @rows: the weight's first extent
 * @law: the law of @x
 * @zeros: the share that the law sets to 0 */
typedef struct
{
  const char *call;
  float *x;
  gsize n;
  gsize n_zeros;
  gsize rows;
  IscLaw law;
  double zeros;
} Drawn;

typedef void (*DrawnTest) (const Drawn *drawn);

static IscArguments *
bind (const char *text, const IscScheme **scheme)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item = NULL;
  IscArguments *arguments = call ? isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error) : NULL;

  g_assert_no_error (error);
  *scheme = (const IscScheme *)item;
  return arguments;
}

static IscTensor *
fill_new (const IscScheme *scheme, const IscArguments *arguments, const IscSite *site, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  IscTensor *tensor = isc_tensor_new ("weight", &site->shape, &error);

  g_assert_no_error (error);
  isc_scheme_fill (scheme, arguments, site, generator, tensor, &error);
  g_assert_no_error (error);
  return tensor;
}

/* Parts @tensor into zeros and others if @drawn's law does. */
static void
take_weights (Drawn *drawn, const IscTensor *tensor)
{
  const float *data = isc_tensor_get_data (tensor);
  gsize n = isc_tensor_get_count (tensor);

  drawn->x = g_new (float, n);
  drawn->n = 0;
  for (gsize i = 0; i < n; i++)
    if (drawn->zeros == 0 || data[i] != 0.0f)
      drawn->x[drawn->n++] = data[i];
  drawn->n_zeros = n - drawn->n;
}

static gboolean
same_bytes (const IscTensor *a, const IscTensor *b)
{
  return memcmp (isc_tensor_get_data (a), isc_tensor_get_data (b),
                 isc_tensor_get_count (a) * sizeof (float))
         == 0;
}

/* Every call on every shape its scheme accepts, at least one; for both of PyTorch's versions where
 * they draw other numbers. */
static void
walk (DrawnTest test)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      const IscScheme *scheme;
      g_autoptr (IscArguments) arguments = bind (calls[i], &scheme);
      guint n_drawn = 0;

      for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
        {
          g_autoptr (IscTensor) newer = NULL;

          for (guint k = 0; k < 2; k++)
            {
              IscSite site = isc_site_of_shape (&shapes[j]);
              Drawn drawn = { .call = calls[i], .rows = (gsize)shapes[j].dims[0] };
              g_autoptr (IscTensor) tensor = NULL;

              site.pytorch = k ? ISC_PYTORCH_2_11 : ISC_PYTORCH_2_12;
              if (!isc_scheme_check (scheme, arguments, &site, NULL))
                continue;
              n_drawn++;
              drawn.law = scheme->law (arguments, &site);
              if (drawn.law.kind == ISC_LAW_NONE)
                continue;
              tensor = fill_new (scheme, arguments, &site, 100 * i + j);
              if (newer && same_bytes (tensor, newer))
                continue;
              drawn.zeros = drawn.law.zeros;
              drawn.law.zeros = 0;
              take_weights (&drawn, tensor);
              test (&drawn);
              g_free (drawn.x);
              if (!newer)
                newer = g_steal_pointer (&tensor);
            }
        }
      g_assert_cmpuint (n_drawn, >, 0);
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
      /* A script is a file of somebody's; tests/unit/catalog writes some. */
      gboolean found = g_str_equal (items[i]->id, "script");

      for (guint j = 0; j < G_N_ELEMENTS (calls); j++)
        found = found || g_str_has_prefix (calls[j], prefix);
      if (!found)
        g_error ("no call of %s is tested", items[i]->id);
    }
}

/* Whoever reads the catalog finds every scheme explained. */
static void
test_explained (void)
{
  guint n;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_SCHEME, &n);

  for (guint i = 0; i < n; i++)
    {
      const IscItem *item = items[i];

      g_test_message ("%s", item->id);
      g_assert_true (item->label && item->summary && item->formula && item->citation);
      g_assert_nonnull (item->caution);
      g_assert_true (g_str_has_suffix (item->summary, ".")
                     && g_str_has_suffix (item->caution, "."));
      g_assert_nonnull (((const IscScheme *)item)->library);
      for (guint j = 0; j < item->n_parameters; j++)
        g_assert_true (g_str_has_suffix (item->parameters[j].help, "."));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (items[j]->label, !=, item->label);
    }
}

/* A mean of @power-th powers of the centred weights. */
static double
central_moment (const Drawn *drawn, double centre, int power)
{
  double sum = 0.0;

  for (gsize i = 0; i < drawn->n; i++)
    sum += gsl_pow_int ((double)drawn->x[i] - centre, power);
  return sum / (double)drawn->n;
}

static void
check_moments (const Drawn *drawn)
{
  double n = (double)drawn->n;
  double mean = isc_law_mean (&drawn->law);
  double variance = isc_law_variance (&drawn->law);
  double kurtosis = isc_law_excess_kurtosis (&drawn->law);
  double sample_mean = mean + central_moment (drawn, mean, 1);
  double second = central_moment (drawn, mean, 2);

  if (!isc_law_has_density (&drawn->law))
    {
      for (gsize i = 0; i < drawn->n; i++)
        g_assert_cmpfloat (drawn->x[i], ==, (float)mean);
      return;
    }
  g_test_message ("%s, N %.0f: mean %g (%g), variance %g (%g)", drawn->call, n, sample_mean, mean,
                  second, variance);
  assert_close (sample_mean, mean, 0.0, SIGMAS * sqrt (variance / n));
  if (drawn->law.kind == ISC_LAW_SPHERE)
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
check_kurtosis (const Drawn *drawn)
{
  double n = (double)drawn->n;
  double variance = isc_law_variance (&drawn->law);
  double fourth;
  double spread;

  if (drawn->law.kind == ISC_LAW_NORMAL)
    spread = 96.0;
  else if (drawn->law.kind == ISC_LAW_UNIFORM)
    spread = 5.76;
  else
    return;
  fourth = central_moment (drawn, isc_law_mean (&drawn->law), 4) / (variance * variance);
  assert_close (fourth, isc_law_excess_kurtosis (&drawn->law) + 3.0, 0.0,
                SIGMAS * sqrt (spread / n));
}

static void
test_kurtosis (void)
{
  walk (check_kurtosis);
}

static void
check_bounds (const Drawn *drawn)
{
  double low, high;

  if (drawn->law.kind == ISC_LAW_SPHERE || !isc_law_bounds (&drawn->law, &low, &high))
    {
      for (gsize i = 0; i < drawn->n; i++)
        g_assert_true (isfinite (drawn->x[i]));
      return;
    }
  /* The bounds are float32 by the time they bound anything. */
  for (gsize i = 0; i < drawn->n; i++)
    g_assert_true (drawn->x[i] >= (float)low && drawn->x[i] <= (float)high);
}

static void
test_bounds (void)
{
  walk (check_bounds);
}

/* As many zeros as the law says, not one more. */
static void
check_zeros (const Drawn *drawn)
{
  double n = (double)(drawn->n + drawn->n_zeros);

  g_test_message ("%s: %" G_GSIZE_FORMAT " zeros (%g)", drawn->call, drawn->n_zeros,
                  drawn->zeros * n);
  /* A share is a quotient of two counts, rounded. */
  assert_close ((double)drawn->n_zeros, drawn->zeros * n, 1e-12, 0.0);
}

static void
test_zeros (void)
{
  walk (check_zeros);
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
kolmogorov_distance (const Drawn *drawn)
{
  double n = (double)drawn->n;
  g_autofree float *sorted = g_memdup2 (drawn->x, drawn->n * sizeof (float));
  double distance = 0.0;

  qsort (sorted, drawn->n, sizeof *sorted, compare_floats);
  for (gsize i = 0; i < drawn->n; i++)
    {
      double p = isc_law_cumulative (&drawn->law, (double)sorted[i]);

      distance = fmax (distance, fmax (p - (double)i / n, (double)(i + 1) / n - p));
    }
  return distance;
}

static void
check_distribution (const Drawn *drawn)
{
  double n = (double)drawn->n;
  double distance;

  if (!isc_law_has_density (&drawn->law))
    return;
  /* Entries of an orthogonal matrix are not independent: they repel each other, which makes the
   * distance smaller. */
  distance = kolmogorov_distance (drawn);
  g_test_message ("%s, N %.0f: √N D = %.3f", drawn->call, n, distance * sqrt (n));
  g_assert_cmpfloat (distance, <, KOLMOGOROV / sqrt (n));
}

static void
test_distribution (void)
{
  walk (check_distribution);
}

/* The same seed gives the same bytes, another seed others unless nothing is drawn.  A scheme
 * without a law may draw or not. */
static void
test_reproducible (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
      {
        const IscScheme *scheme;
        g_autoptr (IscArguments) arguments = bind (calls[i], &scheme);
        IscSite site = isc_site_of_shape (&shapes[j]);
        g_autoptr (IscTensor) one = NULL;
        g_autoptr (IscTensor) two = NULL;
        g_autoptr (IscTensor) other = NULL;
        IscLaw law;

        if (!isc_scheme_check (scheme, arguments, &site, NULL))
          continue;
        one = fill_new (scheme, arguments, &site, 42);
        two = fill_new (scheme, arguments, &site, 42);
        other = fill_new (scheme, arguments, &site, 43);
        law = scheme->law (arguments, &site);
        g_assert_true (same_bytes (one, two));
        if (law.kind != ISC_LAW_NONE)
          g_assert_true (same_bytes (one, other) == !isc_law_has_density (&law));
      }
}

/* ‖WᵀW − g² I‖ (or WWᵀ for wide matrices) entry by entry. */
static void
check_orthogonal (const Drawn *drawn)
{
  gsize rows = drawn->rows, columns = drawn->n / drawn->rows;
  gsize n = MIN (rows, columns), length = MAX (rows, columns);
  const float *w = drawn->x;
  double square = drawn->law.std * drawn->law.std;
  double worst = 0.0;

  if (drawn->law.kind != ISC_LAW_SPHERE)
    return;
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
  g_test_message ("%s, %zu×%zu: %g", drawn->call, rows, columns, worst);
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
  g_test_add_func ("/property/schemes/explained", test_explained);
  g_test_add_func ("/property/schemes/moments", test_moments);
  g_test_add_func ("/property/schemes/kurtosis", test_kurtosis);
  g_test_add_func ("/property/schemes/bounds", test_bounds);
  g_test_add_func ("/property/schemes/zeros", test_zeros);
  g_test_add_func ("/property/schemes/distribution", test_distribution);
  g_test_add_func ("/property/schemes/reproducible", test_reproducible);
  g_test_add_func ("/property/schemes/orthogonal", test_orthogonal);
  return g_test_run ();
}
