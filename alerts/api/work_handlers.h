// Work of many at once: POST /v1/taken/toewijzen, POST /v1/medewerkers/{gebruiker}/overdragen, the
// teams that may get it (GET /v1/teams), and what tells a screen of it (GET /v1/gebeurtenissen).
//
// A task goes to another only while it is still whose the coordinator thought it was. Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

HttpResponse AssignMany(const ApiContext& api, const Call& call);
HttpResponse HandOver(const ApiContext& api, const Call& call);
HttpResponse ListTeams(const ApiContext& api, const Call& call);
HttpResponse FollowChanges(const ApiContext& api, const Call& call);

}  // namespace vroegsein
