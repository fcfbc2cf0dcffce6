/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs of an experiment: the same bytes however they are advanced and on however many threads, what
 * a diverging run leaves behind, snapshots from another thread, and what cannot be run. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "engine/run.h"
#include "engine/trainer.h"
#include "experiment/edit.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"
#include "support/runs.h"

/* Three inits and three seeds of a small network with test examples; five batches an epoch. */
static const char small[]
    = "{\"initscope\": 1, \"data\": \"Moons(samples=90, test_fraction=0.2)\","
      "\"network\": [\"Linear(2, 8)\", \"Tanh()\", \"Linear(8, 2)\"],"
      "\"inits\": [{\"label\": \"A\", \"weight\": \"xavier_uniform_()\"},"
      "{\"label\": \"B\", \"weight\": \"kaiming_normal_()\"}, {\"label\": \"C\"}],"
      "\"loss\": \"CrossEntropyLoss()\", \"optimizer\": \"SGD(lr=0.1, momentum=0.9)\","
      "\"batch_size\": 16, \"epochs\": 4, \"seeds\": [0, 1, 70]}";

/* Its data are each run's own, as a script draws them. */
static const char own_data[]
    = "{\"initscope\": 1, \"data\": \"RandomClassification(samples=50, features=3, classes=2)\","
      "\"network\": [\"Linear(3, 6)\", \"ReLU()\", \"Linear(6, 2)\"],"
      "\"inits\": [{\"label\": \"A\", \"weight\": \"orthogonal_()\"}, {\"label\": \"B\"}],"
      "\"optimizer\": \"Adam(lr=0.01)\", \"batch_size\": 8, \"epochs\": 3, \"seeds\": [0, 42]}";

/* The experiments whose numbers may not depend on how they are advanced. */
static GPtrArray *
experiments (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_experiment_unref);
  IscExperiment *shared = runs_read (small);
  IscExperiment *own = runs_read (own_data);

  g_ptr_array_add (list, shared);
  g_ptr_array_add (list, own);
  g_ptr_array_add (list, runs_edit (shared, "reseed", "false"));
  g_ptr_array_add (list, runs_edit (own, "reseed", "false"));
  g_ptr_array_add (list, runs_edit (own, "batch_size", "null"));
  g_ptr_array_add (list, runs_edit (shared, "steps", "13"));
  return list;
}

static void
test_threads (void)
{
  g_autoptr (GPtrArray) list = experiments ();

  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr (IscResult) one = runs_to_end (list->pdata[i], 1);
      g_autoptr (IscResult) two = runs_to_end (list->pdata[i], 2);
      g_autoptr (IscResult) four = runs_to_end (list->pdata[i], 4);
      g_autoptr (IscResult) cores = runs_to_end (list->pdata[i], 0);

      runs_assert_same (one, two);
      runs_assert_same (one, four);
      runs_assert_same (one, cores);
    }
}

static void
cancel_cb (IscRun *run, gpointer data)
{
  g_cancellable_cancel (data);
}

