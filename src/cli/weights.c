/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "cli/options.h"
#include "cli/output.h"
#include "engine/weights.h"
#include "formats/weights-file.h"
#include "views/entries.h"

extern const IscCommand isc_command_weights;

/* How many weights the table shows of each tensor. */
#define N_FIRST 4

static void
append_fans (GString *json, const IscWeightEntry *entry)
{
  const struct
  {
    const char *key;
    gint64 value;
  } fans[] = {
    { "fan_in", entry->fan_in },
    { "fan_out", entry->fan_out },
    { "corrected_fan_in", entry->corrected_fan_in },
    { "corrected_fan_out", entry->corrected_fan_out },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fans); i++)
    {
      g_string_append_printf (json, ", \"%s\": ", fans[i].key);
      isc_json_append_number (json, fans[i].value > 0 ? (double)fans[i].value : NAN);
    }
}

static void
append_entry (GString *json, const IscWeightEntry *entry, const IscFit *fit)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  const struct
  {
    const char *key;
    double value;
  } numbers[] = {
    { "requested_std", entry->requested_std },
    { "count", (double)isc_tensor_get_count (entry->tensor) },
    { "non_finite", (double)(moments->n_nan + moments->n_inf) },
    { "mean", moments->mean },
    { "std", moments->std },
    { "min", moments->min },
    { "max", moments->max },
    { "skewness", moments->skewness },
    { "kurtosis", moments->excess_kurtosis },
    { "ks_d", fit->distance },
    { "ks_p", fit->distance_p },
    { "ad_a2", fit->anderson },
    { "ad_p", fit->anderson_p },
  };
  g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (entry->tensor), ", ");

  g_string_append (json, "  {\"name\": ");
  isc_json_append_string (json, isc_tensor_get_name (entry->tensor));
  g_string_append_printf (json, ", \"shape\": [%s]", shape);
  append_fans (json, entry);
  g_string_append (json, ", \"scheme\": ");
  isc_json_append_string (json, entry->scheme);
  g_string_append (json, ", \"library\": ");
  isc_json_append_string (json, entry->library);
  g_string_append_printf (json, ", \"own_stream\": %s", entry->own_stream ? "true" : "false");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_string_append_printf (json, ", \"%s\": ", numbers[i].key);
      isc_json_append_number (json, numbers[i].value);
    }
  g_string_append (json, ", \"first\": [");
  for (gsize i = 0; i < MIN (N_FIRST, isc_tensor_get_count (entry->tensor)); i++)
    {
      g_autofree char *text = isc_float_to_text (isc_tensor_get_data (entry->tensor)[i]);

      g_string_append_printf (json, "%s%s", i ? ", " : "",
                              isfinite (isc_tensor_get_data (entry->tensor)[i]) ? text : "null");
    }
  g_string_append (json, "]}");
}

static gboolean
print_json (IscWeights *weights, GError **error)
{
  g_autoptr (GString) json = g_string_new ("[\n");

  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      IscFit fit;

      if (!isc_weight_entry_fit (isc_weights_get_entry (weights, i), &fit, error))
        return FALSE;
      if (i)
        g_string_append (json, ",\n");
      append_entry (json, isc_weights_get_entry (weights, i), &fit);
    }
  g_string_append (json, "\n]\n");
  return isc_output_print (json->str, error);
}

static char *
first_weights (const IscTensor *tensor)
{
  GString *text = g_string_new (NULL);
  gsize n = isc_tensor_get_count (tensor);

  for (gsize i = 0; i < MIN (N_FIRST, n); i++)
    {
      g_autofree char *number = isc_number_to_label ((double)isc_tensor_get_data (tensor)[i], 4);

      g_string_append_printf (text, "%s%s", i ? ", " : "", number);
    }
  if (n > N_FIRST)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

/* Only some libraries' random numbers are drawn as they draw them: whose are not, a line says. */
static void
print_whose (IscWeights *weights, const IscExperiment *experiment)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  gboolean own = FALSE;

  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);

      g_ptr_array_add (entries, (gpointer)entry);
      own = own || entry->own_stream;
    }
  if (own)
    {
      g_autofree char *whose = isc_entries_whose (entries, experiment);

      g_print ("%s\n", whose);
    }
}

static void
print_table (IscWeights *weights)
{
  static const char *const headings[] = { "tensor", "shape", "scheme", ">std asked",    ">std",
                                          ">mean",  ">min",  ">max",   "first weights", NULL };
  g_autoptr (IscTable) table = isc_table_new (headings);

  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);
      const IscMoments *moments = isc_summary_get_moments (entry->summary);
      const double numbers[]
          = { entry->requested_std, moments->std, moments->mean, moments->min, moments->max };

      isc_table_add (table, g_strdup (isc_tensor_get_name (entry->tensor)));
      isc_table_add (table, isc_shape_to_text (isc_tensor_get_shape (entry->tensor), "×"));
      isc_table_add (table, g_strdup (entry->scheme));
      for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
        isc_table_add (table, j == 0 && isnan (numbers[j]) ? g_strdup ("no law")
                                                           : isc_number_to_label (numbers[j], 4));
      isc_table_add (table, first_weights (entry->tensor));
    }
  isc_table_print (table);
}

/* All files are made before the first one is written. */
static gboolean
write_files (IscWeights *weights, char **outputs, GError **error)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new ();
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    g_ptr_array_add (tensors, isc_weights_get_entry (weights, i)->tensor);
  for (guint i = 0; outputs[i]; i++)
    {
      GBytes *bytes = isc_weights_file_to_bytes (tensors, outputs[i], error);

      if (!bytes)
        return FALSE;
      g_ptr_array_add (contents, bytes);
    }
  return isc_output_write (outputs, contents, error);
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  g_auto (IscWeightsOptions) options = { 0 };
  g_auto (GStrv) outputs = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    ISC_WEIGHTS_ENTRIES (options),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &outputs,
      "Write the weights: .npy, .npz, .safetensors or .csv", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print the statistics as JSON", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscWeights) weights = NULL;

  if (!isc_options_parse (&isc_command_weights, entries, &argc, &argv, 0, error))
    return *error == NULL;
  experiment = isc_weights_options_to_experiment (&options, NULL, error);
  weights = experiment ? isc_weights_new (experiment, TRUE, cancellable, error) : NULL;
  if (!weights)
    return FALSE;
  if (outputs && !write_files (weights, outputs, error))
    return FALSE;
  if (json)
    return print_json (weights, error);
  if (!outputs)
    {
      print_table (weights);
      print_whose (weights, experiment);
    }
  return TRUE;
}

const IscCommand isc_command_weights = {
  .name = "weights",
  .usage = "(--tensor SHAPE | --layer CALL | --network CALLS)",
  .summary = "Makes initial weights as PyTorch does, with their statistics.",
  .run = run,
};
