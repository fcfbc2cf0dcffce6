/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/layout-data.h"

/**
 * IscLegend:
 *
 * The labelled marks of a figure, each different look once, and where their names go: above the
 * panels, in rows, or in a column at the right; never on data.
 */
typedef struct _IscLegend IscLegend;

IscLegend *isc_legend_new  (const IscFigure *figure);
void       isc_legend_free (IscLegend *legend);

/** isc_legend_get_n_entries: Returns: how many names there are */
guint  isc_legend_get_n_entries (const IscLegend *legend);

/** isc_legend_get_rows_height: Returns: the height of the legend in rows of @width */
double isc_legend_get_rows_height (const IscLegend *legend, IscLayout *layout, IscTypesetter *typesetter,
                                   double width);

/** isc_legend_place_rows: places it in rows, the top left corner at (@x, @y) */
void   isc_legend_place_rows (const IscLegend *legend, IscLayout *layout, IscTypesetter *typesetter,
                              double x, double y, double width);

/** isc_legend_get_column_width: Returns: how wide it is as a column, at most @most */
double isc_legend_get_column_width (const IscLegend *legend, IscLayout *layout, IscTypesetter *typesetter,
                                    double most);

/** isc_legend_place_column: places it as a column; names for which @height has no room are counted in
 *  its last line */
void   isc_legend_place_column (const IscLegend *legend, IscLayout *layout, IscTypesetter *typesetter,
                                double x, double y, double width, double height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscLegend, isc_legend_free)
