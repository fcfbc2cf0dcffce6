/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each data set of the catalog: its shapes, classes and splits, what is known of its contents, and
 * the same numbers every time. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "engine/dataset.h"
#include "experiment/edit.h"
#include "support/reference.h"

/* A network that suits @inputs features and @outputs outputs, on @data. */
static IscExperiment *
experiment_for (const char *data, guint inputs, guint outputs, const char *loss)
{
  g_autoptr (IscExperiment) plain = isc_experiment_new ();
  g_autoptr (IscExperiment) with_data = NULL;
  g_autoptr (IscExperiment) with_network = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *network = g_strdup_printf ("[\"Linear(%u, %u)\"]", inputs, outputs);
  IscExperiment *experiment;

  with_data = isc_experiment_edit (plain, "data", data, &error);
  g_assert_no_error (error);
  with_network = isc_experiment_edit (with_data, "network", network, &error);
  g_assert_no_error (error);
  experiment = isc_experiment_edit (with_network, "loss", loss, &error);
  g_assert_no_error (error);
  return experiment;
}

static IscData *
load (const char *call, guint inputs, guint outputs)
{
  g_autoptr (IscExperiment) experiment
      = experiment_for (call, inputs, outputs, "CrossEntropyLoss()");
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (GError) error = NULL;
  IscData *data = isc_dataset_load (experiment, generator, &error);

  g_assert_no_error (error);
  return data;
}

static void
assert_split (const IscSplit *split, gsize n, gint64 width, gint64 n_classes)
{
  g_assert_cmpuint (split->n, ==, n);
  if (n == 0)
    return;
  g_assert_cmpuint (isc_tensor_get_shape (split->inputs)->n_dims, ==, 2);
  g_assert_cmpint (isc_tensor_get_shape (split->inputs)->dims[0], ==, (gint64)n);
  g_assert_cmpint (isc_tensor_get_shape (split->inputs)->dims[1], ==, width);
  for (gsize i = 0; i < n; i++)
    g_assert_true (split->classes[i] >= 0 && split->classes[i] < n_classes);
  for (gsize i = 0; i < isc_tensor_get_count (split->inputs); i++)
    g_assert_true (isfinite (isc_tensor_get_data (split->inputs)[i]));
}

static void
assert_equal_split (const IscSplit *a, const IscSplit *b, gboolean equal)
{
  gsize size = isc_tensor_get_count (a->inputs) * sizeof (float);

  g_assert_cmpuint (isc_tensor_get_count (b->inputs) * sizeof (float), ==, size);
  g_assert_cmpint (memcmp (isc_tensor_get_data (a->inputs), isc_tensor_get_data (b->inputs), size)
                       == 0,
                   ==, equal);
}

/* How often each class occurs. */
static void
assert_counts (const IscSplit *split, const guint *expected, guint n_classes)
{
  g_autofree guint *counts = g_new0 (guint, n_classes);

  for (gsize i = 0; i < split->n; i++)
    counts[split->classes[i]]++;
  for (guint i = 0; i < n_classes; i++)
    g_assert_cmpuint (counts[i], ==, expected[i]);
}

static double
sum_of (const IscTensor *tensor)
{
  double sum = 0.0;

  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    sum += (double)isc_tensor_get_data (tensor)[i];
  return sum;
}

static void
test_mnist (void)
{
  g_autoptr (IscData) data = load ("MNIST()", 784, 10);
  g_autoptr (IscData) standard = load ("MNIST(standardize=True)", 784, 10);
  /* Counted in the files of the MNIST database with another program. */
  const guint train[] = { 592, 671, 581, 608, 623, 514, 608, 651, 551, 601 };
  const guint test[] = { 85, 126, 116, 107, 110, 87, 87, 99, 89, 94 };
  const gint64 first[] = { 5, 0, 4, 1, 9, 2, 1, 3, 1, 4 };

  assert_split (&data->train, 6000, 784, 10);
  assert_split (&data->test, 1000, 784, 10);
  g_assert_cmpint (data->n_classes, ==, 10);
  assert_counts (&data->train, train, 10);
  assert_counts (&data->test, test, 10);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_assert_cmpint (data->train.classes[i], ==, first[i]);
  g_assert_cmpint (data->test.classes[0], ==, 7);
  /* Pixels are whole numbers over 255: the sums lose at most 6000 · 784 roundings of 3e-8. */
  assert_close (sum_of (data->train.inputs) * 255.0, 157703741.0, 0.0, 40.0);
  assert_close (sum_of (data->test.inputs) * 255.0, 24443134.0, 0.0, 10.0);
  for (gsize i = 0; i < 784 * 100; i++)
    {
      float pixel = isc_tensor_get_data (data->train.inputs)[i];

      g_assert_true (pixel >= 0.0f && pixel <= 1.0f);
      g_assert_cmpfloat (isc_tensor_get_data (standard->train.inputs)[i], ==,
                         (pixel - 0.1307f) / 0.3081f);
    }
}

