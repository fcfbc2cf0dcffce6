/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "cli/options.h"
#include "cli/output.h"
#include "engine/weights.h"

extern const IscCommand isc_command_defaults;

/* The documented number, and what was measured to be held against it. */
static void
get_numbers (const IscWeightEntry *entry, double *documented, double *measured)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);

  *documented = sqrt (entry->documented->square);
  *measured = entry->documented->documented == ISC_DOCUMENTED_BOUND
                  ? fmax (fabs (moments->min), fabs (moments->max))
                  : moments->std;
}

/* "±0.0357", "std 1", "0 to 1", "0" */
static char *
number_text (const IscWeightEntry *entry, double number, double low, double high)
{
  g_autofree char *text = isc_number_to_label (number, 4);
  g_autofree char *low_text = isc_number_to_label (low, 4);
  g_autofree char *high_text = isc_number_to_label (high, 4);

  if (entry->documented->documented == ISC_DOCUMENTED_BOUND)
    return g_strdup_printf ("±%s", text);
  if (entry->documented->documented == ISC_DOCUMENTED_STD)
    return g_strdup_printf ("std %s", text);
  return low == high ? g_steal_pointer (&low_text)
                     : g_strdup_printf ("%s to %s", low_text, high_text);
}

static void
print_table (IscWeights *weights)
{
  static const char *const headings[]
      = { "parameter", "scheme", "documented rule", ">documented", ">measured", "agree", NULL };
  g_autoptr (IscTable) table = isc_table_new (headings);

  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);
      const IscMoments *moments = isc_summary_get_moments (entry->summary);
      const IscDefault *row = entry->documented;
      double documented, measured;

      get_numbers (entry, &documented, &measured);
      isc_table_add (table, g_strdup (row->name));
      isc_table_add (table, g_strdup (row->scheme ? row->scheme : "the layer's own"));
      isc_table_add (table, g_strdup (row->rule));
      isc_table_add (table, number_text (entry, documented, row->low, row->high));
      isc_table_add (table, number_text (entry, measured, moments->min, moments->max));
      isc_table_add (table, g_strdup (isc_weight_entry_agrees (entry) ? "yes" : "no"));
    }
  isc_table_print (table);
}

static void
append_entry (GString *json, const IscDefaultLibrary *library, const IscWeightEntry *entry)
{
  static const char *const documented[] = {
    [ISC_DOCUMENTED_BOUND] = "bound",
    [ISC_DOCUMENTED_STD] = "std",
    [ISC_DOCUMENTED_VALUES] = "values",
  };
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  const IscDefault *row = entry->documented;
  gboolean values = row->documented == ISC_DOCUMENTED_VALUES;
  g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (entry->tensor), ", ");
  const struct
  {
    const char *key;
    const char *text;
  } texts[] = {
    { "library", library->label },
    { "name", row->name },
    { "layer", row->module },
    { "parameter", row->parameter },
    { "scheme", row->scheme },
    { "rule", row->rule },
    { "documented", documented[row->documented] },
  };
  const struct
  {
    const char *key;
    double value;
  } numbers[] = {
    { "documented_number", values ? NAN : sqrt (row->square) },
    { "documented_min", values ? row->low : NAN },
    { "documented_max", values ? row->high : NAN },
    { "min", moments->min },
    { "max", moments->max },
    { "std", moments->std },
  };

  g_string_append (json, "  {");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_append_printf (json, "%s\"%s\": ", i ? ", " : "", texts[i].key);
      isc_json_append_string (json, texts[i].text);
    }
  g_string_append_printf (json, ", \"shape\": [%s]", shape);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_string_append_printf (json, ", \"%s\": ", numbers[i].key);
      isc_json_append_number (json, numbers[i].value);
    }
  g_string_append_printf (json, ", \"agrees\": %s}",
                          isc_weight_entry_agrees (entry) ? "true" : "false");
}

static gboolean
print_json (const IscDefaultLibrary *library, IscWeights *weights, GError **error)
{
  g_autoptr (GString) json = g_string_new ("[\n");

  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      if (i)
        g_string_append (json, ",\n");
      append_entry (json, library, isc_weights_get_entry (weights, i));
    }
  g_string_append (json, "\n]\n");
  return isc_output_print (json->str, error);
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (IscWeightsOptions) options = { 0 };
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    ISC_TEXT_OPTION ("seed", options.seed, "The seed (0)", "N"),
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print the table as JSON", NULL },
    G_OPTION_ENTRY_NULL,
  };
  const IscDefaultLibrary *library;
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscWeights) weights = NULL;

  if (!isc_options_parse (&isc_command_defaults, entries, &argc, &argv, 1, error))
    return *error == NULL;
  library = isc_default_library_find (argc > 1 ? argv[1] : "pytorch", error);
  experiment = library ? isc_options_to_defaults (&options, NULL, error) : NULL;
  weights = experiment ? isc_weights_new_defaults (experiment, library, cancellable, error) : NULL;
  if (!weights)
    return FALSE;
  if (json)
    return print_json (library, weights, error);
  print_table (weights);
  return TRUE;
}

const IscCommand isc_command_defaults = {
  .name = "defaults",
  .usage = "[LIBRARY]",
  .summary = "Lists what PyTorch, Keras or JAX does if one does nothing, documented and measured.",
  .run = run,
};
