#include "ingest/receipt.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "ingest/utf8.h"

namespace vroegsein {
namespace {

// What JSON may have as it is and that is nearly all there is: printable ASCII.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t c = ' '; c <= '~'; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

void AppendEscaped(char c, std::string* out) {
  switch (c) {
    case '"': out->append("\\\""); break;
    case '\\': out->append("\\\\"); break;
    case '\n': out->append("\\n"); break;
    case '\r': out->append("\\r"); break;
    case '\t': out->append("\\t"); break;
    default:
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
        fmt::format_to(std::back_inserter(*out), "\\u{:04x}", static_cast<unsigned>(c));
      } else {
        out->push_back(c);
      }
  }
}

void AppendStringOrNull(bool present, std::string_view text, std::string* out) {
  if (present) {
    AppendJsonString(text, out);
  } else {
    out->append("null");
  }
}

void AppendError(const FieldError& error, std::string* out) {
  out->append("{\"code\":");
  AppendJsonString(error.code, out);
  out->append(",\"veld\":");
  AppendJsonString(error.field, out);
  out->append(",\"melding\":");
  AppendJsonString(error.message, out);
  out->push_back('}');
}

}  // namespace

std::string_view NameOf(ReceiptStatus status) {
  switch (status) {
    case ReceiptStatus::kAccepted: return "aanvaard";
    case ReceiptStatus::kDuplicate: return "dubbel";
    case ReceiptStatus::kRejected: break;
  }
  return "afgewezen";
}

void AppendJsonString(std::string_view text, std::string* out) {
  out->push_back('"');
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && kPlain[static_cast<unsigned char>(text[end])]) ++end;
    out->append(text.substr(at, end - at));
    at = end;
    if (at == text.size()) break;
    auto point = DecodeUtf8(text, at);
    if (!point) {
      AppendUtf8(0xFFFD, out);
      ++at;
    } else if (point->bytes == 1) {
      AppendEscaped(text[at++], out);
    } else {
      out->append(text.substr(at, point->bytes));
      at += point->bytes;
    }
  }
  out->push_back('"');
}

void AppendReceiptJson(const Receipt& receipt, std::string* out) {
  bool taken = receipt.status != ReceiptStatus::kRejected;
  fmt::format_to(std::back_inserter(*out), "{{\"regel\":{},\"id\":", receipt.row);
  AppendStringOrNull(!receipt.id.empty(), receipt.id, out);
  out->append(",\"status\":");
  AppendJsonString(NameOf(receipt.status), out);
  out->append(",\"ddasStatus\":");
  AppendStringOrNull(taken && !receipt.ddas_status.empty(), receipt.ddas_status, out);
  out->append(",\"zaakId\":");
  AppendStringOrNull(taken && receipt.case_id.has_value(), receipt.case_id.value_or(""), out);
  out->append(",\"fouten\":[");
  for (size_t i = 0; i < receipt.errors.size(); ++i) {
    if (i > 0) out->push_back(',');
    AppendError(receipt.errors[i], out);
  }
  out->append("]}");
}

}  // namespace vroegsein
