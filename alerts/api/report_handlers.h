// GET /v1/rapportages/{naam} and POST /v1/ddas/gegevens: what managers and Statistics Netherlands
// get. Threads: any; a report reads the whole of its municipalities.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

// The exchange file in one answer, bytes; above it the caller asks for a shorter period.
inline constexpr size_t kDdasBytesMax = 128u << 20;

HttpResponse ShowReport(const ApiContext& api, const Call& call);
HttpResponse ExportDdasData(const ApiContext& api, const Call& call);

}  // namespace vroegsein
