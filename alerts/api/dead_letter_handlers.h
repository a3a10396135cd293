// GET /v1/afgekeurd and POST /v1/afgekeurd/opnieuw: what partners put on their topics and was
// refused, for the administrator who may see all municipalities of that partner: why and where, and
// nothing of a person; and handing one in again.
// 404 where the log is not on Kafka. Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

class DeadLetters;

// `letters` may be nullptr: there are none.
HttpResponse ListRefused(DeadLetters* letters, const ApiContext& api, const Call& call);
HttpResponse HandInRefused(DeadLetters* letters, const ApiContext& api, const Call& call);

}  // namespace vroegsein
