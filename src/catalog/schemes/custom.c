/* SPDX-License-Identifier: GPL-3.0-or-later */

/* custom, script: a scheme of one's own, as an expression for one weight or as a file with a
 * function init(layer), the counterpart of PyTorch's model.apply(f).
 *
 * Nothing is promised about the law of the weights.  Numbers come one by one from PyTorch's
 * generator, as torch.rand(()) and torch.randn(()) give them; whole tensors that a script fills
 * with uniform_() or normal_(), and the schemes that it calls, have PyTorch's bits.
 * src/script/script.h says what the language knows and where its limits are. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "catalog/schemes/gain.h"
#include "catalog/schemes/schemes.h"
#include "script/script.h"

/* torch.nn.init.calculate_gain()'s slope of leaky_relu when none is given. */
#define DEFAULT_SLOPE 0.01

typedef struct
{
  const IscSite *site;
  IscTensor *tensor;
} Target;

/* init.NAME() of a script. */
static gboolean
fill_with_scheme (gpointer user_data, const IscCall *call, IscGenerator *generator, GError **error)
{
  const Target *target = user_data;
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, error);

  if (!arguments)
    return FALSE;
  /* A script that calls itself would have no end. */
  if (g_str_equal (item->id, "script"))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "a script cannot call a script");
      return FALSE;
    }
  return isc_scheme_fill ((const IscScheme *)item, arguments, target->site, generator,
                          target->tensor, error);
}

static gboolean
find_gain (gpointer user_data, const char *nonlinearity, double slope, double *gain, GError **error)
{
  g_autofree char *names = NULL;

  if (g_strv_contains (isc_gain_nonlinearities, nonlinearity))
    {
      *gain = isc_gain (nonlinearity, isnan (slope) ? DEFAULT_SLOPE : slope);
      return TRUE;
    }
  names = g_strjoinv ("', '", (char **)isc_gain_nonlinearities);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "calculate_gain: '%s' is not one of '%s'",
               nonlinearity, names);
  return FALSE;
}

static const IscScriptSchemes schemes = { .fill = fill_with_scheme, .gain = find_gain };

/* What the script sees of @target's site. */
static IscScriptTarget
script_target (Target *target)
{
  const IscSite *site = target->site;
  const char *dot = site->name ? strrchr (site->name, '.') : NULL;

  return (IscScriptTarget){
    .shape = site->shape,
    .fan_in = site->fan_in,
    .fan_out = site->fan_out,
    .kind = site->layer,
    .name = site->name,
    .parameter = dot ? dot + 1 : site->name,
    .schemes = &schemes,
    .user_data = target,
    .cancellable = site->cancellable,
  };
}

static gboolean
check_script (IscScript *script, const IscSite *site, GError **error)
{
  Target target = { .site = site };
  IscScriptTarget seen = script_target (&target);

  return script && isc_script_check (script, &seen, error);
}

static gboolean
fill_by_script (IscScript *script,
                const IscSite *site,
                IscGenerator *generator,
                IscTensor *tensor,
                GError **error)
{
  Target target = { .site = site, .tensor = tensor };
  IscScriptTarget seen = script_target (&target);

  return script
         && isc_script_fill (script, &seen, generator, isc_tensor_edit_data (tensor),
                             isc_tensor_get_count (tensor), error);
}

static gboolean
check_expression (const IscArguments *arguments, const IscSite *site, GError **error)
{
  g_autoptr (IscScript) script
      = isc_script_new_expression (isc_arguments_text (arguments, "expression"), error);

  return check_script (script, site, error);
}

static gboolean
check_file (const IscArguments *arguments, const IscSite *site, GError **error)
{
  g_autoptr (IscScript) script
      = isc_script_new_file (isc_arguments_text (arguments, "path"), error);

  return check_script (script, site, error);
}

static gboolean
fill_expression (const IscArguments *arguments,
                 const IscSite *site,
                 IscGenerator *generator,
                 IscTensor *tensor,
                 GError **error)
{
  g_autoptr (IscScript) script
      = isc_script_new_expression (isc_arguments_text (arguments, "expression"), error);

  return fill_by_script (script, site, generator, tensor, error);
}

static gboolean
fill_file (const IscArguments *arguments,
           const IscSite *site,
           IscGenerator *generator,
           IscTensor *tensor,
           GError **error)
{
  g_autoptr (IscScript) script
      = isc_script_new_file (isc_arguments_text (arguments, "path"), error);

  return fill_by_script (script, site, generator, tensor, error);
}

static IscLaw
no_law (const IscArguments *arguments, const IscSite *site)
{
  return (IscLaw){ .kind = ISC_LAW_NONE };
}

static char *
describe_expression (const IscArguments *arguments, const IscSite *site)
{
  return g_strdup (isc_arguments_text (arguments, "expression"));
}

static char *
describe_file (const IscArguments *arguments, const IscSite *site)
{
  return g_strdup_printf ("init(layer) of %s", isc_arguments_text (arguments, "path"));
}

static const IscParameter expression_parameters[] = {
  { "expression", ISC_PARAMETER_TEXT, "'randn() * sqrt(2 / fan_in)'", 1, ISC_SCRIPT_MAX_EXPRESSION,
    .help
    = N_ ("A Lua expression for one weight, over fan_in, fan_out, shape, row, col, index (these "
          "from 0), rand(), randn(), pi, abs, sqrt, exp, log, sin, cos, tanh, floor, min, max.") },
};

static const char *const endings[] = { ".lua", NULL };

static const IscParameter file_parameters[] = {
  { "path", ISC_PARAMETER_FILE, NULL, .choices = endings,
    .help = N_ (
        "A Lua file with a function init(layer), which fills layer.weight or layer.bias; layer has "
        "kind, name, parameter, shape, fan_in and fan_out as well.") },
};

#define CITATION                                                                                   \
  "Lua 5.4 Reference Manual (Ierusalimschy, de Figueiredo, Celes 2020); torch.nn.Module.apply"

const IscScheme isc_scheme_custom = {
  .item = {
    .id = "custom",
    .label = N_ ("Custom expression"),
    .summary = N_ ("Your own rule for one weight, as an expression in Lua."),
    .formula = "w = expression(fan_in, fan_out, shape, row, col, index), rand() ~ U(0, 1), randn() ~ N(0, 1)",
    .citation = CITATION,
    .caution = N_ ("No law is known for the weights, and numbers drawn one by one are not those that PyTorch draws "
               "for a whole tensor."),
    ISC_PARAMETERS (expression_parameters),
  },
  .library = "Initscope",
  .check = check_expression,
  .fill = fill_expression,
  .law = no_law,
  .describe = describe_expression,
};

const IscScheme isc_scheme_script = {
  .item = {
    .id = "script",
    .label = N_ ("Custom script"),
    .summary = N_ ("Your own function init(layer) in a Lua file, as model.apply(f) calls it in PyTorch."),
    .formula = "w = what init(layer) leaves in layer.weight; init.NAME(layer.weight) calls any scheme",
    .citation = CITATION,
    .caution = N_ ("No law is known for the weights; a parameter that the script does not touch keeps its default."),
    ISC_PARAMETERS (file_parameters),
  },
  .library = "Initscope",
  .check = check_file,
  .fill = fill_file,
  .law = no_law,
  .describe = describe_file,
};
