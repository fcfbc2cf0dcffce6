/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo.h>
#include <errno.h>
#include <gsl/gsl_version.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/lapack.h"
#include "base/runtime.h"
#include "base/text.h"
#include "cli/command.h"

#define WINDOW_PROGRAM "initscope-window"

/* What SIGINT cancels, and what wakes the thread that does it.  The globals of the program: a
 * signal handler can be handed nothing else. */
static atomic_int interrupted;
static sem_t wake;

static void
interrupt_cb (int signal_number)
{
  /* The second Ctrl+C ends the program at once. */
  if (interrupted)
    _exit (130);
  interrupted = 1;
  sem_post (&wake);
}

/* Turns the signal into a cancellation, from a thread of its own: the work itself may hold the main
 * one. */
static gpointer
watch_interrupt (gpointer cancellable)
{
  while (sem_wait (&wake) != 0)
    continue;
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* GLib would turn what is not ASCII into question marks in a C locale; this program's text is UTF-8
 * everywhere. */
static void
print_cb (const char *text)
{
  fputs (text, stdout);
}

static void
print_help (void)
{
  guint n;
  const IscCommand *const *commands = isc_commands_get (&n);

  g_print ("Usage:\n"
           "  initscope [EXPERIMENT]            open the window\n"
           "  initscope COMMAND [OPTION...]     work without it\n"
           "\n"
           "An oscilloscope for weight initialization: what does this initialization do to this "
           "network?\n"
           "\n"
           "Commands:\n");
  for (guint i = 0; i < n; i++)
    g_print ("  %-11s %s\n", commands[i]->name, commands[i]->summary);
  g_print ("\n'initscope COMMAND --help' shows a command's options; --version shows versions.\n");
}

static void
print_version (void)
{
  g_print ("Initscope %s\nGSL %s, cairo %s, %s\n", ISC_VERSION, gsl_version,
           cairo_version_string (), isc_lapack_name ());
}

static const IscCommand *
find_command (const char *name)
{
  guint n;
  const IscCommand *const *commands = isc_commands_get (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];
  return NULL;
}

/* The window's program stands beside this one's folder when both were just built, else where it was
 * installed. */
static char *
find_window (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self ? g_path_get_dirname (self) : NULL;
  g_autofree char *built
      = folder ? g_build_filename (folder, "..", "app", WINDOW_PROGRAM, NULL) : NULL;
  g_autofree char *relative
      = folder ? g_build_filename (folder, "..", "libexec", WINDOW_PROGRAM, NULL) : NULL;
  const char *const places[] = { built, relative, ISC_LIBEXECDIR "/" WINDOW_PROGRAM };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] && g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_strdup (places[i]);
  return NULL;
}

/* A sentence may quote what stands in a file: its control characters are not for the terminal. */
static int
fail (const GError *error)
{
  g_autofree char *sentence = g_strdup (error->message);

  for (char *c = sentence; *c; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  fprintf (stderr, "initscope: %s\n", sentence);
  return isc_error_exit_status (error);
}

/* What was printed has to arrive: a full disk is not a success. */
static gboolean
flush_output (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot write the output: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value && *value;
}

static int
open_window (char **argv, GError **error)
{
  g_autofree char *program = NULL;

  if (!is_set ("DISPLAY") && !is_set ("WAYLAND_DISPLAY"))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_IO,
                   "there is no display for the window: 'initscope --help' names what works "
                   "without one");
      return fail (*error);
    }
  program = find_window ();
  if (!program)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "the window (%s) is not installed",
                   WINDOW_PROGRAM);
      return fail (*error);
    }
  execv (program, argv);
  g_set_error (error, ISC_ERROR, ISC_ERROR_IO, "cannot start %s: %s", program, g_strerror (errno));
  return fail (*error);
}

static int
run_command (const IscCommand *command, int argc, char **argv, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  struct sigaction action = { .sa_handler = interrupt_cb };
  GThread *watcher;
  gboolean ok;

  sem_init (&wake, 0, 0);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  watcher = g_thread_new ("interrupt", watch_interrupt, cancellable);
  ok = command->run (argc, argv, cancellable, error);
  sem_post (&wake);
  g_thread_join (watcher);
  return ok && flush_output (error) ? 0 : fail (*error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const IscCommand *command = argc > 1 ? find_command (argv[1]) : NULL;

  isc_runtime_init ();
  g_set_print_handler (print_cb);
  if (command)
    return run_command (command, argc - 1, argv + 1, &error);
  if (argc > 1
      && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")
          || g_str_equal (argv[1], "help")))
    {
      print_help ();
      return flush_output (&error) ? 0 : fail (error);
    }
  if (argc > 1 && g_str_equal (argv[1], "--version"))
    {
      print_version ();
      return flush_output (&error) ? 0 : fail (error);
    }
  if (argc > 1 && argv[1][0] == '-')
    {
      g_set_error (&error, ISC_ERROR, ISC_ERROR_INVALID,
                   "there is no option %s: --help and --version are", argv[1]);
      return fail (error);
    }
  if (argc > 1 && strpbrk (argv[1], "./") && !g_file_test (argv[1], G_FILE_TEST_EXISTS))
    {
      g_set_error (&error, ISC_ERROR, ISC_ERROR_IO, "cannot read %s: %s", argv[1],
                   g_strerror (ENOENT));
      return fail (error);
    }
  /* A word that is no file is more likely a command misspelled. */
  if (argc > 1 && !g_file_test (argv[1], G_FILE_TEST_EXISTS))
    {
      guint n;
      const IscCommand *const *commands = isc_commands_get (&n);
      const char *nearest = commands[0]->name;

      for (guint i = 1; i < n; i++)
        if (isc_text_distance (argv[1], commands[i]->name) < isc_text_distance (argv[1], nearest))
          nearest = commands[i]->name;
      g_set_error (&error, ISC_ERROR, ISC_ERROR_INVALID,
                   "'%s' is neither a command nor a file: the nearest command is %s ('initscope "
                   "--help' names them all)",
                   argv[1], nearest);
      return fail (error);
    }
  return open_window (argv, &error);
}
