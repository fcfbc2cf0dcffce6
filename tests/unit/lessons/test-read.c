/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "experiment/problem.h"
#include "lessons/instructions.h"
#include "lessons/read.h"

#define HEAD "title: T\nsummary: S\nexperiment: zeros\n"

static IscLesson *
read_well (const char *text)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscLesson *lesson = isc_lesson_from_text (text, -1, NULL, problems);

  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", ((IscProblem *)problems->pdata[i])->message);
  g_assert_nonnull (lesson);
  return lesson;
}

/* That @text has just one problem, at @line, which says @part. */
static void
assert_problem (const char *text, guint line, const char *part)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autofree char *place = g_strdup_printf ("line %u", line);
  const IscProblem *problem;

  g_assert_null (isc_lesson_from_text (text, -1, NULL, problems));
  problem = problems->pdata[0];
  g_test_message ("%s: %s", problem->path, problem->message);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (problem->path, ==, line ? place : "");
  g_assert_nonnull (strstr (problem->message, part));
}

static void
test_whole (void)
{
  g_autoptr (IscLesson) lesson = read_well (
      "\xef\xbb\xbftitle: Two steps\r\nsummary: It goes\r\non.\r\nexperiment: zeros\r\n"
      "hide: sidebar\r\nfigure: loss log\r\n\r\n# One\r\nA line\r\nand "
      "*more*.\r\n\r\nAnd 2: "
      "this.\r\n"
      "run: 10\r\nhighlight: x 0..50, y ..2\r\nhighlight: curve All 0.1\r\nhighlight: runs\r\n"
      "question: What\r\nnow?\r\nanswer: That.\r\nhide: runs\r\n"
      "predict: x 0..5, y -1..2 of Zeros\r\nexpect: loss of Zeros at 3 above 1\r\n"
      "## Two\r\nset: epochs = 3\r\npage: weights\r\n");
  const IscLessonStep *one = isc_lesson_get_step (lesson, 0);
  const IscLessonStep *two = isc_lesson_get_step (lesson, 1);
  const IscHighlight *area = one->highlights->pdata[0];

  g_assert_cmpstr (isc_lesson_get_title (lesson), ==, "Two steps");
  g_assert_cmpstr (isc_lesson_get_summary (lesson), ==, "It goes on.");
  g_assert_cmpuint (isc_lesson_get_n_steps (lesson), ==, 2);

  g_assert_cmpstr (one->title, ==, "One");
  g_assert_cmpuint (one->line, ==, 8);
  g_assert_cmpstr (one->text, ==, "A line and *more*.\n\nAnd 2: this.");
  g_assert_true (one->training);
  g_assert_cmpstr (one->figures[0].view->id, ==, "loss");
  g_assert_true (one->figures[0].log_y);
  g_assert_false (one->has_lower);
  g_assert_cmpuint (one->run, ==, 10);
  g_assert_cmpstr (one->question, ==, "What now?");
  g_assert_cmpstr (one->answer, ==, "That.");
  g_assert_cmpstr (one->hidden[0], ==, "sidebar");
  g_assert_cmpstr (one->hidden[1], ==, "runs");
  g_assert_null (one->hidden[2]);
  g_assert_cmpuint (one->highlights->len, ==, 3);
  g_assert_cmpfloat (area->x[1], ==, 50.0);
  g_assert_true (isinf (area->y[0]));
  g_assert_cmpfloat (area->y[1], ==, 2.0);
  g_assert_cmpint (((IscHighlight *)one->highlights->pdata[1])->kind, ==, ISC_HIGHLIGHT_CURVE);
  g_assert_cmpstr (((IscHighlight *)one->highlights->pdata[2])->name, ==, "runs");
  g_assert_cmpfloat (one->prediction->y[0], ==, -1.0);
  g_assert_cmpstr (one->prediction->run, ==, "Zeros");
  g_assert_cmpuint (((IscClaim *)one->claims->pdata[0])->line, ==, 22);

  /* Another experiment is untrained, another page has its own figures, and what is pointed at,
   * asked and hidden is a step's own. */
  g_assert_cmpint (isc_experiment_get_epochs (one->experiment), ==, 60);
  g_assert_cmpint (isc_experiment_get_epochs (two->experiment), ==, 3);
  g_assert_cmpuint (two->run, ==, 0);
  g_assert_false (two->training);
  g_assert_null (two->figures[0].view);
  g_assert_null (two->question);
  g_assert_null (two->prediction);
  g_assert_cmpuint (two->highlights->len, ==, 0);
  g_assert_cmpuint (g_strv_length (two->hidden), ==, 1);
  g_assert_cmpstr (two->text, ==, "");
}

