/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure-data.h"
#include "plot/marks/marks.h"

/* Which marks belong together.  A series has a name in the legend; its raw line, its band and its end
 * have none, but its colour.  For the files of this folder alone. */

/** isc_series_is_named: Returns: whether @mark has a name of its own in the legend that a person can
 *  hide it by */
gboolean isc_series_is_named (const IscMark *mark);

/** isc_series_find: Returns: (transfer none) (nullable): the name of the series that @mark belongs to:
 *  its own, or that of its colour in @panel, or else in @figure; ink belongs to nobody */
const char *isc_series_find (const IscFigure *figure, const IscPanel *panel, const IscMark *mark);
