/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lessons/read.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "experiment/check.h"
#include "experiment/problem.h"
#include "lessons/instructions.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/**
 * Reading:
 * @state: what instructions change
 * @head: what every step begins with
 * @steps: the steps before the one being read
 * @line: the line being read, from 1
 * @instruction: (nullable): one that goes on
 * @instruction_line: where it began
 * @value: what it has so far
 * @is_block: whether that goes on to a line with a brace alone
 * @in_paragraph: whether the line before was text
 */
typedef struct
{
  IscLessonReader state;
  IscLessonStep *head;
  GPtrArray *steps;
  GPtrArray *problems;
  IscExperiment *checked;
  guint line;
  const IscInstruction *instruction;
  guint instruction_line;
  GString *value;
  GString *text;
  gboolean is_block;
  gboolean in_paragraph;
} Reading;

static void
add_problem (Reading *reading, guint line, const char *message)
{
  g_autofree char *place = g_strdup_printf ("line %u", line);

  isc_problems_add (reading->problems, place, "%s", message);
}

static void
take_problem (Reading *reading, guint line, GError *error)
{
  add_problem (reading, line, error->message);
  g_error_free (error);
}

static gboolean
has_run (const IscLessonStep *step, const char *label)
{
  for (guint i = 0; i < isc_experiment_get_n_inits (step->experiment); i++)
    if (g_strcmp0 (isc_experiment_get_init_label (step->experiment, i), label) == 0)
      return TRUE;
  return FALSE;
}

static void
check_run (Reading *reading, guint line, const char *label)
{
  if (label && !has_run (reading->state.step, label))
    {
      g_autofree char *message
          = g_strdup_printf ("the experiment has no scheme labelled '%s'", label);

      add_problem (reading, line, message);
    }
}

static void
check_figures (Reading *reading)
{
  const IscLessonStep *step = reading->state.step;

  if (step->has_lower && !step->training)
    add_problem (reading, step->line, "the Weights page has no lower figure");
  for (guint i = 0; i < ISC_LESSON_FIGURES; i++)
    {
      const IscView *view = step->figures[i].view;

      if (view && step->training != (view->of_result != NULL))
        {
          g_autofree char *message = g_strdup_printf ("the figure %s is on the %s page", view->id,
                                                      view->of_result ? "Training" : "Weights");

          add_problem (reading, step->line, message);
        }
      check_run (reading, step->line, step->figures[i].run);
    }
}

/* Each experiment once, however many steps show it. */
static void
check_experiment (Reading *reading)
{
  const IscLessonStep *step = reading->state.step;
  g_autoptr (GPtrArray) problems = NULL;

  if (step->experiment == reading->checked)
    return;
  reading->checked = step->experiment;
  problems = isc_experiment_check (step->experiment);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *text = isc_problem_to_text (problems->pdata[i]);

      add_problem (reading, step->line, text);
    }
}

/* What can be told only of a whole step. */
static void
check_step (Reading *reading)
{
  const IscLessonStep *step = reading->state.step;

  if (step->answer && !step->question)
    add_problem (reading, step->line, "there is an answer here and no question");
  if (!step->experiment)
    return;
  check_figures (reading);
  check_experiment (reading);
  if (step->prediction)
    check_run (reading, step->prediction->line, step->prediction->run);
  for (guint i = 0; i < step->highlights->len; i++)
    {
      const IscHighlight *highlight = step->highlights->pdata[i];

      if (highlight->kind == ISC_HIGHLIGHT_CURVE)
        check_run (reading, highlight->line, highlight->name);
      if (highlight->lower && !step->has_lower)
        add_problem (reading, highlight->line, "there is no lower figure to highlight");
    }
  for (guint i = 0; i < step->claims->len; i++)
    {
      const IscClaim *claim = step->claims->pdata[i];

      check_run (reading, claim->line, claim->run);
    }
}

