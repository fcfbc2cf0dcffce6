/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/call.h"
#include "base/ref-count.h"

/* What a call is made of, for the files call*.c alone. */

/**
 * IscCallArgument:
 * @key: (nullable): its keyword
 * @value: its value
 *
 * One argument.
 */
typedef struct
{
  char *key;
  IscValue value;
} IscCallArgument;

struct _IscCall
{
  IscRefCount ref_count;
  char *name;
  GArray *arguments;
};

/** isc_call_alloc: @name: (transfer full): its canonical name.  Returns: a call without arguments
 */
IscCall *isc_call_alloc (char *name);

/** isc_value_free: frees a value and what it holds */
void isc_value_free (gpointer value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscValue, isc_value_free)
