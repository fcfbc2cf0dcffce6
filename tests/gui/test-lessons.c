/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lessons: every built-in one from its first step to its last, and what a window does for them. */

#include <string.h>

#include "app/lesson-panel.h"
#include "app/lesson-player.h"
#include "app/lesson-text.h"
#include "experiment/edit.h"
#include "gui/gui.h"
#include "lessons/instructions.h"
#include "lessons/lessons.h"

static void
press (IscWindow *window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
}

static gboolean
is_enabled (IscWindow *window, const char *action)
{
  return g_action_get_enabled (g_action_map_lookup_action (G_ACTION_MAP (window), action));
}

static IscExperiment *
experiment_of (IscWindow *window)
{
  return isc_document_get_experiment (isc_window_get_document (window));
}

static const IscLessonStep *
step_of (IscWindow *window)
{
  return isc_lesson_get_step (isc_lesson_player_get_lesson (window),
                              isc_lesson_player_get_step (window));
}

/* Whether training has come to where the step wants it. */
static gboolean
is_there (gpointer window)
{
  const IscLessonStep *step = step_of (window);
  IscTrainingPage *page = isc_window_get_training_page (window);
  IscResult *result = isc_training_page_get_result (page);

  if (!step->training)
    return isc_weights_page_get_figure (isc_window_get_weights_page (window)) != NULL;
  if (isc_training_page_is_running (page) || !result)
    return FALSE;
  if (step->run == G_MAXSIZE)
    return isc_result_is_finished (result);
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    if (isc_result_get_run (result, i)->n_steps != step->run
        && !isc_run_state_is_over (isc_result_get_run (result, i)->state))
      return FALSE;
  return TRUE;
}

static void
assert_step (IscWindow *window)
{
  const IscLessonStep *step = step_of (window);

  g_assert_true (gui_wait (is_there, window, 60000));
  g_assert_true (isc_experiment_equal (experiment_of (window), step->experiment));
  g_assert_cmpint (isc_window_shows_training (window), ==, step->training);
  if (step->training && step->figures[0].view)
    {
      IscTrainingPage *page = isc_window_get_training_page (window);

      g_assert_true (isc_training_page_get_view (page, 0) == step->figures[0].view);
      g_assert_cmpint (isc_training_page_shows (page, 1), ==, step->has_lower);
    }
}

static void
test_walk (gconstpointer id)
{
  IscWindow *window = gui_open_window ();
  guint n;

  gui_activate (window, "win.page", "examples");
  gui_activate (window, "win.lesson", id);
  g_assert_nonnull (isc_lesson_player_get_lesson (window));
  n = isc_lesson_get_n_steps (isc_lesson_player_get_lesson (window));
  g_assert_false (is_enabled (window, "lesson-back"));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (isc_lesson_player_get_step (window), ==, i);
      assert_step (window);
      gui_wait_for_frame (GTK_WIDGET (window));
      g_assert_cmpint (is_enabled (window, "lesson-answer"), ==, step_of (window)->answer != NULL);
      g_assert_cmpint (is_enabled (window, "lesson-next"), ==, i + 1 < n);
      if (i + 1 < n)
        press (window, "win.lesson-next");
    }
  for (guint i = n - 1; i-- > 0;)
    {
      press (window, "win.lesson-back");
      g_assert_cmpuint (isc_lesson_player_get_step (window), ==, i);
      assert_step (window);
    }
  press (window, "win.lesson-close");
  g_assert_null (isc_lesson_player_get_lesson (window));
  g_assert_false (is_enabled (window, "lesson-next"));
  gui_close_window (window);
}

