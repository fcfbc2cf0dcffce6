/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every number of the reference's "generator" and "normal_sequences" parts, bit for bit and on
 * every vector unit of the processor.  This machine and PyTorch's x86-64 builds round alike, so no
 * tolerance is needed. */

#include <math.h>
#include <string.h>

#include "base/generator.h"
#include "support/reference.h"

static JsonObject *vectors;

static IscGenerator *
new_generator (guint64 seed, gconstpointer unit)
{
  IscGenerator *generator = isc_generator_new (seed);

  isc_generator_set_vector_unit (generator, (IscVectorUnit)GPOINTER_TO_UINT (unit));
  return generator;
}

/* A seed as the reference writes it: a JSON integer, beyond 63 bits as an unsigned one. */
static guint64
read_seed (JsonObject *entry)
{
  JsonNode *node = json_object_get_member (entry, "seed");

  /* json-glib reads 2^63 and up as a double; the reference's seeds of that size are 2^64-1. */
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return G_MAXUINT64;
  return (guint64)json_node_get_int (node);
}

static void
assert_bits (const float *ours, const char *bits)
{
  gsize n;
  g_autofree float *theirs = reference_floats (bits, &n);

  for (gsize i = 0; i < n; i++)
    g_assert_cmpmem (&ours[i], sizeof (float), &theirs[i], sizeof (float));
}

static void
assert_integers (const gint64 *ours, JsonArray *theirs)
{
  for (guint i = 0; i < json_array_get_length (theirs); i++)
    g_assert_cmpint (ours[i], ==, json_array_get_int_element (theirs, i));
}

static void
assert_sha256 (gconstpointer data, gsize size, const char *expected)
{
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);

  g_assert_cmpstr (sum, ==, expected);
}

static void
check_words (IscGenerator *generator, guint64 seed, JsonArray *low31, guint skip)
{
  isc_generator_seed (generator, seed);
  for (guint i = 0; i < skip; i++)
    isc_generator_word (generator);
  for (guint i = 0; i < json_array_get_length (low31); i++)
    g_assert_cmpuint (isc_generator_word (generator) & 0x7fffffffu, ==,
                      json_array_get_int_element (low31, i));
}

static void
check_permutations (IscGenerator *generator, guint64 seed, JsonObject *by_size)
{
  g_autoptr (GList) sizes = json_object_get_members (by_size);

  for (GList *size = sizes; size; size = size->next)
    {
      JsonObject *expected = json_object_get_object_member (by_size, size->data);
      gsize n = (gsize)g_ascii_strtoull (size->data, NULL, 10);
      g_autofree gint64 *order = g_new (gint64, MAX (n, 1));

      isc_generator_seed (generator, seed);
      isc_generator_permutation (generator, order, n);
      assert_integers (order, json_object_get_array_member (expected, "first20"));
      assert_sha256 (order, n * sizeof *order,
                     json_object_get_string_member (expected, "sha256_int64"));
    }
}

static void
test_generator (gconstpointer unit)
{
  JsonArray *entries = json_object_get_array_member (vectors, "generator");

  g_assert_cmpuint (json_array_get_length (entries), >=, 10);
  for (guint e = 0; e < json_array_get_length (entries); e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      guint64 seed = read_seed (entry);
      g_autoptr (IscGenerator) generator = new_generator (seed, unit);
      float uniform[8];
      gint64 integers[20];
      JsonArray *expected;
      g_auto (GStrv) doubles = NULL;

      check_words (generator, seed, json_object_get_array_member (entry, "words_low31"), 0);
      check_words (generator, seed, json_object_get_array_member (entry, "words_low31_from_620"),
                   620);

      isc_generator_seed (generator, seed);
      isc_generator_uniform (generator, uniform, 8, 0.0, 1.0);
      assert_bits (uniform, json_object_get_string_member (entry, "rand"));

      isc_generator_seed (generator, seed);
      doubles = g_strsplit (json_object_get_string_member (entry, "rand_float64"), " ", -1);
      for (guint i = 0; doubles[i]; i++)
        {
          double ours = isc_generator_uniform_double (generator);
          guint64 theirs = g_ascii_strtoull (doubles[i], NULL, 16);

          g_assert_cmpmem (&ours, sizeof ours, &theirs, sizeof theirs);
        }

      isc_generator_seed (generator, seed);
      expected = json_object_get_array_member (entry, "random_int64");
      for (guint i = 0; i < json_array_get_length (expected); i++)
        g_assert_cmpint (isc_generator_seed_draw (generator), ==,
                         json_array_get_int_element (expected, i));

      isc_generator_seed (generator, seed);
      expected = json_object_get_array_member (entry, "randint_0_10");
      isc_generator_integers (generator, integers, json_array_get_length (expected), 0, 10);
      assert_integers (integers, expected);

      isc_generator_seed (generator, seed);
      expected = json_object_get_array_member (entry, "randint_m5_1000003");
      isc_generator_integers (generator, integers, json_array_get_length (expected), -5, 1000003);
      assert_integers (integers, expected);

      check_permutations (generator, seed, json_object_get_object_member (entry, "randperm"));
    }
}

