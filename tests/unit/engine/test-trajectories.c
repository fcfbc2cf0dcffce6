/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reference's training runs, as far as the catalog has their modules: start weights bit for
 * bit, then losses, gradient norms, epochs and final norms within the file's own bounds (its README
 * says how they were made: five times the gap between float32, float64 and shuffled runs). */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/layers/layers.h"
#include "engine/run.h"
#include "engine/trainer.h"
#include "experiment/edit.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

static JsonObject *reference;

static char *call_of (JsonArray *list);

/* The modules of a block, as arguments of the call that holds it. */
static void
append_block (GString *text, JsonArray *modules)
{
  for (guint i = 0; i < json_array_get_length (modules); i++)
    {
      g_autofree char *module = call_of (json_array_get_array_element (modules, i));

      g_string_append_printf (text, "%s%s", i ? ", " : "", module);
    }
}

/* [name, 1, "x"], [name, {key: value}] or [name, [module, ...]] as a call. */
static char *
call_of (JsonArray *list)
{
  GString *text = g_string_new (json_array_get_string_element (list, 0));

  g_string_append_c (text, '(');
  for (guint i = 1; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          g_autoptr (GList) keys = json_object_get_members (json_node_get_object (node));

          for (GList *key = keys; key; key = key->next)
            {
              JsonNode *value = json_object_get_member (json_node_get_object (node), key->data);
              g_autofree char *json = json_to_string (value, FALSE);

              g_string_append_printf (text, "%s%s=", key == keys ? "" : ", ",
                                      (const char *)key->data);
              if (JSON_NODE_HOLDS_ARRAY (value))
                g_string_append_printf (text, "(%.*s)", (int)strlen (json) - 2, json + 1);
              else if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
                g_string_append (text, json_node_get_boolean (value) ? "True" : "False");
              else
                g_string_append (text, g_strdelimit (json, "\"", '\''));
            }
        }
      else if (JSON_NODE_HOLDS_ARRAY (node))
        append_block (text, json_node_get_array (node));
      else if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (text, "%s'%s'", i > 1 ? ", " : "", json_node_get_string (node));
      else
        g_string_append_printf (text, "%s%s", i > 1 ? ", " : "",
                                g_ascii_dtostr (number, sizeof number,
                                                json_node_get_double (node)));
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* Integers stay integers: g_ascii_dtostr writes 10, not 10.0. */
static gboolean
catalog_has (IscKind kind, const char *text)
{
  g_autoptr (IscCall) call = isc_call_parse (text, NULL);
  g_autoptr (IscArguments) arguments = NULL;
  const IscItem *item;

  g_assert_nonnull (call);
  arguments = kind == ISC_KIND_LAYER ? isc_catalog_bind_module (call, &kind, &item, NULL)
                                     : isc_catalog_bind (kind, call, &item, NULL);
  return arguments && (kind != ISC_KIND_LAYER || isc_layer_can_train ((const IscLayer *)item));
}

static gboolean
is_supported (JsonObject *entry)
{
  JsonArray *layers = json_object_get_array_member (entry, "layers");
  g_autofree char *optimizer = call_of (json_object_get_array_member (entry, "optimizer"));

  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      g_autofree char *text = call_of (json_array_get_array_element (layers, i));

      if (!catalog_has (ISC_KIND_LAYER, text))
        return FALSE;
    }
  return catalog_has (ISC_KIND_OPTIMIZER, optimizer);
}

static void
add_rule (JsonObject *init, const char *key, JsonObject *entry)
{
  JsonNode *node = json_object_get_member (json_object_get_object_member (entry, "init"), key);

  if (!JSON_NODE_HOLDS_NULL (node))
    {
      g_autofree char *text = call_of (json_node_get_array (node));

      json_object_set_string_member (init, key, text);
    }
}

static JsonObject *
init_of (JsonObject *entry)
{
  JsonObject *init = json_object_new ();

  json_object_set_string_member (init, "label", json_object_get_string_member (entry, "id"));
  add_rule (init, "weight", entry);
  add_rule (init, "bias", entry);
  return init;
}

