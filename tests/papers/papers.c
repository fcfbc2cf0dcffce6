/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers/papers.h"

#include "experiment/edit.h"
#include "experiment/examples.h"

IscExperiment *
papers_example (const char *id)
{
  g_autoptr (GError) error = NULL;
  IscExperiment *experiment = isc_example_load (id, &error);

  g_assert_no_error (error);
  return experiment;
}

void
papers_edit (IscExperiment **experiment, const char *path, const char *value)
{
  g_autoptr (GError) error = NULL;
  IscExperiment *edited = isc_experiment_edit (*experiment, path, value, &error);

  g_assert_no_error (error);
  isc_experiment_unref (*experiment);
  *experiment = edited;
}

void
papers_set_depth (IscExperiment **experiment,
                  guint depth,
                  const guint widths[3],
                  const char *activation)
{
  g_autoptr (GString) network = g_string_new ("nn.Sequential(");

  for (guint i = 0; i < depth; i++)
    {
      g_string_append_printf (network, "Linear(%u, %u)", widths[i > 0],
                              widths[i + 1 < depth ? 1 : 2]);
      if (i + 1 < depth)
        g_string_append_printf (network, ", %s%s", activation ? activation : "",
                                activation ? ", " : "");
    }
  g_string_append_c (network, ')');
  papers_edit (experiment, "network", network->str);
}

IscResult *
papers_run (IscExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRun) run = isc_run_new (experiment, &error);

  g_assert_no_error (error);
  isc_run_advance (run, G_MAXSIZE, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return isc_run_snapshot (run);
}
