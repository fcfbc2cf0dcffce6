/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/weights-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "support/reference.h"

static GPtrArray *
make_tensors (guint n)
{
  GPtrArray *tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.weight", 2 * i);
      IscShape shape = isc_shape (2, (gint64)3, (gint64)1 + i);
      IscTensor *tensor = isc_tensor_new (name, &shape, NULL);

      for (gsize j = 0; j < isc_tensor_get_count (tensor); j++)
        isc_tensor_edit_data (tensor)[j] = 2.385f / (float)(1 + i + j);
      g_ptr_array_add (tensors, tensor);
    }
  return tensors;
}

static void
assert_comes_back (const char *file, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("initscope-weights-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GPtrArray) tensors = make_tensors (n);
  g_autoptr (GPtrArray) back = NULL;

  g_assert_true (isc_weights_file_write (tensors, path, &error));
  g_assert_no_error (error);
  back = isc_weights_file_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const IscTensor *before = tensors->pdata[i];
      const IscTensor *after = back->pdata[i];

      g_assert_cmpstr (isc_tensor_get_name (after), ==,
                       g_str_has_suffix (file, ".npy") ? NULL : isc_tensor_get_name (before));
      g_assert_true (isc_shape_equal (isc_tensor_get_shape (after), isc_tensor_get_shape (before)));
      for (gsize j = 0; j < isc_tensor_get_count (before); j++)
        assert_close (isc_tensor_get_data (after)[j], isc_tensor_get_data (before)[j], 0, 0);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_round_trip (void)
{
  assert_comes_back ("w.npy", 1);
  assert_comes_back ("w.npz", 1);
  assert_comes_back ("w.npz", 3);
  assert_comes_back ("w.safetensors", 1);
  assert_comes_back ("w.safetensors", 3);
}

static void
assert_not_made (guint n, const char *path, const char *expected)
{
  g_autoptr (GPtrArray) tensors = make_tensors (n);
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_weights_file_to_bytes (tensors, path, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_not_made (void)
{
  assert_not_made (2, "w.npy",
                   "a .npy file holds one tensor, and there are 2: choose .npz, .safetensors or "
                   ".csv");
  assert_not_made (1, "w.pt",
                   "w.pt: weights are written as .npy, .npz, .safetensors or .csv, by the name's "
                   "ending");
  assert_not_made (1, "npz",
                   "npz: weights are written as .npy, .npz, .safetensors or .csv, by the name's "
                   "ending");
}

static void
test_not_written (void)
{
  g_autoptr (GPtrArray) tensors = make_tensors (1);
  g_autoptr (GError) error = NULL;

  g_assert_false (isc_weights_file_write (tensors, "/no/such/folder/w.npy", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
}

static void
assert_not_read (const char *path, int code, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_weights_file_read (path, &error));
  g_assert_error (error, ISC_ERROR, code);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_not_read (void)
{
  g_autofree char *csv
      = g_build_filename (g_getenv ("ISC_TEST_DATA"), "formats", "plain.csv", NULL);
  g_autofree char *message
      = g_strdup_printf ("%s: weights are read from .npy, .npz or .safetensors files", csv);

  assert_not_read ("/no/such/w.npy", ISC_ERROR_IO,
                   "cannot read /no/such/w.npy: No such file or directory");
  assert_not_read (csv, ISC_ERROR_INVALID, message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/weights-file/round-trip", test_round_trip);
  g_test_add_func ("/formats/weights-file/not-made", test_not_made);
  g_test_add_func ("/formats/weights-file/not-written", test_not_written);
  g_test_add_func ("/formats/weights-file/not-read", test_not_read);
  return g_test_run ();
}
