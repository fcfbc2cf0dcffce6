/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "plot/export.h"

G_BEGIN_DECLS

/**
 * IscLengthUnit:
 * @name: "px", "mm", "in", as the command line has it
 * @px: how many px, of which an inch has 96
 */
typedef struct
{
  const char *name;
  double px;
} IscLengthUnit;

/** isc_length_units_get: Returns: (array length=n): the list */
const IscLengthUnit *isc_length_units_get (guint *n);

/**
 * IscExportKind:
 * @name: "svg", the ending without its dot
 * @label: the same for people, marked for translation
 * @summary: what it is good for, likewise
 * @format: for isc_export_to_bytes()
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *summary;
  IscExportFormat format;
} IscExportKind;

/** isc_export_kinds_get: Returns: (array length=n): the list, those of figures before CSV */
const IscExportKind *isc_export_kinds_get (guint *n);

/**
 * IscExportChoice:
 * @kind: index of a kind of file
 * @unit: index of the unit that sizes are told in
 * @look: size and look; without a viewport, which no one remembers
 *
 * How a person exports.  A plain value.
 */
typedef struct
{
  guint kind;
  guint unit;
  IscExportOptions look;
} IscExportChoice;

/** isc_export_choice_load: @choice: (out): as it was the last time; @settings: (nullable) */
void isc_export_choice_load (IscExportChoice *choice, GSettings *settings);

/** isc_export_choice_save: remembers it; @settings: (nullable) */
void isc_export_choice_save (const IscExportChoice *choice, GSettings *settings);

/**
 * isc_export_choice_set:
 * @choice: (inout): what is not said stays
 * @options: an a{sv} with any of "width", "height" (d, in px), "dpi" (d), "theme" (s),
 * "transparent" (b) and "text" (s, "text" or "outlines")
 *
 * Returns: %FALSE with ISC_ERROR_INVALID naming the option at fault
 */
gboolean isc_export_choice_set (IscExportChoice *choice, GVariant *options, GError **error);

G_END_DECLS
