/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/call.h"
#include "base/error.h"
#include "support/reference.h"

static void
assert_canonical (const char *text, const char *canonical)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  g_autoptr (IscCall) again = NULL;
  g_autofree char *spelled = NULL;

  g_assert_no_error (error);
  spelled = isc_call_to_text (call);
  g_assert_cmpstr (spelled, ==, canonical);
  again = isc_call_parse (spelled, &error);
  g_assert_no_error (error);
  g_assert_true (isc_call_equal (call, again));
}

static void
assert_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);

  g_assert_null (call);
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_canonical (void)
{
  assert_canonical ("ReLU", "ReLU()");
  assert_canonical (" nn.Linear( 784 ,256 ) ", "Linear(784, 256)");
  assert_canonical ("torch.nn.init.kaiming_normal_(mode=\"fan_in\", a=2.5e-1)",
                    "kaiming_normal_(mode='fan_in', a=0.25)");
  assert_canonical ("torch.optim.Adam(betas=(0.9,.999), lr=1e-3)",
                    "Adam(betas=(0.9, 0.999), lr=0.001)");
  assert_canonical ("keras.GlorotNormal()", "keras.GlorotNormal()");
  assert_canonical ("nn.init.zeros_(w)", "zeros_()");
  assert_canonical ("nn.init.normal_( self.fc1.weight.data , std=0.02)", "normal_(std=0.02)");
  assert_canonical ("nn.init.constant_(m.bias, 0.1)", "constant_(0.1)");
  assert_canonical ("jax.nn.initializers.lecun_normal()", "jax.nn.initializers.lecun_normal()");
  assert_canonical ("tf.keras.initializers.HeNormal(seed=1)", "keras.HeNormal(seed=1)");
  assert_canonical ("keras.initializers.HeNormal()", "keras.HeNormal()");
  assert_canonical ("nn.initializers.glorot_uniform()", "jax.nn.initializers.glorot_uniform()");
  assert_canonical ("flax.linen.initializers.zeros()", "jax.nn.initializers.zeros()");
  assert_canonical ("timm.layers.trunc_normal_tf_(std=0.02)", "timm.trunc_normal_tf_(std=0.02)");
  /* Whatever is in front of whatever: a canonical name stays what it is. */
  assert_canonical ("torch.tf.keras.initializers.initializers.Ones()", "keras.Ones()");
  assert_canonical ("f(True, None, [1, 2], (3,), 10_000, -2.0, 'it\\'s')",
                    "f(True, None, (1, 2), (3,), 10000, -2.0, 'it\\'s')");
  assert_canonical ("Residual(Linear(8, 8), Tanh())", "Residual(Linear(8, 8), Tanh())");
  assert_canonical ("nn.Residual( nn.Sequential(nn.Linear(8,8), nn.Tanh( )), scale=1/2 )",
                    "Residual(Sequential(Linear(8, 8), Tanh()), scale=0.5)");
  assert_canonical ("Residual(Residual(Linear(8, 8)), ReLU())",
                    "Residual(Residual(Linear(8, 8)), ReLU())");
  assert_canonical ("f(x=1,)", "f(x=1)");
  /* Fractions and roots are read, and spelled as the number they are. */
  assert_canonical ("xavier_normal_(gain=5/3)", "xavier_normal_(gain=1.6666666666666667)");
  assert_canonical ("xavier_normal_(gain=math.sqrt( 2 ))",
                    "xavier_normal_(gain=1.4142135623730951)");
  assert_canonical ("f(-1/2, 8 / 2 / 2, sqrt(1/4), 1/sqrt(4), (1/2, 3))",
                    "f(-0.5, 2.0, 0.5, 0.5, (0.5, 3))");
}

