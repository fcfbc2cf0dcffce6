/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "golden/figures.h"

#include <math.h>

#if defined(__SANITIZE_ADDRESS__)
#define LEAKS_ARE_FOUND 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_ARE_FOUND 1
#endif
#endif
#ifdef LEAKS_ARE_FOUND
#include <sanitizer/lsan_interface.h>
#endif

/* Small figures: a dump is read by people. */
#define N_BINS 16
#define N_POINTS 12

/* A fixed sequence without a generator: fractions of multiples of the golden ratio, about 0. */
static double
wobble (guint i)
{
  double x = 0.6180339887498949 * (i + 1);

  return x - floor (x) - 0.5;
}

static double
normal_density (double x, double std)
{
  return exp (-0.5 * x * x / (std * std)) / (std * sqrt (2.0 * G_PI));
}

static IscFigure *
new_figure (const char *title,
            const char *x,
            IscScaleKind x_scale,
            const char *y,
            IscScaleKind y_scale,
            IscPanel **panel)
{
  IscFigure *figure = isc_figure_new ();

  isc_figure_set_title (figure, title);
  isc_figure_set_subtitle (figure, "fan_in 784 · std 0.0505");
  isc_figure_set_caption (figure, "n 200,704 · 16 bins of 0.025 (auto) · seed 42 · PyTorch 2.12");
  isc_figure_set_summary (figure, "A sample figure.");
  isc_figure_set_experiment (figure,
                             "{\n  \"initscope\": 1,\n  \"title\": \"σ (a) \\\\ 😀 <&>\"\n}\n");
  *panel = isc_figure_add_panel (figure);
  isc_panel_set_axis (*panel, ISC_AXIS_X, x, x_scale);
  isc_panel_set_axis (*panel, ISC_AXIS_Y, y, y_scale);
  return figure;
}

static void
add_histogram (IscPanel *panel, int color, const char *label, double std)
{
  IscStyle style = { .color = color };
  double edges[N_BINS + 1], heights[N_BINS];

  for (guint i = 0; i <= N_BINS; i++)
    edges[i] = -0.2 + 0.4 * i / N_BINS;
  for (guint i = 0; i < N_BINS; i++)
    heights[i] = normal_density (0.5 * (edges[i] + edges[i + 1]), std) * (1.0 + 0.05 * wobble (i));
  isc_panel_add_bars (panel, &style, label, edges, heights, N_BINS);
}

static IscFigure *
make_histogram (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("Kaiming normal on Linear(784, 256)", "weight", ISC_SCALE_LINEAR,
                                  "density", ISC_SCALE_LINEAR, &panel);
  IscStyle exact = { .color = ISC_INK, .dash = ISC_DASH_DASHED };
  double x[N_POINTS], y[N_POINTS];

  add_histogram (panel, 0, "histogram", 0.0505);
  for (guint i = 0; i < N_POINTS; i++)
    {
      x[i] = -0.2 + 0.4 * i / (N_POINTS - 1.0);
      y[i] = normal_density (x[i], 0.0505);
    }
  isc_panel_add_line (panel, &exact, "exact density", x, y, N_POINTS);
  return figure;
}

static IscFigure *
make_overlap (void)
{
  IscPanel *panel;
  IscFigure *figure
      = new_figure ("Two schemes", "weight", ISC_SCALE_LINEAR, "density", ISC_SCALE_LINEAR, &panel);

  add_histogram (panel, 0, "Kaiming", 0.0505);
  add_histogram (panel, 1, "Xavier", 0.0438);
  return figure;
}

static void
add_curves (IscPanel *panel)
{
  static const char *const labels[] = { "Xavier", "Kaiming", "Normal" };
  double x[N_POINTS], y[N_POINTS];

  for (int k = 0; k < 3; k++)
    {
      IscStyle style = { .color = k };

      for (guint i = 0; i < N_POINTS; i++)
        {
          x[i] = 10.0 * i;
          y[i] = (2.3 - 0.4 * k) * exp (-0.02 * (3 - k) * x[i]) + 0.1 * wobble (i + 7 * (guint)k)
                 + 0.1;
        }
      isc_panel_add_line (panel, &style, labels[k], x, y, N_POINTS);
    }
}

