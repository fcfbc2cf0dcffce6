/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "formats/csv.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCells) cells = isc_csv_read (bytes, "input", &error);

  fuzz_check_error (cells != NULL, error);
  /* Every cell is there, and ends. */
  for (gsize row = 0; cells && row < isc_cells_get_n_rows (cells); row++)
    for (guint column = 0; column < isc_cells_get_n_columns (cells); column++)
      if (strlen (isc_cells_get (cells, row, column)) > size
          && !(size > 1 && data[0] == 0x1f && data[1] == 0x8b))
        abort ();
  return 0;
}
