/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lesson-panel.h"

#include <glib/gi18n.h>

#include "app/lesson-text.h"

struct _IscLessonPanel
{
  AdwBin parent_instance;

  GtkWidget *lesson_title;
  GtkWidget *progress;
  GtkWidget *present;
  GtkWidget *close;
  GtkWidget *scroller;
  GtkWidget *step_title;
  GtkWidget *text;
  GtkWidget *question_box;
  GtkWidget *question;
  GtkWidget *answer_button;
  GtkWidget *answer;
  GtkWidget *sketch_box;
  GtkWidget *sketch_hint;
  GtkWidget *reveal;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (IscLessonPanel, isc_lesson_panel, ADW_TYPE_BIN)

static void
set_text (GtkWidget *label, const char *text)
{
  g_autofree char *markup = isc_lesson_text_to_markup (text ? text : "");

  gtk_label_set_markup (GTK_LABEL (label), markup);
}

/* What one does most is to go on. */
static gboolean
isc_lesson_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ISC_LESSON_PANEL (widget)->next);
}

static void
isc_lesson_panel_dispose (GObject *object)
{
  /* The bin lets go of its child before the template does: each would unparent it. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ISC_TYPE_LESSON_PANEL);
  G_OBJECT_CLASS (isc_lesson_panel_parent_class)->dispose (object);
}

static void
isc_lesson_panel_class_init (IscLessonPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_lesson_panel_dispose;
  widget_class->grab_focus = isc_lesson_panel_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/lesson-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, lesson_title);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, progress);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, present);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, close);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, step_title);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, text);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, question_box);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, question);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, answer_button);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, answer);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, sketch_box);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, sketch_hint);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, reveal);
  gtk_widget_class_bind_template_child (widget_class, IscLessonPanel, next);
}

static void
isc_lesson_panel_init (IscLessonPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
isc_lesson_panel_show (IscLessonPanel *self, IscLesson *lesson, guint index)
{
  const IscLessonStep *step = isc_lesson_get_step (lesson, index);
  g_autofree char *progress
      /* Translators: the step of a lesson, as in "2 of 5" */
      = g_strdup_printf (_ ("%u of %u"), index + 1, isc_lesson_get_n_steps (lesson));

  g_return_if_fail (ISC_IS_LESSON_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->lesson_title), isc_lesson_get_title (lesson));
  gtk_label_set_text (GTK_LABEL (self->progress), progress);
  set_text (self->step_title, step->title);
  set_text (self->text, step->text);
  gtk_widget_set_visible (self->text, *step->text != '\0');
  set_text (self->question, step->question);
  set_text (self->answer, step->answer);
  gtk_widget_set_visible (self->question_box, step->question != NULL);
  gtk_widget_set_visible (self->answer_button, step->answer != NULL);
  gtk_widget_set_visible (self->answer, FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (self->scroller)),
                            0.0);
}

void
isc_lesson_panel_show_answer (IscLessonPanel *self)
{
  g_return_if_fail (ISC_IS_LESSON_PANEL (self));

  gtk_widget_set_visible (self->answer, TRUE);
  gtk_widget_set_visible (self->answer_button, FALSE);
}

gboolean
isc_lesson_panel_has_answer (IscLessonPanel *self)
{
  g_return_val_if_fail (ISC_IS_LESSON_PANEL (self), FALSE);
  return gtk_widget_get_visible (self->question_box)
         && gtk_widget_get_visible (self->answer_button);
}

void
isc_lesson_panel_show_sketch (IscLessonPanel *self, const char *hint, gboolean waits)
{
  g_return_if_fail (ISC_IS_LESSON_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->sketch_hint), hint ? hint : "");
  gtk_widget_set_visible (self->sketch_box, hint != NULL);
  gtk_widget_set_visible (self->reveal, waits);
}

const char *
isc_lesson_panel_get_hint (IscLessonPanel *self)
{
  g_return_val_if_fail (ISC_IS_LESSON_PANEL (self), NULL);
  return gtk_label_get_text (GTK_LABEL (self->sketch_hint));
}

void
isc_lesson_panel_set_presenting (IscLessonPanel *self, gboolean presenting)
{
  const char *words = presenting ? _ ("Leave the presentation (Escape)") : _ ("Present (F5)");

  g_return_if_fail (ISC_IS_LESSON_PANEL (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->present),
                            presenting ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (self->present, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->present), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_widget_set_visible (self->close, !presenting);
}
