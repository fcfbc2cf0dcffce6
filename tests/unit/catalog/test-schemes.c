/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every initializer call of the reference whose scheme is in the catalog, for both of PyTorch's
 * trunc_normal_ algorithms: bits where the file says bits, its own tolerance elsewhere, and the
 * position of the generator afterwards. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"
#include "support/reference.h"

/* {"mean": 0.1, "mode": "fan_in"} as a call's arguments. */
static char *
call_text (const char *scheme, JsonObject *arguments)
{
  GString *text = g_string_new (scheme);
  g_autoptr (GList) keys = json_object_get_members (arguments);

  g_string_append_c (text, '(');
  for (GList *key = keys; key; key = key->next)
    {
      JsonNode *node = json_object_get_member (arguments, key->data);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s%s=", key == keys ? "" : ", ", (const char *)key->data);
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (text, "'%s'", json_node_get_string (node));
      else
        g_string_append (text, g_ascii_dtostr (number, sizeof number, json_node_get_double (node)));
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static void
compare (JsonObject *entry, const char *what, const float *ours, const char *bits)
{
  gsize n;
  g_autofree float *theirs = reference_floats (bits, &n);
  gboolean exact = g_str_equal (json_object_get_string_member (entry, "match"), "bits");

  for (gsize i = 0; i < n; i++)
    if (exact ? memcmp (&ours[i], &theirs[i], sizeof (float)) != 0
              : !(fabsf (ours[i] - theirs[i]) <= (float)reference_number (entry, "tol")))
      g_error ("%s: weight %" G_GSIZE_FORMAT " is %.9g, should be %.9g", what, i, (double)ours[i],
               (double)theirs[i]);
}

static void
check_entry (JsonObject *entry, IscPytorch pytorch, const IscScheme *scheme)
{
  g_autofree char *text
      = call_text (scheme->item.id, json_object_get_object_member (entry, "args"));
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  g_autoptr (IscArguments) arguments
      = call ? isc_arguments_new (&scheme->item, call, &error) : NULL;
  g_autoptr (IscGenerator) generator
      = isc_generator_new ((guint64)json_object_get_int_member (entry, "seed"));
  JsonArray *dims = json_object_get_array_member (entry, "shape");
  JsonArray *next = json_object_get_array_member (entry, "next24");
  IscShape shape = { .n_dims = json_array_get_length (dims) };
  g_autoptr (IscTensor) tensor = NULL;
  IscSite site;
  const float *data;
  gsize n;

  g_assert_no_error (error);
  for (guint i = 0; i < shape.n_dims; i++)
    shape.dims[i] = json_array_get_int_element (dims, i);
  tensor = isc_tensor_new ("weight", &shape, &error);
  g_assert_no_error (error);
  site = isc_site_of_shape (&shape);
  site.pytorch = pytorch;
  isc_scheme_fill (scheme, arguments, &site, generator, tensor, &error);
  g_assert_no_error (error);

  data = isc_tensor_get_data (tensor);
  n = isc_tensor_get_count (tensor);
  if (json_object_has_member (entry, "bits"))
    compare (entry, text, data, json_object_get_string_member (entry, "bits"));
  else
    {
      gsize tail = (strlen (json_object_get_string_member (entry, "last64")) + 1) / 9;

      compare (entry, text, data, json_object_get_string_member (entry, "first64"));
      compare (entry, text, data + n - tail, json_object_get_string_member (entry, "last64"));
    }
  if (json_object_has_member (entry, "sha256")
      && g_str_equal (json_object_get_string_member (entry, "match"), "bits"))
    {
      g_autofree char *sum
          = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, n * sizeof *data);

      g_assert_cmpstr (sum, ==, json_object_get_string_member (entry, "sha256"));
    }
  for (guint i = 0; i < json_array_get_length (next); i++)
    g_assert_cmpint (isc_generator_word (generator) & 0xffffff, ==,
                     json_array_get_int_element (next, i));
}

static guint
check_file (const char *name, IscPytorch pytorch, const char *only)
{
  g_autoptr (JsonObject) file = reference_load (name);
  JsonArray *entries = json_object_get_array_member (file, "init");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *id = json_object_get_string_member (entry, "scheme");
      const IscItem *item = isc_catalog_find (ISC_KIND_SCHEME, id, NULL);

      if (item && (!only || g_str_equal (only, id)))
        {
          check_entry (entry, pytorch, (const IscScheme *)item);
          n++;
        }
    }
  return n;
}

static void
test_vectors (void)
{
  g_assert_cmpuint (check_file ("reference/pytorch/vectors.json", ISC_PYTORCH_2_11, NULL), ==,
                    1116);
}

static void
test_trunc_normal_2_12 (void)
{
  g_assert_cmpuint (check_file ("reference/pytorch/trunc_normal_2_12.json", ISC_PYTORCH_2_12,
                                "trunc_normal_"),
                    >=, 192);
}

/* What @text draws on @shape from @generator. */
static IscTensor *
fill_new (const char *text, const IscShape *shape, IscGenerator *generator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item = NULL;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);
  IscTensor *tensor = isc_tensor_new ("weight", shape, &error);
  IscSite site = isc_site_of_shape (shape);

  g_assert_no_error (error);
  isc_scheme_fill ((const IscScheme *)item, arguments, &site, generator, tensor, &error);
  g_assert_no_error (error);
  return tensor;
}

