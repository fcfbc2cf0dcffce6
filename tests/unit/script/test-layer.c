/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "script/script.h"

#define ROWS 4
#define COLUMNS 5
#define N (ROWS * COLUMNS)

/* The last call of a scheme, as the script made it. */
static gboolean
record_scheme (gpointer user_data, const IscCall *call, IscGenerator *generator, GError **error)
{
  char **text = user_data;

  g_free (*text);
  *text = isc_call_to_text (call);
  if (!g_str_equal (isc_call_get_name (call), "nowhere_"))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "there is no scheme 'nowhere_'");
  return FALSE;
}

static gboolean
record_gain (gpointer user_data, const char *name, double slope, double *gain, GError **error)
{
  *gain = isnan (slope) ? (double)strlen (name) : slope;
  if (!g_str_equal (name, "nothing"))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "calculate_gain: 'nothing' has no gain");
  return FALSE;
}

static const IscScriptSchemes schemes = { .fill = record_scheme, .gain = record_gain };

static IscScript *
new_script (const char *text, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("isc-script-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "init.lua", NULL);
  g_autofree char *prefix = g_strconcat ("script: ", path, NULL);
  IscScript *script;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  script = isc_script_new_file (path, error);
  g_assert_true (script || g_str_has_prefix ((*error)->message, prefix));
  g_unlink (path);
  g_rmdir (folder);
  return script;
}

/* The part of a message behind the path. */
static const char *
behind_path (const GError *error)
{
  const char *name = strstr (error->message, "init.lua");

  return name ? name : error->message;
}

static IscScriptTarget
linear (char **call)
{
  return (IscScriptTarget){
    .shape = isc_shape (2, (gint64)ROWS, (gint64)COLUMNS),
    .fan_in = COLUMNS,
    .fan_out = ROWS,
    .kind = "Linear",
    .name = "0.weight",
    .parameter = "weight",
    .schemes = &schemes,
    .user_data = call,
  };
}

/* The weights, 7 everywhere at first, behind function init(layer) BODY end. */
static float *
run (const char *body, char **call)
{
  g_autofree char *text = g_strdup_printf ("function init(layer)\n%s\nend", body);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script = new_script (text, &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  IscScriptTarget target = linear (call);
  float *data = g_new (float, N);

  g_assert_no_error (error);
  for (guint i = 0; i < N; i++)
    data[i] = 7.0f;
  isc_script_check (script, &target, &error);
  g_assert_no_error (error);
  isc_script_fill (script, &target, generator, data, N, &error);
  g_assert_no_error (error);
  return data;
}

static void
assert_filled (const char *body, const float *expected)
{
  g_autofree float *data = run (body, NULL);

  g_assert_cmpmem (data, N * sizeof *data, expected, N * sizeof *expected);
}

static void
assert_all (const char *body, float value)
{
  float expected[N];

  for (guint i = 0; i < N; i++)
    expected[i] = value;
  assert_filled (body, expected);
}

static void
test_draws (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  float expected[N];

  isc_generator_uniform (generator, expected, N, -0.1, 0.2);
  assert_filled ("layer.weight:uniform_(-0.1, 0.2)", expected);
  isc_generator_normal (generator, expected, N, 0.5, 0.02);
  assert_filled ("layer.weight:uniform_():normal_(0.5, 0.02)", expected);

  isc_generator_seed (generator, 3);
  isc_generator_normal (generator, expected, N, 0.0, 1.0);
  for (guint i = 0; i < N; i++)
    expected[i] *= (float)(2.0 / 3.0);
  assert_filled ("layer.weight:normal_():mul_(2 / 3)", expected);

  isc_generator_seed (generator, 3);
  for (guint i = 0; i < N; i++)
    isc_generator_normal (generator, &expected[i], 1, 0.0, 1.0);
  assert_filled ("for i = 0, #layer.weight - 1 do layer.weight:set(i, randn()) end", expected);
}

static void
test_methods (void)
{
  assert_all ("", 7.0f);
  assert_all ("layer.weight:fill_(0.1)", 0.1f);
  assert_all ("layer.weight:zero_()", 0.0f);
  assert_all ("layer.weight:ones_()", 1.0f);
  assert_all ("layer.weight:mul_(0.1)", 7.0f * 0.1f);
  assert_all ("layer.weight:add_(0.1)", 7.0f + 0.1f);
  assert_all ("layer.weight:clamp_(8, 9)", 8.0f);
  assert_all ("layer.weight:clamp_(nil, 6)", 6.0f);
  assert_all ("layer.weight:clamp_(-1)", 7.0f);
  /* As torch.clamp: the upper bound wins. */
  assert_all ("layer.weight:clamp_(2, 1)", 1.0f);
  assert_all ("layer.weight:fill_(1 / 0)", INFINITY);
  assert_all ("layer.weight:fill_(layer.weight:get(19) + #layer.weight)", 27.0f);
}

static void
test_layer (void)
{
  assert_all ("assert(layer.kind == 'Linear' and layer.name == '0.weight')\n"
              "assert(layer.parameter == 'weight' and layer.bias == nil)\n"
              "assert(#layer.shape == 2 and layer.shape[1] == 4 and layer.shape[2] == 5)\n"
              "assert(layer.fan_in == 5 and layer.fan_out == 4 and fan_in == 5)\n"
              "assert(type(layer.weight) == 'userdata' and tostring(layer.weight) == 'userdata')\n"
              "assert(layer.name:sub(-6) == 'weight')",
              7.0f);
}

static void
test_bare_bias (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script
      = new_script ("function init(layer)\n"
                    "  assert(not layer.kind and not layer.name and not layer.fan_in)\n"
                    "  assert(not layer.weight and layer.parameter == 'bias')\n"
                    "  layer.bias:fill_(3)\nend",
                    &error);
  IscScriptTarget target = { .shape = isc_shape (1, (gint64)3), .parameter = "bias" };
  float data[3] = { 0 };

  g_assert_no_error (error);
  isc_script_fill (script, &target, NULL, data, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (data[2], ==, 3.0f);
}

static void
assert_call (const char *body, const char *expected)
{
  g_autofree char *call = NULL;

  g_free (run (body, &call));
  g_assert_cmpstr (call, ==, expected);
}

static void
test_schemes (void)
{
  assert_call ("init.zeros_(layer.weight)", "zeros_()");
  assert_call ("init.xavier_uniform_(layer.weight, {gain=5/3})",
               "xavier_uniform_(gain=1.6666666666666667)");
  assert_call ("init.normal_(layer.weight, 0, 0.02)", "normal_(0, 0.02)");
  assert_call ("init.x(layer.weight, 'it\\'s', true, nil, {1, 2.5}, {c='\\\\'})",
               "x('it\\'s', True, None, (1, 2.5), c='\\\\')");
  assert_call ("init.x(layer.weight, {n={3}})", "x(n=(3,))");
  assert_call ("init.x(layer.weight, {})", "x()");
  assert_call ("local w = init.x(layer.weight) init.y(w, -3)", "y(-3)");
  /* What init(layer) gives may be the tensor or the layer. */
  assert_call ("return init.x(layer.weight)", "x()");
  assert_call ("init.x(layer.weight) return layer", "x()");
  assert_all ("layer.weight:fill_(init.calculate_gain('relu'))", 4.0f);
  assert_all ("layer.weight:fill_(init.calculate_gain('leaky_relu', 0.5))", 0.5f);
}

static void
assert_fails (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script = new_script (text, &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autofree char *call = NULL;
  IscScriptTarget target = linear (&call);
  float data[N] = { 0 };

  g_assert_false (script && isc_script_fill (script, &target, generator, data, N, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (behind_path (error), ==, message);
}

#define CONTENTS "a script has init, layer's fields, rand(), randn() and Lua's math"

static void
test_fails (void)
{
  assert_fails ("", "init.lua: a function init(layer) is wanted, and the file defines none");
  assert_fails ("init = 3",
                "init.lua: a function init(layer) is wanted, and the file defines none");
  assert_fails ("function init(layer) return 'text' end",
                "init.lua: init(layer) gives a string, and it should fill the layer's tensor "
                "instead");
  assert_fails ("function init(layer) return 0.1 end",
                "init.lua: init(layer) gives a number, and it should fill the layer's tensor "
                "instead");
  assert_fails ("function init(layer)\n  os.exit()\nend",
                "init.lua, line 2, column 3: 'os' is not known here: " CONTENTS);
  assert_fails ("function init(layer)\r\n  print(1)\r\nend",
                "init.lua, line 2, column 3: 'print' is not known here: " CONTENTS);
  assert_fails ("x = io", "init.lua, line 1, column 5: 'io' is not known here: " CONTENTS);
  assert_fails ("function init(layer)\n  x = (1 +\nend",
                "init.lua, line 3, column 1: unexpected symbol near 'end'");
  assert_fails ("function init(layer)\n  if x then\n",
                "init.lua, line 2, column 12: 'end' expected (to close 'if' at line 2, column 3) "
                "at "
                "the end");
  assert_fails ("goto out", "init.lua, line 1, column 9: no visible label 'out' for <goto> at line "
                            "1, column 6");
  assert_fails ("function init(layer)\n layer.weight:norml_(0)\nend",
                "init.lua, line 2, column 15: 'tensor.norml_' is not known here: a tensor has "
                "uniform_, normal_, fill_, zero_, ones_, mul_, add_, clamp_, get and set");
  assert_fails ("function init(layer)\n layer.bias:zero_()\nend",
                "init.lua, line 2, column 8: attempt to index a nil value (field 'bias')");
  assert_fails ("function init(layer) layer.weight:get(20) end",
                "init.lua, line 1, column 22: the index 20 is outside 0..19");
  assert_fails ("function init(layer) layer.weight:set(-1, 0) end",
                "init.lua, line 1, column 22: the index -1 is outside 0..19");
  assert_fails ("function init(layer) layer.weight:uniform_(1, 0) end",
                "init.lua, line 1, column 22: uniform_: a=1.0 is above b=0.0: a must be at most b");
  assert_fails ("function init(layer) layer.weight:normal_(0, -1) end",
                "init.lua, line 1, column 22: normal_: std=-1.0 must be at least 0");
  assert_fails ("function init(layer) init.nowhere_(layer.weight) end",
                "init.lua, line 1, column 22: there is no scheme 'nowhere_'");
  assert_fails ("function init(layer) init.calculate_gain('nothing') end",
                "init.lua, line 1, column 22: calculate_gain: 'nothing' has no gain");
  assert_fails ("function init(layer) init.x(layer.weight, 1 / 0) end",
                "init.lua, line 1, column 22: inf is no number that a scheme takes");
  assert_fails ("function init(layer) init.x(layer.weight, {{1}}) end",
                "init.lua, line 1, column 22: a tuple inside a tuple is no argument of a scheme");
  assert_fails ("function init(layer) init.x(layer.weight, sqrt) end",
                "init.lua, line 1, column 22: a function is no argument of a scheme");
  assert_fails ("function init(layer) error('too ' .. 'bad') end",
                "init.lua, line 1, column 22: too bad");
  assert_fails ("function init(layer) local t = {} while true do t[#t + 1] = 1 end end",
                "init.lua, line 1, column 61: the script asked for more than 64 MiB of memory");
  assert_fails ("function init(layer)\n  local function f(a) return 1 + f(a) end f(1) end",
                "init.lua, line 2, column 34: calls or brackets are nested too deeply");
}

static void
test_endless (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script = new_script ("while true do end", &error);
  IscScriptTarget target = linear (NULL);

  g_assert_no_error (error);
  g_assert_false (isc_script_check (script, &target, &error));
  g_assert_cmpstr (behind_path (error), ==,
                   "init.lua, line 1, column 12: the script ran longer than 10,000,000 steps "
                   "outside its functions without an answer: is there an endless loop?");
  assert_fails ("function init(layer) while true do end end",
                "init.lua, line 1, column 33: the script ran longer than 1,000,000,000 steps "
                "without an answer: is there an endless loop?");
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("isc-script-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "large.lua", NULL);
  g_autofree char *large = g_strnfill (ISC_SCRIPT_MAX_FILE + 1, ' ');
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) too_large = NULL;

  g_assert_null (isc_script_new_file (path, &missing));
  g_assert_error (missing, ISC_ERROR, ISC_ERROR_IO);
  g_assert_true (g_file_set_contents (path, large, -1, NULL));
  g_assert_null (isc_script_new_file (path, &too_large));
  g_assert_error (too_large, ISC_ERROR, ISC_ERROR_INVALID);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/script/layer/draws", test_draws);
  g_test_add_func ("/script/layer/methods", test_methods);
  g_test_add_func ("/script/layer/layer", test_layer);
  g_test_add_func ("/script/layer/bare-bias", test_bare_bias);
  g_test_add_func ("/script/layer/schemes", test_schemes);
  g_test_add_func ("/script/layer/fails", test_fails);
  g_test_add_func ("/script/layer/endless", test_endless);
  g_test_add_func ("/script/layer/files", test_files);
  return g_test_run ();
}
