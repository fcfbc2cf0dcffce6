/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-table.h"

#include <glib/gi18n.h>

#include "base/number-text.h"
#include "plot/figure-table.h"

#define DIGITS 6

/* In characters. */
#define NAME_WIDTH 14

/* More rows take longer to write out than a window may stand still. */
#define MOST_COPIED 250000

/* The rows as GTK lists them: objects that know their place, made for what is in sight. */
#define ISC_TYPE_ROW_LIST (isc_row_list_get_type ())
G_DECLARE_FINAL_TYPE (IscRowList, isc_row_list, ISC, ROW_LIST, GObject)

struct _IscRowList
{
  GObject parent_instance;

  guint n_rows;
};

#define ISC_TYPE_ROW (isc_row_get_type ())
G_DECLARE_FINAL_TYPE (IscRow, isc_row, ISC, ROW, GObject)

struct _IscRow
{
  GObject parent_instance;

  guint index;
};

G_DEFINE_FINAL_TYPE (IscRow, isc_row, G_TYPE_OBJECT)

static void
isc_row_class_init (IscRowClass *klass)
{
}

static void
isc_row_init (IscRow *self)
{
}

static GType
isc_row_list_get_item_type (GListModel *list)
{
  return ISC_TYPE_ROW;
}

static guint
isc_row_list_get_n_items (GListModel *list)
{
  return ISC_ROW_LIST (list)->n_rows;
}

static gpointer
isc_row_list_get_item (GListModel *list, guint position)
{
  IscRow *row;

  if (position >= ISC_ROW_LIST (list)->n_rows)
    return NULL;
  row = g_object_new (ISC_TYPE_ROW, NULL);
  row->index = position;
  return row;
}

static void
isc_row_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = isc_row_list_get_item_type;
  iface->get_n_items = isc_row_list_get_n_items;
  iface->get_item = isc_row_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (IscRowList,
                               isc_row_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, isc_row_list_iface_init))

static void
isc_row_list_class_init (IscRowListClass *klass)
{
}

static void
isc_row_list_init (IscRowList *self)
{
}

struct _IscPlotTable
{
  AdwWindow parent_instance;

  GtkWidget *rows;
  GtkWidget *title;
  GtkWidget *status;

  IscFigureTable *table;
  GtkSelectionModel *selection;
};

G_DEFINE_FINAL_TYPE (IscPlotTable, isc_plot_table, ADW_TYPE_WINDOW)

/* What stands over a column. */
static const char *
title_of (IscPlotTable *self, IscTableColumn column)
{
  static const char *const titles[]
      = { N_ ("Panel"), N_ ("Series"), "x",           "y",         N_ ("Low"),
          N_ ("High"),  N_ ("Row"),    N_ ("Column"), N_ ("Value") };
  const char *axis
      = column == ISC_COLUMN_X   ? isc_figure_table_get_axis_title (self->table, ISC_AXIS_X)
        : column == ISC_COLUMN_Y ? isc_figure_table_get_axis_title (self->table, ISC_AXIS_Y)
                                 : NULL;

  return axis ? axis : _ (titles[column]);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  /* As its title stands. */
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  if (GPOINTER_TO_UINT (column) <= ISC_COLUMN_SERIES)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_width_chars (GTK_LABEL (label), NAME_WIDTH);
    }
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  IscPlotTable *self = ISC_PLOT_TABLE (gtk_widget_get_root (label));
  IscRow *row = gtk_list_item_get_item (item);
  g_autofree char *text
      = isc_figure_table_dup_cell (self->table, row->index, GPOINTER_TO_UINT (column), DIGITS);

  gtk_label_set_text (GTK_LABEL (label), text);
}

static void
add_column (IscPlotTable *self, IscTableColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) added = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (column));
  added = gtk_column_view_column_new (title_of (self, column), factory);
  gtk_column_view_column_set_expand (added, TRUE);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->rows), added);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IscPlotTable *self = ISC_PLOT_TABLE (widget);
  g_autofree char *text = isc_plot_table_dup_text (self);
  g_autofree char *status = NULL;
  guint n = 0;

  if (!text)
    {
      gtk_label_set_text (GTK_LABEL (self->status),
                          _ ("These rows are too many to copy: export them as CSV"));
      return;
    }
  for (const char *at = text; *at; at++)
    n += *at == '\n';
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  status = g_strdup_printf (ngettext ("Copied %u row", "Copied %u rows", n - 1), n - 1);
  gtk_label_set_text (GTK_LABEL (self->status), status);
}

