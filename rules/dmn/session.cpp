#include "rules/dmn/session.h"

#include "rules/dmn/distinctions.h"
#include "rules/dmn/recorder.h"
#include "rules/dmn/scope.h"

namespace vroegsein::dmn {

using feel::Value;

namespace {

// What was given and taken before fits now too.
bool IsGivenAlready(const Value& given, const Value& value) {
  if (given.IsBoolean() && value.IsBoolean()) return given.boolean() == value.boolean();
  return given.IsString() && value.IsString() && given.string() == value.string();
}

// A number for an input that takes every number.
bool NeedsNoLook(const feel::Type* type, const Value& value) {
  return type == nullptr || (value.IsNumber() && type->IsAllOf(feel::Kind::kNumber));
}

}  // namespace

struct Session::Inner {
  Inner(std::shared_ptr<const Model> the_model, const std::vector<std::string>& decisions)
      : model(std::move(the_model)),
        machine(model->options().limits),
        scope(&model->definitions()),
        names(decisions),
        results(decisions.size()) {
    machine.set_globals(&scope);
    for (const std::string& name : decisions) {
      const Element* element = model->definitions().Find(name);
      if (element == nullptr || element->form == Element::Form::kInputData ||
          element->form == Element::Form::kKnowledgeModel) {
        unknown.push_back(name);
        element = nullptr;
      }
      elements.push_back(element);
    }
    std::vector<const Element*> asked = elements;
    std::erase(asked, nullptr);
    distinctions.emplace(model->definitions(), asked);
  }

  Value Service(const Element& element) {
    std::vector<Value> arguments;
    for (const int parameter : element.parameters) {
      arguments.push_back(scope.Given(parameter));
    }
    return element.function->Call(machine, arguments.data(), arguments.size());
  }

  std::shared_ptr<const Model> model;
  feel::Machine machine;
  Scope scope;
  std::optional<Distinctions> distinctions;
  std::vector<std::string> names;
  std::vector<const Element*> elements;
  std::vector<std::string> unknown;
  std::vector<Value> results;
  std::vector<std::string> input_messages;  // of Set(), for the next evaluation
};

Session::Session(std::shared_ptr<const Model> model, const std::vector<std::string>& decisions)
    : inner_(std::make_unique<Inner>(std::move(model), decisions)) {}

Session::~Session() = default;

const std::vector<std::string>& Session::unknown_decisions() const { return inner_->unknown; }

int Session::InputSlot(std::string_view name, std::string_view namespace_uri) const {
  const Element* element = inner_->model->definitions().Find(name, namespace_uri);
  if (element == nullptr) return -1;
  const bool givable =
      element->form == Element::Form::kInputData || element->form == Element::Form::kDecision;
  return givable ? element->index : -1;
}

const feel::Type* Session::InputType(int slot) const {
  return inner_->model->definitions().elements[static_cast<size_t>(slot)].type;
}

void Session::Set(int slot, Value value) {
  if (IsGivenAlready(inner_->scope.Given(slot), value)) return;
  const Element& element = inner_->model->definitions().elements[static_cast<size_t>(slot)];
  if (NeedsNoLook(element.type, value)) return inner_->scope.Give(slot, std::move(value));
  inner_->machine.Reset();
  if (!inner_->machine.Fits(value, *element.type)) {
    inner_->machine.Reset();
    value = inner_->machine.Coerce(value, *element.type);
    for (const std::string& message : inner_->machine.messages()) {
      if (inner_->input_messages.size() < feel::Machine::kMessagesMax) {
        inner_->input_messages.push_back("input '" + element.name + "': " + message);
      }
    }
  }
  inner_->scope.Give(slot, std::move(value));
}

bool Session::Set(std::string_view name, Value value) {
  const int slot = InputSlot(name);
  if (slot < 0) return false;
  Set(slot, std::move(value));
  return true;
}

void Session::Clear() {
  inner_->scope = Scope(&inner_->model->definitions());
  inner_->input_messages.clear();
}

void Session::SetNow(const feel::DateTime& now) { inner_->machine.set_now(now); }

bool Session::AppendTelling(std::string* key) {
  feel::Machine& machine = inner_->machine;
  inner_->scope.Forget();
  const auto evaluate = [&](const feel::Node* node) {
    machine.Reset();
    machine.set_observer(nullptr);
    feel::Machine::Frame frame(&machine, 0);
    return machine.Evaluate(node, frame.slots());
  };
  return inner_->distinctions->Append(inner_->scope, evaluate, key);
}

bool Session::Evaluate(Trace* trace) {
  feel::Machine& machine = inner_->machine;
  machine.Reset();
  inner_->scope.Forget();
  for (const std::string& message : inner_->input_messages) machine.Fail(message);
  inner_->input_messages.clear();
  std::optional<Recorder> recorder;
  if (trace != nullptr) {
    trace->Clear();
    recorder.emplace(trace);
  }
  machine.set_observer(recorder ? &*recorder : nullptr);
  for (size_t i = 0; i < inner_->elements.size(); ++i) {
    const Element* element = inner_->elements[i];
    if (element == nullptr) {
      inner_->results[i] = machine.Fail("unknown decision '" + inner_->names[i] + "'");
    } else if (element->form == Element::Form::kService) {
      inner_->results[i] = inner_->Service(*element);
    } else {
      inner_->results[i] = inner_->scope.Global(machine, element->index);
    }
  }
  machine.set_observer(nullptr);
  if (machine.exhausted()) {
    for (Value& result : inner_->results) result = Value();
  }
  return !machine.exhausted();
}

const Value& Session::Result(size_t index) const { return inner_->results[index]; }

const Value* Session::Result(std::string_view decision) const {
  for (size_t i = 0; i < inner_->names.size(); ++i) {
    if (inner_->names[i] == decision) return &inner_->results[i];
  }
  return nullptr;
}

const std::vector<std::string>& Session::messages() const { return inner_->machine.messages(); }
bool Session::exhausted() const { return inner_->machine.exhausted(); }

}  // namespace vroegsein::dmn
