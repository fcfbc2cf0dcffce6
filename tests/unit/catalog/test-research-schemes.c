/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Schemes from papers: bits where their authors' code is PyTorch's, and otherwise what the papers
 * say of every single weight. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"
#include "support/reference.h"

/* A call with its site: what the tests below ask of. */
typedef struct
{
  const IscScheme *scheme;
  IscArguments *arguments;
  IscSite site;
} Case;

static Case
make_case (const char *text, IscShape shape)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  Case made = { .site = isc_site_of_shape (&shape) };
  const IscItem *item;

  made.arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);
  g_assert_no_error (error);
  made.scheme = (const IscScheme *)item;
  return made;
}

static void
case_clear (Case *made)
{
  isc_arguments_unref (made->arguments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static IscTensor *
draw (const Case *made, IscGenerator *generator)
{
  g_autoptr (GError) error = NULL;
  IscTensor *tensor = isc_tensor_new ("weight", &made->site.shape, &error);

  g_assert_no_error (error);
  isc_scheme_fill (made->scheme, made->arguments, &made->site, generator, tensor, &error);
  g_assert_no_error (error);
  return tensor;
}

/* The first four weights, the last two and one word drawn afterwards, of PyTorch 1.13 after
 * manual_seed(42): what the authors' own lines draw, run once. */
static const struct
{
  const char *call;
  IscShape shape;
  const char *bits;
  gint64 next24;
} drawn[] = {
  { "siren_()", { 2, { 7, 9 } }, "3caa75c1 3cb90e91 bbd0ee83 3ccccfcd bc982d84 3c097fc4", 5499720 },
  { "siren_(first=True)",
    { 2, { 7, 9 } },
    "3dadf999 3dbcdf77 bcd53d72 3dd108fd bd9b50d9 3d0c559d",
    5499720 },
  { "fixup_(18)",
    { 4, { 5, 6, 3, 3 } },
    "3dc41827 3d975ad8 3d37531d bdd64533 3ca8c3f7 3d6b65c1",
    416880 },
  { "fixup_(16, m=3)",
    { 4, { 5, 6, 3, 3 } },
    "3e4ffd4d 3e20893c 3dc271f7 be63449b 3d3300b9 3df9ad3e",
    416880 },
  { "fixup_(16, last=True)",
    { 4, { 5, 6, 3, 3 } },
    "00000000 00000000 00000000 00000000 00000000 00000000",
    14802022 },
  { "gpt2_()", { 2, { 6, 8 } }, "3d1dda57 3cf3ad37 3c9392d1 bd2c7bf9 bcca491b bc1fe12e", 12648637 },
  { "gpt2_(residual=True)",
    { 2, { 6, 8 } },
    "3c00e2e8 3bc6f60c 3b70fc8c bc0cd534 bba52a5c bb028a89",
    12648637 },
  { "mup_(9)", { 2, { 6, 24 } }, "3cc1545c 3c953889 3c34bd6a bcd33fce bc09c8ee 3bff91a0", 6940119 },
  { "mup_(9, role='input')",
    { 2, { 6, 24 } },
    "3d1dda57 3cf3ad37 3c9392d1 bd2c7bf9 bc610074 3c50abcc",
    6940119 },
  { "icnr_()",
    { 4, { 12, 5, 3, 2 } },
    "3efebbe9 3ec49da0 3e6e254e bf0b2c33 bd43ef88 3e4706b3",
    1271741 },
  { "small_init_(768)",
    { 2, { 6, 8 } },
    "3d341fc8 3d0b073f 3ca864fb bd44d1e2 bce6d365 bc366fd3",
    12648637 },
  { "wang_init_(768, 12)",
    { 2, { 6, 8 } },
    "3c3dde17 3c128c78 3bb180db bc4f7762 bbf34fcd bb404e28",
    12648637 },
  { "zero_hadamard_()",
    { 2, { 3, 5 } },
    "3f800000 00000000 00000000 00000000 00000000 00000000",
    14802022 },
  { "zero_hadamard_()",
    { 2, { 5, 3 } },
    "3eb504f3 3eb504f3 3eb504f3 3eb504f3 3eb504f3 3eb504f3",
    14802022 },
  { "zero_hadamard_()",
    { 2, { 16, 3 } },
    "3e800000 3e800000 3e800000 3e800000 be800000 be800000",
    14802022 },
};

static void
test_bits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
    {
      g_auto (Case) made = make_case (drawn[i].call, drawn[i].shape);
      g_autoptr (IscGenerator) generator = isc_generator_new (42);
      g_autoptr (IscTensor) tensor = draw (&made, generator);
      const float *w = isc_tensor_get_data (tensor);
      gsize n;
      g_autofree float *theirs = reference_floats (drawn[i].bits, &n);

      g_test_message ("%s", drawn[i].call);
      g_assert_cmpuint (n, ==, 6);
      g_assert_true (memcmp (w, theirs, 4 * sizeof *w) == 0);
      g_assert_true (memcmp (w + isc_tensor_get_count (tensor) - 2, theirs + 4, 2 * sizeof *w)
                     == 0);
      g_assert_cmpint (isc_generator_word (generator) & 0xffffff, ==, drawn[i].next24);
      g_assert_cmpstr (made.scheme->library, ==, "PyTorch");
      g_assert_false (made.scheme->own_stream);
    }
}

/* What laws and descriptions say, by hand. */
static const struct
{
  const char *call;
  IscShape shape;
  double std;
  const char *description;
} told[] = {
  { "siren_()",
    { 2, { 7, 96 } },
    0.25 / 30.0 / 1.7320508075688772,
    "bound = √(6 / 96) / 30 = 0.008333" },
  { "siren_(w0=5)", { 2, { 7, 96 } }, 0.05 / 1.7320508075688772, "bound = √(6 / 96) / 5 = 0.05" },
  { "siren_(first=True)", { 2, { 7, 2 } }, 0.5 / 1.7320508075688772, "bound = 1 / 2 = 0.5" },
  { "fixup_(16)", { 4, { 2, 5, 3, 3 } }, 1.0 / 12.0, "std = √(2 / 18) · 16^(−1/2) = 0.08333" },
  { "fixup_(16, m=3)", { 2, { 2, 5 } }, 0.5, "std = √(2 / 2) · 16^(−1/4) = 0.5" },
  { "fixup_(16, last=True)", { 2, { 2, 5 } }, 0.0, "w = 0" },
  { "gpt2_()", { 2, { 2, 5 } }, 0.02, "std = 0.02" },
  { "gpt2_(n_layer=8, residual=True)", { 2, { 2, 5 } }, 0.005, "std = 0.02 / √(2 · 8) = 0.005" },
  { "mup_(64, 0.1)", { 2, { 2, 256 } }, 0.05, "std = 0.1 · √(64 / 256) = 0.05" },
  { "mup_(64, 0.1, 'output')", { 2, { 2, 256 } }, 0.025, "std = 0.1 · 64 / 256 = 0.025" },
  { "mup_(64, 0.1, 'input')", { 2, { 2, 256 } }, 0.1, "std = 0.1" },
  { "mean_field_(sw2=2.25)", { 2, { 2, 9 } }, 0.5, "std = √(2.25 / 9) = 0.5" },
  { "mean_field_()", { 2, { 2, 1 } }, 1.3270097964973735, "std = √(1.761 / 1) = 1.327" },
  { "mean_field_bias_(sb2=0.25)", { 1, { 7 } }, 0.5, "std = √0.25 = 0.5" },
  /* Four weights of three and twelve zeros: variance 9/4 − (3/4)². */
  { "irnn_identity_(gain=3)", { 2, { 4, 4 } }, 1.299038105676658, "W = 3 · I" },
  /* Three ones among fifteen: 1/5 − 1/25. */
  { "zero_hadamard_()", { 2, { 3, 5 } }, 0.4, "W = I, cut to the layer's shape" },
  { "zero_hadamard_()", { 4, { 4, 1, 3, 3 } }, 0.15713484026367722, "W = H / √4, w = ±0.5" },
  { "icnr_()", { 4, { 12, 2, 2, 2 } }, 0.5, "std = √2 / √8 = 0.5, each kernel 4 times" },
  { "small_init_(10)", { 2, { 2, 5 } }, 0.2, "std = √(2 / (5 · 10)) = 0.2" },
  { "wang_init_(16, 5)", { 2, { 2, 5 } }, 0.1, "std = 2 / (5 · √16) = 0.1" },
  { "deepnorm_(2)", { 2, { 2, 6 } }, 0.25, "std = (8 · 2)^(−1/4) · √(2 / (6 + 2)) = 0.25" },
  { "t_fixup_(16)", { 2, { 2, 6 } }, 0.1675, "bound = 0.67 · 16^(−1/4) · √(6 / (6 + 2)) = 0.2901" },
  { "t_fixup_(9, part='decoder')",
    { 2, { 2, 6 } },
    1.0 / 6.0,
    "bound = (9 · 9)^(−1/4) · √(6 / (6 + 2)) = 0.2887" },
  { "unit_forget_bias_()", { 1, { 8 } }, 0.4330127018922193, "forget bias = 1, others 0" },
  { "chrono_(101)",
    { 1, { 8 } },
    NAN,
    "forget bias = log U(1, 100) ≤ 4.605, input bias = −forget bias" },
  { "lsuv_(std=2)", { 2, { 2, 5 } }, NAN, "W = c · Q, c such that the output's std is 2 ± 0.1" },
};

static void
test_told (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_auto (Case) made = make_case (told[i].call, told[i].shape);
      IscLaw law = made.scheme->law (made.arguments, &made.site);
      g_autofree char *description = made.scheme->describe (made.arguments, &made.site);

      g_assert_cmpstr (description, ==, told[i].description);
      if (isnan (told[i].std))
        g_assert_cmpint (law.kind, ==, ISC_LAW_NONE);
      else
        assert_close (sqrt (isc_law_variance (&law)), told[i].std, 1e-12, 0.0);
    }
}

