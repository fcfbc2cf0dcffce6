/* SPDX-License-Identifier: GPL-3.0-or-later */

/* MultiheadAttention: in_proj_weight (3 embed_dim, embed_dim), the matrices of queries, keys and
 * values on top of each other, or three of their own where keys or values have another width; and
 * out_proj, a Linear.
 *
 * PyTorch's default is xavier_uniform_ for the projections in, so that the packed matrix gets
 * √(6 / (4 embed_dim)) where three separate ones would get √(6 / (2 embed_dim)), √2 more: see
 * pytorch issue 166378.  out_proj keeps Linear's weight; all biases are 0; bias_k and bias_v, if
 * any, are xavier_normal_.  The order of drawing is the constructor's: out_proj's weight and bias
 * (the latter for nothing), then the projections in, then bias_k and bias_v.
 *
 * Fans: PyTorch's fan_out = 3 embed_dim of the packed matrix takes it for one.  The corrected count
 * is embed_dim, as for the separate ones. */

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/layers/default.h"
#include "catalog/layers/layers.h"

typedef enum
{
  IN_PROJ_WEIGHT,
  Q_PROJ_WEIGHT,
  K_PROJ_WEIGHT,
  V_PROJ_WEIGHT,
  IN_PROJ_BIAS,
  BIAS_K,
  BIAS_V,
  OUT_PROJ_WEIGHT,
  OUT_PROJ_BIAS,
  N_ROLES,
} Role;

static gint64
embed_dim (const IscArguments *arguments)
{
  return isc_arguments_integer (arguments, "embed_dim");
}

/* kdim or vdim: embed_dim unless it is given. */
static gint64
width_of (const IscArguments *arguments, const char *name)
{
  return isc_arguments_is_none (arguments, name) ? embed_dim (arguments)
                                                 : isc_arguments_integer (arguments, name);
}

static gboolean
is_packed (const IscArguments *arguments)
{
  gint64 e = embed_dim (arguments);

  return width_of (arguments, "kdim") == e && width_of (arguments, "vdim") == e;
}

static gboolean
has_role (const IscArguments *arguments, Role role)
{
  switch (role)
    {
    case IN_PROJ_WEIGHT:
      return is_packed (arguments);
    case Q_PROJ_WEIGHT:
    case K_PROJ_WEIGHT:
    case V_PROJ_WEIGHT:
      return !is_packed (arguments);
    case IN_PROJ_BIAS:
    case OUT_PROJ_BIAS:
      return isc_arguments_boolean (arguments, "bias");
    case BIAS_K:
    case BIAS_V:
      return isc_arguments_boolean (arguments, "add_bias_kv");
    case OUT_PROJ_WEIGHT:
      return TRUE;
    case N_ROLES:
    default:
      return FALSE;
    }
}

/* What parameter @index is, N_ROLES beyond the last. */
static Role
role_of (const IscArguments *arguments, guint index)
{
  Role role = IN_PROJ_WEIGHT;

  for (; role < N_ROLES; role++)
    if (has_role (arguments, role) && index-- == 0)
      break;
  return role;
}

static gboolean
check (const IscArguments *arguments, GError **error)
{
  gint64 heads = isc_arguments_integer (arguments, "num_heads");

  if (embed_dim (arguments) % heads == 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "MultiheadAttention: num_heads=%" G_GINT64_FORMAT
               " does not divide embed_dim=%" G_GINT64_FORMAT,
               heads, embed_dim (arguments));
  return FALSE;
}

static guint
count_parameters (const IscArguments *arguments)
{
  guint n = 0;

  while (role_of (arguments, n) < N_ROLES)
    n++;
  return n;
}

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  gint64 e = embed_dim (arguments);

  switch (role_of (arguments, index))
    {
    case IN_PROJ_WEIGHT:
      *parameter = (IscLayerParameter){ "in_proj_weight", isc_shape (2, 3 * e, e), .fan_out = e };
      break;
    case Q_PROJ_WEIGHT:
      *parameter = (IscLayerParameter){ "q_proj_weight", isc_shape (2, e, e) };
      break;
    case K_PROJ_WEIGHT:
      *parameter
          = (IscLayerParameter){ "k_proj_weight", isc_shape (2, e, width_of (arguments, "kdim")) };
      break;
    case V_PROJ_WEIGHT:
      *parameter
          = (IscLayerParameter){ "v_proj_weight", isc_shape (2, e, width_of (arguments, "vdim")) };
      break;
    case IN_PROJ_BIAS:
      *parameter = (IscLayerParameter){ "in_proj_bias", isc_shape (1, 3 * e), .is_bias = TRUE };
      break;
    case BIAS_K:
      *parameter = (IscLayerParameter){
        "bias_k", isc_shape (3, G_GINT64_CONSTANT (1), G_GINT64_CONSTANT (1), e), .is_bias = TRUE
      };
      break;
    case BIAS_V:
      *parameter = (IscLayerParameter){
        "bias_v", isc_shape (3, G_GINT64_CONSTANT (1), G_GINT64_CONSTANT (1), e), .is_bias = TRUE
      };
      break;
    case OUT_PROJ_WEIGHT:
      *parameter = (IscLayerParameter){ "out_proj.weight", isc_shape (2, e, e), .in_linear = TRUE };
      break;
    case OUT_PROJ_BIAS:
    case N_ROLES:
    default:
      *parameter = (IscLayerParameter){ "out_proj.bias", isc_shape (1, e), .is_bias = TRUE,
                                        .in_linear = TRUE };
      break;
    }
}

