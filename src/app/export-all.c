/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-all.h"

#include <glib/gi18n.h>

#include "app/export-choice.h"
#include "app/settings.h"
#include "base/error.h"

static const IscExportAllKind kinds[] = {
  { "svg", N_ ("SVG files"), ISC_EXPORT_SVG, FALSE },
  { "pdf", N_ ("PDF files"), ISC_EXPORT_PDF, FALSE },
  { "png", N_ ("PNG files"), ISC_EXPORT_PNG, FALSE },
  { "eps", N_ ("EPS files"), ISC_EXPORT_EPS, FALSE },
  { "pages", N_ ("One PDF of pages"), ISC_EXPORT_PDF, TRUE },
};

const IscExportAllKind *
isc_export_all_kinds (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

static gboolean
find_kind (const char *name, guint *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

void
isc_export_all_choice_load (IscExportAllChoice *choice, GSettings *settings)
{
  g_autofree char *kind = NULL;
  IscExportChoice one;

  /* Size and look are those of single figures. */
  isc_export_choice_load (&one, settings);
  *choice = (IscExportAllChoice){ .every_page = TRUE, .data = TRUE, .look = one.look };
  isc_settings_get (settings, "export-all-format", "s", &kind);
  isc_settings_get (settings, "export-all-data", "b", &choice->data);
  find_kind (kind, &choice->kind);
}

void
isc_export_all_choice_save (const IscExportAllChoice *choice, GSettings *settings)
{
  isc_settings_set (settings, "export-all-format", "s", kinds[choice->kind].name);
  isc_settings_set (settings, "export-all-data", "b", choice->data);
}

gboolean
isc_export_all_choice_set (IscExportAllChoice *choice, GVariant *options, GError **error)
{
  g_autoptr (GVariantDict) dict = g_variant_dict_new (options);
  g_autoptr (GVariant) rest = NULL;
  IscExportChoice one = { .look = choice->look };
  const char *format;

  g_variant_dict_lookup (dict, "every-page", "b", &choice->every_page);
  g_variant_dict_lookup (dict, "data", "b", &choice->data);
  if (g_variant_dict_lookup (dict, "format", "&s", &format) && !find_kind (format, &choice->kind))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "format: '%s' is none of svg, pdf, png, eps, pages", format);
      return FALSE;
    }
  g_variant_dict_remove (dict, "every-page");
  g_variant_dict_remove (dict, "data");
  g_variant_dict_remove (dict, "format");
  rest = g_variant_ref_sink (g_variant_dict_end (dict));
  if (!isc_export_choice_set (&one, rest, error))
    return FALSE;
  choice->look = one.look;
  return TRUE;
}

/* How @view is looked at on the screen, or else as it is by itself. */
static IscViewOptions
options_of (IscWindow *window, const IscView *view, gboolean training)
{
  if (!training && isc_weights_page_get_view (isc_window_get_weights_page (window)) == view)
    return isc_weights_page_get_options (isc_window_get_weights_page (window));
  for (guint i = 0; training && i < 2; i++)
    if (isc_training_figures_get_view (isc_training_page_get_figures (
                                           isc_window_get_training_page (window)),
                                       i)
        == view)
      return isc_training_figures_get_options (isc_training_page_get_figures (
                                                   isc_window_get_training_page (window)),
                                               i);
  return isc_view_options_default;
}

gboolean
isc_export_all_collect (IscWindow *window,
                        const IscExportAllChoice *choice,
                        IscExportAll *all,
                        GArray *items,
                        GError **error)
{
  gboolean in_training = isc_window_shows_training (window);
  guint n;
  const IscView *const *views = isc_views_get (&n);

  *all = (IscExportAll){
    .experiment = isc_document_get_experiment (isc_window_get_document (window)),
    .format = kinds[choice->kind].format,
    .pages = kinds[choice->kind].pages,
    .data = choice->data,
    .look = choice->look,
  };
  if (choice->every_page || !in_training)
    all->weights = isc_weights_page_get_weights (isc_window_get_weights_page (window));
  if (choice->every_page || in_training)
    all->result = isc_training_page_get_result (isc_window_get_training_page (window));
  for (guint i = 0; i < n; i++)
    {
      gboolean training = views[i]->of_result != NULL;
      IscExportItem item = { .view = views[i] };

      if (training ? !all->result : !views[i]->of_weights || !all->weights)
        continue;
      item.options = options_of (window, views[i], training);
      g_array_append_val (items, item);
    }
  all->items = (const IscExportItem *)(void *)items->data;
  all->n_items = items->len;
  if (items->len > 0)
    return TRUE;
  g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID,
                       _ ("There is no finished figure to export yet"));
  return FALSE;
}
