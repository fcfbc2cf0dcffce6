/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every item of the catalog is complete, its defaults are values it takes, and each way a call can
 * be wrong has its sentence. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "support/reference.h"

typedef void (*ItemTest) (IscKind kind, const IscItem *item);

static void
walk (ItemTest test)
{
  guint n_items = 0;

  for (guint kind = 0; kind < ISC_N_KINDS; kind++)
    {
      guint n;
      const IscItem *const *items = isc_catalog_get_items ((IscKind)kind, &n);

      g_assert_cmpuint (n, >, 0);
      for (guint i = 0; i < n; i++)
        test ((IscKind)kind, items[i]);
      n_items += n;
    }
  g_assert_cmpuint (n_items, >=, 25);
}

static gboolean
is_text (const char *text)
{
  return text && *text && g_utf8_validate (text, -1, NULL) && !g_ascii_isspace (text[0])
         && !g_ascii_isspace (text[strlen (text) - 1]);
}

static void
check_head (IscKind kind, const IscItem *item)
{
  g_test_message ("%s", item->id);
  g_assert_true (is_text (item->id));
  g_assert_true (is_text (item->label));
  g_assert_true (is_text (item->summary) && g_str_has_suffix (item->summary, "."));
  g_assert_true (is_text (item->formula));
  g_assert_true (is_text (item->citation));
  if (item->caution)
    g_assert_true (is_text (item->caution) && g_str_has_suffix (item->caution, "."));
  g_assert_true ((item->n_parameters == 0) == (item->parameters == NULL));
}

static void
test_heads (void)
{
  walk (check_head);
}

static void
check_parameters (IscKind kind, const IscItem *item)
{
  gboolean optional = FALSE;

  for (guint i = 0; i < item->n_parameters; i++)
    {
      const IscParameter *parameter = &item->parameters[i];

      g_test_message ("%s: %s", item->id, parameter->name);
      g_assert_true (is_text (parameter->name));
      g_assert_true (is_text (parameter->help) && g_str_has_suffix (parameter->help, "."));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (item->parameters[j].name, !=, parameter->name);
      /* Those that must be given come first, as in Python. */
      g_assert_false (optional && !parameter->initial);
      optional = optional || parameter->initial;

      switch (parameter->type)
        {
        case ISC_PARAMETER_NUMBER:
        case ISC_PARAMETER_INTEGER:
        case ISC_PARAMETER_PAIR:
        case ISC_PARAMETER_SHAPE:
          g_assert_cmpfloat (parameter->min, <, parameter->max);
          break;
        case ISC_PARAMETER_TEXT:
          g_assert_cmpfloat (parameter->min, >=, 1);
          g_assert_cmpfloat (parameter->min, <, parameter->max);
          break;
        case ISC_PARAMETER_CHOICE:
        case ISC_PARAMETER_FILE:
          g_assert_true (parameter->choices && parameter->choices[0]);
          break;
        case ISC_PARAMETER_BOOLEAN:
        case ISC_PARAMETER_SEED:
        case ISC_PARAMETER_COLUMN:
        default:
          break;
        }
    }
}

static void
test_parameters (void)
{
  walk (check_parameters);
}

/* Layers and activations stand in one list; of the others, Sine may be two things. */
static void
test_ids (void)
{
  g_autoptr (GHashTable) modules = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint kind = 0; kind < ISC_N_KINDS; kind++)
    {
      g_autoptr (GHashTable) others = g_hash_table_new (g_str_hash, g_str_equal);
      gboolean is_module = kind == ISC_KIND_LAYER || kind == ISC_KIND_ACTIVATION;
      guint n;
      const IscItem *const *items = isc_catalog_get_items ((IscKind)kind, &n);

      g_assert_true (is_text (isc_kind_get_name ((IscKind)kind)));
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_true (g_hash_table_add (is_module ? modules : others, (gpointer)items[i]->id));
          g_assert_true (isc_catalog_find ((IscKind)kind, items[i]->id, &error) == items[i]);
          g_assert_no_error (error);
        }
    }
}

