/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/figure-csv.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>

#include "base/error.h"
#include "plot/marks/marks.h"
#include "support/reference.h"

#define HEADER "panel,title,mark,kind,label,color,x,y,low,high,row,column,value\n"

/* Less than the program's libraries and the text of a large figure take. */
#define ROOM ((rlim_t)32 << 20)

/* Under a sanitizer malloc() fails for more than that instead of ending the test. */
#define SANITIZER_LIMIT "allocator_may_return_null=1:max_allocation_size_mb=32"

const char *__asan_default_options (void);
const char *__tsan_default_options (void);
extern void __asan_init (void) __attribute__ ((weak));
extern void __tsan_init (void) __attribute__ ((weak));

const char *
__asan_default_options (void)
{
  return SANITIZER_LIMIT;
}

const char *
__tsan_default_options (void)
{
  return SANITIZER_LIMIT;
}

/* @n_names: how many of the rows are no data, but names of an axis */
static void
assert_csv (const IscFigure *figure, const char *expected, gsize n_names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) csv = isc_figure_to_csv (figure, &error);
  g_autofree char *text = NULL;
  gsize length, n_lines = 0;
  const char *start;

  g_assert_no_error (error);
  start = g_bytes_get_data (csv, &length);
  text = g_strndup (start, length);
  g_assert_cmpstr (text, ==, expected);
  for (const char *c = start; c < start + length; c++)
    n_lines += *c == '\n';
  g_assert_cmpuint (isc_figure_count_data (figure), ==, n_lines - 1 - n_names);
}

static IscImage
make_image (IscTensor *tensor, gsize rows, gsize columns)
{
  IscImage image = { .tensor = tensor,
                     .rows = rows,
                     .columns = columns,
                     .x0 = -0.5,
                     .x1 = (double)columns - 0.5,
                     .y0 = -0.5,
                     .y1 = (double)rows - 0.5 };

  return image;
}

static IscTensor *
make_tensor (gsize rows, gsize columns)
{
  const IscShape shape = { .n_dims = 2, .dims = { (gint64)rows, (gint64)columns } };
  g_autoptr (GError) error = NULL;
  IscTensor *tensor = isc_tensor_new (NULL, &shape, &error);

  g_assert_no_error (error);
  return tensor;
}

static void
test_empty (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();

  assert_csv (figure, HEADER, 0);
  isc_figure_add_panel (figure);
  assert_csv (figure, HEADER, 0);
}

static void
test_bars (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const double edges[] = { -0.1, 0.1, 2.385 }, heights[] = { 3.0, 0.1 + 0.2 };

  isc_panel_add_bars (panel, NULL, "histogram", edges, heights, 2);
  isc_panel_add_steps (panel, NULL, NULL, edges, heights, 1);
  isc_panel_add_bars (panel, NULL, "none", NULL, NULL, 0);
  assert_csv (figure,
              HEADER "1,,1,bars,histogram,0,0,3,-0.1,0.1,,,\n"
                     "1,,1,bars,histogram,0,1.2425,0.30000000000000004,0.1,2.385,,,\n"
                     "1,,2,steps,,0,0,3,-0.1,0.1,,,\n",
              0);
}

static void
test_curves (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const double x[] = { 0.0, 1.0, 1e-300 }, y[] = { NAN, -INFINITY, INFINITY },
               z[] = { 1.0, 2.0, NAN };

  isc_panel_add_line (panel, NULL, "line", x, y, 3);
  isc_panel_add_band (panel, NULL, "band", x, y, z, 3);
  isc_panel_add_points (panel, NULL, "points", x, z, 1);
  isc_panel_add_line (panel, NULL, NULL, NULL, NULL, 0);
  assert_csv (figure,
              HEADER "1,,1,line,line,0,0,nan,,,,,\n"
                     "1,,1,line,line,0,1,-inf,,,,,\n"
                     "1,,1,line,line,0,1e-300,inf,,,,,\n"
                     "1,,2,band,band,0,0,,nan,1,,,\n"
                     "1,,2,band,band,0,1,,-inf,2,,,\n"
                     "1,,2,band,band,0,1e-300,,inf,nan,,,\n"
                     "1,,3,points,points,0,0,1,,,,,\n",
              0);
}

static void
test_single (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);

  isc_panel_add_rule (panel, NULL, "at x", ISC_AXIS_X, 2.385);
  isc_panel_add_rule (panel, NULL, "at y", ISC_AXIS_Y, 0.05);
  isc_panel_add_stem (panel, NULL, "zeros", 0.0, 0.9);
  isc_panel_add_end (panel, NULL, "diverged, step 37", 37.0, INFINITY);
  assert_csv (figure,
              HEADER "1,,1,rule,at x,0,2.385,,,,,,\n"
                     "1,,2,rule,at y,0,,0.05,,,,,\n"
                     "1,,3,stem,zeros,0,0,0.9,,,,,\n"
                     "1,,4,end,\"diverged, step 37\",0,37,inf,,,,,\n",
              0);
}

static void
test_image (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscTensor) tensor = make_tensor (2, 3);
  IscPanel *panel = isc_figure_add_panel (figure);
  IscImage image = make_image (tensor, 1, 2);
  const float values[] = { 9.0f, 8.0f, 0.1f, NAN, -INFINITY, 1e-40f };

  memcpy (isc_tensor_edit_data (tensor), values, sizeof values);
  image.name = "kernel 7";
  image.offset = 2;
  isc_panel_add_image (panel, &image);
  image = make_image (tensor, 2, 1);
  image.offset = 4;
  /* Edges may run backwards, and steps are no whole numbers. */
  image.y0 = 1.0;
  image.y1 = 0.0;
  isc_panel_add_image (panel, &image);
  /* What the legend says of cells that are not finite is no name. */
  assert_csv (figure,
              HEADER "1,,1,image,kernel 7,,0,0,,,0,0,0.1\n"
                     "1,,1,image,kernel 7,,1,0,,,0,1,nan\n"
                     "1,,2,image,,,0,0.75,,,0,0,-inf\n"
                     "1,,2,image,,,0,0.25,,,1,0,1e-40\n",
              0);
}

