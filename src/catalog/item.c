/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/item.h"

#include "base/error.h"
#include "base/ref-count.h"
#include "catalog/parameter.h"

struct _IscArguments
{
  IscRefCount ref_count;
  const IscItem *item;
  IscCall *given;
  IscCall *defaults;
  const IscValue **values;
  gboolean *is_given;
  GPtrArray *modules;
};

static gint
find_parameter (const IscItem *item, const char *name)
{
  /* A file that asks for its own item's parameter has one literal for both. */
  for (guint i = 0; i < item->n_parameters; i++)
    if (item->parameters[i].name == name)
      return (gint)i;
  for (guint i = 0; i < item->n_parameters; i++)
    if (g_str_equal (item->parameters[i].name, name))
      return (gint)i;
  return -1;
}

/* The names of all parameters, for an error. */
static char *
parameter_names (const IscItem *item)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < item->n_parameters; i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", item->parameters[i].name);
  return g_string_free (names, FALSE);
}

/* All defaults as one call, so that they are values like those that are given. */
static IscCall *
default_call (const IscItem *item)
{
  g_autoptr (GString) text = g_string_new ("defaults(");
  IscCall *call;

  for (guint i = 0; i < item->n_parameters; i++)
    g_string_append_printf (text, "%s%s", i ? ", " : "",
                            item->parameters[i].initial ? item->parameters[i].initial : "None");
  g_string_append_c (text, ')');
  call = isc_call_parse (text->str, NULL);
  g_assert (call && isc_call_get_n_args (call) == item->n_parameters);
  return call;
}

static gboolean
takes_modules (const IscItem *item)
{
  return item->n_parameters > 0 && item->parameters[0].type == ISC_PARAMETER_MODULES;
}

static gboolean
is_positional (const IscCall *call, guint position)
{
  return position < isc_call_get_n_args (call) && !isc_call_get_key (call, position);
}

/* One of the modules of a call, or the nn.Sequential of all. */
static gboolean
place_module (IscArguments *arguments, guint position, GError **error)
{
  const IscItem *item = arguments->item;
  const IscValue *value = isc_call_get_value (arguments->given, position);
  gboolean alone = position == 0 && !is_positional (arguments->given, 1);

  if (!isc_parameter_check (item, &item->parameters[0], value, error))
    return FALSE;
  if (alone && g_str_equal (isc_call_get_name (value->call), "Sequential"))
    {
      g_autoptr (GPtrArray) modules = isc_call_dup_nested (value->call, error);

      if (!modules)
        return FALSE;
      g_ptr_array_extend_and_steal (arguments->modules, g_steal_pointer (&modules));
    }
  else
    g_ptr_array_add (arguments->modules, isc_call_ref (value->call));
  arguments->is_given[0] = arguments->modules->len > 0;
  return TRUE;
}

static gboolean
place_argument (IscArguments *arguments, guint position, GError **error)
{
  const IscItem *item = arguments->item;
  const char *key = isc_call_get_key (arguments->given, position);
  gint index = key ? find_parameter (item, key) : (gint)position;

  if (!key && takes_modules (item))
    return place_module (arguments, position, error);
  if (index < 0)
    {
      g_autofree char *names = parameter_names (item);

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s has no parameter '%s': %s%s", item->id,
                   key, *names ? "it has " : "it has none", names);
      return FALSE;
    }
  if ((guint)index >= item->n_parameters)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s takes at most %u arguments, and %u are given", item->id, item->n_parameters,
                   isc_call_get_n_args (arguments->given));
      return FALSE;
    }
  if (item->parameters[index].type == ISC_PARAMETER_MODULES)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: the %s stand without a name", item->id,
                   key);
      return FALSE;
    }
  if (arguments->is_given[index])
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s is given twice", item->id,
                   item->parameters[index].name);
      return FALSE;
    }
  arguments->is_given[index] = TRUE;
  arguments->values[index] = isc_call_get_value (arguments->given, position);
  return isc_parameter_check (item, &item->parameters[index], arguments->values[index], error);
}

