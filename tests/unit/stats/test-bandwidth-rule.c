/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bandwidth-rule.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "support/reference.h"

/* The reference's own deviation and interquartile range, in doubles: so only the rules are tested.
 */
static void
test_reference (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");
  JsonArray *entries = json_object_get_array_member (root, "bandwidths");
  const char *keys[] = { "scott_scipy", "silverman_scipy", "nrd0", "nrd" };
  gsize n_rules;
  const IscBandwidthRuleInfo *const *rules = isc_bandwidth_rules (&n_rules);

  /* And "isj", which reads the sample itself: see test-isj.c. */
  g_assert_cmpuint (n_rules, ==, G_N_ELEMENTS (keys) + 1);
  g_assert_cmpuint (json_array_get_length (entries), ==, 6);
  for (guint s = 0; s < json_array_get_length (entries); s++)
    {
      JsonObject *entry = json_array_get_object_element (entries, s);
      double n = reference_number (entry, "n");
      IscMoments moments = {
        .count = (guint64)n,
        .std = reference_number (entry, "std_ddof1") * sqrt ((n - 1) / n),
      };

      for (gsize r = 0; r < G_N_ELEMENTS (keys); r++)
        {
          IscBandwidthRule rule = { .info = rules[r] };
          const IscBandwidthRuleInfo *used;

          /* A power and a product; the deviation was divided and multiplied by a root. */
          assert_close (isc_bandwidth_rule_evaluate (&rule, &moments,
                                                     reference_number (entry, "iqr"), NULL, &used),
                        reference_number (entry, keys[r]), 1e-14, 0);
          g_assert_true (used == rules[r]);
        }
    }
}

static void
test_fall_back (void)
{
  /* Half of the values are equal: R takes the deviation. */
  IscMoments moments = { .count = 100, .std = 0.5, .min = 0, .max = 2 };
  IscBandwidthRule rule;
  double expected = 0.9 * 0.5 * sqrt (100.0 / 99) * pow (100, -0.2);

  g_assert_true (isc_bandwidth_rule_parse ("nrd0", &rule, NULL));
  assert_close (isc_bandwidth_rule_evaluate (&rule, &moments, 0, NULL, NULL), expected, 1e-14, 0);

  moments.std = 0;
  g_assert_cmpfloat (isc_bandwidth_rule_evaluate (&rule, &moments, 0, NULL, NULL), ==, 0);
  moments.count = 1;
  g_assert_cmpfloat (isc_bandwidth_rule_evaluate (&rule, &moments, 0, NULL, NULL), ==, 0);
}

static void
test_parse (void)
{
  const char *good[] = { "scott", "silverman", "nrd0", "nrd", "isj", "0.004", "1e-12" };
  const char *bad[] = { "", "Scott", "0", "-1", "nan", "inf", "0.1x", "ISJ" };
  IscBandwidthRule rule = isc_bandwidth_rule_default ();

  g_assert_cmpstr (rule.info->name, ==, "scott");
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (isc_bandwidth_rule_parse (good[i], &rule, NULL));
      text = isc_bandwidth_rule_to_text (&rule);
      g_assert_cmpstr (text, ==, good[i]);
    }
  g_assert_cmpfloat (isc_bandwidth_rule_evaluate (&rule, &(IscMoments){ 0 }, 0, NULL, NULL), ==,
                     1e-12);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (isc_bandwidth_rule_parse (bad[i], &rule, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_nonnull (
          strstr (error->message, "scott, silverman, nrd0, nrd, isj, or a number above 0"));
    }
}

/* Three rules go by Silverman's name in the literature; no two labels here are alike. */
static void
test_labels_differ (void)
{
  gsize n_rules;
  const IscBandwidthRuleInfo *const *rules = isc_bandwidth_rules (&n_rules);

  for (gsize a = 0; a < n_rules; a++)
    for (gsize b = 0; b < a; b++)
      {
        g_assert_cmpstr (rules[a]->label, !=, rules[b]->label);
        g_assert_cmpstr (rules[a]->caption, !=, rules[b]->caption);
      }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bandwidth-rule/reference", test_reference);
  g_test_add_func ("/bandwidth-rule/fall-back", test_fall_back);
  g_test_add_func ("/bandwidth-rule/parse", test_parse);
  g_test_add_func ("/bandwidth-rule/labels-differ", test_labels_differ);
  return g_test_run ();
}
