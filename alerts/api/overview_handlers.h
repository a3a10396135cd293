// GET /v1/werkvoorraad and GET /v1/werkvoorraad/patronen: how the work is divided, what is late,
// which households return, and where many cases of one kind lie together (collectief signaal).
//
// The division is counted from the index of tasks; patterns read every open case, at most
// kPatternCasesMax. Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

inline constexpr size_t kPatternCasesMax = 20'000;
inline constexpr size_t kCollectiveCasesMin = 3;
inline constexpr size_t kPatternsShownMax = 100;

HttpResponse ShowWorkload(const ApiContext& api, const Call& call);
HttpResponse ShowPatterns(const ApiContext& api, const Call& call);

}  // namespace vroegsein
