/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lessons/claim.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"

/* Batches whose losses are averaged: one alone jumps about. */
#define LOSS_STEPS 10

typedef enum
{
  LOSS,
  GRADIENT,
  ACCURACY,
  OUTPUTS,
  GRADIENTS,
  DEAD,
  SATURATED,
  WEIGHTS,
  TWINS,
} Quantity;

/* THE list of quantities. */
static const IscQuantity quantities[] = {
  [LOSS] = { "loss", NULL, "the mean loss of the last ten batches" },
  [GRADIENT] = { "gradient", NULL, "the norm of the whole gradient in the last step" },
  [ACCURACY] = { "accuracy", NULL, "the test accuracy after the last epoch, from 0 to 1" },
  [OUTPUTS]
  = { "outputs", "module", "the standard deviation of what a module of the network hands on" },
  [GRADIENTS] = { "gradients", "module", "the root mean square of the gradient at its outputs" },
  [DEAD] = { "dead", "module", "the share of units of a rectifier that are 0 for every example" },
  [SATURATED] = { "saturated", "module", "the share of values where an activation is flat" },
  [WEIGHTS] = { "weights", "parameter", "the standard deviation of a parameter" },
  [TWINS] = { "twins", "parameter", "the share of units of a layer with the weights of another" },
};

/* Takes the next word off @text; %NULL at the end. */
static char *
take_word (const char **text)
{
  const char *start = *text + strspn (*text, " ");
  gsize length = strcspn (start, " ");

  *text = start + length;
  return length ? g_strndup (start, length) : NULL;
}

static const IscQuantity *
find_quantity (const char *name)
{
  for (guint i = 0; name && i < G_N_ELEMENTS (quantities); i++)
    if (g_str_equal (quantities[i].name, name))
      return &quantities[i];
  return NULL;
}

static void
fail_quantity (const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", quantities[i].name);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "nothing can be expected of '%s': there are %s",
               name ? name : "", names->str);
}

static gboolean
fail_form (GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "an expectation reads 'loss of SCHEME at STEP below NUMBER' (or 'above NUMBER', or "
               "'between NUMBER and NUMBER')");
  return FALSE;
}

static gboolean
read_step (const char *text, gsize *step)
{
  gint64 value;

  if (g_strcmp0 (text, "end") == 0)
    {
      *step = G_MAXSIZE;
      return TRUE;
    }
  if (!text || !isc_integer_from_text (text, &value) || value < 0)
    return FALSE;
  *step = (gsize)value;
  return TRUE;
}

/* "500 above 1.09" */
static gboolean
read_bounds (IscClaim *claim, const char *text)
{
  g_autofree char *step = take_word (&text);
  g_autofree char *relation = take_word (&text);
  g_autofree char *first = take_word (&text);
  g_autofree char *and = take_word (&text);
  g_autofree char *second = take_word (&text);
  gboolean between = g_strcmp0 (relation, "between") == 0;

  claim->low = -INFINITY;
  claim->high = INFINITY;
  if (!read_step (step, &claim->step) || !first || *text)
    return FALSE;
  if (between)
    return g_strcmp0 (and, "and") == 0 && second && isc_number_from_text (first, &claim->low)
           && isc_number_from_text (second, &claim->high);
  return !and&&isc_number_from_text (first,
                                     g_str_equal (relation, "above") ? &claim->low : &claim->high)
         && (g_str_equal (relation, "above") || g_str_equal (relation, "below"));
}

/* A scheme's label may hold any words, so it ends at the last " at ". */
static gboolean
read_run (IscClaim *claim, const char *text, GError **error)
{
  const char *at = g_strrstr (text, " at ");

  if (!g_str_has_prefix (text, "of ") || !at || at < text + 3)
    return fail_form (error);
  claim->run = g_strndup (text + 3, (gsize)(at - text) - 3);
  return read_bounds (claim, at + 4) || fail_form (error);
}

