#include "rules/feel/typing.h"

#include <algorithm>
#include <array>

namespace vroegsein::feel {

namespace {

using Form = Type::Form;

constexpr std::array<Kind, 8> kSimpleKinds = {
    Kind::kBoolean, Kind::kNumber,   Kind::kString,       Kind::kDate,
    Kind::kTime,    Kind::kDateTime, Kind::kDaysDuration, Kind::kMonthsDuration};

bool IsKnown(const Type* type) {
  return type != nullptr && type->form != Form::kAny && type->form != Form::kNull;
}

bool IsDuration(Kind kind) { return kind == Kind::kDaysDuration || kind == Kind::kMonthsDuration; }

bool IsDay(Kind kind) { return kind == Kind::kDate || kind == Kind::kDateTime; }

std::optional<Kind> SumKind(Kind a, Kind b) {
  if (a == b && (a == Kind::kNumber || a == Kind::kString || IsDuration(a))) return a;
  if (IsDay(a) && IsDuration(b)) return a;
  if (IsDuration(a) && IsDay(b)) return b;
  if (a == Kind::kTime && b == Kind::kDaysDuration) return a;
  if (a == Kind::kDaysDuration && b == Kind::kTime) return b;
  return std::nullopt;
}

std::optional<Kind> DifferenceKind(Kind a, Kind b) {
  if (a == b && (a == Kind::kNumber || IsDuration(a))) return a;
  if (IsDay(a) && IsDay(b)) return Kind::kDaysDuration;
  if (a == Kind::kTime && b == Kind::kTime) return Kind::kDaysDuration;
  if (IsDay(a) && IsDuration(b)) return a;
  if (a == Kind::kTime && b == Kind::kDaysDuration) return a;
  return std::nullopt;
}

// The kind of `a op b`; nullopt: null, always.
std::optional<Kind> ResultKind(Op op, Kind a, Kind b) {
  const bool numbers = a == Kind::kNumber && b == Kind::kNumber;
  switch (op) {
    case Op::kAdd: return SumKind(a, b);
    case Op::kSubtract: return DifferenceKind(a, b);
    case Op::kMultiply:
      if (numbers || (IsDuration(a) && b == Kind::kNumber)) return a;
      return a == Kind::kNumber && IsDuration(b) ? std::optional(b) : std::nullopt;
    case Op::kDivide:
      if (numbers || (IsDuration(a) && b == Kind::kNumber)) return a;
      return IsDuration(a) && a == b ? std::optional(Kind::kNumber) : std::nullopt;
    case Op::kPower: return numbers ? std::optional(a) : std::nullopt;
    default: return std::nullopt;
  }
}

bool IsOrdered(Kind kind) { return kind != Kind::kBoolean; }

bool MayBe(char kind, const Type* type) {
  if (!IsKnown(type) || kind == '*' || kind == 'l') return true;
  if (type->form == Form::kList) return MayBe(kind, type->element);
  if (type->form == Form::kContext) return kind == 'c' || kind == 'p';
  if (type->form == Form::kRange) return kind == 'r';
  if (type->form == Form::kFunction) return kind == 'f' || kind == 'p';
  const Kind own = type->simple;
  switch (kind) {
    case 'n': return own == Kind::kNumber;
    case 's': return own == Kind::kString;
    case 'b': return own == Kind::kBoolean;
    case 'd': return own == Kind::kDate;
    case 'D':
    case 'm': return IsDay(own);
    case 't': return own == Kind::kTime;
    case 'y': return own == Kind::kMonthsDuration;
    case 'x': return own == Kind::kDaysDuration;
    case 'p': return true;
    default: return false;
  }
}

const Parameter* FindParameter(const Signature& signature, size_t index,
                               const std::vector<Value>& names) {
  if (names.empty()) {
    return &signature.parameters[std::min(index, signature.parameters.size() - 1)];
  }
  for (const Parameter& parameter : signature.parameters) {
    if (parameter.name == names[index].string()) return &parameter;
  }
  return nullptr;
}

enum class Fit { kCount, kTypes, kFits };

Fit FitOf(const Signature& signature, const std::vector<Value>& names,
          const std::vector<const Type*>& arguments) {
  if (names.empty() && !TakesCount(signature, arguments.size())) return Fit::kCount;
  for (size_t i = 0; i < names.size(); ++i) {
    if (FindParameter(signature, i, names) == nullptr) return Fit::kCount;
  }
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!MayBe(FindParameter(signature, i, names)->kind, arguments[i])) return Fit::kTypes;
  }
  return Fit::kFits;
}

std::string Listed(const std::vector<const Type*>& types) {
  std::string out;
  for (const Type* type : types) out += (out.empty() ? "" : ", ") + TypeName(type);
  return out;
}

}  // namespace

