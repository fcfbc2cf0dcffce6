/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run.h"
#include "views/views.h"

/**
 * IscViewChoices:
 *
 * What the command line says of how a figure looks at its numbers, as it was written.
 */
typedef struct
{
  gboolean log_y;
  gboolean ccdf;
  gboolean no_kde;
  gboolean no_law;
  char *arrange;
  char *of_run;
  char *smooth;
  char *time;
  char *at;
  char *parameter;
} IscViewChoices;

/* clang-format off */

/** ISC_VIEW_ENTRIES: the options of how figures look, to be parsed by isc_options_parse() */
#define ISC_VIEW_ENTRIES(choices)                                                                  \
  { "log", 0, 0, G_OPTION_ARG_NONE, &(choices).log_y, "loss, learning-rate: a logarithmic axis",   \
    NULL },                                                                                        \
  { "smooth", 0, 0, G_OPTION_ARG_STRING, &(choices).smooth,                                        \
    "training: an exponential mean over the raw line; the weight of the past, as in 0.9 (0)",      \
    "WEIGHT" },                                                                                    \
  { "x", 0, 0, G_OPTION_ARG_STRING, &(choices).time,                                               \
    "training: drawn against step, epoch or seconds (step)", "TIME" },                             \
  { "of-run", 0, 0, G_OPTION_ARG_STRING, &(choices).of_run,                                        \
    "training: only this run, counted from 0, by parameter where there is the choice", "N" },      \
  { "at", 0, 0, G_OPTION_ARG_STRING, &(choices).at,                                                \
    "looks into the layers: the one at first, last or that step (first)", "STEP" },                \
  { "parameter", 0, 0, G_OPTION_ARG_STRING, &(choices).parameter,                                  \
    "weights-over-time: of this parameter, as in 2.weight (the first)", "NAME" },                  \
  { "arrange", 0, 0, G_OPTION_ARG_STRING, &(choices).arrange,                                      \
    "histogram of several schemes: overlay, ridges or multiples", "HOW" },                         \
  { "tail", 0, 0, G_OPTION_ARG_NONE, &(choices).ccdf,                                              \
    "ecdf: the share of weights above a value, on a logarithmic axis", NULL },                     \
  { "no-kde", 0, 0, G_OPTION_ARG_NONE, &(choices).no_kde,                                          \
    "histogram: without the density estimate", NULL },                                             \
  { "no-density", 0, 0, G_OPTION_ARG_NONE, &(choices).no_law,                                      \
    "histogram, ecdf, spectrum: without the law", NULL }

/* clang-format on */

/** isc_view_choices_clear: frees what the choices hold */
void isc_view_choices_clear (IscViewChoices *choices);

/**
 * isc_view_choices_read:
 * @experiment: (nullable): what is trained, for figures of training: its runs are counted
 * @options: (out): how @view looks at its numbers
 *
 * Returns: %FALSE with ISC_ERROR_INVALID naming the option at fault: its value is wrong, or @view
 *   does not heed it
 */
gboolean isc_view_choices_read (const IscViewChoices *choices,
                                const IscView *view,
                                const IscExperiment *experiment,
                                IscViewOptions *options,
                                GError **error);

/** isc_view_choices_find_parameter: sets the parameter of @options by its name in the runs of
 * @result; Returns: %FALSE with ISC_ERROR_INVALID naming those there are */
gboolean isc_view_choices_find_parameter (const IscViewChoices *choices,
                                          const IscResult *result,
                                          IscViewOptions *options,
                                          GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IscViewChoices, isc_view_choices_clear)
