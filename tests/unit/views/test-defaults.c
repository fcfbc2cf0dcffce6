/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figure of a library's defaults: a panel a rule, documented beside measured. */

#include <string.h>

#include "base/runtime.h"
#include "plot/layout.h"
#include "support/reference.h"
#include "views-samples.h"

/* The dump of @figure as a window shows it; smaller ones have to be possible. */
static char *
lay_out (IscFigure *figure)
{
  static const double sizes[][2] = { { 40, 30 }, { 300, 200 }, { 1200, 800 }, { 1600, 1600 } };
  char *dump = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (IscLayout) layout
          = isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), sizes[i][0], sizes[i][1]);

      g_free (dump);
      dump = isc_layout_dump (layout);
    }
  return dump;
}

static char *
show (const char *library, gboolean compact, guint *n_panels)
{
  const IscView *view = isc_views_find ("defaults", NULL);
  IscViewOptions options = { .compact = compact };
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscWeights) weights
      = isc_weights_new_defaults (experiment, isc_default_library_find (library, NULL), NULL,
                                  &error);
  g_autoptr (IscFigure) figure = NULL;

  g_assert_no_error (error);
  figure = view->of_defaults (weights, &options);
  *n_panels = isc_figure_get_n_panels (figure);
  g_assert_cmpint (isc_figure_get_caption (figure) == NULL, ==, compact);
  g_assert_cmpint (isc_figure_get_subtitle (figure) == NULL, ==, compact);
  /* No experiment makes them. */
  g_assert_null (isc_figure_get_experiment (figure));
  return lay_out (figure);
}

static void
test_libraries (void)
{
  static const struct
  {
    const char *library;
    guint n_panels;
    const char *texts[4];
  } cases[] = {
    { "pytorch",
      12,
      { "What PyTorch does if you do nothing", "Linear(784, 256)  ±0.0357 ✓",
        "(256, 8).out_proj  ±0.0625 ✓", "std 0.999 (1) ✓" } },
    { "keras",
      11,
      { "What Keras does if you do nothing", "Dense(256)  ±0.076 ✓", "are as documented ✓",
        "Keras's laws, our own random numbers" } },
    { "jax",
      6,
      { "What JAX does if you do nothing", "14 of 14 tensors are as documented", "Embed(1000, 64)",
        "std 0.0357 ✓" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint compact = 0; compact < 2; compact++)
      {
        guint n_panels;
        g_autofree char *dump = show (cases[i].library, compact, &n_panels);

        g_assert_cmpuint (n_panels, ==, cases[i].n_panels);
        for (guint j = 0; j < G_N_ELEMENTS (cases[i].texts) && !compact; j++)
          sample_has (dump, cases[i].texts[j]);
      }
}

static void
test_others (void)
{
  g_autoptr (IscWeights) weights = sample_weights ("{\"layer\": \"Linear(4, 3)\"}");
  IscViewOptions options = { 0 };
  g_autoptr (IscFigure) figure = isc_views_find ("defaults", NULL)->of_defaults (weights, &options);

  g_assert_cmpuint (isc_figure_get_n_panels (figure), ==, 1);
  g_assert_nonnull (strstr (isc_figure_get_summary (figure), "no library's defaults"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/views/defaults/libraries", test_libraries);
  g_test_add_func ("/views/defaults/others", test_others);
  return g_test_run ();
}
