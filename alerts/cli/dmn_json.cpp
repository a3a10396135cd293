#include "alerts/cli/dmn_json.h"

#include <simdjson.h>

#include "rules/feel/temporal_values.h"

namespace vroegsein {

namespace {

using feel::Kind;
using feel::Value;

constexpr int kJsonDepthMax = 100;

std::optional<Value> Read(simdjson::ondemand::value json, int depth);

std::optional<Value> ReadArray(simdjson::ondemand::value json, int depth) {
  simdjson::ondemand::array array;
  if (json.get_array().get(array) != simdjson::SUCCESS) return std::nullopt;
  std::vector<Value> items;
  for (auto item : array) {
    simdjson::ondemand::value element;
    if (item.get(element) != simdjson::SUCCESS) return std::nullopt;
    auto value = Read(element, depth + 1);
    if (!value) return std::nullopt;
    items.push_back(std::move(*value));
  }
  return feel::MakeList(std::move(items));
}

std::optional<Value> ReadObject(simdjson::ondemand::value json, int depth) {
  simdjson::ondemand::object object;
  if (json.get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
  feel::ContextBuilder context;
  for (auto field : object) {
    std::string_view key;
    simdjson::ondemand::value element;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS) return std::nullopt;
    const std::string name(key);
    if (field.value().get(element) != simdjson::SUCCESS || context.Find(name) != nullptr) {
      return std::nullopt;
    }
    auto value = Read(element, depth + 1);
    if (!value) return std::nullopt;
    context.Put(name, std::move(*value));
  }
  return context.Build();
}

std::optional<Value> ReadNumber(simdjson::ondemand::value json) {
  double checked = 0;  // the grammar is simdjson's; the digits are ours
  std::string_view token = json.raw_json_token();
  while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ') token.remove_suffix(1);
  const auto number = feel::Number::Parse(token);
  if (!number || json.get_double().get(checked) != simdjson::SUCCESS) return std::nullopt;
  return Value::Number(*number);
}

std::optional<Value> Read(simdjson::ondemand::value json, int depth) {
  simdjson::ondemand::json_type type;
  if (depth > kJsonDepthMax || json.type().get(type) != simdjson::SUCCESS) return std::nullopt;
  switch (type) {
    case simdjson::ondemand::json_type::array: return ReadArray(json, depth);
    case simdjson::ondemand::json_type::object: return ReadObject(json, depth);
    case simdjson::ondemand::json_type::number: return ReadNumber(json);
    case simdjson::ondemand::json_type::string: {
      std::string_view text;
      if (json.get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
      return Value::String(text);
    }
    case simdjson::ondemand::json_type::boolean: {
      bool boolean = false;
      if (json.get_bool().get(boolean) != simdjson::SUCCESS) return std::nullopt;
      return Value::Boolean(boolean);
    }
    default: break;
  }
  bool null = false;
  if (json.is_null().get(null) != simdjson::SUCCESS || !null) return std::nullopt;
  return Value();
}

void Write(const Value& value, std::string* out) {
  switch (value.kind()) {
    case Kind::kNull:
    case Kind::kBoolean:
    case Kind::kNumber: *out += value.ToString(); return;
    case Kind::kList: {
      *out += '[';
      bool first = true;
      for (const Value& item : value.list()) {
        if (!first) *out += ", ";
        first = false;
        Write(item, out);
      }
      *out += ']';
      return;
    }
    case Kind::kContext: {
      *out += '{';
      bool first = true;
      for (const auto& entry : value.context().entries()) {
        if (!first) *out += ", ";
        first = false;
        *out += JsonString(entry.name()) + ": ";
        Write(entry.value, out);
      }
      *out += '}';
      return;
    }
    default: *out += JsonString(value.ToString());
  }
}

}  // namespace

Result<Value> ValueFromJson(std::string_view json) {
  simdjson::padded_string padded(json);
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  simdjson::ondemand::value root;
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_value().get(root) != simdjson::SUCCESS) {
    return Status::Invalid("the input is no JSON object");
  }
  auto value = Read(root, 0);
  if (!value || document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    return Status::Invalid("the input is not well-formed JSON");
  }
  return std::move(*value);
}

std::string JsonString(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string JsonFromValue(const Value& value) {
  std::string out;
  Write(value, &out);
  return out;
}

Value ReadAs(const Value& value, const feel::Type* type) {
  using Form = feel::Type::Form;
  if (type == nullptr) return value;
  if (type->form == Form::kSimple && value.IsString() && type->simple != Kind::kString) {
    const Value read = feel::ParseTemporal(value.string());
    if (read.kind() == type->simple) return read;
    if (type->simple == Kind::kDateTime) return Value::Of(feel::DateTime::Parse(value.string()));
    return value;
  }
  if (type->form == Form::kList && value.IsList()) {
    std::vector<Value> items;
    for (const Value& item : value.list()) items.push_back(ReadAs(item, type->element));
    return feel::MakeList(std::move(items));
  }
  if (type->form == Form::kContext && value.IsContext()) {
    std::vector<feel::ContextObject::Entry> entries;
    for (const auto& entry : value.context().entries()) {
      entries.push_back({entry.key, ReadAs(entry.value, type->Member(entry.name()))});
    }
    return feel::MakeContext(std::move(entries));
  }
  return value;
}

}  // namespace vroegsein
