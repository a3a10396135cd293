// GET /v1/zaken/{zaakId}, GET /v1/huishoudens/{huishoudenId}, and what a team does with a case:
// contactpogingen, eindresultaat, notities, oppakken, teruggeven, toewijzen, regie, ongedaan-maken.
//
// What is done goes through the log, and the answer is the case as it is after it. The worker's
// name is that of who is signed in. Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

HttpResponse ShowCase(const ApiContext& api, const Call& call);
HttpResponse ShowHousehold(const ApiContext& api, const Call& call);
HttpResponse AddContactAttempt(const ApiContext& api, const Call& call);
HttpResponse RecordOutcome(const ApiContext& api, const Call& call);
HttpResponse ClaimTask(const ApiContext& api, const Call& call);
HttpResponse ReleaseTask(const ApiContext& api, const Call& call);
HttpResponse AssignTask(const ApiContext& api, const Call& call);
HttpResponse ChangeLead(const ApiContext& api, const Call& call);
HttpResponse UndoAction(const ApiContext& api, const Call& call);
HttpResponse AddNote(const ApiContext& api, const Call& call);

}  // namespace vroegsein
