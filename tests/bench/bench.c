/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times what the program exists for and prints a line a row: name, median milliseconds of CPU time
 * of one thread; of runs on several threads, by the clock.
 *
 *   bench            all rows
 *   bench --list     their names
 *   bench NAME...    some rows
 *
 * peers.py runs it beside the peers and prints the ratios. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"
#include "engine/run.h"
#include "engine/trainer.h"
#include "engine/weights.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "experiment/edit.h"
#include "plot/draw.h"
#include "plot/export.h"
#include "stats/quantile.h"
#include "stats/spectrum.h"
#include "views/views.h"

/* Each row is repeated for about this long, at least five times. */
#define SECONDS_A_ROW 0.3

typedef void (*Work) (gpointer data);

/* The command line: what to run. */
static char **wanted;

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double
clock_seconds (void)
{
  return (double)g_get_monotonic_time () * 1e-6;
}

static int
compare (const void *a, const void *b)
{
  return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static gboolean
is_wanted (const char *name)
{
  if (!wanted[0])
    return TRUE;
  if (!g_str_equal (wanted[0], "--list"))
    return g_strv_contains ((const char *const *)wanted, name);
  puts (name);
  return FALSE;
}

/* Whether a row whose name has this end may be: what takes long to prepare asks first. */
static gboolean
is_any_wanted (const char *end)
{
  for (char **name = wanted; *name; name++)
    if (g_str_has_suffix (*name, end) || g_str_equal (*name, "--list"))
      return TRUE;
  return !wanted[0];
}

/* @divisor: how many units of work one call does. */
static void
measure (const char *name, double (*seconds) (void), Work work, gpointer data, double divisor)
{
  double times[2000];
  int n = 0;
  double start;

  work (data);
  start = seconds ();
  while (n < 5 || (n < 2000 && seconds () - start < SECONDS_A_ROW))
    {
      double before = seconds ();

      work (data);
      times[n++] = seconds () - before;
    }
  qsort (times, (size_t)n, sizeof *times, compare);
  printf ("%s\t%.6g\n", name, 1e3 * times[n / 2] / divisor);
  fflush (stdout);
}

static void
row (const char *name, Work work, gpointer data, double divisor)
{
  if (is_wanted (name))
    measure (name, cpu_seconds, work, data, divisor);
}

typedef struct
{
  const IscScheme *scheme;
  IscArguments *arguments;
  IscTensor *tensor;
  IscGenerator *generator;
  IscPytorch pytorch;
} Fill;

static void
fill (gpointer data)
{
  Fill *f = data;
  IscSite site = isc_site_of_shape (isc_tensor_get_shape (f->tensor));

  site.pytorch = f->pytorch;
  isc_scheme_fill (f->scheme, f->arguments, &site, f->generator, f->tensor, NULL);
}

static void
fill_row (const char *call_text, IscPytorch pytorch, gint64 rows, gint64 columns)
{
  g_autoptr (IscCall) call = isc_call_parse (call_text, NULL);
  const IscItem *item;
  IscShape shape = isc_shape (2, rows, columns);
  Fill f = {
    .arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, NULL),
    .tensor = isc_tensor_new (NULL, &shape, NULL),
    .generator = isc_generator_new (0),
    .pytorch = pytorch,
  };
  g_autofree char *name
      = g_strdup_printf ("%s%s %" G_GINT64_FORMAT "x%" G_GINT64_FORMAT, item->id,
                         pytorch == ISC_PYTORCH_2_11 ? " of 2.11" : "", rows, columns);

  f.scheme = (const IscScheme *)item;
  row (name, fill, &f, 1.0);
  isc_arguments_unref (f.arguments);
  isc_tensor_unref (f.tensor);
  isc_generator_free (f.generator);
}

static void
fill_rows (void)
{
  fill_row ("uniform_()", ISC_PYTORCH_2_12, 256, 784);
  fill_row ("uniform_()", ISC_PYTORCH_2_12, 4096, 4096);
  fill_row ("normal_()", ISC_PYTORCH_2_12, 256, 784);
  fill_row ("normal_()", ISC_PYTORCH_2_12, 4096, 4096);
  fill_row ("xavier_uniform_()", ISC_PYTORCH_2_12, 256, 784);
  fill_row ("kaiming_normal_()", ISC_PYTORCH_2_12, 256, 784);
  fill_row ("trunc_normal_()", ISC_PYTORCH_2_12, 256, 784);
  fill_row ("trunc_normal_()", ISC_PYTORCH_2_12, 4096, 4096);
  fill_row ("trunc_normal_()", ISC_PYTORCH_2_11, 256, 784);
  fill_row ("sparse_(sparsity=0.9)", ISC_PYTORCH_2_12, 256, 784);
  fill_row ("sparse_(sparsity=0.9)", ISC_PYTORCH_2_12, 1024, 1024);
  fill_row ("orthogonal_()", ISC_PYTORCH_2_12, 256, 784);
  fill_row ("orthogonal_()", ISC_PYTORCH_2_12, 784, 256);
  fill_row ("orthogonal_()", ISC_PYTORCH_2_12, 1024, 1024);
}