/* ZerO: rows of a Hadamard matrix are orthogonal, and the paper's matrix of order 4 is this one. */
static void
test_zero (void)
{
  g_auto (Case) matrix = make_case ("zero_hadamard_()", isc_shape (2, 4, 3));
  g_auto (Case) wide = make_case ("zero_hadamard_()", isc_shape (2, 64, 33));
  g_auto (Case) kernel = make_case ("zero_hadamard_()", isc_shape (4, 4, 3, 3, 5));
  g_autoptr (IscGenerator) generator = isc_generator_new (42);
  g_autoptr (IscTensor) four = draw (&matrix, generator);
  g_autoptr (IscTensor) many = draw (&wide, generator);
  g_autoptr (IscTensor) taps = draw (&kernel, generator);
  const float signs[] = { 1, 1, 1, 1, -1, 1, 1, 1, -1, 1, -1, -1 };
  const float *w = isc_tensor_get_data (many);

  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat (isc_tensor_get_data (four)[i], ==, 0.5f * signs[i]);
  for (guint i = 0; i < 12 * 15; i++)
    g_assert_cmpfloat (isc_tensor_get_data (taps)[i], ==,
                       i % 15 == 7 ? 0.5f * signs[i / 15] : 0.0f);
  for (guint a = 0; a < 33; a++)
    for (guint b = 0; b <= a; b++)
      {
        double dot = 0.0;

        for (guint i = 0; i < 64; i++)
          dot += (double)w[i * 33 + a] * (double)w[i * 33 + b];
        /* Sums of 64 times ±1/64 are exact. */
        g_assert_cmpfloat (dot, ==, a == b ? 1.0 : 0.0);
      }
}

