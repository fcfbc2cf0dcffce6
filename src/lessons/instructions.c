/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lessons/instructions.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/text.h"
#include "experiment/edit.h"
#include "experiment/examples.h"
#include "experiment/json.h"
#include "experiment/problem.h"

/* More than anyone can look at, and little enough to draw. */
#define MAX_HIGHLIGHTS 16
#define MAX_CLAIMS 64

/* Each change reads the whole document anew. */
#define MAX_CHANGES 256

/* THE list of what a lesson can point at; the window's app/lesson-stage.c finds them. */
static const IscLessonControl controls[] = {
  { "sidebar", "the sidebar of the page in front", TRUE },
  { "figure-menu", "the choice of the figure", TRUE },
  { "transport", "the buttons that train", TRUE },
  { "runs", "the table of runs", TRUE },
  { "comparison", "who was first, under the table of runs", TRUE },
  { "statistics", "the numbers under a figure of weights", TRUE },
  { "pages", "the names of the pages", TRUE },
  { "layer", "the layer, on the Weights page", FALSE },
  { "shape", "the tensor's shape, on the Weights page", FALSE },
  { "scheme", "the scheme, on the Weights page", FALSE },
  { "seed", "the seed, on the Weights page", FALSE },
  { "pins", "the schemes compared, on the Weights page", FALSE },
};

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (ISC_ERROR, ISC_ERROR_INVALID, format, arguments));
  va_end (arguments);
  return FALSE;
}

static const IscLessonControl *
find_control (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (controls[i].name, name))
      return &controls[i];
  return NULL;
}

static char *
list_controls (gboolean can_hide)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (controls[i].can_hide || !can_hide)
      g_string_append_printf (names, "%s%s", names->len ? ", " : "", controls[i].name);
  return g_string_free (names, FALSE);
}

static void
take_experiment (IscLessonReader *reader, IscExperiment *experiment)
{
  g_clear_pointer (&reader->step->experiment, isc_experiment_unref);
  reader->step->experiment = experiment;
  /* Another experiment is trained from the start. */
  if (!reader->has_run)
    reader->step->run = 0;
}

static gboolean
read_title (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  g_free (reader->title);
  reader->title = g_strdup (value);
  return TRUE;
}

static gboolean
read_summary (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  g_free (reader->summary);
  reader->summary = g_strdup (value);
  return TRUE;
}

static IscExperiment *
load_experiment (IscLessonReader *reader, const char *value, GError **error)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autofree char *path = NULL;

  if (*value == '{')
    {
      IscExperiment *experiment = isc_experiment_from_json (value, -1, problems);

      if (!experiment)
        isc_problems_to_error (problems, error);
      return experiment;
    }
  if (!g_str_has_suffix (value, ".initscope"))
    return isc_example_load (value, error);
  if (!reader->folder)
    {
      fail (error, "%s can't be found: the lesson itself is not in a folder", value);
      return NULL;
    }
  path = g_path_is_absolute (value) ? g_strdup (value)
                                    : g_build_filename (reader->folder, value, NULL);
  return isc_experiment_load (path, NULL, error);
}

static gboolean
read_experiment (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  IscExperiment *experiment = load_experiment (reader, value, error);

  reader->has_experiment = TRUE;
  if (!experiment)
    return FALSE;
  take_experiment (reader, experiment);
  return TRUE;
}

static gboolean
read_set (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  const char *sign = strchr (value, '=');
  g_autofree char *path = sign ? g_strndup (value, (gsize)(sign - value)) : NULL;
  g_autofree char *text = sign ? g_strstrip (g_strdup (sign + 1)) : NULL;
  IscExperiment *changed;

  if (reader->n_changes++ >= MAX_CHANGES)
    return fail (error, "a lesson may set at most %d fields", MAX_CHANGES);
  if (!sign)
    return fail (error, "set reads 'FIELD = VALUE', as in 'inits[0].weight = zeros_()'");
  if (!reader->step->experiment)
    return reader->has_experiment
           || fail (error, "there is no experiment yet whose field could be set");
  changed = isc_experiment_edit (reader->step->experiment, g_strstrip (path), *text ? text : NULL,
                                 error);
  if (!changed)
    return FALSE;
  take_experiment (reader, changed);
  return TRUE;
}