static IscFigure *
make_loss (void)
{
  IscPanel *panel;
  IscFigure *figure
      = new_figure ("Training loss", "step", ISC_SCALE_LINEAR, "loss", ISC_SCALE_LINEAR, &panel);

  add_curves (panel);
  return figure;
}

static IscFigure *
make_diverged (void)
{
  IscPanel *panel;
  IscFigure *figure
      = new_figure ("Training loss", "step", ISC_SCALE_LINEAR, "loss", ISC_SCALE_LINEAR, &panel);
  IscStyle style = { .color = 4 };
  double x[] = { 0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0 };
  double y[] = { 2.385, 2.9, 1e30, 2.1, INFINITY, NAN, 1.5 };

  add_curves (panel);
  isc_panel_set_range (panel, ISC_AXIS_Y, 0.0, 4.0);
  isc_panel_add_line (panel, &style, "Large", x, y, G_N_ELEMENTS (x));
  isc_panel_add_end (panel, &style, "diverged, step 37", 37.0, 2.1);
  return figure;
}

static IscFigure *
make_gradients (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("Gradient norms", "step", ISC_SCALE_LINEAR, "gradient norm",
                                  ISC_SCALE_LOG, &panel);
  double x[N_POINTS], y[N_POINTS];

  for (int k = 0; k < 4; k++)
    {
      IscStyle style = { .color = k };
      g_autofree char *label = g_strdup_printf ("%d.weight", 2 * k);

      for (guint i = 0; i < N_POINTS; i++)
        {
          x[i] = i;
          y[i] = pow (10.0, -2.385 * (4 - k) + wobble (i));
        }
      /* Dead for a while. */
      if (k == 1)
        y[4] = y[5] = 0.0;
      isc_panel_add_line (panel, &style, label, x, y, N_POINTS);
    }
  return figure;
}

static IscFigure *
make_spike (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("constant_(0.5)", "weight", ISC_SCALE_LINEAR, "count",
                                  ISC_SCALE_LINEAR, &panel);
  IscStyle style = { .color = 0 };

  isc_panel_add_stem (panel, &style, "point mass", 0.5, 200704.0);
  isc_panel_set_note (panel, "All 200,704 weights equal 0.5");
  return figure;
}

static IscFigure *
make_all_nan (void)
{
  IscPanel *panel;
  IscFigure *figure
      = new_figure ("Training loss", "step", ISC_SCALE_LINEAR, "loss", ISC_SCALE_LINEAR, &panel);
  IscStyle style = { .color = 0 };
  double x[] = { 0.0, 1.0, 2.0 }, y[] = { NAN, NAN, INFINITY };

  isc_panel_add_line (panel, &style, "Normal", x, y, 3);
  return figure;
}

static IscFigure *
make_multiples (void)
{
  IscFigure *figure = isc_figure_new ();

  isc_figure_set_title (figure, "Four layers");
  isc_figure_set_shared (figure, ISC_AXIS_X, TRUE);
  isc_figure_set_shared (figure, ISC_AXIS_Y, TRUE);
  for (int i = 0; i < 4; i++)
    {
      IscPanel *panel = isc_figure_add_panel (figure);
      g_autofree char *title = g_strdup_printf ("Layer %d", i + 1);

      isc_panel_set_title (panel, title);
      isc_panel_set_axis (panel, ISC_AXIS_X, "step", ISC_SCALE_LINEAR);
      isc_panel_set_axis (panel, ISC_AXIS_Y, "loss", ISC_SCALE_LINEAR);
      add_curves (panel);
    }
  return figure;
}

static IscFigure *
make_band (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("Accuracy over seeds", "epoch", ISC_SCALE_LINEAR, "accuracy (%)",
                                  ISC_SCALE_LINEAR, &panel);
  IscStyle style = { .color = 2 }, ink = { .color = ISC_INK, .dash = ISC_DASH_DOTTED };
  double x[N_POINTS], low[N_POINTS], middle[N_POINTS], high[N_POINTS];

  for (guint i = 0; i < N_POINTS; i++)
    {
      x[i] = i;
      middle[i] = 90.0 - 60.0 * exp (-0.3 * i);
      low[i] = middle[i] - 6.0;
      high[i] = middle[i] + 4.0;
    }
  isc_panel_add_band (panel, &style, NULL, x, low, high, N_POINTS);
  isc_panel_add_line (panel, &style, "Xavier", x, middle, N_POINTS);
  isc_panel_add_rule (panel, &ink, "chance", ISC_AXIS_Y, 33.3);
  return figure;
}

