/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/weights-file.h"

#include "base/error.h"
#include "base/file.h"
#include "formats/csv.h"
#include "formats/npy.h"
#include "formats/npz.h"
#include "formats/safetensors.h"

static GBytes *
write_npy (GPtrArray *tensors, GError **error)
{
  if (tensors->len == 1)
    return isc_npy_write (tensors->pdata[0]);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "a .npy file holds one tensor, and there are %u: choose .npz, .safetensors or .csv",
               tensors->len);
  return NULL;
}

static GBytes *
write_safetensors (GPtrArray *tensors, GError **error)
{
  return isc_safetensors_write (tensors);
}

static GBytes *
write_csv (GPtrArray *tensors, GError **error)
{
  return isc_csv_write (tensors);
}

static GPtrArray *
read_npy (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (IscTensor) tensor = isc_npy_read (bytes, name, error);
  GPtrArray *tensors;

  if (!tensor)
    return NULL;
  tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  g_ptr_array_add (tensors, isc_tensor_rename (tensor, NULL));
  return tensors;
}

/* A file is made in memory before it is written, so that nothing half-written is left. */
#define MAX_WEIGHTS ((gsize)1 << 29)

static gboolean
check_size (GPtrArray *tensors, GError **error)
{
  gsize total = 0;

  for (guint i = 0; i < tensors->len; i++)
    total += isc_tensor_get_count (tensors->pdata[i]);
  if (total <= MAX_WEIGHTS)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%" G_GSIZE_FORMAT " weights are more than the %" G_GSIZE_FORMAT
               " that a file may hold",
               total, MAX_WEIGHTS);
  return FALSE;
}

/* THE list of endings. */
static const struct
{
  const char *ending;
  GBytes *(*write) (GPtrArray *tensors, GError **error);
  GPtrArray *(*read) (GBytes *bytes, const char *name, GError **error);
} formats[] = {
  { ".npy", write_npy, read_npy },
  { ".npz", isc_npz_write, isc_npz_read },
  { ".safetensors", write_safetensors, isc_safetensors_read },
  { ".csv", write_csv, NULL },
};

GBytes *
isc_weights_file_to_bytes (GPtrArray *tensors, const char *path, GError **error)
{
  if (!check_size (tensors, error) || !isc_weights_file_check_path (path, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (path, formats[i].ending))
      return formats[i].write (tensors, error);
  g_assert_not_reached ();
}

gboolean
isc_weights_file_check_path (const char *path, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (path, formats[i].ending))
      return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s: weights are written as .npy, .npz, .safetensors or .csv, by the name's ending",
               path);
  return FALSE;
}

gboolean
isc_weights_file_write (GPtrArray *tensors, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = isc_weights_file_to_bytes (tensors, path, error);

  return bytes && isc_file_write (path, bytes, error);
}

GPtrArray *
isc_weights_file_read (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = isc_file_read (path, ISC_FILE_MAX_BYTES, error);

  if (!bytes)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].read && g_str_has_suffix (path, formats[i].ending))
      return formats[i].read (bytes, path, error);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s: weights are read from .npy, .npz or .safetensors files", path);
  return NULL;
}
