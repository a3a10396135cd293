// The receipts of a delivery that came over HTTP, kept so that the partner can look them up later.
// Errors: of the store. Thread: the desk's.
#pragma once

#include <string>

#include "alerts/desk/context.h"
#include "ingest/receipt.h"

namespace vroegsein {

inline constexpr uint64_t kDeliveryChunkRows = 100;

Status KeepReceipt(const StepContext& context, const std::string& partner,
                   const std::string& delivery, const ReceiptRecord& receipt);

ReceiptRecord RecordOf(const Receipt& receipt);
Receipt ReceiptOf(const ReceiptRecord& record);

}  // namespace vroegsein
