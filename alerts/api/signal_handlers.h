// POST /v1/vroegsignalen and GET /v1/leveringen/{leveringId}: deliveries of signals and their
// receipts.
//
// Every row of a delivery becomes an event, what was refused too, and the answer is given only when
// all of them are durable. So the answer and the delivery resource say the same. Threads: any.
#pragma once

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"
#include "ingest/decode_options.h"

namespace vroegsein {

// Rows in one delivery over HTTP; a larger one is handed in in parts.
inline constexpr uint64_t kDeliveryRowsMax = 100'000;
// The receipts of one delivery as text, bytes.
inline constexpr size_t kDeliveryReceiptBytesMax = 32u << 20;
// And those of all deliveries under way together; above it they are asked to come back.
inline constexpr size_t kReceiptBytesTogetherMax = 128u << 20;

HttpResponse TakeSignals(const ApiContext& api, const Call& call);
HttpResponse ShowDelivery(const ApiContext& api, const Call& call);

// Whose rows these are and what they may hold.
DecodeOptions DecodeOptionsFor(const ApiContext& api, const Identity& partner);

}  // namespace vroegsein
