/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/hit.h"

/* What a datum says, in words as fine as the axes are on the screen: two data that stand a pixel
 * apart read differently, and what is whole reads whole.  A name where an axis has names. */

/** isc_readout_value: Returns: (transfer full): @value on that axis */
char *isc_readout_value (const IscLayout *layout, guint panel, IscAxisSide side, double value);

/** isc_readout_text: Returns: (transfer full): what stands beside the datum: "histogram\n0.05, 7.9"
 */
char *isc_readout_text (const IscLayout *layout, const IscHit *hit);

/** isc_readout_sentence: Returns: (transfer full): the same to be spoken, with the axes' titles:
 *  "histogram, weight 0.05, density 7.9" */
char *isc_readout_sentence (const IscLayout *layout, const IscHit *hit);

/**
 * isc_readout_difference:
 * @a: a datum
 * @b: another of the same panel
 *
 * Returns: (transfer full): a line each for how far @b is from @a along x and along y, for the
 * ratio of their values and, where both axes are of one kind, for the slope between them; NULL for
 * cells of an image
 */
char *isc_readout_difference (const IscLayout *layout, const IscHit *a, const IscHit *b);
