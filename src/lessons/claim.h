/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"

/**
 * IscQuantity:
 * @name: its word in a lesson
 * @unit: (nullable): what its argument names, "module" or "parameter"; %NULL if it has none
 * @help: what it is, in one sentence
 *
 * What a claim may be about.
 */
typedef struct
{
  const char *name;
  const char *unit;
  const char *help;
} IscQuantity;

/**
 * IscClaim:
 * @line: where it stands
 * @quantity: what it is about
 * @of: (nullable): the module or parameter
 * @run: the scheme's label
 * @step: steps made; G_MAXSIZE for the end
 * @low: what the quantity has to exceed; infinite for anything
 * @high: what it has to stay below; infinite for anything
 *
 * A number that a lesson's text relies on, so that a test can say when it is no longer true.
 */
typedef struct
{
  guint line;
  const IscQuantity *quantity;
  char *of;
  char *run;
  gsize step;
  double low;
  double high;
} IscClaim;

/**
 * isc_claim_parse:
 * @text: "loss of Zeros at 500 above 1.09", "outputs 57 of Xavier at 0 below 1e-5",
 *   "accuracy of He at end between 0.9 and 1"
 *
 * Returns: (transfer full) (nullable): the claim; %NULL with ISC_ERROR_INVALID
 */
IscClaim *isc_claim_parse (const char *text, GError **error);
void isc_claim_free (IscClaim *claim);

/** isc_claim_measure: Returns: the quantity in @result, at the claim's step or the last before it;
 * NaN where there is none */
double isc_claim_measure (const IscClaim *claim, const IscResult *result);

/** isc_claim_holds: Returns: whether @value is what the claim says */
gboolean isc_claim_holds (const IscClaim *claim, double value);

/** isc_quantities_get: Returns: (array length=n): everything that a claim may be about */
const IscQuantity *isc_quantities_get (guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscClaim, isc_claim_free)