/* In the midst of text a word before a colon is a word. */
static void
test_colons (void)
{
  g_autoptr (IscLesson) lesson
      = read_well (HEAD "# One\nIt does\nlittle: none.\nrun: 3\n\nquestion: Is it\nso: yes?\n");
  const IscLessonStep *one = isc_lesson_get_step (lesson, 0);

  g_assert_cmpstr (one->text, ==, "It does little: none.");
  g_assert_cmpuint (one->run, ==, 3);
  g_assert_cmpstr (one->question, ==, "Is it so: yes?");
}

static void
test_inherited (void)
{
  g_autoptr (IscLesson) lesson = read_well (
      HEAD "# One\nfigure: activations of Zeros\nlower: loss\nrun: end\n# Two\n# Three\n"
           "run: 7\nset: epochs = 1\nlower: none\n# Four\nlower: accuracy\n");
  const IscLessonStep *two = isc_lesson_get_step (lesson, 1);
  const IscLessonStep *three = isc_lesson_get_step (lesson, 2);
  const IscLessonStep *four = isc_lesson_get_step (lesson, 3);

  g_assert_cmpstr (two->figures[0].view->id, ==, "activations");
  g_assert_cmpstr (two->figures[0].run, ==, "Zeros");
  g_assert_true (two->has_lower);
  g_assert_cmpuint (two->run, ==, G_MAXSIZE);
  g_assert_true (two->experiment == isc_lesson_get_step (lesson, 0)->experiment);
  /* In whatever order a step says it. */
  g_assert_cmpuint (three->run, ==, 7);
  g_assert_false (three->has_lower);
  g_assert_true (four->has_lower);
  g_assert_cmpstr (four->figures[0].view->id, ==, "activations");
  g_assert_cmpstr (four->figures[1].view->id, ==, "accuracy");
}

static void
test_inline (void)
{
  g_autoptr (IscLesson) lesson = read_well (
      "title: T\nsummary: S\nexperiment: {\n  \"network\": [\n  \"Linear(10, 3)\"\n]\n}\n# One\n");
  g_autoptr (IscLesson) short_one
      = read_well ("title: T\nsummary: S\nexperiment: {\"network\": [\"Linear(10, 3)\"]}\n# One\n");

  g_assert_cmpuint (isc_experiment_get_n_modules (isc_lesson_get_step (lesson, 0)->experiment), ==,
                    1);
  g_assert_cmpuint (isc_experiment_get_n_modules (isc_lesson_get_step (short_one, 0)->experiment),
                    ==, 1);
}

static void
test_problems (void)
{
  assert_problem ("summary: S\nexperiment: zeros\n# A\n", 1, "has a title");
  assert_problem ("title: T\nexperiment: zeros\n# A\n", 1, "has a summary");
  assert_problem ("title: T\nsummary: S\n# A\n", 1, "which experiment");
  assert_problem (HEAD, 4, "at least one step");
  assert_problem (HEAD "#\n", 4, "a step has a name");
  assert_problem (HEAD "Hello\n# A\n", 4, "text belongs to a step");
  assert_problem (HEAD "# A\nfigur: loss\n", 5, "the nearest is 'figure'");
  assert_problem (HEAD "# A\nText\nfigur: loss\n", 6, "the nearest is 'figure'");
  assert_problem (HEAD "# A\n\nnote: text\n", 6, "no instruction 'note'");
  assert_problem (HEAD "# A\ntitle: T\n", 5, "title stands before the first heading");
  assert_problem (HEAD "question: Q\n\n# A\n", 4, "question stands in a step");
  assert_problem (HEAD "# A\nfigure:\n", 5, "figure is empty");
  assert_problem (HEAD "# A\nfigure: lost\n", 5, "no figure 'lost'");
  assert_problem (HEAD "# A\nfigure: loss logg\n", 5, "'logg' is not understood");
  assert_problem (HEAD "# A\nfigure: activations log\n", 5, "no logarithmic axis");
  assert_problem (HEAD "# A\nfigure: loss by-parameter\n", 5, "by parameter");
  assert_problem (HEAD "# A\nfigure: loss of Zeros\n", 5, "is not of one scheme");
  assert_problem (HEAD "# A\nfigure: activations of Zero\n", 4, "no scheme labelled 'Zero'");
  assert_problem (HEAD "# A\nfigure: histogram\n", 4, "on the Weights page");
  assert_problem (HEAD "# A\npage: weights\nfigure: loss\n", 4, "on the Training page");
  assert_problem (HEAD "# A\npage: weights\nlower: histogram\n", 4, "no lower figure");
  assert_problem (HEAD "# A\npage: wait\n", 5, "no page 'wait'");
  assert_problem (HEAD "# A\nset: epochs\n", 5, "set reads");
  assert_problem (HEAD "# A\nset: epochs = x\n", 5, "epochs");
  assert_problem ("title: T\nsummary: S\nset: epochs = 1\nexperiment: zeros\n# A\n", 3,
                  "no experiment yet");
  assert_problem (HEAD "# A\nset: network[0] = Linear(3, 64)\n", 4, "network[0]");
  assert_problem (HEAD "# A\nrun: -1\n", 5, "no number of steps");
  assert_problem (HEAD "# A\nhighlight: x 5..2\n", 5, "no span");
  assert_problem (HEAD "# A\nhighlight: x 5\n", 5, "no span");
  assert_problem (HEAD "# A\nhighlight: x 1..2; y 3..4\n", 5, "no span");
  assert_problem (HEAD "# A\nhighlight: window\n", 5, "can't be highlighted");
  assert_problem (HEAD "# A\nhighlight: lower runs\n", 5, "can't be highlighted");
  assert_problem (HEAD "# A\nhighlight: lower x 1..2\n", 5, "no lower figure");
  assert_problem (HEAD "# A\n\nhighlight: curve Nobody\n", 6, "labelled 'Nobody'");
  assert_problem (HEAD "# A\npredict: x 0..1, y 0..1 of Nobody\n", 5, "labelled 'Nobody'");
  assert_problem (HEAD "# A\nhide: seed\n", 5, "'seed' can't be hidden");
  assert_problem (HEAD "# A\npredict: x 1..2\n", 5, "both axes");
  assert_problem (HEAD "# A\npredict: x 1..2, z 1..2\n", 5, "'z 1..2' is not understood");
  assert_problem (HEAD "# A\npredict: x 1..2, y 1..2 of Nobody\n", 5, "labelled 'Nobody'");
  assert_problem (HEAD "# A\nanswer: So.\n", 4, "no question");
  assert_problem (HEAD "# A\nexpect: love of Zeros\n", 5, "nothing can be expected of 'love'");
  assert_problem (HEAD "# A\nexpect: loss of Nobody at 1 above 0\n", 5, "labelled 'Nobody'");
  assert_problem ("title: T\nsummary: S\nexperiment: nothing\nset: a = 1\n# A\n", 3, "no example");
  assert_problem ("title: T\nsummary: S\nexperiment: a.initscope\n# A\n", 3, "not in a folder");
  assert_problem ("title: T\nsummary: S\nexperiment: {\n\"networks\": 1\n}\n# A\n", 3, "networks");
}

