// Who belongs together, decided by people: the review list, joining and dividing households.
//
// Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

HttpResponse ListReviews(const ApiContext& api, const Call& call);
HttpResponse AnswerReview(const ApiContext& api, const Call& call);
HttpResponse JoinHouseholds(const ApiContext& api, const Call& call);
HttpResponse DivideHousehold(const ApiContext& api, const Call& call);

}  // namespace vroegsein
