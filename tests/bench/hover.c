/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a move of the pointer costs over eight traces of 10,000 points: finding the nearest datum,
 * and the frame that shows it.  In time of the thread that draws the window, which neighbours do
 * not lengthen. */

#include <math.h>
#include <time.h>

#include "app/plot-view.h"
#include "base/generator.h"
#include "gui/gui.h"

#define N_TRACES 8
#define N_POINTS 10000
#define N_WARM_UP 20
#define N_MOVES 300

typedef struct
{
  double begun;
  double work;
  gboolean painted;
} Frame;

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static void
begin_frame_cb (Frame *frame)
{
  frame->begun = thread_ms ();
}

static void
end_frame_cb (Frame *frame)
{
  frame->work = thread_ms () - frame->begun;
  frame->painted = TRUE;
}

static gboolean
is_painted (gpointer frame)
{
  return ((Frame *)frame)->painted;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Where trace number @trace is at @step, but for its trembling. */
static double
value_at (int trace, double step)
{
  return (1.0 + 0.2 * trace) * exp (-step / 4000.0);
}

/* Losses as they fall and tremble. */
static IscFigure *
make_traces (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autofree double *x = g_new (double, N_POINTS);
  g_autofree double *y = g_new (double, N_POINTS);
  g_autofree float *noise = g_new (float, N_POINTS);
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);

  isc_panel_set_axis (panel, ISC_AXIS_X, "step", ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "loss", ISC_SCALE_LINEAR);
  for (int trace = 0; trace < N_TRACES; trace++)
    {
      IscStyle style = { .color = trace };
      g_autofree char *label = g_strdup_printf ("run %d", trace);

      isc_generator_normal (generator, noise, N_POINTS, 0.0, 0.1);
      for (int i = 0; i < N_POINTS; i++)
        {
          x[i] = i;
          y[i] = value_at (trace, i) + (double)noise[i];
        }
      isc_panel_add_line (panel, &style, label, x, y, N_POINTS);
    }
  return figure;
}

static void
print (const char *what, double ms[N_MOVES])
{
  qsort (ms, N_MOVES, sizeof *ms, compare);
  g_print ("# %s: median %.2f ms, 95 %% %.2f ms\n", what, ms[N_MOVES / 2], ms[N_MOVES * 95 / 100]);
}

static void
bench_hover (void)
{
  GtkWidget *window = gtk_window_new ();
  IscPlotView *view = g_object_new (ISC_TYPE_PLOT_VIEW, NULL);
  g_autoptr (IscFigure) figure = make_traces ();
  GdkFrameClock *clock;
  Frame frame;
  double find[N_MOVES], draw[N_MOVES], whole[N_MOVES];

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 780);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  isc_plot_view_set_figure (view, figure);
  gtk_window_present (GTK_WINDOW (window));
  gui_wait_for_frame (GTK_WIDGET (view));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (view));
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (begin_frame_cb), &frame);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (end_frame_cb), &frame);
  for (int i = -N_WARM_UP; i < N_MOVES; i++)
    {
      int step = (i + N_WARM_UP) * N_POINTS / (N_MOVES + N_WARM_UP);
      IscLayout *layout = isc_plot_view_get_layout (view);
      double zoom = isc_plot_view_get_zoom (view);
      double x = zoom * isc_layout_to_device (layout, 0, ISC_AXIS_X, step);
      double y = zoom
                 * isc_layout_to_device (layout, 0, ISC_AXIS_Y,
                                         value_at ((i + N_WARM_UP) % N_TRACES, step));
      double begun = thread_ms ();
      g_autofree char *text = isc_plot_view_read_out (view, x, y);
      double found = thread_ms () - begun;

      g_assert_nonnull (text);
      frame.painted = FALSE;
      g_assert_true (gui_wait (is_painted, &frame, 5000));
      if (i < 0)
        continue;
      find[i] = found;
      draw[i] = frame.work;
      whole[i] = found + frame.work;
    }
  print ("hover over 8 traces of 10,000 points, finding the datum", find);
  print ("its frame", draw);
  print ("both", whole);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/bench/hover", bench_hover);
  return gui_run ();
}
