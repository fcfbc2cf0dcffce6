/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/update.h"

#include <math.h>
#include <string.h>

#include "base/clones.h"
#include "base/error.h"
#include "catalog/catalog.h"
#include "catalog/optimizers/optimizers.h"
#include "engine/trace.h"

/* torch.nn.utils.clip_grad_norm_ adds this to the norm before dividing. */
#define CLIP_EPSILON 1e-6

/* Parameters are moved in blocks of so many, so that what they were is still at hand to be compared
 * with. */
#define BLOCK ((gsize)1024)

/* One parameter of the network: what is moved, by what, what the optimizer keeps of it; and of the
 * step at hand the gradient's sum of squares and the size of the update. */
typedef struct
{
  IscReal *weights;
  IscReal *gradient;
  IscReal *states[ISC_OPTIMIZER_MAX_STATES];
  gsize n;
  double squares;
  gsize n_non_finite;
  double ratio;
} Entry;

struct _IscUpdate
{
  const IscOptimizer *optimizer;
  IscArguments *arguments;
  const IscRate *rate;
  double max_norm;
  double max_value;
  Entry *entries;
  guint n_entries;
  IscReal *state;
  gsize n_state;
  /* The step at hand. */
  IscStepOptions options;
  IscStepPlan plan;
  gboolean moves;
};

IscUpdate *
isc_update_new (IscExperiment *experiment, IscNetwork *network, const IscRate *rate, GError **error)
{
  g_autoptr (IscUpdate) update = g_new0 (IscUpdate, 1);
  const IscItem *item;
  guint n_states;
  gsize used = 0;

  update->arguments = isc_catalog_bind (ISC_KIND_OPTIMIZER,
                                        isc_experiment_get_optimizer (experiment), &item, error);
  if (!update->arguments)
    return NULL;
  update->optimizer = (const IscOptimizer *)item;
  update->rate = rate;
  update->max_norm = isc_experiment_get_clip_grad_norm (experiment);
  update->max_value = isc_experiment_get_clip_grad_value (experiment);
  update->n_entries = isc_network_get_n_parameters (network);
  update->entries = g_new0 (Entry, update->n_entries + 1);
  n_states = update->optimizer->count_states (update->arguments, isc_rate_cycles (rate));
  for (guint i = 0; i < update->n_entries; i++)
    {
      Entry *entry = &update->entries[i];

      entry->weights = isc_network_get_weights (network, i);
      entry->gradient = isc_network_get_gradient (network, i);
      entry->n = isc_tensor_get_count (isc_network_get_parameter (network, i));
      update->n_state += n_states * entry->n;
    }

  update->state = g_try_new0 (IscReal, update->n_state + 1);
  if (!update->state)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "optimizer: there is no memory for the state of %" G_GSIZE_FORMAT " weights",
                   update->n_state);
      return NULL;
    }
  for (guint i = 0; i < update->n_entries; i++)
    for (guint j = 0; j < n_states; j++)
      {
        update->entries[i].states[j] = update->state + used;
        used += update->entries[i].n;
      }
  return g_steal_pointer (&update);
}

void
isc_update_free (IscUpdate *update)
{
  g_clear_pointer (&update->arguments, isc_arguments_unref);
  g_free (update->entries);
  g_free (update->state);
  g_free (update);
}

/* Numbers are taken in groups and added up in as many doubles, whose range squares of floats need;
 * no order is prescribed. */
#define PARTS 8

typedef IscReal Group __attribute__ ((vector_size (PARTS * sizeof (IscReal))));
typedef double Parts __attribute__ ((vector_size (PARTS * sizeof (double))));

/* The next of @n numbers; zeros after the last. */
static inline __attribute__ ((always_inline)) void
take (const IscReal *x, gsize n, Parts *parts)
{
  Group group = { 0 };

  if (n >= PARTS)
    memcpy (&group, x, sizeof group);
  else
    for (gsize i = 0; i < n; i++)
      group[i] = x[i];
  *parts = __builtin_convertvector(group, Parts);
}

static inline __attribute__ ((always_inline)) double
add_parts (const Parts *parts)
{
  Parts sum = *parts;

  sum += __builtin_shufflevector (sum, sum, 4, 5, 6, 7, 0, 1, 2, 3);
  sum += __builtin_shufflevector (sum, sum, 2, 3, 0, 1, 6, 7, 4, 5);
  sum += __builtin_shufflevector (sum, sum, 1, 0, 3, 2, 5, 4, 7, 6);
  return sum[0];
}

ISC_CLONES static double
sum_squares (const IscReal *x, gsize n)
{
  Parts even = { 0 }, odd = { 0 }, next;
  gsize i = 0;

  /* Two sums, so that one addition need not wait for the other. */
  for (; i + PARTS < n; i += 2 * PARTS)
    {
      take (x + i, n - i, &next);
      even += next * next;
      take (x + i + PARTS, n - i - PARTS, &next);
      odd += next * next;
    }
  if (i < n)
    {
      take (x + i, n - i, &next);
      even += next * next;
    }
  even += odd;
  return add_parts (&even);
}

static gsize
count_non_finite (const IscReal *x, gsize n)
{
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    count += !isfinite (x[i]);
  return count;
}

/* torch.nn.utils.clip_grad_value_: what is not a number stays so.  Returns the norm that is left.
 */
