// The policy over HTTP: its versions, a new one with its tests, what is undone, and the shadow that
// runs along. Who may do what is in the table of routes (api.cpp).
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

// GET /v1/beleid, GET /v1/beleid/{hash}, GET /v1/beleid/{hash}/tests
HttpResponse ListPolicies(const ApiContext& api, const Call& call);
HttpResponse ShowPolicy(const ApiContext& api, const Call& call);
HttpResponse ShowPolicyTests(const ApiContext& api, const Call& call);
// POST /v1/beleid: 201, or 400 with every reason against it, or 409.
HttpResponse ActivatePolicy(const ApiContext& api, const Call& call);
// POST /v1/beleid/{hash}/intrekken
HttpResponse WithdrawPolicy(const ApiContext& api, const Call& call);
// POST /v1/schaduwbeleid, POST /v1/schaduwbeleid/stoppen
HttpResponse StartShadow(const ApiContext& api, const Call& call);
HttpResponse StopShadow(const ApiContext& api, const Call& call);
// GET /v1/schaduwbeleid/verschillen: reads every household of the municipality.
HttpResponse ListShadowDifferences(const ApiContext& api, const Call& call);

}  // namespace vroegsein
