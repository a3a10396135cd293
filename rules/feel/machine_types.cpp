// Whether a value is of a type, and what becomes of one that is not (DMN 1.5, 10.3.2.9.4).
#include "rules/feel/builtins.h"
#include "rules/feel/machine.h"
#include "rules/feel/typing.h"

namespace vroegsein::feel {

namespace {

bool FunctionFits(const FunctionObject& function, const Type& type) {
  if (type.members.empty() && type.element == nullptr) return true;
  if (function.lambda != nullptr) {
    const Lambda& lambda = *function.lambda;
    if (lambda.parameter_names.size() != type.members.size()) return false;
    for (size_t i = 0; i < type.members.size(); ++i) {
      const Type* own = lambda.parameter_types[i];
      if (own != nullptr && !Conforms(*type.members[i].second, *own)) return false;
    }
    const Type* result = lambda.result_type != nullptr ? lambda.result_type : lambda.body->type;
    if (result == nullptr || type.element == nullptr) {
      return type.element == nullptr || type.element->form == Type::Form::kAny;
    }
    return Conforms(*result, *type.element);
  }
  if (function.host != nullptr)
    return function.host->parameter_names().size() == type.members.size();
  for (const Signature& signature : function.builtin->signatures) {
    if (signature.parameters.size() == type.members.size() || signature.variadic) return true;
  }
  return false;
}

}  // namespace

bool Machine::Fits(const Value& value, const Type& type, int depth_left) {
  if (depth_left == 0 || !Spend(1)) return false;
  if (!value.IsNull()) {
    bool fits = true;
    switch (type.form) {
      case Type::Form::kAny: break;
      case Type::Form::kNull: fits = false; break;
      case Type::Form::kSimple: fits = value.kind() == type.simple; break;
      case Type::Form::kList:
        fits = value.IsList();
        if (!fits || type.element == nullptr) break;
        for (const Value& item : value.list()) {
          if (!Fits(item, *type.element, depth_left - 1)) return false;
        }
        break;
      case Type::Form::kRange:
        fits = value.IsRange();
        if (!fits || type.element == nullptr) break;
        fits = Fits(value.range().start, *type.element, depth_left - 1) &&
               Fits(value.range().end, *type.element, depth_left - 1);
        break;
      case Type::Form::kContext:
        fits = value.IsContext();
        if (!fits) break;
        for (const auto& [name, member] : type.members) {
          const Value* own = value.Find(name);
          if (own == nullptr || !Fits(*own, *member, depth_left - 1)) return false;
        }
        break;
      case Type::Form::kFunction:
        fits = value.IsFunction() && FunctionFits(value.function(), type);
        break;
    }
    if (!fits) return false;
  }
  if (value.IsNull()) return true;
  for (const Program* constraint : type.constraints) {
    if (!RunTests(*constraint, value).value_or(false)) return false;
  }
  return true;
}

Value Machine::Coerce(const Value& value, const Type& type) {
  if (value.IsNull() || Fits(value, type)) return value;
  if (value.IsList() && value.list().size() == 1 && type.form != Type::Form::kList &&
      !value.list()[0].IsNull() && Fits(value.list()[0], type)) {
    return value.list()[0];
  }
  if (type.form == Type::Form::kList && !value.IsList() && type.element != nullptr &&
      Fits(value, *type.element)) {
    return List({value});
  }
  if (type.form == Type::Form::kSimple && type.simple == Kind::kDateTime &&
      value.kind() == Kind::kDate) {
    return Value::Of(DateTime::Make(value.date(), Time{0, 0, *Zone::Offset(0)}));
  }
  return Fail(std::string("a ") + KindName(value.kind()) + " is not of the type '" +
              TypeName(&type) + "'");
}

bool InstanceOf(Machine& machine, const Value& value, const Type& type) {
  if (value.IsNull()) return type.form == Type::Form::kNull;
  if (type.form == Type::Form::kAny) return true;
  return machine.Fits(value, type);
}

}  // namespace vroegsein::feel