static void
test_irnn (void)
{
  g_auto (Case) square = make_case ("irnn_identity_(gain=0.5)", isc_shape (2, 3, 3));
  g_auto (Case) input = make_case ("irnn_identity_()", isc_shape (2, 6, 8));
  g_autoptr (IscGenerator) generator = isc_generator_new (42);
  g_autoptr (IscGenerator) same = isc_generator_new (42);
  g_autoptr (IscTensor) identity = draw (&square, generator);
  g_autoptr (IscTensor) weights = NULL;
  float expected[48];

  for (guint i = 0; i < 9; i++)
    g_assert_cmpfloat (isc_tensor_get_data (identity)[i], ==, i % 4 == 0 ? 0.5f : 0.0f);
  input.site.name = "0.weight_ih_l0";
  weights = draw (&input, generator);
  isc_generator_normal (same, expected, 48, 0.0, 0.001);
  g_assert_true (memcmp (isc_tensor_get_data (weights), expected, sizeof expected) == 0);
}

/* Input, forget, cell, output: as PyTorch lays an LSTM's gates. */
static void
test_lstm_bias (void)
{
  g_auto (Case) unit = make_case ("unit_forget_bias_()", isc_shape (1, 12));
  g_auto (Case) chrono = make_case ("chrono_(50)", isc_shape (1, 80));
  g_autoptr (IscGenerator) generator = isc_generator_new (42);
  g_autoptr (IscGenerator) same = isc_generator_new (42);
  g_autoptr (IscTensor) ones = NULL;
  g_autoptr (IscTensor) logs = NULL;
  const float *b;
  float t[20];

  unit.site.layer = chrono.site.layer = "LSTM";
  unit.site.name = chrono.site.name = "0.bias_ih_l0";
  ones = draw (&unit, generator);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat (isc_tensor_get_data (ones)[i], ==, i / 3 == 1 ? 1.0f : 0.0f);

  logs = draw (&chrono, generator);
  b = isc_tensor_get_data (logs);
  isc_generator_uniform (same, t, 20, 1.0, 49.0);
  for (guint i = 0; i < 20; i++)
    {
      /* Two roundings to float32. */
      assert_close ((double)b[20 + i], log ((double)t[i]), 2e-7, 1e-7);
      g_assert_cmpfloat (b[i], ==, -b[20 + i]);
      g_assert_cmpfloat (b[40 + i], ==, 0.0f);
      g_assert_cmpfloat (b[60 + i], ==, 0.0f);
    }

  unit.site.name = chrono.site.name = "0.bias_hh_l0";
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (IscTensor) zeros = draw (k ? &unit : &chrono, generator);
      IscLaw law = (k ? unit : chrono).scheme->law (unit.arguments, k ? &unit.site : &chrono.site);

      for (gsize i = 0; i < isc_tensor_get_count (zeros); i++)
        g_assert_cmpfloat (isc_tensor_get_data (zeros)[i], ==, 0.0f);
      g_assert_cmpint (law.kind, ==, ISC_LAW_POINT);
    }
  g_assert_cmpuint (isc_generator_word (generator), ==, isc_generator_word (same));
}