static void
test_mnist_images (void)
{
  g_autoptr (IscCall) call = isc_call_parse ("MNIST(flatten=False)", NULL);
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_DATASET, call, &item, NULL);
  IscDataInfo info = { 0 };

  ((const IscDataset *)item)->describe (arguments, &info);
  g_assert_true (info.known);
  g_assert_cmpuint (info.input.n_dims, ==, 3);
  g_assert_cmpint (info.input.dims[0], ==, 1);
  g_assert_cmpint (info.input.dims[1], ==, 28);
  g_assert_cmpint (info.input.dims[2], ==, 28);
}

/* Mean 0 and standard deviation 1 in every column of the training examples; constant columns are 0.
 */
static void
assert_standard (const IscSplit *split, gsize width)
{
  const float *x = isc_tensor_get_data (split->inputs);

  for (gsize column = 0; column < width; column++)
    {
      double mean = 0.0;
      double square = 0.0;

      for (gsize i = 0; i < split->n; i++)
        {
          double value = (double)x[i * width + column];

          mean += value / (double)split->n;
          square += value * value / (double)split->n;
        }
      /* Float32 roundings of values up to about 10, averaged. */
      assert_close (mean, 0.0, 0.0, 1e-6);
      g_assert_true (fabs (square - 1.0) < 1e-5 || square == 0.0);
    }
}

static void
test_iris (void)
{
  g_autoptr (IscData) data = load ("Iris()", 4, 3);
  g_autoptr (IscData) raw = load ("Iris(standardize=False, test_fraction=0)", 4, 3);
  const guint fifty[] = { 50, 50, 50 };

  assert_split (&data->train, 120, 4, 3);
  assert_split (&data->test, 30, 4, 3);
  assert_standard (&data->train, 4);
  assert_split (&raw->train, 150, 4, 3);
  assert_split (&raw->test, 0, 4, 3);
  assert_counts (&raw->train, fifty, 3);
  /* The first flower, and the sums of Fisher's table: 876.5, 458.6, 563.7 and 179.9 cm. */
  g_assert_cmpfloat (isc_tensor_get_data (raw->train.inputs)[0], ==, 5.1f);
  g_assert_cmpfloat (isc_tensor_get_data (raw->train.inputs)[3], ==, 0.2f);
  assert_close (sum_of (raw->train.inputs), 876.5 + 458.6 + 563.7 + 179.9, 1e-6, 0.0);
}

static void
test_digits (void)
{
  g_autoptr (IscData) data = load ("Digits()", 64, 10);
  g_autoptr (IscData) all = load ("Digits(test_fraction=0)", 64, 10);
  g_autoptr (IscData) standard = load ("Digits(standardize=True)", 64, 10);
  const guint counts[] = { 178, 182, 177, 183, 181, 182, 181, 179, 174, 180 };

  assert_split (&data->train, 1438, 64, 10);
  assert_split (&data->test, 359, 64, 10);
  assert_split (&all->train, 1797, 64, 10);
  assert_counts (&all->train, counts, 10);
  for (gint64 i = 0; i < 10; i++)
    g_assert_cmpint (all->train.classes[i], ==, i);
  /* scikit-learn's load_digits().data.sum(): sixteenths are exact in float32. */
  g_assert_cmpfloat (sum_of (all->train.inputs) * 16.0, ==, 561718.0);
  assert_standard (&standard->train, 64);
}

