#include "rules/feel/type.h"

#include <algorithm>
#include <array>

namespace vroegsein::feel {

namespace {

struct NamedType {
  const char* name;
  Kind kind;
};

constexpr std::array<NamedType, 10> kSimpleTypes = {{
    {"number", Kind::kNumber},
    {"string", Kind::kString},
    {"boolean", Kind::kBoolean},
    {"date", Kind::kDate},
    {"time", Kind::kTime},
    {"date and time", Kind::kDateTime},
    {"dateTime", Kind::kDateTime},
    {"days and time duration", Kind::kDaysDuration},
    {"dayTimeDuration", Kind::kDaysDuration},
    {"years and months duration", Kind::kMonthsDuration},
}};

std::vector<Type> MakeBuiltins() {
  std::vector<Type> out;
  for (const NamedType& row : kSimpleTypes) {
    Type type;
    type.form = Type::Form::kSimple;
    type.simple = row.kind;
    type.name = row.name;
    out.push_back(type);
  }
  Type months = out.back();
  months.name = "yearMonthDuration";
  out.push_back(months);
  const std::array<std::pair<const char*, Type::Form>, 4> others = {
      {{"Any", Type::Form::kAny},
       {"Null", Type::Form::kNull},
       {"context", Type::Form::kContext},
       {"function", Type::Form::kFunction}}};
  for (const auto& [name, form] : others) {
    Type type;
    type.form = form;
    type.name = name;
    out.push_back(type);
  }
  return out;
}

const std::vector<Type>& Builtins() {
  static const auto* types = new std::vector<Type>(MakeBuiltins());
  return *types;
}

bool ConformsFunction(const Type& from, const Type& to, int depth_left) {
  if (to.element == nullptr && to.members.empty()) return true;
  if (from.members.size() != to.members.size()) return false;
  for (size_t i = 0; i < to.members.size(); ++i) {
    if (!Conforms(*to.members[i].second, *from.members[i].second, depth_left - 1)) return false;
  }
  if (to.element == nullptr || from.element == nullptr) return true;
  return Conforms(*from.element, *to.element, depth_left - 1);
}

}  // namespace

const Type* Type::Member(std::string_view member) const {
  for (const auto& [key, type] : members) {
    if (key == member) return type;
  }
  return nullptr;
}

const Type* BuiltinType(std::string_view name) {
  for (const Type& type : Builtins()) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

const Type* AnyType() {
  static const Type* any = BuiltinType("Any");
  return any;
}

const Type* TypeOfKind(Kind kind) {
  for (const Type& type : Builtins()) {
    if (type.form == Type::Form::kSimple && type.simple == kind) return &type;
  }
  return kind == Kind::kNull ? BuiltinType("Null") : AnyType();
}

Type* TypeArena::Make(Type::Form form) {
  types_.push_back(std::make_unique<Type>());
  types_.back()->form = form;
  return types_.back().get();
}

const Type* TypeArena::ListOf(const Type* element) {
  Type* type = Make(Type::Form::kList);
  type->element = element;
  return type;
}

const Type* TypeArena::RangeOf(const Type* element) {
  Type* type = Make(Type::Form::kRange);
  type->element = element;
  return type;
}

bool Conforms(const Type& from, const Type& to, int depth_left) {
  if (&from == &to || to.form == Type::Form::kAny || depth_left == 0) return true;
  if (from.form == Type::Form::kNull) return true;
  if (from.form != to.form) return false;
  switch (to.form) {
    case Type::Form::kSimple: return from.simple == to.simple;
    case Type::Form::kList:
    case Type::Form::kRange:
      if (to.element == nullptr || from.element == nullptr) return true;
      return Conforms(*from.element, *to.element, depth_left - 1);
    case Type::Form::kContext:
      for (const auto& [name, type] : to.members) {
        const Type* own = from.Member(name);
        if (own == nullptr || !Conforms(*own, *type, depth_left - 1)) return false;
      }
      return true;
    case Type::Form::kFunction: return ConformsFunction(from, to, depth_left);
    default: return true;
  }
}

bool Guarantees(const Type& from, const Type& to, int depth_left) {
  if (&from == &to || (to.form == Type::Form::kAny && to.constraints.empty())) return true;
  if (depth_left == 0 || from.form != to.form) return false;
  const bool as_strict =
      std::all_of(to.constraints.begin(), to.constraints.end(), [&from](const Program* constraint) {
        return std::find(from.constraints.begin(), from.constraints.end(), constraint) !=
               from.constraints.end();
      });
  if (!as_strict) return false;
  if (to.form == Type::Form::kSimple) return from.simple == to.simple;
  if (to.form != Type::Form::kContext) return false;
  for (const auto& [name, type] : to.members) {
    const Type* own = from.Member(name);
    if (own == nullptr || !Guarantees(*own, *type, depth_left - 1)) return false;
  }
  return true;
}

}  // namespace vroegsein::feel
