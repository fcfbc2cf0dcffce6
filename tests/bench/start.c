/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts the real program again and again and watches the display: milliseconds until its window is
 * there, and until a figure is drawn in it.
 *
 *   with-display.sh start PROGRAM [ARGUMENT...] */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#define N_STARTS 15

/* A start that takes longer has failed. */
#define MAX_SECONDS 20

/* How often the display is looked at, which is what the times are off by at most. */
#define MICROSECONDS 500

/* So many blue pixels in a row of the display are the bars of a histogram: they are wider than any
 * switch or slider. */
#define MIN_BARS 60

typedef struct
{
  double window_ms;
  double figure_ms;
} Times;

static int
compare (const void *a, const void *b)
{
  return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* Looks at one row of pixels, half way down: @painted are not the root window's black. */
static void
look (Display *display, int *n_painted, int *n_blue)
{
  int screen = DefaultScreen (display), width = DisplayWidth (display, screen);
  XImage *row
      = XGetImage (display, RootWindow (display, screen), 0, DisplayHeight (display, screen) / 2,
                   (unsigned)width, 1, AllPlanes, ZPixmap);

  *n_painted = *n_blue = 0;
  for (int x = 0; x < width; x++)
    {
      unsigned long pixel = XGetPixel (row, x, 0);
      int red = (int)(pixel >> 16 & 0xff), blue = (int)(pixel & 0xff);

      *n_painted += pixel != 0;
      *n_blue += blue - red > 40;
    }
  XDestroyImage (row);
}

static gboolean
is_there (Display *display, gboolean figure)
{
  int n_painted, n_blue;

  look (display, &n_painted, &n_blue);
  return figure ? n_blue >= MIN_BARS : n_painted > 0;
}

static double
wait_until (Display *display, gboolean figure, gint64 start)
{
  while (!is_there (display, figure))
    {
      if (g_get_monotonic_time () - start > MAX_SECONDS * G_USEC_PER_SEC)
        g_error ("there is no figure after %d s", MAX_SECONDS);
      g_usleep (MICROSECONDS);
    }
  return (double)(g_get_monotonic_time () - start) / 1000.0;
}

static Times
start_once (Display *display, char **arguments)
{
  g_autoptr (GError) error = NULL;
  Times times;
  GPid pid;
  gint64 start = g_get_monotonic_time ();

  if (!g_spawn_async (NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error))
    g_error ("%s", error->message);
  times.window_ms = wait_until (display, FALSE, start);
  times.figure_ms = wait_until (display, TRUE, start);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  while (is_there (display, FALSE))
    g_usleep (MICROSECONDS);
  return times;
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  double window[N_STARTS], figure[N_STARTS];

  if (!display || argc < 2)
    g_error ("usage, on a display: start PROGRAM [ARGUMENT...]");
  /* The first finds nothing in the system's caches and starts the accessibility bus. */
  start_once (display, argv + 1);
  for (guint i = 0; i < N_STARTS; i++)
    {
      Times times = start_once (display, argv + 1);

      window[i] = times.window_ms;
      figure[i] = times.figure_ms;
    }
  qsort (window, N_STARTS, sizeof *window, compare);
  qsort (figure, N_STARTS, sizeof *figure, compare);
  printf ("# start: window after %.0f ms, figure after %.0f ms (medians of %d), least %.0f and "
          "%.0f ms\n",
          window[N_STARTS / 2], figure[N_STARTS / 2], N_STARTS, window[0], figure[0]);
  XCloseDisplay (display);
  return 0;
}
