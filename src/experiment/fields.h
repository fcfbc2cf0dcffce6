/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "catalog/catalog.h"

typedef enum
{
  ISC_FIELD_TEXT,
  ISC_FIELD_CALL,
  ISC_FIELD_CALLS,
  ISC_FIELD_INTEGER,
  ISC_FIELD_NUMBER,
  ISC_FIELD_BOOLEAN,
  ISC_FIELD_SEEDS,
  ISC_FIELD_SEED,
  ISC_FIELD_INITS,
  ISC_FIELD_SHAPE,
  ISC_FIELD_CHOICE,
  ISC_FIELD_PINS,
  ISC_FIELD_GROUP,
} IscFieldType;

/**
 * IscField:
 * @path: its path in the document, without indices: "batch_size", "inits", "weights.layer"
 * @type: what it holds
 * @label: its name in the window
 * @help: one sentence
 * @initial: (nullable): its default as JSON; %NULL if it is absent by default
 * @min: least value of a number
 * @max: greatest value of a number
 * @nullable: whether null is allowed
 * @choices: (nullable) (array zero-terminated): for a choice
 *
 * One row of the one table of fields.
 */
typedef struct
{
  const char *path;
  IscFieldType type;
  const char *label;
  const char *help;
  const char *initial;
  double min;
  double max;
  gboolean nullable;
  const char *const *choices;
} IscField;

/** isc_fields_get: Returns: (array length=n): the table */
const IscField *isc_fields_get (guint *n);

/** isc_fields_find: Returns: (nullable): the row with that path */
const IscField *isc_fields_find (const char *path);