static void
isc_plot_table_dispose (GObject *object)
{
  IscPlotTable *self = ISC_PLOT_TABLE (object);

  adw_window_set_content (ADW_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_PLOT_TABLE);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (isc_plot_table_parent_class)->dispose (object);
}

static void
isc_plot_table_finalize (GObject *object)
{
  isc_figure_table_free (ISC_PLOT_TABLE (object)->table);
  G_OBJECT_CLASS (isc_plot_table_parent_class)->finalize (object);
}

static void
isc_plot_table_class_init (IscPlotTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_plot_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_plot_table_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, ISC_RESOURCE_BASE "/ui/plot-table.ui");
  gtk_widget_class_bind_template_child (widget_class, IscPlotTable, rows);
  gtk_widget_class_bind_template_child (widget_class, IscPlotTable, title);
  gtk_widget_class_bind_template_child (widget_class, IscPlotTable, status);
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

static void
isc_plot_table_init (IscPlotTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

IscPlotTable *
isc_plot_table_new (IscPlotView *view)
{
  IscPlotTable *self = g_object_new (ISC_TYPE_PLOT_TABLE, NULL);
  IscFigure *figure = isc_plot_view_get_figure (view);
  IscRowList *list = g_object_new (ISC_TYPE_ROW_LIST, NULL);
  const char *title = isc_figure_get_title (figure);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;

  self->table = isc_figure_table_new (figure);
  list->n_rows = (guint)MIN (isc_figure_table_get_n_rows (self->table), G_MAXUINT - 1);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (list)));
  count = isc_count_to_label (list->n_rows);
  subtitle = g_strdup_printf (ngettext ("%s row", "%s rows", list->n_rows), count);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title ? title : _ ("Data"));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
  for (IscTableColumn i = 0; i < ISC_N_COLUMNS; i++)
    if (isc_figure_table_has_column (self->table, i))
      add_column (self, i);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->rows), self->selection);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  return self;
}

guint
isc_plot_table_get_n_rows (IscPlotTable *self)
{
  g_return_val_if_fail (ISC_IS_PLOT_TABLE (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

void
isc_plot_table_select (IscPlotTable *self, guint first, guint n)
{
  g_return_if_fail (ISC_IS_PLOT_TABLE (self));
  gtk_selection_model_select_range (self->selection, first, n, TRUE);
}

static void
append_cell (GString *text, gboolean first, const char *cell)
{
  if (!first)
    g_string_append_c (text, '\t');
  g_string_append (text, cell);
}

char *
isc_plot_table_dup_text (IscPlotTable *self)
{
  g_autoptr (GtkBitset) rows = NULL;
  GString *text;
  GtkBitsetIter iter;
  gboolean first = TRUE;
  guint row;

  g_return_val_if_fail (ISC_IS_PLOT_TABLE (self), NULL);

  rows = gtk_selection_model_get_selection (self->selection);
  if (gtk_bitset_is_empty (rows))
    {
      gtk_bitset_unref (rows);
      rows = gtk_bitset_new_range (0, isc_plot_table_get_n_rows (self));
    }
  if (gtk_bitset_get_size (rows) > MOST_COPIED)
    return NULL;
  text = g_string_new (NULL);
  for (IscTableColumn i = 0; i < ISC_N_COLUMNS; i++)
    if (isc_figure_table_has_column (self->table, i))
      {
        append_cell (text, first, title_of (self, i));
        first = FALSE;
      }
  g_string_append_c (text, '\n');
  if (!gtk_bitset_iter_init_first (&iter, rows, &row))
    return g_string_free (text, FALSE);
  do
    {
      first = TRUE;
      for (IscTableColumn i = 0; i < ISC_N_COLUMNS; i++)
        if (isc_figure_table_has_column (self->table, i))
          {
            g_autofree char *cell = isc_figure_table_dup_cell (self->table, row, i, 0);

            append_cell (text, first, cell);
            first = FALSE;
          }
      g_string_append_c (text, '\n');
    }
  while (gtk_bitset_iter_next (&iter, &row));
  return g_string_free (text, FALSE);
}
