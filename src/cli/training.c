/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/training.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/number-text.h"

/* ", loss 0.21 to 1.7": of all runs, the least and the largest that is finite. */
static char *
losses_in_words (const IscResult *result)
{
  double least = INFINITY;
  double largest = -INFINITY;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      double loss = isc_result_get_run (result, i)->final_loss;

      if (!isfinite (loss))
        continue;
      least = fmin (least, loss);
      largest = fmax (largest, loss);
    }
  if (least > largest)
    return g_strdup ("");
  from = isc_number_to_label (least, 3);
  to = isc_number_to_label (largest, 3);
  return least < largest ? g_strdup_printf (", loss %s to %s", from, to)
                         : g_strdup_printf (", loss %s", from);
}

/* One line that is written over: steps of all runs, their losses, and how long it may still take.
 */
static void
show (IscRun *run, gpointer data)
{
  const gint64 *start = data;
  g_autoptr (IscResult) result = isc_run_snapshot (run);
  gsize done = 0;
  gsize planned = 0;
  guint n_over = 0;
  double seconds = (double)(g_get_monotonic_time () - *start) * 1e-6;
  g_autofree char *done_text = NULL;
  g_autofree char *planned_text = NULL;
  g_autofree char *loss_text = NULL;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *one = isc_result_get_run (result, i);
      gboolean over = isc_run_state_is_over (one->state);

      done += one->n_steps;
      planned += over ? one->n_steps : one->planned_steps;
      n_over += over;
    }
  done_text = isc_count_to_label (done);
  planned_text = isc_count_to_label (planned);
  loss_text = losses_in_words (result);
  fprintf (stderr, "\r\033[Kstep %s of %s, %u of %u runs finished%s, %.1f s", done_text,
           planned_text, n_over, isc_result_get_n_runs (result), loss_text, seconds);
  if (done > 0 && planned > done)
    fprintf (stderr, ", %.1f s to go", seconds * (double)(planned - done) / (double)done);
  fflush (stderr);
}

IscRun *
isc_training_run (IscExperiment *experiment,
                  gboolean show_progress,
                  GCancellable *cancellable,
                  GError **error)
{
  return isc_training_run_on (0, experiment, show_progress, cancellable, error);
}

IscRun *
isc_training_run_on (guint n_threads,
                     IscExperiment *experiment,
                     gboolean show_progress,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (IscRun) run = isc_run_new (experiment, error);
  gboolean terminal = show_progress && isatty (STDERR_FILENO);
  gint64 start = g_get_monotonic_time ();
  gboolean ok;

  if (!run)
    return NULL;
  ok = isc_run_advance (run, G_MAXSIZE, n_threads, cancellable, terminal ? show : NULL, &start,
                        error);
  if (terminal)
    fprintf (stderr, "\r\033[K");
  return ok ? g_steal_pointer (&run) : NULL;
}
