#include "ingest/json_record.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>
#include <string>

#include "ingest/error_code.h"
#include "ingest/json_scan.h"
#include "ingest/utf8.h"

namespace vroegsein {
namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

constexpr size_t kNoGroup = SIZE_MAX;
constexpr size_t kBufferBytesMin = 4096;
constexpr size_t kUnknownNameCharsMax = 64;
// Of one record: what is wrong with it is clear by then, and the errors may not outgrow it.
constexpr size_t kErrorsMax = 50;
constexpr std::string_view kJsonSpace = " \t\r\n";

// Where the scan says that the text breaks, and how; nullopt when its brackets are in order.
std::optional<FieldError> FindBreak(std::string_view json) {
  JsonScan scan;
  size_t last = json.find_last_not_of(kJsonSpace);
  size_t end = last == std::string_view::npos ? 0 : last + 1;
  for (size_t at = 0; at < end; ++at) {
    auto event = scan.Feed(json[at]);
    bool broken = event == JsonScan::Event::kMisplacedOpen ||
                  event == JsonScan::Event::kEnclosingClose || scan.mended();
    if (broken) return MakeError(ErrorCode::kJsonBroken, "", std::to_string(at + 1));
    if (event == JsonScan::Event::kClosed && at + 1 < end) {
      return MakeError(ErrorCode::kJsonTrailing, "", std::to_string(at + 2));
    }
  }
  if (scan.depth() > 0 || scan.in_string() || end == 0) {
    return MakeError(ErrorCode::kJsonTruncated, "", std::to_string(end));
  }
  return std::nullopt;
}

// A raw control character inside a string is the one break that the brackets do not show.
size_t FindControlInString(std::string_view json) {
  JsonScan scan;
  for (size_t at = 0; at < json.size(); ++at) {
    if (scan.in_string() && static_cast<unsigned char>(json[at]) < 0x20) return at;
    scan.Feed(json[at]);
  }
  return 0;
}

size_t CountDigits(std::string_view text, size_t from) {
  size_t at = from;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at - from;
}

// RFC 8259, section 6.
bool IsJsonNumber(std::string_view token) {
  size_t at = token.starts_with('-') ? 1 : 0;
  size_t whole = CountDigits(token, at);
  if (whole == 0 || (whole > 1 && token[at] == '0')) return false;
  at += whole;
  if (at < token.size() && token[at] == '.') {
    size_t fraction = CountDigits(token, at + 1);
    if (fraction == 0) return false;
    at += 1 + fraction;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    size_t exponent = CountDigits(token, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == token.size();
}

}  // namespace

class JsonRecordReader::Impl {
 public:
  explicit Impl(const RecordShape& shape) : shape_(shape) {}

  bool Read(std::string_view json, RawRecord* record, std::vector<FieldError>* errors) {
    record->Clear();
    record_ = record;
    errors_ = errors;
    seen_fields_ = seen_groups_ = faulty_groups_ = 0;
    next_ = 0;
    not_an_object_ = false;
    location_.reset();
    size_t errors_before = errors->size();
    Copy(json);
    ondemand::document document;
    error_code error = parser_.iterate(buffer_.data(), json.size(), buffer_.size()).get(document);
    if (!error) error = ReadDocument(document);
    if (error == simdjson::SUCCESS) {
      ReportMissing(shape_, *record, faulty_groups_, errors);
      return true;
    }
    errors->resize(errors_before);
    errors->push_back(Explain(error, json));
    return false;
  }

 private:
  // simdjson reads a few bytes behind the text: they are ours, and always spaces.
  void Copy(std::string_view json) {
    size_t needed = json.size() + simdjson::SIMDJSON_PADDING;
    if (buffer_.size() < needed) buffer_.resize(std::max(needed, kBufferBytesMin));
    std::memcpy(buffer_.data(), json.data(), json.size());
    std::memset(buffer_.data() + json.size(), ' ', simdjson::SIMDJSON_PADDING);
  }

  error_code ReadDocument(ondemand::document& document) {
    ondemand::json_type type;
    if (auto error = document.type().get(type)) return error;
    not_an_object_ = type != ondemand::json_type::object;
    if (not_an_object_) return simdjson::INCORRECT_TYPE;
    ondemand::object object;
    if (auto error = document.get_object().get(object)) return error;
    error_code error = ReadObject(object, kNoGroup);
    const char* location = nullptr;
    bool at_end = document.current_location().get(location) == simdjson::OUT_OF_BOUNDS;
    if (!at_end && location != nullptr) location_ = static_cast<size_t>(location - buffer_.data());
    if (error) return error;
    return at_end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
  }

  error_code ReadObject(ondemand::object& object, size_t group) {
    for (auto found : object) {
      ondemand::field field;
      if (auto error = std::move(found).get(field)) return error;
      std::string_view name;
      if (auto error = field.unescaped_key().get(name)) return error;
      if (auto error = ReadField(field.value(), group, name)) return error;
    }
    return simdjson::SUCCESS;
  }

  error_code ReadField(ondemand::value value, size_t group, std::string_view name) {
    if (group == kNoGroup) {
      auto at = std::find(shape_.groups.begin(), shape_.groups.end(), name);
      if (at != shape_.groups.end()) {
        return ReadGroup(value, static_cast<size_t>(at - shape_.groups.begin()));
      }
    }
    std::string_view group_name = group == kNoGroup ? "" : shape_.groups[group];
    auto index = Find(group_name, name);
    if (!index) {
      Report(ErrorCode::kFieldUnknown, PointerOfUnknown(group_name, name));
      return Skip(value);
    }
    if ((seen_fields_ >> *index) & 1u) {
      Report(ErrorCode::kFieldDuplicate, shape_.fields[*index].pointer);
      record_->values[*index].state = RawState::kFaulty;
      return Skip(value);
    }
    seen_fields_ |= 1u << *index;
    return ReadValue(value, shape_.fields[*index], &record_->values[*index]);
  }

  error_code ReadGroup(ondemand::value value, size_t group) {
    std::string pointer = "/" + std::string(shape_.groups[group]);
    if ((seen_groups_ >> group) & 1u) {
      Report(ErrorCode::kFieldDuplicate, pointer);
      return simdjson::SUCCESS;
    }
    seen_groups_ |= 1u << group;
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return error;
    if (type == ondemand::json_type::null) return Null(value);
    if (type != ondemand::json_type::object) {
      faulty_groups_ |= 1u << group;
      Report(ErrorCode::kTypeObject, pointer);
      return Skip(value);
    }
    ondemand::object object;
    if (auto error = value.get_object().get(object)) return error;
    return ReadObject(object, group);
  }

  error_code ReadValue(ondemand::value& value, const FieldSpec& spec, RawValue* raw) {
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return error;
    if (type == ondemand::json_type::null) return Null(value);
    raw->state = RawState::kPresent;
    if (spec.type == FieldType::kText && type == ondemand::json_type::string) {
      return value.get_string().get(raw->text);
    }
    if (spec.type == FieldType::kBoolean && type == ondemand::json_type::boolean) {
      return value.get_bool().get(raw->flag);
    }
    if (spec.type == FieldType::kInteger && type == ondemand::json_type::number) {
      return ReadInteger(value, spec, raw);
    }
    raw->state = RawState::kFaulty;
    Report(TypeErrorOf(spec.type), spec.pointer);
    return Skip(value);
  }

  error_code ReadInteger(ondemand::value& value, const FieldSpec& spec, RawValue* raw) {
    std::string_view token = value.raw_json_token();
    token = token.substr(0, token.find_last_not_of(kJsonSpace) + 1);
    bool whole = token.find_first_of(".eE") == std::string_view::npos;
    if (whole && value.get_int64().get(raw->number) == simdjson::SUCCESS) return simdjson::SUCCESS;
    if (!IsJsonNumber(token)) return simdjson::NUMBER_ERROR;
    raw->state = RawState::kFaulty;
    if (whole) {
      Report(ErrorCode::kNumberRange, spec.pointer, "een bedrag of aantal dat kan bestaan");
    } else {
      Report(ErrorCode::kTypeInteger, spec.pointer);
    }
    return simdjson::SUCCESS;
  }

  // A value that is reported already: is it JSON at least? What is inside brackets is not looked
  // at.
  static error_code Skip(ondemand::value& value) {
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return error;
    bool flag;
    std::string_view text;
    switch (type) {
      case ondemand::json_type::boolean: return value.get_bool().get(flag);
      case ondemand::json_type::string: return value.get_string().get(text);
      case ondemand::json_type::null: return Null(value);
      case ondemand::json_type::number:
        text = value.raw_json_token();
        text = text.substr(0, text.find_last_not_of(kJsonSpace) + 1);
        return IsJsonNumber(text) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
      default: return simdjson::SUCCESS;
    }
  }

  static error_code Null(ondemand::value& value) {
    bool is_null = false;
    if (auto error = value.is_null().get(is_null)) return error;
    return is_null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
  }

  std::optional<size_t> Find(std::string_view group, std::string_view name) {
    // Partners write the fields in a fixed order: the next one is nearly always the one that
    // follows.
    for (size_t step = 0; step < shape_.fields.size(); ++step) {
      size_t index = (next_ + step) % shape_.fields.size();
      const FieldSpec& spec = shape_.fields[index];
      if (spec.name == name && spec.group == group) {
        next_ = index + 1;
        return index;
      }
    }
    return std::nullopt;
  }

  static ErrorCode TypeErrorOf(FieldType type) {
    switch (type) {
      case FieldType::kText: return ErrorCode::kTypeText;
      case FieldType::kInteger: return ErrorCode::kTypeInteger;
      case FieldType::kBoolean: break;
    }
    return ErrorCode::kTypeBoolean;
  }

  FieldError Explain(error_code error, std::string_view json) const {
    if (auto bad = FindInvalidUtf8(json)) {
      return MakeError(ErrorCode::kEncoding, "", std::to_string(*bad + 1));
    }
    if (error == simdjson::UNESCAPED_CHARS) {
      return MakeError(ErrorCode::kJsonBroken, "", std::to_string(FindControlInString(json) + 1));
    }
    if (auto found = FindBreak(json)) return *found;
    if (not_an_object_) return MakeError(ErrorCode::kNotAnObject, "");
    return MakeError(ErrorCode::kJsonBroken, "",
                     std::to_string(std::min(location_.value_or(0), json.size()) + 1));
  }

  void Report(ErrorCode code, std::string_view pointer, std::string_view argument = {}) {
    if (errors_->size() == kErrorsMax) return;
    errors_->push_back(MakeError(code, pointer, argument));
  }

  const RecordShape& shape_;
  ondemand::parser parser_;
  std::vector<char> buffer_;
  RawRecord* record_ = nullptr;
  std::vector<FieldError>* errors_ = nullptr;
  std::optional<size_t> location_;
  size_t next_ = 0;
  bool not_an_object_ = false;
  unsigned seen_fields_ = 0;
  unsigned seen_groups_ = 0;
  unsigned faulty_groups_ = 0;
};

JsonRecordReader::JsonRecordReader(const RecordShape& shape)
    : impl_(std::make_unique<Impl>(shape)) {}
JsonRecordReader::~JsonRecordReader() = default;

bool JsonRecordReader::Read(std::string_view json, RawRecord* record,
                            std::vector<FieldError>* errors) {
  return impl_->Read(json, record, errors);
}

void ReportMissing(const RecordShape& shape, const RawRecord& record, unsigned faulty_groups,
                   std::vector<FieldError>* errors) {
  for (size_t i = 0; i < shape.fields.size(); ++i) {
    const FieldSpec& spec = shape.fields[i];
    if (!spec.required || record.values[i].state != RawState::kAbsent) continue;
    auto group = std::find(shape.groups.begin(), shape.groups.end(), spec.group);
    auto bit = static_cast<unsigned>(group - shape.groups.begin());
    if (group != shape.groups.end() && ((faulty_groups >> bit) & 1u)) continue;
    errors->push_back(MakeError(ErrorCode::kFieldMissing, spec.pointer));
  }
}

std::string PointerOfUnknown(std::string_view group, std::string_view name) {
  std::string pointer = group.empty() ? "" : "/" + std::string(group);
  bool plain = !name.empty() && std::isalpha(static_cast<unsigned char>(name[0])) != 0 &&
               name.size() <= kUnknownNameCharsMax &&
               std::all_of(name.begin(), name.end(), [](char c) {
                 return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
               });
  if (plain) pointer += "/" + std::string(name);
  return pointer;
}

}  // namespace vroegsein
