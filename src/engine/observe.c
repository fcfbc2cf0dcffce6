/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/observe.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "catalog/activations/activations.h"
#include "catalog/layers/layers.h"
#include "catalog/losses/losses.h"
#include "engine/spread.h"
#include "engine/twins.h"

#define MAX_BATCH ((gsize)256)
#define MAX_PAIRS 32

/* How often to look by itself: see isc_observer_new(). */
#define LOOKS 100
#define MIN_LOOKS 20
#define PASSES 2.0
#define SHARE 0.05

/* Rows that differ by less than this times their matrix's rms are twins: BLAS's rounding separates
 * what stays the same by 1e-8. */
#define TWINS_TOLERANCE 1e-6

/* Two examples of the reference batch that are not the same. */
typedef struct
{
  gsize a;
  gsize b;
} Pair;

struct _IscObserver
{
  IscNetwork *network;
  IscData *data;
  const IscLoss *loss;
  IscArguments *arguments;

  /* The reference batch. */
  gsize batch;
  const IscReal *inputs;
  IscTargets targets;
  Pair pairs[MAX_PAIRS];
  guint n_pairs;
  IscReal *copies; /* of inputs and values, in double; in float they are the data's own */
  gsize n_copies;

  IscReal *d_outputs;
  IscReal *buffers;

  gsize interval;
  gsize planned_steps;
  GPtrArray *observations;
};

static gsize
width_of (const IscTensor *tensor)
{
  return isc_tensor_get_count (tensor) / (gsize)isc_tensor_get_shape (tensor)->dims[0];
}

static gsize
choose_interval (gint64 every, gsize planned_steps, gsize batch_size, gsize reference)
{
  gsize affordable;

  if (every >= 0)
    return (gsize)every;
  affordable = (gsize)(PASSES / SHARE * (double)reference / (double)batch_size);
  return MIN (MAX (planned_steps / LOOKS, affordable), (planned_steps + MIN_LOOKS - 1) / MIN_LOOKS);
}

/* What a look costs, in examples of the reference batch: a forward pass is a third of both. */
static gsize
count_examples (const IscObserver *observer)
{
  gsize cells = (gsize)ISC_BOUNDARY_SIDE * ISC_BOUNDARY_SIDE;

  return observer->batch + (isc_boundary_is_of (observer->data) ? cells / 6 : 0);
}

/* One from each half: sets that are in the order of their classes have others there. */
static void
choose_pairs (IscObserver *observer, gsize width)
{
  for (gsize i = 0; i < observer->batch / 2 && observer->n_pairs < MAX_PAIRS; i++)
    {
      Pair pair = { i, i + observer->batch / 2 };

      if (memcmp (observer->inputs + pair.a * width, observer->inputs + pair.b * width,
                  width * sizeof (IscReal))
          != 0)
        observer->pairs[observer->n_pairs++] = pair;
    }
}

static gboolean
take_batch (IscObserver *observer, const IscData *data)
{
  gsize n_inputs = observer->batch * width_of (data->train.inputs);
  gsize n_values = data->train.values ? observer->batch * width_of (data->train.values) : 0;
  gsize n_buffers;

  isc_network_get_buffers (observer->network, &n_buffers);
  observer->d_outputs
      = g_try_new (IscReal, observer->batch * isc_network_get_output_width (observer->network) + 1);
  observer->buffers = g_try_new (IscReal, n_buffers + 1);
#ifdef ISC_REAL_IS_DOUBLE
  observer->n_copies = n_inputs + n_values;
#endif
  observer->copies = g_try_new (IscReal, observer->n_copies + 1);
  if (!observer->d_outputs || !observer->buffers || !observer->copies)
    return FALSE;
  observer->inputs
      = isc_real_view (isc_tensor_get_data (data->train.inputs), observer->copies, n_inputs);
  observer->targets.classes = data->train.classes;
  if (n_values > 0)
    observer->targets.values = isc_real_view (isc_tensor_get_data (data->train.values),
                                              observer->copies + n_inputs, n_values);
  choose_pairs (observer, width_of (data->train.inputs));
  return TRUE;
}

/* The cosine of two outputs, which is how theory measures that examples can't be told apart; NaN if
 * one is 0. */
static double
cosine (const IscReal *x, const IscReal *y, gsize n)
{
  double xx = 0.0;
  double yy = 0.0;
  double xy = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      xx += (double)x[i] * (double)x[i];
      yy += (double)y[i] * (double)y[i];
      xy += (double)x[i] * (double)y[i];
    }
  return xx > 0.0 && yy > 0.0 ? CLAMP (xy / sqrt (xx * yy), -1.0, 1.0) : NAN;
}

static double
correlate (const IscObserver *observer, const IscReal *outputs, gsize width)
{
  double sum = 0.0;
  guint n = 0;

  /* One number has nothing but a sign. */
  for (guint i = 0; width > 1 && i < observer->n_pairs; i++)
    {
      double one = cosine (outputs + observer->pairs[i].a * width,
                           outputs + observer->pairs[i].b * width, width);

      if (isnan (one))
        continue;
      sum += one;
      n++;
    }
  return n > 0 ? sum / n : NAN;
}

