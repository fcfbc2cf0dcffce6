/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment-private.h"

/** isc_read_weights: reads the document's weights section, @node, into @experiment */
void isc_read_weights (GPtrArray *problems, JsonNode *node, IscExperiment *experiment);
