// TypeCheck looks for expressions of a model that can never work, whatever its inputs are: a string
// compared with a number, a date added to a text, a test against another type than its input's, an
// output that its column does not allow, arguments that a function does not take.
//
// Types come from item definitions, inputs, literals, operators and the functions themselves.
// What is not known is never reported. Private to rules/dmn. Pure; the work is one look at each
// node of the model.
#pragma once

#include <vector>

#include "rules/dmn/check.h"
#include "rules/dmn/definitions.h"

namespace vroegsein::dmn {

void CheckTypes(const Definitions& definitions, std::vector<Finding>* out);

}  // namespace vroegsein::dmn
