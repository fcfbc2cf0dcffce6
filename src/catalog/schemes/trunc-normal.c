/* SPDX-License-Identifier: GPL-3.0-or-later */

/* trunc_normal_: a normal kept inside [a, b].
 *
 * The bounds are absolute values, not multiples of std, and std is the one before truncation: with
 * std = 0.02 and the default bounds ±2 nothing is cut.  PyTorch changed the algorithm in 2.12: the
 * inverse of the distribution function gave wrong outliers far from the mean (erfinv in float32),
 * so it now draws again whatever falls outside.  Both are here, with the same consumption of words.
 */

#include <math.h>

#include "base/error.h"
#include "base/inverse-erf.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

/* Above this share inside the bounds PyTorch 2.12 draws from the normal, below from the uniform. */
#define ENOUGH_INSIDE 0.3

/* Below this rate of acceptance PyTorch 2.12 practically never ends. */
#define MIN_ACCEPTANCE 1e-3

typedef struct
{
  double mean;
  double std;
  double a;
  double b;
} Truncated;

static Truncated
read_arguments (const IscArguments *arguments)
{
  return (Truncated){
    .mean = isc_arguments_number (arguments, "mean"),
    .std = isc_arguments_number (arguments, "std"),
    .a = isc_arguments_number (arguments, "a"),
    .b = isc_arguments_number (arguments, "b"),
  };
}

static double
normal_cdf (double x)
{
  return (1.0 + erf (x / sqrt (2.0))) / 2.0;
}

static double
share_inside (const Truncated *t)
{
  return normal_cdf ((t->b - t->mean) / t->std) - normal_cdf ((t->a - t->mean) / t->std);
}

/* Logarithm of the normal density at @x, up to its constant. */
static double
log_kernel (const Truncated *t, double x)
{
  double z = (x - t->mean) / t->std;

  return -0.5 * z * z;
}

static double
mode (const Truncated *t)
{
  return fmax (t->a, fmin (t->mean, t->b));
}

/* How often a uniform candidate is accepted: the mean of exp (kernel - peak) over [a, b], by
 * Simpson's rule around the mode, where all of it is. */
static double
acceptance (const Truncated *t)
{
  const int panels = 2000;
  double peak = log_kernel (t, mode (t));
  double slope = fabs (mode (t) - t->mean) / (t->std * t->std);
  double reach = 40.0 * fmin (t->std, slope > 0.0 ? 1.0 / slope : t->std);
  double low = fmax (t->a, mode (t) - reach);
  double high = fmin (t->b, mode (t) + reach);
  double sum = 0.0;

  if (t->a == t->b)
    return 1.0;
  for (int i = 0; i <= panels; i++)
    {
      double weight = i == 0 || i == panels ? 1.0 : i % 2 ? 4.0 : 2.0;

      sum += weight * exp (log_kernel (t, low + (high - low) * i / panels) - peak);
    }
  return sum * (high - low) / panels / 3.0 / (t->b - t->a);
}

static gboolean
check (const IscArguments *arguments, const IscSite *site, GError **error)
{
  Truncated t = read_arguments (arguments);
  g_autofree char *a = isc_number_to_text (t.a);
  g_autofree char *b = isc_number_to_text (t.b);

  if (t.a > t.b)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "trunc_normal_: a=%s is above b=%s: a must be at most b", a, b);
      return FALSE;
    }
  if (share_inside (&t) <= ENOUGH_INSIDE && !(acceptance (&t) >= MIN_ACCEPTANCE))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "trunc_normal_: [%s, %s] is so far out, or so wide, that PyTorch would draw "
                   "more than "
                   "1,000 times for each weight: bring the bounds within a few std of the mean",
                   a, b);
      return FALSE;
    }
  return TRUE;
}

/* 2.12 and later, most of the normal inside: whole tensors are drawn until every place is good. */
static void
redraw_normal (const Truncated *t, IscGenerator *generator, float *data, gsize n)
{
  float a = (float)t->a;
  float b = (float)t->b;
  gboolean pending = FALSE;

  isc_generator_normal (generator, data, n, t->mean, t->std);
  for (gsize i = 0; i < n && !pending; i++)
    pending = data[i] < a || data[i] > b;
  while (pending)
    pending = isc_generator_renew_normal (generator, data, n, t->mean, t->std, a, b);
}

