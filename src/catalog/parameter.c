/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/parameter.h"

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"

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
      g_autofree char *reason
          = g_strdup_printf ("should be %s", isc_parameter_type_in_words (parameter->type));

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
      reason = g_strdup_printf ("should be %s", isc_parameter_type_in_words (parameter->type));
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

const char *
isc_parameter_type_in_words (IscParameterType type)
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
    case ISC_PARAMETER_COLUMN:
      return "a name in quotes or a whole number";
    case ISC_PARAMETER_MODULES:
      return "modules with commas between them";
    case ISC_PARAMETER_CHOICE:
    default:
      return "a word in quotes";
    }
}

gboolean
isc_parameter_check (const IscItem *item,
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
    case ISC_PARAMETER_COLUMN:
      if (value->kind == ISC_VALUE_INTEGER
          || (value->kind == ISC_VALUE_STRING && *value->string != '\0'))
        return TRUE;
      break;
    case ISC_PARAMETER_MODULES:
      if (value->kind == ISC_VALUE_CALL)
        return TRUE;
      break;
    default:
      g_assert_not_reached ();
    }
  reason = g_strdup_printf ("should be %s", isc_parameter_type_in_words (parameter->type));
  return fail (item, parameter, value, reason, error);
}
