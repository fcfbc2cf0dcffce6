/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/entries.h"

/* The colours of weights in pictures. */

/**
 * isc_images_range:
 *
 * Where the colours of a tensor's picture end, either side of 0: at its largest magnitude or, where
 * that is not far beyond, at three root mean squares, so that a few extremes do not pale the rest.
 *
 * Returns: above 0; 0 if no weight is finite or all are 0: then the picture chooses
 */
double isc_images_range (const IscWeightEntry *entry);

/** isc_images_note: writes @note (nullable) over the picture of entry @index, not on it, where its
 *  title stands */
void isc_images_note (const IscEntries *entries, guint index, IscPanel *panel, const char *note);

/** isc_images_range_in_words: Returns: (transfer full) (nullable): what the caption says of colours
 *  that end before the largest weight */
char *isc_images_range_in_words (const IscEntries *entries);