/* @binned: the same numbers on a lattice */
typedef struct
{
  float *x;
  gsize n;
  IscBinnedSample *binned;
  double iqr;
} Sample;

static void
moments (gpointer data)
{
  Sample *s = data;
  IscMoments m;

  isc_moments_compute (s->x, s->n, &m);
}

static void
histogram (gpointer data)
{
  Sample *s = data;
  IscBinRule rule;

  isc_bin_rule_parse ("100", &rule, NULL);
  isc_histogram_unref (isc_histogram_new (s->x, s->n, &rule, NULL));
}

static void
card (gpointer data)
{
  static const double p[] = { 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99 };
  Sample *s = data;
  double quantiles[G_N_ELEMENTS (p)];
  IscMoments m;

  isc_moments_compute (s->x, s->n, &m);
  isc_quantiles (s->x, s->n, p, G_N_ELEMENTS (p), quantiles, NULL);
}

static void
summary (gpointer data)
{
  Sample *s = data;
  IscBinRule bins = isc_bin_rule_default ();
  IscBandwidthRule bandwidth = isc_bandwidth_rule_default ();

  isc_summary_unref (isc_summary_new (s->x, s->n, &bins, &bandwidth, -INFINITY, INFINITY, NULL));
}

static void
kde (gpointer data)
{
  Sample *s = data;
  IscBandwidthRule bandwidth = isc_bandwidth_rule_default ();

  isc_kde_unref (isc_kde_new (s->x, s->n, &bandwidth, -INFINITY, INFINITY, NULL));
}

static void
bandwidth (gpointer data)
{
  Sample *s = data;
  IscKdeOptions options = isc_kde_options_default ();

  isc_kde_unref (isc_kde_new_binned (s->binned, s->iqr, &options, NULL));
}

static void
sample_rows (const char *size, gsize n)
{
  static const struct
  {
    const char *name;
    Work work;
  } rows[] = {
    { "moments", moments }, { "histogram 100", histogram }, { "card", card },
    { "kde 512", kde },     { "new bandwidth", bandwidth }, { "summary", summary },
  };
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autofree float *x = g_new (float, n);
  Sample sample = { .x = x, .n = n };
  IscMoments m;

  isc_generator_normal (generator, x, n, 0.0, 1.0);
  isc_moments_compute (x, n, &m);
  sample.iqr = 1.349 * m.std;
  sample.binned
      = isc_binned_sample_new (x, n, &m, isc_binned_sample_cells_for (m.max - m.min, 0.05), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %s", rows[i].name, size);

      row (name, rows[i].work, &sample, 1.0);
    }
  isc_binned_sample_unref (sample.binned);
}

typedef struct
{
  float *w;
  gsize rows;
  gsize columns;
  IscSpectrumMethod method;
} Matrix;

static void
spectrum (gpointer data)
{
  Matrix *m = data;

  isc_spectrum_unref (isc_spectrum_new (m->w, m->rows, m->columns, m->method, NULL, NULL));
}

static void
spectrum_rows (gsize rows, gsize columns)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autofree float *w = g_new (float, rows *columns);
  g_autofree char *exact
      = g_strdup_printf ("spectrum %" G_GSIZE_FORMAT "x%" G_GSIZE_FORMAT, rows, columns);
  g_autofree char *preview = g_strconcat (exact, " preview", NULL);
  Matrix matrix = { w, rows, columns, ISC_SPECTRUM_EXACT };

  isc_generator_normal (generator, w, rows * columns, 0.0, 1.0);
  row (exact, spectrum, &matrix, 1.0);
  matrix.method = ISC_SPECTRUM_PREVIEW;
  row (preview, spectrum, &matrix, 1.0);
}

