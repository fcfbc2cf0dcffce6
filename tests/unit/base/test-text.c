/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <string.h>

typedef struct
{
  const char *a;
  const char *b;
  guint distance;
} Pair;

static const Pair pairs[] = {
  { "", "", 0 },
  { "", "Linear", 6 },
  { "ReLU", "ReLU", 0 },
  { "ReLU", "relu", 0 },
  { "Linear", "Liner", 1 },
  { "Liner", "Linear", 1 },
  { "Adam", "AdamW", 1 },
  { "kaiming_normal_", "kaiming_norml_", 1 },
  { "xavier_normal_", "xavier_uniform_", 5 },
  { "kitten", "sitting", 3 },
  { "flaw", "lawn", 2 },
  /* Letters are bytes: the two of "ä" are two. */
  { "ä", "a", 2 },
  /* Only ASCII letters have two cases. */
  { "Ä", "ä", 1 },
};

static void
test_distance (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_assert_cmpuint (isc_text_distance (pairs[i].a, pairs[i].b), ==, pairs[i].distance);
      g_assert_cmpuint (isc_text_distance (pairs[i].b, pairs[i].a), ==, pairs[i].distance);
    }
}

/* The plain recursion, with none of the table's bookkeeping. */
static guint
recursive_distance (const char *a, const char *b)
{
  guint taken, put, replaced;

  if (*a == '\0' || *b == '\0')
    return (guint)(strlen (a) + strlen (b));
  taken = recursive_distance (a + 1, b) + 1;
  put = recursive_distance (a, b + 1) + 1;
  replaced = recursive_distance (a + 1, b + 1) + (*a == *b ? 0 : 1);
  return MIN (replaced, MIN (taken, put));
}

static void
test_recursion (void)
{
  /* Every pair of words of up to four letters over two. */
  for (guint a = 1; a < 32; a++)
    for (guint b = 1; b < 32; b++)
      {
        char words[2][5] = { "", "" };
        guint codes[2] = { a, b };

        /* The bits below a code's highest are its letters. */
        for (guint k = 0; k < 2; k++)
          for (gsize i = 0; codes[k] > 1; codes[k] >>= 1)
            words[k][i++] = codes[k] & 1 ? 'x' : 'y';
        g_assert_cmpuint (isc_text_distance (words[0], words[1]), ==,
                          recursive_distance (words[0], words[1]));
      }
}

static void
test_long (void)
{
  g_autofree char *a = g_strnfill (100000, 'a');
  g_autofree char *b = g_strnfill (100000, 'b');

  g_assert_cmpuint (isc_text_distance (a, b), ==, 200);
  g_assert_cmpuint (isc_text_distance (a, ""), ==, 200);
  g_assert_cmpuint (isc_text_distance (a, a), ==, 0);
  b[199] = '\0';
  g_assert_cmpuint (isc_text_distance (b, a), ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/distance", test_distance);
  g_test_add_func ("/base/text/recursion", test_recursion);
  g_test_add_func ("/base/text/long", test_long);
  return g_test_run ();
}
