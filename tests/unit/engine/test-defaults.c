/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What libraries do if one does nothing: every row is made, is the layer's own where it is
 * PyTorch's, and agrees with its documentation; and a documentation that is wrong is found out. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "engine/weights.h"
#include "experiment/edit.h"
#include "support/reference.h"

static IscExperiment *
seeded (const char *seed)
{
  g_autoptr (IscExperiment) initial = isc_experiment_new ();
  g_autoptr (GError) error = NULL;
  IscExperiment *experiment = isc_experiment_edit (initial, "seeds", seed, &error);

  g_assert_no_error (error);
  return experiment;
}

static IscWeights *
make (const char *library, const char *seed)
{
  g_autoptr (IscExperiment) experiment = seeded (seed);
  g_autoptr (GError) error = NULL;
  IscWeights *weights
      = isc_weights_new_defaults (experiment, isc_default_library_find (library, NULL), NULL,
                                  &error);

  g_assert_no_error (error);
  return weights;
}

static void
check_law (const IscWeightEntry *entry)
{
  const IscDefault *row = entry->documented;
  double low, high;

  switch (row->documented)
    {
    case ISC_DOCUMENTED_BOUND:
      g_assert_true (isc_law_bounds (&entry->law, &low, &high));
      /* PyTorch writes 1/√fan_in as √3 · √(2/6) / √fan_in: a digit or two of a double. */
      assert_close (high, sqrt (row->square), 1e-14, 0.0);
      assert_close (low, -sqrt (row->square), 1e-14, 0.0);
      break;
    case ISC_DOCUMENTED_STD:
      /* A truncated normal's variance is computed by error functions. */
      assert_close (isc_law_variance (&entry->law), row->square, 1e-12, 0.0);
      break;
    case ISC_DOCUMENTED_VALUES:
    default:
      g_assert_cmpint (entry->law.kind, ==, ISC_LAW_POINT);
      g_assert_cmpfloat (entry->law.a, ==, row->high);
      g_assert_true (row->low == row->high || entry->law.zeros > 0.0);
    }
}

static void
test_agree (void)
{
  static const char *const seeds[] = { "0", "42", "2024" };
  guint n;
  const IscDefaultLibrary *libraries = isc_default_libraries_get (&n);

  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < G_N_ELEMENTS (seeds); j++)
      {
        g_autoptr (IscWeights) weights = make (libraries[i].id, seeds[j]);

        g_assert_cmpuint (isc_weights_get_n_entries (weights), ==, libraries[i].n_defaults);
        for (guint k = 0; k < libraries[i].n_defaults; k++)
          {
            const IscWeightEntry *entry = isc_weights_get_entry (weights, k);

            g_assert_true (entry->documented == &libraries[i].defaults[k]);
            g_assert_cmpstr (entry->label, ==, libraries[i].defaults[k].name);
            g_assert_cmpstr (isc_tensor_get_name (entry->tensor), ==,
                             libraries[i].defaults[k].parameter);
            check_law (entry);
            if (!isc_weight_entry_agrees (entry))
              g_error ("seed %s: %s is not as documented", seeds[j], entry->label);
          }
      }
}

/* What PyTorch's rows show is what the weights section shows of the same layer. */
static void
test_own (void)
{
  g_autoptr (IscWeights) weights = make ("pytorch", "7");
  g_autoptr (IscExperiment) experiment = seeded ("7");
  const char *module = NULL;
  g_autoptr (IscWeights) own = NULL;
  guint parameter = 0;

  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);
      const IscWeightEntry *other;

      if (g_strcmp0 (module, entry->documented->module) != 0)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (IscExperiment) layer = isc_experiment_edit (experiment, "weights.layer",
                                                                 entry->documented->module, &error);

          g_assert_no_error (error);
          g_clear_pointer (&own, isc_weights_unref);
          own = isc_weights_new (layer, FALSE, NULL, &error);
          g_assert_no_error (error);
          module = entry->documented->module;
          parameter = 0;
        }
      other = isc_weights_get_entry (own, parameter++);
      g_assert_cmpstr (isc_tensor_get_name (other->tensor), ==,
                       isc_tensor_get_name (entry->tensor));
      g_assert_cmpuint (isc_tensor_get_count (other->tensor), ==,
                        isc_tensor_get_count (entry->tensor));
      g_assert_true (memcmp (isc_tensor_get_data (other->tensor),
                             isc_tensor_get_data (entry->tensor),
                             isc_tensor_get_count (entry->tensor) * sizeof (float))
                     == 0);
    }
}

static gboolean
agrees_with (const IscWeightEntry *entry, double square, double high)
{
  IscWeightEntry other = *entry;
  IscDefault row = *entry->documented;

  row.square *= square;
  row.high += high;
  other.documented = &row;
  return isc_weight_entry_agrees (&other);
}

/* A wrong number is found out: by 10,000 weights a bound that is 0.5 % off and a standard deviation
 * that is 3.5 % off, by 64 biases one that is 1.7 times too large. */
static void
test_disagree (void)
{
  guint n;
  const IscDefaultLibrary *libraries = isc_default_libraries_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscWeights) weights = make (libraries[i].id, "3");

      for (guint j = 0; j < libraries[i].n_defaults; j++)
        {
          const IscWeightEntry *entry = isc_weights_get_entry (weights, j);
          gboolean std = entry->documented->documented == ISC_DOCUMENTED_STD;

          g_assert_true (agrees_with (entry, 1.0, 0.0));
          g_assert_false (agrees_with (entry, entry->is_bias ? 3.0 : std ? 1.07 : 1.01, 0.5));
          g_assert_false (agrees_with (entry, entry->is_bias ? 0.8 : std ? 0.93 : 0.99, -0.5));
        }
    }
}

static void
test_refusals (void)
{
  g_autoptr (IscExperiment) experiment = seeded ("0");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_default_library_find ("torch", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "the defaults of 'torch' are not known: those of pytorch, keras, jax are");
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (isc_weights_new_defaults (experiment, isc_default_library_find ("keras", NULL),
                                           cancellable, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/engine/defaults/agree", test_agree);
  g_test_add_func ("/engine/defaults/own", test_own);
  g_test_add_func ("/engine/defaults/disagree", test_disagree);
  g_test_add_func ("/engine/defaults/refusals", test_refusals);
  return g_test_run ();
}
