/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Schemes that a person writes: the usual methods by hand are the catalog's bit for bit and draw as
 * much, and what cannot be run is refused in a sentence. */

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"

#define SEED 42

static char *folder;

/* Fills @tensor as @text says; @next is what the generator gives afterwards. */
static gboolean
fill (const char *text, const IscSite *site, IscTensor *tensor, guint32 *next, GError **error)
{
  g_autoptr (IscCall) call = isc_call_parse (text, error);
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = call ? isc_catalog_bind (ISC_KIND_SCHEME, call, &item, error) : NULL;
  g_autoptr (IscGenerator) generator = isc_generator_new (SEED);

  if (!arguments
      || !isc_scheme_fill ((const IscScheme *)item, arguments, site, generator, tensor, error))
    return FALSE;
  *next = isc_generator_word (generator);
  return TRUE;
}

/* Writes the script and gives the call of it. */
static char *
script_call (const char *text)
{
  g_autofree char *path = g_build_filename (folder, "init.lua", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_strdup_printf ("script('%s')", path);
}

static char *
init_call (const char *body)
{
  g_autofree char *text = g_strdup_printf ("function init(layer)\n  %s\nend\n", body);

  return script_call (text);
}

static void
assert_same_on (const char *one, const char *other, const IscSite *site)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTensor) a = isc_tensor_new ("weight", &site->shape, NULL);
  g_autoptr (IscTensor) b = isc_tensor_new ("weight", &site->shape, NULL);
  guint32 a_next, b_next;

  g_test_message ("%s and %s", one, other);
  fill (one, site, a, &a_next, &error);
  g_assert_no_error (error);
  fill (other, site, b, &b_next, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (isc_tensor_get_data (a), isc_tensor_get_data (b),
                           isc_tensor_get_count (a) * sizeof (float)),
                   ==, 0);
  g_assert_cmpuint (a_next, ==, b_next);
}