static const IscValue *
get_value (const IscArguments *arguments, const char *name)
{
  gint index = find_parameter (arguments->item, name);

  g_assert (index >= 0);
  return arguments->values[index];
}

/* "Linear(8, 8), Tanh()" */
static char *
spell_modules (GPtrArray *modules)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < modules->len; i++)
    {
      g_autofree char *module = isc_call_to_text (modules->pdata[i]);

      g_string_append_printf (text, "%s%s", i ? ", " : "", module);
    }
  return g_string_free (text, FALSE);
}

/* @text as exactly one value, in its canonical spelling, so that it cannot bring other arguments
 * along. */
static char *
spell_value (const IscItem *item, const IscParameter *parameter, const char *text, GError **error)
{
  g_autoptr (GPtrArray) modules
      = parameter->type == ISC_PARAMETER_MODULES ? isc_call_parse_list (text, error) : NULL;
  g_autofree char *whole = g_strdup_printf ("value(%s)", text);
  g_autoptr (IscCall) call = NULL;

  if (parameter->type == ISC_PARAMETER_MODULES)
    return modules ? spell_modules (modules) : NULL;
  call = isc_call_parse (whole, error);
  if (!call)
    return NULL;
  if (isc_call_get_n_args (call) != 1 || isc_call_get_key (call, 0))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s=%s should be %s", item->id,
                   parameter->name, text, isc_parameter_type_in_words (parameter->type));
      return NULL;
    }
  return isc_value_to_text (isc_call_get_value (call, 0));
}

IscArguments *
isc_arguments_new (const IscItem *item, const IscCall *call, GError **error)
{
  g_autoptr (IscArguments) arguments = g_new0 (IscArguments, 1);

  g_return_val_if_fail (item != NULL && call != NULL, NULL);

  isc_ref_count_init (&arguments->ref_count);
  arguments->item = item;
  arguments->given = isc_call_ref ((IscCall *)call);
  arguments->defaults = default_call (item);
  arguments->values = g_new0 (const IscValue *, item->n_parameters + 1);
  arguments->is_given = g_new0 (gboolean, item->n_parameters + 1);
  arguments->modules = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_call_unref);

  for (guint i = 0; i < isc_call_get_n_args (call); i++)
    if (!place_argument (arguments, i, error))
      return NULL;

  for (guint i = 0; i < item->n_parameters; i++)
    {
      if (arguments->is_given[i])
        continue;
      if (!item->parameters[i].initial)
        {
          g_autofree char *text = isc_call_to_text (call);

          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s lacks %s (%s)", text,
                       item->parameters[i].name,
                       isc_parameter_type_in_words (item->parameters[i].type));
          return NULL;
        }
      arguments->values[i] = isc_call_get_value (arguments->defaults, i);
    }
  return g_steal_pointer (&arguments);
}

IscArguments *
isc_arguments_ref (IscArguments *arguments)
{
  isc_ref_count_inc (&arguments->ref_count);
  return arguments;
}

void
isc_arguments_unref (IscArguments *arguments)
{
  if (!isc_ref_count_dec (&arguments->ref_count))
    return;
  isc_call_unref (arguments->given);
  isc_call_unref (arguments->defaults);
  g_free (arguments->values);
  g_free (arguments->is_given);
  g_ptr_array_unref (arguments->modules);
  g_free (arguments);
}

const IscItem *
isc_arguments_get_item (const IscArguments *arguments)
{
  return arguments->item;
}

gboolean
isc_arguments_is_none (const IscArguments *arguments, const char *name)
{
  return get_value (arguments, name)->kind == ISC_VALUE_NONE;
}

double
isc_arguments_number (const IscArguments *arguments, const char *name)
{
  return get_value (arguments, name)->number;
}

