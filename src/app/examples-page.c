/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/examples-page.h"

#include "app/lesson-picture.h"
#include "experiment/examples.h"
#include "lessons/lessons.h"

struct _IscExamplesPage
{
  AdwBin parent_instance;

  GtkWidget *lessons;
  GtkWidget *experiments;

  gboolean filled;
  /* Of the lessons, and how many of them are drawn. */
  GPtrArray *pictures;
  guint n_drawn;
};

G_DEFINE_FINAL_TYPE (IscExamplesPage, isc_examples_page, ADW_TYPE_BIN)

static GtkWidget *
add_row (
    GtkWidget *group, const char *title, const char *subtitle, const char *action, const char *id)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/* One after the other, so that they take no more of the machine than a single run. */
static void
draw_next_cb (IscExamplesPage *self)
{
  if (self->n_drawn < self->pictures->len)
    isc_lesson_picture_start (self->pictures->pdata[self->n_drawn++]);
}

static void
add_lessons (IscExamplesPage *self)
{
  guint n;
  const char *const *ids = isc_lessons_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscLesson) lesson = isc_lesson_load_built_in (ids[i], NULL);
      GtkWidget *row = add_row (self->lessons, isc_lesson_get_title (lesson),
                                isc_lesson_get_summary (lesson), "win.lesson", ids[i]);
      GtkWidget *picture = isc_lesson_picture_new (lesson);

      gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
      gtk_widget_set_margin_top (picture, 6);
      gtk_widget_set_margin_bottom (picture, 6);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), picture);
      g_signal_connect_object (picture, "done", G_CALLBACK (draw_next_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->pictures, picture);
    }
  draw_next_cb (self);
}

static void
add_experiments (IscExamplesPage *self)
{
  guint n;
  const char *const *ids = isc_examples_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscExperiment) experiment = isc_example_load (ids[i], NULL);
      g_autofree char *data = isc_call_to_text (isc_experiment_get_data (experiment));

      add_row (self->experiments, isc_experiment_get_title (experiment), data, "win.example",
               ids[i]);
    }
}

static void
isc_examples_page_map (GtkWidget *widget)
{
  IscExamplesPage *self = ISC_EXAMPLES_PAGE (widget);

  if (!self->filled)
    {
      self->filled = TRUE;
      add_lessons (self);
      add_experiments (self);
    }
  GTK_WIDGET_CLASS (isc_examples_page_parent_class)->map (widget);
}

static void
isc_examples_page_dispose (GObject *object)
{
  /* The bin lets go of its child before the template does: each would unparent it. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ISC_TYPE_EXAMPLES_PAGE);
  G_OBJECT_CLASS (isc_examples_page_parent_class)->dispose (object);
}

static void
isc_examples_page_finalize (GObject *object)
{
  g_ptr_array_unref (ISC_EXAMPLES_PAGE (object)->pictures);
  G_OBJECT_CLASS (isc_examples_page_parent_class)->finalize (object);
}

static void
isc_examples_page_class_init (IscExamplesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_examples_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_examples_page_finalize;
  widget_class->map = isc_examples_page_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/examples-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IscExamplesPage, lessons);
  gtk_widget_class_bind_template_child (widget_class, IscExamplesPage, experiments);
}

static void
isc_examples_page_init (IscExamplesPage *self)
{
  self->pictures = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
