// What a worker typed and has not sent (GET and POST /v1/zaken/{zaakId}/concept), and the filters
// that somebody keeps and shares (/v1/filters). Both live in the workplace, not in the log.
// Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

inline constexpr size_t kDraftCharsMax = 8'000;
inline constexpr size_t kFiltersPerPersonMax = 50;
inline constexpr size_t kFiltersMax = 20'000;

HttpResponse ShowDraft(const ApiContext& api, const Call& call);
HttpResponse KeepDraft(const ApiContext& api, const Call& call);
HttpResponse ListFilters(const ApiContext& api, const Call& call);
HttpResponse KeepFilter(const ApiContext& api, const Call& call);
HttpResponse RemoveFilter(const ApiContext& api, const Call& call);

// Whether a draft still has its case.
bool IsOpenCase(const Database& database, const std::string& case_id);

}  // namespace vroegsein
