/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/item.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/ref-count.h"

struct _IscArguments
{
  IscRefCount ref_count;
  const IscItem *item;
  IscCall *given;
  IscCall *defaults;
  const IscValue **values;
  gboolean *is_given;
};

static const char *
kind_in_words (IscParameterType type)
{
  switch (type)
    {
    case ISC_PARAMETER_NUMBER:
      return "a number";
    case ISC_PARAMETER_INTEGER:
      return "a whole number";
    case ISC_PARAMETER_BOOLEAN:
      return "True or False";
    case ISC_PARAMETER_PAIR:
      return "a tuple of two numbers";
    case ISC_PARAMETER_NUMBERS:
      return "a number or a tuple of them";
    case ISC_PARAMETER_SHAPE:
      return "a whole number or a tuple of them";
    case ISC_PARAMETER_SEED:
      return "a whole number or None";
    case ISC_PARAMETER_FILE:
      return "a path in quotes";
    case ISC_PARAMETER_TEXT:
      return "a text in quotes";
    case ISC_PARAMETER_CHOICE:
    default:
      return "a word in quotes";
    }
}

/* A limit that only keeps numbers finite is not worth naming to who went the other way. */
#define VAST 1e6

/* "is outside 1..65536", "must be at least 0": why @value may not stand where @parameter stands. */
static char *
range_in_words (const IscParameter *parameter, double value)
{
  g_autofree char *min = isc_number_to_text (parameter->min);
  g_autofree char *max = isc_number_to_text (parameter->max);

  if (value > parameter->max && parameter->min <= -VAST)
    return g_strdup_printf ("must be at most %s", max);
  if (value <= parameter->min && parameter->max >= VAST)
    return g_strdup_printf ("must be %s %s", parameter->above_min ? "above" : "at least", min);
  if (parameter->above_min)
    return g_strdup_printf ("must be above %s and at most %s", min, max);
  return g_strdup_printf ("is outside %s..%s", min, max);
}

static gboolean
number_in_range (const IscParameter *parameter, double value)
{
  if (parameter->above_min ? !(value > parameter->min) : !(value >= parameter->min))
    return FALSE;
  return value <= parameter->max;
}

static gboolean
fail (const IscItem *item,
      const IscParameter *parameter,
      const IscValue *value,
      const char *reason,
      GError **error)
{
  g_autofree char *text = isc_value_to_text (value);

  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s=%s %s", item->id, parameter->name, text,
               reason);
  return FALSE;
}

static gboolean
check_number (const IscItem *item,
              const IscParameter *parameter,
              const IscValue *whole,
              const IscValue *value,
              GError **error)
{
  gboolean integral = parameter->type != ISC_PARAMETER_NUMBER
                      && parameter->type != ISC_PARAMETER_PAIR
                      && parameter->type != ISC_PARAMETER_NUMBERS;

  if (value->kind != ISC_VALUE_INTEGER && (integral || value->kind != ISC_VALUE_NUMBER))
    {
      g_autofree char *reason = g_strdup_printf ("should be %s", kind_in_words (parameter->type));

      return fail (item, parameter, whole, reason, error);
    }
  if (!number_in_range (parameter, value->number))
    {
      g_autofree char *reason = range_in_words (parameter, value->number);

      return fail (item, parameter, whole, reason, error);
    }
  return TRUE;
}

static gboolean
check_choice (const IscItem *item,
              const IscParameter *parameter,
              const IscValue *value,
              GError **error)
{
  g_autofree char *list = NULL;
  g_autofree char *reason = NULL;

  if (value->kind == ISC_VALUE_STRING && g_strv_contains (parameter->choices, value->string))
    return TRUE;
  list = g_strjoinv ("', '", (char **)parameter->choices);
  reason = g_strdup_printf ("is not one of '%s'", list);
  return fail (item, parameter, value, reason, error);
}

static gboolean
check_text (const IscItem *item,
            const IscParameter *parameter,
            const IscValue *value,
            GError **error)
{
  g_autofree char *reason = NULL;

  if (value->kind == ISC_VALUE_STRING
      && number_in_range (parameter, (double)strlen (value->string)))
    return TRUE;
  reason = g_strdup_printf ("should be a text of %.0f..%.0f bytes in quotes", parameter->min,
                            parameter->max);
  return fail (item, parameter, value, reason, error);
}

