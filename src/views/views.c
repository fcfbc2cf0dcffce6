/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/views.h"

#include "base/error.h"

extern const IscView isc_view_histogram;
extern const IscView isc_view_ecdf;
extern const IscView isc_view_qq;
extern const IscView isc_view_heatmap;
extern const IscView isc_view_kernels;
extern const IscView isc_view_spectrum;
extern const IscView isc_view_defaults;
extern const IscView isc_view_loss;
extern const IscView isc_view_accuracy;
extern const IscView isc_view_gradient_norms;
extern const IscView isc_view_gradient_heatmap;
extern const IscView isc_view_update_ratio;
extern const IscView isc_view_learning_rate;
extern const IscView isc_view_decision_boundary;
extern const IscView isc_view_activations;
extern const IscView isc_view_gradients;
extern const IscView isc_view_weights_over_time;
extern const IscView isc_view_dead_saturated;
extern const IscView isc_view_signals;
extern const IscView isc_view_steps_to_target;

/* THE list: a view is its own file and one line here. */
static const IscView *const views[] = {
  &isc_view_histogram,
  &isc_view_ecdf,
  &isc_view_qq,
  &isc_view_heatmap,
  &isc_view_kernels,
  &isc_view_spectrum,
  &isc_view_defaults,
  &isc_view_loss,
  &isc_view_accuracy,
  &isc_view_gradient_norms,
  &isc_view_gradient_heatmap,
  &isc_view_update_ratio,
  &isc_view_learning_rate,
  &isc_view_activations,
  &isc_view_gradients,
  &isc_view_weights_over_time,
  &isc_view_dead_saturated,
  &isc_view_signals,
  &isc_view_steps_to_target,
  &isc_view_decision_boundary,
};

const IscViewOptions isc_view_options_default = {
  .show_kde = TRUE,
  .show_law = TRUE,
  .at_step = G_MAXSIZE,
};

const IscView *const *
isc_views_get (guint *n)
{
  *n = G_N_ELEMENTS (views);
  return views;
}

const IscView *
isc_views_find (const char *id, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      if (g_str_equal (views[i]->id, id))
        return views[i];
      g_string_append_printf (names, "%s%s", i ? ", " : "", views[i]->id);
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "there is no figure '%s': there are %s", id,
               names->str);
  return NULL;
}
