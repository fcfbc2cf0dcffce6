/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/document.h"
#include "app/recovery.h"

G_BEGIN_DECLS

/**
 * IscAutosave:
 *
 * Keeps a document's unsaved changes in a file of the recovery folder, written on a thread of its
 * own two seconds after a change at the latest; gone when the document is saved, or nothing is
 * unsaved any more.
 */
typedef struct _IscAutosave IscAutosave;

/** IscAutosaveFailed: told of the first file that could not be written */
typedef void (*IscAutosaveFailed) (const GError *error, gpointer data);

IscAutosave *isc_autosave_new (IscDocument *document,
                               IscRecovery *recovery,
                               IscAutosaveFailed failed,
                               gpointer data);

/** isc_autosave_flush: writes what is unsaved now; Returns: whether it is safe */
gboolean isc_autosave_flush (IscAutosave *self);

/** isc_autosave_free: removes the file: what was not saved by now is given up */
void isc_autosave_free (IscAutosave *self);

G_END_DECLS
