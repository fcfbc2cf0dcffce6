/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"
#include "cli/options.h"
#include "cli/output.h"
#include "experiment/examples.h"
#include "lessons/instructions.h"
#include "lessons/lessons.h"
#include "plot/theme.h"
#include "views/views.h"

extern const IscCommand isc_command_list;

static const char *
name_of_type (IscParameterType type)
{
  static const char *const names[] = {
    [ISC_PARAMETER_NUMBER] = "number",   [ISC_PARAMETER_INTEGER] = "integer",
    [ISC_PARAMETER_BOOLEAN] = "boolean", [ISC_PARAMETER_CHOICE] = "choice",
    [ISC_PARAMETER_PAIR] = "pair",       [ISC_PARAMETER_SHAPE] = "shape",
    [ISC_PARAMETER_SEED] = "seed",       [ISC_PARAMETER_FILE] = "file",
    [ISC_PARAMETER_COLUMN] = "column",   [ISC_PARAMETER_TEXT] = "text",
    [ISC_PARAMETER_NUMBERS] = "numbers", [ISC_PARAMETER_MODULES] = "modules",
  };

  return (gsize)type < G_N_ELEMENTS (names) ? names[type] : NULL;
}

static gboolean
has_range (IscParameterType type)
{
  return type == ISC_PARAMETER_NUMBER || type == ISC_PARAMETER_INTEGER || type == ISC_PARAMETER_PAIR
         || type == ISC_PARAMETER_NUMBERS || type == ISC_PARAMETER_SHAPE;
}

/* A parameter as its descriptor has it; a range that is open on a side has null there. */
static void
append_parameter (GString *json, const IscParameter *parameter)
{
  g_string_append (json, "{\"name\": ");
  isc_json_append_string (json, parameter->name);
  g_string_append (json, ", \"type\": ");
  isc_json_append_string (json, name_of_type (parameter->type));
  g_string_append (json, ", \"default\": ");
  isc_json_append_string (json, parameter->initial);
  if (has_range (parameter->type))
    {
      g_string_append (json, ", \"min\": ");
      isc_json_append_number (json, parameter->min);
      g_string_append (json, ", \"max\": ");
      isc_json_append_number (json, parameter->max);
      g_string_append_printf (json, ", \"above_min\": %s", parameter->above_min ? "true" : "false");
    }
  if (parameter->choices)
    {
      g_string_append (json, ", \"choices\": [");
      for (guint i = 0; parameter->choices[i]; i++)
        {
          g_string_append (json, i ? ", " : "");
          isc_json_append_string (json, parameter->choices[i]);
        }
      g_string_append_c (json, ']');
    }
  g_string_append (json, ", \"help\": ");
  isc_json_append_string (json, parameter->help);
  g_string_append_c (json, '}');
}

static void
append_item (GString *json, IscKind kind, const IscItem *item)
{
  const struct
  {
    const char *key;
    const char *text;
  } texts[] = {
    { "label", item->label },       { "summary", item->summary }, { "formula", item->formula },
    { "citation", item->citation }, { "caution", item->caution },
  };

  g_string_append (json, "    {\"id\": ");
  isc_json_append_string (json, item->id);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_append_printf (json, ", \"%s\": ", texts[i].key);
      isc_json_append_string (json, texts[i].text);
    }
  if (kind == ISC_KIND_SCHEME)
    {
      g_string_append (json, ", \"library\": ");
      isc_json_append_string (json, ((const IscScheme *)item)->library);
      g_string_append_printf (json, ", \"own_stream\": %s",
                              ((const IscScheme *)item)->own_stream ? "true" : "false");
    }
  g_string_append (json, ", \"parameters\": [");
  for (guint i = 0; i < item->n_parameters; i++)
    {
      g_string_append (json, i ? ",\n      " : "\n      ");
      append_parameter (json, &item->parameters[i]);
    }
  g_string_append (json, "]}");
}

static void
print_rows (GPtrArray *cells)
{
  static const char *const headings[] = { "name", "called", "what it is for", NULL };
  g_autoptr (IscTable) table = isc_table_new (headings);

  for (guint i = 0; i < cells->len; i++)
    isc_table_add (table, g_strdup (cells->pdata[i]));
  isc_table_print (table);
}

static void
add_cells (GPtrArray *cells, const char *name, const char *label, const char *summary)
{
  g_ptr_array_add (cells, g_strdup (name));
  g_ptr_array_add (cells, g_strdup (label));
  g_ptr_array_add (cells, g_strdup (summary));
}