/* Each kernel stands in scale² channels that follow each other. */
static void
test_icnr (void)
{
  g_auto (Case) made = make_case ("icnr_(scale=3)", isc_shape (4, 18, 2, 3, 3));
  g_auto (Case) one = make_case ("kaiming_normal_()", isc_shape (4, 2, 2, 3, 3));
  g_autoptr (IscGenerator) generator = isc_generator_new (42);
  g_autoptr (IscGenerator) same = isc_generator_new (42);
  g_autoptr (IscTensor) copies = draw (&made, generator);
  g_autoptr (IscTensor) kernels = draw (&one, same);

  for (guint i = 0; i < 18; i++)
    g_assert_true (memcmp (isc_tensor_get_data (copies) + i * 18,
                           isc_tensor_get_data (kernels) + i / 9 * 18, 18 * sizeof (float))
                   == 0);
}

/* The same numbers as Xavier's with the depth's factor as its gain. */
static void
assert_same_draw (const char *call, const char *other)
{
  g_auto (Case) one = make_case (call, isc_shape (2, 20, 30));
  g_auto (Case) two = make_case (other, isc_shape (2, 20, 30));
  g_autoptr (IscGenerator) generator = isc_generator_new (42);
  g_autoptr (IscGenerator) same = isc_generator_new (42);
  g_autoptr (IscTensor) a = draw (&one, generator);
  g_autoptr (IscTensor) b = draw (&two, same);

  g_assert_true (memcmp (isc_tensor_get_data (a), isc_tensor_get_data (b), 600 * sizeof (float))
                 == 0);
}

static void
test_depth (void)
{
  assert_same_draw ("deepnorm_(32)", "xavier_normal_(gain=0.25)");
  assert_same_draw ("t_fixup_(16)", "xavier_uniform_(gain=0.335)");
  assert_same_draw ("t_fixup_(9, 'decoder')", "xavier_uniform_(gain=0.3333333333333333)");
  assert_same_draw ("mean_field_(sw2=1)", "kaiming_normal_(nonlinearity='linear')");
}