static void
test_refused (void)
{
  assert_refused ("", "column 1: the text ends where a name should stand");
  /* What no longer is a name, or is another one, without its prefix. */
  assert_refused ("torch.nn.init.", "column 14: '.' stands where the end of the call should stand");
  assert_refused ("keras..Dense()", "column 6: '.' stands where the end of the call should stand");
  assert_refused ("nn.None()", "column 9: 'None' cannot be called");
  assert_refused ("Linear(784", "column 11: the text ends where ',' or ')' should stand");
  assert_refused ("Linear(784, 256", "column 16: the text ends where ',' or ')' should stand");
  assert_refused ("Linear(784 256)", "column 12: '2' stands where ',' or ')' should stand");
  assert_refused ("f(a=1, 2)", "column 8: a value without a name stands behind a named one");
  assert_refused ("f(a=1, a=2)", "column 8: a is given twice");
  assert_refused ("f(µ=1)", "column 3: 'µ' stands where a value should stand");
  assert_refused ("f(relu)",
                  "column 3: 'relu' is not a value: write a number, a 'string', True, False, None, "
                  "a (tuple) or a call");
  assert_refused ("f('abc", "column 7: the text ends where the closing quote should stand");
  assert_refused ("f(1e)", "column 3: '1' stands where a number should stand");
  assert_refused ("f(1/0)", "column 5: '0' stands where a number to divide by should stand");
  assert_refused ("f(1/(2))", "column 5: '(' stands where a number to divide by should stand");
  assert_refused ("f('a'/2)", "column 6: '/' stands where ',' or ')' should stand");
  assert_refused ("f(1/)", "column 5: ')' stands where a value should stand");
  assert_refused ("f(sqrt(-1))", "column 8: '-' stands where a number of at least 0 should stand");
  assert_refused ("f(sqrt(2, 3))", "column 9: ',' stands where ')' should stand");
  assert_refused ("Residual(Linear(8, 8), Tanh)", "column 24: 'Tanh' is not a value: write a "
                                                  "number, a 'string', True, False, None, "
                                                  "a (tuple) or a call");
  assert_refused ("Residual(Linear(8, 8), scale=1, ReLU())",
                  "column 33: a value without a name stands behind a named one");
  assert_refused ("Residual(Linear(8, Tanh())",
                  "column 27: the text ends where ',' or ')' should stand");
  assert_refused ("f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f()))))))))))))))))))",
                  "column 35: nested more than 16 levels deep");
  assert_refused ("f() g", "column 5: 'g' stands where the end of the call should stand");
  assert_refused ("f(((((((((((((((((1)))))))))))))))))",
                  "column 19: nested more than 16 levels deep");
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (70000, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_call_parse (text, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
}

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pasted = NULL;
  g_autoptr (GPtrArray) plain = NULL;

  pasted = isc_call_parse_list ("nn.Sequential(\n  nn.Linear(784, 256),\n  nn.ReLU(),\n)", &error);
  g_assert_no_error (error);
  plain = isc_call_parse_list ("Linear(784, 256), ReLU()", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pasted->len, ==, 2);
  g_assert_cmpuint (plain->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (isc_call_equal (pasted->pdata[i], plain->pdata[i]));

  g_assert_null (isc_call_parse_list ("Sequential(3)", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "column 12: only modules may stand in Sequential(...)");
  g_clear_error (&error);
  g_assert_null (isc_call_parse_list ("Sequential(ReLU(), f=ReLU())", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "column 22: only modules may stand in Sequential(...)");
}

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse ("f(3, x=(0.5, 'y'))", &error);
  const IscValue *tuple;

  g_assert_no_error (error);
  g_assert_cmpuint (isc_call_get_n_args (call), ==, 2);
  g_assert_null (isc_call_get_key (call, 0));
  g_assert_cmpstr (isc_call_get_key (call, 1), ==, "x");
  g_assert_cmpint (isc_call_get_value (call, 0)->integer, ==, 3);
  tuple = isc_call_get_value (call, 1);
  g_assert_cmpint (tuple->kind, ==, ISC_VALUE_TUPLE);
  g_assert_cmpuint (tuple->column, ==, 8);
  g_assert_cmpfloat (((IscValue *)tuple->items->pdata[0])->number, ==, 0.5);
  g_assert_cmpstr (((IscValue *)tuple->items->pdata[1])->string, ==, "y");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/call/canonical", test_canonical);
  g_test_add_func ("/base/call/refused", test_refused);
  g_test_add_func ("/base/call/too-long", test_too_long);
  g_test_add_func ("/base/call/list", test_list);
  g_test_add_func ("/base/call/values", test_values);
  return g_test_run ();
}
