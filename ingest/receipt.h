// Receipt (ontvangstbevestiging): what became of one signal of a delivery, as the partner reads it.
//
// Grammar of the JSON, one object without white space, fields always in this order:
//   {"regel":3,"id":"WS-1"|null,"status":"aanvaard"|"dubbel"|"afgewezen","ddasStatus":"..."|null,
//    "zaakId":"..."|null,"fouten":[{"code":"...","veld":"...","melding":"..."}]}
// A rejected signal has no ddasStatus and no zaakId; an id that could not be read is null.
// Values; thread safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/field_error.h"

namespace vroegsein {

enum class ReceiptStatus { kAccepted, kDuplicate, kRejected };

struct Receipt {
  uint64_t row = 0;
  std::string id;
  ReceiptStatus status = ReceiptStatus::kRejected;
  std::string ddas_status;
  std::optional<std::string> case_id;
  std::vector<FieldError> errors;
};

// `aanvaard`, `dubbel`, `afgewezen`.
std::string_view NameOf(ReceiptStatus status);

// Appends the object above to `out`, without a newline.
void AppendReceiptJson(const Receipt& receipt, std::string* out);

// Appends `text` as a JSON string with its quotes. `text` is UTF-8; bytes that are not become
// U+FFFD, so that what we write is always JSON.
void AppendJsonString(std::string_view text, std::string* out);

}  // namespace vroegsein
