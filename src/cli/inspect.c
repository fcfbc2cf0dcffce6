/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "cli/options.h"
#include "cli/output.h"
#include "formats/weights-file.h"
#include "stats/moments.h"

extern const IscCommand isc_command_inspect;

static const char *
name_of (const IscTensor *tensor)
{
  return isc_tensor_get_name (tensor) ? isc_tensor_get_name (tensor) : "tensor";
}

static IscMoments
measure (const IscTensor *tensor)
{
  IscMoments moments;

  isc_moments_compute (isc_tensor_get_data (tensor), isc_tensor_get_count (tensor), &moments);
  return moments;
}

static gboolean
print_json (GPtrArray *tensors, GError **error)
{
  g_autoptr (GString) json = g_string_new ("[\n");

  for (guint i = 0; i < tensors->len; i++)
    {
      const IscTensor *tensor = tensors->pdata[i];
      IscMoments m = measure (tensor);
      g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), ", ");
      const struct
      {
        const char *key;
        double value;
      } numbers[] = {
        { "count", (double)isc_tensor_get_count (tensor) },
        { "non_finite", (double)(m.n_nan + m.n_inf) },
        { "zeros", (double)m.n_zero },
        { "mean", m.mean },
        { "std", m.std },
        { "min", m.min },
        { "max", m.max },
        { "skewness", m.skewness },
        { "kurtosis", m.excess_kurtosis },
      };

      g_string_append (json, i ? ",\n  {\"name\": " : "  {\"name\": ");
      isc_json_append_string (json, name_of (tensor));
      g_string_append_printf (json, ", \"shape\": [%s]", shape);
      for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
        {
          g_string_append_printf (json, ", \"%s\": ", numbers[j].key);
          isc_json_append_number (json, numbers[j].value);
        }
      g_string_append_c (json, '}');
    }
  g_string_append (json, "\n]\n");
  return isc_output_print (json->str, error);
}

static void
print_table (GPtrArray *tensors)
{
  static const char *const headings[]
      = { "tensor", "shape", ">count", ">non-finite", ">zeros",           ">mean",
          ">std",   ">min",  ">max",   ">skewness",   ">excess kurtosis", NULL };
  g_autoptr (IscTable) table = isc_table_new (headings);

  for (guint i = 0; i < tensors->len; i++)
    {
      const IscTensor *tensor = tensors->pdata[i];
      IscMoments m = measure (tensor);
      const double numbers[] = { m.mean, m.std, m.min, m.max, m.skewness, m.excess_kurtosis };

      isc_table_add (table, g_strdup (name_of (tensor)));
      isc_table_add (table, isc_shape_to_text (isc_tensor_get_shape (tensor), "×"));
      isc_table_add (table, isc_count_to_label (isc_tensor_get_count (tensor)));
      isc_table_add (table, isc_count_to_label (m.n_nan + m.n_inf));
      isc_table_add (table, isc_count_to_label (m.n_zero));
      for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
        isc_table_add (table, isc_number_to_label (numbers[j], 4));
    }
  isc_table_print (table);
}

static GPtrArray *
only (GPtrArray *tensors, const char *name, const char *path, GError **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);

  for (guint i = 0; i < tensors->len; i++)
    if (g_str_equal (name_of (tensors->pdata[i]), name))
      g_ptr_array_add (chosen, isc_tensor_ref (tensors->pdata[i]));
  if (chosen->len == 0)
    {
      g_autoptr (GString) names = g_string_new (NULL);

      for (guint i = 0; i < MIN (tensors->len, 20); i++)
        g_string_append_printf (names, "%s%s", i ? ", " : "", name_of (tensors->pdata[i]));
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s holds no tensor '%s': it holds %s",
                   path, name, names->str);
      return NULL;
    }
  return g_steal_pointer (&chosen);
}

static gboolean
run (int argc, char **argv, GCancellable *cancellable, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print the statistics as JSON", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) tensors = NULL;

  if (!isc_options_parse (&isc_command_inspect, entries, &argc, &argv, 2, error))
    return *error == NULL;
  if (argc < 2)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "inspect: name a .npy, .npz or .safetensors file");
      return FALSE;
    }
  tensors = isc_weights_file_read (argv[1], error);
  if (tensors && argc > 2)
    {
      GPtrArray *all = tensors;

      tensors = only (all, argv[2], argv[1], error);
      g_ptr_array_unref (all);
    }
  if (!tensors)
    return FALSE;
  if (json)
    return print_json (tensors, error);
  print_table (tensors);
  return TRUE;
}

const IscCommand isc_command_inspect = {
  .name = "inspect",
  .usage = "FILE [TENSOR]",
  .summary = "Prints statistics of the tensors in a weight file.",
  .run = run,
};