static void
test_wine (void)
{
  g_autoptr (IscData) data = load ("Wine()", 13, 3);
  g_autoptr (IscData) raw = load ("Wine(standardize=False, test_fraction=0)", 13, 3);
  const guint counts[] = { 59, 71, 48 };

  assert_split (&data->train, 143, 13, 3);
  assert_split (&data->test, 35, 13, 3);
  assert_standard (&data->train, 13);
  assert_counts (&raw->train, counts, 3);
  g_assert_cmpfloat (isc_tensor_get_data (raw->train.inputs)[0], ==, 14.23f);
  g_assert_cmpfloat (isc_tensor_get_data (raw->train.inputs)[12], ==, 1065.0f);
}

static void
test_breast_cancer (void)
{
  g_autoptr (IscData) data = load ("BreastCancer()", 30, 2);
  g_autoptr (IscData) raw = load ("BreastCancer(standardize=False, test_fraction=0)", 30, 2);
  const guint counts[] = { 212, 357 };

  assert_split (&data->train, 456, 30, 2);
  assert_split (&data->test, 113, 30, 2);
  assert_standard (&data->train, 30);
  assert_counts (&raw->train, counts, 2);
  g_assert_cmpfloat (isc_tensor_get_data (raw->train.inputs)[0], ==, 17.99f);
}

static void
test_fashion_mnist (void)
{
  g_autoptr (IscData) data = load ("FashionMNIST()", 784, 10);
  g_autoptr (IscData) standard = load ("FashionMNIST(standardize=True)", 784, 10);
  guint train[10], test[10];
  double n = (double)isc_tensor_get_count (standard->train.inputs);

  for (guint i = 0; i < 10; i++)
    {
      train[i] = 600;
      test[i] = 100;
    }
  assert_split (&data->train, 6000, 784, 10);
  assert_split (&data->test, 1000, 784, 10);
  assert_counts (&data->train, train, 10);
  assert_counts (&data->test, test, 10);
  /* The usual mean is that of ten times as many images. */
  assert_close (sum_of (standard->train.inputs) / n, 0.0, 0.0, 0.02);
}

/* The same columns, split the same way, with nothing but labels changed, and these to another. */
static void
test_label_noise (void)
{
  g_autoptr (IscData) clean = load ("Moons(samples=1000)", 2, 2);
  g_autoptr (IscData) noisy = load ("Moons(samples=1000, label_noise=0.1)", 2, 2);
  g_autoptr (IscData) again = load ("Moons(samples=1000, label_noise=0.1)", 2, 2);
  g_autoptr (IscData) other
      = load ("Moons(samples=1000, label_noise=0.1, label_noise_seed=1)", 2, 2);
  g_autoptr (IscData) digits = load ("MNIST()", 784, 10);
  g_autoptr (IscData) wrong = load ("MNIST(label_noise=1)", 784, 10);
  guint steps[10] = { 0 };
  guint n = 0;

  g_assert_true (memcmp (isc_tensor_get_data (clean->train.inputs),
                         isc_tensor_get_data (noisy->train.inputs), 800 * 2 * sizeof (float))
                 == 0);
  for (gsize i = 0; i < 800; i++)
    n += clean->train.classes[i] != noisy->train.classes[i];
  g_assert_cmpuint (n, ==, 80);
  assert_equal_split (&clean->test, &noisy->test, TRUE);
  assert_equal_split (&noisy->train, &again->train, TRUE);
  g_assert_false (memcmp (noisy->train.classes, other->train.classes, 800 * sizeof (gint64)) == 0);

  for (gsize i = 0; i < 6000; i++)
    steps[(wrong->train.classes[i] - digits->train.classes[i] + 10) % 10]++;
  /* 6,000 draws of nine: 667 each, with a standard deviation of 24. */
  g_assert_cmpuint (steps[0], ==, 0);
  for (guint i = 1; i < 10; i++)
    g_assert_true (steps[i] > 667 - 5 * 24 && steps[i] < 667 + 5 * 24);
  assert_equal_split (&digits->test, &wrong->test, TRUE);
}