/* A value that a parameter without a default takes. */
static char *
least_value (const IscParameter *parameter)
{
  switch (parameter->type)
    {
    case ISC_PARAMETER_FILE:
      return g_strdup ("'x.npy'");
    case ISC_PARAMETER_CHOICE:
      return g_strdup_printf ("'%s'", parameter->choices[0]);
    case ISC_PARAMETER_NUMBER:
      return g_strdup ("0.5");
    case ISC_PARAMETER_MODULES:
      return g_strdup ("Linear(3, 3)");
    case ISC_PARAMETER_INTEGER:
    default:
      return g_strdup ("3");
    }
}

/* A call of @item with no more than it must be given. */
static IscCall *
least_call (const IscItem *item)
{
  g_autoptr (GString) text = g_string_new (item->id);
  g_autoptr (GError) error = NULL;
  IscCall *call;

  g_string_append_c (text, '(');
  for (guint i = 0; i < item->n_parameters; i++)
    if (!item->parameters[i].initial)
      {
        g_autofree char *value = least_value (&item->parameters[i]);

        g_string_append_printf (text, "%s%s", i ? ", " : "", value);
      }
  g_string_append_c (text, ')');
  call = isc_call_parse (text->str, &error);
  g_assert_no_error (error);
  return call;
}

/* Another value that @parameter may hold. */
static char *
other_value (const IscParameter *parameter)
{
  switch (parameter->type)
    {
    case ISC_PARAMETER_BOOLEAN:
      return g_strdup (g_strcmp0 (parameter->initial, "True") == 0 ? "False" : "True");
    case ISC_PARAMETER_CHOICE:
      return g_strdup_printf ("'%s'",
                              parameter->choices[g_strv_length ((char **)parameter->choices) - 1]);
    case ISC_PARAMETER_PAIR:
      return g_strdup ("(0.25, 0.5)");
    case ISC_PARAMETER_SHAPE:
      return g_strdup ("(2, 3, 4)");
    case ISC_PARAMETER_FILE:
      return g_strdup ("'other file.npy'");
    case ISC_PARAMETER_TEXT:
      return g_strdup ("'row == col and 1 or 0'");
    case ISC_PARAMETER_MODULES:
      return g_strdup ("Tanh(), Linear(3, 3, bias=False)");
    case ISC_PARAMETER_COLUMN:
    case ISC_PARAMETER_INTEGER:
    case ISC_PARAMETER_SEED:
      return g_strdup ("7");
    case ISC_PARAMETER_NUMBER:
    default:
      return g_strdup (parameter->min >= 1.0 ? "7" : parameter->max >= 1.0 ? "0.75" : "0.5");
    }
}

static void
check_round_trip (IscKind kind, const IscItem *item)
{
  g_autoptr (IscCall) call = least_call (item);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscArguments) arguments = isc_arguments_new (item, call, &error);
  g_autofree char *least = isc_call_to_text (call);

  g_assert_no_error (error);
  g_assert_true (isc_arguments_get_item (arguments) == item);
  for (guint i = 0; i < item->n_parameters; i++)
    {
      const IscParameter *parameter = &item->parameters[i];
      g_autofree char *now = isc_arguments_value_text (arguments, i);
      g_autofree char *value = other_value (parameter);
      g_autofree char *spelled = NULL;
      g_autofree char *text = NULL;
      g_autofree char *kept = NULL;
      g_autoptr (IscCall) same = isc_call_with_argument (item, call, parameter->name, now, &error);
      g_autoptr (IscCall) changed = NULL;
      g_autoptr (IscCall) back = NULL;
      g_autoptr (IscArguments) other = NULL;

      g_test_message ("%s: %s=%s, %s", item->id, parameter->name, now, value);
      g_assert_no_error (error);

      /* The value it has changes nothing, and is not spelled if it is the default. */
      kept = isc_call_to_text (same);
      g_assert_cmpstr (kept, ==, least);

      changed = isc_call_with_argument (item, call, parameter->name, value, &error);
      g_assert_no_error (error);
      other = isc_arguments_new (item, changed, &error);
      g_assert_no_error (error);
      spelled = isc_arguments_value_text (other, i);
      g_assert_cmpstr (spelled, ==, value);

      /* Back to the default. */
      if (!parameter->initial)
        continue;
      back = isc_call_with_argument (item, changed, parameter->name, NULL, &error);
      g_assert_no_error (error);
      text = isc_call_to_text (back);
      g_assert_cmpstr (text, ==, least);
    }
}

static void
test_round_trip (void)
{
  walk (check_round_trip);
}