static double
clip_values (const IscUpdate *update)
{
  IscReal bound = (IscReal)update->max_value;
  double total = 0.0;

  for (guint i = 0; i < update->n_entries; i++)
    {
      const Entry *entry = &update->entries[i];

      for (gsize j = 0; j < entry->n; j++)
        {
          IscReal g = entry->gradient[j];

          entry->gradient[j] = g > bound ? bound : g < -bound ? -bound : g;
        }
      total += sum_squares (entry->gradient, entry->n);
    }
  return sqrt (total);
}

/* Sums over a parameter's weights and over how much they were moved. */
typedef struct
{
  double weights;
  double weight_squares;
  double moves;
  double move_squares;
} Sums;

ISC_CLONES static void
add_moves (Sums *sums, const IscReal *before, const IscReal *after, gsize n)
{
  Parts weights = { 0 }, weight_squares = { 0 }, moves = { 0 }, move_squares = { 0 };

  for (gsize i = 0; i < n; i += PARTS)
    {
      Parts weight, move;

      take (before + i, n - i, &weight);
      take (after + i, n - i, &move);
      move -= weight;
      weights += weight;
      weight_squares += weight * weight;
      moves += move;
      move_squares += move * move;
    }
  sums->weights += add_parts (&weights);
  sums->weight_squares += add_parts (&weight_squares);
  sums->moves += add_parts (&moves);
  sums->move_squares += add_parts (&move_squares);
}

/* std(moves) / std(weights): both divide by n - 1, which cancels. */
static double
update_ratio (const Sums *sums, gsize n)
{
  double variance = sums->weight_squares - sums->weights * sums->weights / (double)n;
  double moved = sums->move_squares - sums->moves * sums->moves / (double)n;

  /* What rounding leaves of a constant's variance is not a spread. */
  if (!(variance > 1e-12 * sums->weight_squares))
    return NAN;
  return sqrt (MAX (moved, 0.0) / variance);
}

static void
move_entry (const IscUpdate *update, Entry *entry, IscReal factor)
{
  Sums sums = { 0 };

  for (gsize first = 0; first < entry->n; first += BLOCK)
    {
      gsize n = MIN (BLOCK, entry->n - first);
      IscReal before[BLOCK];
      IscReal *states[ISC_OPTIMIZER_MAX_STATES];

      for (guint j = 0; j < ISC_OPTIMIZER_MAX_STATES; j++)
        states[j] = entry->states[j] ? entry->states[j] + first : NULL;
      /* A norm that is not a number gives no factor below 1 in PyTorch either: the NaN spreads. */
      if (!(factor >= 1.0f))
        for (gsize j = 0; j < n; j++)
          entry->gradient[first + j] *= factor;
      memcpy (before, entry->weights + first, n * sizeof *before);
      update->optimizer->step (&update->plan, entry->weights + first, entry->gradient + first,
                               states, n);
      add_moves (&sums, before, entry->weights + first, n);
    }
  entry->ratio = update_ratio (&sums, entry->n);
}

/* Whether a parameter can be moved before all gradients are known. */
static gboolean
is_unclipped (const IscUpdate *update)
{
  return update->max_norm <= 0.0 && update->max_value <= 0.0;
}

void
isc_update_begin (IscUpdate *update, gsize step, gboolean moves)
{
  update->moves = moves;
  update->options = isc_rate_at (update->rate, step);
  update->optimizer->prepare (update->arguments, &update->options, &update->plan);
}

void
isc_update_take (guint parameter, gpointer data)
{
  IscUpdate *update = data;
  Entry *entry = &update->entries[parameter];

  entry->squares = sum_squares (entry->gradient, entry->n);
  /* A sum of finite floats' squares is finite in double. */
  entry->n_non_finite
      = isfinite (entry->squares) ? 0 : count_non_finite (entry->gradient, entry->n);
  entry->ratio = NAN;
  if (update->moves && is_unclipped (update))
    move_entry (update, entry, 1.0f);
}

/* Returns the norm that is left. */
static double
clip_and_move (IscUpdate *update, double norm)
{
  double left = update->max_value > 0.0 ? clip_values (update) : norm;
  IscReal factor
      = update->max_norm > 0.0 ? (IscReal)(update->max_norm / (left + CLIP_EPSILON)) : 1.0f;

  for (guint i = 0; i < update->n_entries; i++)
    move_entry (update, &update->entries[i], factor);
  return factor >= 1.0f ? left : left * (double)factor;
}

void
isc_update_finish (IscUpdate *update, IscReal *row)
{
  double total = 0.0;
  gsize n_non_finite = 0;
  double norm;

  for (guint i = 0; i < update->n_entries; i++)
    {
      total += update->entries[i].squares;
      n_non_finite += update->entries[i].n_non_finite;
      row[ISC_TRACE_PARAMETERS + i] = (IscReal)sqrt (update->entries[i].squares);
    }
  /* Clipped as it is recorded. */
  norm = (double)(IscReal)sqrt (total);
  row[ISC_TRACE_GRADIENT_NORM] = (IscReal)norm;
  row[ISC_TRACE_NON_FINITE] = (IscReal)n_non_finite;
  row[ISC_TRACE_LEARNING_RATE] = update->moves ? (IscReal)update->options.lr : NAN;
  if (update->moves && !is_unclipped (update))
    norm = clip_and_move (update, norm);
  row[ISC_TRACE_CLIPPED_NORM] = update->moves ? (IscReal)norm : NAN;
  for (guint i = 0; i < update->n_entries; i++)
    row[ISC_TRACE_PARAMETERS + update->n_entries + i] = (IscReal)update->entries[i].ratio;
}

IscReal *
isc_update_get_state (IscUpdate *update, gsize *n)
{
  *n = update->n_state;
  return update->state;
}
