// GET /v1/taken: the open tasks that somebody may see, earliest deadline first.
//
// Read from the index of tasks: a page costs its own length and one look per team, however many
// tasks there are; a filter that nearly nothing passes costs the tasks it passes over. Threads:
// any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

HttpResponse ListTasks(const ApiContext& api, const Call& call);

}  // namespace vroegsein
