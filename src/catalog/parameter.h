/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/item.h"

/* What a parameter may hold, for item.c alone. */

/** isc_parameter_type_in_words: Returns: what to give for it: "a whole number" */
const char *isc_parameter_type_in_words (IscParameterType type);

/**
 * isc_parameter_check:
 * @item: whose parameter
 * @parameter: which
 * @value: what a call gives for it; of modules, one of them
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if @value has not the type, or is out of range
 */
gboolean isc_parameter_check (const IscItem *item,
                              const IscParameter *parameter,
                              const IscValue *value,
                              GError **error);