/* The standard deviation of xavier_uniform_ and xavier_normal_, fans as PyTorch counts them. */
static double
xavier_std (const IscShape *shape)
{
  gint64 fan_in = 0, fan_out = 0;

  isc_shape_fans (shape, &fan_in, &fan_out, NULL);
  return sqrt (2.0 / (double)(fan_in + fan_out));
}

static IscLaw
law (const IscArguments *arguments, guint index)
{
  IscLayerParameter parameter = { 0 };
  double bound;

  get_parameter (arguments, index, &parameter);
  switch (role_of (arguments, index))
    {
    case IN_PROJ_WEIGHT:
    case Q_PROJ_WEIGHT:
    case K_PROJ_WEIGHT:
    case V_PROJ_WEIGHT:
      bound = sqrt (3.0) * xavier_std (&parameter.shape);
      return isc_law_uniform (-bound, bound);
    case OUT_PROJ_WEIGHT:
      bound = isc_default_weight_bound (embed_dim (arguments));
      return isc_law_uniform (-bound, bound);
    case BIAS_K:
    case BIAS_V:
      return isc_law_normal (0.0, xavier_std (&parameter.shape));
    case IN_PROJ_BIAS:
    case OUT_PROJ_BIAS:
    case N_ROLES:
    default:
      return isc_law_point (0.0);
    }
}

static void
draw_role (const IscArguments *arguments,
           Role wanted,
           IscGenerator *generator,
           IscTensor *const *tensors)
{
  for (guint i = 0; role_of (arguments, i) < N_ROLES; i++)
    {
      IscLaw of = law (arguments, i);

      if (role_of (arguments, i) != wanted)
        continue;
      if (of.kind == ISC_LAW_NORMAL)
        isc_generator_normal (generator, isc_tensor_edit_data (tensors[i]),
                              isc_tensor_get_count (tensors[i]), 0.0, of.std);
      else if (of.kind == ISC_LAW_UNIFORM)
        isc_default_draw (generator, tensors[i], of.b);
      else
        {
          /* A Linear's bias is drawn before it is set to 0. */
          isc_default_draw (generator, tensors[i], isc_default_bias_bound (embed_dim (arguments)));
          isc_default_set (tensors[i], 0.0f);
        }
    }
}

static void
initialize (const IscArguments *arguments, IscGenerator *generator, IscTensor *const *tensors)
{
  static const Role order[] = { OUT_PROJ_WEIGHT, OUT_PROJ_BIAS, IN_PROJ_WEIGHT, Q_PROJ_WEIGHT,
                                K_PROJ_WEIGHT,   V_PROJ_WEIGHT, BIAS_K,         BIAS_V };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    draw_role (arguments, order[i], generator, tensors);
}

static char *
describe (const IscArguments *arguments, guint index)
{
  IscLayerParameter parameter = { 0 };
  IscLaw of = law (arguments, index);
  gint64 fan_in = 0, fan_out = 0;
  g_autofree char *value = NULL;

  get_parameter (arguments, index, &parameter);
  isc_shape_fans (&parameter.shape, &fan_in, &fan_out, NULL);
  if (of.kind == ISC_LAW_POINT)
    return g_strdup ("b = 0");
  if (parameter.in_linear)
    {
      g_autofree char *radicand = g_strdup_printf ("%" G_GINT64_FORMAT, fan_in);

      return isc_default_describe (radicand, of.b);
    }
  value = isc_number_to_label (of.kind == ISC_LAW_NORMAL ? of.std : of.b, 4);
  return g_strdup_printf ("%s / (%" G_GINT64_FORMAT " + %" G_GINT64_FORMAT ")) = %s",
                          of.kind == ISC_LAW_NORMAL ? "std = √(2" : "bound = √(6", fan_in, fan_out,
                          value);
}

static const IscParameter parameter_table[] = {
  { "embed_dim", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Width of the sequence.") },
  { "num_heads", ISC_PARAMETER_INTEGER, NULL, 1, 16777216,
    .help = N_ ("Heads that share it: they divide embed_dim.") },
  { "dropout", ISC_PARAMETER_NUMBER, "0", 0, 1, .help = N_ ("Attention dropped in training.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether biases are added.") },
  { "add_bias_kv", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether a learned key and value are appended to the sequence.") },
  { "add_zero_attn", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether a key and value of zeros are appended.") },
  { "kdim", ISC_PARAMETER_INTEGER, "None", 1, 16777216, .help = N_ ("Width of the keys' source.") },
  { "vdim", ISC_PARAMETER_INTEGER, "None", 1, 16777216,
    .help = N_ ("Width of the values' source.") },
  { "batch_first", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether the batch is the input's first dimension, not the second.") },
};

const IscLayer isc_layer_multihead_attention = {
  .item = {
    .id = "MultiheadAttention",
    .label = N_ ("Multi-head attention"),
    .summary = N_ ("Each place of a sequence asks all others, in several heads."),
    .formula = "y = concat(softmax(Q Kᵀ / √d) V) W_oᵀ + b_o; Q, K, V = x W_inᵀ + b_in; "
               "W_in (3 embed_dim, embed_dim), W_o (embed_dim, embed_dim)",
    .citation = "torch.nn.MultiheadAttention; Vaswani et al. 2017, Attention Is All You Need",
    .caution = N_ ("The three packed matrices start √2 smaller than the same three kept apart would."),
    ISC_PARAMETERS (parameter_table),
  },
  .check = check,
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};
