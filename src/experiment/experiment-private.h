/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/ref-count.h"
#include "experiment/experiment.h"

/* The inside of an experiment, shared by the files of this folder and nobody else. */

/** The version of the document that this program writes, and the newest it reads. */
#define ISC_EXPERIMENT_VERSION 1

/** No document may be longer: 16 MiB. */
#define ISC_EXPERIMENT_MAX_BYTES (16 * 1024 * 1024)

/**
 * IscRule:
 * @call: (nullable): one scheme for all parameters of its kind
 * @names: (nullable) (element-type utf8): or parameter names, "*" for those not named
 * @calls: (nullable) (element-type IscCall): and the scheme of each, %NULL for as constructed
 *
 * An entry's weight or bias; all are %NULL if it is not given.
 */
typedef struct
{
  IscCall *call;
  GPtrArray *names;
  GPtrArray *calls;
} IscRule;

/**
 * IscInit:
 * @label: its label
 * @derived: whether the label follows from the rules, and changes with them
 *
 * An entry of inits.
 */
typedef struct
{
  char *label;
  gboolean derived;
  IscRule weight;
  IscRule bias;
} IscInit;

/**
 * IscPin:
 * @init: (nullable): the scheme; %NULL for as constructed
 * @color: a series index
 *
 * An entry of weights.pins.
 */
typedef struct
{
  IscCall *init;
  guint color;
} IscPin;

struct _IscExperiment
{
  IscRefCount ref_count;

  char *title;
  IscCall *data;
  GPtrArray *network;
  GPtrArray *inits;
  IscCall *loss;
  IscCall *optimizer;
  IscCall *schedule;
  gint64 batch_size;
  gboolean shuffle;
  gint64 epochs;
  gint64 steps;
  double clip_grad_norm;
  double clip_grad_value;
  double target_loss;
  gint64 observe_every;
  GArray *seeds;
  gboolean reseed;
  IscPytorch pytorch;

  IscWeightsTarget weights_target;
  IscShape weights_shape;
  GPtrArray *weights_modules;
  IscCall *weights_init;
  IscCall *weights_bias;
  gboolean weights_seed_given;
  guint64 weights_seed;
  guint weights_color;
  GArray *pins;

  IscFans fans;

  char *bins;
  char *range;
  guint stat;
  char *bandwidth;
  guint kernel;
};

/** isc_experiment_alloc: Returns: (transfer full): an experiment with nothing in it, to be filled
 * by its reader */
IscExperiment *isc_experiment_alloc (void);

/** isc_rule_is_given: Returns: whether @rule says anything */
gboolean isc_rule_is_given (const IscRule *rule);

/** isc_calls_new: Returns: (transfer full) (element-type IscCall): a list of calls that may hold
 * %NULL */
GPtrArray *isc_calls_new (void);

/** isc_init_new: Returns: (transfer full): an empty entry */
IscInit *isc_init_new (void);

/**
 * isc_json_parse:
 * @text: JSON, UTF-8
 * @length: its bytes, or -1
 *
 * Parses JSON strictly (no comments, one value) and safely (no more than 32 levels).  An integer
 * beyond 64 bits becomes a string of its digits, so that no digit is lost.
 *
 * Returns: (transfer full) (nullable): the tree; %NULL with ISC_ERROR_INVALID "line 3, column 7:
 * ..."
 */
JsonNode *isc_json_parse (const char *text, gssize length, GError **error);

/** isc_experiment_from_node: isc_experiment_from_json() for a parsed document */
IscExperiment *isc_experiment_from_node (JsonNode *node, GPtrArray *problems);

/**
 * isc_experiment_to_node:
 * @with_labels: whether an entry of inits that says nothing else gets its derived label
 *
 * Returns: (transfer full): the document as a tree, in the canonical order of keys
 */
JsonNode *isc_experiment_to_node (const IscExperiment *experiment, gboolean with_labels);

/** isc_json_to_text: Returns: (transfer full): a tree as one line of JSON, numbers in their
 * shortest form */
char *isc_json_to_text (JsonNode *node);

/** isc_rule_to_json: Returns: (transfer full): a rule, which has to be given, as one line of JSON
 */
char *isc_rule_to_json (const IscRule *rule);

/** isc_fields_nearest: Returns: (nullable): the key of group @prefix ("", "inits.", "weights.")
 * nearest to @key */
const char *isc_fields_nearest (const char *prefix, const char *key);