/* The share of units that are 0 for all examples; of images a unit is a channel in all places. */
static double
count_dead (const IscReal *outputs, gsize batch, gsize n_units, gsize n_places)
{
  g_autofree gboolean *alive = g_new0 (gboolean, n_units + 1);
  gsize n_alive = 0;

  for (gsize i = 0; i < batch; i++)
    for (gsize unit = 0; unit < n_units; unit++)
      for (gsize place = 0; place < n_places; place++)
        alive[unit] |= *outputs++ != 0.0f;
  for (gsize unit = 0; unit < n_units; unit++)
    n_alive += alive[unit] != FALSE;
  return (double)(n_units - n_alive) / (double)n_units;
}

static double
count_flat (const IscReal *outputs, gsize n, IscReal low, IscReal high)
{
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    count += outputs[i] <= low || outputs[i] >= high;
  return (double)count / (double)n;
}

static gboolean
has_parameters (const IscModule *module)
{
  const IscLayer *layer = (const IscLayer *)module->item;

  return module->kind == ISC_KIND_LAYER && layer->count_parameters (module->arguments) > 0;
}

/* One look, while it is taken. */
typedef struct
{
  const IscObserver *observer;
  IscObservation *observation;
} Look;

static void
see_module (guint index, const IscReal *outputs, const IscReal *gradient, gpointer data)
{
  const Look *look = data;
  const IscObserver *observer = look->observer;
  const IscModule *module = isc_network_describe_module (observer->network, index);
  const IscShape *shape = isc_network_get_shape (observer->network, index);
  IscModuleObservation *seen = &look->observation->modules[index];
  gsize n_units = shape->n_dims > 0 ? (gsize)shape->dims[0] : 1;
  gsize n_places = 1;
  gsize width;

  for (guint i = 1; i < shape->n_dims; i++)
    n_places *= (gsize)shape->dims[i];
  width = n_units * n_places;
  seen->name = g_strdup (module->name);
  seen->id = module->item->id;
  seen->has_weights = has_parameters (module);
  seen->outputs = isc_spread_measure (outputs, observer->batch * width);
  seen->gradient = isc_spread_measure (gradient, observer->batch * width);
  seen->correlation = correlate (observer, outputs, width);
  seen->dead = seen->saturated = NAN;
  if (module->kind == ISC_KIND_ACTIVATION)
    {
      const IscActivation *activation = (const IscActivation *)module->item;
      IscReal low, high;

      if (activation->is_rectifier)
        seen->dead = count_dead (outputs, observer->batch, n_units, n_places);
      if (activation->get_flat)
        {
          activation->get_flat (module->arguments, &low, &high);
          seen->saturated = count_flat (outputs, observer->batch * width, low, high);
        }
    }
}

/* The bias of the units that parameter @index has the weights of. */
static const IscReal *
find_bias (const IscNetwork *network, guint index, gsize n_units)
{
  for (guint i = index + 1;
       i < isc_network_get_n_parameters (network)
       && isc_network_get_owner (network, i) == isc_network_get_owner (network, index);
       i++)
    if (isc_network_is_bias (network, i)
        && isc_tensor_get_count (isc_network_get_parameter (network, i)) == n_units)
      return isc_network_get_weights (network, i);
  return NULL;
}

static void
see_parameter (const IscNetwork *network, guint index, IscParameterObservation *seen)
{
  const IscTensor *tensor = isc_network_get_parameter (network, index);
  const IscShape *shape = isc_tensor_get_shape (tensor);
  const IscReal *weights = isc_network_get_weights (network, index);
  gsize n = isc_tensor_get_count (tensor);

  seen->name = g_strdup (isc_tensor_get_name (tensor));
  seen->values = isc_spread_measure (weights, n);
  seen->gradient = isc_spread_measure (isc_network_get_gradient (network, index), n);
  seen->norm = seen->values.rms * sqrt ((double)(n - seen->values.n_non_finite));
  if (shape->n_dims < 2)
    return;
  seen->n_rows = (guint)shape->dims[0];
  seen->n_alike = isc_twins_count (weights, find_bias (network, index, seen->n_rows), seen->n_rows,
                                   n / seen->n_rows, TWINS_TOLERANCE * seen->values.rms);
}

static IscObservation *
observe (IscObserver *observer, gsize step)
{
  IscNetwork *network = observer->network;
  IscObservation *observation = isc_observation_new (isc_network_get_n_parameters (network),
                                                     isc_network_get_n_modules (network));
  IscGenerator *generator = isc_network_get_generator (network);
  Look look = { observer, observation };
  gsize n_buffers;
  IscReal *buffers = isc_network_get_buffers (network, &n_buffers);
  const IscReal *outputs;

  memcpy (observer->buffers, buffers, n_buffers * sizeof *buffers);
  isc_network_set_generator (network, NULL);
  isc_network_set_probe (network, see_module, &look);

  outputs = isc_network_forward (network, observer->inputs, observer->batch);
  observation->step = step;
  observation->batch = observer->batch;
  observation->loss
      = observer->loss->evaluate (observer->arguments, outputs, &observer->targets, observer->batch,
                                  isc_network_get_output_width (network), observer->d_outputs);
  isc_network_backward (network, observer->d_outputs, observer->batch, NULL, NULL);
  for (guint i = 0; i < observation->n_parameters; i++)
    see_parameter (network, i, &observation->parameters[i]);

  isc_network_set_probe (network, NULL, NULL);
  observation->boundary = isc_boundary_new (network, observer->data, observer->batch);
  isc_network_set_generator (network, generator);
  memcpy (buffers, observer->buffers, n_buffers * sizeof *buffers);
  return observation;
}

