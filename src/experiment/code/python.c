/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/code/python.h"

#include <math.h>
#include <string.h>

#include "base/number-text.h"

/* Two numbers this near are the same number, rounded differently on its way here. */
#define SAME 1e-12

static gboolean
is_near (double a, double b)
{
  return fabs (a - b) <= SAME * fabs (b);
}

char *
isc_python_number (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  for (int n = 1; n < 16; n++)
    {
      char format[] = "%.00e";

      format[2] = (char)('0' + n / 10);
      format[3] = (char)('0' + n % 10);
      g_ascii_formatd (digits, sizeof digits, format, value);
      if (is_near (g_ascii_strtod (digits, NULL), value))
        return isc_number_to_text (g_ascii_strtod (digits, NULL));
    }
  return isc_number_to_text (value);
}

char *
isc_python_string (const char *text)
{
  GString *string = g_string_new ("'");

  for (const char *c = text; *c; c++)
    if (*c == '\'' || *c == '\\')
      g_string_append_printf (string, "\\%c", *c);
    else
      g_string_append_c (string, *c);
  g_string_append_c (string, '\'');
  return g_string_free (string, FALSE);
}

char *
isc_python_tuple (const IscShape *shape)
{
  g_autofree char *extents = isc_shape_to_text (shape, ", ");

  return g_strdup_printf ("(%s%s)", extents, shape->n_dims == 1 ? "," : "");
}

char *
isc_python_seed (const IscCodePlan *plan, guint index)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, (plan->seed + index) & G_MAXUINT32);
}

void
isc_python_append_comment (GString *text, const char *indent, const char *comment)
{
  g_autofree char *line = g_strdup (comment);

  for (char *c = line; *c; c++)
    if ((guchar)*c < 0x20 || *c == 0x7f)
      *c = ' ';
  g_string_append_printf (text, "%s# %s\n", indent, line);
}

void
isc_python_append_origin (GString *text, const char *indent, const IscCodeParameter *parameter)
{
  g_autofree char *call
      = parameter->call ? isc_call_to_text (parameter->call) : g_strdup ("PyTorch's default");
  g_autofree char *comment
      = parameter->formula ? g_strdup_printf ("%s: %s", call, parameter->formula) : g_strdup (call);

  /* A constant is said by the line that follows. */
  if (parameter->law.kind != ISC_LAW_POINT || parameter->law.zeros > 0.0)
    isc_python_append_comment (text, indent, comment);
}

static void
append_tensor (GString *text,
               const IscCodePlan *plan,
               const IscCodeParameter *parameter,
               guint index,
               IscPythonExpression expression,
               gpointer data)
{
  g_autofree char *value = expression (plan, parameter, index, data);
  g_autofree char *name = isc_python_string (parameter->name);
  g_autofree char *target = plan->target == ISC_WEIGHTS_OF_TENSOR
                                ? g_strdup ("weight")
                                : g_strdup_printf ("parameters[%s]", name);

  isc_python_append_origin (text, "", parameter);
  g_string_append_printf (text, "%s = %s\n", target, value);
}

void
isc_python_append_tensors (GString *text,
                           const IscCodePlan *plan,
                           const char *restart,
                           IscPythonExpression expression,
                           gpointer data)
{
  gboolean of_inits = plan->target == ISC_WEIGHTS_OF_INITS;

  if (of_inits)
    g_string_append (text, "inits = {}\n");
  for (guint i = 0; i < plan->entries->len; i++)
    {
      const IscCodeEntry *entry = plan->entries->pdata[i];

      if (of_inits)
        g_string_append_c (text, '\n');
      if (restart && (i == 0 || plan->reseed))
        g_string_append_printf (text, "%s\n", restart);
      if (plan->target != ISC_WEIGHTS_OF_TENSOR)
        g_string_append (text, "parameters = {}\n");
      for (guint j = 0; j < entry->parameters->len; j++)
        append_tensor (text, plan, entry->parameters->pdata[j], j, expression, data);
      if (of_inits)
        {
          g_autofree char *label = isc_python_string (entry->label);

          g_string_append_printf (text, "inits[%s] = parameters\n", label);
        }
    }
}

static double
fan_of_mode (const char *mode, double fan_in, double fan_out)
{
  if (g_str_equal (mode, "fan_in"))
    return fan_in;
  if (g_str_equal (mode, "fan_out"))
    return fan_out;
  return g_str_equal (mode, "fan_avg") ? (fan_in + fan_out) / 2.0 : sqrt (fan_in * fan_out);
}

