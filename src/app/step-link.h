/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/training-figure.h"

/**
 * IscStepLink:
 *
 * Keeps the step axes of Training's figures together: who zooms into some steps of one sees the
 * same steps of the other.  Figures that do not run over the same time are left alone.
 */
typedef struct _IscStepLink IscStepLink;

/** isc_step_link_new: @upper: a figure, which outlives the link; @lower: another */
IscStepLink *isc_step_link_new (IscTrainingFigure *upper, IscTrainingFigure *lower);
void isc_step_link_free (IscStepLink *link);

/** isc_step_link_set_active: whether they are together, as they are at first; the lower one joins
 * the upper */
void isc_step_link_set_active (IscStepLink *link, gboolean active);
gboolean isc_step_link_get_active (const IscStepLink *link);

/** isc_step_link_show: shows @figure in one of them; a figure of another kind than before joins the
 *  other one */
void isc_step_link_show (IscStepLink *link, IscTrainingFigure *in, IscFigure *figure);