bool NeverMeets(const Type* a, const Type* b) {
  if (!IsKnown(a) || !IsKnown(b)) return false;
  if (a->form == Form::kList && b->form == Form::kList) return false;
  if (a->form == Form::kList) return NeverMeets(a->element, b);
  if (b->form == Form::kList) return NeverMeets(a, b->element);
  if (a->form != b->form) return true;
  if (a->form != Form::kSimple) return false;
  return a->simple != b->simple && !(IsDay(a->simple) && IsDay(b->simple));
}

const Type* ArithmeticType(Op op, const Type* left, const Type* right) {
  if (!IsKnown(left) || !IsKnown(right)) return nullptr;
  if (left->form != Form::kSimple || right->form != Form::kSimple) return nullptr;
  const auto kind = ResultKind(op, left->simple, right->simple);
  return kind ? TypeOfKind(*kind) : nullptr;
}

bool NeverCombines(Op op, const Type* left, const Type* right) {
  const auto may_be = [](const Type* type, Kind kind) {
    return !IsKnown(type) || (type->form == Form::kSimple && type->simple == kind);
  };
  for (const Kind a : kSimpleKinds) {
    for (const Kind b : kSimpleKinds) {
      if (may_be(left, a) && may_be(right, b) && ResultKind(op, a, b)) return false;
    }
  }
  return true;
}

bool NeverCompares(Comparison comparison, const Type* left, const Type* right) {
  if (NeverMeets(left, right)) return true;
  if (comparison == Comparison::kEqual || comparison == Comparison::kNotEqual) return false;
  const auto has_order = [](const Type* type) {
    return !IsKnown(type) || (type->form == Form::kSimple && IsOrdered(type->simple));
  };
  return !has_order(left) || !has_order(right);
}

bool NeverBoolean(const Type* type) {
  return IsKnown(type) && (type->form != Form::kSimple || type->simple != Kind::kBoolean);
}

const Type* ItemType(const Type* type) {
  if (type == nullptr) return nullptr;
  return type->form == Form::kList || type->form == Form::kRange ? type->element : type;
}

const Type* CommonType(const Node* a, const Node* b) {
  const auto is_null = [](const Node* node) {
    return node->op == Op::kConstant && node->value.IsNull();
  };
  if (is_null(a)) return b->type;
  if (is_null(b) || a->type == b->type) return a->type;
  const bool simple = a->type != nullptr && b->type != nullptr && a->type->form == Form::kSimple &&
                      b->type->form == Form::kSimple && a->type->simple == b->type->simple;
  return simple ? TypeOfKind(a->type->simple) : nullptr;
}

std::optional<std::string> WrongArguments(const Builtin& builtin, const std::vector<Value>& names,
                                          const std::vector<const Type*>& arguments) {
  Fit best = Fit::kCount;
  for (const Signature& signature : builtin.signatures) {
    best = std::max(best, FitOf(signature, names, arguments));
  }
  if (best == Fit::kFits) return std::nullopt;
  if (best == Fit::kTypes) return builtin.name + "() does not take " + Listed(arguments);
  if (!names.empty()) return builtin.name + "() has no parameters of these names";
  return builtin.name + "() does not take " + std::to_string(arguments.size()) + " arguments";
}

std::optional<std::string> WrongArguments(const Type& function, const std::vector<Value>& names,
                                          const std::vector<const Type*>& arguments) {
  // The type of functions at large says nothing of parameters.
  if (function.members.empty() && function.element == nullptr) return std::nullopt;
  const auto& parameters = function.members;
  if (arguments.size() != parameters.size()) {
    return "the function takes " + std::to_string(parameters.size()) + " arguments, not " +
           std::to_string(arguments.size());
  }
  for (size_t i = 0; i < arguments.size(); ++i) {
    auto parameter = parameters.begin() + static_cast<std::ptrdiff_t>(i);
    if (!names.empty()) {
      parameter = std::find_if(parameters.begin(), parameters.end(), [&](const auto& candidate) {
        return candidate.first == names[i].string();
      });
      if (parameter == parameters.end()) {
        return "the function has no parameter '" + names[i].string() + "'";
      }
    }
    if (NeverMeets(parameter->second, arguments[i])) {
      return "the parameter '" + parameter->first + "' is a " + TypeName(parameter->second) +
             ", not a " + TypeName(arguments[i]);
    }
  }
  return std::nullopt;
}

std::string TypeName(const Type* type) {
  if (type == nullptr) return "Any";
  if (!type->name.empty()) return type->name;
  switch (type->form) {
    case Form::kList: return "list<" + TypeName(type->element) + ">";
    case Form::kRange: return "range<" + TypeName(type->element) + ">";
    case Form::kContext: return "context";
    case Form::kFunction: return "function";
    case Form::kSimple: return KindName(type->simple);
    default: return "Any";
  }
}

}  // namespace vroegsein::feel