/* Cancels at every word of progress until nothing is left to cancel. */
static void
advance_cancelling (IscRun *run, guint n_threads)
{
  for (guint attempts = 0; attempts < 10000; attempts++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (IscResult) result = NULL;

      g_assert_false (
          isc_run_advance (run, G_MAXSIZE, n_threads, cancellable, cancel_cb, cancellable, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
      g_assert_cmpstr (error->message, ==, "training was stopped");
      result = isc_run_snapshot (run);
      if (isc_result_is_finished (result))
        return;
    }
  g_assert_not_reached ();
}

static void
test_ways (void)
{
  g_autoptr (GPtrArray) list = experiments ();

  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr (IscResult) expected = runs_to_end (list->pdata[i], 1);
      g_autoptr (IscRun) stepwise = runs_new (list->pdata[i]);
      g_autoptr (IscRun) paused = runs_new (list->pdata[i]);
      g_autoptr (IscRun) cancelled = runs_new (list->pdata[i]);
      g_autoptr (IscResult) result = NULL;
      gsize until = 0;

      do
        {
          runs_advance (stepwise, ++until, 2);
          g_clear_pointer (&result, isc_result_unref);
          result = isc_run_snapshot (stepwise);
          for (guint j = 0; j < isc_result_get_n_runs (result); j++)
            g_assert_cmpuint (isc_result_get_run (result, j)->n_steps, <=, until);
          g_assert_cmpuint (isc_result_get_run (result, 0)->n_steps, ==,
                            MIN (until, isc_result_get_run (result, 0)->planned_steps));
          g_assert_cmpuint (until, <, 1000);
        }
      while (!isc_result_is_finished (result));
      runs_assert_same (expected, result);

      runs_advance (paused, 7, 2);
      runs_advance (paused, 3, 2);
      runs_advance (paused, G_MAXSIZE, 2);
      g_clear_pointer (&result, isc_result_unref);
      result = isc_run_snapshot (paused);
      runs_assert_same (expected, result);

      advance_cancelling (cancelled, 2);
      g_clear_pointer (&result, isc_result_unref);
      result = isc_run_snapshot (cancelled);
      runs_assert_same (expected, result);
    }
}

static void
test_waiting (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (small);
  g_autoptr (IscExperiment) chain = runs_edit (experiment, "reseed", "false");
  g_autoptr (IscRun) run = runs_new (chain);
  g_autoptr (IscResult) before = isc_run_snapshot (run);
  const guint64 seeds[] = { 0, 1, 70 };

  g_assert_cmpuint (isc_result_get_n_runs (before), ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      const IscRunResult *waiting = isc_result_get_run (before, i);

      g_assert_cmpint (waiting->state, ==, ISC_RUN_WAITING);
      g_assert_cmpuint (waiting->init, ==, i % 3);
      g_assert_cmpuint (waiting->seed, ==, seeds[i / 3]);
      g_assert_cmpuint (waiting->n_steps, ==, 0);
      g_assert_cmpuint (waiting->planned_steps, ==, 20);
      g_assert_cmpint (waiting->diverged_at, ==, -1);
      g_assert_true (isnan (waiting->final_loss) && isnan (waiting->best_loss)
                     && isnan (waiting->accuracy));
    }
  g_assert_false (isc_result_is_finished (before));
  /* A snapshot does not change when the run goes on. */
  runs_advance (run, G_MAXSIZE, 2);
  g_assert_cmpuint (isc_result_get_run (before, 0)->n_steps, ==, 0);
  g_assert_cmpstr (isc_run_state_get_name (isc_result_get_run (before, 0)->state), ==, "waiting");
}

static void
test_lengths (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (small);
  g_autoptr (IscExperiment) steps = runs_edit (experiment, "steps", "13");
  g_autoptr (IscExperiment) full = runs_edit (experiment, "batch_size", "null");
  g_autoptr (IscResult) by_epochs = runs_to_end (experiment, 2);
  g_autoptr (IscResult) by_steps = runs_to_end (steps, 2);
  g_autoptr (IscResult) by_all = runs_to_end (full, 2);
  const IscRunResult *run = isc_result_get_run (by_epochs, 0);

  /* 72 training examples in batches of 16: five steps an epoch. */
  g_assert_cmpuint (run->n_steps, ==, 20);
  g_assert_cmpuint (run->n_epochs, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      double sum = 0.0;

      g_assert_cmpuint (run->epochs[i].last_step, ==, 5 * i + 4);
      for (gsize step = 5 * i; step < 5 * i + 5; step++)
        sum += (double)isc_trace_get (run->trace, step, ISC_TRACE_LOSS);
      g_assert_cmpfloat (run->epochs[i].train_loss, ==, sum / 5.0);
      g_assert_cmpfloat (run->epochs[i].test_accuracy, >=, 0.0);
      g_assert_cmpfloat (run->epochs[i].test_accuracy, <=, 1.0);
      g_assert_true (isfinite (run->epochs[i].test_loss));
      g_assert_cmpfloat (run->epochs[i].seconds, >=, i ? run->epochs[i - 1].seconds : 0.0);
    }
  g_assert_true (run->accuracy == run->epochs[3].test_accuracy);

  /* Thirteen steps are two epochs and three steps that are nobody's epoch. */
  run = isc_result_get_run (by_steps, 0);
  g_assert_cmpuint (run->n_steps, ==, 13);
  g_assert_cmpuint (run->n_epochs, ==, 2);
  g_assert_cmpint (run->state, ==, ISC_RUN_DONE);

  run = isc_result_get_run (by_all, 0);
  g_assert_cmpuint (run->n_steps, ==, 4);
  g_assert_cmpuint (run->n_epochs, ==, 4);
}

static void
test_diverged_at_once (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (small);
  g_autoptr (IscExperiment) with = runs_edit (experiment, "inits[1].weight", "normal_(std=1e20)");
  g_autoptr (IscExperiment) relu = runs_edit (with, "network[1]", "ReLU()");
  g_autoptr (IscExperiment) others = runs_edit (relu, "inits[1]", NULL);
  g_autoptr (IscResult) result = runs_to_end (relu, 2);
  g_autoptr (IscResult) expected = runs_to_end (others, 2);

  for (guint seed = 0; seed < 3; seed++)
    {
      const IscRunResult *run = isc_result_get_run (result, 3 * seed + 1);

      g_assert_cmpint (run->state, ==, ISC_RUN_DIVERGED);
      g_assert_cmpint (run->diverged_at, ==, 0);
      g_assert_cmpuint (run->n_steps, ==, 1);
      g_assert_cmpuint (run->n_epochs, ==, 0);
      g_assert_false (isfinite (run->final_loss));
      g_assert_true (isnan (run->best_loss));
      g_assert_true (isnan (run->accuracy));
      runs_assert_same_run (isc_result_get_run (result, 3 * seed),
                            isc_result_get_run (expected, 2 * seed));
      runs_assert_same_run (isc_result_get_run (result, 3 * seed + 2),
                            isc_result_get_run (expected, 2 * seed + 1));
    }
}

/* A learning rate that is far too large: a few steps, then infinity. */
static void
check_diverging (const char *optimizer, gboolean reseed)
{
  g_autoptr (IscExperiment) read = runs_read (
      "{\"initscope\": 1, \"data\": \"RandomRegression(samples=40, features=5)\","
      "\"network\": [\"Linear(5, 1)\"], \"inits\": [{\"label\": \"A\"}, {\"label\": \"B\"}],"
      "\"loss\": \"MSELoss()\", \"optimizer\": \"SGD(lr=1e6)\", \"batch_size\": 20, \"epochs\": "
      "10}");
  g_autoptr (IscExperiment) rated = runs_edit (read, "optimizer", optimizer);
  g_autoptr (IscExperiment) experiment = runs_edit (rated, "reseed", reseed ? "true" : "false");
  g_autoptr (IscResult) result = runs_to_end (experiment, 2);

  for (guint i = 0; i < 2; i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      double best = INFINITY;
      gsize last = run->n_steps - 1;

      g_assert_cmpint (run->state, ==, ISC_RUN_DIVERGED);
      g_assert_cmpint (run->diverged_at, >, 0);
      g_assert_cmpint (run->diverged_at, ==, (gint64)last);
      g_assert_cmpuint (run->planned_steps, ==, 20);
      for (gsize step = 0; step < last; step++)
        {
          float loss = isc_trace_get (run->trace, step, ISC_TRACE_LOSS);

          g_assert_true (isfinite (loss));
          best = fmin (best, (double)loss);
        }
      g_assert_false (isfinite (isc_trace_get (run->trace, last, ISC_TRACE_LOSS)));
      g_assert_cmpfloat (run->best_loss, ==, best);
      g_assert_false (isfinite (run->final_loss));
      /* Only epochs that were trained through. */
      g_assert_cmpuint (run->n_epochs, ==, last / 2);
      for (guint j = 0; j < run->n_epochs; j++)
        g_assert_true (isfinite (run->epochs[j].train_loss));
    }
}

static void
test_diverged_later (void)
{
  check_diverging ("SGD(lr=1e6)", TRUE);
  check_diverging ("SGD(lr=1e6)", FALSE);
  check_diverging ("SGD(lr=1e6, momentum=0.9, nesterov=True)", TRUE);
}

static void
test_clipping (void)
{
  g_autoptr (IscExperiment) read = runs_read (
      "{\"initscope\": 1, \"data\": \"RandomRegression(samples=32, features=4)\","
      "\"network\": [\"Linear(4, 1)\"], \"inits\": [{\"label\": \"A\"}], \"loss\": \"MSELoss()\","
      "\"optimizer\": \"SGD(lr=1)\", \"batch_size\": null, \"steps\": 1}");
  g_autoptr (IscExperiment) clipped = runs_edit (read, "clip_grad_norm", "0.01");
  g_autoptr (IscExperiment) loose = runs_edit (read, "clip_grad_norm", "1e6");
  IscExperiment *cases[] = { read, clipped, loose };
  double lengths[3];
  double norms[3];

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (IscRun) run = runs_new (cases[i]);
      g_autoptr (GPtrArray) before = isc_run_copy_weights (run, 0);
      g_autoptr (GPtrArray) after = NULL;
      g_autoptr (IscResult) result = NULL;

      runs_advance (run, G_MAXSIZE, 1);
      after = isc_run_copy_weights (run, 0);
      result = isc_run_snapshot (run);
      norms[i] = (double)isc_trace_get (isc_result_get_run (result, 0)->trace, 0,
                                        ISC_TRACE_GRADIENT_NORM);
      lengths[i] = 0.0;
      for (guint j = 0; j < before->len; j++)
        for (gsize k = 0; k < isc_tensor_get_count (before->pdata[j]); k++)
          lengths[i] += pow ((double)isc_tensor_get_data (after->pdata[j])[k]
                                 - (double)isc_tensor_get_data (before->pdata[j])[k],
                             2.0);
      lengths[i] = sqrt (lengths[i]);
    }
  /* The norm is recorded before it is clipped; with lr = 1 the step's length is the gradient's, up
   * to the rounding of weights near 1 to 6e-8. */
  assert_close (norms[1], norms[0], 0.0, 0.0);
  assert_close (lengths[0], norms[0], 1e-5, 0.0);
  assert_close (lengths[1], 0.01, 1e-4, 0.0);
  assert_close (lengths[2], lengths[0], 0.0, 0.0);
}

