// The string functions (DMN 1.5, 10.3.4.3).
#include <algorithm>

#include "rules/feel/builtins.h"
#include "rules/feel/regex.h"
#include "rules/feel/unicode.h"

namespace vroegsein::feel {

namespace {

Value Substring(Machine& machine, const Arguments& arguments) {
  const std::string& text = arguments[0].string();
  const auto start = arguments[1].number().TruncateToInt64();
  const auto size = static_cast<int64_t>(CountCodePoints(text));
  if (!start || *start == 0 || *start > size || *start < -size) {
    return machine.Fail("substring() starts outside the string");
  }
  const int64_t from = *start > 0 ? *start - 1 : size + *start;
  int64_t length = size - from;
  if (arguments.Given(2)) {
    const auto wanted = arguments[2].number().TruncateToInt64();
    if (!wanted || *wanted < 1) return machine.Fail("substring() needs a length of at least 1");
    length = std::min(length, *wanted);
  }
  const size_t begin = OffsetOf(text, static_cast<size_t>(from));
  const size_t end =
      begin + OffsetOf(std::string_view(text).substr(begin), static_cast<size_t>(length));
  return machine.String(text.substr(begin, end - begin));
}

Value StringLength(Machine&, const Arguments& arguments) {
  return Value::Number(static_cast<int64_t>(CountCodePoints(arguments[0].string())));
}

Value UpperCase(Machine& machine, const Arguments& arguments) {
  return machine.String(ToUpper(arguments[0].string()));
}

Value LowerCase(Machine& machine, const Arguments& arguments) {
  return machine.String(ToLower(arguments[0].string()));
}

Value SubstringBefore(Machine& machine, const Arguments& arguments) {
  const size_t at = arguments[0].string().find(arguments[1].string());
  return machine.String(at == std::string::npos ? "" : arguments[0].string().substr(0, at));
}

Value SubstringAfter(Machine& machine, const Arguments& arguments) {
  const size_t at = arguments[0].string().find(arguments[1].string());
  if (at == std::string::npos) return machine.String("");
  return machine.String(arguments[0].string().substr(at + arguments[1].string().size()));
}

Value ContainsText(Machine&, const Arguments& arguments) {
  return Value::Boolean(arguments[0].string().find(arguments[1].string()) != std::string::npos);
}

Value StartsWith(Machine&, const Arguments& arguments) {
  return Value::Boolean(arguments[0].string().starts_with(arguments[1].string()));
}

Value EndsWith(Machine&, const Arguments& arguments) {
  return Value::Boolean(arguments[0].string().ends_with(arguments[1].string()));
}

std::string_view Flags(const Arguments& arguments, size_t at) {
  return arguments.Given(at) ? std::string_view(arguments[at].string()) : std::string_view();
}

// A failed or exhausted regular expression as a value.
Value Broken(Machine& machine, const Regex& regex) {
  if (regex.timed_out()) return machine.Exhaust("a regular expression takes too long");
  return machine.Fail(regex.error());
}

Value Matches(Machine& machine, const Arguments& arguments) {
  Regex regex(arguments[1].string(), Flags(arguments, 2), machine.limits().regex_ms);
  const auto found = regex.Find(arguments[0].string());
  return found ? Value::Boolean(*found) : Broken(machine, regex);
}

Value Replace(Machine& machine, const Arguments& arguments) {
  Regex regex(arguments[1].string(), Flags(arguments, 3), machine.limits().regex_ms);
  auto replaced =
      regex.Replace(arguments[0].string(), arguments[2].string(), machine.limits().string_bytes);
  return replaced ? machine.String(std::move(*replaced)) : Broken(machine, regex);
}

Value Split(Machine& machine, const Arguments& arguments) {
  Regex regex(arguments[1].string(), "", machine.limits().regex_ms);
  const auto parts = regex.Split(arguments[0].string(), machine.limits().list_items);
  if (!parts) return Broken(machine, regex);
  std::vector<Value> out;
  for (const std::string& part : *parts) out.push_back(Value::String(part));
  return machine.List(std::move(out));
}

Value StringJoin(Machine& machine, const Arguments& arguments) {
  const std::string delimiter = arguments.Given(1) ? arguments[1].string() : "";
  std::string out;
  bool first = true;
  for (const Value& item : arguments[0].list()) {
    if (item.IsNull()) continue;
    if (!item.IsString()) return machine.Fail("string join() takes a list of strings");
    if (!first) out += delimiter;
    first = false;
    out += item.string();
    if (out.size() > machine.limits().string_bytes) return machine.Exhaust("a string is too long");
  }
  return machine.String(std::move(out));
}

}  // namespace

const std::vector<BuiltinRow>& StringBuiltins() {
  static const std::vector<BuiltinRow> rows = {
      {"substring(string:s, start position:n, length:n?=)->string", Substring},
      {"string length(string:s)->number", StringLength},
      {"upper case(string:s)->string", UpperCase},
      {"lower case(string:s)->string", LowerCase},
      {"substring before(string:s, match:s)->string", SubstringBefore},
      {"substring after(string:s, match:s)->string", SubstringAfter},
      {"replace(input:s, pattern:s, replacement:s, flags:s?=)->string", Replace},
      {"contains(string:s, match:s)->boolean", ContainsText},
      {"starts with(string:s, match:s)->boolean", StartsWith},
      {"ends with(string:s, match:s)->boolean", EndsWith},
      {"matches(input:s, pattern:s, flags:s?=)->boolean", Matches},
      {"split(string:s, delimiter:s)", Split},
      {"string join(list:l, delimiter:s?=)->string", StringJoin},
  };
  return rows;
}

}  // namespace vroegsein::feel
