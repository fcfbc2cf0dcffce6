/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"

/** isc_figure_count_data: Returns: how many data the marks of @figure hold, a row each */
gsize isc_figure_count_data (const IscFigure *figure);

/**
 * isc_figure_to_csv:
 * @figure: any figure
 *
 * The data behind @figure as one tidy table in UTF-8: a header, then a row a datum, panel by panel
 * and mark by mark in the order they were added.  What a mark does not have is an empty cell.
 *
 * - panel: its number, from 1
 * - title: the panel's title
 * - mark: the mark's number in its panel, from 1: what belongs together
 * - kind: bars, steps, line, band, points, rule, stem, end, image; or name
 * - label: what the legend calls the mark, of an end its words, of an image its name
 * - color: which of the series' colours it has, from 0, or none for ink: a raw line and the curve
 * over it, of which only one is in the legend, have the same
 * - x, y: where the datum is, in the units of the axes; of bars and steps the middle of the bin and
 * its height, of a cell its middle, of a rule the value on its axis alone
 * - low, high: of bars and steps the edges of the bin, along x; of a band its sides, along y
 * - row, column, value: of an image, from 0, and what the cell holds
 *
 * Where an axis has names instead of numbers, a row of kind name tells each name's x or y, in
 * label. Numbers are the shortest that read back the same, those of images as float32; what is not
 * finite is nan, inf or -inf.  Lines end with a newline alone.
 *
 * Cost O(data), of images O(cells), about 60 bytes a row.
 *
 * Returns: (transfer full) (nullable): the text; %NULL with ISC_ERROR_RESOURCE if there is no
 * memory for it, and never else
 */
GBytes *isc_figure_to_csv (const IscFigure *figure, GError **error);