/* A datum in the middle of a cell stands where the axis counts it, exactly. */
static void
test_image_middles (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscTensor) tensor = make_tensor (7, 49);
  IscImage image = make_image (tensor, 7, 49);
  g_autoptr (GBytes) csv = NULL;
  g_auto (GStrv) lines = NULL;

  memset (isc_tensor_edit_data (tensor), 0, 7 * 49 * sizeof (float));
  isc_panel_add_image (isc_figure_add_panel (figure), &image);
  csv = isc_figure_to_csv (figure, NULL);
  lines = g_strsplit (g_bytes_get_data (csv, NULL), "\n", 7 * 49 + 1);
  for (guint i = 0; i < 7 * 49; i++)
    {
      guint row = i / 49, column = i % 49;
      g_autofree char *expected
          = g_strdup_printf ("1,,1,image,,,%u,%u,,,%u,%u,0", column, row, row, column);

      /* The last line holds what g_strsplit() left over. */
      if (i + 1 < 7 * 49)
        g_assert_cmpstr (lines[i + 1], ==, expected);
      else
        g_assert_true (g_str_has_prefix (lines[i + 1], expected));
    }
}

static void
test_words (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const double at[] = { 1.0, 0.0 }, none[] = { 0.0 };
  const char *const names[] = { "He, \"normal\"", "Größe" }, *const blank[] = { "" };

  isc_panel_set_title (panel, "first");
  isc_panel_set_categories (panel, ISC_AXIS_X, none, blank, 1);
  panel = isc_figure_add_panel (figure);
  isc_panel_set_title (panel, "a, b");
  isc_panel_set_categories (panel, ISC_AXIS_Y, at, names, 2);
  isc_panel_add_stem (panel, NULL, "say \"no\"", 1.0, 2.0);
  panel = isc_figure_add_panel (figure);
  isc_panel_set_categories (panel, ISC_AXIS_X, at, names, 1);
  assert_csv (figure,
              HEADER "2,\"a, b\",,name,Größe,,,0,,,,,\n"
                     "2,\"a, b\",,name,\"He, \"\"normal\"\"\",,,1,,,,,\n"
                     "2,\"a, b\",1,stem,\"say \"\"no\"\"\",0,1,2,,,,,\n"
                     "3,,,name,\"He, \"\"normal\"\"\",,1,,,,,,\n",
              3);
}

/* Long enough for the text to be moved many times. */
static void
test_long (void)
{
  enum
  {
    N = 20000
  };
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autofree double *x = g_new (double, N);
  g_autoptr (GBytes) csv = NULL;
  gsize length;
  const char *text;

  for (guint i = 0; i < N; i++)
    x[i] = sqrt (i);
  isc_panel_add_line (isc_figure_add_panel (figure), NULL, "root", x, x, N);
  csv = isc_figure_to_csv (figure, NULL);
  text = g_bytes_get_data (csv, &length);
  text += strlen (HEADER);
  for (guint i = 0; i < N; i++)
    {
      char *end;

      g_assert_true (g_str_has_prefix (text, "1,,1,line,root,0,"));
      g_assert_cmpfloat (g_ascii_strtod (text + strlen ("1,,1,line,root,0,"), &end), ==, x[i]);
      g_assert_cmpfloat (g_ascii_strtod (end + 1, &end), ==, x[i]);
      g_assert_true (g_str_has_prefix (end, ",,,,,\n"));
      text = end + strlen (",,,,,\n");
    }
  g_assert_true (text == (const char *)g_bytes_get_data (csv, NULL) + length);
}

static void
test_memory (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscTensor) tensor = make_tensor (1024, 2048);
  IscImage image = make_image (tensor, 1024, 2048);
  g_autoptr (GError) error = NULL;
  struct rlimit before, limit;

  isc_panel_add_image (isc_figure_add_panel (figure), &image);
  /* A sanitizer, whose shadow is terabytes of addresses, has its own limit. */
  g_assert_cmpint (getrlimit (RLIMIT_AS, &before), ==, 0);
  limit = before;
  limit.rlim_cur = ROOM;
  if (!__asan_init && !__tsan_init)
    g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
  g_assert_null (isc_figure_to_csv (figure, &error));
  g_assert_cmpint (setrlimit (RLIMIT_AS, &before), ==, 0);
  g_assert_error (error, ISC_ERROR, ISC_ERROR_RESOURCE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/figure-csv/empty", test_empty);
  g_test_add_func ("/plot/figure-csv/bars", test_bars);
  g_test_add_func ("/plot/figure-csv/curves", test_curves);
  g_test_add_func ("/plot/figure-csv/single", test_single);
  g_test_add_func ("/plot/figure-csv/image", test_image);
  g_test_add_func ("/plot/figure-csv/image-middles", test_image_middles);
  g_test_add_func ("/plot/figure-csv/words", test_words);
  g_test_add_func ("/plot/figure-csv/long", test_long);
  g_test_add_func ("/plot/figure-csv/memory", test_memory);
  return g_test_run ();
}
