/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person's own files: what CSV and IDX make of them, and what they say of those that are wrong.
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/error.h"
#include "base/runtime.h"
#include "engine/dataset.h"
#include "engine/run.h"
#include "experiment/check.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

/* A sanitizer's own memory is no measure of the program's. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ISC_TEST_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ISC_TEST_SANITIZED
#endif
#endif

static char *folder;

static IscExperiment *
experiment_for (const char *data, const char *network, const char *loss)
{
  g_autofree char *json = g_strdup_printf ("{\"initscope\": 1, \"data\": \"%s\", \"network\": "
                                           "[\"%s\"], \"loss\": \"%s()\"}",
                                           data, network, loss);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (json, -1, problems);

  g_assert_cmpuint (problems->len, ==, 0);
  return experiment;
}

/* @text with the folder for every "%". */
static char *
place_files (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "%", -1);
  g_autofree char *place = g_strconcat (folder, "/", NULL);

  return g_strjoinv (place, parts);
}

static void
write_file (const char *name, const void *bytes, gsize n)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize)n, &error);
  g_assert_no_error (error);
}

/* Reads @text as CSV('t.csv'@more) for a network with @network as its only layer. */
static IscData *
read_csv (const char *text, const char *more, const char *network, const char *loss, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "t.csv", NULL);
  g_autofree char *call = g_strdup_printf ("CSV('%s'%s)", path, more);
  g_autoptr (IscExperiment) experiment = experiment_for (call, network, loss);

  write_file ("t.csv", text, strlen (text));
  return isc_dataset_load (experiment, NULL, error);
}

/* All of @text in its order, as it stands. */
static IscData *
load_csv (const char *text, const char *more, const char *network, const char *loss)
{
  g_autofree char *whole = g_strconcat (", standardize=False, test_fraction=0", more, NULL);
  g_autoptr (GError) error = NULL;
  IscData *data = read_csv (text, whole, network, loss, &error);

  g_assert_no_error (error);
  return data;
}

static void
assert_inputs (const IscData *data, const float *expected, gsize n)
{
  g_assert_cmpuint (isc_tensor_get_count (data->train.inputs), ==, n);
  g_assert_true (memcmp (isc_tensor_get_data (data->train.inputs), expected, n * sizeof *expected)
                 == 0);
}

static void
assert_classes (const IscData *data, const gint64 *expected, gsize n)
{
  g_assert_cmpuint (data->train.n, ==, n);
  g_assert_true (memcmp (data->train.classes, expected, n * sizeof *expected) == 0);
}

static void
test_words (void)
{
  g_autoptr (IscData) data = load_csv ("width,height,species\n1,2,virginica\n3,4.5,setosa\n"
                                       "-5,6,virginica\n7,8,Zea mays\n",
                                       "", "Linear(2, 3)", "CrossEntropyLoss");
  const float inputs[] = { 1.0f, 2.0f, 3.0f, 4.5f, -5.0f, 6.0f, 7.0f, 8.0f };
  const gint64 classes[] = { 2, 1, 2, 0 };

  g_assert_cmpint (data->n_classes, ==, 3);
  assert_inputs (data, inputs, 8);
  assert_classes (data, classes, 4);
}

/* Numbers are numbered by size, as LabelEncoder does, whatever they are. */
static void
test_numbers (void)
{
  g_autoptr (IscData) data
      = load_csv ("1,10\n2,9\n3,10\n4,-2\n", "", "Linear(1, 3)", "CrossEntropyLoss");
  g_autoptr (IscData) large
      = load_csv ("1,16777217\n2,16777216\n", "", "Linear(1, 2)", "CrossEntropyLoss");
  g_autoptr (IscData) mixed
      = load_csv ("1,10\n2,9\n3,other\n", "", "Linear(1, 3)", "CrossEntropyLoss");
  const gint64 classes[] = { 2, 1, 2, 0 };
  const gint64 by_bytes[] = { 0, 1, 2 };

  assert_classes (data, classes, 4);
  g_assert_cmpint (large->n_classes, ==, 2);
  assert_classes (mixed, by_bytes, 3);
}