static void
test_weights (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (small);
  g_autoptr (IscExperiment) chain = runs_edit (experiment, "reseed", "false");
  g_autoptr (IscRun) run = runs_new (chain);
  g_autoptr (GPtrArray) start = isc_run_copy_weights (run, 0);
  g_autoptr (GPtrArray) waiting = isc_run_copy_weights (run, 1);
  g_autoptr (GPtrArray) again = isc_run_copy_weights (run, 0);
  g_autoptr (GPtrArray) later = NULL;
  const char *const names[] = { "0.weight", "0.bias", "2.weight", "2.bias" };
  const gsize counts[] = { 16, 8, 16, 2 };

  g_assert_cmpuint (start->len, ==, 4);
  /* Nothing is there before a run of a chain has its turn. */
  g_assert_cmpuint (waiting->len, ==, 0);
  runs_advance (run, 1, 1);
  later = isc_run_copy_weights (run, 0);
  for (guint i = 0; i < 4; i++)
    {
      gsize size = counts[i] * sizeof (float);

      g_assert_cmpstr (isc_tensor_get_name (start->pdata[i]), ==, names[i]);
      g_assert_cmpuint (isc_tensor_get_count (start->pdata[i]), ==, counts[i]);
      g_assert_true (memcmp (isc_tensor_get_data (start->pdata[i]),
                             isc_tensor_get_data (again->pdata[i]), size)
                     == 0);
      g_assert_true (memcmp (isc_tensor_get_data (start->pdata[i]),
                             isc_tensor_get_data (later->pdata[i]), size)
                     != 0);
    }
}

