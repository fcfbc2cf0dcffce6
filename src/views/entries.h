/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/weights.h"
#include "plot/figure.h"
#include "views/views.h"

/* What the views of weights have in common: which tensors they show, and the words around them. */

/** More panels would be too small to read. */
#define ISC_ENTRIES_MOST 12

/**
 * IscEntries:
 * @weights: whose
 * @shown: (element-type IscWeightEntry): what is shown
 * @n_candidates: how many there are of the kind that is shown
 * @compared: they are one weight under several schemes, each with its colour
 *
 * The tensors that a view shows.
 */
typedef struct
{
  IscWeights *weights;
  GPtrArray *shown;
  guint n_candidates;
  gboolean compared;
} IscEntries;

/**
 * isc_entries_new:
 * @tensor: (nullable): only tensors of this name
 * @most: how many at most, 1..%ISC_ENTRIES_MOST
 *
 * Chooses what to show of @weights: tensors with statistics, no biases where there are weights;
 * where schemes are pinned, these and the weight that they are compared with.
 *
 * Returns: (transfer full): the entries
 */
IscEntries *isc_entries_new (IscWeights *weights, const char *tensor, guint most);
void isc_entries_free (IscEntries *entries);

guint isc_entries_get_n (const IscEntries *entries);
const IscWeightEntry *isc_entries_get (const IscEntries *entries, guint index);

/** isc_entries_style: Returns: the look of entry @index: its colour, dash and marker */
IscStyle isc_entries_style (const IscEntries *entries, guint index);

/**
 * isc_entries_head:
 * @view: "Q–Q plot"
 * @lead: (nullable): what the subtitle begins with
 *
 * Gives @figure its title, subtitle, experiment and, to begin with, its summary; a compact one is
 * titled by @view alone.
 *
 * Returns: %FALSE if there is nothing to show, which the figure then says
 */
gboolean isc_entries_head (const IscEntries *entries,
                           IscFigure *figure,
                           const IscViewOptions *options,
                           const char *view,
                           const char *lead);

/** isc_entries_caption: gives @figure its caption: the scheme, the count, @how, and whose numbers
 */
void isc_entries_caption (const IscEntries *entries,
                          IscFigure *figure,
                          const IscViewOptions *options,
                          const char *how);

/** isc_entries_whose: Returns: (transfer full): whose numbers @shown, (element-type
 * IscWeightEntry), are: "PyTorch 2.12 · Keras's and JAX's laws, our own random numbers" */
char *isc_entries_whose (GPtrArray *shown, const IscExperiment *experiment);

/** isc_entries_panel_title: titles the panel of entry @index where there are several; @extra:
 *  (nullable): a number that matters */
void isc_entries_panel_title (const IscEntries *entries,
                              guint index,
                              IscPanel *panel,
                              const char *extra);

/** isc_entry_note: Returns: (transfer full) (nullable): what is odd about a tensor, in words: not
 *  finite, all equal, one weight */
char *isc_entry_note (const IscWeightEntry *entry);

/** isc_entry_is_given: Returns: whether no scheme made it */
gboolean isc_entry_is_given (const IscWeightEntry *entry);

/** isc_entry_get_noun: Returns: what one number of it is: "weight" or "bias" */
const char *isc_entry_get_noun (const IscWeightEntry *entry);

/** isc_entry_get_rows: Returns: rows of the tensor as a matrix: its first dimension against all
 *  others; 1 if it has fewer than two */
gsize isc_entry_get_rows (const IscWeightEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscEntries, isc_entries_free)