/* sparse_ draws no more of a permutation than it needs, many columns at once: against the plain
 * way, on sides that fill neither. */
static void
test_sparse_permutations (void)
{
  const char *const calls[]
      = { "sparse_(0)", "sparse_(0.001)", "sparse_(0.3)", "sparse_(0.77)", "sparse_(1)" };
  const gint64 sides[][2] = { { 1300, 45 }, { 2, 70 }, { 1, 40 }, { 513, 33 } };

  for (gsize c = 0; c < G_N_ELEMENTS (calls); c++)
    for (gsize s = 0; s < G_N_ELEMENTS (sides); s++)
      {
        gsize rows = (gsize)sides[s][0], columns = (gsize)sides[s][1];
        double sparsity = g_ascii_strtod (calls[c] + strlen ("sparse_("), NULL);
        g_autoptr (IscGenerator) ours = isc_generator_new (2385 + s);
        g_autoptr (IscGenerator) plain = isc_generator_new (2385 + s);
        IscShape shape = { 2, { sides[s][0], sides[s][1] } };
        g_autoptr (IscTensor) tensor = fill_new (calls[c], &shape, ours);
        g_autofree float *expected = g_new (float, rows *columns);
        g_autofree gint64 *order = g_new (gint64, rows);

        isc_generator_normal (plain, expected, rows * columns, 0, 0.01);
        for (gsize j = 0; j < columns; j++)
          {
            isc_generator_permutation (plain, order, rows);
            for (gsize i = 0; (double)i < sparsity * (double)rows; i++)
              expected[(gsize)order[i] * columns + j] = 0.0f;
          }
        g_assert_true (
            memcmp (isc_tensor_get_data (tensor), expected, rows * columns * sizeof (float)) == 0);
        g_assert_cmpuint (isc_generator_word (ours), ==, isc_generator_word (plain));
      }
}

static void
assert_refused (const char *text, const char *shape_text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item = NULL;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);

  if (arguments)
    {
      IscShape shape;
      IscSite site;

      g_assert_true (isc_shape_from_text (shape_text, &shape, NULL));
      site = isc_site_of_shape (&shape);
      g_assert_false (isc_scheme_check ((const IscScheme *)item, arguments, &site, &error));
    }
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  assert_refused ("kaiming_norml_()", "3×4",
                  "there is no initialization scheme 'kaiming_norml_': the nearest is "
                  "kaiming_normal_ "
                  "('initscope list schemes' names them all)");
  assert_refused ("kaiming_normal_(mode='fan')", "3×4",
                  "kaiming_normal_: mode='fan' is not one of 'fan_in', 'fan_out'");
  assert_refused ("normal_(std=-1)", "3×4", "normal_: std=-1 must be at least 0");
  assert_refused ("normal_(std='x')", "3×4", "normal_: std='x' should be a number");
  assert_refused ("normal_(sdt=1)", "3×4", "normal_ has no parameter 'sdt': it has mean, std");
  assert_refused ("normal_(1, 2, 3)", "3×4", "normal_ takes at most 2 arguments, and 3 are given");
  assert_refused ("normal_(1, mean=2)", "3×4", "normal_: mean is given twice");
  assert_refused ("constant_()", "3×4", "constant_() lacks val (a number)");
  assert_refused ("uniform_(1, 0)", "3×4", "uniform_: a=1 is above b=0: a must be at most b");
  assert_refused ("xavier_normal_()", "3",
                  "xavier_normal_ needs a weight of at least 2 dimensions, and this one has 1 (3)");
  assert_refused ("trunc_normal_(std=0)", "3×4", "trunc_normal_: std=0 must be above 0");
  assert_refused ("trunc_normal_(std=0.02, a=100, b=1000)", "3×4",
                  "trunc_normal_: [100, 1000] is so far out, or so wide, that PyTorch would draw "
                  "more than "
                  "1,000 times for each weight: bring the bounds within a few std of the mean");
  assert_refused ("sparse_(0.1)", "8×4×3×3",
                  "sparse_ needs a weight of exactly 2 dimensions, and this one has 4 (8×4×3×3)");
  assert_refused ("sparse_()", "3×4", "sparse_() lacks sparsity (a number)");
  assert_refused ("sparse_(1.1)", "3×4", "sparse_: sparsity=1.1 is outside 0..1");
  assert_refused ("eye_()", "3",
                  "eye_ needs a weight of exactly 2 dimensions, and this one has 1 (3)");
  assert_refused ("dirac_()", "3×4",
                  "dirac_ needs a weight of 3 to 5 dimensions, and this one has 2 (3×4)");
  assert_refused ("dirac_(groups=3)", "8×4×3",
                  "dirac_: groups=3 does not divide the weight's 8 output channels");
  assert_refused ("dirac_(groups=0)", "8×4×3", "dirac_: groups=0 must be at least 1");
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/schemes/vectors", test_vectors);
  g_test_add_func ("/catalog/schemes/trunc-normal-2.12", test_trunc_normal_2_12);
  g_test_add_func ("/catalog/schemes/sparse-permutations", test_sparse_permutations);
  g_test_add_func ("/catalog/schemes/refused", test_refused);
  return g_test_run ();
}
