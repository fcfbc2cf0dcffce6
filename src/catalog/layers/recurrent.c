/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RNN, LSTM, GRU and their cells: for each layer and direction weight_ih (gates · hidden, in),
 * weight_hh (gates · hidden, hidden), two biases and, in an LSTM with proj_size, weight_hr
 * (proj_size, hidden).  An LSTM stacks 4 gates in a matrix, a GRU 3, an RNN has 1.
 *
 * PyTorch's default is U(±1/√hidden) for every one of them, whatever its inputs, biases as well,
 * and no offset for the forget gate.  A recurrent matrix with entries of variance 1/(3 hidden) has
 * a spectral radius near 1/√3: an RNN forgets within a few steps, which is why orthogonal_ is often
 * preferred for weight_hh.
 *
 * Fans: fan_in is right.  PyTorch's fan_out = gates · hidden takes the stacked gates for outputs of
 * one matrix; what an input reaches through one gate is hidden, the corrected count. */

#include <string.h>

#include "base/error.h"
#include "catalog/layers/default.h"
#include "catalog/layers/layers.h"

/* How many parameters, and of which shapes: what a call says, read once. */
typedef struct
{
  gint64 input;
  gint64 hidden;
  gint64 projection;
  guint gates;
  guint layers;
  guint directions;
  gboolean bias;
  gboolean is_cell;
} Plan;

static Plan
plan_of (const IscArguments *arguments)
{
  const char *id = isc_arguments_get_item (arguments)->id;
  Plan plan = {
    .input = isc_arguments_integer (arguments, "input_size"),
    .hidden = isc_arguments_integer (arguments, "hidden_size"),
    .gates = g_str_has_prefix (id, "LSTM")  ? 4
             : g_str_has_prefix (id, "GRU") ? 3
                                            : 1,
    .layers = 1,
    .directions = 1,
    .bias = isc_arguments_boolean (arguments, "bias"),
    .is_cell = g_str_has_suffix (id, "Cell"),
  };

  if (plan.is_cell)
    return plan;
  plan.layers = (guint)isc_arguments_integer (arguments, "num_layers");
  plan.directions = isc_arguments_boolean (arguments, "bidirectional") ? 2 : 1;
  if (g_str_equal (id, "LSTM"))
    plan.projection = isc_arguments_integer (arguments, "proj_size");
  return plan;
}

/* The parameters of one layer in one direction, in PyTorch's order. */
enum
{
  WEIGHT_IH,
  WEIGHT_HH,
  BIAS_IH,
  BIAS_HH,
  WEIGHT_HR,
};

static guint
count_of_direction (const Plan *plan)
{
  return 2 + (plan->bias ? 2 : 0) + (plan->projection > 0 ? 1 : 0);
}

static IscShape
shape_of (const Plan *plan, guint layer, guint role)
{
  gint64 gates = plan->gates * plan->hidden;
  gint64 state = plan->projection > 0 ? plan->projection : plan->hidden;

  switch (role)
    {
    case WEIGHT_IH:
      return isc_shape (2, gates, layer > 0 ? state * plan->directions : plan->input);
    case WEIGHT_HH:
      return isc_shape (2, gates, state);
    case WEIGHT_HR:
      return isc_shape (2, plan->projection, plan->hidden);
    case BIAS_IH:
    case BIAS_HH:
    default:
      return isc_shape (1, gates);
    }
}

static gboolean
check (const IscArguments *arguments, GError **error)
{
  Plan plan = plan_of (arguments);

  if (plan.projection < plan.hidden)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "LSTM: proj_size=%" G_GINT64_FORMAT " must be below hidden_size=%" G_GINT64_FORMAT,
               plan.projection, plan.hidden);
  return FALSE;
}

