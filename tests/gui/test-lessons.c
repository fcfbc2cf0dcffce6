/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lessons: every built-in one from its first step to its last, and what a window does for them. */

#include <math.h>
#include <string.h>

#include "app/examples-page.h"
#include "app/lesson-panel.h"
#include "app/lesson-picture.h"
#include "app/lesson-player.h"
#include "app/lesson-text.h"
#include "app/presenter.h"
#include "app/sketch.h"
#include "app/spotlight.h"
#include "experiment/edit.h"
#include "gui/gui.h"
#include "lessons/instructions.h"
#include "lessons/lessons.h"
#include "plot/figure-csv.h"

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

/* That the window shows what the step says, wherever training is. */
static void
assert_shown (IscWindow *window)
{
  const IscLessonStep *step = step_of (window);

  g_assert_cmpint (isc_lesson_player_is_asking (window), ==, step->prediction != NULL);
  g_assert_true (isc_experiment_equal (experiment_of (window), step->experiment));
  g_assert_cmpint (isc_window_shows_training (window), ==, step->training);
  if (step->training && step->figures[0].view)
    {
      IscTrainingPage *page = isc_window_get_training_page (window);

      g_assert_true (isc_training_figures_get_view (isc_training_page_get_figures (page), 0)
                     == step->figures[0].view);
      g_assert_cmpint (isc_training_figures_shows (isc_training_page_get_figures (page), 1), ==,
                       step->has_lower);
    }
}

/* The same once it has trained, which under a sanitizer takes its time. */
static void
assert_step (IscWindow *window)
{
  assert_shown (window);
  if (step_of (window)->prediction)
    press (window, "win.lesson-reveal");
  g_assert_true (gui_wait (is_there, window, 240000));
}

/* Everything that the step points at is there to be seen. */
static void
assert_lit (IscWindow *window)
{
  IscSpotlight *spotlight = ISC_SPOTLIGHT (isc_window_find (window, "spotlight"));

  gui_wait_for_frame (GTK_WIDGET (window));
  g_assert_cmpuint (isc_spotlight_count_lit (spotlight), ==, step_of (window)->highlights->len);
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
      assert_lit (window);
      g_assert_cmpint (is_enabled (window, "lesson-answer"), ==, step_of (window)->answer != NULL);
      g_assert_cmpint (is_enabled (window, "lesson-next"), ==, i + 1 < n);
      if (i + 1 < n)
        press (window, "win.lesson-next");
    }
  /* Back without waiting: what a step began the next one breaks off. */
  for (guint i = n - 1; i-- > 0;)
    {
      press (window, "win.lesson-back");
      g_assert_cmpuint (isc_lesson_player_get_step (window), ==, i);
      assert_shown (window);
      gui_wait_for_frame (GTK_WIDGET (window));
    }
  press (window, "win.lesson-close");
  g_assert_null (isc_lesson_player_get_lesson (window));
  g_assert_false (is_enabled (window, "lesson-next"));
  gui_close_window (window);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static gboolean
is_one (gpointer n)
{
  return *(guint *)n == 1;
}

