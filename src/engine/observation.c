/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/observation.h"

IscObservation *
isc_observation_new (guint n_parameters, guint n_modules)
{
  IscObservation *observation = g_new0 (IscObservation, 1);

  isc_ref_count_init (&observation->ref_count);
  observation->parameters = g_new0 (IscParameterObservation, n_parameters + 1);
  observation->n_parameters = n_parameters;
  observation->modules = g_new0 (IscModuleObservation, n_modules + 1);
  observation->n_modules = n_modules;
  return observation;
}

IscObservation *
isc_observation_ref (IscObservation *observation)
{
  isc_ref_count_inc (&observation->ref_count);
  return observation;
}

void
isc_observation_unref (IscObservation *observation)
{
  if (!isc_ref_count_dec (&observation->ref_count))
    return;
  for (guint i = 0; i < observation->n_parameters; i++)
    g_free (observation->parameters[i].name);
  for (guint i = 0; i < observation->n_modules; i++)
    g_free (observation->modules[i].name);
  g_clear_pointer (&observation->boundary, isc_boundary_free);
  g_free (observation->parameters);
  g_free (observation->modules);
  g_free (observation);
}