/* All defaults spelled out are the same call. */
static void
check_defaults (IscKind kind, const IscItem *item)
{
  g_autoptr (IscCall) call = least_call (item);
  g_autoptr (IscArguments) arguments = isc_arguments_new (item, call, NULL);
  g_autoptr (GString) text = g_string_new (item->id);
  g_autoptr (IscCall) full = NULL;
  g_autoptr (IscArguments) spelled = NULL;
  g_autoptr (GError) error = NULL;

  g_string_append_c (text, '(');
  for (guint i = 0; i < item->n_parameters; i++)
    {
      g_autofree char *value = isc_arguments_value_text (arguments, i);

      if (item->parameters[i].type == ISC_PARAMETER_MODULES)
        g_string_append (text, value);
      else
        g_string_append_printf (text, "%s%s=%s", i ? ", " : "", item->parameters[i].name, value);
    }
  g_string_append_c (text, ')');
  full = isc_call_parse (text->str, &error);
  g_assert_no_error (error);
  spelled = isc_catalog_bind (kind, full, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < item->n_parameters; i++)
    {
      g_autofree char *a = isc_arguments_value_text (arguments, i);
      g_autofree char *b = isc_arguments_value_text (spelled, i);

      g_assert_cmpstr (a, ==, b);
    }
}

static void
test_defaults (void)
{
  walk (check_defaults);
}