/* The standard deviation of all outputs W x, in double. */
static double
output_std (const IscTensor *weight, const float *x, gsize n)
{
  gsize rows = (gsize)isc_tensor_get_shape (weight)->dims[0];
  gsize columns = isc_tensor_get_count (weight) / rows;
  const float *w = isc_tensor_get_data (weight);
  double sum = 0.0, squares = 0.0;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < rows; j++)
      {
        double y = 0.0;

        for (gsize k = 0; k < columns; k++)
          y += (double)w[j * columns + k] * (double)x[i * columns + k];
        sum += y;
        squares += y * y;
      }
  sum /= (double)(n * rows);
  return sqrt (squares / (double)(n * rows) - sum * sum);
}

/* The first weights over those that orthogonal_ draws: one factor for all. */
static double
common_factor (const IscTensor *tensor, guint64 seed)
{
  g_auto (Case) start = make_case ("orthogonal_()", *isc_tensor_get_shape (tensor));
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  g_autoptr (IscTensor) orthonormal = draw (&start, generator);
  const float *q = isc_tensor_get_data (orthonormal);
  const float *w = isc_tensor_get_data (tensor);
  double factor = (double)w[0] / (double)q[0];

  /* The product is rounded to float32. */
  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    assert_close ((double)w[i], factor * (double)q[i], 3e-7, 0.0);
  return factor;
}

/* Inputs with a mean and a scale of their own. */
static float *
some_inputs (gsize n)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (7);
  float *x = g_new (float, n);

  isc_generator_normal (generator, x, n, 0.6, 2.385);
  return x;
}

static void
check_measured (const char *call, gsize n_inputs, gsize n_measured, double std, double tolerance)
{
  g_auto (Case) made = make_case (call, isc_shape (2, 40, 30));
  g_autoptr (IscGenerator) generator = isc_generator_new (5);
  g_autofree float *x = some_inputs (n_inputs * 30);
  g_autoptr (IscTensor) tensor = NULL;

  made.site.inputs = x;
  made.site.n_inputs = n_inputs;
  made.site.input_width = 30;
  tensor = draw (&made, generator);
  common_factor (tensor, 5);
  assert_close (output_std (tensor, x, n_measured), std, 0.0, tolerance);
}

static void
test_lsuv_data (void)
{
  check_measured ("lsuv_()", 200, 128, 1.0, 0.1);
  /* Two roundings of a factor in float32, and of the outputs that are measured. */
  check_measured ("lsuv_(tol=1e-6)", 200, 128, 1.0, 2e-6);
  check_measured ("lsuv_(tol=1e-6, batch=150)", 200, 150, 1.0, 2e-6);
  check_measured ("lsuv_(tol=1e-6)", 20, 20, 1.0, 2e-6);
  check_measured ("lsuv_(std=0.3, tol=1e-6)", 50, 50, 0.3, 2e-6);
}

/* Draws what orthogonal_ draws. */
static void
skip_orthogonal (IscGenerator *generator, IscShape shape)
{
  g_auto (Case) start = make_case ("orthogonal_()", shape);
  g_autoptr (IscTensor) tensor = draw (&start, generator);

  g_assert_nonnull (tensor);
}

/* Without data, or with data that a convolution unfolds, the batch is drawn after the weights. */
static void
test_lsuv_normal (void)
{
  g_auto (Case) made = make_case ("lsuv_(tol=1e-6, batch=50)", isc_shape (4, 40, 2, 3, 3));
  g_autoptr (IscGenerator) generator = isc_generator_new (5);
  g_autoptr (IscGenerator) same = isc_generator_new (5);
  g_autofree float *images = some_inputs (50 * 98);
  g_autoptr (IscTensor) tensor = NULL;
  float x[50 * 18];

  made.site.inputs = images;
  made.site.n_inputs = 50;
  made.site.input_width = 98;
  tensor = draw (&made, generator);
  skip_orthogonal (same, isc_shape (2, 40, 18));
  for (guint i = 0; i < 50; i++)
    isc_generator_normal (same, x + i * 18, 18, 0.0, 1.0);
  common_factor (tensor, 5);
  assert_close (output_std (tensor, x, 50), 1.0, 0.0, 2e-6);
  /* However often it measures, the batch is drawn once. */
  g_assert_cmpuint (isc_generator_word (generator), ==, isc_generator_word (same));
}

