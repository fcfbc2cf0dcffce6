/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a slider to the picture in the real window: a new gain on a million weights, their
 * statistics, histogram, density estimate and exact density, drawn.  Each change waits for its own
 * picture to be painted; what is printed is milliseconds a picture. */

#include <math.h>
#include <time.h>

#include "app/plot-view.h"
#include "gui/gui.h"

#define N_CHANGES 120
#define N_WARM_UP 20

static IscFigure *seen;

static gboolean
is_another (gpointer window)
{
  IscFigure *figure = isc_weights_page_get_figure (isc_window_get_weights_page (window));

  return figure && figure != seen;
}

static void
painted_cb (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

static gboolean
is_painted (gpointer painted)
{
  return *(gboolean *)painted;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const double *)a < *(const double *)b ? -1 : 1;
}

/* Milliseconds from the change to the end of the frame that shows its figure. */
static double
change_gain (IscWindow *window, GdkFrameClock *clock, double gain)
{
  g_autofree char *call = g_strdup_printf ("xavier_normal_(gain=%.4f)", gain);
  gint64 start = g_get_monotonic_time ();
  gboolean painted = FALSE;
  gulong id;

  seen = isc_weights_page_get_figure (isc_window_get_weights_page (window));
  g_assert_true (
      isc_document_edit (isc_window_get_document (window), "weights.init", call, "drag", NULL));
  g_assert_true (gui_wait (is_another, window, 5000));
  id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  g_assert_true (gui_wait (is_painted, &painted, 5000));
  g_signal_handler_disconnect (clock, id);
  return (double)(g_get_monotonic_time () - start) / 1000.0;
}

/* A drag: a change every frame; how many different pictures are painted. */
typedef struct
{
  IscWindow *window;
  IscFigure *shown;
  guint n_changes;
  guint n_pictures;
} Drag;

static gboolean
drag_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Drag *drag = data;
  GtkWidget *page = GTK_WIDGET (isc_window_get_weights_page (drag->window));
  IscFigure *figure
      = isc_plot_view_get_figure (ISC_PLOT_VIEW (gui_find (page, ISC_TYPE_PLOT_VIEW)));
  g_autofree char *call
      = g_strdup_printf ("xavier_normal_(gain=%.4f)", 0.5 + 0.005 * (drag->n_changes % 200));

  if (figure != drag->shown)
    drag->n_pictures++;
  drag->shown = figure;
  drag->n_changes++;
  isc_document_edit (isc_window_get_document (drag->window), "weights.init", call, "drag", NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

#define DRAG_SECONDS 4

static void
bench_drag (void)
{
  Drag drag = { .window = gui_open_window () };
  guint id;

  g_assert_true (isc_document_edit (isc_window_get_document (drag.window), "weights.layer",
                                    "Linear(1000, 1000)", NULL, NULL));
  gui_wait_for_weights (drag.window);
  id = gtk_widget_add_tick_callback (GTK_WIDGET (drag.window), drag_cb, &drag, NULL);
  gui_wait (never, NULL, DRAG_SECONDS * 1000);
  gtk_widget_remove_tick_callback (GTK_WIDGET (drag.window), id);
  g_print ("# drag over 1,000,000 weights: %.0f frames and %.0f pictures a second\n",
           (double)drag.n_changes / DRAG_SECONDS, (double)drag.n_pictures / DRAG_SECONDS);
  gui_wait_for_weights (drag.window);
  gui_close_window (drag.window);
}

/* Milliseconds that this thread, which draws the window, has computed for. */
static double
thread_ms (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return 1e3 * (double)used.tv_sec + 1e-6 * (double)used.tv_nsec;
}

static void
bench_slider (void)
{
  IscWindow *window = gui_open_window ();
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  double ms[N_CHANGES];
  double computed;

  g_assert_true (isc_document_edit (isc_window_get_document (window), "weights.layer",
                                    "Linear(1000, 1000)", NULL, NULL));
  gui_wait_for_weights (window);
  for (guint i = 0; i < N_WARM_UP; i++)
    change_gain (window, clock, 2.0 + i);
  computed = thread_ms ();
  for (guint i = 0; i < N_CHANGES; i++)
    ms[i] = change_gain (window, clock, 0.5 + 0.01 * i);
  computed = thread_ms () - computed;
  qsort (ms, N_CHANGES, sizeof *ms, compare);
  g_print ("# slider to picture, 1,000,000 weights, window of 1200×780: median %.1f ms, 95 %% %.1f "
           "ms, least %.1f ms\n",
           ms[N_CHANGES / 2], ms[N_CHANGES * 95 / 100], ms[0]);
  g_print ("# of which the window's thread computes %.1f ms\n", computed / N_CHANGES);
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/bench/slider", bench_slider);
  g_test_add_func ("/bench/drag", bench_drag);
  return gui_run ();
}