typedef struct
{
  IscRun *run;
  gint stop;
  guint n_snapshots;
} Watch;

static gpointer
watch (gpointer data)
{
  Watch *self = data;
  gsize seen[9] = { 0 };

  do
    {
      g_autoptr (IscResult) result = isc_run_snapshot (self->run);

      for (guint i = 0; i < isc_result_get_n_runs (result); i++)
        {
          const IscRunResult *run = isc_result_get_run (result, i);
          double out[4];

          g_assert_cmpuint (run->n_steps, >=, seen[i]);
          seen[i] = run->n_steps;
          g_assert_cmpuint (isc_trace_get_n_steps (run->trace), >=, run->n_steps);
          if (run->n_steps >= 4)
            isc_trace_copy_column (run->trace, ISC_TRACE_GRADIENT_NORM, run->n_steps - 4, 4, out);
          if (run->n_steps > 0)
            g_assert_true ((double)isc_trace_get (run->trace, run->n_steps - 1, ISC_TRACE_LOSS)
                           == run->final_loss);
        }
      self->n_snapshots++;
    }
  while (!g_atomic_int_get (&self->stop));
  return NULL;
}

static void
test_watched (void)
{
  g_autoptr (IscExperiment) read = runs_read (small);
  g_autoptr (IscExperiment) experiment = runs_edit (read, "epochs", "300");
  g_autoptr (IscExperiment) chain = runs_edit (experiment, "reseed", "false");
  IscExperiment *cases[] = { experiment, chain };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (IscRun) run = runs_new (cases[i]);
      Watch self = { .run = run };
      GThread *thread = g_thread_new ("watch", watch, &self);

      runs_advance (run, G_MAXSIZE, 3);
      g_atomic_int_set (&self.stop, 1);
      g_thread_join (thread);
      g_assert_cmpuint (self.n_snapshots, >=, 1);
    }
}