static char *
data_of (JsonObject *entry)
{
  JsonObject *data = json_object_get_object_member (entry, "data");
  JsonArray *layers = json_object_get_array_member (entry, "layers");
  JsonArray *last = json_array_get_array_element (layers, json_array_get_length (layers) - 1);
  gboolean classes = !g_str_equal (json_object_get_string_member (data, "y_source"), "randn");
  const char *name = classes ? "RandomClassification" : "RandomRegression";
  g_autoptr (GString) features = g_string_new (NULL);
  gint64 n;

  if (json_object_has_member (data, "n"))
    {
      n = json_object_get_int_member (data, "n");
      g_string_printf (features, "%" G_GINT64_FORMAT,
                       json_object_get_int_member (data, "features"));
    }
  else
    {
      JsonArray *shape = json_object_get_array_member (data, "x_shape");

      n = json_array_get_int_element (shape, 0);
      for (guint i = 1; i < json_array_get_length (shape); i++)
        g_string_append_printf (features, "%s%" G_GINT64_FORMAT, i > 1 ? ", " : "",
                                json_array_get_int_element (shape, i));
      if (json_array_get_length (shape) > 2)
        {
          g_string_prepend_c (features, '(');
          g_string_append_c (features, ')');
        }
    }
  return g_strdup_printf ("%s(%" G_GINT64_FORMAT ", %s, %" G_GINT64_FORMAT ")", name, n,
                          features->str, json_array_get_int_element (last, 2));
}

/* The experiment of a case; with @chain, of all cases of its chain. */
static IscExperiment *
experiment_of (JsonObject *entry, GPtrArray *chain)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autofree char *data = data_of (entry);
  g_autofree char *optimizer = call_of (json_object_get_array_member (entry, "optimizer"));
  g_autofree char *text = NULL;
  JsonArray *layers = json_object_get_array_member (entry, "layers");
  JsonArray *network = json_array_new ();
  JsonArray *inits = json_array_new ();
  JsonArray *seeds = json_array_new ();
  IscExperiment *experiment;

  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      g_autofree char *module = call_of (json_array_get_array_element (layers, i));

      json_array_add_string_element (network, module);
    }
  for (guint i = 0; chain && i < chain->len; i++)
    json_array_add_object_element (inits, init_of (chain->pdata[i]));
  if (!chain)
    json_array_add_object_element (inits, init_of (entry));
  json_array_add_int_element (seeds, json_object_get_int_member (entry, "seed"));

  json_object_set_int_member (root, "initscope", 1);
  json_object_set_string_member (root, "data", data);
  json_object_set_array_member (root, "network", network);
  json_object_set_array_member (root, "inits", inits);
  json_object_set_array_member (root, "seeds", seeds);
  json_object_set_boolean_member (root, "reseed", chain == NULL);
  json_object_set_string_member (root, "optimizer", optimizer);
  json_object_set_string_member (root, "loss",
                                 g_str_equal (json_object_get_string_member (entry, "loss"), "mse")
                                     ? "MSELoss()"
                                     : "CrossEntropyLoss()");
  if (!json_object_get_null_member (entry, "clip"))
    json_object_set_double_member (root, "clip_grad_norm", reference_number (entry, "clip"));
  if (json_object_has_member (entry, "epochs"))
    {
      json_object_set_int_member (root, "epochs", json_object_get_int_member (entry, "epochs"));
      json_object_set_int_member (root, "batch_size",
                                  json_object_get_int_member (entry, "batch_size"));
    }
  else
    {
      json_object_set_int_member (root, "steps", json_object_get_int_member (entry, "steps"));
      json_object_set_null_member (root, "batch_size");
    }
  json_node_set_object (node, root);
  text = json_to_string (node, FALSE);
  experiment = isc_experiment_from_json (text, -1, problems);
  if (!experiment)
    g_error ("%s: %s", json_object_get_string_member (entry, "id"),
             ((IscProblem *)problems->pdata[0])->message);
  return experiment;
}

static gboolean
get_flag (JsonObject *entry, const char *key)
{
  return json_object_has_member (entry, key) && json_object_get_boolean_member (entry, key);
}

/* Start weights: the file's hash, or its bits where the initializer is not bit-exact. */
static void
check_start (JsonObject *entry, IscNetwork *network)
{
  JsonArray *params = json_object_get_array_member (entry, "params");
  JsonNode *weight
      = json_object_get_member (json_object_get_object_member (entry, "init"), "weight");
  gboolean exact = JSON_NODE_HOLDS_NULL (weight)
                   || !g_str_equal (json_array_get_string_element (json_node_get_array (weight), 0),
                                    "orthogonal_");

  for (guint i = 0; i < json_array_get_length (params); i++)
    {
      JsonObject *param = json_array_get_object_element (params, i);
      IscTensor *tensor = isc_network_get_parameter (network, i);
      gsize size = isc_tensor_get_count (tensor) * sizeof (float);

      g_assert_cmpstr (isc_tensor_get_name (tensor), ==,
                       json_object_get_string_member (param, "name"));
      if (exact)
        {
          g_autofree char *sum
              = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                             (const guchar *)isc_tensor_get_data (tensor), size);

          g_assert_cmpstr (sum, ==, json_object_get_string_member (param, "sha256"));
        }
      else
        {
          gsize n;
          g_autofree float *bits
              = reference_floats (json_object_get_string_member (param, "bits"), &n);

          g_assert_cmpuint (n, ==, isc_tensor_get_count (tensor));
          for (gsize j = 0; j < n; j++)
            /* orthogonal_: LAPACK's rounding, 2e-5 times the gain at worst (square). */
            assert_close (isc_tensor_get_data (tensor)[j], bits[j], 0, 2e-5);
          memcpy (isc_tensor_edit_data (tensor), bits, size);
        }
    }
}

