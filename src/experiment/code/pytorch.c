/* SPDX-License-Identifier: GPL-3.0-or-later */

/* PyTorch: the experiment in its own words, so that the numbers are the same.  What PyTorch has no
 * function for is drawn by its law. */

#include <string.h>

#include "base/number-text.h"
#include "experiment/code/python.h"
#include "experiment/code/pytorch-special.h"

extern const IscCodeLanguage isc_code_pytorch;

typedef struct
{
  GString *text;
  gboolean math;
  gboolean numpy;
} Writer;

static void
append_line (Writer *writer, const char *line)
{
  g_string_append_printf (writer->text, "%s\n", line);
}

/* Whether torch.nn.init has the function, and counts the same fans. */
static gboolean
is_native (const IscCodeParameter *parameter)
{
  IscSite theirs = isc_site_of_shape (&parameter->site.shape);
  IscLaw law;

  if (!isc_code_is_native (parameter->scheme))
    return FALSE;
  theirs.pytorch = parameter->site.pytorch;
  law = parameter->scheme->law (parameter->arguments, &theirs);
  return isc_law_variance (&law) == isc_law_variance (&parameter->law);
}

/* The document's own call with the tensor put in front. */
static char *
native_call (const IscCall *call, const char *target)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "nn.init.%s(%s", isc_call_get_name (call), target);
  for (guint i = 0; i < isc_call_get_n_args (call); i++)
    {
      const char *key = isc_call_get_key (call, i);
      g_autofree char *value = isc_value_to_text (isc_call_get_value (call, i));

      g_string_append_printf (text, ", %s%s%s", key ? key : "", key ? "=" : "", value);
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* The law in PyTorch's words; numbers to the last bit, because PyTorch may draw the same ones. */
static char *
law_call (const IscCodeParameter *parameter, const char *target)
{
  const IscLaw *law = &parameter->law;
  g_autofree char *mean = isc_number_to_text (law->mean);
  g_autofree char *std = isc_number_to_text (law->std);
  g_autofree char *a = isc_number_to_text (law->a);
  g_autofree char *b = isc_number_to_text (law->b);

  if (!parameter->is_drawn && (law->kind != ISC_LAW_SPHERE || law->zeros > 0.0))
    return NULL;
  switch (law->kind)
    {
    case ISC_LAW_POINT:
      return law->a == 0.0   ? g_strdup_printf ("nn.init.zeros_(%s)", target)
             : law->a == 1.0 ? g_strdup_printf ("nn.init.ones_(%s)", target)
                             : g_strdup_printf ("nn.init.constant_(%s, %s)", target, a);
    case ISC_LAW_UNIFORM:
      return g_strdup_printf ("nn.init.uniform_(%s, %s, %s)", target, a, b);
    case ISC_LAW_NORMAL:
      return g_strdup_printf ("nn.init.normal_(%s, %s, %s)", target, mean, std);
    case ISC_LAW_TRUNCATED_NORMAL:
      return g_strdup_printf ("nn.init.trunc_normal_(%s, %s, %s, %s, %s)", target, mean, std, a, b);
    case ISC_LAW_SPHERE:
      return g_strdup_printf ("nn.init.orthogonal_(%s, %s)", target, std);
    case ISC_LAW_NONE:
    default:
      return NULL;
    }
}

/* Sets @target as @parameter's scheme says. */
static void
write_scheme (Writer *writer, const IscCodeParameter *parameter, const char *target)
{
  g_autofree char *line = NULL;

  if (is_native (parameter))
    {
      line = native_call (parameter->call, target);
      append_line (writer, line);
      return;
    }
  isc_python_append_origin (writer->text, "", parameter);
  if (parameter->scheme->own_stream)
    isc_python_append_comment (writer->text, "", "By its law, not number by number.");
  if (isc_pytorch_append_special (writer->text, parameter, target, &writer->math))
    return;
  line = law_call (parameter, target);
  if (!line)
    {
      g_autofree char *name = isc_python_string (parameter->name);

      isc_python_append_comment (
          writer->text, "", "No law tells it: 'initscope weights' saves it with -o weights.npz.");
      line = g_strdup_printf ("%s.data.copy_(torch.from_numpy(np.load('weights.npz')[%s]))", target,
                              name);
      writer->numpy = TRUE;
    }
  append_line (writer, line);
}

/* "network[0].weight", "network[1].f[0].weight" */
static char *
target_of (const IscCodePlan *plan, const IscCodeParameter *parameter)
{
  const IscModule *module;
  g_autofree char *place = NULL;

  if (plan->target == ISC_WEIGHTS_OF_TENSOR)
    return g_strdup ("weight");
  if (plan->target == ISC_WEIGHTS_OF_LAYER)
    return g_strdup_printf ("layer.%s", parameter->name);
  module = isc_modules_get (plan->modules, parameter->module);
  place = isc_module_get_place (module, "network");
  return g_strconcat (place, parameter->name + strlen (module->name), NULL);
}

static gboolean
same_call (const IscCall *a, const IscCall *b)
{
  return a && b ? isc_call_equal (a, b) : a == b;
}

/* Whether one function m.weight, m.bias says it all: the usual f of network.apply(f). */
static gboolean
is_uniform (const IscCodeEntry *entry)
{
  const IscCodeParameter *first[2] = { NULL, NULL };

  for (guint i = 0; i < entry->parameters->len; i++)
    {
      const IscCodeParameter *parameter = entry->parameters->pdata[i];

      if (!parameter->owner)
        continue;
      if (!first[parameter->is_bias])
        first[parameter->is_bias] = parameter;
      if (!same_call (parameter->call, first[parameter->is_bias]->call)
          || (parameter->scheme && !is_native (parameter)))
        return FALSE;
    }
  return TRUE;
}

/* The classes an init is applied to: "nn.Linear", "(nn.Linear, nn.Conv2d)". */
static char *
initialized_classes (const IscCodeEntry *entry)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < entry->parameters->len; i++)
    {
      const IscCodeParameter *parameter = entry->parameters->pdata[i];
      g_autofree char *name = g_strdup_printf ("nn.%s", parameter->owner);

      if (parameter->owner && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (", ", (char **)names->pdata);
  return names->len == 2 ? g_steal_pointer (&joined) : g_strdup_printf ("(%s)", joined);
}

/* The parameter whose scheme stands for all weights, or for all biases. */
static const IscCodeParameter *
first_set (const IscCodeEntry *entry, gboolean is_bias)
{
  for (guint i = 0; i < entry->parameters->len; i++)
    {
      const IscCodeParameter *parameter = entry->parameters->pdata[i];

      if (parameter->scheme && parameter->is_bias == is_bias)
        return parameter;
    }
  return NULL;
}

static void
write_apply (Writer *writer, const IscCodeEntry *entry)
{
  const IscCodeParameter *weight = first_set (entry, FALSE);
  const IscCodeParameter *bias = first_set (entry, TRUE);
  g_autofree char *classes = initialized_classes (entry);
  GString *text = writer->text;

  if (!weight && !bias)
    return;
  g_string_append_printf (text, "\n\ndef init(m):\n    if isinstance(m, %s):\n", classes);
  if (weight)
    {
      g_autofree char *call = native_call (weight->call, "m.weight");

      g_string_append_printf (text, "        %s\n", call);
    }
  if (bias)
    {
      g_autofree char *call = native_call (bias->call, "m.bias");

      g_string_append_printf (text, "        if m.bias is not None:\n            %s\n", call);
    }
  g_string_append (text, "\n\nnetwork.apply(init)\n");
}

/* Modules that torch.nn has not, as Python defines them. */
static const struct
{
  const char *id;
  const char *definition;
} own_classes[] = {
  { "Erf", "class Erf(nn.Module):\n"
           "    def forward(self, x):\n"
           "        return torch.erf(x)\n" },
  { "Residual", "class Residual(nn.Module):\n"
                "    def __init__(self, *modules, scale=1.0):\n"
                "        super().__init__()\n"
                "        self.f = nn.Sequential(*modules)\n"
                "        self.scale = scale\n"
                "\n"
                "    def forward(self, x):\n"
                "        return x + self.scale * self.f(x)\n" },
  { "Sine", "class Sine(nn.Module):\n"
            "    def __init__(self, w0=30.0):\n"
            "        super().__init__()\n"
            "        self.w0 = w0\n"
            "\n"
            "    def forward(self, x):\n"
            "        return torch.sin(self.w0 * x)\n" },
};

static gboolean
is_own_class (const IscItem *item)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_classes); i++)
    if (g_str_equal (item->id, own_classes[i].id))
      return TRUE;
  return FALSE;
}