static void
test_lsuv_left_alone (void)
{
  /* Standard normal inputs through a wide orthonormal matrix: std 1 within 1/√(2 · 128 · 300). */
  g_auto (Case) wide = make_case ("lsuv_()", isc_shape (2, 300, 400));
  g_auto (Case) tall = make_case ("lsuv_(max_iter=0)", isc_shape (2, 400, 100));
  g_autoptr (IscGenerator) one = isc_generator_new (5);
  g_autoptr (IscGenerator) two = isc_generator_new (5);
  g_autoptr (IscTensor) near = draw (&wide, one);
  g_autoptr (IscTensor) never = draw (&tall, two);

  g_assert_cmpfloat (common_factor (near, 5), ==, 1.0);
  g_assert_cmpfloat (common_factor (never, 5), ==, 1.0);
}

/* More inputs than a block of memory holds at a time, drawn in both measurements alike. */
static void
test_lsuv_blocks (void)
{
  g_auto (Case) made = make_case ("lsuv_(tol=1e-6)", isc_shape (2, 200000, 2));
  g_autoptr (IscGenerator) generator = isc_generator_new (5);
  g_autoptr (IscGenerator) same = isc_generator_new (5);
  g_autoptr (IscTensor) tensor = draw (&made, generator);
  float x[128 * 2];

  skip_orthogonal (same, isc_shape (2, 200000, 2));
  for (guint i = 0; i < 128; i++)
    isc_generator_normal (same, x + i * 2, 2, 0.0, 1.0);
  assert_close (output_std (tensor, x, 128), 1.0, 0.0, 2e-6);
  g_assert_cmpuint (isc_generator_word (generator), ==, isc_generator_word (same));
}

static void
test_deterministic (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_auto (Case) made = make_case (told[i].call, told[i].shape);
      g_autoptr (IscGenerator) first = isc_generator_new (11);
      g_autoptr (IscGenerator) second = isc_generator_new (11);
      g_autoptr (IscTensor) one = draw (&made, first);
      g_autoptr (IscTensor) two = draw (&made, second);

      g_assert_true (memcmp (isc_tensor_get_data (one), isc_tensor_get_data (two),
                             isc_tensor_get_count (one) * sizeof (float))
                     == 0);
    }
}

/* The second moment of 40,000 weights against the law: five standard errors of a variance, √(2/N)
 * for a normal and less for a uniform; icnr_ has 10,000 that are independent. */
static IscShape
large_shape (guint n_dims)
{
  if (n_dims == 1)
    return isc_shape (1, 40000);
  return n_dims == 4 ? isc_shape (4, 40, 40, 5, 5) : isc_shape (2, 200, 200);
}

static void
test_moments (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_auto (Case) made = make_case (told[i].call, large_shape (told[i].shape.n_dims));
      IscLaw law = made.scheme->law (made.arguments, &made.site);
      g_autoptr (IscGenerator) generator = isc_generator_new (11 + i);
      g_autoptr (IscTensor) tensor = draw (&made, generator);
      double squares = 0.0;

      for (guint j = 0; j < 40000; j++)
        squares += pow ((double)isc_tensor_get_data (tensor)[j], 2.0);
      if (law.kind != ISC_LAW_NONE)
        assert_close (squares / 40000.0, isc_law_variance (&law) + pow (isc_law_mean (&law), 2.0),
                      5.0 * sqrt (2.0 / 10000.0), 0.0);
    }
}