static double
array_number (JsonObject *object, const char *key, guint index)
{
  return json_array_get_double_element (json_object_get_array_member (object, key), index);
}

static void
check_bound (const char *id, const char *what, guint step, double ours, double theirs, double bound)
{
  if (!(fabs (ours - theirs) <= bound))
    g_error ("%s: %s %u is %.9g, should be %.9g within %.3g: %.2f times the bound", id, what, step,
             ours, theirs, bound, fabs (ours - theirs) / bound);
}

static void
check_steps (JsonObject *entry, const IscTrace *trace)
{
  const char *id = json_object_get_string_member (entry, "id");
  JsonObject *f32 = json_object_get_object_member (entry, "f32");
  JsonObject *tol = json_object_get_object_member (entry, "tol");
  guint strict = (guint)json_object_get_int_member (tol, "strict_steps");
  JsonArray *losses = json_object_get_array_member (f32, "step_loss");
  JsonArray *grad_steps = json_object_get_array_member (entry, "grad_steps");
  gboolean noise = get_flag (entry, "noise_driven");

  for (guint i = 0; i < MIN (strict, json_array_get_length (losses)); i++)
    check_bound (id, "loss", i, (double)isc_trace_get (trace, i, ISC_TRACE_LOSS),
                 array_number (f32, "step_loss", i), array_number (tol, "step_loss", i));

  for (guint i = 0; i < json_array_get_length (grad_steps); i++)
    {
      guint step = (guint)json_array_get_int_element (grad_steps, i);
      JsonArray *theirs
          = json_array_get_array_element (json_object_get_array_member (f32, "grad_norm"), i);
      JsonArray *bounds
          = json_array_get_array_element (json_object_get_array_member (tol, "grad_norm"), i);

      if (step >= strict || (noise && step > 0))
        continue;
      for (guint j = 0; j < json_array_get_length (theirs); j++)
        {
          double ours = (double)isc_trace_get (trace, step, ISC_TRACE_PARAMETERS + j);

          /* Norms that vanish in exact arithmetic need only be small. */
          if (noise && fabs (json_array_get_double_element (theirs, j)) < 1e-6)
            g_assert_cmpfloat (ours, <, 1e-6);
          else
            check_bound (id, "gradient norm at step", step, ours,
                         json_array_get_double_element (theirs, j),
                         json_array_get_double_element (bounds, j));
        }
    }
  if (json_object_has_member (f32, "total_norm"))
    for (guint i = 0;
         i < MIN (strict, json_array_get_length (json_object_get_array_member (f32, "total_norm")));
         i++)
      check_bound (id, "total norm", i, (double)isc_trace_get (trace, i, ISC_TRACE_GRADIENT_NORM),
                   array_number (f32, "total_norm", i), array_number (tol, "total_norm", i));
}

static double
parameter_norm (const IscTensor *tensor)
{
  double sum = 0.0;

  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    sum += (double)isc_tensor_get_data (tensor)[i] * (double)isc_tensor_get_data (tensor)[i];
  return sqrt (sum);
}

/* Returns whether every epoch is within the narrow bound too. */
static gboolean
check_end (JsonObject *entry, IscTrainer *trainer)
{
  const char *id = json_object_get_string_member (entry, "id");
  JsonObject *f32 = json_object_get_object_member (entry, "f32");
  JsonObject *tol = json_object_get_object_member (entry, "tol");
  gboolean by_epoch = json_object_has_member (f32, "epoch_loss");
  JsonObject *bounds = by_epoch ? json_object_get_object_member (tol, "hard") : tol;
  gboolean narrow = TRUE;
  guint n_epochs;
  const IscEpoch *epochs = isc_trainer_get_epochs (trainer, &n_epochs);
  IscNetwork *network = isc_trainer_get_network (trainer);

  if (by_epoch)
    {
      g_assert_cmpuint (n_epochs, ==,
                        json_array_get_length (json_object_get_array_member (f32, "epoch_loss")));
      for (guint i = 0; i < n_epochs; i++)
        {
          check_bound (id, "epoch", i, epochs[i].train_loss, array_number (f32, "epoch_loss", i),
                       array_number (bounds, "epoch_loss", i));
          narrow = narrow
                   && fabs (epochs[i].train_loss - array_number (f32, "epoch_loss", i))
                          <= array_number (tol, "epoch_loss", i);
        }
    }
  else if (json_object_get_int_member (tol, "strict_steps")
           < json_object_get_int_member (entry, "steps"))
    return TRUE;
  check_bound (id, "final loss", 0,
               isc_trainer_evaluate (trainer, &isc_trainer_get_data (trainer)->train, NULL),
               reference_number (f32, "final_eval_loss"),
               reference_number (bounds, "final_eval_loss"));
  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    check_bound (id, "final norm", i, parameter_norm (isc_network_get_parameter (network, i)),
                 array_number (f32, "final_norm", i), array_number (bounds, "final_norm", i));
  return narrow;
}

