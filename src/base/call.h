/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscCall:
 *
 * A call expression as PyTorch users write it: name(positional, key=value, ...).  Values are
 * numbers, 'strings', True, False, None, tuples and nested calls.  The prefixes torch., nn., init.,
 * optim. and F. are accepted and dropped, so "torch.nn.init.zeros_()" and "zeros_()" are the same
 * call; "keras.", "jax." and "timm." name other libraries and stay, while tf.keras.initializers.,
 * keras.initializers., flax.linen.initializers., nn.initializers. and timm.layers. are other
 * spellings of them.  A function whose name ends in _ may be pasted with its tensor, which is
 * dropped: "nn.init.normal_(layer.weight, std=0.02)".  Immutable, reference-counted; it remembers
 * where its parts stood, for errors.
 */
typedef struct _IscCall IscCall;

typedef enum
{
  ISC_VALUE_NONE,
  ISC_VALUE_BOOLEAN,
  ISC_VALUE_INTEGER,
  ISC_VALUE_NUMBER,
  ISC_VALUE_STRING,
  ISC_VALUE_TUPLE,
  ISC_VALUE_CALL,
} IscValueKind;

/**
 * IscValue:
 * @kind: what it is
 * @column: where it stood in the text, counted in characters from 1
 * @integer: a boolean as 0 or 1, an integer
 * @number: an integer or a number as a double
 * @string: a string
 * @items: (element-type IscValue): the items of a tuple
 * @call: a nested call
 *
 * One value of a call.
 */
typedef struct
{
  IscValueKind kind;
  guint column;
  gint64 integer;
  double number;
  char *string;
  GPtrArray *items;
  IscCall *call;
} IscValue;

/** Calls and tuples within each other go no deeper. */
#define ISC_CALL_MAX_DEPTH 16

/**
 * isc_call_parse:
 * @text: a call; the parentheses may be left out when there are no arguments ("ReLU")
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the call; %NULL with ISC_ERROR_INVALID and a message with
 * the column and what was expected there.  At most 64 KiB of text.
 */
IscCall *isc_call_parse (const char *text, GError **error);

/**
 * isc_call_parse_list:
 * @text: calls with commas between them, or nn.Sequential(...) around them
 *
 * Reads what is pasted from a script: "nn.Linear(784, 256), nn.ReLU()" or an nn.Sequential(...).
 *
 * Returns: (transfer full) (element-type IscCall) (nullable): the calls, or %NULL as above
 */
GPtrArray *isc_call_parse_list (const char *text, GError **error);

IscCall *isc_call_ref (IscCall *call);
void isc_call_unref (IscCall *call);

/** isc_call_get_name: Returns: (transfer none): its name without PyTorch's prefixes, other
 * libraries' in one spelling */
const char *isc_call_get_name (const IscCall *call);

/** isc_call_get_n_args: Returns: the number of arguments, positional ones first */
guint isc_call_get_n_args (const IscCall *call);

/** isc_call_get_key: Returns: (nullable): the keyword of argument @index, %NULL if positional */
const char *isc_call_get_key (const IscCall *call, guint index);

/** isc_call_get_value: Returns: (transfer none): the value of argument @index */
const IscValue *isc_call_get_value (const IscCall *call, guint index);

/**
 * isc_call_dup_nested:
 * @call: a call whose arguments are calls: nn.Sequential(nn.Linear(4, 3), nn.ReLU())
 *
 * Returns: (transfer full) (element-type IscCall) (nullable): those calls; %NULL with
 *   ISC_ERROR_INVALID and the column of an argument that is none, or has a keyword
 */
GPtrArray *isc_call_dup_nested (const IscCall *call, GError **error);

/**
 * isc_call_to_text:
 *
 * Returns: (transfer full): the call in its canonical spelling, which parses to an equal call
 */
char *isc_call_to_text (const IscCall *call);

/** isc_value_to_text: Returns: (transfer full): a value in its canonical spelling */
char *isc_value_to_text (const IscValue *value);

/** isc_call_equal: Returns: whether both have the same canonical spelling */
gboolean isc_call_equal (const IscCall *a, const IscCall *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscCall, isc_call_unref)
