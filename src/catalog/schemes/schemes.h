/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "base/law.h"
#include "catalog/item.h"
#include "catalog/site.h"

/**
 * IscScheme:
 * @item: the head
 * @library: whose function it is: "PyTorch", "Keras", "JAX", "timm"; "Initscope" if nobody's
 * @own_stream: whether only its law is the library's, and the random numbers are our own: figures
 *   say so
 * @measures: whether it looks at the data that arrive at the layer: it is then given them if there
 *   are any
 * @min_dims: the fewest dimensions a weight must have
 * @max_dims: the most; 0 for any number
 * @check: (nullable): refuses arguments or a site it can't fill, with ISC_ERROR_INVALID
 * @fill: (nullable): fills @tensor, which stands at @site, drawing from @generator exactly what the
 *   library draws; %NULL if the weights are plain draws of @law (see isc_draw_law())
 * @law: the exact law of one weight, kind none if there is none
 * @describe: (transfer full): the formula with its numbers filled in, "std = √2 / √784 = 0.0505"
 * @variant: (nullable): what tells it from others that share its functions
 *
 * An initialization scheme.
 */
typedef struct
{
  IscItem item;
  const char *library;
  gboolean own_stream;
  gboolean measures;
  guint min_dims;
  guint max_dims;
  gboolean (*check) (const IscArguments *arguments, const IscSite *site, GError **error);
  gboolean (*fill) (const IscArguments *arguments,
                    const IscSite *site,
                    IscGenerator *generator,
                    IscTensor *tensor,
                    GError **error);
  IscLaw (*law) (const IscArguments *arguments, const IscSite *site);
  char *(*describe) (const IscArguments *arguments, const IscSite *site);
  gconstpointer variant;
} IscScheme;

/** isc_schemes_get: Returns: (array length=n): the list of schemes */
const IscItem *const *isc_schemes_get (guint *n);

/**
 * isc_scheme_check:
 *
 * Checks @site against a scheme's numbers of dimensions and its own check.
 */
gboolean isc_scheme_check (const IscScheme *scheme,
                           const IscArguments *arguments,
                           const IscSite *site,
                           GError **error);

/**
 * isc_scheme_fill:
 *
 * Checks and fills.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, or ISC_ERROR_RESOURCE for lack of working memory
 */
gboolean isc_scheme_fill (const IscScheme *scheme,
                          const IscArguments *arguments,
                          const IscSite *site,
                          IscGenerator *generator,
                          IscTensor *tensor,
                          GError **error);

/**
 * isc_scheme_check_call:
 * @call: a call of a scheme: "orthogonal_(gain=2.0)"
 *
 * Checks as another scheme would, for schemes that begin with it.
 */
gboolean isc_scheme_check_call (const char *call, const IscSite *site, GError **error);

/** isc_scheme_fill_call: checks and fills as another scheme would */
gboolean isc_scheme_fill_call (const char *call,
                               const IscSite *site,
                               IscGenerator *generator,
                               IscTensor *tensor,
                               GError **error);

/**
 * isc_scheme_describe_law:
 *
 * A @describe for schemes whose law says it all: "std = 0.05, 0.04398 after truncation".
 */
char *isc_scheme_describe_law (const IscArguments *arguments, const IscSite *site);
