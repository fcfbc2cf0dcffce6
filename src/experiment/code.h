/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"

/** What there is to write: see code/plan.h. */
typedef struct _IscCodePlan IscCodePlan;

/**
 * IscCodeLanguage:
 * @id: its name on the command line: "pytorch"
 * @label: its name in the window: "PyTorch"
 * @write: appends a complete script
 *
 * A library of Python that an experiment's weights can be written for.
 */
typedef struct
{
  const char *id;
  const char *label;
  void (*write) (const IscCodePlan *plan, GString *text);
} IscCodeLanguage;

/** isc_code_languages_get: Returns: (array length=n): the list of languages */
const IscCodeLanguage *const *isc_code_languages_get (guint *n);

/** isc_code_language_find: Returns: (transfer none): the language; %NULL with ISC_ERROR_INVALID,
 * naming those there are */
const IscCodeLanguage *isc_code_language_find (const char *id, GError **error);

/**
 * isc_code_new:
 * @experiment: its weights section or, without one, its network under every entry of inits
 * @language: what to write it in
 * @error: return location
 *
 * A Python script that makes the same choice: PyTorch's gives the same numbers where the scheme is
 * PyTorch's, the others the same laws.  Comments say which.
 *
 * Returns: (transfer full) (nullable): the script, ending in a newline; %NULL with
 *   ISC_ERROR_INVALID, as for the weights themselves, if a scheme cannot fill its weight
 */
char *
isc_code_new (const IscExperiment *experiment, const IscCodeLanguage *language, GError **error);
