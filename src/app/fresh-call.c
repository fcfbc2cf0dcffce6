/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/fresh-call.h"

/* Values as one meets them, for what was just chosen; other sizes are 10. */
static const struct
{
  const char *name;
  const char *value;
} usual_values[] = {
  { "in_features", "784" },      { "out_features", "256" },  { "in1_features", "32" },
  { "in2_features", "32" },      { "in_channels", "64" },    { "out_channels", "128" },
  { "num_embeddings", "1000" },  { "embedding_dim", "128" }, { "input_size", "128" },
  { "hidden_size", "256" },      { "embed_dim", "256" },     { "num_heads", "8" },
  { "num_features", "64" },      { "num_groups", "8" },      { "num_channels", "64" },
  { "normalized_shape", "256" }, { "T_max", "20" },          { "gamma", "0.95" },
};

static const char *
usual_value (const char *name, const char *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual_values); i++)
    if (g_str_equal (usual_values[i].name, name))
      return usual_values[i].value;
  return other;
}

/* A file as one would call it: what the parameter calls it, if that says what is in it. */
static char *
fresh_file (const IscParameter *parameter)
{
  const char *ending = parameter->choices[0];
  const char *stem = !g_str_equal (parameter->name, "path") ? parameter->name
                     : g_str_equal (ending, ".lua")         ? "init"
                                                            : "data";

  return g_strdup_printf ("'%s%s'", stem, ending);
}

/* A value that a parameter without a default takes, as written in a call. */
static char *
fresh_value (const IscParameter *parameter)
{
  switch (parameter->type)
    {
    case ISC_PARAMETER_FILE:
      return fresh_file (parameter);
    case ISC_PARAMETER_TEXT:
      return g_strdup ("'randn()'");
    case ISC_PARAMETER_CHOICE:
      return g_strdup_printf ("'%s'", parameter->choices[0]);
    case ISC_PARAMETER_INTEGER:
      return g_strdup (usual_value (parameter->name, "10"));
    case ISC_PARAMETER_SHAPE:
      return g_strdup (usual_value (parameter->name, "3"));
    case ISC_PARAMETER_BOOLEAN:
      return g_strdup ("False");
    case ISC_PARAMETER_NUMBERS:
      return g_strdup ("(10, 15)");
    case ISC_PARAMETER_PAIR:
      return g_strdup ("(0.1, 0.1)");
    case ISC_PARAMETER_SEED:
      return g_strdup ("0");
    case ISC_PARAMETER_MODULES:
      return g_strdup ("Linear(10, 10), ReLU()");
    case ISC_PARAMETER_NUMBER:
    default:
      return g_strdup (usual_value (parameter->name, "0.1"));
    }
}

char *
isc_fresh_call (const IscItem *item)
{
  GString *text = g_string_new (item->id);

  g_string_append_c (text, '(');
  for (guint i = 0; i < item->n_parameters; i++)
    if (!item->parameters[i].initial)
      {
        g_autofree char *value = fresh_value (&item->parameters[i]);

        g_string_append_printf (text, "%s%s", i ? ", " : "", value);
      }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}