static gsize
interval_at (const IscObserver *observer, gsize step)
{
  gsize interval = observer->interval;

  while (step / interval >= ISC_OBSERVER_MAX_KEPT)
    interval *= 2;
  return interval;
}

/* Drops what a longer interval would not have seen. */
static void
thin (IscObserver *observer, gsize interval)
{
  GPtrArray *all = observer->observations;

  for (guint i = all->len; i-- > 0;)
    if (((const IscObservation *)all->pdata[i])->step % interval != 0)
      g_ptr_array_remove_index (all, i);
}

static gpointer
copy_observation (gconstpointer observation, gpointer data)
{
  return isc_observation_ref ((IscObservation *)observation);
}

gsize
isc_observer_measure_batch (const IscExperiment *experiment, gsize n_examples)
{
  return isc_experiment_get_observe_every (experiment) == 0 ? 0 : MIN (n_examples, MAX_BATCH);
}

IscObserver *
isc_observer_new (IscExperiment *experiment,
                  IscNetwork *network,
                  IscData *data,
                  gsize planned_steps,
                  gsize batch_size,
                  GError **error)
{
  g_autoptr (IscObserver) observer = g_new0 (IscObserver, 1);
  const IscItem *item;

  observer->network = network;
  observer->data = isc_data_ref (data);
  observer->planned_steps = planned_steps;
  observer->observations = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_observation_unref);
  observer->arguments
      = isc_catalog_bind (ISC_KIND_LOSS, isc_experiment_get_loss (experiment), &item, error);
  if (!observer->arguments)
    return NULL;
  observer->loss = (const IscLoss *)item;
  observer->batch = isc_observer_measure_batch (experiment, data->train.n);
  observer->interval = choose_interval (isc_experiment_get_observe_every (experiment),
                                        planned_steps, batch_size, count_examples (observer));
  if (observer->batch > 0 && !take_batch (observer, data))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "observe_every: there is no memory for a batch of %" G_GSIZE_FORMAT " examples",
                   observer->batch);
      return NULL;
    }
  return g_steal_pointer (&observer);
}

void
isc_observer_free (IscObserver *observer)
{
  g_clear_pointer (&observer->arguments, isc_arguments_unref);
  g_clear_pointer (&observer->data, isc_data_unref);
  g_ptr_array_unref (observer->observations);
  g_free (observer->copies);
  g_free (observer->d_outputs);
  g_free (observer->buffers);
  g_free (observer);
}

void
isc_observer_look (IscObserver *observer, gsize step, gboolean always)
{
  GPtrArray *all = observer->observations;
  gsize interval;

  if (observer->interval == 0)
    return;
  interval = interval_at (observer, step);
  if (!always && step % interval != 0)
    return;
  if (all->len > 0 && ((const IscObservation *)all->pdata[all->len - 1])->step >= step)
    return;
  if (all->len >= ISC_OBSERVER_MAX_KEPT)
    thin (observer, interval);
  g_ptr_array_add (all, observe (observer, step));
}

GPtrArray *
isc_observer_get_observations (const IscObserver *observer)
{
  return observer->observations;
}

GPtrArray *
isc_observer_copy_observations (const IscObserver *observer)
{
  return g_ptr_array_copy (observer->observations, copy_observation, NULL);
}

void
isc_observer_set_observations (IscObserver *observer, GPtrArray *observations)
{
  g_ptr_array_unref (observer->observations);
  observer->observations = g_ptr_array_copy (observations, copy_observation, NULL);
}

gsize
isc_observer_get_bytes (const IscObserver *observer)
{
  gsize one = sizeof (IscObservation)
              + isc_network_get_n_parameters (observer->network) * sizeof (IscParameterObservation)
              + isc_network_get_n_modules (observer->network) * sizeof (IscModuleObservation);
  gsize n_buffers;

  if (observer->interval == 0)
    return 0;
  if (isc_boundary_is_of (observer->data))
    one += sizeof (IscBoundary) + ISC_BOUNDARY_SIDE * ISC_BOUNDARY_SIDE * sizeof (float)
           + ISC_BOUNDARY_POINTS * (2 * sizeof (double) + sizeof (int));
  isc_network_get_buffers (observer->network, &n_buffers);
  return one * MIN (observer->planned_steps / observer->interval + 2, ISC_OBSERVER_MAX_KEPT + 1)
         + (observer->batch * isc_network_get_output_width (observer->network) + n_buffers
            + observer->n_copies)
               * sizeof (IscReal);
}