/* A step is one step of undo, and the lesson leaves what it hid as it was. */
static void
test_habits (void)
{
  IscWindow *window = gui_open_window ();
  IscTrainingPage *page = isc_window_get_training_page (window);
  g_autoptr (IscExperiment) before = isc_experiment_ref (experiment_of (window));
  g_autofree char *path = gui_temporary_path ("mine.lesson");
  g_autoptr (GError) error = NULL;
  GtkWidget *runs = isc_training_page_find (page, "runs");
  GtkWidget *panel = isc_window_find (window, "lesson");

  g_file_set_contents (path,
                       "title: T\nsummary: S\nexperiment: zeros\n# One\nhide: runs pages\n"
                       "# Two\nset: epochs = 2\nset: batch_size = 64\nfigure: loss log\nrun: 3\n",
                       -1, &error);
  g_assert_no_error (error);
  g_assert_false (gtk_widget_get_visible (panel));
  gui_activate (window, "win.open-path", path);
  g_assert_true (gtk_widget_get_visible (panel));
  g_assert_false (gtk_widget_get_visible (runs));
  g_assert_false (gtk_widget_get_visible (isc_window_find (window, "title")));
  g_assert_false (adw_flap_get_reveal_flap (isc_training_page_get_flap (page)));
  press (window, "win.lesson-next");
  g_assert_true (gtk_widget_get_visible (runs));
  assert_step (window);
  g_assert_cmpint (isc_experiment_get_epochs (experiment_of (window)), ==, 2);

  press (window, "win.undo");
  g_assert_cmpint (isc_experiment_get_epochs (experiment_of (window)), ==, 60);
  press (window, "win.undo");
  g_assert_true (isc_experiment_equal (experiment_of (window), before));
  g_assert_false (is_enabled (window, "undo"));

  /* Another experiment is another story. */
  gui_activate (window, "win.example", "depth");
  g_assert_null (isc_lesson_player_get_lesson (window));
  g_assert_true (adw_flap_get_reveal_flap (isc_training_page_get_flap (page)));
  g_assert_false (gtk_widget_get_visible (panel));
  gui_close_window (window);
}

static void
test_bad_file (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *path = gui_temporary_path ("bad.lesson");
  g_autoptr (IscExperiment) before = isc_experiment_ref (experiment_of (window));

  gui_activate (window, "win.open-path", path);
  g_assert_nonnull (strstr (isc_window_get_status (window), "cannot read"));
  g_file_set_contents (path, "title: T\n# One\nruns: 3\n", -1, NULL);
  gui_activate (window, "win.open-path", path);
  g_assert_nonnull (strstr (isc_window_get_status (window), "bad.lesson: line 1: "));
  g_assert_nonnull (strstr (isc_window_get_status (window), "(and 2 more)"));
  gui_activate (window, "win.lesson", "zeroes");
  g_assert_nonnull (strstr (isc_window_get_status (window), "no lesson 'zeroes'"));
  g_assert_null (isc_lesson_player_get_lesson (window));
  g_assert_true (isc_experiment_equal (experiment_of (window), before));
  gui_close_window (window);
}

/* Everything that a lesson may point at or hide is there. */
static void
test_controls (void)
{
  IscWindow *window = gui_open_window ();
  guint n;
  const IscLessonControl *controls = isc_lesson_controls_get (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *name = controls[i].name;

      g_test_message ("%s", name);
      if (!g_str_equal (name, "pages") && !g_str_equal (name, "sidebar"))
        g_assert_true (isc_training_page_find (isc_window_get_training_page (window), name)
                       || isc_weights_page_find (isc_window_get_weights_page (window), name));
    }
  gui_close_window (window);
}

static void
test_text (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "a *b c* d `e<f` g", "a <i>b c</i> d <tt>e&lt;f</tt> g" },
    { "2 * 3 * 4", "2 * 3 * 4" },
    { "one * alone & `code", "one * alone &amp; `code" },
    { "*not\n\nacross*", "*not\n\nacross*" },
    { "**", "**" },
    { "`a*b*c`*d*", "<tt>a*b*c</tt><i>d</i>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = isc_lesson_text_to_markup (cases[i][0]);

      g_assert_cmpstr (markup, ==, cases[i][1]);
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
    }
}

int
main (int argc, char *argv[])
{
  const char *const *ids;
  guint n;

  gui_init (&argc, &argv);
  ids = isc_lessons_list (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/lessons/walk/%s", ids[i]);

      g_test_add_data_func (path, ids[i], test_walk);
    }
  g_test_add_func ("/lessons/habits", test_habits);
  g_test_add_func ("/lessons/bad-file", test_bad_file);
  g_test_add_func ("/lessons/controls", test_controls);
  g_test_add_func ("/lessons/text", test_text);
  return gui_run ();
}