static void
count_cb (IscRun *run, gpointer data)
{
  g_autoptr (IscResult) result = isc_run_snapshot (run);

  g_assert_cmpuint (isc_result_get_n_runs (result), ==, 9);
  ++*(guint *)data;
}

static void
test_progress (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (small);
  g_autoptr (IscRun) run = runs_new (experiment);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscResult) result = NULL;
  guint n = 0;

  g_cancellable_cancel (cancelled);
  g_assert_false (isc_run_advance (run, G_MAXSIZE, 2, cancelled, count_cb, &n, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
  result = isc_run_snapshot (run);
  g_assert_cmpuint (isc_result_get_run (result, 0)->n_steps, ==, 0);
  g_clear_error (&error);

  n = 0;
  g_assert_true (isc_run_advance (run, G_MAXSIZE, 2, NULL, count_cb, &n, &error));
  g_assert_cmpuint (n, >=, 1);
  /* Nothing is left to do: still one word. */
  n = 0;
  g_assert_true (isc_run_advance (run, G_MAXSIZE, 2, NULL, count_cb, &n, &error));
  g_assert_cmpuint (n, >=, 1);
}

static void
assert_refused (IscExperiment *experiment, IscError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRun) run = isc_run_new (experiment, &error);

  g_assert_null (run);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, ISC_ERROR, (int)code);
}

