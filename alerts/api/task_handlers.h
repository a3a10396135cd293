// GET /v1/taken, POST /v1/taken/zoeken and POST /v1/taken/volgende: the list of open tasks, the
// same with words (which are personal data, and stay out of the URL), and the next one to do.
// Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

HttpResponse ListTasks(const ApiContext& api, const Call& call);
HttpResponse SearchTasks(const ApiContext& api, const Call& call);
HttpResponse TakeNextTask(const ApiContext& api, const Call& call);

}  // namespace vroegsein
