/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order of examples against the reference's DataLoader entries: indices, their checksum and how
 * many words were drawn. */

#include "base/runtime.h"
#include "engine/loader.h"
#include "support/reference.h"

static void
assert_words (IscGenerator *generator, JsonArray *next)
{
  for (guint i = 0; i < json_array_get_length (next); i++)
    g_assert_cmpint (isc_generator_word (generator) & 0xffffff, ==,
                     json_array_get_int_element (next, i));
}

static void
check_epoch (IscLoader *loader, IscGenerator *generator, JsonObject *epoch, gsize n)
{
  g_autofree gint64 *indices = g_new (gint64, n);
  g_autofree char *sum = NULL;
  JsonArray *first = json_object_get_array_member (epoch, "first40");
  gsize batch = 0;
  gsize used = 0;

  g_assert_cmpint (isc_loader_get_n_batches (loader), ==,
                   json_object_get_int_member (epoch, "batches"));
  for (gsize i = 0; i < isc_loader_get_n_batches (loader); i++)
    {
      const gint64 *now;

      g_assert_cmpint (isc_loader_is_at_start (loader), ==, i == 0);
      now = isc_loader_next (loader, generator, &batch);
      g_assert_cmpuint (batch, <=, isc_loader_get_max_batch (loader));
      for (gsize j = 0; j < batch; j++)
        indices[used++] = now[j];
    }
  g_assert_true (isc_loader_is_at_start (loader));
  g_assert_cmpuint (used, ==, n);
  g_assert_cmpint (batch, ==, json_object_get_int_member (epoch, "last_batch"));
  for (guint i = 0; i < json_array_get_length (first); i++)
    g_assert_cmpint (indices[i], ==, json_array_get_int_element (first, i));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)indices,
                                     n * sizeof *indices);
  g_assert_cmpstr (sum, ==, json_object_get_string_member (epoch, "sha256_int64"));
  /* The reference draws these words from the generator itself, between the epochs. */
  assert_words (generator, json_object_get_array_member (epoch, "next24"));
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = reference_load ("reference/pytorch/vectors.json");
  JsonArray *entries = json_object_get_array_member (vectors, "loaders");
  guint n_checked = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      g_autoptr (IscGenerator) generator = NULL;
      g_autoptr (IscLoader) loader = NULL;
      g_autofree float *x = NULL;
      JsonArray *epochs;
      gsize n;

      /* A loader here keeps the last short batch; the other entries are samplers. */
      if (!json_object_has_member (entry, "epochs")
          || json_object_get_boolean_member (entry, "drop_last"))
        continue;
      epochs = json_object_get_array_member (entry, "epochs");
      n = (gsize)json_object_get_int_member (entry, "n");
      generator = isc_generator_new ((guint64)json_object_get_int_member (entry, "seed"));
      x = g_new (float, 4 * n);
      isc_generator_normal (generator, x, 4 * n, 0.0, 1.0);
      loader = isc_loader_new (n, (gsize)json_object_get_int_member (entry, "batch_size"), TRUE);
      for (guint j = 0; j < json_array_get_length (epochs); j++)
        check_epoch (loader, generator, json_array_get_object_element (epochs, j), n);
      n_checked++;
    }
  g_assert_cmpuint (n_checked, >=, 6);
}

/* Draws @steps batches, or skips them, and looks where the generator is. */
static void
check_skip (gsize n, gsize batch_size, gboolean shuffle, gsize steps)
{
  g_autoptr (IscGenerator) drawn = isc_generator_new (5);
  g_autoptr (IscGenerator) skipped = isc_generator_new (5);
  g_autoptr (IscLoader) loader = isc_loader_new (n, batch_size, shuffle);
  gsize batch;

  for (gsize i = 0; i < steps; i++)
    isc_loader_next (loader, drawn, &batch);
  isc_loader_skip (loader, skipped, steps);
  g_assert_cmpuint (isc_generator_word (drawn), ==, isc_generator_word (skipped));
}

