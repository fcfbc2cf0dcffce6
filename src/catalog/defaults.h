/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscDocumented:
 * @ISC_DOCUMENTED_BOUND: uniform between ± a bound
 * @ISC_DOCUMENTED_STD: a standard deviation
 * @ISC_DOCUMENTED_VALUES: fixed values
 *
 * What a library's documentation tells of a tensor.
 */
typedef enum
{
  ISC_DOCUMENTED_BOUND,
  ISC_DOCUMENTED_STD,
  ISC_DOCUMENTED_VALUES,
} IscDocumented;

/**
 * IscDefault:
 * @module: the layer, as a call of the catalog: "Linear(784, 256)"
 * @parameter: which of its parameters, by PyTorch's name
 * @name: what the library calls both: "Dense(256).kernel"
 * @scheme: (nullable): the call of the scheme; %NULL for what PyTorch's layer does by itself
 * @rule: the rule as the documentation has it
 * @documented: what the number below is
 * @square: the square of the bound or of the standard deviation
 * @low: the smallest of the values
 * @high: the greatest of the values
 *
 * What a library does with one tensor if one does nothing.  The number is written down from the
 * documentation, not computed by the catalog: it is there to be compared.
 */
typedef struct
{
  const char *module;
  const char *parameter;
  const char *name;
  const char *scheme;
  const char *rule;
  IscDocumented documented;
  double square;
  double low;
  double high;
} IscDefault;

/**
 * IscDefaultLibrary:
 * @id: its name on the command line: "pytorch"
 * @label: its name on a figure: "PyTorch"
 * @source: where the rules are from
 * @defaults: (array length=n_defaults): its layers, parameter by parameter
 *
 * A library's defaults.
 */
typedef struct
{
  const char *id;
  const char *label;
  const char *source;
  const IscDefault *defaults;
  guint n_defaults;
} IscDefaultLibrary;

/** isc_default_libraries_get: Returns: (array length=n): the list of libraries */
const IscDefaultLibrary *isc_default_libraries_get (guint *n);

/** isc_default_library_find: Returns: (transfer none): the library; %NULL with ISC_ERROR_INVALID,
 * naming those there are */
const IscDefaultLibrary *isc_default_library_find (const char *id, GError **error);
