/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/code/plan.h"

/* Parts of Python that all languages write. */

/** isc_python_number: Returns: (transfer full): a number with as few digits as name it to 12
 * places: 2 for (√2)².  For laws; where bits count, isc_number_to_text() */
char *isc_python_number (double value);

/** isc_python_string: Returns: (transfer full): @text in quotes, escaped */
char *isc_python_string (const char *text);

/** isc_python_tuple: Returns: (transfer full): "(256, 784)", "(64,)" */
char *isc_python_tuple (const IscShape *shape);

/** isc_python_seed: Returns: (transfer full): the plan's seed plus @index, below 2³²: what Keras
 * and JAX take */
char *isc_python_seed (const IscCodePlan *plan, guint index);

/** isc_python_append_comment: appends a line of comment; what would break the line becomes a blank
 */
void isc_python_append_comment (GString *text, const char *indent, const char *comment);

/**
 * isc_python_append_origin:
 *
 * Appends a comment that says what sets @parameter: the scheme's call, or PyTorch's default, with
 * the formula.
 */
void
isc_python_append_origin (GString *text, const char *indent, const IscCodeParameter *parameter);

/**
 * IscPythonExpression:
 * @index: which of its entry's parameters it is
 *
 * Returns: (transfer full): an expression that makes the tensor
 */
typedef char *(*IscPythonExpression) (const IscCodePlan *plan,
                                      const IscCodeParameter *parameter,
                                      guint index,
                                      gpointer data);

/**
 * isc_python_append_tensors:
 * @restart: (nullable): the line that seeds anew
 *
 * Appends one assignment a tensor: to weight if it is alone, to entries of a dictionary if not, and
 * one dictionary an init.
 */
void isc_python_append_tensors (GString *text,
                                const IscCodePlan *plan,
                                const char *restart,
                                IscPythonExpression expression,
                                gpointer data);

/**
 * IscPythonScaling:
 * @scale: the variance times the fan
 * @mode: 'fan_in', 'fan_out', 'fan_avg' or 'fan_geo_avg'
 *
 * A scheme as Keras and JAX describe the family: variance scale / n.
 */
typedef struct
{
  double scale;
  const char *mode;
} IscPythonScaling;

/**
 * isc_python_scaling:
 * @fan_in: as the other library counts it
 * @fan_out: likewise
 *
 * Finds out by asking the scheme about other fans whether its law belongs to the family.
 *
 * Returns: whether it does, and the other library's fans give the same law
 */
gboolean isc_python_scaling (const IscCodeParameter *parameter,
                             gint64 fan_in,
                             gint64 fan_out,
                             IscPythonScaling *scaling);

/** isc_python_is_cut_at_2: Returns: whether @law is a normal cut at twice its std on both sides,
 *  which is what Keras and JAX call truncated */
gboolean isc_python_is_cut_at_2 (const IscLaw *law);

/**
 * IscPythonWords:
 * @rand: what stands for rand()
 * @randn: what stands for randn()
 * @row: what stands for row
 * @col: what stands for col
 * @index: what stands for index
 * @module: what stands before sqrt and pi: "math.", "np."
 *
 * What an expression of a custom() scheme is written with.
 */
typedef struct
{
  const char *rand;
  const char *randn;
  const char *row;
  const char *col;
  const char *index;
  const char *module;
} IscPythonWords;

/**
 * isc_python_translate:
 * @expression: of a custom() scheme, in Lua
 * @site: the weight it is for, whose fans are put in as numbers
 *
 * Returns: (transfer full) (nullable): the same in Python; %NULL if it uses more of Lua than
 *   numbers, operators and these words
 */
char *
isc_python_translate (const char *expression, const IscSite *site, const IscPythonWords *words);

/** isc_python_columns: Returns: the elements of a row: col counts them */
gint64 isc_python_columns (const IscShape *shape);