static void
assert_refused (const char *text, IscShape shape, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item = NULL;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  IscSite site = isc_site_of_shape (&shape);
  g_autoptr (IscTensor) tensor = isc_tensor_new ("weight", &shape, NULL);

  if (arguments)
    g_assert_false (
        isc_scheme_fill ((const IscScheme *)item, arguments, &site, generator, tensor, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  assert_refused ("irnn_identity_()", isc_shape (2, 3, 4),
                  "irnn_identity_: a 3×4 matrix can't hand a hidden state on to itself: it needs a "
                  "square one, such as an RNN's weight_hh");
  assert_refused ("irnn_identity_()", isc_shape (3, 4, 4, 3),
                  "irnn_identity_ needs a weight of exactly 2 dimensions, and this one has 3 "
                  "(4×4×3)");
  assert_refused ("mean_field_bias_()", isc_shape (2, 4, 3),
                  "mean_field_bias_ needs a weight of exactly 1 dimension, and this one has 2 "
                  "(4×3)");
  assert_refused ("chrono_(9)", isc_shape (1, 6),
                  "chrono_: an LSTM has four gates, and 6 biases are no multiple of four");
  assert_refused ("unit_forget_bias_()", isc_shape (2, 4, 3),
                  "unit_forget_bias_ needs a weight of exactly 1 dimension, and this one has 2 "
                  "(4×3)");
  assert_refused ("chrono_(1)", isc_shape (1, 8), "chrono_: t_max=1 must be at least 2");
  assert_refused ("icnr_()", isc_shape (4, 6, 2, 3, 3),
                  "icnr_: 6 output channels are no multiple of scale² = 4");
  assert_refused ("icnr_()", isc_shape (2, 8, 2),
                  "icnr_ needs a weight of exactly 4 dimensions, and this one has 2 (8×2)");
  assert_refused ("t_fixup_(2, 'both')", isc_shape (2, 8, 2),
                  "t_fixup_: part='both' is not one of 'encoder', 'decoder'");
  assert_refused ("lsuv_()", isc_shape (1, 4),
                  "lsuv_ needs a weight of at least 2 dimensions, and this one has 1 (4)");
  assert_refused ("lsuv_(batch=1)", isc_shape (2, 1, 1),
                  "lsuv_: the layer's output has a standard deviation of 0 on the batch, which no "
                  "factor brings to 1: look at what arrives at the layer");
  assert_refused ("lsuv_(std=0)", isc_shape (2, 4, 4), "lsuv_: std=0 must be above 0");
  assert_refused ("fixup_()", isc_shape (2, 4, 4), "fixup_() lacks num_layers (a whole number)");
  assert_refused ("fixup_(3, m=1)", isc_shape (2, 4, 4), "fixup_: m=1 is outside 2..1000");
  assert_refused ("mup_(0)", isc_shape (2, 4, 4), "mup_: base_fan_in=0 must be at least 1");
  assert_refused ("siren_(w0=0)", isc_shape (2, 4, 4), "siren_: w0=0 must be above 0");
  assert_refused ("mean_field_(sw2=-1)", isc_shape (2, 4, 4),
                  "mean_field_: sw2=-1 must be at least 0");
}

static void
test_cancelled (void)
{
  g_auto (Case) made = make_case ("lsuv_()", isc_shape (2, 30, 20));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autoptr (IscTensor) tensor = isc_tensor_new ("weight", &made.site.shape, NULL);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  made.site.cancellable = cancellable;
  g_assert_false (
      isc_scheme_fill (made.scheme, made.arguments, &made.site, generator, tensor, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/research-schemes/bits", test_bits);
  g_test_add_func ("/catalog/research-schemes/told", test_told);
  g_test_add_func ("/catalog/research-schemes/zero", test_zero);
  g_test_add_func ("/catalog/research-schemes/irnn", test_irnn);
  g_test_add_func ("/catalog/research-schemes/lstm-bias", test_lstm_bias);
  g_test_add_func ("/catalog/research-schemes/icnr", test_icnr);
  g_test_add_func ("/catalog/research-schemes/depth", test_depth);
  g_test_add_func ("/catalog/research-schemes/lsuv-data", test_lsuv_data);
  g_test_add_func ("/catalog/research-schemes/lsuv-normal", test_lsuv_normal);
  g_test_add_func ("/catalog/research-schemes/lsuv-left-alone", test_lsuv_left_alone);
  g_test_add_func ("/catalog/research-schemes/lsuv-blocks", test_lsuv_blocks);
  g_test_add_func ("/catalog/research-schemes/deterministic", test_deterministic);
  g_test_add_func ("/catalog/research-schemes/moments", test_moments);
  g_test_add_func ("/catalog/research-schemes/refused", test_refused);
  g_test_add_func ("/catalog/research-schemes/cancelled", test_cancelled);
  return g_test_run ();
}
