/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/item-chooser.h"

#include <glib/gi18n.h>

#include "catalog/layers/layers.h"

#define LIST_WIDTH 300
#define LIST_HEIGHT 420

struct _IscItemChooser
{
  AdwActionRow parent_instance;

  IscKind kind;
  char *none;
  guint selected;

  GtkWidget *button;
  GtkWidget *label;
  GtkWidget *about;
  GtkWidget *about_text;
  GtkWidget *search;
  GtkWidget *list;
  /* Ids, "" for none: in the catalog's order, and those of them that are found. */
  GtkStringList *ids;
  GtkSortListModel *found;
  GtkSingleSelection *selection;
  GtkFilter *filter;
  GtkSorter *sorter;
  /* What is searched for, as words in lower case. */
  char **words;
};

enum
{
  SELECTED = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (IscItemChooser, isc_item_chooser, ADW_TYPE_ACTION_ROW)

/* Returns: %NULL for none */
static const IscItem *
find_item (IscItemChooser *self, const char *id)
{
  return id && *id ? isc_catalog_find (self->kind, id, NULL) : NULL;
}

static const char *
label_of (IscItemChooser *self, const IscItem *item)
{
  return item ? _ (item->label) : self->none ? self->none : "";
}

/* Whether a word of @text begins with @word, of which both are in lower case: "tru" finds
 * "trunc_normal_" and "keras.TruncatedNormal". */
static gboolean
has_word (const char *text, const char *word)
{
  const char *at = text;

  while ((at = strstr (at, word)))
    {
      if (at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
        return TRUE;
      at = g_utf8_next_char (at);
    }
  return FALSE;
}

/* What an item is called: "keras.HeNormal" is also "he normal". */
static char *
name_text (IscItemChooser *self, const IscItem *item)
{
  GString *text = g_string_new (label_of (self, item));

  for (const char *at = item ? item->id : ""; *at; at++)
    g_string_append_printf (text, "%s%c", g_ascii_isupper (*at) || at == item->id ? " " : "", *at);
  if (item)
    g_string_append_printf (text, " %s %s", item->label, item->id);
  return g_string_free (text, FALSE);
}

/* Everything that a person may remember an item by, in the window's language and in English. */
static char *
search_text (IscItemChooser *self, const IscItem *item)
{
  g_autofree char *name = name_text (self, item);

  return item ? g_strjoin (" ", name, item->citation ? item->citation : "", _ (item->summary), NULL)
              : g_steal_pointer (&name);
}

static gboolean
has_all_words (IscItemChooser *self, const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  for (guint i = 0; self->words && self->words[i]; i++)
    if (!has_word (lower, self->words[i]))
      return FALSE;
  return TRUE;
}

static gboolean
match_cb (gpointer object, gpointer chooser)
{
  IscItemChooser *self = chooser;
  g_autofree char *text
      = search_text (self, find_item (self, gtk_string_object_get_string (object)));

  return has_all_words (self, text);
}

/* "xavier uni" is Xavier uniform before it is what some summary says of units. */
static int
compare_cb (gconstpointer a, gconstpointer b, gpointer chooser)
{
  IscItemChooser *self = chooser;
  gboolean named[2];

  for (guint i = 0; i < 2; i++)
    {
      const char *id = gtk_string_object_get_string ((gpointer)(i ? b : a));
      g_autofree char *name = name_text (self, find_item (self, id));

      named[i] = has_all_words (self, name);
    }
  return named[1] - named[0];
}

static void
search_cb (IscItemChooser *self)
{
  g_autofree char *text = g_utf8_strdown (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_strfreev (self->words);
  self->words = g_strsplit_set (text, " ,", -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static GtkWidget *
make_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, css_class);
    }
  return label;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), make_line (NULL));
  gtk_box_append (GTK_BOX (box), make_line ("dim-label"));
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, IscItemChooser *self)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *id = gtk_widget_get_next_sibling (label);
  const IscItem *item
      = find_item (self, gtk_string_object_get_string (gtk_list_item_get_item (list_item)));

  gtk_label_set_text (GTK_LABEL (label), label_of (self, item));
  gtk_label_set_text (GTK_LABEL (id), item ? item->id : "");
  gtk_widget_set_visible (id, item && g_ascii_strcasecmp (item->id, item->label) != 0);
}

static guint
place_of (IscItemChooser *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->ids));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (gtk_string_list_get_string (self->ids, i), id))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
activate_cb (IscItemChooser *self, guint position)
{
  g_autoptr (GtkStringObject) object = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  if (object)
    g_object_set (self, "selected", place_of (self, gtk_string_object_get_string (object)), NULL);
}

/* Enter takes the first that is found. */
static void
enter_cb (IscItemChooser *self)
{
  activate_cb (self, 0);
}

static void
shown_cb (IscItemChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_cb (self);
  gtk_single_selection_set_selected (self->selection, self->selected);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", self->selected);
  gtk_widget_grab_focus (self->search);
}

/* Made when it is first asked for: a window has several choosers of many items. */
static void
ensure_list (IscItemChooser *self)
{
  GtkWidget *popover, *box, *scrolled;
  GtkListItemFactory *factory;

  if (self->found)
    return;
  popover = gtk_popover_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  scrolled = gtk_scrolled_window_new ();
  factory = gtk_signal_list_item_factory_new ();
  self->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, self, NULL));
  self->found
      = gtk_sort_list_model_new (G_LIST_MODEL (
                                     gtk_filter_list_model_new (g_object_ref (
                                                                    G_LIST_MODEL (self->ids)),
                                                                g_object_ref (self->filter))),
                                 g_object_ref (self->sorter));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->found)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");

  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (enter_cb), self);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), popover);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), LIST_HEIGHT);
  gtk_widget_set_size_request (box, LIST_WIDTH, -1);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (shown_cb), self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
}

