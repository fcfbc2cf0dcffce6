/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a training costs the real window, while eight networks of 784-256-128-10 train in the
 * background and all that is recorded of them is drawn: how late the main loop comes to a source
 * that is due every 5 ms, and how long the work of a frame takes. */

#include <time.h>

#include "app/training-figure.h"
#include "gui/gui.h"

#define PROBE_USEC 5000
#define N_TRAININGS 3

typedef struct
{
  gint64 due;
  GArray *late;
} Probe;

/* The work of frames in time of the processor, which neighbours do not lengthen, from the first
 * signal of the clock to the one after painting. */
typedef struct
{
  double begun;
  GArray *work;
} Frames;

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static void
begin_frame_cb (Frames *frames)
{
  frames->begun = thread_ms ();
}

static void
end_frame_cb (Frames *frames)
{
  double ms = thread_ms () - frames->begun;

  if (frames->begun > 0.0)
    g_array_append_val (frames->work, ms);
  frames->begun = 0.0;
}

static gboolean
probe_cb (gpointer data)
{
  Probe *probe = data;
  gint64 now = g_get_monotonic_time ();
  double ms = (double)MAX (0, now - probe->due) / 1000.0;

  g_array_append_val (probe->late, ms);
  probe->due = now + PROBE_USEC;
  g_source_set_ready_time (g_main_current_source (), probe->due);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_probe (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs probe_funcs = { .dispatch = dispatch_probe };

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
quantile (const GArray *sorted, double q)
{
  return g_array_index (sorted, double, (guint)(q * (double)(sorted->len - 1)));
}

static void
report (const char *what, GArray *ms)
{
  g_assert_cmpuint (ms->len, >, 0);
  g_array_sort (ms, compare);
  g_print ("# %s: of %u, median %.1f ms, 95 %% %.1f ms, 99 %% %.1f ms, most %.1f ms\n", what,
           ms->len, quantile (ms, 0.5), quantile (ms, 0.95), quantile (ms, 0.99),
           quantile (ms, 1.0));
}

static gboolean
is_over (gpointer window)
{
  return !isc_training_page_is_running (isc_window_get_training_page (window));
}

static void
train (IscWindow *window)
{
  GtkWidget *page = GTK_WIDGET (isc_window_get_training_page (window));
  Probe probe = { .late = g_array_new (FALSE, FALSE, sizeof (double)) };
  Frames frames = { .work = g_array_new (FALSE, FALSE, sizeof (double)) };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (page);
  gulong begin
      = g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (begin_frame_cb), &frames);
  gulong end = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (end_frame_cb), &frames);
  GSource *source = g_source_new (&probe_funcs, sizeof (GSource));

  g_source_set_callback (source, probe_cb, &probe, NULL);
  probe.due = g_get_monotonic_time () + PROBE_USEC;
  g_source_set_ready_time (source, probe.due);
  g_source_attach (source, NULL);
  g_assert_true (gtk_widget_activate_action (page, "training.play", NULL));
  g_assert_true (gui_wait (is_over, window, 120000));
  g_source_destroy (source);
  g_source_unref (source);

  g_signal_handler_disconnect (clock, begin);
  g_signal_handler_disconnect (clock, end);
  report ("main loop late", probe.late);
  report ("work of a frame", frames.work);
  g_array_unref (frames.work);
  g_array_unref (probe.late);
}

static void
bench_stalls (void)
{
  IscWindow *window = gui_open_window ();

  gui_activate (window, "win.example", "mnist");
  gui_activate (window, "win.page", "training");
  g_assert_true (
      isc_document_edit (isc_window_get_document (window), "seeds", "[0, 1]", NULL, NULL));
  isc_training_figure_choose (ISC_TRAINING_FIGURE (
                                  gui_find (GTK_WIDGET (isc_window_get_training_page (window)),
                                            ISC_TYPE_TRAINING_FIGURE)),
                              "gradient-norms", TRUE);
  gui_wait_for_weights (window);
  gui_wait_for_frame (GTK_WIDGET (window));
  for (guint i = 0; i < N_TRAININGS; i++)
    train (window);
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/bench/stalls", bench_stalls);
  return gui_run ();
}