static void
end_instruction (Reading *reading)
{
  const IscInstruction *instruction = reading->instruction;
  g_autoptr (GError) error = NULL;
  const char *value;

  if (!instruction)
    return;
  value = g_strstrip (reading->value->str);
  reading->instruction = NULL;
  reading->is_block = FALSE;
  if (!*value)
    g_set_error (&error, ISC_ERROR, ISC_ERROR_INVALID, "%s is empty: it takes %s",
                 instruction->name, instruction->value);
  else if (!(reading->state.in_head ? instruction->in_head : instruction->in_step))
    g_set_error (&error, ISC_ERROR, ISC_ERROR_INVALID, "%s stands %s", instruction->name,
                 reading->state.in_head ? "in a step, below a heading"
                                        : "before the first heading");
  else
    instruction->read (&reading->state, value, reading->instruction_line, &error);
  if (error)
    take_problem (reading, reading->instruction_line, g_steal_pointer (&error));
  g_string_truncate (reading->value, 0);
}

static void
end_step (Reading *reading)
{
  end_instruction (reading);
  if (reading->state.in_head)
    {
      if (!reading->state.has_experiment)
        add_problem (reading, 1,
                     "a lesson says which experiment it is about, before its first "
                     "heading");
      return;
    }
  reading->state.step->text = g_strdup (reading->text->str);
  check_step (reading);
  g_ptr_array_add (reading->steps, reading->state.step);
}

static void
begin_step (Reading *reading, const char *title)
{
  IscLessonStep *before = reading->state.step;

  end_step (reading);
  reading->state.in_head = FALSE;
  reading->state.has_run = FALSE;
  reading->in_paragraph = FALSE;
  g_string_truncate (reading->text, 0);
  reading->state.step = isc_lesson_step_new_after (before);
  reading->state.step->title = g_strstrip (g_strdup (title));
  reading->state.step->hidden = g_strdupv (reading->head->hidden);
  reading->state.step->line = reading->line;
  if (!*reading->state.step->title)
    add_problem (reading, reading->line, "a step has a name: '# NAME'");
}

/* How long the word before a colon is; 0 if the line is text.  In the midst of text any word may
 * stand before a colon, so there it is an instruction only if it is one, or nearly so. */
static gsize
find_instruction_name (const Reading *reading, const char *line)
{
  gsize length = strspn (line, "abcdefghijklmnopqrstuvwxyz-");

  if (length == 0 || line[length] != ':' || (line[length + 1] != ' ' && line[length + 1] != '\0'))
    return 0;
  if (!reading->in_paragraph && !reading->instruction)
    return length;
  return isc_instruction_resembles (line, length) ? length : 0;
}

static void
begin_instruction (Reading *reading, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  const char *value = line + length + 1;

  end_instruction (reading);
  reading->in_paragraph = FALSE;
  reading->instruction = isc_instruction_find (line, length, &error);
  reading->instruction_line = reading->line;
  if (!reading->instruction)
    {
      take_problem (reading, reading->line, g_steal_pointer (&error));
      return;
    }
  g_string_assign (reading->value, value);
  value += strspn (value, " ");
  reading->is_block = g_str_equal (reading->instruction->name, "experiment") && *value == '{'
                      && !strchr (value, '}');
  if (!reading->is_block && !reading->instruction->is_long)
    end_instruction (reading);
}

static void
add_text (Reading *reading, const char *line)
{
  if (reading->state.in_head)
    {
      add_problem (reading, reading->line,
                   "text belongs to a step: it comes after a heading '# NAME'");
      return;
    }
  if (reading->in_paragraph)
    g_string_append_c (reading->text, ' ');
  else if (reading->text->len > 0)
    g_string_append (reading->text, "\n\n");
  g_string_append (reading->text, line);
  reading->in_paragraph = TRUE;
}

static void
read_line (Reading *reading, char *line)
{
  gsize length;

  if (reading->is_block)
    {
      g_string_append_printf (reading->value, "\n%s", line);
      if (g_str_equal (g_strchomp (line), "}"))
        end_instruction (reading);
      return;
    }
  g_strchomp (line);
  length = find_instruction_name (reading, line);
  if (*line == '#')
    begin_step (reading, line + strspn (line, "#"));
  else if (length > 0)
    begin_instruction (reading, line, length);
  else if (!*line)
    {
      end_instruction (reading);
      reading->in_paragraph = FALSE;
    }
  else if (reading->instruction)
    g_string_append_printf (reading->value, " %s", g_strchug (line));
  else
    add_text (reading, g_strchug (line));
}