static void
create_popup_cb (GtkMenuButton *button, gpointer self)
{
  ensure_list (self);
}

/* The look of a combo row: a label and an arrow, without the frame of a button. */
static void
make_button (IscItemChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->button = gtk_menu_button_new ();
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popup_cb, self,
                                         NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "choice");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
}

static void
make_about (IscItemChooser *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->about = gtk_menu_button_new ();
  self->about_text = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->about_text), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (self->about_text), 42);
  gtk_label_set_max_width_chars (GTK_LABEL (self->about_text), 42);
  gtk_label_set_xalign (GTK_LABEL (self->about_text), 0.0f);
  gtk_widget_set_margin_start (self->about_text, 6);
  gtk_widget_set_margin_end (self->about_text, 6);
  gtk_widget_set_margin_top (self->about_text, 6);
  gtk_widget_set_margin_bottom (self->about_text, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), self->about_text);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->about), "help-about-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->about), popover);
  gtk_widget_add_css_class (self->about, "flat");
  gtk_widget_set_valign (self->about, GTK_ALIGN_CENTER);
}

static void
append_part (GString *markup, const char *title, const char *text)
{
  g_autofree char *part = NULL;

  if (!text || !*text)
    return;
  part = g_markup_printf_escaped ("\n\n<small><b>%s</b></small>\n%s", title, text);
  g_string_append (markup, part);
}

/* "Scheme: Kaiming normal" */
static void
name_button (IscItemChooser *self)
{
  g_autofree char *name
      = g_strdup_printf ("%s: %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                         gtk_label_get_text (GTK_LABEL (self->label)));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
show_item (IscItemChooser *self)
{
  const IscItem *item = find_item (self, gtk_string_list_get_string (self->ids, self->selected));
  /* Translators: the name of a scheme, layer or data set */
  g_autofree char *what = g_strdup_printf (_ ("About %s"), label_of (self, item));
  g_autoptr (GString) markup = g_string_new (NULL);

  gtk_label_set_text (GTK_LABEL (self->label), label_of (self, item));
  name_button (self);
  gtk_widget_set_visible (self->about, item != NULL);
  if (!item)
    return;
  {
    g_autofree char *head = g_markup_printf_escaped ("<b>%s</b>  <tt>%s</tt>\n%s", _ (item->label),
                                                     item->id, _ (item->summary));

    g_string_append (markup, head);
  }
  append_part (markup, _ ("Formula"), item->formula);
  append_part (markup, _ ("From"), item->citation);
  append_part (markup, _ ("What breaks it"), item->caution ? _ (item->caution) : NULL);
  gtk_label_set_markup (GTK_LABEL (self->about_text), markup->str);
  gtk_widget_set_tooltip_text (self->about, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->about), GTK_ACCESSIBLE_PROPERTY_LABEL, what,
                                  -1);
}

static void
isc_item_chooser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == SELECTED)
    g_value_set_uint (value, ISC_ITEM_CHOOSER (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
isc_item_chooser_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  IscItemChooser *self = ISC_ITEM_CHOOSER (object);

  if (id != SELECTED)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (g_value_get_uint (value) != self->selected
           && g_value_get_uint (value) < g_list_model_get_n_items (G_LIST_MODEL (self->ids)))
    {
      self->selected = g_value_get_uint (value);
      show_item (self);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
isc_item_chooser_dispose (GObject *object)
{
  IscItemChooser *self = ISC_ITEM_CHOOSER (object);

  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  G_OBJECT_CLASS (isc_item_chooser_parent_class)->dispose (object);
}

static void
isc_item_chooser_finalize (GObject *object)
{
  IscItemChooser *self = ISC_ITEM_CHOOSER (object);

  g_object_unref (self->ids);
  g_strfreev (self->words);
  g_free (self->none);
  G_OBJECT_CLASS (isc_item_chooser_parent_class)->finalize (object);
}

static void
isc_item_chooser_class_init (IscItemChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = isc_item_chooser_get_property;
  object_class->set_property = isc_item_chooser_set_property;
  object_class->dispose = isc_item_chooser_dispose;
  object_class->finalize = isc_item_chooser_finalize;
  properties[SELECTED]
      = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
isc_item_chooser_init (IscItemChooser *self)
{
  self->ids = gtk_string_list_new (NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "item-chooser");
  make_button (self);
  make_about (self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->about);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  g_signal_connect (self, "notify::title", G_CALLBACK (name_button), NULL);
}

GtkWidget *
isc_item_chooser_new (IscKind kind, const char *none)
{
  IscItemChooser *self = g_object_new (ISC_TYPE_ITEM_CHOOSER, NULL);
  guint n;
  const IscItem *const *items = isc_item_chooser_list (kind, &n);

  self->kind = kind;
  self->none = g_strdup (none);
  if (none)
    gtk_string_list_append (self->ids, "");
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (self->ids, items[i]->id);
  show_item (self);
  return GTK_WIDGET (self);
}

char **
isc_item_chooser_search (IscItemChooser *self, const char *text)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  ensure_list (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  search_cb (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->found)); i++)
    {
      g_autoptr (GtkStringObject) object = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      g_strv_builder_add (ids, gtk_string_object_get_string (object));
    }
  return g_strv_builder_end (ids);
}

const IscItem *const *
isc_item_chooser_list (IscKind kind, guint *n)
{
  const IscItem *const *items = isc_catalog_get_items (kind, n);

  /* Layers without weights stand last in their list. */
  while (kind == ISC_KIND_LAYER && *n > 0
         && !isc_layer_has_weights ((const IscLayer *)items[*n - 1]))
    --*n;
  return items;
}