/* Bars beside each other stay bars, whatever their number. */
static IscFigure *
make_bars (void)
{
  static const char *const labels[] = { "Xavier: 120", "Kaiming: 64", "Normal: never" };
  static const double positions[] = { 0.0, 1.0, 2.0 };
  static const double heights[] = { 120.0, 64.0 };
  IscPanel *panel;
  IscFigure *figure
      = new_figure ("Steps to target", NULL, ISC_SCALE_LINEAR, "steps", ISC_SCALE_LINEAR, &panel);

  for (int k = 0; k < 2; k++)
    {
      IscStyle style = { .color = k };
      double edges[] = { k - 0.3, k + 0.3 };

      isc_panel_add_bars (panel, &style, NULL, edges, &heights[k], 1);
    }
  isc_panel_set_categories (panel, ISC_AXIS_X, positions, labels, 3);
  isc_panel_set_range (panel, ISC_AXIS_X, -0.5, 2.5);
  return figure;
}

static IscFigure *
make_points (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("Q–Q plot", "normal quantile", ISC_SCALE_LINEAR, "weight",
                                  ISC_SCALE_LINEAR, &panel);
  IscStyle style = { .color = 0 };
  double x[] = { -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0 };
  double y[] = { -0.11, -0.048, -0.024, 0.001, 0.026, 0.049, INFINITY };

  isc_panel_add_points (panel, &style, "weights", x, y, G_N_ELEMENTS (x));
  return figure;
}

/* A matrix with a number that is none in it, wider than high. */
static IscFigure *
make_heat_map (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("Kaiming normal on Linear(8, 5)", "column", ISC_SCALE_LINEAR,
                                  "row", ISC_SCALE_LINEAR, &panel);
  IscShape shape = isc_shape (2, (gint64)5, (gint64)8);
  g_autoptr (IscTensor) tensor = isc_tensor_new (NULL, &shape, NULL);
  IscImage image
      = { .tensor = tensor, .rows = 5, .columns = 8, .x0 = -0.5, .x1 = 7.5, .y0 = -0.5, .y1 = 4.5 };
  float *values = isc_tensor_edit_data (tensor);

  for (guint i = 0; i < 40; i++)
    values[i] = (float)wobble (i);
  values[13] = NAN;
  isc_panel_set_integer (panel, ISC_AXIS_X, TRUE);
  isc_panel_set_integer (panel, ISC_AXIS_Y, TRUE);
  isc_panel_set_reversed (panel, ISC_AXIS_Y, TRUE);
  isc_panel_set_aspect (panel, 1.0);
  isc_panel_set_color_label (panel, "weight");
  isc_panel_add_image (panel, &image);
  return figure;
}

/* Many more cells than pixels. */
static IscFigure *
make_heat_map_large (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("Kaiming normal on Linear(3000, 1200)", "column",
                                  ISC_SCALE_LINEAR, "row", ISC_SCALE_LINEAR, &panel);
  IscShape shape = isc_shape (2, (gint64)1200, (gint64)3000);
  g_autoptr (IscTensor) tensor = isc_tensor_new (NULL, &shape, NULL);
  IscImage image = { .tensor = tensor,
                     .rows = 1200,
                     .columns = 3000,
                     .x0 = -0.5,
                     .x1 = 2999.5,
                     .y0 = -0.5,
                     .y1 = 1199.5,
                     .pooling = ISC_POOL_MEAN };
  float *values = isc_tensor_edit_data (tensor);

  for (guint i = 0; i < 1200; i++)
    for (guint j = 0; j < 3000; j++)
      values[3000 * i + j] = (float)(cos (0.01 * i) * sin (0.005 * j));
  isc_panel_set_integer (panel, ISC_AXIS_X, TRUE);
  isc_panel_set_integer (panel, ISC_AXIS_Y, TRUE);
  isc_panel_set_reversed (panel, ISC_AXIS_Y, TRUE);
  isc_panel_add_image (panel, &image);
  return figure;
}

