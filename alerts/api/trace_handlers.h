// GET /v1/toegangslog: who saw or changed what, for the privacy officer; newest first. Threads:
// any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

// So many records are looked through for one page; a page may be short and yet have a next.
inline constexpr size_t kTraceLookedThrough = 20'000;

HttpResponse ShowAccessLog(const ApiContext& api, const Call& call);

}  // namespace vroegsein