static void
test_values (void)
{
  g_autoptr (IscData) guessed = load_csv ("x;y\n1;0.5\n2;-3\n", "", "Linear(1, 1)", "MSELoss");
  g_autoptr (IscData) told
      = load_csv ("x;y\n1;5\n2;3\n", ", kind='values'", "Linear(1, 1)", "MSELoss");
  IscShape shape = isc_shape (2, (gint64)2, (gint64)1);

  g_assert_true (isc_shape_equal (isc_tensor_get_shape (guessed->train.values), &shape));
  g_assert_cmpfloat (isc_tensor_get_data (guessed->train.values)[1], ==, -3.0f);
  g_assert_cmpfloat (isc_tensor_get_data (told->train.values)[0], ==, 5.0f);
  g_assert_null (told->train.classes);
}

static void
test_columns (void)
{
  const char *text = "id,kind,x,y\na,1,2,3\nb,0,4,5\n";
  g_autoptr (IscData) named
      = load_csv (text, ", target='kind', ignore='id'", "Linear(2, 2)", "CrossEntropyLoss");
  g_autoptr (IscData) counted
      = load_csv (text, ", target=-3, ignore='0, y'", "Linear(1, 2)", "CrossEntropyLoss");
  g_autoptr (IscData) first
      = load_csv ("1,2\n0,4\n", ", target=0", "Linear(1, 2)", "CrossEntropyLoss");
  const float two[] = { 2.0f, 3.0f, 4.0f, 5.0f };
  const float one[] = { 2.0f, 4.0f };
  const gint64 classes[] = { 1, 0 };

  assert_inputs (named, two, 4);
  assert_classes (named, classes, 2);
  assert_inputs (counted, one, 2);
  assert_classes (counted, classes, 2);
  assert_inputs (first, one, 2);
  assert_classes (first, classes, 2);
}

static void
test_header (void)
{
  /* Years as names: only the target tells, or the call. */
  g_autoptr (IscData) told = load_csv ("2019,2020,y\n1,2,a\n3,4,b\n", ", header='yes'",
                                       "Linear(2, 2)", "CrossEntropyLoss");
  g_autoptr (IscData) guessed
      = load_csv ("2019,2020,y\n1,2,0\n3,4,1\n", "", "Linear(2, 2)", "CrossEntropyLoss");
  g_autoptr (IscData) none = load_csv ("1,2,a\n3,4,b\n", "", "Linear(2, 2)", "CrossEntropyLoss");
  g_autoptr (IscData) scikit_learn
      = load_csv ("2,2,setosa,virginica\n1,2,0\n3,4,1\n", "", "Linear(2, 2)", "CrossEntropyLoss");
  const float inputs[] = { 1.0f, 2.0f, 3.0f, 4.0f };

  assert_inputs (told, inputs, 4);
  assert_inputs (guessed, inputs, 4);
  assert_inputs (none, inputs, 4);
  assert_inputs (scikit_learn, inputs, 4);
}

/* Images in a table, as Kaggle has MNIST: the label first. */
static void
test_shape (void)
{
  g_autoptr (IscData) data
      = load_csv ("label,a,b,c,d\n0,1,2,3,4\n1,5,6,7,8\n", ", target='label', shape=(1, 2, 2)",
                  "Conv2d(1, 2, 2)\", \"Flatten()", "CrossEntropyLoss");
  IscShape shape = isc_shape (4, (gint64)2, (gint64)1, (gint64)2, (gint64)2);

  g_assert_true (isc_shape_equal (isc_tensor_get_shape (data->train.inputs), &shape));
  g_assert_cmpfloat (isc_tensor_get_data (data->train.inputs)[7], ==, 8.0f);
}

