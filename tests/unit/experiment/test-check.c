/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/runtime.h"
#include "experiment/check.h"
#include "experiment/json.h"
#include "support/reference.h"

/* Checks a document that can be read; prints what is found. */
static GPtrArray *
check (const char *text)
{
  g_autoptr (GPtrArray) unreadable = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (text, -1, unreadable);
  GPtrArray *problems;

  for (guint i = 0; i < unreadable->len; i++)
    g_test_message ("cannot read: %s", ((IscProblem *)unreadable->pdata[i])->message);
  g_assert_nonnull (experiment);
  problems = isc_experiment_check (experiment);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *problem = isc_problem_to_text (problems->pdata[i]);

      g_test_message ("%s", problem);
    }
  return problems;
}

static void
assert_one (const char *text, const char *path, const char *part)
{
  g_autoptr (GPtrArray) problems = check (text);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((IscProblem *)problems->pdata[0])->path, ==, path);
  if (!strstr (((IscProblem *)problems->pdata[0])->message, part))
    g_error ("\"%s\" lacks \"%s\"", ((IscProblem *)problems->pdata[0])->message, part);
}

static void
assert_none (const char *text)
{
  g_autoptr (GPtrArray) problems = check (text);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_fits (void)
{
  assert_none ("{}");
  assert_none ("{\"network\": [\"ReLU()\", \"Linear(10, 3)\", \"Tanh()\"]}");
  assert_none (
      "{\"batch_size\": null, \"data\": \"RandomClassification(samples=100000000, features=10)\"}");
  assert_none (
      "{\"data\": \"RandomRegression(samples=7, features=5, targets=2)\", \"loss\": \"MSELoss()\", "
      "\"network\": [\"Linear(5, 2, bias=False)\"]}");
  /* Nothing is known of own files before they are read. */
  assert_none ("{\"data\": \"Arrays('X.npy', 'y.npy')\", \"network\": [\"Embedding(7, 5)\", "
               "\"Flatten()\", \"Linear(20, 3)\"]}");
  assert_none (
      "{\"data\": \"Arrays(inputs='x.npy', targets='y.npy')\", \"network\": [\"Linear(5, 2)\"]}");
  assert_none ("{\"inits\": [{\"weight\": {\"0.weight\": \"orthogonal_()\", \"*\": \"zeros_()\"}, "
               "\"bias\": {\"4.bias\": \"ones_()\"}}]}");
}

static void
test_shapes (void)
{
  g_autoptr (GPtrArray) problems = NULL;

  assert_one ("{\"network\": [\"Linear(10, 32)\", \"ReLU()\", \"Linear(64, 3)\"]}", "network[2]",
              "Linear takes 64 inputs (in_features), and 32 come from network[0]");
  assert_one ("{\"network\": [\"Linear(11, 32)\", \"Linear(32, 3)\"]}", "network[0]",
              "and 10 come from RandomClassification");
  assert_one ("{\"network\": [\"Linear(10, 4)\"]}", "network[0]",
              "gives 4 outputs, and RandomClassification has 3 classes");
  assert_one ("{\"data\": \"RandomRegression(targets=2)\", \"loss\": \"MSELoss()\", "
              "\"network\": [\"Linear(10, 4)\", \"Tanh()\"]}",
              "network[0]", "gives 4 outputs, and RandomRegression has 2 target values");
  assert_one ("{\"data\": \"Arrays(inputs='x.npy', targets='y.npy')\", "
              "\"network\": [\"Linear(10, 4)\", \"Linear(5, 6)\"]}",
              "network[1]", "and 4 come from network[0]");
  assert_one ("{\"network\": [\"Linear(10, 3)\", \"Hardtanh(1, -1)\"]}", "network[1]",
              "min_val must be below max_val");
  assert_one ("{\"network\": [\"ReLU()\"]}", "network", "has no layer with weights");
  assert_one ("{\"network\": []}", "network", "has no layer with weights");

  /* One mistake does not hide the next. */
  problems = check ("{\"network\": [\"Linear(9, 8)\", \"Linear(7, 6)\", \"Linear(5, 4)\"]}");
  g_assert_cmpuint (problems->len, ==, 4);
  g_assert_nonnull (isc_problems_find (problems, "network[0]"));
  g_assert_nonnull (isc_problems_find (problems, "network[1]"));
  g_assert_nonnull (isc_problems_find (problems, "network[2]"));
}

static void
test_sizes (void)
{
  assert_one ("{\"network\": [\"Linear(10, 46000)\", \"Linear(46000, 46000)\", \"Linear(46000, "
              "46000)\", "
              "\"Linear(46000, 3)\"]}",
              "network", "at most 2147483648 are allowed");
  assert_one ("{\"network\": [\"Linear(10, 100000)\", \"Linear(100000, 100000)\", \"Linear(100000, "
              "3)\"]}",
              "network[1]", "weight: ");
}

static void
test_loss (void)
{
  assert_one ("{\"loss\": \"MSELoss()\"}", "loss",
              "MSELoss compares with values, and RandomClassification has classes");
  assert_one ("{\"data\": \"RandomRegression(targets=3)\"}", "loss",
              "CrossEntropyLoss compares with classes");
  assert_one ("{\"loss\": \"CrossEntropyLoss(weight=(1, 2))\"}", "loss",
              "weight has 2 numbers, and an example has 3 outputs");
  assert_none ("{\"loss\": \"CrossEntropyLoss(weight=(1, 2, 0.5), label_smoothing=0.1)\"}");
  assert_one ("{\"optimizer\": \"SGD(lr=0.1, nesterov=True)\"}", "optimizer", "momentum");
  assert_one ("{\"schedule\": \"OneCycleLR(0.1)\", \"optimizer\": \"Adagrad()\"}", "schedule",
              "Adagrad has no momentum");
  assert_one ("{\"schedule\": \"OneCycleLR(0.1, total_steps=99)\", \"steps\": 100}", "schedule",
              "ends after 99 steps, and the run has 100");
  assert_one ("{\"schedule\": \"OneCycleLR(0.1, total_steps=19, by='epoch')\"}", "schedule",
              "ends after 19 epochs, and the run has 20");
  /* 1000 examples, 32 a step. */
  assert_one ("{\"schedule\": \"OneCycleLR(0.1, total_steps=639)\"}", "schedule",
              "ends after 639 steps, and the run has 640");
  assert_one ("{\"schedule\": \"OneCycleLR(0.1, total_steps=3, by='epoch')\", \"steps\": 97}",
              "schedule", "ends after 3 epochs, and the run has 4");
  assert_none ("{\"schedule\": \"OneCycleLR(0.1, total_steps=640)\"}");
  /* How many an own file holds is not known before it is read. */
  assert_none ("{\"data\": \"Arrays(inputs='x.npy', targets='y.npy')\", \"network\": [\"Linear(5, "
               "2)\"], \"schedule\": \"OneCycleLR(0.1, total_steps=2)\"}");
  /* Without batches an epoch is a step. */
  assert_one ("{\"schedule\": \"OneCycleLR(0.1, total_steps=19)\", \"batch_size\": null}",
              "schedule", "ends after 19 steps, and the run has 20");
}

static void
test_schemes (void)
{
  assert_one ("{\"inits\": [{\"bias\": \"xavier_uniform_()\"}]}", "inits[0].bias",
              "at least 2 dimensions");
  assert_one ("{\"inits\": [{\"bias\": {\"2.bias\": \"xavier_uniform_()\"}}]}", "inits[0].bias",
              "(for 2.bias)");
  assert_one ("{\"inits\": [{}, {\"weight\": {\"1.weight\": \"ones_()\"}}]}", "inits[1].weight",
              "no '1.weight' that is a weight: the nearest is 0.weight");
  assert_one ("{\"inits\": [{\"weight\": {\"0.bias\": \"ones_()\"}}]}", "inits[0].weight",
              "no '0.bias' that is a weight");
  assert_one ("{\"inits\": [{\"weight\": {\"0.Weight\": \"ones_()\"}}]}", "inits[0].weight",
              "the nearest is 0.weight");
}

static void
test_weights (void)
{
  assert_none ("{\"weights\": {\"tensor\": [256, 784], \"init\": \"xavier_uniform_()\"}}");
  assert_none ("{\"weights\": {\"layer\": \"Linear(784, 256)\"}}");
  assert_none ("{\"weights\": {\"layer\": \"Linear(784, 256)\", \"init\": \"ones_()\", \"bias\": "
               "\"zeros_()\"}}");
  assert_none ("{\"weights\": {\"network\": [\"Linear(3, 4)\", \"ReLU()\", \"Linear(4, 5)\"]}}");
  assert_one ("{\"weights\": {\"tensor\": [256, 784]}}", "weights.init", "needs a scheme");
  assert_one ("{\"weights\": {\"tensor\": [256], \"init\": \"xavier_uniform_()\"}}", "weights.init",
              "at least 2 dimensions");
  assert_one ("{\"weights\": {\"tensor\": [256], \"init\": \"ones_()\", \"bias\": \"ones_()\"}}",
              "weights.bias", "no bias");
  assert_one ("{\"weights\": {\"layer\": \"Linear(3, 4)\", \"bias\": \"orthogonal_()\"}}",
              "weights.bias", "(for bias)");
  assert_one ("{\"weights\": {\"network\": [\"Linear(3, 4)\", \"Linear(5, 6)\"]}}",
              "weights.network[1]", "and 4 come from weights.network[0]");
  assert_one ("{\"weights\": {\"network\": [\"ReLU()\"]}}", "weights.network",
              "no layer with weights");
}

/* Layers that can't be trained are for the weights section alone. */
static void
test_layers (void)
{
  assert_one ("{\"network\": [\"Linear(10, 3)\", \"LSTM(3, 3)\"]}", "network[1]",
              "LSTM shows its weights on the Weights page, but can't be trained yet: of the "
              "layers, "
              "only Linear, Conv1d, Conv2d, Conv3d, Embedding, BatchNorm1d, BatchNorm2d, "
              "LayerNorm, "
              "GroupNorm, "
              "PReLU, MaxPool2d, AvgPool2d, Flatten, Dropout, Residual can");
  assert_none ("{\"weights\": {\"network\": [\"Conv2d(1, 8, 3)\", \"ReLU()\", \"Conv2d(8, 16, 3, "
               "groups=2)\", \"BatchNorm2d(16)\", \"Linear(9, 8)\", \"Linear(8, 3)\"]}}");
  assert_one ("{\"weights\": {\"network\": [\"Conv2d(4, 8, 3, groups=3)\"]}}", "weights.network[0]",
              "Conv2d: groups=3 does not divide in_channels=4");
  assert_one ("{\"weights\": {\"layer\": \"MultiheadAttention(9, 2)\"}}", "weights.layer",
              "num_heads=2 does not divide embed_dim=9");
  assert_one ("{\"weights\": {\"layer\": \"BatchNorm2d(4, affine=False)\"}}", "weights.layer",
              "BatchNorm2d has no parameters with these arguments");
  assert_one ("{\"weights\": {\"layer\": \"Residual(Linear(4, 4))\"}}", "weights.layer",
              "Residual has no parameters of its own: weights.network shows those of its modules");
  assert_one ("{\"weights\": {\"layer\": \"Conv3d(100000, 100000, 100)\"}}", "weights.layer",
              "weight: 100000×100000×100×100×100 is");
  assert_one ("{\"weights\": {\"layer\": \"LSTM(10, 5000, 64, bidirectional=True)\"}}",
              "weights.layer", "parameters in all: at most");

  /* A scheme sets what it has the dimensions for, and no other layer's weights in a network. */
  assert_none ("{\"weights\": {\"layer\": \"LSTM(3, 4)\", \"init\": \"orthogonal_()\"}}");
  assert_none ("{\"weights\": {\"layer\": \"BatchNorm2d(4)\", \"init\": \"orthogonal_()\", "
               "\"pins\": [\"xavier_normal_()\"]}}");
  assert_none ("{\"weights\": {\"network\": [\"Linear(3, 4)\", \"BatchNorm1d(4)\"], "
               "\"init\": \"orthogonal_()\"}}");
  assert_one ("{\"weights\": {\"layer\": \"LSTM(3, 4)\", \"bias\": \"orthogonal_()\"}}",
              "weights.bias", "(for bias_ih_l0)");
  /* A scheme may go by the parameter's name: weight_ih is no square here, and need not be. */
  assert_none ("{\"weights\": {\"layer\": \"RNN(3, 4)\", \"init\": \"irnn_identity_()\"}}");
  assert_one ("{\"weights\": {\"layer\": \"GRU(3, 4)\", \"init\": \"irnn_identity_()\"}}",
              "weights.init", "a 12×4 matrix can't hand a hidden state on to itself");
}

/* Places within a block, and what comes out of it. */
static void
test_blocks (void)
{
  assert_none ("{\"network\": [\"Linear(10, 8)\", \"Residual(nn.Sequential(Linear(8, 8), Tanh()), "
               "scale=0.5)\", \"Linear(8, 3)\"]}");
  assert_none ("{\"network\": [\"Residual(Tanh(), Residual(Linear(10, 4), Linear(4, 10)), "
               "Linear(10, 10))\", \"Linear(10, 3)\"]}");
  assert_one ("{\"network\": [\"Linear(10, 8)\", \"Residual(Linear(8, 4), Tanh())\", \"Linear(8, "
              "3)\"]}",
              "network[1]", "Residual: its modules make 4 of 8, and x + f(x) needs the same shape");
  assert_one ("{\"network\": [\"Linear(10, 8)\", \"Residual(Tanh(), Linear(4, 8))\", \"Linear(8, "
              "3)\"]}",
              "network[1].f[1]", "Linear takes 4 inputs (in_features), and 8 come from network[0]");
  assert_one ("{\"network\": [\"Linear(10, 8)\", \"Residual(Linear(8, 6), Residual(Linear(5, 6)), "
              "Linear(6, 8))\", \"Linear(8, 3)\"]}",
              "network[1].f[1].f[0]",
              "Linear takes 5 inputs (in_features), and 6 come from network[1].f[0]");
  assert_one ("{\"network\": [\"Linear(10, 8)\", \"Residual(LSTM(8, 8))\", \"Linear(8, 3)\"]}",
              "network[1].f[0]", "LSTM shows its weights on the Weights page");
  /* Without data, a block that does not close is found by what its layers say. */
  assert_one ("{\"weights\": {\"network\": [\"Linear(3, 4)\", \"Residual(Linear(4, 5))\"]}}",
              "weights.network[1]", "Residual: its modules make 5 of 4");
  /* An init may name a parameter within a block. */
  assert_none ("{\"network\": [\"Linear(10, 8)\", \"Residual(Linear(8, 8))\", \"Linear(8, 3)\"], "
               "\"inits\": [{\"weight\": {\"1.f.0.weight\": \"zeros_()\"}}]}");
  assert_one ("{\"network\": [\"Linear(10, 8)\", \"Residual(Linear(8, 8))\", \"Linear(8, 3)\"], "
              "\"inits\": [{\"weight\": {\"1.f.1.weight\": \"zeros_()\"}}]}",
              "inits[0].weight", "the nearest is 1.f.0.weight");
}

/* A BatchNorm has no variance of one value. */
static void
test_batches (void)
{
  assert_one ("{\"batch_size\": 1, \"network\": [\"Linear(10, 8)\", \"Residual(BatchNorm1d(8))\", "
              "\"BatchNorm1d(8)\", \"Linear(8, 3)\"]}",
              "network[1].f[0]",
              "a batch of 1 example has no variance: make batch_size larger, such as 32");
  assert_none ("{\"batch_size\": 1, \"network\": [\"Linear(10, 8)\", \"LayerNorm(8)\", \"Linear(8, "
               "3)\"]}");
  assert_one ("{\"batch_size\": 10, \"data\": \"RandomClassification(101, 10, 3)\", \"network\": "
              "[\"Linear(10, 8)\", \"BatchNorm1d(8)\", \"Linear(8, 3)\"]}",
              "network[1]",
              "the last batch of 101 examples has only 1, which has no variance: take another "
              "batch_size than 10, such as 11");
  assert_none ("{\"batch_size\": 10, \"data\": \"RandomClassification(102, 10, 3)\", \"network\": "
               "[\"Linear(10, 8)\", \"BatchNorm1d(8)\", \"Linear(8, 3)\"]}");
  assert_one ("{\"batch_size\": null, \"data\": \"RandomClassification(1, 10, 3)\", \"network\": "
              "[\"Linear(10, 8)\", \"BatchNorm1d(8)\", \"Linear(8, 3)\"]}",
              "network[1]", "there is only 1 example to train on");
  /* An image has places to normalize over, unless it is one pixel. */
  assert_none ("{\"batch_size\": 1, \"data\": \"RandomClassification(101, (1, 2, 2), 3)\", "
               "\"network\": [\"BatchNorm2d(1)\", \"Flatten()\", \"Linear(4, 3)\"]}");
  assert_one ("{\"batch_size\": 1, \"data\": \"RandomClassification(101, (4, 1, 1), 3)\", "
              "\"network\": [\"BatchNorm2d(4)\", \"Flatten()\", \"Linear(4, 3)\"]}",
              "network[0]", "BatchNorm2d normalizes over the batch");
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/fits", test_fits);
  g_test_add_func ("/check/blocks", test_blocks);
  g_test_add_func ("/check/batches", test_batches);
  g_test_add_func ("/check/shapes", test_shapes);
  g_test_add_func ("/check/sizes", test_sizes);
  g_test_add_func ("/check/loss", test_loss);
  g_test_add_func ("/check/schemes", test_schemes);
  g_test_add_func ("/check/weights", test_weights);
  g_test_add_func ("/check/layers", test_layers);
  return g_test_run ();
}
