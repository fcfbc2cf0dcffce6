/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times what the program exists for and prints a line a row: name, median milliseconds of CPU time.
 * peers.py runs it beside the peers and prints the ratios. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"
#include "engine/trainer.h"
#include "engine/weights.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "plot/export.h"
#include "views/views.h"

/* Each row is repeated for about this long, at least five times. */
#define SECONDS_A_ROW 1.0

typedef void (*Work) (gpointer data);

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int
compare (const void *a, const void *b)
{
  return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* @divisor: how many units of work one call does. */
static void
row (const char *name, Work work, gpointer data, double divisor)
{
  double times[2000];
  int n = 0;
  double start = cpu_seconds ();

  work (data);
  while (n < 5 || (n < 2000 && cpu_seconds () - start < SECONDS_A_ROW))
    {
      double before = cpu_seconds ();

      work (data);
      times[n++] = cpu_seconds () - before;
    }
  qsort (times, (size_t)n, sizeof *times, compare);
  printf ("%s\t%.6g\n", name, 1e3 * times[n / 2] / divisor);
  fflush (stdout);
}

typedef struct
{
  const IscScheme *scheme;
  IscArguments *arguments;
  IscTensor *tensor;
  IscGenerator *generator;
} Fill;

static void
fill (gpointer data)
{
  Fill *f = data;

  IscSite site = isc_site_of_shape (isc_tensor_get_shape (f->tensor));

  isc_scheme_fill (f->scheme, f->arguments, &site, f->generator, f->tensor, NULL);
}

static void
fill_row (const char *call_text, gint64 rows, gint64 columns)
{
  g_autoptr (IscCall) call = isc_call_parse (call_text, NULL);
  const IscItem *item;
  IscShape shape = isc_shape (2, rows, columns);
  Fill f = {
    .arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, NULL),
    .tensor = isc_tensor_new (NULL, &shape, NULL),
    .generator = isc_generator_new (0),
  };
  g_autofree char *name
      = g_strdup_printf ("%s %" G_GINT64_FORMAT "x%" G_GINT64_FORMAT, item->id, rows, columns);

  f.scheme = (const IscScheme *)item;
  row (name, fill, &f, 1.0);
  isc_arguments_unref (f.arguments);
  isc_tensor_unref (f.tensor);
  isc_generator_free (f.generator);
}

typedef struct
{
  float *x;
  gsize n;
} Sample;

static void
moments (gpointer data)
{
  Sample *s = data;
  IscMoments m;

  isc_moments_compute (s->x, s->n, &m);
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

typedef struct
{
  IscExperiment *experiment;
  gsize n_steps;
} Training;

static void
train (gpointer data)
{
  Training *t = data;
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (IscTrainer) trainer = isc_trainer_new (t->experiment, 0, NULL, generator, NULL);
  guint mode = isc_runtime_begin_training_thread ();

  for (gsize i = 0; i < t->n_steps; i++)
    isc_trainer_step (trainer, 0.0, NULL);
  isc_runtime_end_training_thread (mode);
}

static void
train_row (const char *name,
           const char *data,
           const char *network,
           const char *optimizer,
           int batch,
           gsize n_steps)
{
  g_autofree char *json
      = g_strdup_printf ("{\"initscope\": 1, \"data\": \"%s\", \"network\": \"%s\", \"inits\": "
                         "[{}], "
                         "\"optimizer\": \"%s\", \"batch_size\": %d, \"steps\": 100000}",
                         data, network, optimizer, batch);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  Training t = { .experiment = isc_experiment_from_json (json, -1, problems), .n_steps = n_steps };

  if (!t.experiment)
    g_error ("%s: %s", name, ((IscProblem *)problems->pdata[0])->message);
  row (name, train, &t, (double)n_steps);
  isc_experiment_unref (t.experiment);
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

int
main (void)
{
  Sample sample = { .n = 1000000 };
  g_autoptr (IscGenerator) generator = isc_generator_new (1);

  isc_runtime_init ();
  fill_row ("xavier_uniform_()", 256, 784);
  fill_row ("xavier_uniform_()", 4096, 4096);
  fill_row ("kaiming_normal_()", 256, 784);
  fill_row ("kaiming_normal_()", 4096, 4096);
  fill_row ("trunc_normal_()", 256, 784);
  fill_row ("orthogonal_()", 256, 784);

  sample.x = g_new (float, sample.n);
  isc_generator_normal (generator, sample.x, sample.n, 0.0, 1.0);
  row ("moments 1e6", moments, &sample, 1.0);
  row ("kde 1e6", kde, &sample, 1.0);
  row ("summary 1e6", summary, &sample, 1.0);
  g_free (sample.x);

  train_row ("sgd 10-64-32-3", "RandomClassification(1000, 10, 3)",
             "Linear(10, 64), ReLU(), Linear(64, 32), ReLU(), Linear(32, 3)", "SGD(lr=0.01)", 32,
             500);
  train_row ("adam 10-64-32-3", "RandomClassification(1000, 10, 3)",
             "Linear(10, 64), ReLU(), Linear(64, 32), ReLU(), Linear(32, 3)", "Adam()", 32, 500);
  train_row ("sgd 784-256-128-10", "RandomClassification(2560, 784, 10)",
             "Linear(784, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 10)", "SGD(lr=0.01)",
             128, 100);
  train_row ("adam 784-256-128-10", "RandomClassification(2560, 784, 10)",
             "Linear(784, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 10)", "Adam()", 128,
             100);
  export_rows ();
  return 0;
}
