// Sign-in at the municipality's own provider: /v1/sessies/openid/start and .../terug.
//
// Both are pages for a browser and answer with 303: to the provider, to the desk, or to the page of
// sign-in with the reason (`/?aanmelding=verlopen`). Threads: any; both may wait for the provider.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

HttpResponse StartOpenId(const ApiContext& api, const Call& call);
HttpResponse FinishOpenId(const ApiContext& api, const Call& call);

}  // namespace vroegsein
