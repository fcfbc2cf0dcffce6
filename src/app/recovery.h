/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"

G_BEGIN_DECLS

/**
 * IscRecovery:
 *
 * The folder where experiments are kept that are not saved yet, as one process sees it.  The names
 * of a process's files begin with an id of its own, which it holds by a lock that the kernel lets
 * go of however the process ends: files whose id nobody holds are left over.
 */
typedef struct _IscRecovery IscRecovery;

/**
 * IscRecovered:
 * @path: the file it was kept in, to be removed when it is safe elsewhere
 * @document: (nullable): the file it belongs to; %NULL if it never had one
 * @experiment: what was not saved
 */
typedef struct
{
  char *path;
  char *document;
  IscExperiment *experiment;
} IscRecovered;

/**
 * isc_recovery_new:
 * @folder: where to keep them; made if it is not there
 *
 * Returns: (transfer full) (nullable): the folder; %NULL with ISC_ERROR_IO if nothing can be kept
 *   there
 */
IscRecovery *isc_recovery_new (const char *folder, GError **error);

/** isc_recovery_free: lets go of all that this process held; the files stay */
void isc_recovery_free (IscRecovery *self);

/** isc_recovery_dup_path: Returns: (transfer full): a file for one document more */
char *isc_recovery_dup_path (IscRecovery *self);

/**
 * isc_recovery_find:
 *
 * Takes over what processes that have ended left behind; other processes don't find it then, until
 * this one ends.  Files that can't be read are left alone.
 *
 * Returns: (transfer full) (element-type IscRecovered): what there is, oldest first
 */
GPtrArray *isc_recovery_find (IscRecovery *self);

/** isc_recovery_write: @document: (nullable): the file that @experiment belongs to.  Writes @path
 * whole or not at all.  Safe from any thread. */
gboolean isc_recovery_write (const char *path,
                             const IscExperiment *experiment,
                             const char *document,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscRecovery, isc_recovery_free)

G_END_DECLS