static IscFigure *
make_ridgeline (void)
{
  static const char *const labels[]
      = { "Xavier normal", "Kaiming normal, mode fan_out, leaky_relu", "Normal" };
  static const double positions[] = { 2.0, 1.0, 0.0 };
  IscPanel *panel;
  IscFigure *figure
      = new_figure ("Three schemes", "weight", ISC_SCALE_LINEAR, NULL, ISC_SCALE_LINEAR, &panel);

  for (int k = 0; k < 3; k++)
    {
      IscStyle style = { .color = k };
      double x[N_POINTS], low[N_POINTS], high[N_POINTS];

      for (guint i = 0; i < N_POINTS; i++)
        {
          x[i] = -0.2 + 0.4 * i / (N_POINTS - 1.0);
          low[i] = positions[k];
          high[i] = positions[k] + 0.15 * normal_density (x[i], 0.04 + 0.02 * k);
        }
      isc_panel_add_band (panel, &style, NULL, x, low, high, N_POINTS);
      isc_panel_add_line (panel, &style, NULL, x, high, N_POINTS);
    }
  isc_panel_set_categories (panel, ISC_AXIS_Y, positions, labels, 3);
  return figure;
}

static IscFigure *
make_steps (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("Three schemes", "weight", ISC_SCALE_LINEAR, "density",
                                  ISC_SCALE_LINEAR, &panel);

  for (int k = 0; k < 3; k++)
    {
      static const char *const labels[] = { "Xavier", "Kaiming", "Normal" };
      IscStyle style = { .color = k };
      double edges[N_BINS + 1], heights[N_BINS];

      for (guint i = 0; i <= N_BINS; i++)
        edges[i] = -0.2 + 0.4 * i / N_BINS;
      for (guint i = 0; i < N_BINS; i++)
        heights[i] = normal_density (0.5 * (edges[i] + edges[i + 1]), 0.04 + 0.02 * k);
      isc_panel_add_steps (panel, &style, labels[k], edges, heights, N_BINS);
    }
  return figure;
}

/* Of both signs and of many magnitudes: nothing else shows all of it. */
static IscFigure *
make_symlog (void)
{
  IscPanel *panel;
  IscFigure *figure = new_figure ("Change of the loss", "step", ISC_SCALE_LINEAR, "change",
                                  ISC_SCALE_SYMLOG, &panel);
  IscStyle style = { .color = 0 };
  double x[N_POINTS], y[N_POINTS];

  for (guint i = 0; i < N_POINTS; i++)
    {
      x[i] = i;
      y[i] = (i % 2 ? 1.0 : -1.0) * exp (4.0 - 0.9 * i);
    }
  y[5] = 0.0;
  isc_panel_add_line (panel, &style, "Xavier", x, y, N_POINTS);
  return figure;
}

static const SampleFigure samples[] = {
  { "histogram", 640.0, 400.0, make_histogram },
  { "histogram-narrow", 360.0, 300.0, make_histogram },
  { "histogram-tiny", 80.0, 60.0, make_histogram },
  { "overlap", 640.0, 400.0, make_overlap },
  { "loss", 640.0, 400.0, make_loss },
  { "diverged", 640.0, 400.0, make_diverged },
  { "gradients", 640.0, 400.0, make_gradients },
  { "spike", 640.0, 400.0, make_spike },
  { "all-nan", 480.0, 320.0, make_all_nan },
  { "multiples", 800.0, 560.0, make_multiples },
  { "band", 640.0, 400.0, make_band },
  { "bars", 480.0, 400.0, make_bars },
  { "points", 480.0, 400.0, make_points },
  { "heat-map", 640.0, 400.0, make_heat_map },
  { "heat-map-large", 640.0, 400.0, make_heat_map_large },
  { "ridgeline", 640.0, 400.0, make_ridgeline },
  { "steps", 640.0, 400.0, make_steps },
  { "symlog", 640.0, 400.0, make_symlog },
};

GBytes *
sample_export (IscFigure *figure,
               IscExportFormat format,
               const IscExportOptions *options,
               GError **error)
{
  GBytes *bytes;

#ifdef LEAKS_ARE_FOUND
  if (format == ISC_EXPORT_EPS)
    __lsan_disable ();
#endif
  bytes = isc_export_to_bytes (figure, format, options, error);
#ifdef LEAKS_ARE_FOUND
  if (format == ISC_EXPORT_EPS)
    __lsan_enable ();
#endif
  return bytes;
}

const SampleFigure *
sample_figures_get (guint *n)
{
  *n = G_N_ELEMENTS (samples);
  return samples;
}
