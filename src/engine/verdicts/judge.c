/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/verdicts/judge.h"

#include <string.h>

IscLevel
isc_level_above (double value, double watch, double problem)
{
  return value > problem ? ISC_LEVEL_PROBLEM : value > watch ? ISC_LEVEL_WATCH : ISC_LEVEL_OK;
}

IscLevel
isc_level_below (double value, double watch, double problem)
{
  return value < problem ? ISC_LEVEL_PROBLEM : value < watch ? ISC_LEVEL_WATCH : ISC_LEVEL_OK;
}

char *
isc_judge_when (gsize step)
{
  return step == 0 ? g_strdup ("at the start") : g_strdup_printf ("after %zu steps", step);
}

/* Whether parameter @name, "4.weight", belongs to module @module, "4". */
gboolean
isc_judge_belongs (const char *name, const char *module)
{
  gsize length = strlen (module);

  return g_str_has_prefix (name, module) && name[length] == '.' && !strchr (name + length + 1, '.');
}

static gboolean
has_matrix (const IscObservation *observation, const IscModuleObservation *module)
{
  for (guint i = 0; i < observation->n_parameters; i++)
    if (observation->parameters[i].n_rows > 0
        && isc_judge_belongs (observation->parameters[i].name, module->name))
      return TRUE;
  return FALSE;
}

/* The first and the last module whose outputs are pre-activations. */
gboolean
isc_judge_find_ends (const IscObservation *observation,
                     const IscModuleObservation **first,
                     const IscModuleObservation **last)
{
  *first = *last = NULL;
  for (guint i = 0; i < observation->n_modules; i++)
    if (has_matrix (observation, &observation->modules[i]))
      {
        *first = *first ? *first : &observation->modules[i];
        *last = &observation->modules[i];
      }
  return *first != *last;
}

/* Adds a verdict; @text is taken. */
void
isc_judge_add (const IscCase *judged,
               const char *id,
               IscLevel level,
               gsize step,
               const char *place,
               double value,
               char *text,
               const char *advice)
{
  IscVerdict *verdict = g_new0 (IscVerdict, 1);

  verdict->id = id;
  verdict->level = level;
  verdict->step = step;
  verdict->place = g_strdup (place);
  verdict->value = value;
  verdict->text = text;
  verdict->advice = g_strdup (advice);
  g_ptr_array_add (judged->verdicts, verdict);
}