/* The variance if the weight had other fans. */
static double
variance_at (const IscCodeParameter *parameter, gint64 fan_in, gint64 fan_out)
{
  IscSite site = parameter->site;
  IscLaw law;

  site.fan_in = fan_in;
  site.fan_out = fan_out;
  law = parameter->scheme->law (parameter->arguments, &site);
  return isc_law_variance (&law);
}

gboolean
isc_python_scaling (const IscCodeParameter *parameter,
                    gint64 fan_in,
                    gint64 fan_out,
                    IscPythonScaling *scaling)
{
  static const char *const modes[] = { "fan_in", "fan_out", "fan_avg", "fan_geo_avg" };
  /* Coprime, so that no two modes agree on them. */
  static const gint64 probes[][2] = { { 7, 30 }, { 110, 13 } };
  const IscLaw *law = &parameter->law;
  gint64 in = parameter->site.fan_in;
  gint64 out = parameter->site.fan_out;

  if (!parameter->is_drawn || !parameter->scheme || in <= 0 || !(isc_law_variance (law) > 0.0)
      || fabs (isc_law_mean (law)) > SAME * sqrt (isc_law_variance (law)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      double scale = isc_law_variance (law) * fan_of_mode (modes[i], (double)in, (double)out);
      gboolean same = is_near (fan_of_mode (modes[i], (double)fan_in, (double)fan_out),
                               fan_of_mode (modes[i], (double)in, (double)out));

      for (guint j = 0; j < G_N_ELEMENTS (probes); j++)
        {
          double fan = fan_of_mode (modes[i], (double)probes[j][0], (double)probes[j][1]);

          same = same && is_near (variance_at (parameter, probes[j][0], probes[j][1]) * fan, scale);
        }
      if (same)
        {
          *scaling = (IscPythonScaling){ scale, modes[i] };
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
isc_python_is_cut_at_2 (const IscLaw *law)
{
  return law->kind == ISC_LAW_TRUNCATED_NORMAL && is_near (law->b - law->mean, 2.0 * law->std)
         && is_near (law->mean - law->a, 2.0 * law->std);
}

/* A name of the expression in Python, or NULL if there is none. */
static char *
translate_name (const char *name, const IscSite *site, const IscPythonWords *words)
{
  static const char *const functions[]
      = { "sqrt", "exp", "log", "sin", "cos", "tanh", "floor", "pi" };
  const char *const variables[][2] = {
    { "rand", words->rand }, { "randn", words->randn }, { "row", words->row },
    { "col", words->col },   { "index", words->index }, { "abs", "abs" },
  };

  if (g_str_equal (name, "fan_in") && site->fan_in > 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, site->fan_in);
  if (g_str_equal (name, "fan_out") && site->fan_out > 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, site->fan_out);
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (name, functions[i]))
      return g_strconcat (words->module, name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    if (g_str_equal (name, variables[i][0]))
      return g_strdup (variables[i][1]);
  return NULL;
}

/* Behind "rand" or "randn": their empty parentheses. */
static const char *
skip_parentheses (const char *c)
{
  c += strspn (c, " ");
  if (*c++ != '(')
    return NULL;
  c += strspn (c, " ");
  return *c == ')' ? c + 1 : NULL;
}

char *
isc_python_translate (const char *expression, const IscSite *site, const IscPythonWords *words)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *c = expression;

  while (*c)
    {
      gsize length = strspn (c, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_.");
      gboolean is_name = length > 0 && !g_ascii_isdigit (*c) && *c != '.';

      if (is_name)
        {
          g_autofree char *name = g_strndup (c, length);
          g_autofree char *translated = translate_name (name, site, words);

          c += length;
          if (g_str_has_prefix (name, "rand"))
            c = skip_parentheses (c);
          if (!translated || !c)
            return NULL;
          g_string_append (text, translated);
        }
      else if (length > 0)
        {
          /* Lua's hexadecimal numbers are not Python's. */
          if (strspn (c, G_CSET_DIGITS ".eE") != length)
            return NULL;
          g_string_append_len (text, c, (gssize)length);
          c += length;
        }
      else if (*c == '^')
        {
          g_string_append (text, "**");
          c++;
        }
      else if (strchr ("+*/(), ", *c) || (*c == '-' && c[1] != '-'))
        g_string_append_c (text, *c++);
      else
        return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gint64
isc_python_columns (const IscShape *shape)
{
  gint64 columns = 1;

  for (guint i = 1; i < shape->n_dims; i++)
    columns *= shape->dims[i];
  return columns;
}