gint64
isc_arguments_integer (const IscArguments *arguments, const char *name)
{
  return get_value (arguments, name)->integer;
}

gboolean
isc_arguments_boolean (const IscArguments *arguments, const char *name)
{
  return get_value (arguments, name)->integer != 0;
}

const char *
isc_arguments_text (const IscArguments *arguments, const char *name)
{
  return get_value (arguments, name)->string;
}

void
isc_arguments_pair (const IscArguments *arguments, const char *name, double pair[2])
{
  const IscValue *value = get_value (arguments, name);

  for (guint i = 0; i < 2; i++)
    pair[i] = ((const IscValue *)value->items->pdata[i])->number;
}

guint
isc_arguments_n_items (const IscArguments *arguments, const char *name)
{
  const IscValue *value = get_value (arguments, name);

  return value->kind == ISC_VALUE_NONE ? 0 : value->kind == ISC_VALUE_TUPLE ? value->items->len : 1;
}

double
isc_arguments_item (const IscArguments *arguments, const char *name, guint index)
{
  const IscValue *value = get_value (arguments, name);

  if (value->kind != ISC_VALUE_TUPLE)
    return value->number;
  g_return_val_if_fail (index < value->items->len, 0.0);
  return ((const IscValue *)value->items->pdata[index])->number;
}

IscShape
isc_arguments_shape (const IscArguments *arguments, const char *name)
{
  const IscValue *value = get_value (arguments, name);
  IscShape shape = { 0 };

  if (value->kind != ISC_VALUE_TUPLE)
    return isc_shape (1, value->integer);
  for (guint i = 0; i < value->items->len; i++)
    shape.dims[shape.n_dims++] = ((const IscValue *)value->items->pdata[i])->integer;
  return shape;
}

guint64
isc_arguments_seed (const IscArguments *arguments, const char *name)
{
  return (guint64)get_value (arguments, name)->integer;
}

GPtrArray *
isc_arguments_modules (const IscArguments *arguments)
{
  return arguments->modules;
}

char *
isc_arguments_value_text (const IscArguments *arguments, guint index)
{
  g_return_val_if_fail (index < arguments->item->n_parameters, NULL);
  if (arguments->item->parameters[index].type == ISC_PARAMETER_MODULES)
    return spell_modules (arguments->modules);
  return isc_value_to_text (arguments->values[index]);
}

IscCall *
isc_call_with_argument (
    const IscItem *item, const IscCall *call, const char *name, const char *value, GError **error)
{
  g_autoptr (IscArguments) arguments = isc_arguments_new (item, call, error);
  g_autoptr (GString) text = g_string_new (item->id);
  g_autoptr (IscCall) changed = NULL;
  g_autoptr (IscArguments) checked = NULL;
  g_autofree char *given = NULL;
  gboolean first = TRUE;
  gint index = find_parameter (item, name);

  if (!arguments)
    return NULL;
  g_return_val_if_fail (index >= 0, NULL);

  if (value)
    {
      given = spell_value (item, &item->parameters[index], value, error);
      if (!given)
        return NULL;
    }

  g_string_append_c (text, '(');
  for (guint i = 0; i < item->n_parameters; i++)
    {
      const IscParameter *parameter = &item->parameters[i];
      g_autofree char *kept = isc_arguments_value_text (arguments, i);
      const char *spelled = (gint)i == index ? given : kept;

      if (!spelled || g_strcmp0 (spelled, parameter->initial) == 0)
        continue;
      g_string_append_printf (text, "%s%s%s%s", first ? "" : ", ",
                              parameter->initial ? parameter->name : "",
                              parameter->initial ? "=" : "", spelled);
      first = FALSE;
    }
  g_string_append_c (text, ')');

  changed = isc_call_parse (text->str, error);
  if (!changed)
    return NULL;
  checked = isc_arguments_new (item, changed, error);
  return checked ? g_steal_pointer (&changed) : NULL;
}
