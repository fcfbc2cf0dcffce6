/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "views/export-all.h"

G_BEGIN_DECLS

/**
 * IscExportJob:
 *
 * All figures on their way into a folder, on a thread of their own.
 */
typedef struct _IscExportJob IscExportJob;

/**
 * IscExportDone:
 * @report: what was written, whether all went well or not
 * @error: (nullable): what went wrong
 * @owner: the job's owner
 *
 * Called on the main thread at the end; not called if @owner is gone by then.
 */
typedef void (*IscExportDone) (const IscExportReport *report, const GError *error, gpointer owner);

/** isc_export_job_new: begins; @all is copied, and its objects are referenced; @owner: a weak
 * reference is kept.  Returns: (transfer full): the job */
IscExportJob *isc_export_job_new (const IscExportAll *all,
                                  const char *folder,
                                  IscExportDone done,
                                  GObject *owner);

/** isc_export_job_free: lets go of the job, which stops after the file that it is writing; it is
 * not waited for */
void isc_export_job_free (IscExportJob *job);

/** isc_export_job_cancel: stops it, which its end says */
void isc_export_job_cancel (IscExportJob *job);

/** isc_export_job_get_progress: Returns: the part of the figures that are done, 0 to 1 */
double isc_export_job_get_progress (IscExportJob *job);

/**
 * IscExportedOne:
 * @error: (nullable): what went wrong
 *
 * Called on the main thread at the end; not called if @owner is gone by then.
 */
typedef void (*IscExportedOne) (const GError *error, gpointer owner);

/** isc_export_one: isc_export_to_file() on a thread of its own: data by the million and pictures
 * for a wall take seconds.  @owner: a weak reference is kept */
void isc_export_one (IscFigure *figure,
                     const char *path,
                     const IscExportOptions *options,
                     IscExportedOne done,
                     GObject *owner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscExportJob, isc_export_job_free)

G_END_DECLS