static void
check_lesson (Reading *reading)
{
  if (!reading->state.title)
    add_problem (reading, 1, "a lesson has a title: 'title: …'");
  if (!reading->state.summary)
    add_problem (reading, 1, "a lesson has a summary: 'summary: …'");
  if (reading->steps->len == 0)
    add_problem (reading, MAX (reading->line, 1), "a lesson has at least one step: '# NAME'");
  if (reading->is_block)
    add_problem (reading, reading->instruction_line,
                 "the experiment does not end: its last line is a brace alone");
}

static void
free_step (gpointer step)
{
  isc_lesson_step_free (step);
}

/* Every line, as long as there are not more steps than there may be. */
static void
read_lines (Reading *reading, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      reading->line = i + 1;
      if (*lines[i] == '#' && !reading->is_block && !reading->state.in_head
          && reading->steps->len + 1 >= ISC_LESSON_MAX_STEPS)
        {
          g_autofree char *message
              = g_strdup_printf ("a lesson may have at most %d steps", ISC_LESSON_MAX_STEPS);

          add_problem (reading, reading->line, message);
          break;
        }
      read_line (reading, lines[i]);
    }
  if (reading->is_block)
    reading->instruction = NULL;
  end_step (reading);
  check_lesson (reading);
}

/* Problems of a whole step are found at its end, and told where it begins. */
static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const IscProblem *const *first = a, *const *second = b;
  gint64 line = g_ascii_strtoll ((*first)->path + strlen ("line "), NULL, 10);
  gint64 other = g_ascii_strtoll ((*second)->path + strlen ("line "), NULL, 10);

  return (line > other) - (line < other);
}

IscLesson *
isc_lesson_from_text (const char *text, gssize length, const char *folder, GPtrArray *problems)
{
  gsize bytes = length < 0 ? strlen (text) : (gsize)length;
  g_autoptr (GPtrArray) found = isc_problems_new ();
  Reading reading = { 0 };
  g_autofree char *copy = NULL;
  IscLesson *lesson = NULL;

  g_return_val_if_fail (text != NULL && problems != NULL, NULL);

  if (bytes > ISC_LESSON_MAX_BYTES)
    {
      isc_problems_add (problems, "", "a lesson has at most %d bytes", ISC_LESSON_MAX_BYTES);
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize)bytes, NULL))
    {
      isc_problems_add (problems, "", "a lesson is text in UTF-8, and this is not");
      return NULL;
    }
  if (bytes >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0)
    {
      text += 3;
      bytes -= 3;
    }
  copy = g_strndup (text, bytes);
  reading.steps = g_ptr_array_new_with_free_func (free_step);
  reading.head = reading.state.step = isc_lesson_step_new_after (NULL);
  reading.state.folder = folder;
  reading.state.in_head = TRUE;
  reading.value = g_string_new (NULL);
  reading.text = g_string_new (NULL);
  reading.problems = found;
  read_lines (&reading, copy);
  g_ptr_array_sort (found, compare_lines);
  if (found->len == 0)
    lesson = isc_lesson_new_take (g_steal_pointer (&reading.state.title),
                                  g_steal_pointer (&reading.state.summary),
                                  g_steal_pointer (&reading.steps));
  g_ptr_array_extend_and_steal (problems, g_steal_pointer (&found));
  g_clear_pointer (&reading.steps, g_ptr_array_unref);
  isc_lesson_step_free (reading.head);
  g_string_free (reading.value, TRUE);
  g_string_free (reading.text, TRUE);
  g_free (reading.state.title);
  g_free (reading.state.summary);
  return lesson;
}

IscLesson *
isc_lesson_load (const char *path, GPtrArray *problems, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) found = isc_problems_new ();
  g_autofree char *folder = NULL;
  GPtrArray *list = problems ? problems : found;
  IscLesson *lesson;
  const char *text;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  bytes = isc_file_read (path, ISC_LESSON_MAX_BYTES, error);
  if (!bytes)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  folder = g_path_get_dirname (path);
  lesson = isc_lesson_from_text (text ? text : "", (gssize)length, folder, list);
  if (!lesson)
    {
      isc_problems_to_error (list, error);
      g_prefix_error (error, "%s: ", path);
    }
  return lesson;
}

gboolean
isc_lesson_has_ending (const char *path)
{
  return g_str_has_suffix (path, ".lesson");
}