/* The page has a row for every lesson, with a picture that is made by itself. */
static void
test_examples (void)
{
  IscWindow *window = gui_open_window ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscLesson) lesson = isc_lesson_load_built_in ("zeros", &error);
  GtkWidget *page, *picture;
  guint n = 0;

  g_assert_no_error (error);
  gui_activate (window, "win.page", "examples");
  gui_wait_for_frame (GTK_WIDGET (window));
  page = gui_find (GTK_WIDGET (window), ISC_TYPE_EXAMPLES_PAGE);
  g_assert_nonnull (gui_find (page, ISC_TYPE_LESSON_PICTURE));
  /* Not on a page: that the window goes while one is made is tested by closing it here. */
  gui_close_window (window);

  picture = g_object_ref_sink (isc_lesson_picture_new (lesson));
  g_signal_connect_swapped (picture, "done", G_CALLBACK (count_cb), &n);
  g_assert_null (isc_lesson_picture_get_figure (ISC_LESSON_PICTURE (picture)));
  isc_lesson_picture_start (ISC_LESSON_PICTURE (picture));
  g_assert_true (gui_wait (is_one, &n, 60000));
  /* Two runs of sixty steps. */
  g_assert_cmpuint (isc_figure_count_data (
                        isc_lesson_picture_get_figure (ISC_LESSON_PICTURE (picture))),
                    ==, 120);
  g_object_unref (picture);
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
open_text (IscWindow *window, const char *text)
{
  g_autofree char *path = gui_temporary_path ("given.lesson");
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  gui_activate (window, "win.open-path", path);
  g_assert_nonnull (isc_lesson_player_get_lesson (window));
}

static const char *
sketch_hint (IscWindow *window)
{
  return isc_lesson_panel_get_hint (ISC_LESSON_PANEL (isc_window_find (window, "lesson")));
}

static gboolean
is_scored (gpointer window)
{
  return strstr (sketch_hint (window), "% of the axis") != NULL;
}

/* Nothing is trained before the sketch is done; then it lies over the curve and is compared. */
static void
test_predict (void)
{
  IscWindow *window = gui_open_window ();
  IscTrainingPage *page = isc_window_get_training_page (window);
  IscSketch *sketch = ISC_SKETCH (isc_window_find (window, "sketch"));
  graphene_rect_t over, under;

  open_text (window, "title: T\nsummary: S\nexperiment: zeros\nfigure: loss\n"
                     "# One\npredict: x 0..900, y 0..1.4 of Zeros\nrun: end\n# Two\n");
  g_assert_true (isc_lesson_player_is_asking (window));
  g_assert_true (is_enabled (window, "lesson-reveal"));
  g_assert_false (gtk_widget_get_visible (isc_training_page_find (page, "runs")));
  for (guint i = 0; i < 3; i++)
    gui_wait_for_frame (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (sketch)));
  /* It hides the whole figure. */
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (sketch), GTK_WIDGET (window), &over));
  g_assert_true (
      gtk_widget_compute_bounds (GTK_WIDGET (
                                     isc_training_figures_get_plot (isc_training_page_get_figures (
                                                                        page),
                                                                    0)),
                                 GTK_WIDGET (window), &under));
  g_assert_true (graphene_rect_equal (&over, &under));

  /* On another page it is not in the way. */
  gui_activate (window, "win.page", "weights");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (sketch)));
  gui_activate (window, "win.page", "training");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (sketch)));

  isc_sketch_draw (sketch, 0.0, 1.1, 900.0, 1.1);
  press (window, "win.lesson-reveal");
  g_assert_false (is_enabled (window, "lesson-reveal"));
  g_assert_true (gui_wait (is_there, window, 60000));
  g_assert_true (gtk_widget_get_visible (isc_training_page_find (page, "runs")));
  g_assert_true (gui_wait (is_scored, window, 10000));
  /* The loss of Zeros hardly leaves ln 3. */
  g_assert_nonnull (strstr (sketch_hint (window), "is 0."));
  press (window, "win.lesson-next");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (sketch)));
  press (window, "win.lesson-back");
  g_assert_true (isc_lesson_player_is_asking (window));
  gui_close_window (window);
}