/* A split of its own leaves the points as they are. */
static void
test_split_seed (void)
{
  g_autoptr (IscData) data = load ("Moons(samples=100, seed=4)", 2, 2);
  g_autoptr (IscData) same = load ("Moons(samples=100, seed=4, split_seed=4)", 2, 2);
  g_autoptr (IscData) split = load ("Moons(samples=100, seed=4, split_seed=5)", 2, 2);
  g_autoptr (IscData) wine = load ("Wine(split_seed=0)", 13, 3);
  g_autoptr (IscData) plain = load ("Wine()", 13, 3);
  g_autoptr (IscData) iris = load ("Iris(seed=6)", 4, 3);
  g_autoptr (IscData) moved = load ("Iris(split_seed=6)", 4, 3);

  assert_equal_split (&data->train, &same->train, TRUE);
  assert_equal_split (&data->train, &split->train, FALSE);
  /* The same points in another order: sums of float32 in double. */
  assert_close (sum_of (data->train.inputs) + sum_of (data->test.inputs),
                sum_of (split->train.inputs) + sum_of (split->test.inputs), 1e-12, 1e-12);
  assert_equal_split (&wine->train, &plain->train, TRUE);
  assert_equal_split (&iris->train, &moved->train, TRUE);
}

static void
test_digit_images (void)
{
  g_autoptr (IscExperiment) experiment
      = experiment_for ("Digits(flatten=False)", 64, 10, "CrossEntropyLoss()");
  g_autoptr (IscExperiment) convolved
      = isc_experiment_edit (experiment, "network",
                             "[\"Conv2d(1, 2, 3)\", \"Flatten()\", \"Linear(72, 10)\"]", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscData) images = isc_dataset_load (convolved, NULL, &error);
  g_autoptr (IscData) rows = load ("Digits()", 64, 10);
  IscShape shape = isc_shape (4, (gint64)1438, (gint64)1, (gint64)8, (gint64)8);

  g_assert_no_error (error);
  g_assert_true (isc_shape_equal (isc_tensor_get_shape (images->train.inputs), &shape));
  assert_equal_split (&images->train, &rows->train, TRUE);
}

static void
check_planar (const char *id, gint64 n_classes)
{
  g_autofree char *plain = g_strdup_printf ("%s(samples=500, noise=0.1)", id);
  g_autofree char *other = g_strdup_printf ("%s(samples=500, noise=0.1, seed=3)", id);
  g_autofree char *exact = g_strdup_printf ("%s(samples=500, noise=0, test_fraction=0)", id);
  g_autofree char *odd = g_strdup_printf ("%s(samples=7, noise=0, test_fraction=0.9)", id);
  g_autoptr (IscData) data = load (plain, 2, (guint)n_classes);
  g_autoptr (IscData) again = load (plain, 2, (guint)n_classes);
  g_autoptr (IscData) seeded = load (other, 2, (guint)n_classes);
  g_autoptr (IscData) clean = load (exact, 2, (guint)n_classes);
  g_autoptr (IscData) few = load (odd, 2, (guint)n_classes);
  guint counts[10] = { 0 };

  assert_split (&data->train, 400, 2, n_classes);
  assert_split (&data->test, 100, 2, n_classes);
  assert_equal_split (&data->train, &again->train, TRUE);
  assert_equal_split (&data->test, &again->test, TRUE);
  assert_equal_split (&data->train, &seeded->train, FALSE);
  assert_split (&clean->train, 500, 2, n_classes);
  assert_split (&few->train, 1, 2, n_classes);
  assert_split (&few->test, 6, 2, n_classes);
  /* As many of each class, but for what does not divide. */
  for (gsize i = 0; i < 500; i++)
    counts[clean->train.classes[i]]++;
  for (gint64 i = 0; i < n_classes; i++)
    g_assert_true (counts[i] == 500 / (guint)n_classes || counts[i] == 500 / (guint)n_classes + 1);
}

