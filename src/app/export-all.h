/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/export-job.h"
#include "app/window.h"

G_BEGIN_DECLS

/**
 * IscExportAllChoice:
 * @every_page: figures of all pages, not of the page in front alone
 * @kind: index of a kind in isc_export_all_kinds()
 * @data: the data behind each figure too
 * @look: their size and look
 *
 * How a person exports everything.  A plain value.
 */
typedef struct
{
  gboolean every_page;
  guint kind;
  gboolean data;
  IscExportOptions look;
} IscExportAllChoice;

/**
 * IscExportAllKind:
 * @name: "svg", "pages"
 * @label: the same for people, marked for translation
 */
typedef struct
{
  const char *name;
  const char *label;
  IscExportFormat format;
  gboolean pages;
} IscExportAllKind;

/** isc_export_all_kinds: Returns: (array length=n): the list */
const IscExportAllKind *isc_export_all_kinds (guint *n);

/** isc_export_all_choice_load: @choice: (out): as it was the last time; @settings: (nullable) */
void isc_export_all_choice_load (IscExportAllChoice *choice, GSettings *settings);

/** isc_export_all_choice_save: remembers it; @settings: (nullable) */
void isc_export_all_choice_save (const IscExportAllChoice *choice, GSettings *settings);

/** isc_export_all_choice_set: @options: an a{sv} with any of "format" (s), "data", "every-page" (b)
 * and those of isc_export_choice_set(); Returns: %FALSE with ISC_ERROR_INVALID */
gboolean isc_export_all_choice_set (IscExportAllChoice *choice, GVariant *options, GError **error);

/**
 * isc_export_all_collect:
 * @all: (out): what @window has to export; valid as long as @items and the window's numbers are
 * @items: (element-type IscExportItem): filled; figures that are on the screen are looked at as
 * there
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if no figure is finished
 */
gboolean isc_export_all_collect (IscWindow *window,
                                 const IscExportAllChoice *choice,
                                 IscExportAll *all,
                                 GArray *items,
                                 GError **error);

G_END_DECLS