/* A value beyond each limit is refused, the limits themselves are not. */
static void
check_limits (IscKind kind, const IscItem *item)
{
  g_autoptr (IscCall) call = least_call (item);

  for (guint i = 0; i < item->n_parameters; i++)
    {
      const IscParameter *parameter = &item->parameters[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (IscCall) changed = NULL;
      char above[G_ASCII_DTOSTR_BUF_SIZE];
      char below[G_ASCII_DTOSTR_BUF_SIZE];
      gboolean whole = parameter->type == ISC_PARAMETER_INTEGER;

      if (!whole && parameter->type != ISC_PARAMETER_NUMBER)
        continue;
      /* Beyond 2^53 a double has no next whole number to try. */
      if (fabs (parameter->max) > 1e15 || fabs (parameter->min) > 1e15)
        continue;
      g_ascii_formatd (above, sizeof above, whole ? "%.0f" : "%.17g",
                       whole ? parameter->max + 1.0 : nextafter (parameter->max, INFINITY));
      g_ascii_formatd (below, sizeof below, whole ? "%.0f" : "%.17g",
                       parameter->above_min ? parameter->min
                       : whole              ? parameter->min - 1.0
                                            : nextafter (parameter->min, -INFINITY));
      g_assert_null (isc_call_with_argument (item, call, parameter->name, above, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_null (isc_call_with_argument (item, call, parameter->name, below, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_clear_error (&error);
      g_ascii_formatd (above, sizeof above, whole ? "%.0f" : "%.17g", parameter->max);
      changed = isc_call_with_argument (item, call, parameter->name, above, &error);
      g_assert_no_error (error);
    }
}

static void
test_limits (void)
{
  walk (check_limits);
}

/* An item with a parameter of every type. */
static const char *const words[] = { "one", "two", NULL };

static const IscParameter all_parameters[] = {
  { "needed", ISC_PARAMETER_INTEGER, NULL, 1, 10, .help = "." },
  { "number", ISC_PARAMETER_NUMBER, "0.5", 0, 1, .above_min = TRUE, .help = "." },
  { "vast", ISC_PARAMETER_NUMBER, "0", -1e9, 5, .help = "." },
  { "flag", ISC_PARAMETER_BOOLEAN, "False", .help = "." },
  { "word", ISC_PARAMETER_CHOICE, "'one'", .choices = words, .help = "." },
  { "pair", ISC_PARAMETER_PAIR, "(0.1, 0.2)", 0, 1, .help = "." },
  { "shape", ISC_PARAMETER_SHAPE, "3", 1, 100, .help = "." },
  { "seed", ISC_PARAMETER_SEED, "None", .help = "." },
  { "file", ISC_PARAMETER_FILE, "'a'", .help = "." },
  { "maybe", ISC_PARAMETER_NUMBER, "None", 0, 1, .help = "." },
  { "text", ISC_PARAMETER_TEXT, "'it\\'s'", 1, 4, .help = "." },
  { "numbers", ISC_PARAMETER_NUMBERS, "None", 0, 1, .help = "." },
  { "column", ISC_PARAMETER_COLUMN, "'last'", .help = "." },
};

static const IscItem all_types = { .id = "Thing", ISC_PARAMETERS (all_parameters) };
static const IscItem bare = { .id = "Bare" };

static void
assert_refused (const IscItem *item, const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);

  g_assert_no_error (error);
  g_assert_null (isc_arguments_new (item, call, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_errors (void)
{
  assert_refused (&all_types, "Thing()", "Thing() lacks needed (a whole number)");
  assert_refused (&all_types, "Thing(1, needed=2)", "Thing: needed is given twice");
  assert_refused (&all_types, "Thing(1, color=2)",
                  "Thing has no parameter 'color': it has needed, number, vast, flag, word, pair, "
                  "shape, seed, file, maybe, text, numbers, column");
  assert_refused (&bare, "Bare(color=2)", "Bare has no parameter 'color': it has none");
  assert_refused (&bare, "Bare(1)", "Bare takes at most 0 arguments, and 1 are given");
  assert_refused (&all_types, "Thing(1, 1, 1, True, 'one', (0, 0), 3, 4, 'f', 1, 'a', 1, 13, 14)",
                  "Thing takes at most 13 arguments, and 14 are given");

  assert_refused (&all_types, "Thing(0)", "Thing: needed=0 is outside 1..10");
  assert_refused (&all_types, "Thing(11)", "Thing: needed=11 is outside 1..10");
  assert_refused (&all_types, "Thing(1.5)", "Thing: needed=1.5 should be a whole number");
  assert_refused (&all_types, "Thing(None)", "Thing: needed=None should be a whole number");
  assert_refused (&all_types, "Thing(1, 0)", "Thing: number=0 must be above 0 and at most 1");
  assert_refused (&all_types, "Thing(1, 1.5)", "Thing: number=1.5 must be above 0 and at most 1");
  assert_refused (&all_types, "Thing(1, 'x')", "Thing: number='x' should be a number");
  assert_refused (&all_types, "Thing(1, True)", "Thing: number=True should be a number");
  assert_refused (&all_types, "Thing(1, vast=6)", "Thing: vast=6 must be at most 5");
  assert_refused (&all_types, "Thing(1, flag=1)", "Thing: flag=1 should be True or False");
  assert_refused (&all_types, "Thing(1, word='three')",
                  "Thing: word='three' is not one of 'one', 'two'");
  assert_refused (&all_types, "Thing(1, word=1)", "Thing: word=1 is not one of 'one', 'two'");
  assert_refused (&all_types, "Thing(1, pair=0.1)",
                  "Thing: pair=0.1 should be a tuple of two numbers");
  assert_refused (&all_types, "Thing(1, pair=(0.1, 0.2, 0.3))",
                  "Thing: pair=(0.1, 0.2, 0.3) has 3 items, and must have 2");
  assert_refused (&all_types, "Thing(1, pair=(0.1, 2))", "Thing: pair=(0.1, 2) is outside 0..1");
  assert_refused (&all_types, "Thing(1, pair=(0.1, 'x'))",
                  "Thing: pair=(0.1, 'x') should be a tuple of two numbers");
  assert_refused (&all_types, "Thing(1, shape=0)", "Thing: shape=0 is outside 1..100");
  assert_refused (&all_types, "Thing(1, shape=(1, 101))",
                  "Thing: shape=(1, 101) is outside 1..100");
  assert_refused (&all_types, "Thing(1, shape=(1, 2.5))",
                  "Thing: shape=(1, 2.5) should be a whole number or a tuple of them");
  assert_refused (&all_types, "Thing(1, shape=(1, 1, 1, 1, 1, 1, 1, 1, 1))",
                  "Thing: shape=(1, 1, 1, 1, 1, 1, 1, 1, 1) has 9 items: 1..8 are allowed");
  assert_refused (&all_types, "Thing(1, seed=0.5)",
                  "Thing: seed=0.5 should be a whole number or None");
  assert_refused (&all_types, "Thing(1, file='')", "Thing: file='' should be a path in quotes");
  assert_refused (&all_types, "Thing(1, file=3)", "Thing: file=3 should be a path in quotes");
  assert_refused (&all_types, "Thing(1, text='')",
                  "Thing: text='' should be a text of 1..4 bytes in quotes");
  assert_refused (&all_types, "Thing(1, text='12345')",
                  "Thing: text='12345' should be a text of 1..4 bytes in quotes");
  assert_refused (&all_types, "Thing(1, text=3)",
                  "Thing: text=3 should be a text of 1..4 bytes in quotes");
  assert_refused (&all_types, "Thing(1, column=2.5)",
                  "Thing: column=2.5 should be a name in quotes or a whole number");
  assert_refused (&all_types, "Thing(1, column='')",
                  "Thing: column='' should be a name in quotes or a whole number");
  assert_refused (&all_types, "Thing(1, numbers=2)", "Thing: numbers=2 is outside 0..1");
  assert_refused (&all_types, "Thing(1, numbers=(0, 0.5, 2))",
                  "Thing: numbers=(0, 0.5, 2) is outside 0..1");
  assert_refused (&all_types, "Thing(1, numbers=('x',))",
                  "Thing: numbers=('x',) should be a number or a tuple of them");
  assert_refused (&all_types, "Thing(1, maybe=2)", "Thing: maybe=2 is outside 0..1");
  assert_refused (&all_types, "Thing(1, flag=other(2))",
                  "Thing: flag=other(2) should be True or False");
}

static void
test_values (void)
{
  g_autoptr (IscCall) call = isc_call_parse ("Thing(4, flag=True, word='two', pair=(0, 1), "
                                             "shape=(5, 6), seed=-1, file='a b', maybe=0.5, "
                                             "numbers=(0.25, 1, 0, 0.5, 0, 0, 0, 0, 0.75))",
                                             NULL);
  g_autoptr (IscCall) least = isc_call_parse ("Thing(1)", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscArguments) a = isc_arguments_new (&all_types, call, &error);
  g_autoptr (IscArguments) b = isc_arguments_new (&all_types, least, &error);
  IscShape shape = isc_arguments_shape (a, "shape");
  double pair[2];

  g_assert_no_error (error);
  g_assert_cmpint (isc_arguments_integer (a, "needed"), ==, 4);
  g_assert_cmpfloat (isc_arguments_number (a, "number"), ==, 0.5);
  g_assert_true (isc_arguments_boolean (a, "flag"));
  g_assert_cmpstr (isc_arguments_text (a, "word"), ==, "two");
  isc_arguments_pair (a, "pair", pair);
  g_assert_cmpfloat (pair[0], ==, 0.0);
  g_assert_cmpfloat (pair[1], ==, 1.0);
  g_assert_cmpuint (shape.n_dims, ==, 2);
  g_assert_cmpint (shape.dims[1], ==, 6);
  g_assert_false (isc_arguments_is_none (a, "seed"));
  g_assert_cmpuint (isc_arguments_seed (a, "seed"), ==, G_MAXUINT64);
  g_assert_cmpstr (isc_arguments_text (a, "file"), ==, "a b");
  g_assert_cmpfloat (isc_arguments_number (a, "maybe"), ==, 0.5);
  g_assert_cmpuint (isc_arguments_n_items (a, "numbers"), ==, 9);
  g_assert_cmpfloat (isc_arguments_item (a, "numbers", 0), ==, 0.25);
  g_assert_cmpfloat (isc_arguments_item (a, "numbers", 8), ==, 0.75);
  g_assert_cmpuint (isc_arguments_n_items (a, "number"), ==, 1);
  g_assert_cmpfloat (isc_arguments_item (a, "number", 5), ==, 0.5);
  g_assert_cmpuint (isc_arguments_n_items (b, "numbers"), ==, 0);

  g_assert_false (isc_arguments_boolean (b, "flag"));
  g_assert_true (isc_arguments_is_none (b, "seed"));
  g_assert_true (isc_arguments_is_none (b, "maybe"));
  shape = isc_arguments_shape (b, "shape");
  g_assert_cmpuint (shape.n_dims, ==, 1);
  g_assert_cmpint (shape.dims[0], ==, 3);
}

static void
test_with_argument (void)
{
  g_autoptr (IscCall) call = isc_call_parse ("Thing(4, 0.25, flag=True)", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) changed = isc_call_with_argument (&all_types, call, "word", "'two'", &error);
  g_autofree char *text = isc_call_to_text (changed);

  g_assert_cmpstr (text, ==, "Thing(4, number=0.25, flag=True, word='two')");
  /* A value cannot smuggle in another argument or another call. */
  g_assert_null (isc_call_with_argument (&all_types, call, "needed", "4), x(", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (isc_call_with_argument (&all_types, call, "vast", "1, word='two'", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (isc_call_with_argument (&all_types, call, "vast", "", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (isc_call_with_argument (&all_types, call, "needed", NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
}

static void
test_lookup (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) layer = isc_call_parse ("Linear(3, 4)", NULL);
  g_autoptr (IscCall) activation = isc_call_parse ("nn.ReLU()", NULL);
  g_autoptr (IscCall) neither = isc_call_parse ("Linera(3, 4)", NULL);
  g_autoptr (IscArguments) a = NULL;
  g_autoptr (IscArguments) b = NULL;
  IscKind kind;
  const IscItem *item;

  a = isc_catalog_bind_module (layer, &kind, &item, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kind, ==, ISC_KIND_LAYER);
  g_assert_cmpstr (item->id, ==, "Linear");
  b = isc_catalog_bind_module (activation, &kind, &item, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kind, ==, ISC_KIND_ACTIVATION);
  g_assert_cmpstr (item->id, ==, "ReLU");
  g_assert_null (isc_catalog_bind_module (neither, &kind, &item, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "the nearest is Linear"));
  g_clear_error (&error);
  g_assert_null (isc_catalog_find (ISC_KIND_OPTIMIZER, "adma", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "there is no optimizer 'adma': the nearest is Adam ('initscope list optimizers' "
                   "names them all)");
}

static void
assert_hint (IscKind kind, const char *id, const char *hint)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_catalog_find (kind, id, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, hint));
}

/* What people type who know other libraries, or half a name. */
static void
test_hints (void)
{
  assert_hint (ISC_KIND_SCHEME, "kaiming_normal", ": the nearest is kaiming_normal_ (");
  assert_hint (ISC_KIND_SCHEME, "orthogonal", ": the nearest is orthogonal_ (");
  assert_hint (ISC_KIND_SCHEME, "xavier", ": the nearest is xavier_normal_ (");
  assert_hint (ISC_KIND_SCHEME, "HeNormal", ": the nearest is keras.HeNormal (");
  assert_hint (ISC_KIND_SCHEME, "initializers.HeNormal", ": the nearest is keras.HeNormal (");
  assert_hint (ISC_KIND_SCHEME, "he_normal", ": the nearest is jax.nn.initializers.he_normal (");
  assert_hint (ISC_KIND_SCHEME, "trunc_normal_tf_", ": the nearest is timm.trunc_normal_tf_ (");
  assert_hint (ISC_KIND_SCHEME, "w.data.normal_", ": the nearest is normal_ (");
  assert_hint (ISC_KIND_SCHEME, "Linear", "'Linear': it is a layer (");
  assert_hint (ISC_KIND_LAYER, "ReLU", "'ReLU': it is an activation (");
  assert_hint (ISC_KIND_LAYER, "conv", ": the nearest is Conv1d (");
  assert_hint (ISC_KIND_OPTIMIZER, "sdg", ": the nearest is SGD (");
  /* Nothing resembles it. */
  assert_hint (ISC_KIND_SCHEME, "garbage", "'garbage' ('initscope list schemes' names them all)");
  assert_hint (ISC_KIND_SCHEME, "", "'' ('initscope list schemes' names them all)");
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/catalog/heads", test_heads);
  g_test_add_func ("/catalog/catalog/hints", test_hints);
  g_test_add_func ("/catalog/catalog/parameters", test_parameters);
  g_test_add_func ("/catalog/catalog/ids", test_ids);
  g_test_add_func ("/catalog/catalog/round-trip", test_round_trip);
  g_test_add_func ("/catalog/catalog/defaults", test_defaults);
  g_test_add_func ("/catalog/catalog/limits", test_limits);
  g_test_add_func ("/catalog/catalog/errors", test_errors);
  g_test_add_func ("/catalog/catalog/values", test_values);
  g_test_add_func ("/catalog/catalog/with-argument", test_with_argument);
  g_test_add_func ("/catalog/catalog/lookup", test_lookup);
  return g_test_run ();
}