/* The built-in lessons, and what a lesson may say, point at and expect. */
static GPtrArray *
cells_of_lessons (const char *kind)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint n;

  if (g_str_equal (kind, "lessons"))
    {
      const char *const *lessons = isc_lessons_list (&n);

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (IscLesson) lesson = isc_lesson_load_built_in (lessons[i], NULL);

          add_cells (cells, lessons[i], isc_lesson_get_title (lesson),
                     isc_lesson_get_summary (lesson));
        }
    }
  else if (g_str_equal (kind, "instructions"))
    {
      const IscInstruction *instructions = isc_instructions_get (&n);

      for (guint i = 0; i < n; i++)
        add_cells (cells, instructions[i].name, instructions[i].value, instructions[i].help);
    }
  else if (g_str_equal (kind, "quantities"))
    {
      const IscQuantity *quantities = isc_quantities_get (&n);

      for (guint i = 0; i < n; i++)
        add_cells (cells, quantities[i].name, quantities[i].unit ? quantities[i].unit : "–",
                   quantities[i].help);
    }
  else if (g_str_equal (kind, "controls"))
    {
      const IscLessonControl *controls = isc_lesson_controls_get (&n);

      for (guint i = 0; i < n; i++)
        add_cells (cells, controls[i].name, controls[i].can_hide ? "can be hidden" : "–",
                   controls[i].help);
    }
  return cells->len > 0 ? g_steal_pointer (&cells) : NULL;
}

/* Name, label and summary of everything of a kind, three cells each; %NULL if there is no such
 * kind. */
static GPtrArray *
cells_of (const char *kind)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint n;

  for (guint k = 0; k < ISC_N_KINDS; k++)
    if (g_str_equal (isc_kind_get_name ((IscKind)k), kind))
      {
        const IscItem *const *items = isc_catalog_get_items ((IscKind)k, &n);

        for (guint i = 0; i < n; i++)
          {
            g_ptr_array_add (cells, g_strdup (items[i]->id));
            g_ptr_array_add (cells, g_strdup (items[i]->label));
            g_ptr_array_add (cells, g_strdup (items[i]->summary));
          }
        return g_steal_pointer (&cells);
      }
  if (g_str_equal (kind, "figures"))
    {
      const IscView *const *views = isc_views_get (&n);

      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (cells, g_strdup (views[i]->id));
          g_ptr_array_add (cells, g_strdup (views[i]->label));
          g_ptr_array_add (cells, g_strdup (views[i]->summary));
        }
      return g_steal_pointer (&cells);
    }
  if (g_str_equal (kind, "themes"))
    {
      const IscTheme *themes = isc_themes_get (&n);

      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (cells, g_strdup (themes[i].name));
          g_ptr_array_add (cells, g_strdup (themes[i].label));
          g_ptr_array_add (cells, g_strdup (themes[i].summary));
        }
      return g_steal_pointer (&cells);
    }
  if (g_str_equal (kind, "examples"))
    {
      const char *const *examples = isc_examples_list (&n);

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (IscExperiment) experiment = isc_example_load (examples[i], NULL);
          g_autofree char *data = isc_call_to_text (isc_experiment_get_data (experiment));

          g_ptr_array_add (cells, g_strdup (examples[i]));
          g_ptr_array_add (cells, g_strdup (isc_experiment_get_title (experiment)));
          g_ptr_array_add (cells, g_steal_pointer (&data));
        }
      return g_steal_pointer (&cells);
    }
  return cells_of_lessons (kind);
}

static GPtrArray *
all_kinds (void)
{
  GPtrArray *kinds = g_ptr_array_new ();

  for (guint k = 0; k < ISC_N_KINDS; k++)
    g_ptr_array_add (kinds, (gpointer)isc_kind_get_name ((IscKind)k));
  g_ptr_array_add (kinds, (gpointer) "figures");
  g_ptr_array_add (kinds, (gpointer) "themes");
  g_ptr_array_add (kinds, (gpointer) "examples");
  g_ptr_array_add (kinds, (gpointer) "lessons");
  g_ptr_array_add (kinds, (gpointer) "instructions");
  g_ptr_array_add (kinds, (gpointer) "quantities");
  g_ptr_array_add (kinds, (gpointer) "controls");
  return kinds;
}

/* The item of a kind of the catalog; %NULL for figures, examples and the like, which have no
 * more to say than their cells. */
static const IscItem *
item_of (const char *kind, const char *id, IscKind *found)
{
  for (guint k = 0; k < ISC_N_KINDS; k++)
    if (g_str_equal (isc_kind_get_name ((IscKind)k), kind))
      {
        *found = (IscKind)k;
        return isc_catalog_find ((IscKind)k, id, NULL);
      }
  return NULL;
}

static void
append_kind (GString *json, const char *kind, GPtrArray *cells)
{
  g_string_append_printf (json, "  \"%s\": [\n", kind);
  for (guint i = 0; i < cells->len; i += 3)
    {
      IscKind found;
      const IscItem *item = item_of (kind, cells->pdata[i], &found);

      if (item)
        append_item (json, found, item);
      else
        {
          g_string_append (json, "    {\"id\": ");
          isc_json_append_string (json, cells->pdata[i]);
          g_string_append (json, ", \"label\": ");
          isc_json_append_string (json, cells->pdata[i + 1]);
          g_string_append (json, ", \"summary\": ");
          isc_json_append_string (json, cells->pdata[i + 2]);
          g_string_append_c (json, '}');
        }
      g_string_append (json, i + 3 < cells->len ? ",\n" : "\n");
    }
  g_string_append (json, "  ]");
}

