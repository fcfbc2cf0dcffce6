/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/idx.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTensor) tensor = isc_idx_read (bytes, "input", &error);

  fuzz_check_error (tensor != NULL, error);
  return 0;
}