static void
test_skip (void)
{
  for (gsize steps = 0; steps < 12; steps++)
    {
      check_skip (37, 8, TRUE, steps);
      check_skip (37, 8, FALSE, steps);
      check_skip (37, 0, TRUE, steps);
      check_skip (1, 100, TRUE, steps);
    }
}

/* Another loader goes on from where one is, mid-epoch or between epochs, drawing as it does. */
static void
check_place (gsize n, gsize batch_size, gboolean shuffle, gsize steps)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (5);
  g_autoptr (IscGenerator) same = NULL;
  g_autoptr (IscLoader) loader = isc_loader_new (n, batch_size, shuffle);
  g_autoptr (IscLoader) other = isc_loader_new (n, batch_size, shuffle);
  gsize batch, other_batch;

  isc_loader_next (other, generator, &batch);
  for (gsize i = 0; i < steps; i++)
    isc_loader_next (loader, generator, &batch);
  same = isc_generator_copy (generator);
  isc_loader_set_place (other, isc_loader_get_place (loader));
  for (gsize i = 0; i < 2 * isc_loader_get_n_batches (loader) + 1; i++)
    {
      const gint64 *ours, *theirs;

      g_assert_cmpint (isc_loader_is_at_start (loader), ==, isc_loader_is_at_start (other));
      ours = isc_loader_next (loader, generator, &batch);
      theirs = isc_loader_next (other, same, &other_batch);
      g_assert_cmpmem (ours, (int)(batch * sizeof *ours), theirs,
                       (int)(other_batch * sizeof *theirs));
    }
  g_assert_cmpuint (isc_generator_word (generator), ==, isc_generator_word (same));
}

static void
test_place (void)
{
  for (gsize steps = 0; steps < 12; steps++)
    {
      check_place (37, 8, TRUE, steps);
      check_place (37, 8, FALSE, steps);
      check_place (37, 0, TRUE, steps);
      check_place (1, 100, TRUE, steps);
    }
}

static void
test_in_order (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  g_autoptr (IscGenerator) untouched = isc_generator_new (3);
  g_autoptr (IscLoader) plain = isc_loader_new (5, 2, FALSE);
  g_autoptr (IscLoader) full = isc_loader_new (5, 0, TRUE);
  gsize n;
  gint64 expected = 0;

  g_assert_cmpuint (isc_loader_get_n_batches (full), ==, 1);
  g_assert_cmpuint (isc_loader_get_max_batch (full), ==, 5);
  for (int epoch = 0; epoch < 2; epoch++)
    {
      const gint64 *indices = isc_loader_next (full, generator, &n);

      g_assert_cmpuint (n, ==, 5);
      for (gint64 i = 0; i < 5; i++)
        g_assert_cmpint (indices[i], ==, i);
    }
  /* The full batch is no loader: nothing is drawn. */
  g_assert_cmpuint (isc_generator_word (generator), ==, isc_generator_word (untouched));

  for (int i = 0; i < 6; i++)
    {
      const gint64 *indices = isc_loader_next (plain, generator, &n);

      g_assert_cmpuint (n, ==, i % 3 == 2 ? 1 : 2);
      for (gsize j = 0; j < n; j++)
        g_assert_cmpint (indices[j], ==, expected++ % 5);
    }
}

static void
test_larger_than_data (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  g_autoptr (IscLoader) loader = isc_loader_new (7, 1000000000, TRUE);
  gboolean seen[7] = { FALSE };
  const gint64 *indices;
  gsize n;

  g_assert_cmpuint (isc_loader_get_max_batch (loader), ==, 7);
  indices = isc_loader_next (loader, generator, &n);
  g_assert_cmpuint (n, ==, 7);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_false (seen[indices[i]]);
      seen[indices[i]] = TRUE;
    }
  g_assert_true (isc_loader_is_at_start (loader));
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/loader/vectors", test_vectors);
  g_test_add_func ("/engine/loader/skip", test_skip);
  g_test_add_func ("/engine/loader/place", test_place);
  g_test_add_func ("/engine/loader/in-order", test_in_order);
  g_test_add_func ("/engine/loader/larger-than-data", test_larger_than_data);
  return g_test_run ();
}
