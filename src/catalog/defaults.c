/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each library does if one does nothing, by its documentation and, where that is silent, its
 * source.  Layers are PyTorch's, so that the same shapes are compared; Keras and Flax name theirs
 * otherwise, turn the matrices round, and draw each gate of a recurrent layer in one matrix (Keras)
 * or alone (Flax). */

#include "catalog/defaults.h"

#include "base/error.h"

#define TORCH(module, parameter) module, parameter, module "." parameter, NULL
#define BOUND(k) ISC_DOCUMENTED_BOUND, .square = (k)
#define STD(variance) ISC_DOCUMENTED_STD, .square = (variance)
#define VALUES(least, most) ISC_DOCUMENTED_VALUES, .low = (least), .high = (most)

static const IscDefault pytorch[] = {
  { TORCH ("Linear(784, 256)", "weight"), "U(−√k, √k), k = 1 / in_features", BOUND (1.0 / 784) },
  { TORCH ("Linear(784, 256)", "bias"), "U(−√k, √k), k = 1 / in_features", BOUND (1.0 / 784) },
  { TORCH ("Bilinear(48, 32, 64)", "weight"), "U(−√k, √k), k = 1 / in1_features",
    BOUND (1.0 / 48) },
  { TORCH ("Bilinear(48, 32, 64)", "bias"), "U(−√k, √k), k = 1 / in1_features", BOUND (1.0 / 48) },
  { TORCH ("Conv1d(64, 128, 5)", "weight"), "U(−√k, √k), k = groups / (in_channels · kernel_size)",
    BOUND (1.0 / (64 * 5)) },
  { TORCH ("Conv1d(64, 128, 5)", "bias"), "U(−√k, √k), k = groups / (in_channels · kernel_size)",
    BOUND (1.0 / (64 * 5)) },
  { TORCH ("Conv2d(64, 128, 3)", "weight"), "U(−√k, √k), k = groups / (in_channels · kernel_size²)",
    BOUND (1.0 / (64 * 9)) },
  { TORCH ("Conv2d(64, 128, 3)", "bias"), "U(−√k, √k), k = groups / (in_channels · kernel_size²)",
    BOUND (1.0 / (64 * 9)) },
  { TORCH ("Conv2d(256, 256, 7, groups=256)", "weight"),
    "U(−√k, √k), k = groups / (in_channels · kernel_size²)", BOUND (1.0 / 49) },
  { TORCH ("Conv2d(256, 256, 7, groups=256)", "bias"),
    "U(−√k, √k), k = groups / (in_channels · kernel_size²)", BOUND (1.0 / 49) },
  { TORCH ("ConvTranspose2d(64, 128, 3)", "weight"),
    "U(−√k, √k), k = groups / (out_channels · kernel_size²)", BOUND (1.0 / (128 * 9)) },
  { TORCH ("ConvTranspose2d(64, 128, 3)", "bias"),
    "U(−√k, √k), k = groups / (out_channels · kernel_size²)", BOUND (1.0 / (128 * 9)) },
  { TORCH ("Embedding(1000, 64)", "weight"), "N(0, 1)", STD (1.0) },
  { TORCH ("RNN(128, 256)", "weight_ih_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("RNN(128, 256)", "weight_hh_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("RNN(128, 256)", "bias_ih_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("RNN(128, 256)", "bias_hh_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("LSTM(128, 256)", "weight_ih_l0"), "U(−√k, √k), k = 1 / hidden_size",
    BOUND (1.0 / 256) },
  { TORCH ("LSTM(128, 256)", "weight_hh_l0"), "U(−√k, √k), k = 1 / hidden_size",
    BOUND (1.0 / 256) },
  { TORCH ("LSTM(128, 256)", "bias_ih_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("LSTM(128, 256)", "bias_hh_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("GRU(128, 256)", "weight_ih_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("GRU(128, 256)", "weight_hh_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("GRU(128, 256)", "bias_ih_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("GRU(128, 256)", "bias_hh_l0"), "U(−√k, √k), k = 1 / hidden_size", BOUND (1.0 / 256) },
  { TORCH ("BatchNorm2d(64)", "weight"), "1", VALUES (1, 1) },
  { TORCH ("BatchNorm2d(64)", "bias"), "0", VALUES (0, 0) },
  { TORCH ("LayerNorm(64)", "weight"), "1", VALUES (1, 1) },
  { TORCH ("LayerNorm(64)", "bias"), "0", VALUES (0, 0) },
  { TORCH ("GroupNorm(8, 64)", "weight"), "1", VALUES (1, 1) },
  { TORCH ("GroupNorm(8, 64)", "bias"), "0", VALUES (0, 0) },
  { TORCH ("MultiheadAttention(256, 8)", "in_proj_weight"),
    "Xavier uniform of the packed matrix, √(6 / (embed_dim + 3 embed_dim))",
    BOUND (6.0 / (4 * 256)) },
  { TORCH ("MultiheadAttention(256, 8)", "in_proj_bias"), "0", VALUES (0, 0) },
  { TORCH ("MultiheadAttention(256, 8)", "out_proj.weight"),
    "Linear's: U(−√k, √k), k = 1 / embed_dim", BOUND (1.0 / 256) },
  { TORCH ("MultiheadAttention(256, 8)", "out_proj.bias"), "0", VALUES (0, 0) },
  { TORCH ("PReLU()", "weight"), "0.25", VALUES (0.25, 0.25) },
};

static const IscDefault keras[] = {
  { "Linear(784, 256)", "weight", "Dense(256).kernel", "keras.GlorotUniform()",
    "U(−b, b), b = √(6 / (fan_in + fan_out))", BOUND (6.0 / (784 + 256)) },
  { "Linear(784, 256)", "bias", "Dense(256).bias", "keras.Zeros()", "0", VALUES (0, 0) },
  { "Conv1d(64, 128, 5)", "weight", "Conv1D(128, 5).kernel", "keras.GlorotUniform()",
    "U(−b, b), b = √(6 / (fan_in + fan_out))", BOUND (6.0 / (5 * (64 + 128))) },
  { "Conv1d(64, 128, 5)", "bias", "Conv1D(128, 5).bias", "keras.Zeros()", "0", VALUES (0, 0) },
  { "Conv2d(64, 128, 3)", "weight", "Conv2D(128, 3).kernel", "keras.GlorotUniform()",
    "U(−b, b), b = √(6 / (fan_in + fan_out))", BOUND (6.0 / (9 * (64 + 128))) },
  { "Conv2d(64, 128, 3)", "bias", "Conv2D(128, 3).bias", "keras.Zeros()", "0", VALUES (0, 0) },
  { "ConvTranspose2d(64, 128, 3)", "weight", "Conv2DTranspose(128, 3).kernel",
    "keras.GlorotUniform()", "U(−b, b), b = √(6 / (fan_in + fan_out))",
    BOUND (6.0 / (9 * (64 + 128))) },
  { "ConvTranspose2d(64, 128, 3)", "bias", "Conv2DTranspose(128, 3).bias", "keras.Zeros()", "0",
    VALUES (0, 0) },
  { "Embedding(1000, 64)", "weight", "Embedding(1000, 64).embeddings", "keras.RandomUniform()",
    "U(−0.05, 0.05)", BOUND (0.05 * 0.05) },
  { "RNN(128, 256)", "weight_ih_l0", "SimpleRNN(256).kernel", "keras.GlorotUniform()",
    "U(−b, b), b = √(6 / (fan_in + fan_out))", BOUND (6.0 / (128 + 256)) },
  { "RNN(128, 256)", "weight_hh_l0", "SimpleRNN(256).recurrent_kernel", "keras.Orthogonal()",
    "orthogonal: std = 1 / √(longer side)", STD (1.0 / 256) },
  { "RNN(128, 256)", "bias_ih_l0", "SimpleRNN(256).bias", "keras.Zeros()", "0", VALUES (0, 0) },
  { "LSTM(128, 256)", "weight_ih_l0", "LSTM(256).kernel", "keras.GlorotUniform()",
    "U(−b, b), b = √(6 / (fan_in + fan_out))", BOUND (6.0 / (128 + 4 * 256)) },
  { "LSTM(128, 256)", "weight_hh_l0", "LSTM(256).recurrent_kernel", "keras.Orthogonal()",
    "orthogonal: std = 1 / √(longer side)", STD (1.0 / (4 * 256)) },
  { "LSTM(128, 256)", "bias_ih_l0", "LSTM(256).bias", "unit_forget_bias_()", "0, the forget gate 1",
    VALUES (0, 1) },
  { "GRU(128, 256)", "weight_ih_l0", "GRU(256).kernel", "keras.GlorotUniform()",
    "U(−b, b), b = √(6 / (fan_in + fan_out))", BOUND (6.0 / (128 + 3 * 256)) },
  { "GRU(128, 256)", "weight_hh_l0", "GRU(256).recurrent_kernel", "keras.Orthogonal()",
    "orthogonal: std = 1 / √(longer side)", STD (1.0 / (3 * 256)) },
  { "GRU(128, 256)", "bias_ih_l0", "GRU(256).bias", "keras.Zeros()", "0", VALUES (0, 0) },
  { "BatchNorm2d(64)", "weight", "BatchNormalization().gamma", "keras.Ones()", "1", VALUES (1, 1) },
  { "BatchNorm2d(64)", "bias", "BatchNormalization().beta", "keras.Zeros()", "0", VALUES (0, 0) },
  { "LayerNorm(64)", "weight", "LayerNormalization().gamma", "keras.Ones()", "1", VALUES (1, 1) },
  { "LayerNorm(64)", "bias", "LayerNormalization().beta", "keras.Zeros()", "0", VALUES (0, 0) },
};

static const IscDefault jax[] = {
  { "Linear(784, 256)", "weight", "Dense(256).kernel", "jax.nn.initializers.lecun_normal()",
    "truncated normal, std = √(1 / fan_in)", STD (1.0 / 784) },
  { "Linear(784, 256)", "bias", "Dense(256).bias", "jax.nn.initializers.zeros()", "0",
    VALUES (0, 0) },
  { "Conv1d(64, 128, 5)", "weight", "Conv(128, (5,)).kernel", "jax.nn.initializers.lecun_normal()",
    "truncated normal, std = √(1 / fan_in)", STD (1.0 / (5 * 64)) },
  { "Conv1d(64, 128, 5)", "bias", "Conv(128, (5,)).bias", "jax.nn.initializers.zeros()", "0",
    VALUES (0, 0) },
  { "Conv2d(64, 128, 3)", "weight", "Conv(128, (3, 3)).kernel",
    "jax.nn.initializers.lecun_normal()", "truncated normal, std = √(1 / fan_in)",
    STD (1.0 / (9 * 64)) },
  { "Conv2d(64, 128, 3)", "bias", "Conv(128, (3, 3)).bias", "jax.nn.initializers.zeros()", "0",
    VALUES (0, 0) },
  { "Embedding(1000, 64)", "weight", "Embed(1000, 64).embedding",
    "jax.nn.initializers.variance_scaling(1.0, 'fan_in', 'normal')", "N(0, 1 / features)",
    STD (1.0 / 64) },
  { "RNNCell(128, 256)", "weight_ih", "SimpleCell(256).i.kernel",
    "jax.nn.initializers.lecun_normal()", "truncated normal, std = √(1 / fan_in)",
    STD (1.0 / 128) },
  { "RNNCell(128, 256)", "weight_hh", "SimpleCell(256).h.kernel",
    "jax.nn.initializers.orthogonal()", "orthogonal: std = 1 / √features", STD (1.0 / 256) },
  { "RNNCell(128, 256)", "bias_ih", "SimpleCell(256).i.bias", "jax.nn.initializers.zeros()", "0",
    VALUES (0, 0) },
  { "BatchNorm2d(64)", "weight", "BatchNorm().scale", "jax.nn.initializers.ones()", "1",
    VALUES (1, 1) },
  { "BatchNorm2d(64)", "bias", "BatchNorm().bias", "jax.nn.initializers.zeros()", "0",
    VALUES (0, 0) },
  { "LayerNorm(64)", "weight", "LayerNorm().scale", "jax.nn.initializers.ones()", "1",
    VALUES (1, 1) },
  { "LayerNorm(64)", "bias", "LayerNorm().bias", "jax.nn.initializers.zeros()", "0",
    VALUES (0, 0) },
};

#define DEFAULTS(rows) .defaults = rows, .n_defaults = G_N_ELEMENTS (rows)

static const IscDefaultLibrary libraries[] = {
  { "pytorch", "PyTorch", "torch.nn, documentation of each layer; MultiheadAttention by its source",
    DEFAULTS (pytorch) },
  { "keras", "Keras", "keras.layers, documentation of each layer", DEFAULTS (keras) },
  { "jax", "JAX (Flax)", "flax.linen, documentation of each layer", DEFAULTS (jax) },
};

const IscDefaultLibrary *
isc_default_libraries_get (guint *n)
{
  *n = G_N_ELEMENTS (libraries);
  return libraries;
}

const IscDefaultLibrary *
isc_default_library_find (const char *id, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (libraries); i++)
    {
      if (g_str_equal (libraries[i].id, id))
        return &libraries[i];
      g_string_append_printf (names, "%s%s", i ? ", " : "", libraries[i].id);
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "the defaults of '%s' are not known: those of %s are", id, names->str);
  return NULL;
}
