/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/data-probe.h"

#include "app/training-job.h"
#include "catalog/catalog.h"
#include "catalog/datasets/datasets.h"

/* A name that is still being typed is not looked for. */
#define DELAY_MS 400

struct _IscDataProbe
{
  GObject parent_instance;

  IscExperiment *experiment;
  IscTrainingJob *job;
  guint timer;
};

enum
{
  PROBED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscDataProbe, isc_data_probe, G_TYPE_OBJECT)

static gboolean
has_own_files (IscExperiment *experiment)
{
  IscCall *call = isc_experiment_get_data (experiment);
  const IscDataset *dataset
      = (const IscDataset *)isc_catalog_find (ISC_KIND_DATASET, isc_call_get_name (call), NULL);

  return dataset && dataset->n_sources > 0 && dataset->sources[0].parameter;
}

static void
probed_cb (IscResult *result,
           IscFigure *const *figures,
           const GError *error,
           gboolean idle,
           gpointer probe)
{
  IscDataProbe *self = probe;
  g_autofree char *gaps = isc_training_job_dup_gaps (self->job);

  if (idle)
    g_signal_emit (self, signals[PROBED], 0, error ? error->message : NULL, gaps);
}

/* No step is a run's beginning: its data are read, and looked at whether they fit the network. */
static gboolean
probe_cb (gpointer probe)
{
  IscDataProbe *self = probe;

  self->timer = 0;
  self->job = isc_training_job_new (self->experiment, 1, probed_cb, G_OBJECT (self));
  isc_training_job_advance (self->job, 0);
  return G_SOURCE_REMOVE;
}

static void
forget (IscDataProbe *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->job, isc_training_job_free);
  g_clear_pointer (&self->experiment, isc_experiment_unref);
}

static void
isc_data_probe_dispose (GObject *object)
{
  forget (ISC_DATA_PROBE (object));
  G_OBJECT_CLASS (isc_data_probe_parent_class)->dispose (object);
}

static void
isc_data_probe_class_init (IscDataProbeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = isc_data_probe_dispose;
  signals[PROBED] = g_signal_new ("probed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
isc_data_probe_init (IscDataProbe *self)
{
}

IscDataProbe *
isc_data_probe_new (void)
{
  return g_object_new (ISC_TYPE_DATA_PROBE, NULL);
}

void
isc_data_probe_request (IscDataProbe *self, IscExperiment *experiment)
{
  g_return_if_fail (ISC_IS_DATA_PROBE (self));

  forget (self);
  if (!experiment || !has_own_files (experiment))
    return;
  self->experiment = isc_experiment_ref (experiment);
  self->timer = g_timeout_add (DELAY_MS, probe_cb, self);
}