static gboolean
read_page (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  gboolean training = g_str_equal (value, "training");
  IscLessonStep *step = reader->step;

  if (!training && !g_str_equal (value, "weights"))
    return fail (error, "there is no page '%s': there are weights and training", value);
  if (training == step->training)
    return TRUE;
  /* The other page has other figures. */
  step->training = training;
  step->has_lower = FALSE;
  for (guint i = 0; i < ISC_LESSON_FIGURES; i++)
    {
      g_free (step->figures[i].run);
      memset (&step->figures[i], 0, sizeof step->figures[i]);
    }
  return TRUE;
}

/* "gradient-norms log by-parameter of He" */
static gboolean
read_figure_into (IscLessonFigure *figure, const char *value, GError **error)
{
  const char *of = strstr (value, " of ");
  g_autofree char *before = of ? g_strndup (value, (gsize)(of - value)) : g_strdup (value);
  g_auto (GStrv) words = g_strsplit (before, " ", -1);
  const IscView *view = isc_views_find (words[0] ? words[0] : "", error);

  if (!view)
    return FALSE;
  g_free (figure->run);
  memset (figure, 0, sizeof *figure);
  figure->view = view;
  figure->run = of ? g_strstrip (g_strdup (of + 4)) : NULL;
  for (guint i = 1; words[i]; i++)
    if (g_str_equal (words[i], "log"))
      figure->log_y = TRUE;
    else if (g_str_equal (words[i], "by-parameter"))
      figure->by_parameter = TRUE;
    else if (*words[i])
      return fail (error,
                   "'%s' is not understood: a figure may be 'log', 'by-parameter' and "
                   "'of SCHEME'",
                   words[i]);
  if (figure->log_y && !(view->traits & ISC_VIEW_HAS_LOG))
    return fail (error, "the figure %s has no logarithmic axis to choose", view->id);
  if (figure->by_parameter && !(view->traits & ISC_VIEW_BY_PARAMETER))
    return fail (error, "the figure %s can't be shown by parameter", view->id);
  if (figure->run && !(view->traits & ISC_VIEW_OF_RUN))
    return fail (error, "the figure %s is not of one scheme", view->id);
  return TRUE;
}

static gboolean
read_figure (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  reader->step->has_lower = FALSE;
  return read_figure_into (&reader->step->figures[0], value, error);
}

static gboolean
read_lower (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  reader->step->has_lower = !g_str_equal (value, "none");
  return !reader->step->has_lower || read_figure_into (&reader->step->figures[1], value, error);
}

static gboolean
read_run (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  gint64 steps;

  reader->has_run = TRUE;
  if (g_str_equal (value, "end"))
    {
      reader->step->run = G_MAXSIZE;
      return TRUE;
    }
  if (!isc_integer_from_text (value, &steps) || steps < 0)
    return fail (error, "'%s' is no number of steps, and not 'end'", value);
  reader->step->run = (gsize)steps;
  return TRUE;
}

/* "0..50"; an end left out is where the axis ends. */
static gboolean
read_span (const char *text, double span[2], GError **error)
{
  const char *dots = strstr (text, "..");
  g_autofree char *low = dots ? g_strstrip (g_strndup (text, (gsize)(dots - text))) : NULL;
  g_autofree char *high = dots ? g_strstrip (g_strdup (dots + 2)) : NULL;

  span[0] = -INFINITY;
  span[1] = INFINITY;
  if (!dots || (*low && !isc_number_from_text (low, &span[0]))
      || (*high && !isc_number_from_text (high, &span[1])) || !(span[0] < span[1]))
    return fail (error, "'%s' is no span: it reads 'LOW..HIGH', as in '0..50'", text);
  return TRUE;
}