static gboolean
check_tuple (const IscItem *item,
             const IscParameter *parameter,
             const IscValue *value,
             GError **error)
{
  guint most = parameter->type == ISC_PARAMETER_PAIR      ? 2
               : parameter->type == ISC_PARAMETER_NUMBERS ? G_MAXUINT
                                                          : ISC_TENSOR_MAX_DIMS;
  guint least = parameter->type == ISC_PARAMETER_PAIR ? 2 : 1;

  if (value->kind != ISC_VALUE_TUPLE)
    {
      g_autofree char *reason = NULL;

      if (value->kind == ISC_VALUE_STRING && parameter->choices)
        return check_choice (item, parameter, value, error);
      if (parameter->type != ISC_PARAMETER_PAIR)
        return check_number (item, parameter, value, value, error);
      reason = g_strdup_printf ("should be %s", kind_in_words (parameter->type));
      return fail (item, parameter, value, reason, error);
    }
  if (value->items->len < least || value->items->len > most)
    {
      g_autofree char *reason = least == most ? g_strdup_printf ("has %u items, and must have %u",
                                                                 value->items->len, most)
                                              : g_strdup_printf ("has %u items: %u..%u are allowed",
                                                                 value->items->len, least, most);

      return fail (item, parameter, value, reason, error);
    }
  for (guint i = 0; i < value->items->len; i++)
    if (!check_number (item, parameter, value, value->items->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_value (const IscItem *item,
             const IscParameter *parameter,
             const IscValue *value,
             GError **error)
{
  g_autofree char *reason = NULL;

  if (value->kind == ISC_VALUE_NONE
      && (parameter->type == ISC_PARAMETER_SEED || g_strcmp0 (parameter->initial, "None") == 0))
    return TRUE;

  switch (parameter->type)
    {
    case ISC_PARAMETER_NUMBER:
    case ISC_PARAMETER_INTEGER:
      return check_number (item, parameter, value, value, error);
    case ISC_PARAMETER_CHOICE:
      return check_choice (item, parameter, value, error);
    case ISC_PARAMETER_TEXT:
      return check_text (item, parameter, value, error);
    case ISC_PARAMETER_PAIR:
    case ISC_PARAMETER_NUMBERS:
    case ISC_PARAMETER_SHAPE:
      return check_tuple (item, parameter, value, error);
    case ISC_PARAMETER_BOOLEAN:
      if (value->kind == ISC_VALUE_BOOLEAN)
        return TRUE;
      break;
    case ISC_PARAMETER_SEED:
      if (value->kind == ISC_VALUE_INTEGER)
        return TRUE;
      break;
    case ISC_PARAMETER_FILE:
      if (value->kind == ISC_VALUE_STRING && *value->string != '\0')
        return TRUE;
      break;
    default:
      g_assert_not_reached ();
    }
  reason = g_strdup_printf ("should be %s", kind_in_words (parameter->type));
  return fail (item, parameter, value, reason, error);
}

static gint
find_parameter (const IscItem *item, const char *name)
{
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
place_argument (IscArguments *arguments, guint position, GError **error)
{
  const IscItem *item = arguments->item;
  const char *key = isc_call_get_key (arguments->given, position);
  gint index = key ? find_parameter (item, key) : (gint)position;

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
  if (arguments->is_given[index])
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s is given twice", item->id,
                   item->parameters[index].name);
      return FALSE;
    }
  arguments->is_given[index] = TRUE;
  arguments->values[index] = isc_call_get_value (arguments->given, position);
  return check_value (item, &item->parameters[index], arguments->values[index], error);
}

static const IscValue *
get_value (const IscArguments *arguments, const char *name)
{
  gint index = find_parameter (arguments->item, name);

  g_assert (index >= 0);
  return arguments->values[index];
}

/* @text as exactly one value, in its canonical spelling, so that it cannot bring other arguments
 * along. */
static char *
spell_value (const IscItem *item, const IscParameter *parameter, const char *text, GError **error)
{
  g_autofree char *whole = g_strdup_printf ("value(%s)", text);
  g_autoptr (IscCall) call = isc_call_parse (whole, error);

  if (!call)
    return NULL;
  if (isc_call_get_n_args (call) != 1 || isc_call_get_key (call, 0))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s=%s should be %s", item->id,
                   parameter->name, text, kind_in_words (parameter->type));
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
                       item->parameters[i].name, kind_in_words (item->parameters[i].type));
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

char *
isc_arguments_value_text (const IscArguments *arguments, guint index)
{
  g_return_val_if_fail (index < arguments->item->n_parameters, NULL);
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
      g_autofree char *kept = isc_value_to_text (arguments->values[i]);
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
