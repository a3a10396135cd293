// Sign-in and sign-out: /v1/aanmeldwijzen, /v1/sessies, /v1/sessies/huidige and what is below it.
//
// A session is the server's; the browser gets a cookie that no script can read, and a CSRF token
// that every change has to show. Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

HttpResponse ShowSignInWays(const ApiContext& api, const Call& call);
HttpResponse OpenSession(const ApiContext& api, const Call& call);
HttpResponse ShowSession(const ApiContext& api, const Call& call);
HttpResponse CloseSession(const ApiContext& api, const Call& call);
HttpResponse ChangePassword(const ApiContext& api, const Call& call);

}  // namespace vroegsein
