#include "rules/feel/builtins.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace vroegsein::feel {

namespace {

// "name(parameter:kind?, ...)->result": `?` after the kind: null is welcome; `=` : may be left out.
void AddRow(const BuiltinRow& row, std::map<std::string, Builtin, std::less<>>* out) {
  const std::string_view text = row.declaration;
  const size_t open = text.find('(');
  const size_t close = text.rfind(')');
  Builtin& builtin = (*out)[std::string(text.substr(0, open))];
  builtin.name = text.substr(0, open);
  if (const size_t arrow = text.find("->", close); arrow != std::string_view::npos) {
    builtin.result = BuiltinType(text.substr(arrow + 2));
  }
  Signature signature;
  signature.code = row.code;
  size_t at = open + 1;
  while (at < close) {
    const size_t end = std::min(text.find(',', at), close);
    std::string_view part = text.substr(at, end - at);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    const size_t colon = part.find(':');
    Parameter parameter;
    parameter.name = part.substr(0, colon);
    parameter.kind = part[colon + 1];
    for (const char mark : part.substr(colon + 2)) {
      if (mark == '?') parameter.nullable = true;
      if (mark == '=') parameter.optional = true;
      if (mark == '+') signature.variadic = true;
    }
    if (parameter.kind == '*') parameter.nullable = true;
    signature.parameters.push_back(parameter);
    at = end + 1;
  }
  builtin.signatures.push_back(std::move(signature));
}

const std::map<std::string, Builtin, std::less<>>& Table() {
  static const auto* table = [] {
    auto* out = new std::map<std::string, Builtin, std::less<>>();
    for (const auto* rows :
         {&ConversionBuiltins(), &StringBuiltins(), &NumberBuiltins(), &ListBuiltins(),
          &ContextBuiltins(), &TemporalBuiltins(), &RangeBuiltins()}) {
      for (const BuiltinRow& row : *rows) AddRow(row, out);
    }
    return out;
  }();
  return *table;
}

bool IsOfKind(const Value& value, char kind) {
  switch (kind) {
    case 'n': return value.IsNumber();
    case 's': return value.IsString();
    case 'b': return value.IsBoolean();
    case 'l': return value.IsList();
    case 'c': return value.IsContext();
    case 'f': return value.IsFunction();
    case 'r': return value.IsRange();
    case 'p': return !value.IsRange() && !value.IsNull() && !value.IsList();
    case 'd': return value.kind() == Kind::kDate;
    case 'D': return value.kind() == Kind::kDateTime;
    case 't': return value.kind() == Kind::kTime;
    case 'm': return value.kind() == Kind::kDate || value.kind() == Kind::kDateTime;
    case 'y': return value.kind() == Kind::kMonthsDuration;
    case 'x': return value.kind() == Kind::kDaysDuration;
    default: return true;
  }
}

enum class Match { kNo, kConverted, kExact };

// How well an argument fits a parameter; converts it in place when that makes it fit.
Match Adapt(const Parameter& parameter, Value* value) {
  if (value->IsNull()) return parameter.nullable ? Match::kExact : Match::kNo;
  if (IsOfKind(*value, parameter.kind)) return Match::kExact;
  if (parameter.kind == 'l') {
    *value = MakeList({*value});
    return Match::kConverted;
  }
  if (value->IsList() && value->list().size() == 1 && IsOfKind(value->list()[0], parameter.kind)) {
    const Value item = value->list()[0];
    *value = item;
    return Match::kConverted;
  }
  if (value->kind() == Kind::kDate && parameter.kind == 'D') {
    *value = Value::Of(DateTime::Make(value->date(), Time{0, 0, *Zone::Offset(0)}));
    return Match::kConverted;
  }
  return Match::kNo;
}

Match AdaptAll(const Signature& signature, Value* values, size_t count) {
  Match worst = Match::kExact;
  for (size_t i = 0; i < count; ++i) {
    const size_t at = std::min(i, signature.parameters.size() - 1);
    worst = std::min(worst, Adapt(signature.parameters[at], &values[i]));
    if (worst == Match::kNo) break;
  }
  return worst;
}

bool AllExact(const Signature& signature, const Value* values, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const Parameter& parameter = signature.parameters[std::min(i, signature.parameters.size() - 1)];
    const bool fits = values[i].IsNull() ? parameter.nullable : IsOfKind(values[i], parameter.kind);
    if (!fits) return false;
  }
  return true;
}

