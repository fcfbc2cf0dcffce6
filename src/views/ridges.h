/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/observation.h"
#include "plot/figure.h"

/** Rows that are told apart in a panel for itself, and in one of several. */
#define ISC_RIDGES_MOST 12
#define ISC_RIDGES_MOST_SMALL 8

/**
 * IscRidges:
 *
 * Observed histograms one above another on one axis, the first on top.
 */
typedef struct _IscRidges IscRidges;

IscRidges *isc_ridges_new (void);
void isc_ridges_free (IscRidges *ridges);

/** isc_ridges_add: adds a row; @spread stays the caller's and must live as long; @name: what it is
 * of */
void isc_ridges_add (IscRidges *ridges, const IscSpread *spread, const char *name);

guint isc_ridges_get_n (const IscRidges *ridges);

/** isc_ridges_thin: keeps at most @most rows: the first, the last and some between, evenly */
void isc_ridges_thin (IscRidges *ridges, guint most);

/** isc_ridges_agree: Returns: whether the rows of @n ridges are about as wide as each other, so
 * that one axis shows them all */
gboolean isc_ridges_agree (IscRidges *const *ridges, guint n);

/** isc_ridges_are_cut: Returns: whether the bin with 0 in it goes beyond a row's height */
gboolean isc_ridges_are_cut (const IscRidges *ridges);

/**
 * isc_ridges_fill:
 * @style: the rows' colour
 * @own_units: in standard deviations of each row instead of the values' unit
 *
 * Draws each row as high as another, with its standard deviation beside its name.  A row of equal
 * values is a stem; one without a finite value is named so and empty.  Where zeros, as
 * a rectifier makes them, would squash the rest, their bin is cut.
 */
void isc_ridges_fill (const IscRidges *ridges,
                      IscPanel *panel,
                      const IscStyle *style,
                      gboolean own_units);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscRidges, isc_ridges_free)
