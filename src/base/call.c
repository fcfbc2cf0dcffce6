/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/call-private.h"

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"

static void
value_clear (IscValue *value)
{
  g_clear_pointer (&value->string, g_free);
  g_clear_pointer (&value->items, g_ptr_array_unref);
  g_clear_pointer (&value->call, isc_call_unref);
}

static void
argument_clear (gpointer data)
{
  IscCallArgument *argument = data;

  g_free (argument->key);
  value_clear (&argument->value);
}

static void
append_value (GString *text, const IscValue *value)
{
  g_autofree char *part = NULL;

  switch (value->kind)
    {
    case ISC_VALUE_NONE:
      g_string_append (text, "None");
      break;
    case ISC_VALUE_BOOLEAN:
      g_string_append (text, value->integer ? "True" : "False");
      break;
    case ISC_VALUE_INTEGER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, value->integer);
      break;
    case ISC_VALUE_NUMBER:
      part = isc_number_to_text (value->number);
      g_string_append (text, part);
      /* 1e3 stays a float: "1000" would read back as an integer. */
      if (strspn (part, "-0123456789") == strlen (part))
        g_string_append (text, ".0");
      break;
    case ISC_VALUE_STRING:
      g_string_append_c (text, '\'');
      for (const char *c = value->string; *c; c++)
        {
          if (*c == '\'' || *c == '\\')
            g_string_append_c (text, '\\');
          g_string_append_c (text, *c);
        }
      g_string_append_c (text, '\'');
      break;
    case ISC_VALUE_TUPLE:
      g_string_append_c (text, '(');
      for (guint i = 0; i < value->items->len; i++)
        {
          if (i)
            g_string_append (text, ", ");
          append_value (text, g_ptr_array_index (value->items, i));
        }
      g_string_append (text, value->items->len == 1 ? ",)" : ")");
      break;
    case ISC_VALUE_CALL:
      part = isc_call_to_text (value->call);
      g_string_append (text, part);
      break;
    default:
      g_assert_not_reached ();
    }
}

IscCall *
isc_call_alloc (char *name)
{
  IscCall *call = g_new0 (IscCall, 1);

  isc_ref_count_init (&call->ref_count);
  call->name = name;
  call->arguments = g_array_new (FALSE, TRUE, sizeof (IscCallArgument));
  g_array_set_clear_func (call->arguments, argument_clear);
  return call;
}

void
isc_value_free (gpointer value)
{
  value_clear (value);
  g_free (value);
}

IscCall *
isc_call_ref (IscCall *call)
{
  isc_ref_count_inc (&call->ref_count);
  return call;
}

void
isc_call_unref (IscCall *call)
{
  if (!isc_ref_count_dec (&call->ref_count))
    return;
  g_free (call->name);
  g_array_unref (call->arguments);
  g_free (call);
}

const char *
isc_call_get_name (const IscCall *call)
{
  return call->name;
}

guint
isc_call_get_n_args (const IscCall *call)
{
  return call->arguments->len;
}

const char *
isc_call_get_key (const IscCall *call, guint index)
{
  g_return_val_if_fail (index < call->arguments->len, NULL);
  return g_array_index (call->arguments, IscCallArgument, index).key;
}

const IscValue *
isc_call_get_value (const IscCall *call, guint index)
{
  g_return_val_if_fail (index < call->arguments->len, NULL);
  return &g_array_index (call->arguments, IscCallArgument, index).value;
}

GPtrArray *
isc_call_dup_nested (const IscCall *call, GError **error)
{
  g_autoptr (GPtrArray) nested = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_call_unref);

  for (guint i = 0; i < call->arguments->len; i++)
    {
      const IscCallArgument *argument = &g_array_index (call->arguments, IscCallArgument, i);

      if (argument->value.kind != ISC_VALUE_CALL || argument->key)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "column %u: only modules may stand in %s(...)", argument->value.column,
                       call->name);
          return NULL;
        }
      g_ptr_array_add (nested, isc_call_ref (argument->value.call));
    }
  return g_steal_pointer (&nested);
}

char *
isc_call_to_text (const IscCall *call)
{
  GString *text = g_string_new (call->name);

  g_string_append_c (text, '(');
  for (guint i = 0; i < call->arguments->len; i++)
    {
      const IscCallArgument *argument = &g_array_index (call->arguments, IscCallArgument, i);

      if (i)
        g_string_append (text, ", ");
      if (argument->key)
        g_string_append_printf (text, "%s=", argument->key);
      append_value (text, &argument->value);
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

char *
isc_value_to_text (const IscValue *value)
{
  GString *text = g_string_new (NULL);

  append_value (text, value);
  return g_string_free (text, FALSE);
}

gboolean
isc_call_equal (const IscCall *a, const IscCall *b)
{
  g_autofree char *text_a = isc_call_to_text (a);
  g_autofree char *text_b = isc_call_to_text (b);

  return g_str_equal (text_a, text_b);
}
