#include "ingest/cloud_event.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <functional>

#include "ingest/error_code.h"

namespace vroegsein {
namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kVersion = "1.0";
constexpr std::string_view kFirstName = "specversion";
// It looks at one character in eleven; find() stops at every s.
const std::boyer_moore_horspool_searcher kSearcher(kFirstName.begin(), kFirstName.end());
constexpr std::array<std::string_view, 4> kTexts = {kFirstName, "id", "source", "type"};

std::string PointerTo(std::string_view name) { return "/" + std::string(name); }

size_t CountOf(const dom::object& envelope, std::string_view name) {
  size_t count = 0;
  for (dom::key_value_pair pair : envelope) count += pair.key == name ? 1 : 0;
  return count;
}

// A name that stands there once; else why not.
bool StandsOnce(const dom::object& envelope, std::string_view name,
                std::vector<FieldError>* errors) {
  size_t count = CountOf(envelope, name);
  if (count == 0) errors->push_back(MakeError(ErrorCode::kFieldMissing, PointerTo(name)));
  if (count > 1) errors->push_back(MakeError(ErrorCode::kFieldDuplicate, PointerTo(name)));
  return count == 1;
}

void CheckText(const dom::object& envelope, std::string_view name,
               std::vector<FieldError>* errors) {
  if (!StandsOnce(envelope, name, errors)) return;
  std::string_view text;
  if (envelope[name].get_string().get(text) != simdjson::SUCCESS || text.empty()) {
    errors->push_back(MakeError(ErrorCode::kTypeText, PointerTo(name)));
  } else if (name == kFirstName && text != kVersion) {
    errors->push_back(MakeError(ErrorCode::kCloudEventVersion, PointerTo(name)));
  }
}

}  // namespace

bool IsCloudEvent(std::string_view json) {
  // Hardly a bare signal has the word in it, and none need be parsed for it; a name may be escaped.
  bool may_be = std::search(json.begin(), json.end(), kSearcher) != json.end() ||
                json.find('\\') != std::string_view::npos;
  if (!may_be) return false;
  dom::parser parser;
  dom::object envelope;
  if (parser.parse(json.data(), json.size()).get_object().get(envelope) != simdjson::SUCCESS) {
    return false;
  }
  return CountOf(envelope, kFirstName) > 0;
}

std::string DataOfCloudEvent(std::string_view json, std::vector<FieldError>* errors) {
  dom::parser parser;
  dom::object envelope;
  if (parser.parse(json.data(), json.size()).get_object().get(envelope) != simdjson::SUCCESS) {
    errors->push_back(MakeError(ErrorCode::kJsonBroken, "", "1"));
    return "";
  }
  for (std::string_view name : kTexts) CheckText(envelope, name, errors);
  if (!StandsOnce(envelope, "data", errors)) return "";
  dom::element data = envelope["data"].value_unsafe();
  if (!data.is_object()) errors->push_back(MakeError(ErrorCode::kTypeObject, "/data"));
  return errors->empty() ? std::string(simdjson::minify(data)) : "";
}

}  // namespace vroegsein