static guint
count_parameters (const IscArguments *arguments)
{
  Plan plan = plan_of (arguments);

  return plan.layers * plan.directions * count_of_direction (&plan);
}

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  static const char *const names[]
      = { "weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr" };
  Plan plan = plan_of (arguments);
  guint count = count_of_direction (&plan);
  guint direction = index / count % plan.directions;
  guint layer = index / count / plan.directions;
  guint role = index % count;

  /* Without biases the projection follows the weights. */
  if (!plan.bias && role == BIAS_IH)
    role = WEIGHT_HR;
  *parameter = (IscLayerParameter){
    .shape = shape_of (&plan, layer, role),
    .is_bias = role == BIAS_IH || role == BIAS_HH,
    .fan_out = role == WEIGHT_IH || role == WEIGHT_HH ? plan.hidden : 0,
  };
  if (plan.is_cell)
    g_strlcpy (parameter->name, names[role], sizeof parameter->name);
  else
    g_snprintf (parameter->name, sizeof parameter->name, "%s_l%u%s", names[role], layer,
                direction ? "_reverse" : "");
}

static double
default_bound (const IscArguments *arguments)
{
  return isc_default_bias_bound (isc_arguments_integer (arguments, "hidden_size"));
}

static void
initialize (const IscArguments *arguments, IscGenerator *generator, IscTensor *const *tensors)
{
  guint n = count_parameters (arguments);

  for (guint i = 0; i < n; i++)
    isc_default_draw (generator, tensors[i], default_bound (arguments));
}

static IscLaw
law (const IscArguments *arguments, guint index)
{
  double bound = default_bound (arguments);

  return isc_law_uniform (-bound, bound);
}

static char *
describe (const IscArguments *arguments, guint index)
{
  g_autofree char *radicand
      = g_strdup_printf ("%" G_GINT64_FORMAT, isc_arguments_integer (arguments, "hidden_size"));

  return isc_default_describe (radicand, default_bound (arguments));
}

static const char *const nonlinearities[] = { "tanh", "relu", NULL };