static void
test_planar (void)
{
  g_autoptr (IscData) circles = load ("Circles(samples=300, noise=0, test_fraction=0)", 2, 2);
  g_autoptr (IscData) moons = load ("Moons(samples=300, noise=0, test_fraction=0)", 2, 2);

  check_planar ("Moons", 2);
  check_planar ("Circles", 2);
  check_planar ("Spiral", 3);
  check_planar ("TwoGaussians", 2);
  check_planar ("XOR", 2);
  for (gsize i = 0; i < 300; i++)
    {
      const float *circle = isc_tensor_get_data (circles->train.inputs) + 2 * i;
      const float *moon = isc_tensor_get_data (moons->train.inputs) + 2 * i;
      float shift = moons->train.classes[i] == 0 ? 0.0f : 1.0f;

      /* All points of a class on one circle, up to a few float32 roundings. */
      assert_close ((double)hypotf (circle[0], circle[1]),
                    (double)hypotf (isc_tensor_get_data (circles->train.inputs)[2 * (i % 2)],
                                    isc_tensor_get_data (circles->train.inputs)[2 * (i % 2) + 1]),
                    1e-6, 0.0);
      assert_close ((double)hypotf (moon[0] - shift, moon[1] - 0.5f * shift), 1.0, 1e-6, 0.0);
    }
}

static void
test_clouds (void)
{
  g_autoptr (IscData) clouds
      = load ("TwoGaussians(samples=20000, distance=3, test_fraction=0)", 2, 2);
  g_autoptr (IscData) corners = load ("XOR(samples=8, noise=0, test_fraction=0)", 2, 2);
  const float *x = isc_tensor_get_data (clouds->train.inputs);
  guint at[4] = { 0 };
  guint n_right = 0;

  for (gsize i = 0; i < 20000; i++)
    n_right += (x[2 * i] > 0.0f) == (clouds->train.classes[i] == 1);
  /* Phi(1.5) = 0.93319, and of 20,000 the standard deviation is 0.0018. */
  assert_close ((double)n_right / 20000.0, 0.93319, 0.0, 5 * 0.0018);
  x = isc_tensor_get_data (corners->train.inputs);
  for (gsize i = 0; i < 8; i++)
    {
      g_assert_cmpint (corners->train.classes[i], ==, x[2 * i] * x[2 * i + 1] < 0.0f);
      at[(x[2 * i] > 0.0f) + 2 * (x[2 * i + 1] > 0.0f)]++;
    }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (at[i], ==, 2);
}