/* What is trained: as many steps in a call as take some tenths of a millisecond. */
typedef struct
{
  const char *name;
  const char *data;
  const char *network;
  int batch;
  gsize n_steps;
} Model;

#define THRICE(text) text text text
#define SEVEN_TIMES(text) THRICE (text) THRICE (text) text
#define MORE_256 "ReLU(), Linear(256, 256), "
#define MORE_128 "ReLU(), Linear(128, 128), "

static const Model models[] = {
  { "2-8-8-2", "RandomClassification(1000, 2, 2)",
    "Linear(2, 8), ReLU(), Linear(8, 8), ReLU(), Linear(8, 2)", 10, 400 },
  { "10-64-32-3", "RandomClassification(1000, 10, 3)",
    "Linear(10, 64), ReLU(), Linear(64, 32), ReLU(), Linear(32, 3)", 32, 100 },
  { "64-128-128-10", "RandomClassification(1280, 64, 10)",
    "Linear(64, 128), ReLU(), Linear(128, 128), ReLU(), Linear(128, 10)", 64, 20 },
  { "784-256-128-10", "RandomClassification(2560, 784, 10)",
    "Linear(784, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 10)", 128, 4 },
  { "20x256", "RandomClassification(2560, 64, 10)",
    "Linear(64, 256), " THRICE (THRICE (MORE_256 MORE_256)) "ReLU(), Linear(256, 10)", 128, 1 },
  { "100x128", "RandomClassification(1280, 64, 10)",
    "Linear(64, 128), " SEVEN_TIMES (SEVEN_TIMES (MORE_128 MORE_128)) "ReLU(), Linear(128, 10)", 64,
    1 },
  { "cnn 8-16", "RandomClassification(640, (1, 28, 28), 10)",
    "Conv2d(1, 8, 3, padding=1), ReLU(), MaxPool2d(2), Conv2d(8, 16, 3, padding=1), ReLU(), "
    "MaxPool2d(2), Flatten(), Linear(784, 10)",
    64, 2 },
};

static IscExperiment *
training_experiment (const Model *model, const char *optimizer, guint n_seeds)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment;

  g_string_append_printf (json,
                          "{\"initscope\": 1, \"data\": \"%s\", \"network\": \"%s\", "
                          "\"inits\": [{}], \"optimizer\": \"%s\", \"batch_size\": %d, "
                          "\"steps\": 1000000000, \"observe_every\": 0, \"seeds\": [0",
                          model->data, model->network, optimizer, model->batch);
  for (guint i = 1; i < n_seeds; i++)
    g_string_append_printf (json, ", %u", i);
  g_string_append (json, "]}");
  experiment = isc_experiment_from_json (json->str, -1, problems);
  if (!experiment)
    g_error ("%s: %s", model->name, ((IscProblem *)problems->pdata[0])->message);
  return experiment;
}

typedef struct
{
  IscTrainer *trainer;
  gsize n_steps;
} Training;

static void
train (gpointer data)
{
  Training *t = data;
  guint mode = isc_runtime_begin_training_thread ();

  for (gsize i = 0; i < t->n_steps; i++)
    isc_trainer_step (t->trainer, 0.0, NULL);
  isc_runtime_end_training_thread (mode);
}

static void
train_row (const char *optimizer_name, const char *optimizer, const Model *model)
{
  g_autofree char *name = g_strdup_printf ("%s %s", optimizer_name, model->name);
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (IscExperiment) experiment = NULL;
  Training t = { .n_steps = model->n_steps };

  if (!is_wanted (name))
    return;
  experiment = training_experiment (model, optimizer, 1);
  t.trainer = isc_trainer_new (experiment, 0, NULL, generator, NULL);
  measure (name, cpu_seconds, train, &t, (double)t.n_steps);
  isc_trainer_free (t.trainer);
}

typedef struct
{
  IscRun *run;
  guint n_threads;
  gsize n_steps;
} Runs;

static void
advance (gpointer data)
{
  Runs *r = data;

  isc_run_advance_by (r->run, r->n_steps, r->n_threads, NULL, NULL, NULL, NULL);
}

/* By the clock: what a second thread is for. */
static void
runs_row (const Model *model, guint n_runs, guint n_threads)
{
  g_autofree char *name = g_strdup_printf ("%u runs of %s, %u thread%s", n_runs, model->name,
                                           n_threads, n_threads > 1 ? "s" : "");
  g_autoptr (IscExperiment) experiment = NULL;
  Runs r = { .n_threads = n_threads, .n_steps = 10 };

  if (!is_wanted (name))
    return;
  experiment = training_experiment (model, "SGD(lr=0.01)", n_runs);
  r.run = isc_run_new (experiment, NULL);
  measure (name, clock_seconds, advance, &r, (double)r.n_steps);
  isc_run_free (r.run);
}

