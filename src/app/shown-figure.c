/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/shown-figure.h"

#include "plot/export.h"

/* "loss_4-schemes_seed42" */
static char *
name_training (const IscView *view, IscExperiment *experiment)
{
  guint n_inits = isc_experiment_get_n_inits (experiment);
  guint n_seeds = isc_experiment_get_n_seeds (experiment);
  g_autofree char *seed = n_seeds == 1 ? g_strdup_printf ("seed%" G_GUINT64_FORMAT,
                                                          isc_experiment_get_seed (experiment, 0))
                                       : g_strdup_printf ("%u-seeds", n_seeds);
  g_autofree char *scheme
      = n_inits == 1 ? g_ascii_strdown (isc_experiment_get_init_label (experiment, 0), -1)
                     : g_strdup_printf ("%u-schemes", n_inits);

  return g_strdup_printf ("%s_%s_%s", view->id, g_strdelimit (scheme, " _()/\\\"", '-'), seed);
}

void
isc_shown_figure_init (IscShownFigure *shown, IscWindow *window, gboolean lower)
{
  IscPlotView *plot;
  IscViewport *viewport;

  *shown = (IscShownFigure){ NULL, NULL, NULL };
  if (isc_window_shows_training (window))
    {
      IscTrainingPage *page = isc_window_get_training_page (window);
      /* The lower one too where it has the page alone. */
      guint index
          = lower || !isc_training_figures_shows (isc_training_page_get_figures (page), 0) ? 1 : 0;

      shown->figure = isc_training_figures_make (isc_training_page_get_figures (page), index);
      plot = isc_training_figures_get_plot (isc_training_page_get_figures (page), index);
      shown->name
          = name_training (isc_training_figures_get_view (isc_training_page_get_figures (page),
                                                          index),
                           isc_document_get_experiment (isc_window_get_document (window)));
    }
  else
    {
      IscWeightsPage *page = isc_window_get_weights_page (window);
      IscFigure *figure = isc_weights_page_get_figure (page);

      shown->figure = figure ? isc_figure_ref (figure) : NULL;
      shown->name = isc_weights_page_dup_file_name (page);
      plot = isc_weights_page_get_plot (page);
    }
  viewport = isc_plot_view_get_viewport (plot);
  shown->viewport = viewport ? isc_viewport_ref (viewport) : NULL;
}

void
isc_shown_figure_clear (IscShownFigure *shown)
{
  g_clear_pointer (&shown->figure, isc_figure_unref);
  g_clear_pointer (&shown->viewport, isc_viewport_unref);
  g_clear_pointer (&shown->name, g_free);
}

GdkContentProvider *
isc_shown_figure_offer (const IscShownFigure *shown, GError **error)
{
  IscExportOptions look = isc_export_options_default;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GdkContentProvider *all[3];

  look.viewport = shown->viewport;
  png = isc_export_to_bytes (shown->figure, ISC_EXPORT_PNG, &look, error);
  svg = png ? isc_export_to_bytes (shown->figure, ISC_EXPORT_SVG, &look, error) : NULL;
  texture = svg ? gdk_texture_new_from_bytes (png, error) : NULL;
  if (!texture)
    return NULL;
  all[0] = gdk_content_provider_new_for_bytes ("image/png", png);
  all[1] = gdk_content_provider_new_for_bytes ("image/svg+xml", svg);
  all[2] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  return gdk_content_provider_new_union (all, G_N_ELEMENTS (all));
}