static gboolean
check_case (JsonObject *entry,
            IscExperiment *experiment,
            guint init,
            IscData *data,
            IscGenerator *generator,
            IscData **data_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTrainer) trainer = isc_trainer_new (experiment, init, data, generator, &error);
  gboolean narrow;

  g_assert_no_error (error);
  check_start (entry, isc_trainer_get_network (trainer));
  while (isc_trainer_get_state (trainer) != ISC_RUN_DONE)
    {
      g_assert_true (isc_trainer_step (trainer, 0.0, &error));
      g_assert_cmpint (isc_trainer_get_state (trainer), !=, ISC_RUN_DIVERGED);
    }
  check_steps (entry, isc_trainer_get_trace (trainer));
  narrow = check_end (entry, trainer);
  if (data_out)
    *data_out = isc_data_ref (isc_trainer_get_data (trainer));
  return narrow;
}

static void
test_runs (void)
{
  JsonArray *cases = json_object_get_array_member (reference, "cases");
  guint n = 0;
  guint n_waiting = 0;
  guint n_long = 0;
  guint n_narrow = 0;

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *entry = json_array_get_object_element (cases, i);
      g_autoptr (IscExperiment) experiment = NULL;
      g_autoptr (IscGenerator) generator = NULL;
      gboolean narrow;

      if (json_object_has_member (entry, "chain_index"))
        continue;
      if (!is_supported (entry))
        {
          g_test_message ("%s needs layers that can't be trained yet",
                          json_object_get_string_member (entry, "id"));
          n_waiting++;
          continue;
        }
      experiment = experiment_of (entry, NULL);
      generator = isc_generator_new (isc_experiment_get_seed (experiment, 0));
      narrow = check_case (entry, experiment, 0, NULL, generator, NULL);
      n++;
      if (json_object_has_member (entry, "epochs"))
        {
          n_long++;
          n_narrow += narrow;
        }
    }
  g_test_message ("%u runs, %u of %u long ones within the narrow bound", n, n_narrow, n_long);
  /* All but the chain's five; of these all but the nine with other layers than Linear. */
  g_assert_cmpuint (n + n_waiting, ==, 82);
  g_assert_cmpuint (n, >=, 73);
  /* The README's rule: three in four. */
  g_assert_cmpuint (4 * n_narrow, >=, 3 * n_long);
}

/* The article's script: seeded once, data drawn once, one scheme after the other. */
static void
test_chain (void)
{
  JsonArray *cases = json_object_get_array_member (reference, "cases");
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscGenerator) generator = NULL;
  g_autoptr (IscData) data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRun) run = NULL;
  g_autoptr (IscResult) result = NULL;

  for (guint i = 0; i < json_array_get_length (cases); i++)
    if (json_object_has_member (json_array_get_object_element (cases, i), "chain_index"))
      g_ptr_array_add (chain, json_array_get_object_element (cases, i));
  g_assert_cmpuint (chain->len, ==, 5);

  experiment = experiment_of (chain->pdata[0], chain);
  generator = isc_generator_new (isc_experiment_get_seed (experiment, 0));
  for (guint i = 0; i < chain->len; i++)
    check_case (chain->pdata[i], experiment, i, data, generator, i == 0 ? &data : NULL);

  /* The same through the pool. */
  run = isc_run_new (experiment, &error);
  g_assert_no_error (error);
  isc_run_advance (run, G_MAXSIZE, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  result = isc_run_snapshot (run);
  g_assert_true (isc_result_is_finished (result));
  for (guint i = 0; i < chain->len; i++)
    check_steps (chain->pdata[i], isc_result_get_run (result, i)->trace);
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/pytorch/trajectories.json");
  g_test_add_func ("/engine/trajectories/runs", test_runs);
  g_test_add_func ("/engine/trajectories/chain", test_chain);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