static char *
bound_of (double value)
{
  return value >= 0.0 && value < 1e9 && value == floor (value) ? isc_count_to_label ((guint64)value)
                                                               : isc_number_to_label (value, 3);
}

/* Bounds too far out to be reached are none. */
static char *
values_of (const IscParameter *parameter)
{
  const char *type = name_of_type (parameter->type);
  gboolean has_low = parameter->min > -1e15, has_high = parameter->max < 1e15;
  g_autofree char *low = bound_of (parameter->min);
  g_autofree char *high = bound_of (parameter->max);
  g_autofree char *choices
      = parameter->choices ? g_strjoinv (", ", (char **)parameter->choices) : NULL;

  if (choices)
    return parameter->type == ISC_PARAMETER_CHOICE ? g_steal_pointer (&choices)
                                                   : g_strdup_printf ("%s, %s", type, choices);
  if (!has_range (parameter->type) || (!has_low && !has_high))
    return g_strdup (type);
  if (!has_high)
    return g_strdup_printf ("%s, %s %s", type, parameter->above_min ? "above" : "at least", low);
  if (!has_low)
    return g_strdup_printf ("%s, at most %s", type, high);
  return g_strdup_printf ("%s, %s%s to %s", type, parameter->above_min ? "above " : "", low, high);
}

/* Everything there is to say of one thing. */
static void
print_item (const char *kind, char **cells)
{
  static const char *const headings[] = { "parameter", "default", "values", "what it is", NULL };
  g_autoptr (IscTable) table = isc_table_new (headings);
  IscKind found;
  const IscItem *item = item_of (kind, cells[0], &found);

  g_print ("%s: %s\n%s\n", cells[0], cells[1], cells[2]);
  if (item && item->formula)
    g_print ("Formula: %s\n", item->formula);
  if (item && item->citation)
    g_print ("Source: %s\n", item->citation);
  if (item && item->caution)
    g_print ("Caution: %s\n", item->caution);
  if (!item || item->n_parameters == 0)
    return;
  for (guint i = 0; i < item->n_parameters; i++)
    {
      const IscParameter *parameter = &item->parameters[i];

      isc_table_add (table, g_strdup (parameter->name));
      isc_table_add (table, g_strdup (parameter->initial ? parameter->initial : "must be given"));
      isc_table_add (table, values_of (parameter));
      isc_table_add (table, g_strdup (parameter->help));
    }
  g_print ("\n");
  isc_table_print (table);
}

/* Leaves of a kind's cells those of @id. */
static gboolean
keep_one (GPtrArray *cells, const char *kind, const char *id, GError **error)
{
  for (guint i = 0; i < cells->len; i += 3)
    if (g_str_equal (cells->pdata[i], id))
      {
        g_ptr_array_remove_range (cells, i + 3, cells->len - i - 3);
        g_ptr_array_remove_range (cells, 0, i);
        return TRUE;
      }
  for (guint k = 0; k < ISC_N_KINDS; k++)
    if (g_str_equal (isc_kind_get_name ((IscKind)k), kind))
      {
        isc_catalog_find ((IscKind)k, id, error);
        g_prefix_error (error, "list: ");
        return FALSE;
      }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "list: there is no '%s' among the %s ('initscope list %s' names them all)", id, kind,
               kind);
  return FALSE;
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print everything there is to say, as JSON", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) kinds = NULL;
  g_autoptr (GString) text = g_string_new ("{\n");

  if (!isc_options_parse (&isc_command_list, entries, &argc, &argv, 2, error))
    return *error == NULL;
  kinds = all_kinds ();
  if (argc > 1)
    {
      g_autoptr (GPtrArray) cells = cells_of (argv[1]);

      if (!cells)
        {
          g_autofree char *names = NULL;

          g_ptr_array_add (kinds, NULL);
          names = g_strjoinv (", ", (char **)kinds->pdata);
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "list: there is no kind '%s': there are %s", argv[1], names);
          return FALSE;
        }
      g_ptr_array_set_size (kinds, 0);
      g_ptr_array_add (kinds, argv[1]);
    }
  for (guint i = 0; i < kinds->len; i++)
    {
      g_autoptr (GPtrArray) cells = cells_of (kinds->pdata[i]);

      if (argc > 2 && !keep_one (cells, argv[1], argv[2], error))
        return FALSE;
      if (json)
        {
          append_kind (text, kinds->pdata[i], cells);
          g_string_append (text, i + 1 < kinds->len ? ",\n" : "\n");
          continue;
        }
      if (argc > 2)
        {
          print_item (argv[1], (char **)cells->pdata);
          continue;
        }
      if (kinds->len > 1)
        g_print ("%s%s\n", i ? "\n" : "", (const char *)kinds->pdata[i]);
      print_rows (cells);
    }
  g_string_append (text, "}\n");
  return !json || isc_output_print (text->str, error);
}

const IscCommand isc_command_list = {
  .name = "list",
  .usage = "[KIND [NAME]]",
  .summary
  = "Lists schemes, layers, activations, losses, optimizers, schedules, datasets, figures, "
    "themes, examples, lessons and what a lesson may say (instructions, quantities, controls), or "
    "all there is to say of one.",
  .run = run,
};