/* The mean over the last steps, which may be fewer than asked for. */
static double
mean_loss (const IscRunResult *run, gsize last)
{
  double sum = 0.0;
  gsize n = 0;

  for (gsize row = last + 1; row-- > 0 && n < LOSS_STEPS; n++)
    sum += (double)isc_trace_get (run->trace, row, ISC_TRACE_LOSS);
  return sum / (double)n;
}

static double
traced (const IscClaim *claim, const IscRunResult *run)
{
  gsize last = run->n_rows;

  /* Step s is the one after s steps made, so the last of s steps is row s - 1. */
  while (last > 0 && isc_trace_get_step (run->trace, last - 1) >= claim->step)
    last--;
  if (last == 0)
    return NAN;
  return claim->quantity == &quantities[LOSS]
             ? mean_loss (run, last - 1)
             : (double)isc_trace_get (run->trace, last - 1, ISC_TRACE_GRADIENT_NORM);
}

static double
accuracy (const IscClaim *claim, const IscRunResult *run)
{
  double value = NAN;

  for (guint i = 0; i < run->n_epochs && run->epochs[i].last_step < claim->step; i++)
    value = run->epochs[i].test_accuracy;
  return value;
}

static double
of_module (const IscClaim *claim, const IscModuleObservation *module)
{
  switch (claim->quantity - quantities)
    {
    case OUTPUTS:
      return module->outputs.std;
    case GRADIENTS:
      return module->gradient.rms;
    case DEAD:
      return module->dead;
    default:
      return module->saturated;
    }
}

static double
of_parameter (const IscClaim *claim, const IscParameterObservation *parameter)
{
  if (claim->quantity == &quantities[WEIGHTS])
    return parameter->values.std;
  return parameter->n_rows ? (double)parameter->n_alike / parameter->n_rows : NAN;
}

static double
observed (const IscClaim *claim, const IscRunResult *run)
{
  const IscObservation *seen = NULL;

  for (guint i = 0; i < run->n_observations && run->observations[i]->step <= claim->step; i++)
    seen = run->observations[i];
  for (guint i = 0; seen && i < seen->n_modules; i++)
    if (g_str_equal (claim->quantity->unit, "module")
        && g_str_equal (seen->modules[i].name, claim->of))
      return of_module (claim, &seen->modules[i]);
  for (guint i = 0; seen && i < seen->n_parameters; i++)
    if (g_str_equal (claim->quantity->unit, "parameter")
        && g_str_equal (seen->parameters[i].name, claim->of))
      return of_parameter (claim, &seen->parameters[i]);
  return NAN;
}

IscClaim *
isc_claim_parse (const char *text, GError **error)
{
  g_autoptr (IscClaim) claim = g_new0 (IscClaim, 1);
  g_autofree char *name = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  name = take_word (&text);
  claim->quantity = find_quantity (name);
  if (!claim->quantity)
    {
      fail_quantity (name, error);
      return NULL;
    }
  if (claim->quantity->unit)
    {
      claim->of = take_word (&text);
      if (!claim->of)
        {
          fail_form (error);
          return NULL;
        }
    }
  return read_run (claim, text + strspn (text, " "), error) ? g_steal_pointer (&claim) : NULL;
}

void
isc_claim_free (IscClaim *claim)
{
  if (!claim)
    return;
  g_free (claim->of);
  g_free (claim->run);
  g_free (claim);
}

double
isc_claim_measure (const IscClaim *claim, const IscResult *result)
{
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      if (!g_str_equal (run->label, claim->run))
        continue;
      if (claim->quantity == &quantities[ACCURACY])
        return accuracy (claim, run);
      return claim->quantity->unit ? observed (claim, run) : traced (claim, run);
    }
  return NAN;
}

gboolean
isc_claim_holds (const IscClaim *claim, double value)
{
  return value > claim->low && value < claim->high;
}

const IscQuantity *
isc_quantities_get (guint *n)
{
  *n = G_N_ELEMENTS (quantities);
  return quantities;
}
