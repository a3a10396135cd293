// What every change of a case shares: the event on its way through the log, what the desk said of
// it, and the case as it is afterwards. Threads: any.
#pragma once

#include <string>

#include "alerts/api/api_context.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/router.h"

namespace vroegsein {

HttpResponse CaseResponse(const ApiContext& api, const Call& call, const FoundCase& found);

Event EventFor(const ApiContext& api, const FoundCase& found);

// Hands the event over, waits, and answers with the case or with why not.
HttpResponse Apply(const ApiContext& api, const Call& call, Event event);

// Whether `name` works for that team: one of its workers in the settings, or somebody with a key or
// an account who may work on its cases.
Result<bool> IsColleague(const ApiContext& api, const std::string& municipality,
                         const std::string& team, const std::string& name);

}  // namespace vroegsein
