#include "ingest/http/request_target.h"

#include <algorithm>
#include <optional>

#include "ingest/utf8.h"

namespace vroegsein {
namespace {

std::optional<unsigned> HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

// Percent-decoded UTF-8 without control characters; `plus_is_space` as in a query.
std::optional<std::string> Decode(std::string_view text, bool plus_is_space) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '+' && plus_is_space) c = ' ';
    if (c == '%') {
      if (at + 2 >= text.size()) return std::nullopt;
      auto high = HexDigit(text[at + 1]);
      auto low = HexDigit(text[at + 2]);
      if (!high || !low) return std::nullopt;
      c = static_cast<char>(*high * 16 + *low);
      at += 2;
      if (!plus_is_space && (c == '/' || c == '\\')) return std::nullopt;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
    out.push_back(c);
  }
  if (FindInvalidUtf8(out)) return std::nullopt;
  return out;
}

bool HasDotSegment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    std::string_view segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

bool ParseQuery(std::string_view query, std::vector<HttpField>* fields) {
  while (!query.empty()) {
    std::string_view field = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(field.size() + 1, query.size()));
    if (field.empty()) continue;
    size_t equals = field.find('=');
    auto name = Decode(field.substr(0, equals), true);
    auto value = Decode(equals == std::string_view::npos ? "" : field.substr(equals + 1), true);
    if (!name || !value || fields->size() == kQueryFieldsMax) return false;
    fields->emplace_back(*std::move(name), *std::move(value));
  }
  return true;
}

}  // namespace

bool ParseRequestTarget(std::string_view target, HttpRequest* request) {
  if (target == "*") {
    request->path.assign(target);
    return request->method == "OPTIONS";
  }
  // The absolute form, which a proxy may send (RFC 9112, 3.2.2).
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    size_t path = target.find_first_of("/?", scheme.size());
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return false;
  size_t question = target.find('?');
  auto path = Decode(target.substr(0, question), false);
  if (!path || HasDotSegment(*path) || path->find("//") != std::string::npos) return false;
  request->path = *std::move(path);
  return question == std::string_view::npos ||
         ParseQuery(target.substr(question + 1), &request->query);
}

}  // namespace vroegsein
