/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/problem.h"
#include "fuzz/fuzz.h"
#include "views/restore.h"

/* Whatever is opened as an experiment or as a figure: one is found, or something is said to be
 * wrong. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (GError) error = NULL;
  gboolean from_figure;
  g_autoptr (IscExperiment) experiment
      = isc_restore_from_bytes (bytes, problems, &from_figure, &error);

  g_assert_true ((experiment == NULL) == (error != NULL));
  g_assert_true (experiment == NULL || problems->len == 0);
  return 0;
}
