/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"
#include "plot/scale.h"

typedef struct _IscMarkKind IscMarkKind;
typedef struct _IscPane IscPane;

/**
 * IscPicture:
 * @image: as it was given; its name is @name
 * @name: (nullable): what it is
 * @low: the smallest finite value, +inf if there is none
 * @high: the largest finite value, -inf if there is none
 * @n_not_finite: cells without a number
 *
 * What an image holds.
 */
typedef struct
{
  IscImage image;
  char *name;
  double low;
  double high;
  gsize n_not_finite;
} IscPicture;

/**
 * IscMark:
 * @kind: what it is
 * @style: its look, factors never 0
 * @label: (nullable): legend text; the words of an end
 * @x: positions; n+1 edges of bars; the value of a rule
 * @y: values; low side of a band
 * @z: high side of a band
 * @n: how many
 * @side: of a rule
 * @picture: (nullable): of an image
 * @spans: what it spans along each axis
 *
 * Something on a panel.
 */
typedef struct
{
  const IscMarkKind *kind;
  IscStyle style;
  char *label;
  double *x;
  double *y;
  double *z;
  gsize n;
  IscAxisSide side;
  IscPicture *picture;
  IscExtent spans[2];
} IscMark;

/** How a mark is shown in a legend. */
typedef enum
{
  ISC_KEY_NONE,
  ISC_KEY_AREA,
  ISC_KEY_LINE,
  ISC_KEY_MARKER,
  ISC_KEY_STEM,
} IscKey;

/** Which members of a row are filled: of a cell of an image row and column beside its value. */
typedef enum
{
  ISC_ROW_X = 1 << 0,
  ISC_ROW_Y = 1 << 1,
  ISC_ROW_ENDS = 1 << 2,
  ISC_ROW_CELL = 1 << 3,
} IscRowMembers;

/**
 * IscMarkRow:
 * @members: which of the others are filled
 * @x: position; the middle of a bar or of a cell
 * @y: value; the middle of a cell
 * @low: lower edge of a bar, or the low side of a band
 * @high: upper edge of a bar, or the high side of a band
 * @row: of a cell, from 0
 * @column: likewise
 * @value: of a cell
 *
 * A datum of a mark, in data units.
 */
typedef struct
{
  IscRowMembers members;
  double x;
  double y;
  double low;
  double high;
  gsize row;
  gsize column;
  float value;
} IscMarkRow;

/** IscMarkRowFunc: Returns: whether to go on */
typedef gboolean (*IscMarkRowFunc) (const IscMarkRow *row, gpointer data);

/**
 * IscMarkKind:
 * @name: its name in dumps
 * @key: its form in a legend
 * @level: what has a higher level lies on top
 * @extend: counts its data into what the axes span
 * @place: adds its items to a layout
 * @tabulate: tells every datum in order, none left out
 * @tell: (nullable): where datum @i is, for whoever walks through them
 *
 * A kind of mark as data: one file each, listed in marks.c.
 */
struct _IscMarkKind
{
  const char *name;
  IscKey key;
  guint level;
  void (*extend) (const IscMark *mark, IscExtent *x, IscExtent *y);
  void (*place) (const IscMark *mark, IscPane *pane);
  void (*tabulate) (const IscMark *mark, IscMarkRowFunc func, gpointer data);
  void (*tell) (const IscMark *mark, gsize i, double *x, double *y);
};

#define ISC_N_MARK_LEVELS 5

extern const IscMarkKind isc_mark_image;
extern const IscMarkKind isc_mark_bars;
extern const IscMarkKind isc_mark_steps;
extern const IscMarkKind isc_mark_band;
extern const IscMarkKind isc_mark_rule;
extern const IscMarkKind isc_mark_line;
extern const IscMarkKind isc_mark_points;
extern const IscMarkKind isc_mark_stem;
extern const IscMarkKind isc_mark_end;

/** isc_mark_kinds_get: Returns: (array length=n): the list */
const IscMarkKind *const *isc_mark_kinds_get (guint *n);

/** isc_mark_count: Returns: how many rows it tells */
gsize isc_mark_count (const IscMark *mark);

/** isc_mark_tabulate_xy: for marks of positions and values alone */
void isc_mark_tabulate_xy (const IscMark *mark, IscMarkRowFunc func, gpointer data);

/** isc_mark_tell_xy: likewise */
void isc_mark_tell_xy (const IscMark *mark, gsize i, double *x, double *y);

void isc_mark_free (gpointer mark);
