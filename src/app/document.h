/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "experiment/experiment.h"

G_BEGIN_DECLS

#define ISC_TYPE_DOCUMENT (isc_document_get_type ())
G_DECLARE_FINAL_TYPE (IscDocument, isc_document, ISC, DOCUMENT, GObject)

/**
 * IscDocument:
 *
 * What a window edits: the current experiment, those before it (undo) and after it (redo), and the
 * file it belongs to.  Emits "changed" when the experiment is another one, and "state-changed" when
 * the file, the modified state or what can be undone may have changed.
 */
IscDocument *isc_document_new (IscExperiment *experiment);

/** isc_document_get_experiment: Returns: (transfer none): the current experiment */
IscExperiment *isc_document_get_experiment (IscDocument *self);

/**
 * isc_document_edit:
 * @path: a field, as isc_experiment_edit() has it
 * @value: (nullable): its new value
 * @gesture: (nullable): edits with the same gesture shortly after each other are one step of undo,
 * as in a drag; %NULL for a step of its own
 *
 * Returns: %FALSE with ISC_ERROR_INVALID; the experiment then stays as it is
 */
gboolean isc_document_edit (
    IscDocument *self, const char *path, const char *value, const char *gesture, GError **error);

/** isc_document_insert: inserts an element into a list, as isc_experiment_insert() has it */
gboolean isc_document_insert (
    IscDocument *self, const char *path, guint index, const char *value, GError **error);

/** isc_document_take: makes @experiment (transfer full) the current one, as one step of undo */
void isc_document_take (IscDocument *self, IscExperiment *experiment, const char *gesture);

/** isc_document_show: shows @experiment (transfer full), which belongs to no file, as one step of
 * undo; it counts as modified only if there was unsaved work before it */
void isc_document_show (IscDocument *self, IscExperiment *experiment);

/** isc_document_hold: @held: whether a button of the pointer is down; what is edited between press
 * and release is one gesture, however long it rests, and none with what came before or comes after
 */
void isc_document_hold (IscDocument *self, gboolean held);

gboolean isc_document_can_undo (IscDocument *self);
gboolean isc_document_can_redo (IscDocument *self);
void isc_document_undo (IscDocument *self);
void isc_document_redo (IscDocument *self);

/** isc_document_is_modified: Returns: whether the experiment differs from what was last saved or
 * opened */
gboolean isc_document_is_modified (IscDocument *self);

/** isc_document_get_path: Returns: (nullable): the file's path */
const char *isc_document_get_path (IscDocument *self);

/** isc_document_open: replaces everything by what is in a file, an experiment or a figure with one
 * inside, which leaves the document without a path; on error nothing changes */
gboolean isc_document_open (IscDocument *self, const char *path, GError **error);

/** isc_document_recover: replaces everything by @experiment (transfer full), which belongs to the
 * file at @path (nullable) and was not saved */
void isc_document_recover (IscDocument *self, IscExperiment *experiment, const char *path);

/** isc_document_save: writes to @path, which becomes the document's file */
gboolean isc_document_save (IscDocument *self, const char *path, GError **error);

G_END_DECLS