static IscData *
load_values (const char *call, guint inputs, guint outputs)
{
  g_autoptr (IscExperiment) experiment = experiment_for (call, inputs, outputs, "MSELoss()");
  g_autoptr (GError) error = NULL;
  IscData *data = isc_dataset_load (experiment, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (data->n_classes, ==, 0);
  g_assert_null (data->train.classes);
  return data;
}

static void
test_sine (void)
{
  g_autoptr (IscData) clean
      = load_values ("Sine(samples=64, frequency=3, noise=0, test_fraction=0)", 1, 1);
  g_autoptr (IscData) noisy = load_values ("Sine(samples=5000, noise=0.5, test_fraction=0)", 1, 1);
  g_autoptr (IscData) split = load_values ("Sine()", 1, 1);
  const float *x = isc_tensor_get_data (clean->train.inputs);
  double square = 0.0;

  g_assert_cmpuint (clean->train.n, ==, 64);
  assert_close (x[0], -G_PI * 63.0 / 64.0, 1e-7, 0.0);
  assert_close (x[63], G_PI * 63.0 / 64.0, 1e-7, 0.0);
  for (gsize i = 0; i < 64; i++)
    /* x is rounded to float32, and three times that error reaches the sine. */
    assert_close (isc_tensor_get_data (clean->train.values)[i], sin (3.0 * (double)x[i]), 0.0,
                  1e-6);
  x = isc_tensor_get_data (noisy->train.inputs);
  for (gsize i = 0; i < 5000; i++)
    square += pow ((double)isc_tensor_get_data (noisy->train.values)[i] - sin ((double)x[i]), 2.0);
  /* A variance of 5,000 normal numbers has a relative standard deviation of 0.02. */
  assert_close (square / 5000.0, 0.25, 0.1, 0.0);
  g_assert_cmpuint (split->train.n, ==, 800);
  g_assert_cmpuint (split->test.n, ==, 200);
}

/* Without noise the targets are linear in the inputs: four examples determine three weights. */
static void
test_random_normal (void)
{
  g_autoptr (IscData) data
      = load_values ("RandomNormal(samples=400, features=1, targets=2, noise=0, test_fraction=0)",
                     1, 2);
  g_autoptr (IscData) wide = load_values (
      "RandomNormal(samples=4000, features=400, targets=1, noise=0, test_fraction=0)", 400, 1);
  g_autoptr (IscData) classes
      = load ("RandomNormal(samples=400, features=1, targets=2, noise=0, test_fraction=0, "
              "kind='classes')",
              1, 2);
  const float *x = isc_tensor_get_data (data->train.inputs);
  const float *y = isc_tensor_get_data (data->train.values);
  double square = 0.0;

  for (gsize i = 0; i < 400; i++)
    for (gsize j = 0; j < 2; j++)
      /* A product of float32, rounded once. */
      assert_close ((double)y[2 * i + j] * (double)x[0], (double)y[j] * (double)x[i], 1e-6, 0.0);
  for (gsize i = 0; i < 400; i++)
    g_assert_cmpint (classes->train.classes[i], ==, y[2 * i + 1] > y[2 * i]);
  /* |W|² is chi-squared with 400 degrees over 400: its standard deviation is 0.07. */
  for (gsize i = 0; i < 4000; i++)
    square += pow ((double)isc_tensor_get_data (wide->train.values)[i], 2.0) / 4000.0;
  assert_close (square, 1.0, 0.0, 0.4);
}

/* torch.randn and torch.randint after the seed: the reference's checksum of the inputs. */
static void
test_random (void)
{
  g_autoptr (JsonObject) reference = reference_load ("reference/pytorch/trajectories.json");
  JsonArray *cases = json_object_get_array_member (reference, "cases");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *entry = json_array_get_object_element (cases, i);
      JsonObject *expected = json_object_get_object_member (entry, "data");
      JsonNode *features;
      g_autofree char *call = NULL;
      g_autofree char *sum = NULL;
      g_autoptr (IscExperiment) experiment = NULL;
      g_autoptr (IscGenerator) generator = NULL;
      g_autoptr (IscData) data = NULL;
      g_autoptr (GError) error = NULL;
      JsonArray *labels;

      if (!json_object_has_member (expected, "classes")
          || !json_object_has_member (expected, "features")
          || !g_str_has_prefix (json_object_get_string_member (expected, "x_source"), "randn")
          || !g_str_has_prefix (json_object_get_string_member (expected, "y_source"), "randint"))
        continue;
      features = json_object_get_member (expected, "features");
      if (!JSON_NODE_HOLDS_VALUE (features))
        continue;
      call = g_strdup_printf ("RandomClassification(samples=%d, features=%d, classes=%d)",
                              (int)json_object_get_int_member (expected, "n"),
                              (int)json_node_get_int (features),
                              (int)json_object_get_int_member (expected, "classes"));
      experiment = experiment_for (call, (guint)json_node_get_int (features),
                                   (guint)json_object_get_int_member (expected, "classes"),
                                   "CrossEntropyLoss()");
      g_assert_true (isc_dataset_draws_from_run (experiment));
      generator = isc_generator_new ((guint64)json_object_get_int_member (entry, "seed"));
      data = isc_dataset_load (experiment, generator, &error);
      g_assert_no_error (error);
      sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                         (const guchar *)isc_tensor_get_data (data->train.inputs),
                                         isc_tensor_get_count (data->train.inputs)
                                             * sizeof (float));
      g_assert_cmpstr (sum, ==, json_object_get_string_member (expected, "x_sha256"));
      g_assert_cmpuint (data->test.n, ==, 0);
      labels = json_object_get_array_member (expected, "y_first20");
      for (guint j = 0; j < json_array_get_length (labels); j++)
        g_assert_cmpint (data->train.classes[j], ==, json_array_get_int_element (labels, j));
      n++;
    }
  g_assert_cmpuint (n, >=, 20);
}