/* 2.12 and later, a tail: uniform candidates, accepted in proportion to the density. */
static void
reject_uniform (const Truncated *t,
                IscGenerator *generator,
                float *data,
                float *candidates,
                float *accept,
                gboolean *done,
                gsize n)
{
  float peak = (float)log_kernel (t, mode (t));
  float mean = (float)t->mean;
  float std = (float)t->std;
  gsize n_done = 0;

  while (n_done < n)
    {
      isc_generator_uniform (generator, candidates, n, t->a, t->b);
      isc_generator_uniform (generator, accept, n, 0.0, 1.0);
      for (gsize i = 0; i < n; i++)
        {
          float z = (candidates[i] - mean) / std;

          if (!done[i] && logf (accept[i]) <= -0.5f * (z * z) - peak)
            {
              data[i] = candidates[i];
              done[i] = TRUE;
              n_done++;
            }
        }
    }
}

/* 2.11 and earlier: the inverse distribution function of one uniform a weight. */
static void
invert (const Truncated *t, IscGenerator *generator, float *data, gsize n)
{
  double low = normal_cdf ((t->a - t->mean) / t->std);
  double high = normal_cdf ((t->b - t->mean) / t->std);
  float scale = (float)(t->std * sqrt (2.0));
  float mean = (float)t->mean;
  float a = (float)t->a;
  float b = (float)t->b;

  isc_generator_uniform (generator, data, n, 2.0 * low - 1.0, 2.0 * high - 1.0);
  isc_inverse_erf (data, n);
  for (gsize i = 0; i < n; i++)
    {
      float value = data[i] * scale + mean;

      data[i] = value < a ? a : value > b ? b : value;
    }
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  Truncated t = read_arguments (arguments);
  gsize n = isc_tensor_get_count (tensor);
  float *data = isc_tensor_edit_data (tensor);
  g_autofree float *candidates = NULL;
  g_autofree float *accept = NULL;
  g_autofree gboolean *done = NULL;

  if (site->pytorch == ISC_PYTORCH_2_11)
    {
      invert (&t, generator, data, n);
      return TRUE;
    }

  if (share_inside (&t) > ENOUGH_INSIDE)
    {
      redraw_normal (&t, generator, data, n);
      return TRUE;
    }

  candidates = g_try_new (float, n);
  accept = g_try_new (float, n);
  done = g_try_new0 (gboolean, n);
  if (n > 0 && (!candidates || !accept || !done))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "trunc_normal_: there is no memory to draw %" G_GSIZE_FORMAT " weights", n);
      return FALSE;
    }
  reject_uniform (&t, generator, data, candidates, accept, done, n);
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  Truncated t = read_arguments (arguments);

  return isc_law_truncated_normal (t.mean, t.std, t.a, t.b);
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  IscLaw truncated = law (arguments, site);
  g_autofree char *std = isc_number_to_label (truncated.std, 4);
  g_autofree char *left = isc_number_to_label (sqrt (isc_law_variance (&truncated)), 4);

  return g_strdup_printf ("std = %s, %s after truncation", std, left);
}

static const IscParameter parameters[] = {
  { "mean", ISC_PARAMETER_NUMBER, "0.0", -G_MAXFLOAT, G_MAXFLOAT,
    .help = N_ ("The mean before truncation.") },
  { "std", ISC_PARAMETER_NUMBER, "1.0", 0, G_MAXFLOAT, .above_min = TRUE,
    .help = N_ ("The standard deviation before truncation.") },
  { "a", ISC_PARAMETER_NUMBER, "-2.0", -G_MAXFLOAT, G_MAXFLOAT,
    .help = N_ ("The lower bound, an absolute value, not a multiple of std.") },
  { "b", ISC_PARAMETER_NUMBER, "2.0", -G_MAXFLOAT, G_MAXFLOAT,
    .help = N_ ("The upper bound, an absolute value, not a multiple of std.") },
};

const IscScheme isc_scheme_trunc_normal = {
  .item = {
    .id = "trunc_normal_",
    .label = N_ ("Truncated normal"),
    .summary = N_ ("A normal without its tails, as vision transformers use it."),
    .formula = "w ~ N(mean, std²) given a ≤ w ≤ b",
    .citation = "torch.nn.init.trunc_normal_; Robert 1995, Simulation of truncated normal variables",
    .caution = N_ ("The bounds are absolute: with std=0.02 the default bounds ±2 cut nothing."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .check = check,
  .fill = fill,
  .law = law,
  .describe = describe,
};
