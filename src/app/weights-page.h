/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document.h"
#include "app/plot-view.h"
#include "plot/figure.h"
#include "views/views.h"

G_BEGIN_DECLS

#define ISC_TYPE_WEIGHTS_PAGE (isc_weights_page_get_type ())
G_DECLARE_FINAL_TYPE (IscWeightsPage, isc_weights_page, ISC, WEIGHTS_PAGE, AdwBin)

/**
 * IscWeightsPage:
 *
 * A layer, a scheme, its weights: the controls that edit the document's weights section, a figure,
 * and the statistics.
 */

/** isc_weights_page_set_document: @document: what the page edits; once */
void isc_weights_page_set_document (IscWeightsPage *self, IscDocument *document);

/** isc_weights_page_get_figure: Returns: (transfer none) (nullable): the figure shown, if it is of
 * the current experiment */
IscFigure *isc_weights_page_get_figure (IscWeightsPage *self);

/** isc_weights_page_set_window_width: the sidebar becomes as much wider as the person's letters are
 * larger than usual, if @width has room for that */
void isc_weights_page_set_window_width (IscWeightsPage *self, int width);

/** isc_weights_page_get_flap: Returns: (transfer none): the sidebar's flap */
AdwFlap *isc_weights_page_get_flap (IscWeightsPage *self);

/** isc_weights_page_dup_file_name: Returns: (transfer full): a name for the figure's file, without
 * an ending: "kaiming-normal_784x256_seed42" */
char *isc_weights_page_dup_file_name (IscWeightsPage *self);

/** isc_weights_page_get_plot: Returns: (transfer none): where the figure is shown */
IscPlotView *isc_weights_page_get_plot (IscWeightsPage *self);

/** isc_weights_page_get_statistics: Returns: (transfer full): the statistics as tab-separated text,
 * a line each */
char *isc_weights_page_get_statistics (IscWeightsPage *self);

/** isc_weights_page_choose_view: chooses the figure, as a person would: "histogram", "qq" */
void isc_weights_page_choose_view (IscWeightsPage *self, const char *id);

/** isc_weights_page_get_view: Returns: (transfer none): what the figure is */
const IscView *isc_weights_page_get_view (IscWeightsPage *self);

/** isc_weights_page_get_options: Returns: how the figure is looked at */
IscViewOptions isc_weights_page_get_options (IscWeightsPage *self);

/** isc_weights_page_get_weights: Returns: (transfer none) (nullable): the weights shown, if they
 * are of the current experiment or of a file and not a library's */
IscWeights *isc_weights_page_get_weights (IscWeightsPage *self);

/**
 * isc_weights_page_open:
 * @path: a .npy, .npz or .safetensors file
 *
 * Shows a file's weights in place of the document's, until those change or the file is closed.
 *
 * Returns: %FALSE with an error, as isc_weights_file_read() has it
 */
gboolean isc_weights_page_open (IscWeightsPage *self, const char *path, GError **error);

/**
 * isc_weights_page_open:
 * @path: a .npy, .npz or .safetensors file
 *
 * Shows a file's weights in place of the document's, until those change or the file is closed.
 *
 * Returns: %FALSE with an error, as isc_weights_file_read() has it
 */
gboolean isc_weights_page_open (IscWeightsPage *self, const char *path, GError **error);

/** isc_weights_page_save: writes the weights shown, without those they are compared with, to a file
 * whose ending chooses the format */
gboolean isc_weights_page_save (IscWeightsPage *self, const char *path, GError **error);

/** isc_weights_page_find: Returns: (transfer none): a control by its name: "shape", "seed",
 * "layer", "scheme", "bias", "pins", "statistics", "status", "figure-menu", or a field's path:
 * "bins", "bandwidth", "stat" */
GtkWidget *isc_weights_page_find (IscWeightsPage *self, const char *name);

G_END_DECLS
