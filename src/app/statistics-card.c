/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/statistics-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/number-text.h"

/* In two rows on a wide window, and all of them on a phone. */
#define MAX_COLUMNS 8
#define MIN_COLUMNS 1

/* "−0.0001421", "7.972×10⁻⁵" */
#define VALUE_CHARS 10

#define COLUMN_SPACING 8
#define ROW_SPACING 4

typedef struct
{
  const char *name;
  double value;
  gboolean is_count;
} Statistic;

#define N_STATISTICS 24

/* From here on the test of fit. */
#define FIRST_OF_FIT 20

struct _IscStatisticsCard
{
  GtkWidget parent_instance;

  GtkWidget *cells[N_STATISTICS];
  GtkWidget *values[N_STATISTICS];
  Statistic shown[N_STATISTICS];
  char *fit;
};

G_DEFINE_FINAL_TYPE (IscStatisticsCard, isc_statistics_card, GTK_TYPE_WIDGET)

/* How far the std of so many draws is from the one asked for: one standard error of it. */
static double
standard_error (const IscWeightEntry *entry)
{
  if (!isc_law_has_density (&entry->law))
    return NAN;
  return entry->requested_std
         * sqrt ((isc_law_excess_kurtosis (&entry->law) + 2.0) * (double)MAX (entry->law.copies, 1)
                 / (double)isc_tensor_get_count (entry->tensor))
         / 2.0;
}

static void
list_statistics (const IscWeightEntry *entry, const IscFit *fit, Statistic list[N_STATISTICS])
{
  const IscMoments *m = isc_summary_get_moments (entry->summary);
  const double *quantiles = isc_summary_get_quantiles (entry->summary);
  const Statistic statistics[N_STATISTICS] = {
    { "n", (double)isc_tensor_get_count (entry->tensor), TRUE },
    { "fan_in", (double)entry->fan_in, TRUE },
    { "fan_out", (double)entry->fan_out, TRUE },
    { N_ ("mean"), m->mean },
    { N_ ("std"), m->std },
    { N_ ("std asked"), entry->requested_std },
    { N_ ("± one error"), standard_error (entry) },
    { N_ ("zeros"), (double)m->n_zero, TRUE },
    { N_ ("non-finite"), (double)(m->n_nan + m->n_inf), TRUE },
    { N_ ("min"), m->min },
    { "1 %", quantiles[1] },
    { "5 %", quantiles[2] },
    { "25 %", quantiles[3] },
    { N_ ("median"), quantiles[4] },
    { "75 %", quantiles[5] },
    { "95 %", quantiles[6] },
    { "99 %", quantiles[7] },
    { N_ ("max"), m->max },
    { N_ ("skewness"), m->skewness },
    { N_ ("ex. kurtosis"), m->excess_kurtosis },
    { "KS D", fit ? fit->distance : NAN },
    { "KS p", fit ? fit->distance_p : NAN },
    { "AD A²", fit ? fit->anderson : NAN },
    { "AD p", fit ? fit->anderson_p : NAN },
  };

  for (guint i = 0; i < N_STATISTICS; i++)
    list[i] = statistics[i];
}

/* The size of the largest cell: all are as large, so that columns line up. */
static void
measure_cell (IscStatisticsCard *self, int *width, int *height)
{
  *width = *height = 0;
  for (guint i = 0; i < N_STATISTICS; i++)
    {
      int cell_width, cell_height;

      gtk_widget_measure (self->cells[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &cell_width, NULL,
                          NULL);
      gtk_widget_measure (self->cells[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &cell_height, NULL,
                          NULL);
      *width = MAX (*width, cell_width);
      *height = MAX (*height, cell_height);
    }
}

/* Powers of two and their like leave no ragged last row: 8, 6, 4, 3, 2. */
static int
columns_for (int width, int cell_width)
{
  int columns = (width + COLUMN_SPACING) / (cell_width + COLUMN_SPACING);

  columns = CLAMP (columns, MIN_COLUMNS, MAX_COLUMNS);
  return columns > 4 && columns < MAX_COLUMNS ? (columns < 6 ? 4 : 6) : columns;
}

static GtkSizeRequestMode
isc_statistics_card_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
isc_statistics_card_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  int width, height;

  measure_cell (ISC_STATISTICS_CARD (widget), &width, &height);
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_COLUMNS * (width + COLUMN_SPACING) - COLUMN_SPACING;
      *natural = MAX_COLUMNS * (width + COLUMN_SPACING) - COLUMN_SPACING;
    }
  else
    {
      int columns = for_size < 0 ? MAX_COLUMNS : columns_for (for_size, width);
      int rows = (N_STATISTICS + columns - 1) / columns;

      *minimum = *natural = rows * (height + ROW_SPACING) - ROW_SPACING;
    }
}

static void
isc_statistics_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  IscStatisticsCard *self = ISC_STATISTICS_CARD (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int cell_width, cell_height, columns;

  measure_cell (self, &cell_width, &cell_height);
  columns = columns_for (width, cell_width);
  cell_width = (width + COLUMN_SPACING) / columns - COLUMN_SPACING;
  for (int i = 0; i < N_STATISTICS; i++)
    {
      int column = mirrored ? columns - 1 - i % columns : i % columns;

      gtk_widget_size_allocate (self->cells[i],
                                &(GtkAllocation){ column * (cell_width + COLUMN_SPACING),
                                                  i / columns * (cell_height + ROW_SPACING),
                                                  cell_width, cell_height },
                                -1);
    }
}