static void
training_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      train_row ("sgd", "SGD(lr=0.01)", &models[i]);
      train_row ("adam", "Adam()", &models[i]);
    }
  for (guint n_threads = 1; n_threads <= 2; n_threads++)
    runs_row (&models[3], 8, n_threads);
}

typedef struct
{
  IscFigure *figure;
  IscExportFormat format;
} Export;

static void export(gpointer data)
{
  Export *e = data;

  g_bytes_unref (isc_export_to_bytes (e->figure, e->format, &isc_export_options_default, NULL));
}

static void
export_rows (void)
{
  static const char *const names[] = { "figure png", "figure svg", "figure pdf" };
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment
      = isc_experiment_from_json ("{\"initscope\": 1, \"weights\": {\"tensor\": [1000, 1000], "
                                  "\"init\": \"normal_()\"}}",
                                  -1, problems);
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, TRUE, NULL, NULL);
  Export e
      = { .figure
          = isc_views_find ("histogram", NULL)->of_weights (weights, &isc_view_options_default) };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      e.format = (IscExportFormat)i;
      row (names[i], export, &e, 1.0);
    }
  isc_figure_unref (e.figure);
}

/* One figure after another, each from its numbers: a report's. */
typedef struct
{
  IscExperiment *experiment;
  GPtrArray *tensors;
  IscExportFormat format;
} Report;

static void
report (gpointer data)
{
  Report *r = data;
  g_autoptr (IscWeights) weights = isc_weights_new_given (r->experiment, r->tensors, NULL, NULL);
  g_autoptr (IscFigure) figure
      = isc_views_find ("histogram", NULL)->of_weights (weights, &isc_view_options_default);

  g_bytes_unref (isc_export_to_bytes (figure, r->format, &isc_export_options_default, NULL));
}

static void
report_rows (void)
{
  static const char *const names[] = { "report 1e5 png", "report 1e5 svg", "report 1e5 pdf" };
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new ();
  IscShape shape = isc_shape (1, (gint64)100000);
  g_autoptr (IscTensor) tensor = isc_tensor_new ("weight", &shape, NULL);
  Report r = { .experiment = experiment, .tensors = tensors };

  isc_generator_normal (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                        0.0, 1.0);
  g_ptr_array_add (tensors, tensor);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      r.format = (IscExportFormat)i;
      row (names[i], report, &r, 1.0);
    }
}

/* A slider's new gain, until its picture is painted: what the window's own bench, slider.c,
 * measures as frames. */
typedef struct
{
  IscExperiment *experiment;
  cairo_t *cr;
  guint n;
} Slider;

static void
picture (gpointer data)
{
  Slider *s = data;
  g_autofree char *call = g_strdup_printf ("xavier_normal_(gain=%.3f)", 1 + 0.001 * (s->n++ % 500));
  g_autoptr (IscExperiment) experiment
      = isc_experiment_edit (s->experiment, "weights.init", call, NULL);
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, TRUE, NULL, NULL);
  g_autoptr (IscFigure) figure
      = isc_views_find ("histogram", NULL)->of_weights (weights, &isc_view_options_default);
  g_autoptr (IscLayout) layout
      = isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), 1200, 800);

  isc_draw (layout, s->cr, 0);
}

static void
picture_row (void)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment
      = isc_experiment_from_json ("{\"initscope\": 1, \"weights\": {\"layer\": \"Linear(1000, "
                                  "1000)\", "
                                  "\"init\": \"xavier_normal_()\"}}",
                                  -1, problems);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1200, 800);
  Slider slider = { .experiment = experiment, .cr = cairo_create (surface) };

  row ("picture 1e6", picture, &slider, 1.0);
  cairo_destroy (slider.cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  wanted = argv + 1;
  isc_runtime_init ();
  fill_rows ();
  if (is_any_wanted ("1e6"))
    sample_rows ("1e6", 1000000);
  if (is_any_wanted ("1e7"))
    sample_rows ("1e7", 10000000);
  spectrum_rows (784, 256);
  spectrum_rows (1024, 1024);
  picture_row ();

  training_rows ();
  export_rows ();
  report_rows ();
  return 0;
}