static void
test_split (void)
{
  g_autoptr (GString) text = g_string_new ("x,y\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (IscData) data = NULL;
  double sum = 0.0;

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (text, "%u,%u\n", i, i % 2);
  data = read_csv (text->str, "", "Linear(1, 2)", "CrossEntropyLoss", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (data->train.n, ==, 40);
  g_assert_cmpuint (data->test.n, ==, 10);
  for (gsize i = 0; i < 40; i++)
    sum += (double)isc_tensor_get_data (data->train.inputs)[i];
  /* Standardized: forty float32 of about 1. */
  assert_close (sum, 0.0, 0.0, 1e-5);
}

static void
assert_csv (const char *text, const char *more, const char *network, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = place_files (expected);

  g_assert_null (read_csv (text, more, network, "CrossEntropyLoss", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, whole);
}

static void
test_bad_csv (void)
{
  const char *net = "Linear(1, 2)";

  assert_csv ("x,y\n1,a\n2,b,c\n", "", net,
              "data: %t.csv, line 3: it has 3 cells, and the lines above have 2");
  assert_csv ("x,y\n1,a\n\ntwo,b\n", "", net,
              "data: %t.csv, line 4, column 'x': 'two' is not a number");
  assert_csv ("1,a\ntwo,b\n", "", net,
              "data: %t.csv, line 2, column 0 (counted from 0): 'two' is not a number");
  assert_csv ("?,1,a\n2,2,b\n", "", net,
              "data: %t.csv, line 1, column 0 (counted from 0): '?' is not a number "
              "(header='yes' if this line holds names)");
  assert_csv ("id,x,y\none,1,a\ntwo,2,b\n", "", net,
              "data: %t.csv, line 2, column 'id': 'one' is not a number (ignore='id' leaves the "
              "column out)");
  assert_csv ("1,one,a\n2,two,b\n", "", net,
              "data: %t.csv, line 1, column 1 (counted from 0): 'one' is not a number "
              "(header='yes' "
              "if this line holds names)");
  assert_csv ("1,one,a\n2,two,b\n", ", header='no'", net,
              "data: %t.csv, line 1, column 1 (counted from 0): 'one' is not a number (ignore='1' "
              "leaves the column out)");
  assert_csv ("x,y\n,a\n2,b\n", "", net,
              "data: %t.csv, line 2, column 'x': an empty cell is not a number");
  assert_csv ("x,y\n1,a\nNaN,b\n", "", net,
              "data: %t.csv, line 3, column 'x': 'NaN' is not a finite number of 32 bits");
  assert_csv ("x,y\n1,a\n-inf,b\n", "", net,
              "data: %t.csv, line 3, column 'x': '-inf' is not a finite number of 32 bits");
  assert_csv ("x,y\n1,a\n1e39,b\n", "", net,
              "data: %t.csv, line 3, column 'x': '1e39' is not a finite number of 32 bits");
  assert_csv ("x,y\n1,a\n2,\n", "", net,
              "data: %t.csv, line 3, column 'y': an empty cell is not a label");
  assert_csv ("x,y\n1,1\n2,nan\n", ", kind='classes'", net,
              "data: %t.csv, line 3, column 'y': 'nan' is not a finite number of 32 bits");
  assert_csv ("x,y\n1,1\n2,b\n", ", kind='values'", net,
              "data: %t.csv, line 3, column 'y': 'b' is not a number");
  assert_csv ("x,y\n1,a\n2,a\n", "", net,
              "data: %t.csv, column 'y': 'a' is the only class, and there must be two to tell "
              "apart");
  assert_csv ("x,y\n1,a\n2,b\n", ", target='z'", net,
              "data: %t.csv has no column target='z': it has 'x', 'y'");
  assert_csv ("1,2\n3,4\n", ", target='5'", net,
              "data: %t.csv has no column target='5': it has '1', '2'");
  assert_csv ("1,2\n3,4\n", ", target='5', header='no'", net,
              "data: %t.csv has no column target='5': it has no names for its columns, which are "
              "numbered 0..1");
  assert_csv ("x,y\n1,a\n2,b\n", ", ignore='w'", net,
              "data: %t.csv has no column ignore='w': it has 'x', 'y'");
  assert_csv ("x,y\n1,a\n2,b\n", ", ignore='y'", net,
              "data: %t.csv: ignore='y' is the target's column");
  assert_csv ("x,y\n1,a\n2,b\n", ", ignore='x'", net,
              "data: %t.csv has no column but the target's: there is nothing to learn from");
  assert_csv ("a\nb\n", "", net,
              "data: %t.csv has no column but the target's: there is nothing to learn from");
  assert_csv ("x,x,y\n1,2,a\n2,3,b\n", "", net, "data: %t.csv, line 1: two columns are named 'x'");
  assert_csv ("", "", net, "data: %t.csv holds no row");
  assert_csv ("x,y\n", ", header='yes'", net, "data: %t.csv holds names, and no row of data");
  assert_csv ("x,y\n1,a\n2,b\n", ", shape=(1, 2, 2)", net,
              "data: CSV: a row of %t.csv has 1 features, which shape=(1, 2, 2) does not hold");
  assert_csv ("x,y\n1,a\n2,b\n3,c\n4,d\n5,e\n", "", net,
              "data: there are 5 classes, and the network's 2 outputs stand for 0..1: training "
              "example 2 is of class 3");
}

/* What fits not, and can be said before a file is read. */
static void
test_before_reading (void)
{
  static const struct
  {
    const char *call;
    const char *loss;
    const char *message;
  } calls[] = {
    { "CSV('none.csv', target='y', header='no')", "CrossEntropyLoss",
      "CSV: target='y' is a name, and header='no' says that the columns have none" },
    { "CSV('none.csv', kind='values')", "CrossEntropyLoss",
      "CrossEntropyLoss compares with classes, and CSV has values" },
    { "IDX('a', 'b', test_images='c')", "CrossEntropyLoss",
      "IDX: test_images are given without test_labels: give both or neither" },
    { "IDX('a', 'b', test_labels='c')", "CrossEntropyLoss",
      "IDX: test_labels are given without test_images: give both or neither" },
    { "IDX('a', 'b', 'c', 'd', test_fraction=0.1)", "CrossEntropyLoss",
      "IDX: test_fraction puts training images aside, and there are test_images: give one of the "
      "two" },
    { "RandomNormal(features=1, kind='classes')", "CrossEntropyLoss",
      "RandomNormal: kind='classes' chooses the largest of its targets, and targets=1" },
    { "CSV('none.csv', kind='classes')", "MSELoss",
      "MSELoss compares with values, and CSV has classes" },
    { "IDX('a', 'b')", "L1Loss", "L1Loss compares with values, and IDX has classes" },
    { "Arrays('a', 'b', kind='classes')", "MSELoss",
      "MSELoss compares with values, and Arrays has classes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (IscExperiment) experiment
          = experiment_for (calls[i].call, "Linear(1, 1)", calls[i].loss);
      g_autoptr (GPtrArray) problems = isc_experiment_check (experiment);

      g_assert_cmpuint (problems->len, >, 0);
      g_assert_cmpstr (((IscProblem *)problems->pdata[0])->message, ==, calls[i].message);
    }
}

static void
write_idx (const char *name, const guint32 *dims, guint8 n_dims, const guint8 *data, gsize n)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8[]){ 0, 0, 8, n_dims }, 4);
  for (guint i = 0; i < n_dims; i++)
    {
      guint32 big = GUINT32_TO_BE (dims[i]);

      g_byte_array_append (bytes, (const guint8 *)&big, 4);
    }
  g_byte_array_append (bytes, data, (guint)n);
  write_file (name, bytes->data, bytes->len);
}

/* Four images of 2×3 pixels and two for the test, with labels that are given. */
static void
write_images (const guint8 labels[4], const guint8 test_labels[2])
{
  guint8 pixels[24];

  for (guint8 i = 0; i < 24; i++)
    pixels[i] = i * 11;
  write_idx ("x", (const guint32[]){ 4, 2, 3 }, 3, pixels, 24);
  write_idx ("y", (const guint32[]){ 4 }, 1, labels, 4);
  write_idx ("test-x", (const guint32[]){ 2, 2, 3 }, 3, pixels + 7, 12);
  write_idx ("test-y", (const guint32[]){ 2 }, 1, test_labels, 2);
}

/* IDX() with @arguments. */
static IscData *
read_images (const char *arguments, const char *network, GError **error)
{
  g_autofree char *whole = place_files (arguments);
  g_autofree char *call = g_strdup_printf ("IDX(%s)", whole);
  g_autoptr (IscExperiment) experiment = experiment_for (call, network, "CrossEntropyLoss");

  return isc_dataset_load (experiment, NULL, error);
}

static void
test_images (void)
{
  const guint8 labels[] = { 0, 2, 1, 0 };
  const guint8 test_labels[] = { 1, 2 };
  const gint64 classes[] = { 0, 2, 1, 0 };
  IscShape image = isc_shape (4, (gint64)4, (gint64)1, (gint64)2, (gint64)3);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscData) data = NULL;
  g_autoptr (IscData) standard = NULL;
  g_autoptr (IscData) split = NULL;
  double sum = 0.0;

  write_images (labels, test_labels);
  data = read_images ("'%x', '%y', '%test-x', '%test-y', flatten=False",
                      "Conv2d(1, 1, (1, 1))\", \"Flatten()", &error);
  g_assert_no_error (error);
  g_assert_true (isc_shape_equal (isc_tensor_get_shape (data->train.inputs), &image));
  g_assert_cmpint (data->n_classes, ==, 3);
  assert_classes (data, classes, 4);
  for (guint i = 0; i < 24; i++)
    g_assert_cmpfloat (isc_tensor_get_data (data->train.inputs)[i], ==, (float)(i * 11) / 255.0f);
  g_assert_cmpuint (data->test.n, ==, 2);
  g_assert_cmpint (data->test.classes[1], ==, 2);
  g_assert_cmpfloat (isc_tensor_get_data (data->test.inputs)[0], ==, 77.0f / 255.0f);

  /* All pixels by one mean; 24 of float32. */
  standard = read_images ("'%x', '%y', standardize=True", "Linear(6, 3)", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 24; i++)
    sum += (double)isc_tensor_get_data (standard->train.inputs)[i];
  assert_close (sum, 0.0, 0.0, 1e-5);

  split = read_images ("'%x', '%y', test_fraction=0.25", "Linear(6, 3)", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (split->train.n, ==, 3);
  g_assert_cmpuint (split->test.n, ==, 1);
}

static void
assert_images (const char *arguments, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = place_files (expected);

  g_assert_null (read_images (arguments, "Linear(6, 3)", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, whole);
}

static void
test_bad_images (void)
{
  const guint8 labels[] = { 0, 2, 1, 0 };
  const guint8 far[] = { 1, 7 };
  const guint8 same[] = { 2, 2, 2, 2 };

  write_images (labels, far);
  write_idx ("vast", (const guint32[]){ 1000000, 1000, 1000 }, 3, labels, 4);
  write_idx ("long", (const guint32[]){ 1000, 28, 28 }, 3, labels, 4);
  write_idx ("none", (const guint32[]){ 0, 2, 3 }, 3, labels, 0);
  write_idx ("no-labels", (const guint32[]){ 0 }, 1, labels, 0);
  write_idx ("wide", (const guint32[]){ 2, 1, 3 }, 3, labels, 4);
  write_idx ("same", (const guint32[]){ 4 }, 1, same, 4);
  write_file ("text", "1,2", 3);
  write_idx ("two", (const guint32[]){ 2, 1, 3 }, 3, (const guint8[]){ 1, 2, 3, 4, 5, 6 }, 6);

  assert_images ("'%x', '%test-y'",
                 "data: %x holds 4 images and %test-y 2 labels: they must be as many");
  assert_images ("'%y', '%y'", "data: %y is of shape 4: images are count×height×width");
  assert_images ("'%x', '%x'", "data: %x is of shape 4×2×3: labels are one number an image");
  assert_images ("'%long', '%y'", "data: %long is cut short: its header names 784000 values and it "
                                  "holds 4");
  assert_images ("'%text', '%y'", "data: %text is not an IDX file of bytes");
  assert_images ("'%none', '%no-labels'", "data: %none holds no image");
  assert_images ("'%x', '%same'",
                 "data: every training example is of class 2, and there must be two to tell apart");
  assert_images ("'%x', '%y', '%test-x', '%test-y'",
                 "data: there are 8 classes, and the network's 3 outputs stand for 0..2: test "
                 "example 1 is of class 7");
  assert_images ("'%x', '%y', '%two', '%test-y'", "data: the training images are of shape 4×6 and "
                                                  "the test images of shape 2×3: they "
                                                  "must be of one size");
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (read_images ("'%vast', '%y'", "Linear(6, 3)", &error));
    g_assert_nonnull (strstr (error->message, "/vast: 1000000×1000×1000 is 1e+12"));
  }
}

/* A label that is nobody's is no error, as in PyTorch, but is told. */
static void
test_gaps (void)
{
  const guint8 labels[] = { 0, 2, 5, 0 };
  const guint8 test_labels[] = { 1, 2 };
  const guint8 many[] = { 0, 2, 99, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (IscData) data = NULL;
  g_autoptr (IscData) wide = NULL;
  g_autoptr (IscData) full = load_csv ("1,a\n2,b\n", "", "Linear(1, 2)", "CrossEntropyLoss");
  g_autoptr (IscData) values = load_csv ("1,0.5\n2,3\n", "", "Linear(1, 1)", "MSELoss");
  g_autofree char *gaps = NULL;
  g_autofree char *more = NULL;

  write_images (labels, test_labels);
  data = read_images ("'%x', '%y', '%test-x', '%test-y'", "Linear(6, 6)", &error);
  g_assert_no_error (error);
  gaps = isc_data_explain_gaps (data);
  g_assert_cmpstr (gaps, ==, "no training example is of the classes 1, 3, 4");
  write_images (many, test_labels);
  wide = read_images ("'%x', '%y'", "Linear(6, 100)", &error);
  g_assert_no_error (error);
  more = isc_data_explain_gaps (wide);
  g_assert_cmpstr (more, ==, "no training example is of the classes 1, 3, 4, 5, 6 and 92 more");
  g_assert_null (isc_data_explain_gaps (full));
  g_assert_null (isc_data_explain_gaps (values));
}

/* The memory that the process had at its largest, in MiB. */
static double
peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024.0;
}

/* As many images as MNIST has: they are in memory once, 188 MB, beside their file of 47 MB. */
static void
test_sixty_thousand (void)
{
  const guint32 dims[] = { 60000, 28, 28 };
  gsize n = (gsize)60000 * 784;
  g_autofree guint8 *pixels = g_malloc (n);
  g_autofree guint8 *labels = g_malloc (60000);
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscData) data = NULL;
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscRun) run = NULL;
  g_autoptr (IscResult) result = NULL;
  g_autofree char *call = place_files ("IDX('%x', '%y')");
  double before;

  for (gsize i = 0; i < 60000; i++)
    {
      labels[i] = (guint8)(isc_generator_word (generator) % 10);
      memset (pixels + 784 * i, 25 * labels[i] + (guint8)(i % 20), 784);
    }
  write_idx ("x", dims, 3, pixels, n);
  write_idx ("y", dims, 1, labels, 60000);
  g_clear_pointer (&pixels, g_free);

  before = peak_memory ();
  data = read_images ("'%x', '%y', flatten=False",
                      "Conv2d(1, 1, 28)\", \"Flatten()\", \"Linear(1, 10)", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (data->train.n, ==, 60000);
  g_assert_cmpint (data->n_classes, ==, 10);
#ifndef ISC_TEST_SANITIZED
  /* 188 + 47, and the labels; what writing the files took may hide some of it. */
  g_assert_cmpfloat (peak_memory () - before, <, 260.0);
#else
  g_assert_cmpfloat (peak_memory (), >=, before);
#endif
  g_clear_pointer (&data, isc_data_unref);

  experiment = experiment_for (call, "Linear(784, 10)", "CrossEntropyLoss");
  run = isc_run_new (experiment, &error);
  g_assert_no_error (error);
  g_assert_true (isc_run_advance (run, 50, 1, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  result = isc_run_snapshot (run);
  g_assert_cmpuint (isc_result_get_run (result, 0)->n_steps, ==, 50);
  g_assert_cmpfloat (isc_result_get_run (result, 0)->final_loss, <, 2.2);
}

/* A file that is gone, or another by now, is of no matter to what was read of it. */
static void
test_changed (void)
{
  g_autoptr (IscData) data = load_csv ("1,2,a\n3,4,b\n", "", "Linear(2, 2)", "CrossEntropyLoss");
  const float inputs[] = { 1.0f, 2.0f, 3.0f, 4.0f };

  write_file ("t.csv", "", 0);
  assert_inputs (data, inputs, 4);
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("initscope-XXXXXX", NULL);
  g_test_add_func ("/engine/own-data/words", test_words);
  g_test_add_func ("/engine/own-data/numbers", test_numbers);
  g_test_add_func ("/engine/own-data/values", test_values);
  g_test_add_func ("/engine/own-data/columns", test_columns);
  g_test_add_func ("/engine/own-data/header", test_header);
  g_test_add_func ("/engine/own-data/shape", test_shape);
  g_test_add_func ("/engine/own-data/split", test_split);
  g_test_add_func ("/engine/own-data/bad-csv", test_bad_csv);
  g_test_add_func ("/engine/own-data/before-reading", test_before_reading);
  g_test_add_func ("/engine/own-data/images", test_images);
  g_test_add_func ("/engine/own-data/bad-images", test_bad_images);
  g_test_add_func ("/engine/own-data/gaps", test_gaps);
  g_test_add_func ("/engine/own-data/sixty-thousand", test_sixty_thousand);
  g_test_add_func ("/engine/own-data/changed", test_changed);
  status = g_test_run ();
  {
    g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (files)))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
    g_rmdir (folder);
    g_free (folder);
  }
  return status;
}
