/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a training costs the real window: how late its main loop comes to a source that is due every
 * 5 ms, while three networks train in the background and their curves are drawn. */

#include "gui/gui.h"

#define PROBE_USEC 5000
#define N_TRAININGS 3

typedef struct
{
  gint64 due;
  GArray *late;
} Probe;

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
quantile (const Probe *probe, double q)
{
  return g_array_index (probe->late, double, (guint)(q * (double)(probe->late->len - 1)));
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
  GSource *source = g_source_new (&probe_funcs, sizeof (GSource));

  g_source_set_callback (source, probe_cb, &probe, NULL);
  probe.due = g_get_monotonic_time () + PROBE_USEC;
  g_source_set_ready_time (source, probe.due);
  g_source_attach (source, NULL);
  g_assert_true (gtk_widget_activate_action (page, "training.play", NULL));
  g_assert_true (gui_wait (is_over, window, 120000));
  g_source_destroy (source);
  g_source_unref (source);

  g_assert_cmpuint (probe.late->len, >, 0);
  g_array_sort (probe.late, compare);
  g_print ("# late by, of %u probes: median %.1f ms, 95 %% %.1f ms, 99 %% %.1f ms, most %.1f ms\n",
           probe.late->len, quantile (&probe, 0.5), quantile (&probe, 0.95),
           quantile (&probe, 0.99), quantile (&probe, 1.0));
  g_array_unref (probe.late);
}

static void
bench_stalls (void)
{
  IscWindow *window = gui_open_window ();

  gui_activate (window, "win.example", "mnist");
  gui_activate (window, "win.page", "training");
  g_assert_true (isc_document_edit (isc_window_get_document (window), "epochs", "10", NULL, NULL));
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