static const IscParameter rnn_table[] = {
  { "input_size", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Inputs of a step.") },
  { "hidden_size", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Units of the state.") },
  { "num_layers", ISC_PARAMETER_INTEGER, "1", 1, 64, .help = N_ ("Layers on top of each other.") },
  { "nonlinearity", ISC_PARAMETER_CHOICE, "'tanh'", .choices = nonlinearities,
    .help = N_ ("What the sum goes through.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether two biases are added.") },
  { "batch_first", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether the batch is the input's first dimension, not the second.") },
  { "dropout", ISC_PARAMETER_NUMBER, "0", 0, 1,
    .help = N_ ("Dropped between layers in training.") },
  { "bidirectional", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether a second set of weights reads the sequence backwards.") },
};

/* LSTM's; GRU has all but the last. */
static const IscParameter gated_table[] = {
  { "input_size", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Inputs of a step.") },
  { "hidden_size", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Units of the state.") },
  { "num_layers", ISC_PARAMETER_INTEGER, "1", 1, 64, .help = N_ ("Layers on top of each other.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether two biases are added.") },
  { "batch_first", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether the batch is the input's first dimension, not the second.") },
  { "dropout", ISC_PARAMETER_NUMBER, "0", 0, 1,
    .help = N_ ("Dropped between layers in training.") },
  { "bidirectional", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether a second set of weights reads the sequence backwards.") },
  { "proj_size", ISC_PARAMETER_INTEGER, "0", 0, 16777216,
    .help = N_ ("Outputs that the state is projected to; 0: the state itself.") },
};

/* RNNCell's; the others have all but the last. */
static const IscParameter cell_table[] = {
  { "input_size", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Inputs of a step.") },
  { "hidden_size", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Units of the state.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether two biases are added.") },
  { "nonlinearity", ISC_PARAMETER_CHOICE, "'tanh'", .choices = nonlinearities,
    .help = N_ ("What the sum goes through.") },
};

const IscLayer isc_layer_rnn = {
  .item = {
    .id = "RNN",
    .label = N_ ("RNN"),
    .summary = N_ ("A state that goes through one matrix at every step."),
    .formula = "h = tanh(W_ih x + b_ih + W_hh h + b_hh); W_ih (hidden, in), W_hh (hidden, hidden)",
    .citation = "torch.nn.RNN; Elman 1990, Finding Structure in Time",
    .caution = N_ ("Its default, U(±1/√hidden), has a spectral radius near 0.58: the state fades in a few steps."),
    ISC_PARAMETERS (rnn_table),
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};

const IscLayer isc_layer_lstm = {
  .item = {
    .id = "LSTM",
    .label = N_ ("LSTM"),
    .summary = N_ ("A state with gates that keep, add and show."),
    .formula = "i, f, o = σ(…), g = tanh(…), c = f c + i g, h = o tanh(c); "
               "W_ih (4 hidden, in), W_hh (4 hidden, hidden)",
    .citation = "torch.nn.LSTM; Hochreiter, Schmidhuber 1997, Long Short-Term Memory",
    .caution = N_ ("Its forget gate starts half open, σ(0): a bias of 1 there keeps memories longer."),
    ISC_PARAMETERS (gated_table),
  },
  .check = check,
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};

const IscLayer isc_layer_gru = {
  .item = {
    .id = "GRU",
    .label = N_ ("GRU"),
    .summary = N_ ("A state with gates that reset and update."),
    .formula = "r, z = σ(…), n = tanh(…), h = (1 − z) n + z h; W_ih (3 hidden, in), W_hh (3 hidden, hidden)",
    .citation = "torch.nn.GRU; Cho et al. 2014, Learning Phrase Representations using RNN Encoder–Decoder",
    .caution = N_ ("Its default, U(±1/√hidden), is the same for every weight and bias, however many inputs there are."),
    .parameters = gated_table,
    .n_parameters = G_N_ELEMENTS (gated_table) - 1,
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};

const IscLayer isc_layer_rnn_cell = {
  .item = {
    .id = "RNNCell",
    .label = N_ ("RNN cell"),
    .summary = N_ ("One step of an RNN."),
    .formula = "h = tanh(W_ih x + b_ih + W_hh h + b_hh); W_ih (hidden, in), W_hh (hidden, hidden)",
    .citation = "torch.nn.RNNCell; Elman 1990, Finding Structure in Time",
    .caution = N_ ("Its default, U(±1/√hidden), has a spectral radius near 0.58: the state fades in a few steps."),
    ISC_PARAMETERS (cell_table),
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};

const IscLayer isc_layer_lstm_cell = {
  .item = {
    .id = "LSTMCell",
    .label = N_ ("LSTM cell"),
    .summary = N_ ("One step of an LSTM."),
    .formula = "i, f, o = σ(…), g = tanh(…), c = f c + i g, h = o tanh(c); "
               "W_ih (4 hidden, in), W_hh (4 hidden, hidden)",
    .citation = "torch.nn.LSTMCell; Hochreiter, Schmidhuber 1997, Long Short-Term Memory",
    .caution = N_ ("Its forget gate starts half open, σ(0): a bias of 1 there keeps memories longer."),
    .parameters = cell_table,
    .n_parameters = G_N_ELEMENTS (cell_table) - 1,
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};

const IscLayer isc_layer_gru_cell = {
  .item = {
    .id = "GRUCell",
    .label = N_ ("GRU cell"),
    .summary = N_ ("One step of a GRU."),
    .formula = "r, z = σ(…), n = tanh(…), h = (1 − z) n + z h; W_ih (3 hidden, in), W_hh (3 hidden, hidden)",
    .citation = "torch.nn.GRUCell; Cho et al. 2014, Learning Phrase Representations using RNN Encoder–Decoder",
    .caution = N_ ("Its default, U(±1/√hidden), is the same for every weight and bias, however many inputs there are."),
    .parameters = cell_table,
    .n_parameters = G_N_ELEMENTS (cell_table) - 1,
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};
