/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"
#include "cli/options.h"
#include "cli/output.h"
#include "experiment/examples.h"
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
  return NULL;
}

static GPtrArray *
all_kinds (void)
{
  GPtrArray *kinds = g_ptr_array_new ();

  for (guint k = 0; k < ISC_N_KINDS; k++)
    g_ptr_array_add (kinds, (gpointer)isc_kind_get_name ((IscKind)k));
  g_ptr_array_add (kinds, (gpointer) "figures");
  g_ptr_array_add (kinds, (gpointer) "examples");
  return kinds;
}

static void
append_kind (GString *json, const char *kind)
{
  g_autoptr (GPtrArray) cells = cells_of (kind);

  g_string_append_printf (json, "  \"%s\": [\n", kind);
  for (guint k = 0; k < ISC_N_KINDS; k++)
    if (g_str_equal (isc_kind_get_name ((IscKind)k), kind))
      {
        guint n;
        const IscItem *const *items = isc_catalog_get_items ((IscKind)k, &n);

        for (guint i = 0; i < n; i++)
          {
            append_item (json, (IscKind)k, items[i]);
            g_string_append (json, i + 1 < n ? ",\n" : "\n");
          }
        g_string_append (json, "  ]");
        return;
      }
  for (guint i = 0; i < cells->len; i += 3)
    {
      g_string_append (json, "    {\"id\": ");
      isc_json_append_string (json, cells->pdata[i]);
      g_string_append (json, ", \"label\": ");
      isc_json_append_string (json, cells->pdata[i + 1]);
      g_string_append (json, ", \"summary\": ");
      isc_json_append_string (json, cells->pdata[i + 2]);
      g_string_append (json, i + 3 < cells->len ? "},\n" : "}\n");
    }
  g_string_append (json, "  ]");
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

  if (!isc_options_parse (&isc_command_list, entries, &argc, &argv, 1, error))
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

      if (json)
        {
          append_kind (text, kinds->pdata[i]);
          g_string_append (text, i + 1 < kinds->len ? ",\n" : "\n");
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
  .usage = "[KIND]",
  .summary = "Lists schemes, layers, activations, losses, optimizers, schedules, datasets, figures "
             "and examples.",
  .run = run,
};
