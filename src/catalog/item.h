/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <glib/gi18n.h>

#include "base/call.h"
#include "base/tensor.h"

/**
 * IscParameterType:
 * @ISC_PARAMETER_NUMBER: a number in [min, max]
 * @ISC_PARAMETER_INTEGER: a whole number in [min, max]
 * @ISC_PARAMETER_BOOLEAN: True or False
 * @ISC_PARAMETER_CHOICE: one of a list of strings
 * @ISC_PARAMETER_PAIR: a tuple of two numbers, each in [min, max]
 * @ISC_PARAMETER_NUMBERS: a number or a tuple of any length, each in [min, max]
 * @ISC_PARAMETER_SHAPE: a whole number or a tuple of them, each in [min, max], or one of a list of
 *   strings if there is one
 * @ISC_PARAMETER_SEED: a seed of 64 bits, or None
 * @ISC_PARAMETER_FILE: a file's path
 * @ISC_PARAMETER_TEXT: any text of [min, max] bytes
 * @ISC_PARAMETER_COLUMN: a column of a table: its name or its number
 * @ISC_PARAMETER_MODULES: calls of modules: all that a call gives by position, as *modules in
 *   Python, or one nn.Sequential(...) of them; only as the first parameter
 */
typedef enum
{
  ISC_PARAMETER_NUMBER,
  ISC_PARAMETER_INTEGER,
  ISC_PARAMETER_BOOLEAN,
  ISC_PARAMETER_CHOICE,
  ISC_PARAMETER_PAIR,
  ISC_PARAMETER_NUMBERS,
  ISC_PARAMETER_SHAPE,
  ISC_PARAMETER_SEED,
  ISC_PARAMETER_FILE,
  ISC_PARAMETER_TEXT,
  ISC_PARAMETER_COLUMN,
  ISC_PARAMETER_MODULES,
} IscParameterType;

/**
 * IscParameter:
 * @name: its name in a call
 * @type: what it may hold
 * @initial: its default as it would be written in a call; %NULL if it must be given
 * @min: the least value
 * @max: the greatest value
 * @above_min: whether @min itself is excluded
 * @choices: (array zero-terminated): for a choice; (nullable) for a shape; for a file, how its name
 *   may end, which no call is held to
 * @help: one sentence
 *
 * One parameter of a catalog item.
 */
typedef struct
{
  const char *name;
  IscParameterType type;
  const char *initial;
  double min;
  double max;
  gboolean above_min;
  const char *const *choices;
  const char *help;
} IscParameter;

/**
 * IscItem:
 * @id: its name in a call expression; it is in saved files and never changes
 * @label: its name in the window and on figures
 * @summary: one sentence: what it is for
 * @formula: its formula in plain text
 * @citation: where it is from
 * @caution: (nullable): what breaks it
 * @parameters: (array length=n_parameters): what a call may give, in positional order
 *
 * The head of every descriptor in the catalog.  Always the first member, so that a list of items
 * can be walked whatever their kind.  Static and constant.  Words that the window shows are marked
 * with N_(); it translates them there.
 */
typedef struct
{
  const char *id;
  const char *label;
  const char *summary;
  const char *formula;
  const char *citation;
  const char *caution;
  const IscParameter *parameters;
  guint n_parameters;
} IscItem;

/** Fills the two members @parameters and @n_parameters from an array. */
#define ISC_PARAMETERS(array) .parameters = (array), .n_parameters = G_N_ELEMENTS (array)

/**
 * IscArguments:
 *
 * The arguments of one call to one item, complete with defaults and checked against the item's
 * types and ranges.  Immutable, reference-counted.
 */
typedef struct _IscArguments IscArguments;

/**
 * isc_arguments_new:
 * @item: the item called
 * @call: a call with the item's name
 *
 * Returns: (transfer full) (nullable): the arguments; %NULL with ISC_ERROR_INVALID and one sentence
 *   that names the parameter and what is allowed
 */
IscArguments *isc_arguments_new (const IscItem *item, const IscCall *call, GError **error);
IscArguments *isc_arguments_ref (IscArguments *arguments);
void isc_arguments_unref (IscArguments *arguments);

/** isc_arguments_get_item: Returns: (transfer none): the item they belong to */
const IscItem *isc_arguments_get_item (const IscArguments *arguments);

/** isc_arguments_is_none: Returns: whether parameter @name is None */
gboolean isc_arguments_is_none (const IscArguments *arguments, const char *name);

double isc_arguments_number (const IscArguments *arguments, const char *name);
gint64 isc_arguments_integer (const IscArguments *arguments, const char *name);
gboolean isc_arguments_boolean (const IscArguments *arguments, const char *name);

/** isc_arguments_text: Returns: (transfer none) (nullable): a choice or a path; %NULL for numbers
 */
const char *isc_arguments_text (const IscArguments *arguments, const char *name);

/** isc_arguments_pair: @pair: (out) (array fixed-size=2): a tuple of two numbers */
void isc_arguments_pair (const IscArguments *arguments, const char *name, double pair[2]);

/** isc_arguments_n_items: Returns: how many numbers there are: 1 if no tuple, 0 for None */
guint isc_arguments_n_items (const IscArguments *arguments, const char *name);

/** isc_arguments_item: Returns: number @index; a single number is every one of them */
double isc_arguments_item (const IscArguments *arguments, const char *name, guint index);

/** isc_arguments_shape: Returns: a shape; a single number is a shape of one dimension */
IscShape isc_arguments_shape (const IscArguments *arguments, const char *name);

/** isc_arguments_seed: Returns: a seed; only if it is not None */
guint64 isc_arguments_seed (const IscArguments *arguments, const char *name);

/** isc_arguments_modules: Returns: (transfer none) (element-type IscCall): the modules that the
 * call gives; empty for an item that takes none */
GPtrArray *isc_arguments_modules (const IscArguments *arguments);

/**
 * isc_arguments_value_text:
 *
 * Returns: (transfer full): the value of parameter @index as it is written in a call
 */
char *isc_arguments_value_text (const IscArguments *arguments, guint index);

/**
 * isc_call_with_argument:
 * @call: a call of @item
 * @name: a parameter
 * @value: (nullable): its new value as written in a call; %NULL or the default leaves it out
 *
 * Returns: (transfer full) (nullable): @call with that one argument changed, spelled with the
 *   required parameters by position and the others by name; %NULL with ISC_ERROR_INVALID if @value
 * is not allowed
 */
IscCall *isc_call_with_argument (
    const IscItem *item, const IscCall *call, const char *name, const char *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscArguments, isc_arguments_unref)