static void
isc_statistics_card_dispose (GObject *object)
{
  IscStatisticsCard *self = ISC_STATISTICS_CARD (object);

  for (guint i = 0; i < N_STATISTICS; i++)
    g_clear_pointer (&self->cells[i], gtk_widget_unparent);
  g_clear_pointer (&self->fit, g_free);
  G_OBJECT_CLASS (isc_statistics_card_parent_class)->dispose (object);
}

static void
isc_statistics_card_class_init (IscStatisticsCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_statistics_card_dispose;
  widget_class->get_request_mode = isc_statistics_card_get_request_mode;
  widget_class->measure = isc_statistics_card_measure;
  widget_class->size_allocate = isc_statistics_card_size_allocate;
}

static GtkWidget *
make_label (const char *const *css_classes)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_css_classes (label, (const char **)css_classes);
  return label;
}

/* An inscription and no label: another number in it does not lay out the window anew. */
static GtkWidget *
make_value (void)
{
  GtkWidget *value = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (value), VALUE_CHARS);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (value), VALUE_CHARS);
  gtk_widget_add_css_class (value, "numeric");
  return value;
}

/* All digits of the number under the pointer, and of a test also why there is none, or what its p
 * is worth.  Asked for only where the pointer rests: to set a tooltip is to look for the pointer,
 * which is too slow for every picture of a drag. */
static gboolean
tooltip_cb (
    GtkWidget *value, int x, int y, gboolean keyboard, GtkTooltip *tooltip, IscStatisticsCard *self)
{
  for (guint i = 0; i < N_STATISTICS; i++)
    if (self->values[i] == value)
      {
        double number = self->shown[i].value;
        const char *fit = i >= FIRST_OF_FIT ? self->fit : NULL;
        g_autofree char *digits = isc_number_to_text (number);
        g_autofree char *full = fit ? g_strdup_printf ("%s\n%s", digits, fit) : NULL;

        gtk_tooltip_set_text (tooltip, !fit ? digits : isnan (number) ? fit : full);
      }
  return TRUE;
}

static void
isc_statistics_card_init (IscStatisticsCard *self)
{
  for (guint i = 0; i < N_STATISTICS; i++)
    {
      self->cells[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      self->values[i] = make_value ();
      gtk_widget_set_has_tooltip (self->values[i], TRUE);
      g_signal_connect (self->values[i], "query-tooltip", G_CALLBACK (tooltip_cb), self);
      gtk_box_append (GTK_BOX (self->cells[i]),
                      make_label ((const char *const[]){ "dim-label", "caption", NULL }));
      gtk_box_append (GTK_BOX (self->cells[i]), self->values[i]);
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
    }
}

/* Where text runs from right to left, a number keeps its sign in front and its power behind. */
static char *
keep_order (IscStatisticsCard *self, const char *text)
{
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  return reversed ? g_strconcat ("\u2066", text, "\u2069", NULL) : g_strdup (text);
}

void
isc_statistics_card_set_entry (IscStatisticsCard *self,
                               const IscWeightEntry *entry,
                               const IscFit *fit)
{
  g_return_if_fail (ISC_IS_STATISTICS_CARD (self));

  gtk_widget_set_visible (GTK_WIDGET (self), entry != NULL);
  if (!entry)
    return;
  list_statistics (entry, fit, self->shown);
  g_free (self->fit);
  self->fit = fit ? isc_fit_to_text (fit) : NULL;
  for (guint i = 0; i < N_STATISTICS; i++)
    {
      const Statistic *statistic = &self->shown[i];
      g_autofree char *value = isnan (statistic->value) ? g_strdup ("–")
                               : statistic->is_count
                                   ? isc_count_to_label ((guint64)statistic->value)
                                   : isc_number_to_label (statistic->value, 4);

      g_autofree char *name_shown = keep_order (self, _ (statistic->name));
      g_autofree char *value_shown = keep_order (self, value);

      gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (self->cells[i])), name_shown);
      gtk_inscription_set_text (GTK_INSCRIPTION (self->values[i]), value_shown);
    }
}

/* For a spreadsheet: in English everywhere, as all data are. */
char *
isc_statistics_to_text (const IscWeightEntry *entry, const IscFit *fit)
{
  GString *text = g_string_new (NULL);
  Statistic list[N_STATISTICS];

  g_string_append_printf (text, "scheme\t%s\nformula\t%s\nseed\t%" G_GUINT64_FORMAT "\n",
                          entry->scheme, entry->formula ? entry->formula : "", entry->seed);
  list_statistics (entry, fit, list);
  for (guint i = 0; i < N_STATISTICS; i++)
    {
      g_autofree char *value = isc_number_to_text (list[i].value);

      g_string_append_printf (text, "%s\t%s\n", list[i].name, value);
    }
  if (fit)
    {
      g_autofree char *test = isc_fit_to_text (fit);

      g_string_append_printf (text, "test\t%s\n", test);
    }
  return g_string_free (text, FALSE);
}