Value Refuse(Machine& machine, const Builtin& builtin) {
  return machine.Fail("the arguments of " + builtin.name + "() are not what it takes");
}

}  // namespace

bool TakesCount(const Signature& signature, size_t count) {
  if (count > signature.parameters.size()) return signature.variadic;
  for (size_t i = count; i < signature.parameters.size(); ++i) {
    if (!signature.parameters[i].optional) return false;
  }
  return true;
}

const Builtin* FindBuiltin(std::string_view name) {
  const auto found = Table().find(name);
  return found == Table().end() ? nullptr : &found->second;
}

const std::vector<std::string_view>& BuiltinNames() {
  static const auto* names = [] {
    auto* out = new std::vector<std::string_view>();
    for (const auto& [name, builtin] : Table()) out->push_back(name);
    return out;
  }();
  return *names;
}

Value BuiltinValue(const Builtin* builtin) {
  static const auto* values = [] {
    auto* out = new std::map<const Builtin*, Value>();
    for (const auto& [name, row] : Table()) {
      auto* function = new FunctionObject();
      function->builtin = &row;
      out->emplace(&row, Value::Adopt(Kind::kFunction, function));
    }
    return out;
  }();
  return values->at(builtin);
}

const Type* ResultType(const Builtin* builtin) { return builtin->result; }

Value CallBuiltin(Machine& machine, const Builtin& builtin, const Value* arguments, size_t count) {
  for (const Signature& signature : builtin.signatures) {
    if (TakesCount(signature, count) && AllExact(signature, arguments, count)) {
      return signature.code(machine, {arguments, count});
    }
  }
  for (const Signature& signature : builtin.signatures) {
    if (!TakesCount(signature, count)) continue;
    std::vector<Value> adapted(arguments, arguments + count);
    if (AdaptAll(signature, adapted.data(), count) == Match::kNo) continue;
    return signature.code(machine, {adapted.data(), count});
  }
  return Refuse(machine, builtin);
}

Value CallBuiltinNamed(Machine& machine, const Builtin& builtin, const std::vector<Value>& names,
                       const std::vector<Value>& arguments) {
  for (const Signature& signature : builtin.signatures) {
    if (names.size() > signature.parameters.size()) continue;
    std::vector<Value> ordered(signature.parameters.size());
    std::vector<bool> given(signature.parameters.size(), false);
    bool fits = true;
    for (size_t i = 0; i < names.size() && fits; ++i) {
      const auto at = std::find_if(signature.parameters.begin(), signature.parameters.end(),
                                   [&](const Parameter& p) { return p.name == names[i].string(); });
      fits = at != signature.parameters.end();
      if (!fits) break;
      const auto index = static_cast<size_t>(at - signature.parameters.begin());
      ordered[index] = arguments[i];
      given[index] = true;
    }
    size_t count = ordered.size();
    while (count > 0 && !given[count - 1] && signature.parameters[count - 1].optional) --count;
    fits = fits && TakesCount(signature, count);
    for (size_t i = 0; i < count && fits; ++i) {
      if (!given[i]) {
        fits = signature.parameters[i].optional || signature.parameters[i].nullable;
      } else {
        fits = Adapt(signature.parameters[i], &ordered[i]) != Match::kNo;
      }
    }
    if (fits) return signature.code(machine, {ordered.data(), count});
  }
  return Refuse(machine, builtin);
}

}  // namespace vroegsein::feel