static void
append_own_classes (GString *text, const IscCodePlan *plan)
{
  gsize before = text->len;

  for (guint i = 0; i < G_N_ELEMENTS (own_classes); i++)
    for (guint j = 0; j < plan->modules->len; j++)
      if (g_str_equal (isc_modules_get (plan->modules, j)->item->id, own_classes[i].id))
        {
          g_string_append_printf (text, "\n%s\n", own_classes[i].definition);
          break;
        }
  if (text->len > before)
    g_string_append_c (text, '\n');
}

/* "nn.Linear(8, 8)"; of a block "Residual(nn.Linear(8, 8), nn.Tanh(), scale=0.5)". */
static void
append_module (GString *text, const IscCall *call)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind_module (call, NULL, &item, NULL);
  GPtrArray *block = isc_arguments_modules (arguments);
  gboolean first = TRUE;

  g_string_append_printf (text, "%s%s(", is_own_class (item) ? "" : "nn.", item->id);
  for (guint i = 0; i < block->len; i++)
    {
      g_string_append (text, first ? "" : ", ");
      append_module (text, block->pdata[i]);
      first = FALSE;
    }
  for (guint i = 0; i < isc_call_get_n_args (call); i++)
    {
      const char *key = isc_call_get_key (call, i);
      g_autofree char *value = isc_value_to_text (isc_call_get_value (call, i));

      if (block->len > 0 && !key)
        continue;
      g_string_append_printf (text, "%s%s%s%s", first ? "" : ", ", key ? key : "", key ? "=" : "",
                              value);
      first = FALSE;
    }
  g_string_append_c (text, ')');
}