static void
test_all_at_once (void)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();

  g_assert_null (
      isc_lesson_from_text ("title: T\nexperiment: zeros\n# A\nrun: x\nanswer: B\n\n# C\n"
                            "page: x\n",
                            -1, NULL, problems));
  g_assert_cmpuint (problems->len, ==, 4);
  g_assert_cmpstr (((IscProblem *)problems->pdata[0])->path, ==, "line 1");
  g_assert_cmpstr (((IscProblem *)problems->pdata[1])->path, ==, "line 3");
  g_assert_cmpstr (((IscProblem *)problems->pdata[2])->path, ==, "line 4");
  g_assert_cmpstr (((IscProblem *)problems->pdata[3])->path, ==, "line 8");
}

static void
test_bounds (void)
{
  g_autoptr (GString) steps = g_string_new (HEAD);
  g_autoptr (GString) highlights = g_string_new (HEAD "# A\n");
  g_autoptr (GString) claims = g_string_new (HEAD "# A\n");
  g_autofree char *large = g_strnfill (ISC_LESSON_MAX_BYTES + 1, 'x');

  for (guint i = 0; i < ISC_LESSON_MAX_STEPS; i++)
    g_string_append (steps, "# A\n");
  isc_lesson_unref (read_well (steps->str));
  g_string_append (steps, "# A\n");
  assert_problem (steps->str, 4 + ISC_LESSON_MAX_STEPS, "at most 100 steps");
  for (guint i = 0; i < 17; i++)
    g_string_append (highlights, "highlight: runs\n");
  assert_problem (highlights->str, 21, "at most 16 highlights");
  for (guint i = 0; i < 65; i++)
    g_string_append (claims, "expect: loss of Zeros at 1 above 0\n");
  assert_problem (claims->str, 69, "at most 64 expectations");
  assert_problem (large, 0, "at most 1048576 bytes");
  assert_problem (HEAD "# \xff", 0, "UTF-8");
  assert_problem (HEAD "# A\nexperiment: {\n", 5, "does not end");
}

/* What people are told of an instruction is there to be told. */
static void
test_lists (void)
{
  guint n;
  const IscInstruction *instructions = isc_instructions_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_str_has_suffix (instructions[i].help, "."));
      g_assert_cmpstr (instructions[i].value, !=, "");
      g_assert_true (instructions[i].in_head || instructions[i].in_step);
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/read/whole", test_whole);
  g_test_add_func ("/read/colons", test_colons);
  g_test_add_func ("/read/inherited", test_inherited);
  g_test_add_func ("/read/inline", test_inline);
  g_test_add_func ("/read/problems", test_problems);
  g_test_add_func ("/read/all-at-once", test_all_at_once);
  g_test_add_func ("/read/bounds", test_bounds);
  g_test_add_func ("/read/lists", test_lists);
  return g_test_run ();
}