/* A version 1 .npy file of little-endian float32. */
static void
write_npy (const char *path, const char *shape, const float *data, gsize n)
{
  g_autoptr (GString) header = g_string_new (NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 length[2];

  g_string_printf (header, "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", shape);
  while ((10 + header->len + 1) % 64 != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  length[0] = (guint8)(header->len & 0xff);
  length[1] = (guint8)(header->len >> 8);
  g_byte_array_append (bytes, (const guint8 *)"\x93NUMPY\x01\x00", 8);
  g_byte_array_append (bytes, length, 2);
  g_byte_array_append (bytes, (const guint8 *)header->str, (guint)header->len);
  g_byte_array_append (bytes, (const guint8 *)data, (guint)(n * sizeof *data));
  g_file_set_contents (path, (const char *)bytes->data, (gssize)bytes->len, &error);
  g_assert_no_error (error);
}

/* Trains on inputs of shape (4, 2) and on @targets, and says what is wrong. */
static void
check_arrays (const char *shape,
              const float *targets,
              gsize n,
              const char *kind,
              const char *loss,
              const char *message)
{
  const float x[] = { 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 7.0f, 8.0f };
  g_autofree char *folder = g_dir_make_tmp ("initscope-XXXXXX", NULL);
  g_autofree char *inputs = g_build_filename (folder, "x.npy", NULL);
  g_autofree char *outputs = g_build_filename (folder, "y.npy", NULL);
  g_autofree char *json
      = g_strdup_printf ("{\"initscope\": 1, \"data\": \"Arrays('%s', '%s', kind='%s')\","
                         "\"network\": [\"Linear(2, 3)\"], \"inits\": [{\"label\": \"A\"}], "
                         "\"loss\": \"%s()\"}",
                         inputs, outputs, kind, loss);
  g_autoptr (IscExperiment) experiment = NULL;

  write_npy (inputs, "4, 2", x, G_N_ELEMENTS (x));
  write_npy (outputs, shape, targets, n);
  experiment = runs_read (json);
  if (message)
    assert_refused (experiment, ISC_ERROR_INVALID, message);
  else
    {
      g_autoptr (IscResult) result = runs_to_end (experiment, 2);

      g_assert_cmpuint (isc_result_get_n_runs (result), ==, 1);
    }
  g_unlink (inputs);
  g_unlink (outputs);
  g_rmdir (folder);
}

static void
test_arrays (void)
{
  const float y[] = { 0.0f, 1.0f, 3.0f, 2.0f, 1.0f };
  const float good[] = { 0.0f, 1.0f, 2.0f, 2.0f };
  const float odd[] = { 0.0f, 1.5f, 2.0f, 2.0f };
  const float wide[12] = { 0.5f };

  check_arrays ("4,", good, 4, "auto", "CrossEntropyLoss", NULL);
  check_arrays ("4, 3", wide, 12, "auto", "MSELoss", NULL);
  check_arrays ("5,", y, 5, "auto", "CrossEntropyLoss",
                "data: Arrays: inputs has 4 rows and targets has 5: they must be as many");
  check_arrays ("4,", y, 4, "auto", "CrossEntropyLoss",
                "data: there are 4 classes, and the network's 3 outputs stand for 0..2: training "
                "example 2 is of class 3");
  check_arrays ("4,", good, 4, "auto", "MSELoss",
                "data: MSELoss wants values, and the targets are classes");
  check_arrays ("4, 3", wide, 12, "auto", "CrossEntropyLoss",
                "data: CrossEntropyLoss wants classes, and the targets are values");
  check_arrays ("4,", good, 4, "values", "MSELoss",
                "data: an example has 1 target values, and the network has 3 outputs");
  check_arrays ("4,", odd, 4, "classes", "CrossEntropyLoss",
                "data: Arrays: targets[1] is 1.5, and a label is a whole number from 0 up");
  check_arrays ("4, 3", wide, 12, "classes", "CrossEntropyLoss",
                "data: Arrays: classes are one label an example, and targets is of shape 4×3");
}

static void
test_missing_file (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (
      "{\"initscope\": 1, \"data\": \"Arrays('/nonexistent/x.npy', '/nonexistent/y.npy')\","
      "\"network\": [\"Linear(2, 3)\"], \"inits\": [{\"label\": \"A\"}]}");
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_run_new (experiment, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
  g_assert_true (g_str_has_prefix (error->message, "data: "));
  g_assert_nonnull (strstr (error->message, "/nonexistent/x.npy"));
}

static void
test_refused (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (small);
  g_autoptr (IscExperiment) loss = runs_edit (experiment, "loss", "MSELoss()");
  g_autoptr (IscExperiment) layer = runs_edit (experiment, "network[2]", "Linear(9, 2)");

  assert_refused (loss, ISC_ERROR_INVALID,
                  "loss: MSELoss compares with values, and Moons has classes");
  assert_refused (layer, ISC_ERROR_INVALID,
                  "network[2]: Linear takes 9 inputs (in_features), and 8 come from network[0]");
}

/* What no machine can hold is a sentence. */
static void
test_too_large (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (own_data);
  g_autoptr (IscExperiment) large_batch = runs_edit (experiment, "batch_size", "1000000000");
  g_autoptr (IscExperiment) wide
      = runs_edit (experiment, "network", "[\"Linear(16777216, 1)\", \"Linear(1, 2)\"]");
  g_autoptr (IscExperiment) data
      = runs_edit (wide, "data",
                   "RandomClassification(samples=100000000, features=16777216, classes=2)");
  g_autoptr (IscExperiment) both = runs_edit (data, "batch_size", "1000000000");
  g_autoptr (IscResult) result = NULL;

  /* A batch is never larger than the data. */
  result = runs_to_end (large_batch, 2);
  g_assert_cmpuint (isc_result_get_run (result, 0)->n_steps, ==, 3);

  assert_refused (both, ISC_ERROR_INVALID,
                  "data: 100000000×16777216 is 1.68e+15 weights (6.71e+06 GB): at most "
                  "2,147,483,648 "
                  "are allowed");
}

/* Thousands of runs of a network that fits once. */
static void
test_too_many (void)
{
  g_autoptr (IscExperiment) read
      = runs_read ("{\"initscope\": 1, \"data\": \"RandomClassification(samples=20, "
                   "features=500, classes=2, seed=1)\","
                   "\"network\": [\"Linear(500, 20000)\", \"Linear(20000, 2)\"], \"inits\": "
                   "[{\"label\": \"A\"}]}");
  g_autoptr (GString) seeds = g_string_new ("[0");
  g_autoptr (GString) inits = g_string_new ("[{\"label\": \"0\"}");
  g_autoptr (IscExperiment) with_inits = NULL;
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscExperiment) chain = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 1000; i++)
    g_string_append_printf (seeds, ", %u", i);
  g_string_append_c (seeds, ']');
  for (guint i = 1; i < 10; i++)
    g_string_append_printf (inits, ", {\"label\": \"%u\"}", i);
  g_string_append_c (inits, ']');
  with_inits = runs_edit (read, "inits", inits->str);
  experiment = runs_edit (with_inits, "seeds", seeds->str);
  chain = runs_edit (experiment, "reseed", "false");

  /* 10 million weights, their gradients, Adam's two states and the batch: 0.17 GB a run. */
  g_assert_null (isc_run_new (experiment, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_RESOURCE);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "seeds: 10,000 runs of 0.17 GB each need "));
  g_clear_error (&error);
  g_assert_null (isc_run_new (chain, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_RESOURCE);
}

/* As many small ones are no trouble. */
static void
test_many (void)
{
  g_autoptr (IscExperiment) read = runs_read (own_data);
  g_autoptr (IscExperiment) short_one = runs_edit (read, "steps", "3");
  g_autoptr (GString) seeds = g_string_new ("[0");
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscResult) result = NULL;

  for (guint i = 1; i < 300; i++)
    g_string_append_printf (seeds, ", %u", i);
  g_string_append_c (seeds, ']');
  experiment = runs_edit (short_one, "seeds", seeds->str);
  result = runs_to_end (experiment, 4);
  g_assert_cmpuint (isc_result_get_n_runs (result), ==, 600);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run/threads", test_threads);
  g_test_add_func ("/engine/run/ways", test_ways);
  g_test_add_func ("/engine/run/waiting", test_waiting);
  g_test_add_func ("/engine/run/lengths", test_lengths);
  g_test_add_func ("/engine/run/diverged-at-once", test_diverged_at_once);
  g_test_add_func ("/engine/run/diverged-later", test_diverged_later);
  g_test_add_func ("/engine/run/clipping", test_clipping);
  g_test_add_func ("/engine/run/weights", test_weights);
  g_test_add_func ("/engine/run/watched", test_watched);
  g_test_add_func ("/engine/run/progress", test_progress);
  g_test_add_func ("/engine/run/arrays", test_arrays);
  g_test_add_func ("/engine/run/missing-file", test_missing_file);
  g_test_add_func ("/engine/run/refused", test_refused);
  g_test_add_func ("/engine/run/too-large", test_too_large);
  g_test_add_func ("/engine/run/too-many", test_too_many);
  g_test_add_func ("/engine/run/many", test_many);
  return g_test_run ();
}