/* nn.Sequential(...), one line a module, behind what already stands on its line. */
static void
append_sequential (GString *text, const IscCodePlan *plan, const char *indent)
{
  g_string_append (text, "nn.Sequential(\n");
  for (guint i = 0; i < plan->lines->len; i++)
    {
      g_string_append_printf (text, "%s    ", indent);
      append_module (text, plan->lines->pdata[i]);
      g_string_append (text, ",\n");
    }
  g_string_append_printf (text, "%s)\n", indent);
}

static void
write_entry (Writer *writer, const IscCodePlan *plan, const IscCodeEntry *entry)
{
  if (plan->target == ISC_WEIGHTS_OF_TENSOR)
    {
      const IscCodeParameter *parameter = entry->parameters->pdata[0];
      g_autofree char *shape = isc_shape_to_text (&parameter->site.shape, ", ");

      g_string_append_printf (writer->text, "weight = torch.empty(%s)\n", shape);
    }
  else if (plan->target == ISC_WEIGHTS_OF_LAYER)
    {
      g_string_append (writer->text, "layer = ");
      append_module (writer->text, plan->lines->pdata[0]);
      g_string_append_c (writer->text, '\n');
    }
  else
    {
      g_string_append (writer->text, "network = ");
      if (plan->target == ISC_WEIGHTS_OF_INITS)
        g_string_append (writer->text, "make_network()\n");
      else
        append_sequential (writer->text, plan, "");
      if (is_uniform (entry))
        {
          write_apply (writer, entry);
          return;
        }
    }
  for (guint i = 0; i < entry->parameters->len; i++)
    {
      const IscCodeParameter *parameter = entry->parameters->pdata[i];
      g_autofree char *target = target_of (plan, parameter);

      if (parameter->scheme)
        write_scheme (writer, parameter, target);
    }
}

static gboolean
draws_truncated (const IscCodePlan *plan)
{
  for (guint i = 0; i < plan->entries->len; i++)
    {
      const IscCodeEntry *entry = plan->entries->pdata[i];

      for (guint j = 0; j < entry->parameters->len; j++)
        {
          const IscCodeParameter *parameter = entry->parameters->pdata[j];

          if (parameter->scheme && g_str_equal (parameter->scheme->item.id, "trunc_normal_"))
            return TRUE;
        }
    }
  return FALSE;
}

static void
write_script (const IscCodePlan *plan, GString *text)
{
  g_autoptr (GString) body = g_string_new (NULL);
  Writer writer = { .text = body };
  gboolean of_inits = plan->target == ISC_WEIGHTS_OF_INITS;

  if (draws_truncated (plan))
    isc_python_append_comment (body, "",
                               plan->pytorch == ISC_PYTORCH_2_11
                                   ? "trunc_normal_ draws these numbers up to PyTorch 2.11."
                                   : "trunc_normal_ draws these numbers from PyTorch 2.12 on.");
  if (plan->data_first)
    isc_python_append_comment (
        body, "", "A run draws its data behind the seed, before the network: here it does not.");
  if (of_inits)
    {
      g_string_append (body, "\ndef make_network():\n    return ");
      append_sequential (body, plan, "    ");
      g_string_append (body, "\n\ninits = {}\n");
    }
  for (guint i = 0; i < plan->entries->len; i++)
    {
      const IscCodeEntry *entry = plan->entries->pdata[i];

      if (of_inits)
        g_string_append_c (body, '\n');
      if (i == 0 || plan->reseed)
        g_string_append_printf (body, "torch.manual_seed(%" G_GUINT64_FORMAT ")\n", plan->seed);
      write_entry (&writer, plan, entry);
      if (of_inits)
        {
          g_autofree char *label = isc_python_string (entry->label);

          g_string_append_printf (body, "inits[%s] = network\n", label);
        }
    }

  if (writer.math)
    g_string_append (text, "import math\n\n");
  g_string_append_printf (text, "%simport torch\nfrom torch import nn\n\n",
                          writer.numpy ? "import numpy as np\n" : "");
  append_own_classes (text, plan);
  g_string_append_len (text, body->str, (gssize)body->len);
}

const IscCodeLanguage isc_code_pytorch = {
  .id = "pytorch",
  .label = "PyTorch",
  .write = write_script,
};