/* Small normals leave a spare behind that later small normals use, whatever is drawn between. */
static void
test_normal_sequences (gconstpointer unit)
{
  JsonArray *entries = json_object_get_array_member (vectors, "normal_sequences");

  g_assert_cmpuint (json_array_get_length (entries), >=, 6);
  for (guint e = 0; e < json_array_get_length (entries); e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      JsonArray *calls = json_object_get_array_member (entry, "calls");
      g_autoptr (IscGenerator) generator = new_generator (read_seed (entry), unit);

      for (guint c = 0; c < json_array_get_length (calls); c++)
        {
          JsonObject *call = json_array_get_object_element (calls, c);
          const char *op = json_object_get_string_member (call, "op");
          gsize n = (gsize)json_object_get_int_member (call, "n");
          g_autofree float *out = g_new (float, n);
          g_autofree gint64 *order = g_new (gint64, n);

          if (g_str_equal (op, "normal_"))
            isc_generator_normal (generator, out, n, reference_number (call, "mean"),
                                  reference_number (call, "std"));
          else if (g_str_equal (op, "rand"))
            isc_generator_uniform (generator, out, n, 0.0, 1.0);
          else if (g_str_equal (op, "randperm"))
            isc_generator_permutation (generator, order, n);
          else
            g_error ("unknown operation %s", op);

          if (json_object_has_member (call, "bits"))
            assert_bits (out, json_object_get_string_member (call, "bits"));
        }
    }
}

/* Only the low 32 bits of a seed count, and seed 0 is a seed like any other. */
static void
test_seeds (gconstpointer unit)
{
  g_autoptr (IscGenerator) zero = new_generator (0, unit);
  g_autoptr (IscGenerator) wrapped = new_generator (G_GUINT64_CONSTANT (1) << 32, unit);
  g_autoptr (IscGenerator) other = new_generator (4357, unit);
  g_autoptr (IscGenerator) copy = NULL;

  copy = isc_generator_copy (zero);
  for (guint i = 0; i < 1300; i++)
    {
      guint32 word = isc_generator_word (zero);

      g_assert_cmpuint (word, ==, isc_generator_word (wrapped));
      g_assert_cmpuint (word, ==, isc_generator_word (copy));
    }
  g_assert_cmpuint (isc_generator_word (zero), !=, isc_generator_word (other));
}

/* A generator goes on as another does from any place of a block, with the spare normal it holds. */
static void
test_assign (gconstpointer unit)
{
  for (guint skip = 0; skip < 40; skip++)
    {
      g_autoptr (IscGenerator) generator = new_generator (3, unit);
      g_autoptr (IscGenerator) other = new_generator (8, unit);
      float ours[100], theirs[100];

      for (guint i = 0; i < skip * 33; i++)
        isc_generator_word (generator);
      /* Odd, and few: one is left over. */
      isc_generator_normal (generator, ours, 3, 0.0, 1.0);
      isc_generator_assign (other, generator);
      for (guint n = 1; n <= G_N_ELEMENTS (ours); n += 11)
        {
          isc_generator_normal (generator, ours, n, 0.0, 1.0);
          isc_generator_normal (other, theirs, n, 0.0, 1.0);
          g_assert_cmpmem (ours, (int)(n * sizeof *ours), theirs, (int)(n * sizeof *theirs));
        }
      for (guint i = 0; i < 1300; i++)
        g_assert_cmpuint (isc_generator_word (generator), ==, isc_generator_word (other));
    }
}