/* With a seed of its own the data neither touch the run's generator nor depend on it. */
static void
test_own_seed (void)
{
  g_autoptr (IscExperiment) experiment
      = experiment_for ("RandomRegression(samples=30, features=4, targets=2, seed=9)", 4, 2,
                        "MSELoss()");
  g_autoptr (IscGenerator) run = isc_generator_new (1);
  g_autoptr (IscGenerator) untouched = isc_generator_new (1);
  g_autoptr (IscGenerator) other = isc_generator_new (9);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscData) data = isc_dataset_load (experiment, run, &error);
  g_autoptr (IscData) again = isc_dataset_load (experiment, NULL, &error);
  float expected[180];

  g_assert_no_error (error);
  g_assert_false (isc_dataset_draws_from_run (experiment));
  g_assert_cmpuint (isc_generator_word (run), ==, isc_generator_word (untouched));
  assert_equal_split (&data->train, &again->train, TRUE);
  isc_generator_normal (other, expected, 120, 0.0, 1.0);
  isc_generator_normal (other, expected + 120, 60, 0.0, 1.0);
  g_assert_true (memcmp (expected, isc_tensor_get_data (data->train.inputs), 480) == 0);
  g_assert_true (memcmp (expected + 120, isc_tensor_get_data (data->train.values), 240) == 0);
  g_assert_cmpint (data->n_classes, ==, 0);
}

static void
test_too_many_dimensions (void)
{
  g_autoptr (IscExperiment) experiment
      = experiment_for ("RandomClassification(features=(1, 1, 1, 1, 1, 1, 1, 2))", 2, 3,
                        "CrossEntropyLoss()");
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_dataset_load (experiment, generator, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "data: RandomClassification: features has 8 dimensions: at most 7 are allowed, "
                   "as the examples are one");
}

/* What describe() says beforehand is what is made, and every data set is walked above. */
static void
test_descriptions (void)
{
  guint n;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_DATASET, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s()", items[i]->id);
      g_autoptr (IscCall) call = isc_call_parse (text, NULL);
      g_autoptr (IscArguments) arguments = isc_arguments_new (items[i], call, NULL);
      const IscDataset *dataset = (const IscDataset *)items[i];
      IscDataInfo info = { 0 };
      g_autoptr (IscExperiment) experiment = NULL;
      g_autoptr (IscGenerator) generator = isc_generator_new (0);
      g_autoptr (GError) error = NULL;
      g_autoptr (IscData) data = NULL;

      /* Those that need files: see test-own-data and test-run. */
      if (!arguments)
        {
          g_assert_cmpint (items[i]->parameters[0].type, ==, ISC_PARAMETER_FILE);
          continue;
        }
      dataset->describe (arguments, &info);
      g_assert_true (info.known);
      experiment = experiment_for (text, (guint)info.input.dims[0],
                                   (guint)MAX (info.n_classes, info.n_targets),
                                   info.n_classes ? "CrossEntropyLoss()" : "MSELoss()");
      data = isc_dataset_load (experiment, generator, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (isc_dataset_count_training (dataset, arguments), ==, data->train.n);
      g_assert_cmpint (data->n_classes, ==, info.n_classes);
      g_assert_cmpint (isc_tensor_get_shape (data->train.inputs)->dims[1], ==, info.input.dims[0]);
      if (info.n_targets > 0)
        g_assert_cmpint (isc_tensor_get_shape (data->train.values)->dims[1], ==, info.n_targets);
    }
}

