/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cli/command.h"
#include "experiment/experiment.h"

/**
 * isc_options_parse:
 * @command: whose options these are
 * @entries: the options, as GOption has them
 * @argc: (inout): how many words are left
 * @argv: (inout): the words; options are taken out
 * @max_words: how many words that are no options are allowed
 *
 * Parses a command's options and prints its help when asked.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID; or %FALSE without an error after --help
 */
gboolean isc_options_parse (const IscCommand *command,
                            const GOptionEntry *entries,
                            int *argc,
                            char ***argv,
                            int max_words,
                            GError **error);

/**
 * IscWeightsOptions:
 *
 * The options that say which weights to make; shared by "weights", "code" and "export".
 */
typedef struct
{
  char *tensor;
  char *layer;
  char *network;
  char *init;
  char *bias;
  char *seed;
  char *bins;
  char *bandwidth;
  char *range;
  char *stat;
  char *kernel;
  char *fans;
  char *pytorch;
  char **pins;
} IscWeightsOptions;

/* clang-format off */

/** ISC_TEXT_OPTION: an entry of a table of options: @variable: a char * */
#define ISC_TEXT_OPTION(name, variable, help, word) \
  { name, 0, 0, G_OPTION_ARG_STRING, &(variable), help, word }

/** ISC_WEIGHTS_MADE_ENTRIES: the entries for @options that say which weights to make */
#define ISC_WEIGHTS_MADE_ENTRIES(options)                                                                  \
  ISC_TEXT_OPTION ("tensor", (options).tensor,                                                             \
                   "A bare tensor of this shape, as in 256,784", "SHAPE"),                                 \
  ISC_TEXT_OPTION ("layer", (options).layer, "A layer, as in 'Linear(784, 256)'", "CALL"),                 \
  ISC_TEXT_OPTION ("network", (options).network,                                                           \
                   "A network, as in 'Linear(10, 64), ReLU(), Linear(64, 3)'", "CALLS"),                   \
  ISC_TEXT_OPTION ("init", (options).init,                                                                 \
                   "The weights' scheme, as in 'kaiming_normal_()'", "CALL"),                              \
  ISC_TEXT_OPTION ("bias", (options).bias, "The biases' scheme", "CALL"),                                  \
  ISC_TEXT_OPTION ("seed", (options).seed, "The seed (0)", "N"),                                           \
  ISC_TEXT_OPTION ("fans", (options).fans,                                                                 \
                   "How fans are counted: pytorch or corrected (pytorch)", "COUNT"),                       \
  ISC_TEXT_OPTION ("pytorch", (options).pytorch, "Whose numbers: 2.12 or 2.11 (2.12)", "VERSION")

/** ISC_WEIGHTS_ENTRIES: those and what they are compared with and counted by */
#define ISC_WEIGHTS_ENTRIES(options)                                                                       \
  ISC_WEIGHTS_MADE_ENTRIES (options),                                                                      \
  { "pin", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(options).pins,                                               \
    "Compare with this scheme too; may be given several times", "CALL" },                                  \
  ISC_TEXT_OPTION ("bins", (options).bins,                                                                 \
                   "The histogram's bins: a rule, a count or width=0.01 (auto)", "RULE"),                  \
  ISC_TEXT_OPTION ("bandwidth", (options).bandwidth,                                                       \
                   "The density estimate's bandwidth: a rule or a number (scott)", "RULE"),                \
  ISC_TEXT_OPTION ("range", (options).range,                                                               \
                   "The histogram's range: auto, two bounds as in '-0.1, 0.1', or 'clip 0.01' (auto)",       \
                   "RANGE"),                                                                               \
  ISC_TEXT_OPTION ("stat", (options).stat,                                                                 \
                   "What bars say: density, count, probability or percent (density)", "STAT"),             \
  ISC_TEXT_OPTION ("kernel", (options).kernel,                                                             \
                   "The density estimate's kernel: gaussian or epanechnikov (gaussian)", "KERNEL")

/* clang-format on */

/** isc_weights_options_clear: frees what the options hold */
void isc_weights_options_clear (IscWeightsOptions *options);

/** isc_weights_options_any: Returns: whether --tensor, --layer or --network is given */
gboolean isc_weights_options_any (const IscWeightsOptions *options);

/**
 * isc_weights_options_to_experiment:
 * @base: (nullable): the experiment to begin with; without one the options have to say a shape
 *
 * Returns: (transfer full) (nullable): the experiment whose weights section the options describe;
 * %NULL with ISC_ERROR_INVALID naming the option at fault
 */
IscExperiment *isc_weights_options_to_experiment (const IscWeightsOptions *options,
                                                  IscExperiment *base,
                                                  GError **error);

/**
 * isc_options_to_defaults:
 * @settings: (nullable): each "KEY=VALUE" is applied first
 *
 * Returns: (transfer full) (nullable): the experiment that a library's defaults are made with: its
 * seed and how weights are counted; %NULL with ISC_ERROR_INVALID, also for options that say which
 * weights to make
 */
IscExperiment *
isc_options_to_defaults (const IscWeightsOptions *options, char **settings, GError **error);

/**
 * isc_options_load_experiment:
 * @name: a file, an experiment or a figure with one inside, "-" for standard input, or the name of
 * a built-in example
 *
 * Returns: (transfer full) (nullable): the experiment
 */
IscExperiment *isc_options_load_experiment (const char *name, GError **error);

/** isc_options_apply_settings: applies each "KEY=VALUE" of @settings in turn */
IscExperiment *
isc_options_apply_settings (IscExperiment *experiment, char **settings, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IscWeightsOptions, isc_weights_options_clear)
