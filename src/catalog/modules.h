/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/catalog.h"

/**
 * IscModule:
 * @name: as PyTorch names it: "2"; "1.f.0" within the Residual of line 1
 * @line: which line of the network it stands in
 * @call: its call
 * @kind: a layer or an activation
 * @item: which
 * @arguments: its arguments
 * @begin: of a Residual, which module its block begins with; of others, the module itself
 *
 * One module of a network that is laid out flat: the modules of a Residual's block stand in front
 * of it, and the Residual itself is what adds up, from its block's output and from what came to the
 * block.  So a list of modules says all of a network, in the order in which PyTorch constructs them
 * and in which apply() visits them, whatever is within what.
 */
typedef struct
{
  char *name;
  guint line;
  IscCall *call;
  IscKind kind;
  const IscItem *item;
  IscArguments *arguments;
  guint begin;
} IscModule;

/**
 * isc_modules_new:
 * @calls: (element-type IscCall): the lines of a network
 *
 * Returns: (transfer full) (element-type IscModule) (nullable): its modules; %NULL with
 *   ISC_ERROR_INVALID ("network[2]: ...")
 */
GPtrArray *isc_modules_new (GPtrArray *calls, GError **error);

/** isc_modules_get: Returns: (transfer none): module @index of what isc_modules_new() made */
const IscModule *isc_modules_get (const GPtrArray *modules, guint index);

/** isc_modules_find: @lines: (element-type IscCall): a network's; Returns: (transfer full)
 * (nullable): the call of the module that PyTorch names @name, "2" or "1.f.0" */
IscCall *isc_modules_find (GPtrArray *lines, const char *name);

/** isc_module_get_place: Returns: (transfer full): where it stands in @list, the name of the list
 * of lines: "network[2]", "network[1].f[0]" */
char *isc_module_get_place (const IscModule *module, const char *list);

/**
 * isc_modules_infer_shape:
 * @index: a module
 * @shapes: (array) (inout): the shapes of one example's input to each module; a shape of no
 *   dimensions is unknown.  That of what follows @index, its output, is filled in
 *
 * The step of a walk through a network's shapes.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if what comes to the module does not fit, or it can't be
 *   trained
 */
gboolean
isc_modules_infer_shape (const GPtrArray *modules, guint index, IscShape *shapes, GError **error);

/** isc_modules_name_source: says in @error, of isc_modules_infer_shape(), that what comes to the
 * module is from @source, if it is about what comes */
void isc_modules_name_source (GError *error, const char *source);

/** isc_modules_find_batch: @shapes: as isc_modules_infer_shape() fills them in; Returns: the first
 * module that can't be trained with a batch of one example; how many there are if all can */
guint isc_modules_find_batch (const GPtrArray *modules, const IscShape *shapes);

/**
 * isc_modules_infer_shapes:
 * @shapes: (array) (inout): one more than there are modules; the first, the network's input, is
 *   given, and the others are filled in
 *
 * The whole walk.
 *
 * Returns: %FALSE as above, with the place in front
 */
gboolean isc_modules_infer_shapes (const GPtrArray *modules, IscShape *shapes, GError **error);
