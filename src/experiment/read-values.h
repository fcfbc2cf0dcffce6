/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/call.h"
#include "base/tensor.h"
#include "catalog/catalog.h"
#include "experiment/fields.h"

/* Readers of one value, for the files of this folder.  Each takes the value and its path, adds what is
 * wrong to the problems and returns something harmless, so that all problems come out at once. */

gboolean isc_json_is_text    (JsonNode *node);
gboolean isc_json_is_integer (JsonNode *node);
gboolean isc_json_is_number  (JsonNode *node);

/** isc_read_refuse: adds the problem "should be WANTED, and is VALUE" */
void isc_read_refuse (GPtrArray *problems, const char *path, JsonNode *node, const char *wanted);

/** isc_read_text: Returns: (transfer full): a text of at most @max characters, on one line */
char *isc_read_text (GPtrArray *problems, JsonNode *node, const char *path, glong max);

/** isc_read_integer: Returns: an integer in the field's range; 0 for null, if the field allows it */
gint64   isc_read_integer (GPtrArray *problems, JsonNode *node, const char *path, const IscField *field);
gboolean isc_read_boolean (GPtrArray *problems, JsonNode *node, const char *path);

/** isc_read_seed: Returns: whether @seed was set: an integer, or its digits as a text */
gboolean isc_read_seed (GPtrArray *problems, JsonNode *node, const char *path, guint64 *seed);

/** isc_read_choice: Returns: which of the field's choices */
guint isc_read_choice (GPtrArray *problems, JsonNode *node, const char *path, const IscField *field);

/** isc_read_shape: sets @shape, which is empty, from a list of extents that fit a tensor */
void isc_read_shape (GPtrArray *problems, JsonNode *node, const char *path, IscShape *shape);

/** isc_read_call: Returns: (transfer full) (nullable): a call that the catalog can bind; %NULL also for null */
IscCall *isc_read_call (GPtrArray *problems, JsonNode *node, const char *path, IscKind kind,
                        gboolean nullable);

/** isc_read_modules: appends to @modules the calls of a list, or of one pasted text */
void isc_read_modules (GPtrArray *problems, JsonNode *node, const char *path, GPtrArray *modules);

/** isc_read_member: Returns: (transfer full) (nullable): the member at @key, or the default of field @path */
JsonNode *isc_read_member (JsonObject *object, const char *key, const char *path);

/** isc_read_check_keys: complains of keys that are not fields beginning with @prefix; @what names the object */
void isc_read_check_keys (GPtrArray *problems, JsonObject *object, const char *prefix, const char *path,
                          const char *what);
