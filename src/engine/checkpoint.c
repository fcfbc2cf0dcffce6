/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/checkpoint.h"

void
isc_checkpoint_free (IscCheckpoint *checkpoint)
{
  g_free (checkpoint->numbers);
  g_clear_pointer (&checkpoint->generator, isc_generator_free);
  g_clear_pointer (&checkpoint->trace, isc_trace_unref);
  g_clear_pointer (&checkpoint->observations, g_ptr_array_unref);
  g_free (checkpoint);
}