static void
test_sketch_curve (void)
{
  IscSketchCurve curve;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (IscCurvePoint));
  const double x[2] = { 0.0, 32.0 }, y[2] = { -1.0, 3.0 };

  isc_sketch_curve_init (&curve, x, y);
  g_assert_cmpfloat (isc_sketch_curve_evaluate (&curve, 7.7), ==, 1.0);
  g_assert_true (isnan (isc_sketch_curve_miss (&curve, points)));
  isc_sketch_curve_draw (&curve, 10.0, 2.0, 4.0, -1.0);
  g_assert_cmpfloat_with_epsilon (curve.values[10], 2.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (curve.values[7], 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (curve.values[4], -1.0, 1e-12);
  g_assert_cmpfloat (curve.values[11], ==, 1.0);
  g_assert_cmpfloat_with_epsilon (isc_sketch_curve_evaluate (&curve, 7.5), 0.75, 1e-12);
  /* A click moves the nearest; beyond the axes it goes along their edge. */
  isc_sketch_curve_draw (&curve, 20.3, 9.0, 20.3, 9.0);
  g_assert_cmpfloat (curve.values[20], ==, 3.0);
  isc_sketch_curve_draw (&curve, 50.0, 0.0, 50.0, 0.0);
  g_assert_cmpfloat (curve.values[32], ==, 0.0);
  g_assert_cmpfloat (isc_sketch_curve_evaluate (&curve, 40.0), ==, 0.0);
  isc_sketch_curve_move (&curve, 0, 0.25);
  g_assert_cmpfloat (curve.values[0], ==, 2.0);
  g_assert_cmpfloat (curve.values[1], ==, 1.5);
  isc_sketch_curve_move (&curve, 32, -9.0);
  g_assert_cmpfloat (curve.values[32], ==, -1.0);

  /* A quarter of the height all along; what is outside does not count, or counts as the edge. */
  isc_sketch_curve_init (&curve, x, y);
  for (guint i = 0; i <= 8; i++)
    g_array_append_val (points, ((IscCurvePoint){ .x = i * 5.0 - 4.0, .y = 2.0 }));
  g_assert_cmpfloat_with_epsilon (isc_sketch_curve_miss (&curve, points), 0.25, 1e-12);
  g_array_index (points, IscCurvePoint, 0).y = 99.0;
  g_assert_cmpfloat_with_epsilon (isc_sketch_curve_miss (&curve, points), 0.25, 1e-12);
  for (guint i = 0; i < points->len; i++)
    g_array_index (points, IscCurvePoint, i).y = 1e30;
  g_assert_cmpfloat_with_epsilon (isc_sketch_curve_miss (&curve, points), 0.5, 1e-12);
}

static void
test_presenter (void)
{
  IscWindow *window = gui_open_window ();
  GtkWidget *header = isc_window_find (window, "header");
  IscLessonPanel *panel = ISC_LESSON_PANEL (isc_window_find (window, "lesson"));

  g_assert_false (isc_presenter_press (window, GDK_KEY_Page_Down));
  open_text (window, "title: T\nsummary: S\nexperiment: zeros\n# One\nhide: sidebar\n# Two\n"
                     "predict: x 0..900, y 0..1.4\nquestion: Q\n\nanswer: A\n\n# Three\n");
  press (window, "win.present");
  g_assert_true (isc_presenter_is_on (window));
  g_assert_false (gtk_widget_get_visible (header));
  gui_wait_for_frame (GTK_WIDGET (window));
  g_assert_true (isc_presenter_press (window, GDK_KEY_Right));
  g_assert_cmpuint (isc_lesson_player_get_step (window), ==, 1);
  /* The arrows are the sketch's now. */
  g_assert_false (isc_presenter_press (window, GDK_KEY_Left));
  g_assert_false (isc_presenter_press (window, GDK_KEY_Right));
  /* First the data, then the answer, then on. */
  g_assert_true (isc_presenter_press (window, GDK_KEY_Page_Down));
  g_assert_false (isc_lesson_player_is_asking (window));
  g_assert_true (isc_lesson_panel_has_answer (panel));
  g_assert_true (isc_presenter_press (window, GDK_KEY_Right));
  g_assert_false (isc_lesson_panel_has_answer (panel));
  g_assert_cmpuint (isc_lesson_player_get_step (window), ==, 1);
  g_assert_true (isc_presenter_press (window, GDK_KEY_Page_Down));
  g_assert_cmpuint (isc_lesson_player_get_step (window), ==, 2);
  g_assert_true (isc_presenter_press (window, GDK_KEY_Page_Up));
  g_assert_cmpuint (isc_lesson_player_get_step (window), ==, 1);
  g_assert_false (isc_presenter_press (window, GDK_KEY_space));
  g_assert_true (isc_presenter_press (window, GDK_KEY_Escape));
  g_assert_false (isc_presenter_is_on (window));
  g_assert_true (gtk_widget_get_visible (header));
  /* The lesson goes on. */
  g_assert_cmpuint (isc_lesson_player_get_step (window), ==, 1);
  gui_close_window (window);
}

/* Dimmed but for what is lit, and only where that is to be seen. */
static void
test_spotlight (void)
{
  IscWindow *window = gui_open_window ();
  IscSpotlight *spotlight = ISC_SPOTLIGHT (isc_window_find (window, "spotlight"));
  double bright;

  open_text (window,
             "title: T\nsummary: S\nexperiment: zeros\nfigure: loss\nlower: gradient-norms\n"
             "# One\nrun: 40\n# Two\nhighlight: x 0..10\nhighlight: lower y ..0.1\n"
             "highlight: curve Kaiming\nhighlight: transport\n# Three\nhighlight: x 7e5..8e5\n");
  assert_step (window);
  bright = gui_look (GTK_WIDGET (window)).brightness;
  press (window, "win.lesson-next");
  gui_wait_for_frame (GTK_WIDGET (window));
  g_assert_cmpuint (isc_spotlight_count_lit (spotlight), ==, 4);
  press (window, "win.lesson-next");
  /* Nothing is there, so nothing is dimmed. */
  g_assert_cmpuint (isc_spotlight_count_lit (spotlight), ==, 0);
  press (window, "win.lesson-back");
  gui_activate (window, "win.page", "weights");
  g_assert_cmpuint (isc_spotlight_count_lit (spotlight), ==, 0);
  gui_activate (window, "win.page", "training");
  g_assert_cmpfloat (gui_look (GTK_WIDGET (window)).brightness, <, bright - 10.0);
  press (window, "win.lesson-close");
  g_assert_cmpuint (isc_spotlight_count_lit (spotlight), ==, 0);
  gui_close_window (window);
}

/* Without a compositor GTK draws a frame of its own around the content, which a phone has not. */
#define FRAME 16

static gboolean
is_narrow (gpointer window)
{
  return gtk_widget_get_width (window) <= 360 + FRAME;
}

/* A phone has room for a figure with the lesson under it, and for letters of twice the size. */
static void
test_narrow (void)
{
  IscWindow *window = gui_open_window ();
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  int minimum;

  /* GTK 4.8 warns of an action bar that is revealed at once in the midst of an allocation. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  gui_activate (window, "win.page", "examples");
  g_assert_true (gui_wait (is_narrow, window, 5000));
  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gui_activate (window, "win.lesson", "constant");
  for (guint i = 0; i < 2; i++)
    {
      assert_step (window);
      gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
      gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, 360, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 640);
      press (window, "win.lesson-next");
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  gui_wait_for_frame (content);
  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE,
                "gtk-enable-animations", FALSE, NULL);
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
  g_test_add_func ("/lessons/examples", test_examples);
  g_test_add_func ("/lessons/habits", test_habits);
  g_test_add_func ("/lessons/bad-file", test_bad_file);
  g_test_add_func ("/lessons/controls", test_controls);
  g_test_add_func ("/lessons/predict", test_predict);
  g_test_add_func ("/lessons/sketch-curve", test_sketch_curve);
  g_test_add_func ("/lessons/presenter", test_presenter);
  g_test_add_func ("/lessons/spotlight", test_spotlight);
  g_test_add_func ("/lessons/narrow", test_narrow);
  g_test_add_func ("/lessons/text", test_text);
  return gui_run ();
}