/* Files tell how many examples there are, and whether a batch has only one. */
static void
test_single (void)
{
  g_autofree char *folder = g_dir_make_tmp ("initscope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "seven.csv", NULL);
  g_autofree char *data = g_strdup_printf ("CSV('%s', test_fraction=0)", path);
  const char *rows = "a,b,y\n1,2,0\n3,1,1\n2,2,0\n0,1,1\n5,4,0\n3,3,1\n1,0,0\n";
  static const struct
  {
    const char *batch_size;
    const char *message;
  } cases[] = {
    { "3", "network[1]: BatchNorm1d normalizes over the batch, and the last batch of 7 examples "
           "has only "
           "1, which has no variance: take another batch_size than 3, such as 4" },
    { "4", NULL },
    { "null", NULL },
    { "6", "network[1]: BatchNorm1d normalizes over the batch, and the last batch of 7 examples "
           "has only "
           "1, which has no variance: take another batch_size than 6, such as 7" },
  };

  g_assert_true (g_file_set_contents (path, rows, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (IscExperiment) plain = experiment_for (data, 2, 2, "CrossEntropyLoss()");
      g_autoptr (IscExperiment) with_norm
          = isc_experiment_edit (plain, "network", "Linear(2, 4), BatchNorm1d(4), Linear(4, 2)",
                                 NULL);
      g_autoptr (IscExperiment) experiment
          = isc_experiment_edit (with_norm, "batch_size", cases[i].batch_size, NULL);
      g_autoptr (IscExperiment) short_run = isc_experiment_edit (experiment, "steps", "2", NULL);
      g_autoptr (IscGenerator) generator = isc_generator_new (0);
      g_autoptr (GError) error = NULL;
      g_autoptr (IscData) loaded = isc_dataset_load (experiment, generator, &error);

      g_assert_true ((loaded != NULL) == (cases[i].message == NULL));
      g_assert_cmpstr (error ? error->message : NULL, ==, cases[i].message);
      /* A run that stops before the last batch never meets it. */
      if (g_str_equal (cases[i].batch_size, "3"))
        {
          g_autoptr (IscData) enough = isc_dataset_load (short_run, generator, NULL);

          g_assert_nonnull (enough);
        }
    }
  g_unlink (path);
  g_rmdir (folder);
}

/* What is looked up in a table is checked when the data are read. */
static void
test_indices (void)
{
  g_autofree char *folder = g_dir_make_tmp ("initscope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "words.csv", NULL);
  g_autofree char *data
      = g_strdup_printf ("CSV('%s', test_fraction=0, standardize=False, kind='classes')", path);
  g_autoptr (IscExperiment) plain = experiment_for (data, 2, 2, "CrossEntropyLoss()");
  static const struct
  {
    const char *network;
    const char *message;
  } cases[] = {
    { "Embedding(6, 3), Flatten(), Linear(6, 2)", NULL },
    { "Embedding(5, 3), Flatten(), Linear(6, 2)",
      "data: input 0 of training example 2 is 5, and Embedding takes whole numbers in 0..4" },
    { "Linear(2, 2)", NULL },
  };

  g_assert_true (g_file_set_contents (path, "a,b,y\n1,2,0\n3,1,1\n5,4,0\n", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (IscExperiment) experiment
          = isc_experiment_edit (plain, "network", cases[i].network, NULL);
      g_autoptr (IscGenerator) generator = isc_generator_new (0);
      g_autoptr (GError) error = NULL;
      g_autoptr (IscData) loaded = isc_dataset_load (experiment, generator, &error);

      g_assert_cmpstr (error ? error->message : NULL, ==, cases[i].message);
      g_assert_true ((loaded != NULL) == (cases[i].message == NULL));
    }
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/dataset/mnist", test_mnist);
  g_test_add_func ("/engine/dataset/mnist-images", test_mnist_images);
  g_test_add_func ("/engine/dataset/iris", test_iris);
  g_test_add_func ("/engine/dataset/digits", test_digits);
  g_test_add_func ("/engine/dataset/digit-images", test_digit_images);
  g_test_add_func ("/engine/dataset/wine", test_wine);
  g_test_add_func ("/engine/dataset/breast-cancer", test_breast_cancer);
  g_test_add_func ("/engine/dataset/fashion-mnist", test_fashion_mnist);
  g_test_add_func ("/engine/dataset/label-noise", test_label_noise);
  g_test_add_func ("/engine/dataset/split-seed", test_split_seed);
  g_test_add_func ("/engine/dataset/planar", test_planar);
  g_test_add_func ("/engine/dataset/clouds", test_clouds);
  g_test_add_func ("/engine/dataset/sine", test_sine);
  g_test_add_func ("/engine/dataset/random-normal", test_random_normal);
  g_test_add_func ("/engine/dataset/random", test_random);
  g_test_add_func ("/engine/dataset/own-seed", test_own_seed);
  g_test_add_func ("/engine/dataset/too-many-dimensions", test_too_many_dimensions);
  g_test_add_func ("/engine/dataset/descriptions", test_descriptions);
  g_test_add_func ("/engine/dataset/single", test_single);
  g_test_add_func ("/engine/dataset/indices", test_indices);
  return g_test_run ();
}