/* A block read in pieces is the block read at once. */
static void
test_pieces (gconstpointer unit)
{
  g_autoptr (IscGenerator) whole = new_generator (7, unit);
  g_autoptr (IscGenerator) pieces = new_generator (7, unit);
  guint32 all[2000], some[2000];
  gsize done = 0;

  isc_generator_words (whole, all, G_N_ELEMENTS (all));
  for (gsize part = 1; done < G_N_ELEMENTS (some); part = part * 2 + 1)
    {
      gsize n = MIN (part, G_N_ELEMENTS (some) - done);

      isc_generator_words (pieces, some + done, n);
      done += n;
    }
  g_assert_cmpmem (all, sizeof all, some, sizeof some);
}

/* Normals take their words in blocks of 16 wherever these stand in the generator's own blocks: each
 * start and some lengths against the same words asked for one at a time. */
static void
test_normal_anywhere (gconstpointer unit)
{
  const gsize sizes[] = { 16, 17, 31, 624, 1000, 2500 };

  for (guint skip = 0; skip < 40; skip++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr (IscGenerator) whole = new_generator (7, unit);
        g_autoptr (IscGenerator) blocks = new_generator (7, unit);
        gsize n = sizes[s];
        g_autofree float *all = g_new (float, n);
        float block[16];

        for (guint i = 0; i < skip; i++)
          g_assert_cmpuint (isc_generator_word (whole), ==, isc_generator_word (blocks));
        isc_generator_normal (whole, all, n, 0.5, 2.385);
        for (gsize start = 0; start + 16 <= n; start += 16)
          {
            isc_generator_normal (blocks, block, 16, 0.5, 2.385);
            if (start + 16 <= n - n % 16 - 16 || n % 16 == 0)
              g_assert_cmpmem (all + start, sizeof block, block, sizeof block);
          }
        if (n % 16 != 0)
          {
            for (gsize i = 0; i < n % 16; i++)
              isc_generator_word (blocks);
            isc_generator_normal (blocks, block, 16, 0.5, 2.385);
            g_assert_cmpmem (all + n - 16, sizeof block, block, sizeof block);
          }
        g_assert_cmpuint (isc_generator_word (whole), ==, isc_generator_word (blocks));
      }
}

/* Renewing is drawing a whole new tensor and taking from it what was outside. */
static void
test_renew (gconstpointer unit)
{
  const gsize sizes[] = { 1, 15, 16, 17, 31, 32, 623, 624, 1000, 2505 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (IscGenerator) generator = new_generator (s, unit);
      g_autoptr (IscGenerator) plain = new_generator (s, unit);
      gsize n = sizes[s];
      g_autofree float *renewed = g_new (float, n);
      g_autofree float *expected = g_new (float, n);
      g_autofree float *fresh = g_new (float, n);

      isc_generator_word (generator);
      isc_generator_word (plain);
      isc_generator_normal (generator, renewed, n, 0.1, 2.0);
      isc_generator_normal (plain, expected, n, 0.1, 2.0);
      renewed[n / 2] = expected[n / 2] = NAN;
      for (guint round = 0; round < 4; round++)
        {
          gboolean any = FALSE, told;

          told = isc_generator_renew_normal (generator, renewed, n, 0.1, 2.0, -1.5f, 2.5f);
          isc_generator_normal (plain, fresh, n, 0.1, 2.0);
          for (gsize i = 0; i < n; i++)
            {
              if (expected[i] < -1.5f || expected[i] > 2.5f)
                expected[i] = fresh[i];
              any |= expected[i] < -1.5f || expected[i] > 2.5f;
            }
          g_assert_true (memcmp (renewed, expected, n * sizeof *expected) == 0);
          g_assert_cmpint (told, ==, any);
          g_assert_cmpuint (isc_generator_word (generator), ==, isc_generator_word (plain));
        }
    }
}

static void
add_for_each_unit (const char *name, GTestDataFunc test)
{
  static const char *const units[] = { "baseline", "v3", "v4" };

  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    {
      g_autofree char *path = g_strdup_printf ("/base/generator/%s/%s", units[unit], name);

      g_test_add_data_func (path, GUINT_TO_POINTER (unit), test);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  vectors = reference_load ("reference/pytorch/vectors.json");
  add_for_each_unit ("reference", test_generator);
  add_for_each_unit ("normal-sequences", test_normal_sequences);
  add_for_each_unit ("seeds", test_seeds);
  add_for_each_unit ("assign", test_assign);
  add_for_each_unit ("pieces", test_pieces);
  add_for_each_unit ("normal-anywhere", test_normal_anywhere);
  add_for_each_unit ("renew", test_renew);
  status = g_test_run ();
  json_object_unref (vectors);
  return status;
}
