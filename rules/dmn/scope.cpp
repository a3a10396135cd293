#include "rules/dmn/scope.h"

#include "rules/dmn/recorder.h"

namespace vroegsein::dmn {

using feel::Machine;
using feel::Value;

namespace {

const Value kNull;

}  // namespace

Scope::Scope(const Definitions* definitions)
    : definitions_(definitions),
      values_(definitions->elements.size()),
      states_(definitions->elements.size(), State::kUnknown) {}

const Value& Scope::Global(Machine& machine, int index) {
  const auto at = static_cast<size_t>(index);
  switch (states_[at]) {
    case State::kComputed:
    case State::kGiven:
    case State::kConstant: return values_[at];
    case State::kComputing: machine.Fail("a decision needs its own result"); return kNull;
    case State::kUnknown: break;
  }
  const Element& element = definitions_->elements[at];
  if (element.form == Element::Form::kInputData) return kNull;
  states_[at] = State::kComputing;
  values_[at] = Compute(machine, element);
  const bool constant = element.form != Element::Form::kDecision;
  states_[at] = constant ? State::kConstant : State::kComputed;
  if (!constant) computed_.push_back(index);
  return values_[at];
}

Value Scope::Compute(Machine& machine, const Element& element) {
  if (element.form == Element::Form::kService) {
    auto* function = new feel::FunctionObject();
    function->host = element.function.get();
    return Value::Adopt(feel::Kind::kFunction, function);
  }
  for (const int required : element.requirements) {
    if (states_[static_cast<size_t>(required)] == State::kUnknown) Global(machine, required);
  }
  Value result = machine.Run(element.program);
  if (element.form == Element::Form::kDecision) {
    if (Recorder* recorder = Recorder::Of(machine)) {
      recorder->trace().decisions.push_back({element.id, element.name, result});
    }
  }
  return result;
}

void Scope::Give(int index, Value value) {
  values_[static_cast<size_t>(index)] = std::move(value);
  states_[static_cast<size_t>(index)] = State::kGiven;
}

const Value& Scope::Given(int index) const {
  const auto at = static_cast<size_t>(index);
  return states_[at] == State::kGiven ? values_[at] : kNull;
}

void Scope::TakeBack(int index) {
  values_[static_cast<size_t>(index)] = Value();
  states_[static_cast<size_t>(index)] = State::kUnknown;
}

void Scope::Forget() {
  for (const int index : computed_) {
    if (states_[static_cast<size_t>(index)] == State::kComputed) TakeBack(index);
  }
  computed_.clear();
}

namespace {

// Calls a decision service: a scope of its own, in which only the parameters are given.
class ServiceFunction final : public feel::HostFunction {
 public:
  ServiceFunction(const Definitions& definitions, const Element& element)
      : definitions_(definitions), element_(element) {
    for (const int parameter : element.parameters) {
      names_.push_back(definitions.elements[static_cast<size_t>(parameter)].name);
    }
  }

  const std::vector<std::string>& parameter_names() const override { return names_; }

  Value Call(Machine& machine, const Value* arguments, size_t count) const override {
    if (!machine.Spend(definitions_.elements.size())) return Value();
    Scope scope(&definitions_);
    for (size_t i = 0; i < count; ++i) {
      const feel::Type* type =
          definitions_.elements[static_cast<size_t>(element_.parameters[i])].type;
      Value value = type != nullptr ? machine.Coerce(arguments[i], *type) : arguments[i];
      if (value.IsNull() && !arguments[i].IsNull()) {
        return machine.Fail("an argument is not of the type that the decision service asks for");
      }
      scope.Give(element_.parameters[i], std::move(value));
    }
    feel::GlobalSource* caller = machine.globals();
    machine.set_globals(&scope);
    Value result = Outputs(machine, &scope);
    machine.set_globals(caller);
    const feel::Type* type = element_.type;
    if (type != nullptr && type->form == feel::Type::Form::kFunction) type = type->element;
    return type != nullptr ? machine.Coerce(result, *type) : result;
  }

 private:
  Value Outputs(Machine& machine, Scope* scope) const {
    if (element_.outputs.size() == 1) return scope->Global(machine, element_.outputs[0]);
    feel::ContextBuilder context;
    for (const int output : element_.outputs) {
      context.Put(definitions_.elements[static_cast<size_t>(output)].name,
                  scope->Global(machine, output));
    }
    return context.Build();
  }

  const Definitions& definitions_;
  const Element& element_;
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<feel::HostFunction> MakeServiceFunction(const Definitions& definitions,
                                                        const Element& element) {
  return std::make_unique<ServiceFunction>(definitions, element);
}

}  // namespace vroegsein::dmn