/* "x 0..50, y 1..2.4", in any order, one alone too. */
static gboolean
read_spans (const char *value, double x[2], double y[2], GError **error)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);

  x[0] = y[0] = -INFINITY;
  x[1] = y[1] = INFINITY;
  for (guint i = 0; parts[i]; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if ((*part != 'x' && *part != 'y') || part[1] != ' ')
        return fail (error, "'%s' is not understood: an area reads 'x LOW..HIGH, y LOW..HIGH'",
                     part);
      if (!read_span (part + 2, *part == 'x' ? x : y, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_highlight_into (IscHighlight *highlight, const char *value, GError **error)
{
  highlight->lower = g_str_has_prefix (value, "lower ");
  value += highlight->lower ? strlen ("lower ") : 0;
  if (g_str_has_prefix (value, "curve "))
    {
      highlight->kind = ISC_HIGHLIGHT_CURVE;
      highlight->name = g_strstrip (g_strdup (value + strlen ("curve ")));
      return TRUE;
    }
  if (g_str_has_prefix (value, "x ") || g_str_has_prefix (value, "y "))
    {
      highlight->kind = ISC_HIGHLIGHT_AREA;
      return read_spans (value, highlight->x, highlight->y, error);
    }
  if (!highlight->lower && find_control (value))
    {
      highlight->kind = ISC_HIGHLIGHT_CONTROL;
      highlight->name = g_strdup (value);
      return TRUE;
    }
  {
    g_autofree char *names = list_controls (FALSE);

    return fail (error,
                 "'%s' can't be highlighted: there are 'x LOW..HIGH, y LOW..HIGH', 'curve SCHEME' "
                 "and the controls %s",
                 value, names);
  }
}

static gboolean
read_highlight (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  g_autofree IscHighlight *highlight = g_new0 (IscHighlight, 1);

  if (reader->step->highlights->len >= MAX_HIGHLIGHTS)
    return fail (error, "there may be at most %d highlights in a step", MAX_HIGHLIGHTS);
  highlight->line = line;
  if (!read_highlight_into (highlight, value, error))
    return FALSE;
  g_ptr_array_add (reader->step->highlights, g_steal_pointer (&highlight));
  return TRUE;
}

static gboolean
read_hide (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit_set (value, " ,", -1);

  if (reader->step->hidden)
    g_strv_builder_addv (builder, (const char **)reader->step->hidden);
  for (guint i = 0; words[i]; i++)
    {
      const IscLessonControl *control = find_control (words[i]);

      if (*words[i] && (!control || !control->can_hide))
        {
          g_autofree char *names = list_controls (TRUE);

          return fail (error, "'%s' can't be hidden: there are %s", words[i], names);
        }
      if (*words[i]
          && !(reader->step->hidden
               && g_strv_contains ((const char *const *)reader->step->hidden, words[i])))
        g_strv_builder_add (builder, words[i]);
    }
  g_strfreev (reader->step->hidden);
  reader->step->hidden = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_predict (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  const char *of = strstr (value, " of ");
  g_autofree char *spans = of ? g_strndup (value, (gsize)(of - value)) : g_strdup (value);
  IscPrediction *prediction = g_new0 (IscPrediction, 1);

  if (reader->step->prediction)
    g_free (reader->step->prediction->run);
  g_free (reader->step->prediction);
  reader->step->prediction = prediction;
  prediction->line = line;
  prediction->run = of ? g_strstrip (g_strdup (of + 4)) : NULL;
  if (!read_spans (spans, prediction->x, prediction->y, error))
    return FALSE;
  if (!isfinite (prediction->x[0]) || !isfinite (prediction->x[1]) || !isfinite (prediction->y[0])
      || !isfinite (prediction->y[1]))
    return fail (error, "a prediction needs both axes: 'x LOW..HIGH, y LOW..HIGH of SCHEME'");
  return TRUE;
}

static gboolean
read_question (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  g_free (reader->step->question);
  reader->step->question = g_strdup (value);
  return TRUE;
}

static gboolean
read_answer (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  g_free (reader->step->answer);
  reader->step->answer = g_strdup (value);
  return TRUE;
}

static gboolean
read_expect (IscLessonReader *reader, const char *value, guint line, GError **error)
{
  IscClaim *claim;

  if (reader->step->claims->len >= MAX_CLAIMS)
    return fail (error, "there may be at most %d expectations in a step", MAX_CLAIMS);
  claim = isc_claim_parse (value, error);
  if (!claim)
    return FALSE;
  claim->line = line;
  g_ptr_array_add (reader->step->claims, claim);
  return TRUE;
}

/* THE list of instructions. */
static const IscInstruction instructions[] = {
  { "title", "TEXT", "The lesson's name.", FALSE, TRUE, FALSE, read_title },
  { "summary", "TEXT", "What it shows, in one sentence.", TRUE, TRUE, FALSE, read_summary },
  { "experiment", "NAME or FILE.initscope or { … }",
    "What the window holds from here on: a built-in example, a file, or its JSON.", FALSE, TRUE,
    TRUE, read_experiment },
  { "set", "FIELD = VALUE", "Changes a field of the experiment from here on.", FALSE, TRUE, TRUE,
    read_set },
  { "page", "weights or training", "Which page is in front from here on.", FALSE, TRUE, TRUE,
    read_page },
  { "figure", "NAME [log] [by-parameter] [of SCHEME]",
    "The figure of that page, alone on it, from here on.", FALSE, TRUE, TRUE, read_figure },
  { "lower", "NAME … or none", "A second figure below it on the Training page.", FALSE, TRUE, TRUE,
    read_lower },
  { "run", "STEPS or end", "Trains to that step.", FALSE, FALSE, TRUE, read_run },
  { "highlight", "x LOW..HIGH, y LOW..HIGH or curve SCHEME or CONTROL",
    "Dims everything else; 'lower' before an area or a curve means the lower figure.", FALSE, FALSE,
    TRUE, read_highlight },
  { "hide", "CONTROL …",
    "Parts of the window that are not shown, in the head for the whole lesson.", FALSE, TRUE, TRUE,
    read_hide },
  { "predict", "x LOW..HIGH, y LOW..HIGH [of SCHEME]",
    "Asks for a sketch on empty axes before the data are shown.", FALSE, FALSE, TRUE,
    read_predict },
  { "question", "TEXT", "A question to think about.", TRUE, FALSE, TRUE, read_question },
  { "answer", "TEXT", "Its answer, shown when it is asked for.", TRUE, FALSE, TRUE, read_answer },
  { "expect", "QUANTITY of SCHEME at STEP below NUMBER",
    "A number that the text relies on, for initscope check --run.", FALSE, FALSE, TRUE,
    read_expect },
};

const IscInstruction *
isc_instructions_get (guint *n)
{
  *n = G_N_ELEMENTS (instructions);
  return instructions;
}

const IscInstruction *
isc_instruction_find (const char *name, gsize length, GError **error)
{
  g_autofree char *word = g_strndup (name, length);
  guint nearest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (instructions); i++)
    if (g_str_equal (instructions[i].name, word))
      return &instructions[i];
  for (guint i = 1; i < G_N_ELEMENTS (instructions); i++)
    if (isc_text_distance (instructions[i].name, word)
        < isc_text_distance (instructions[nearest].name, word))
      nearest = i;
  fail (error,
        "there is no instruction '%s', the nearest is '%s'; a paragraph may not begin with a "
        "small word and a colon",
        word, instructions[nearest].name);
  return NULL;
}

gboolean
isc_instruction_resembles (const char *name, gsize length)
{
  g_autofree char *word = g_strndup (name, length);

  for (guint i = 0; i < G_N_ELEMENTS (instructions); i++)
    if (isc_text_distance (instructions[i].name, word) <= 1)
      return TRUE;
  return FALSE;
}

const IscLessonControl *
isc_lesson_controls_get (guint *n)
{
  *n = G_N_ELEMENTS (controls);
  return controls;
}
