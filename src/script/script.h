/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/call.h"
#include "base/generator.h"
#include "base/tensor.h"

/** The longest expression, in bytes. */
#define ISC_SCRIPT_MAX_EXPRESSION 4096

/** The largest script file, in bytes. */
#define ISC_SCRIPT_MAX_FILE (1024 * 1024)

/**
 * IscScript:
 *
 * A rule for weights that a person wrote in Lua 5.4: an expression for one weight, or a file with a
 * function init(layer).  Immutable and reference-counted; any thread may hold one, because every
 * fill has a Lua state of its own.
 *
 * An expression is evaluated for each weight in row-major order, in double, and rounded to float32
 * once; NaN and infinities are kept.  It knows
 *
 *   row, col, index     where the weight stands, from 0: index counts row-major, row is the first
 *                       dimension's, col counts all others together, so index = row * columns + col
 *   shape               a table: shape[1] is the first extent, #shape the number of dimensions
 *   fan_in, fan_out     whole numbers, unless the weight has none
 *   rand(), randn()     torch.rand(()) and torch.randn(()) of the run's generator: float32 numbers
 *   pi, abs, sqrt, exp, log, sin, cos, tanh, floor, min, max
 *   math, string        Lua's, without what draws random numbers, runs long or tells addresses
 *   assert, error, ipairs, tonumber, tostring, type
 *
 * A file knows the same but row, col and index; its init(layer) finds
 *
 *   layer.kind          "Linear", or nil for a bare tensor
 *   layer.name          "0.weight", or nil
 *   layer.parameter     "weight"
 *   layer.shape, layer.fan_in, layer.fan_out
 *   layer.weight        the tensor, under its parameter's own name
 *
 * and fills the tensor in place with PyTorch's methods uniform_(a, b), normal_(mean, std),
 * fill_(v), zero_(), ones_(), mul_(x), add_(x), clamp_(a, b), which return it; get(i) and set(i, v)
 * count from 0 and #tensor counts the weights.  init.NAME(tensor, ..., {name=value}) calls a scheme
 * of the target, init.calculate_gain(nonlinearity, slope) gives its gain.  A tensor that init()
 * does not touch keeps what it held.
 *
 * There are no files, no system, no other Lua state, nothing that catches errors, and nothing whose
 * result depends on chance: the same seed gives the same bytes.  64 MiB of memory; texts of 16 KiB;
 * 1,000,000 steps and 2,000 more for every weight, or 1,000,000,000 steps of a file, of which
 * 10,000,000 may be outside its functions.
 */
typedef struct _IscScript IscScript;

/**
 * IscScriptSchemes:
 * @fill: fills the target's weights with the scheme that @call names
 * @gain: the gain of @nonlinearity; @slope is NaN if none is given
 *
 * What init.NAME() and init.calculate_gain() of a file call.  Both give %FALSE with an error whose
 * message begins with the thing at fault; the script adds line and column.
 */
typedef struct
{
  gboolean (*fill) (gpointer user_data,
                    const IscCall *call,
                    IscGenerator *generator,
                    GError **error);
  gboolean (*gain) (
      gpointer user_data, const char *nonlinearity, double slope, double *gain, GError **error);
} IscScriptSchemes;

/**
 * IscScriptTarget:
 * @shape: of the weights
 * @fan_in: inputs of one output; 0 if the shape has fewer than two dimensions
 * @fan_out: outputs that one input reaches; likewise
 * @kind: (nullable): the layer's kind, "Linear"; %NULL for a bare tensor
 * @name: (nullable): the parameter's full name, "0.weight"
 * @parameter: (nullable): the parameter's own name; %NULL for "weight"
 * @schemes: (nullable): the schemes that a file may call
 * @user_data: given to @schemes
 * @cancellable: (nullable): looked at every thousand steps
 *
 * The weights that a script fills.  A plain value that owns nothing.
 */
typedef struct
{
  IscShape shape;
  gint64 fan_in;
  gint64 fan_out;
  const char *kind;
  const char *name;
  const char *parameter;
  const IscScriptSchemes *schemes;
  gpointer user_data;
  GCancellable *cancellable;
} IscScriptTarget;

/**
 * isc_script_new_expression:
 * @text: a Lua expression, UTF-8, 1..%ISC_SCRIPT_MAX_EXPRESSION bytes
 *
 * Reads and compiles an expression without running it.
 *
 * Returns: (transfer full) (nullable): the script; %NULL with ISC_ERROR_INVALID and a sentence that
 *   names the column
 */
IscScript *isc_script_new_expression (const char *text, GError **error);

/**
 * isc_script_new_file:
 * @path: a file of Lua text, UTF-8, at most %ISC_SCRIPT_MAX_FILE bytes
 *
 * Reads and compiles a file without running it.
 *
 * Returns: (transfer full) (nullable): the script; %NULL with ISC_ERROR_IO, or with
 *   ISC_ERROR_INVALID and a sentence that names line and column
 */
IscScript *isc_script_new_file (const char *path, GError **error);
IscScript *isc_script_ref (IscScript *script);
void isc_script_unref (IscScript *script);

/**
 * isc_script_check:
 * @target: weights as those to be filled; nothing is written to them
 *
 * Looks for errors while one types, in some 10 ms if there is an endless loop and in 0.1 ms else.
 * An expression: every name is looked up, also where it is not reached, and the first and the last
 * weight are evaluated with a generator of its own.  A file: what stands outside functions is run,
 * and init must then be a function.
 *
 * Returns: %FALSE with the error isc_script_fill() would give
 */
gboolean isc_script_check (IscScript *script, const IscScriptTarget *target, GError **error);

/**
 * isc_script_fill:
 * @data: (array length=n): the weights, row-major; a file finds in them what they hold
 * @n: how many, the product of the target's shape
 *
 * Runs the script.  A million weights of a short expression cost some 0.15 s.  After an error the
 * weights and the generator are left where the script came to.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID and a sentence that names line and column,
 *   ISC_ERROR_RESOURCE if memory ran out, ISC_ERROR_CANCELLED, or the error of a scheme
 */
gboolean isc_script_fill (IscScript *script,
                          const IscScriptTarget *target,
                          IscGenerator *generator,
                          float *data,
                          gsize n,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscScript, isc_script_unref)
