/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What PyTorch's activations give: at corners, far out, and for what is no number. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/activations/activations.h"
#include "catalog/catalog.h"
#include "support/reference.h"

/* Two libraries' exp(), tanh() and erf(), each within 1 ulp of 6e-8, go into a handful of float32
 * operations, some of which cancel: 1 + erf, 1 − tanh². */
#define RELATIVE 1e-6
#define ABSOLUTE 3e-7

static JsonObject *reference;

static IscArguments *
bind (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  IscArguments *arguments
      = call ? isc_catalog_bind (ISC_KIND_ACTIVATION, call, NULL, &error) : NULL;

  g_assert_no_error (error);
  return arguments;
}

static float *
floats (JsonObject *entry, const char *key, gsize *n)
{
  return reference_floats (json_object_get_string_member (entry, key), n);
}

static void
check_entry (JsonObject *entry, gboolean with_gradient)
{
  const char *text = json_object_get_string_member (entry, "call");
  g_autoptr (IscArguments) arguments = bind (text);
  const IscActivation *activation = (const IscActivation *)isc_arguments_get_item (arguments);
  gsize width = (gsize)json_object_get_int_member (entry, "width");
  gsize n;
  g_autofree float *x = floats (entry, "x", &n);
  g_autofree float *y = floats (entry, "y", &n);
  g_autofree float *dy = floats (entry, "dy", &n);
  g_autofree float *dx = floats (entry, "dx", &n);
  g_autofree float *ours = g_new (float, n);
  g_autofree float *slopes = g_new (float, n);
  gsize batch = width > 0 ? n / width : 1;

  g_test_message ("%s", text);
  g_assert_true (activation->by_rows == (width > 0));
  isc_activation_forward (activation, arguments, x, ours, batch, n / batch);
  for (gsize i = 0; i < n; i++)
    assert_close ((double)ours[i], (double)y[i], RELATIVE, ABSOLUTE);
  if (!with_gradient)
    return;
  isc_activation_backward (activation, arguments, x, ours, dy, slopes, batch, n / batch);
  for (gsize i = 0; i < n; i++)
    assert_close ((double)slopes[i], (double)dx[i], RELATIVE, ABSOLUTE);
}

/* Returns how many entries there are. */
static guint
check_entries (const char *key, gboolean with_gradient)
{
  JsonArray *entries = json_object_get_array_member (reference, key);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    check_entry (json_array_get_object_element (entries, i), with_gradient);
  return json_array_get_length (entries);
}

static void
test_points (void)
{
  g_assert_cmpuint (check_entries ("activations", TRUE), ==, 25);
}

/* Infinite and NaN: no more than the values, because a gradient there depends on how it is written.
 */
static void
test_ends (void)
{
  g_assert_cmpuint (check_entries ("ends", FALSE), ==, 25);
}

/* Far below 0 a slope is tiny, and tiny is not 0: it is relative accuracy that counts. */
static void
test_vanishing_slopes (void)
{
  static const struct
  {
    const char *call;
    double x;
    double slope;
  } cases[] = {
    { "ELU()", -30, 9.3576229688401746e-14 },     { "SELU()", -30, 1.6451630773416182e-13 },
    { "CELU(0.5)", -15, 9.3576229688401746e-14 }, { "SiLU()", -30, -2.7137106609633926e-12 },
    { "Mish()", -30, -2.7137106609633926e-12 },   { "Softplus()", -30, 9.3576229688401746e-14 },
    { "Erf()", 5, 1.5670866531017335e-11 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (IscArguments) arguments = bind (cases[i].call);
      const IscActivation *activation = (const IscActivation *)isc_arguments_get_item (arguments);
      float x = (float)cases[i].x;
      float one = 1.0f;
      float y, dx;

      g_test_message ("%s", cases[i].call);
      isc_activation_forward (activation, arguments, &x, &y, 1, 1);
      isc_activation_backward (activation, arguments, &x, &y, &one, &dx, 1, 1);
      /* exp() of a float32 product near 30 carries its rounding of 1e-6. */
      assert_close ((double)dx, cases[i].slope, 3e-6, 0.0);
    }
}

static void
test_sine (void)
{
  g_autoptr (IscArguments) arguments = bind ("Sine()");
  const IscActivation *activation = (const IscActivation *)isc_arguments_get_item (arguments);
  const float x[] = { 0.0f, 0.0375f, -0.71f };
  const float dy[] = { 1.0f, 1.0f, 2.0f };
  float y[3], dx[3];

  isc_activation_forward (activation, arguments, x, y, 1, 3);
  isc_activation_backward (activation, arguments, x, y, dy, dx, 1, 3);
  for (guint i = 0; i < 3; i++)
    {
      /* 30 x, near 21, is rounded to 1e-6 before its sine is taken. */
      assert_close ((double)y[i], sin (30.0 * (double)x[i]), 0.0, 2e-6);
      assert_close ((double)dx[i], 30.0 * (double)dy[i] * cos (30.0 * (double)x[i]), 0.0, 1e-4);
    }
}

static void
assert_refused (const char *text, const IscShape *input, const char *message)
{
  g_autoptr (IscArguments) arguments = bind (text);
  const IscActivation *activation = (const IscActivation *)isc_arguments_get_item (arguments);
  g_autoptr (GError) error = NULL;

  g_assert_false (isc_activation_check (activation, arguments, input, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  IscShape vector = isc_shape (1, (gint64)10);
  IscShape image = isc_shape (3, (gint64)4, (gint64)5, (gint64)6);

  assert_refused ("Hardtanh(1, -1)", &vector, "Hardtanh: min_val must be below max_val");
  assert_refused ("Hardtanh(1, 1)", &image, "Hardtanh: min_val must be below max_val");
  assert_refused ("Softmax(1)", &image,
                  "Softmax takes a vector, and 4×5×6 come: put Flatten() before it");
  assert_refused ("LogSoftmax(dim=0)", &vector,
                  "LogSoftmax: dim=0 is not the outputs of an example: 1, -1 or None is");
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/pytorch/functions.json");
  g_test_add_func ("/catalog/activations/points", test_points);
  g_test_add_func ("/catalog/activations/ends", test_ends);
  g_test_add_func ("/catalog/activations/vanishing-slopes", test_vanishing_slopes);
  g_test_add_func ("/catalog/activations/sine", test_sine);
  g_test_add_func ("/catalog/activations/refused", test_refused);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
