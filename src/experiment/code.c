/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/code.h"

#include "base/error.h"
#include "experiment/code/plan.h"

extern const IscCodeLanguage isc_code_pytorch;
extern const IscCodeLanguage isc_code_keras;
extern const IscCodeLanguage isc_code_jax;
extern const IscCodeLanguage isc_code_numpy;

/* THE list: a language is its own file and one line here. */
static const IscCodeLanguage *const languages[] = {
  &isc_code_pytorch,
  &isc_code_keras,
  &isc_code_jax,
  &isc_code_numpy,
};

const IscCodeLanguage *const *
isc_code_languages_get (guint *n)
{
  *n = G_N_ELEMENTS (languages);
  return languages;
}

const IscCodeLanguage *
isc_code_language_find (const char *id, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      if (g_str_equal (languages[i]->id, id))
        return languages[i];
      g_string_append_printf (names, "%s%s", i ? ", " : "", languages[i]->id);
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "no code is written as '%s': there are %s", id,
               names->str);
  return NULL;
}

char *
isc_code_new (const IscExperiment *experiment, const IscCodeLanguage *language, GError **error)
{
  g_autoptr (IscCodePlan) plan = isc_code_plan_new (experiment, error);
  GString *text;

  if (!plan)
    return NULL;
  text = g_string_new (NULL);
  language->write (plan, text);
  return g_string_free (text, FALSE);
}