/* Below 16 weights, no multiple of 16, a layer's, kernels. */
static void
assert_same (const char *one, const char *other)
{
  const IscShape shapes[] = {
    { 2, { 3, 4 } },
    { 2, { 7, 5 } },
    { 2, { 256, 784 } },
    { 4, { 8, 4, 3, 3 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      IscSite site = isc_site_of_shape (&shapes[i]);

      assert_same_on (one, other, &site);
    }
}

static void
assert_init_same (const char *body, const char *call)
{
  g_autofree char *script = init_call (body);

  assert_same (script, call);
}

/* What nn.Linear draws for itself stays if nothing is done, and can be drawn by hand. */
static void
test_default (void)
{
  IscShape shape = isc_shape (2, (gint64)64, (gint64)30);
  IscSite site = isc_site_of_shape (&shape);
  g_autoptr (IscTensor) tensor = isc_tensor_new ("weight", &shape, NULL);
  g_autoptr (IscTensor) drawn = isc_tensor_new ("weight", &shape, NULL);
  g_autofree char *nothing = init_call ("");
  guint32 next;

  g_assert_true (fill ("kaiming_uniform_(a=2.23606797749979)", &site, tensor, &next, NULL));
  g_assert_true (fill ("kaiming_uniform_(a=2.23606797749979)", &site, drawn, &next, NULL));
  g_assert_true (fill (nothing, &site, tensor, &next, NULL));
  g_assert_cmpmem (isc_tensor_get_data (tensor), 64 * 30 * sizeof (float),
                   isc_tensor_get_data (drawn), 64 * 30 * sizeof (float));

  assert_init_same ("local gain = init.calculate_gain('leaky_relu', sqrt(5))\n"
                    "local bound = sqrt(3) * (gain / sqrt(layer.fan_in))\n"
                    "layer.weight:uniform_(-bound, bound)",
                    "kaiming_uniform_(a=2.23606797749979)");
  assert_init_same ("init.kaiming_uniform_(layer.weight, {a=sqrt(5)})",
                    "kaiming_uniform_(a=2.23606797749979)");
}

static void
test_xavier (void)
{
  assert_init_same ("local bound = sqrt(3) * sqrt(2 / (layer.fan_in + layer.fan_out))\n"
                    "layer.weight:uniform_(-bound, bound)",
                    "xavier_uniform_()");
  assert_init_same ("layer.weight:normal_(0, 5 / 3 * sqrt(2 / (layer.fan_in + layer.fan_out)))",
                    "xavier_normal_(gain=1.6666666666666667)");
  assert_init_same ("init.xavier_uniform_(layer.weight, {gain=5/3})",
                    "xavier_uniform_(gain=1.6666666666666667)");
  assert_init_same ("init.xavier_normal_(layer.weight, init.calculate_gain('tanh'))",
                    "xavier_normal_(gain=1.6666666666666667)");
}

static void
test_kaiming (void)
{
  assert_init_same ("layer.weight:normal_(0, sqrt(2) / sqrt(layer.fan_in))", "kaiming_normal_()");
  assert_init_same ("layer.weight:normal_(0, init.calculate_gain('relu') / sqrt(layer.fan_out))",
                    "kaiming_normal_(mode='fan_out', nonlinearity='relu')");
  assert_init_same ("init.kaiming_normal_(layer.weight, {mode='fan_out', nonlinearity='relu'})",
                    "kaiming_normal_(mode='fan_out', nonlinearity='relu')");
}

static void
test_uniform_and_normal (void)
{
  assert_init_same ("layer.weight:uniform_(-0.1, 0.1)", "uniform_(-0.1, 0.1)");
  assert_init_same ("init.uniform_(layer.weight, -0.1, 0.1)", "uniform_(-0.1, 0.1)");
  assert_init_same ("layer.weight:normal_(0, 0.02)", "normal_(std=0.02)");
  assert_init_same ("init.normal_(layer.weight, {std=0.02})", "normal_(std=0.02)");
  assert_init_same ("init.trunc_normal_(layer.weight, {std=0.02, a=-0.04, b=0.04})",
                    "trunc_normal_(std=0.02, a=-0.04, b=0.04)");
  assert_init_same ("layer.weight:zero_()", "zeros_()");
  assert_init_same ("layer.weight:fill_(0.3)", "constant_(0.3)");
}

/* One's own: an expression and the loop that it stands for. */
static void
test_custom (void)
{
  assert_same ("custom()", "custom('randn() * sqrt(2 / fan_in)')");
  assert_init_same ("local w = layer.weight\n"
                    "for i = 0, #w - 1 do w:set(i, randn() * sqrt(2 / layer.fan_in)) end",
                    "custom('randn() * sqrt(2 / fan_in)')");
  assert_init_same ("init.custom(layer.weight, 'rand() - 0.5')", "custom('rand() - 0.5')");
  assert_same ("custom('0.3')", "constant_(0.3)");
}

/* The field of a network's bias, and everything that the site says. */
static void
test_site (void)
{
  g_autofree char *call
      = script_call ("function init(layer)\n"
                     "  if layer.kind ~= 'Linear' then error('kind') end\n"
                     "  if layer.weight then init.kaiming_normal_(layer.weight) end\n"
                     "  if layer.bias then layer.bias:fill_(0.01) end\n"
                     "end\n");
  IscShape weight_shape = isc_shape (2, (gint64)6, (gint64)5);
  IscShape bias_shape = isc_shape (1, (gint64)6);
  IscSite weight = isc_site_of_shape (&weight_shape);
  IscSite bias = isc_site_of_shape (&bias_shape);

  weight.layer = bias.layer = "Linear";
  weight.name = "0.weight";
  bias.name = "0.bias";
  assert_same_on (call, "kaiming_normal_()", &weight);
  assert_same_on (call, "constant_(0.01)", &bias);
}

static void
assert_refused_in (const char *call, const IscShape *shape, int code, const char *message)
{
  IscSite site = isc_site_of_shape (shape);
  g_autoptr (IscTensor) tensor = isc_tensor_new ("weight", shape, NULL);
  g_autoptr (GError) error = NULL;
  const char *shown;
  guint32 next;

  g_assert_false (fill (call, &site, tensor, &next, &error));
  g_assert_error (error, ISC_ERROR, code);
  shown = strstr (error->message, "init.lua");
  g_assert_cmpstr (shown ? shown : error->message, ==, message);
}

static void
assert_refused (const char *call, const char *message)
{
  IscShape shape = isc_shape (2, (gint64)6, (gint64)5);

  assert_refused_in (call, &shape, ISC_ERROR_INVALID, message);
}

static void
assert_init_refused (const char *body, const char *message)
{
  g_autofree char *call = init_call (body);

  assert_refused (call, message);
}

static void
test_refused (void)
{
  IscShape bias = isc_shape (1, (gint64)6);

  assert_refused ("custom('while true do end')",
                  "custom: column 1: unexpected symbol near 'while'");
  assert_refused ("custom('(function() while true do end end)()')",
                  "custom: column 24: the expression ran longer than 1,000,000 steps and 2,000 "
                  "more for every weight without an answer: is there an endless loop?");
  assert_refused ("custom('string.rep(\"x\", 1e9)')",
                  "custom: column 1: the expression asked for more than 64 MiB of memory");
  assert_refused ("custom('\"abc\"')",
                  "custom: the expression gives a string ('abc'), and a number is wanted");
  assert_refused ("custom('os.execute(\"ls\")')",
                  "custom: column 1: 'os' is not known here: an expression has fan_in, fan_out, "
                  "shape, row, col, index, rand(), randn() and Lua's math");
  assert_refused ("custom('')",
                  "custom: expression='' should be a text of 1..4096 bytes in quotes");
  assert_refused ("custom(3)", "custom: expression=3 should be a text of 1..4096 bytes in quotes");
  assert_refused ("script()", "script() lacks path (a path in quotes)");
  assert_refused_in ("custom()", &bias, ISC_ERROR_INVALID,
                     "custom: column 20: fan_in needs a weight of at least 2 dimensions, and this "
                     "one has 1");
  assert_refused_in ("script('/nowhere/init.lua')", &bias, ISC_ERROR_IO,
                     "init.lua: No such file or directory");
}

static void
test_script_refused (void)
{
  assert_init_refused ("local t = {} while true do t[#t + 1] = 1 end",
                       "init.lua, line 2, column 42: the script asked for more than 64 MiB of "
                       "memory");
  assert_init_refused ("os.execute('ls')",
                       "init.lua, line 2, column 3: 'os' is not known here: a script has init, "
                       "layer's fields, rand(), randn() and Lua's math");
  assert_init_refused ("layer.weight:fill_('x')",
                       "init.lua, line 2, column 3: bad argument #1 to 'fill_' (number expected, "
                       "got string)");
  assert_init_refused ("init.normal_(layer.weight, {std=-1})",
                       "init.lua, line 2, column 3: normal_: std=-1 must be at least 0");
  assert_init_refused ("init.kaiming_norml_(layer.weight)",
                       "init.lua, line 2, column 3: there is no initialization scheme "
                       "'kaiming_norml_': the nearest is kaiming_normal_ ('initscope list schemes' "
                       "names them all)");
  assert_init_refused ("init.script(layer.weight, 'init.lua')",
                       "init.lua, line 2, column 3: a script cannot call a script");
  assert_init_refused ("init.calculate_gain('gelu')",
                       "init.lua, line 2, column 3: calculate_gain: 'gelu' is not one of "
                       "'leaky_relu', 'relu', 'tanh', 'sigmoid', 'selu', 'linear', 'conv1d', "
                       "'conv2d', 'conv3d', 'conv_transpose1d', 'conv_transpose2d', "
                       "'conv_transpose3d'");
}

static void
test_cancelled (void)
{
  g_autofree char *call = init_call ("while true do end");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  IscShape shape = isc_shape (2, (gint64)6, (gint64)5);
  IscSite site = isc_site_of_shape (&shape);
  g_autoptr (IscTensor) tensor = isc_tensor_new ("weight", &shape, NULL);
  g_autoptr (GError) error = NULL;
  guint32 next;

  site.cancellable = cancellable;
  g_cancellable_cancel (cancellable);
  g_assert_false (fill (call, &site, tensor, &next, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
}

static void
test_described (void)
{
  g_autoptr (IscCall) call = isc_call_parse ("custom('row == col and 1 or 0')", NULL);
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, NULL);
  const IscScheme *scheme = (const IscScheme *)item;
  IscShape shape = isc_shape (2, (gint64)6, (gint64)5);
  IscSite site = isc_site_of_shape (&shape);
  g_autofree char *formula = scheme->describe (arguments, &site);

  g_assert_cmpstr (formula, ==, "row == col and 1 or 0");
  g_assert_cmpint (scheme->law (arguments, &site).kind, ==, ISC_LAW_NONE);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("isc-custom-XXXXXX", NULL);
  path = g_build_filename (folder, "init.lua", NULL);
  g_test_add_func ("/catalog/custom/default", test_default);
  g_test_add_func ("/catalog/custom/xavier", test_xavier);
  g_test_add_func ("/catalog/custom/kaiming", test_kaiming);
  g_test_add_func ("/catalog/custom/uniform-and-normal", test_uniform_and_normal);
  g_test_add_func ("/catalog/custom/custom", test_custom);
  g_test_add_func ("/catalog/custom/site", test_site);
  g_test_add_func ("/catalog/custom/refused", test_refused);
  g_test_add_func ("/catalog/custom/script-refused", test_script_refused);
  g_test_add_func ("/catalog/custom/cancelled", test_cancelled);
  g_test_add_func ("/catalog/custom/described", test_described);
  status = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
