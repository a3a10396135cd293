// POST /v1/aflopen and GET /v1/terugkoppelingen: what a partner tells of its signals, and hears of
// them. Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

// Rows in one delivery of aflopen over HTTP.
inline constexpr size_t kAftermathRowsMax = 50'000;

HttpResponse TakeAftermaths(const ApiContext& api, const Call& call);

// Cursor (`vanaf`): the number of the last feedback that was read, `17`; for a partner of several
// municipalities one per municipality, `0080.17-0090.3`. Opaque to the partner.
HttpResponse ListFeedback(const ApiContext& api, const Call& call);

}  // namespace vroegsein
