#include "rules/dmn/type_check.h"

#include <algorithm>

#include "rules/feel/machine.h"
#include "rules/feel/typing.h"

namespace vroegsein::dmn {

namespace {

using feel::Comparison;
using feel::Node;
using feel::Op;
using feel::Type;
using feel::TypeName;

// A node to look at, and what is around it.
struct Visit {
  const Node* node = nullptr;
  const Type* tested = nullptr;  // what the tests of `in` or of a column compare with
  Spot spot;
  std::string table;  // the decision or knowledge model
  size_t rule = 0;
};

class TypeCheck {
 public:
  TypeCheck(const Definitions& definitions, std::vector<Finding>* out)
      : definitions_(definitions), out_(out) {}

  void Check(const Element& element) {
    if (element.program.root == nullptr || element.file != 0) return;
    Spot spot{element.id.empty() ? element.name : element.id, element.place, element.file};
    Push({element.program.root, nullptr, spot, element.name, 0});
    while (!left_.empty()) {
      const Visit visit = std::move(left_.back());
      left_.pop_back();
      Look(visit);
    }
  }

 private:
  void Push(Visit visit) {
    if (visit.node == nullptr) return;
    const auto spot = definitions_.spots.find(visit.node);
    if (spot != definitions_.spots.end() && visit.rule == 0) visit.spot = spot->second;
    if (spot != definitions_.spots.end() && visit.rule != 0) {
      visit.spot.place.line = spot->second.place.line;
    }
    left_.push_back(std::move(visit));
  }

  void PushKids(const Visit& visit) {
    const Node* before = nullptr;  // (= x) has x for both its ends
    for (const Node* kid : visit.node->kids) {
      if (kid != before) Push({kid, nullptr, visit.spot, visit.table, visit.rule});
      before = kid;
    }
  }

  void Report(const Visit& visit, std::string text) {
    Finding finding;
    finding.kind = FindingKind::kType;
    finding.table = visit.table;
    finding.element = visit.spot.element;
    finding.rule = visit.rule;
    finding.line = visit.spot.place.line;
    finding.text = std::move(text);
    out_->push_back(std::move(finding));
  }

  void Look(const Visit& visit);
  void LookAtComparison(const Visit& visit, Comparison comparison, const Node* a, const Node* b);
  void LookAtTest(const Visit& visit);
  void LookAtCall(const Visit& visit);
  void LookAtCondition(const Visit& visit, const Node* condition);
  void LookAtFilter(const Visit& visit);
  void LookAtCoercion(const Visit& visit, const Node* value, const Type& type);
  void LookAtTable(const Visit& visit, const DecisionTable& table);
  void LookAtRule(const Visit& visit, const DecisionTable& table, size_t rule);

  const Definitions& definitions_;
  std::vector<Finding>* out_;
  std::vector<Visit> left_;
};

void TypeCheck::Look(const Visit& visit) {
  const Node* node = visit.node;
  const auto& kids = node->kids;
  switch (node->op) {
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kPower:
      if (feel::NeverCombines(node->op, kids[0]->type, kids[1]->type)) {
        Report(visit, "has no result: arithmetic on a " + TypeName(kids[0]->type) + " and a " +
                          TypeName(kids[1]->type));
      }
      break;
    case Op::kCompare:
      LookAtComparison(visit, static_cast<Comparison>(node->a), kids[0], kids[1]);
      break;
    case Op::kBetween:
      LookAtComparison(visit, Comparison::kGreaterOrEqual, kids[0], kids[1]);
      LookAtComparison(visit, Comparison::kLessOrEqual, kids[0], kids[2]);
      break;
    case Op::kAnd:
    case Op::kOr:
      for (const Node* kid : kids) LookAtCondition(visit, kid);
      break;
    case Op::kIf: LookAtCondition(visit, kids[0]); break;
    case Op::kSome:
    case Op::kEvery: LookAtCondition(visit, kids.back()); break;
    case Op::kFilter: LookAtFilter(visit); break;
    case Op::kCall: LookAtCall(visit); break;
    case Op::kCoerce: LookAtCoercion(visit, kids[0], *node->type); break;
    case Op::kTestCompare:
    case Op::kTestValue: LookAtTest(visit); break;
    case Op::kIn:
      Push({kids[0], nullptr, visit.spot, visit.table, visit.rule});
      Push({kids[1], kids[0]->type, visit.spot, visit.table, visit.rule});
      return;
    case Op::kTests:
      for (const Node* kid : kids) Push({kid, visit.tested, visit.spot, visit.table, visit.rule});
      return;
    case Op::kLambda:
      Push({node->lambda->body, nullptr, visit.spot, visit.table, visit.rule});
      break;
    case Op::kExtension:
      if (const auto* table = dynamic_cast<const DecisionTable*>(node->extension)) {
        LookAtTable(visit, *table);
      }
      break;
    default: break;
  }
  PushKids(visit);
}

void TypeCheck::LookAtComparison(const Visit& visit, Comparison comparison, const Node* a,
                                 const Node* b) {
  if (!feel::NeverCompares(comparison, a->type, b->type)) return;
  Report(visit,
         "compares a " + TypeName(a->type) + " with a " + TypeName(b->type) + ": never true");
}

void TypeCheck::LookAtTest(const Visit& visit) {
  const Node* node = visit.node;
  const Type* wanted = node->kids[0]->type;
  if (node->op == Op::kTestCompare) {
    if (!feel::NeverCompares(static_cast<Comparison>(node->a), visit.tested, wanted)) return;
  } else {
    // A test that speaks of the input itself may simply be true or false.
    if (node->a != 0 && !feel::NeverBoolean(wanted)) return;
    const bool range = wanted != nullptr && wanted->form == Type::Form::kRange &&
                       (visit.tested == nullptr || visit.tested->form != Type::Form::kRange);
    if (!feel::NeverMeets(visit.tested, range ? wanted->element : wanted)) return;
    wanted = range ? wanted->element : wanted;
  }
  Report(visit,
         "tests a " + TypeName(visit.tested) + " against a " + TypeName(wanted) + ": never true");
}

void TypeCheck::LookAtCondition(const Visit& visit, const Node* condition) {
  if (!feel::NeverBoolean(condition->type)) return;
  Report(visit, "asks whether a " + TypeName(condition->type) + " is true");
}

void TypeCheck::LookAtFilter(const Visit& visit) {
  const Type* type = visit.node->kids[1]->type;
  const bool number =
      type != nullptr && type->form == Type::Form::kSimple && type->simple == feel::Kind::kNumber;
  if (number || !feel::NeverBoolean(type)) return;
  Report(visit, "filters by a " + TypeName(type) + ": neither a condition nor a position");
}

void TypeCheck::LookAtCall(const Visit& visit) {
  const Node* node = visit.node;
  std::vector<const Type*> arguments;
  for (size_t i = 1; i < node->kids.size(); ++i) arguments.push_back(node->kids[i]->type);
  if (node->builtin != nullptr) {
    if (auto wrong = feel::WrongArguments(*node->builtin, node->names, arguments)) {
      Report(visit, std::move(*wrong));
    }
    return;
  }
  const Type* callee = node->kids[0]->type;
  if (callee == nullptr || callee->form == Type::Form::kAny) return;
  if (callee->form != Type::Form::kFunction) {
    Report(visit, "calls a " + TypeName(callee) + ", which is no function");
  } else if (auto wrong = feel::WrongArguments(*callee, node->names, arguments)) {
    Report(visit, std::move(*wrong));
  }
}

// `value` must be of `type`: never possible, or a constant that is not allowed.
void TypeCheck::LookAtCoercion(const Visit& visit, const Node* value, const Type& type) {
  if (feel::NeverMeets(value->type, &type)) {
    Report(visit, "is a " + TypeName(value->type) + " where a " + TypeName(&type) + " is asked");
    return;
  }
  if (value->op != Op::kConstant || value->value.IsNull()) return;
  feel::Machine machine;
  if (!machine.Coerce(value->value, type).IsNull()) return;
  Report(visit, value->value.ToString() + " is not allowed in " + TypeName(&type));
}

void TypeCheck::LookAtTable(const Visit& visit, const DecisionTable& table) {
  Visit whole = visit;
  whole.table = table.owner;
  whole.spot.element = table.id.empty() ? visit.spot.element : table.id;
  whole.spot.place.line = table.line;
  const auto column = [&](const Node* node, const Type* tested) {
    Push({node, tested, whole.spot, whole.table, 0});
  };
  for (const TableInput& input : table.inputs) {
    const Type* type = input.type != nullptr ? input.type : input.expression->type;
    column(input.expression, nullptr);
    column(input.allowed, type);
    if (input.type == nullptr) continue;
    Visit here = whole;
    const auto spot = definitions_.spots.find(input.expression);
    if (spot != definitions_.spots.end()) here.spot = spot->second;
    LookAtCoercion(here, input.expression, *input.type);
  }
  for (const TableOutput& output : table.outputs) {
    column(output.allowed, output.type);
    column(output.default_value, nullptr);
    if (output.type != nullptr && output.default_value != nullptr) {
      LookAtCoercion(whole, output.default_value, *output.type);
    }
  }
  for (size_t rule = 0; rule < table.rules.size(); ++rule) LookAtRule(whole, table, rule);
}

void TypeCheck::LookAtRule(const Visit& visit, const DecisionTable& table, size_t rule) {
  const TableRule& row = table.rules[rule];
  Visit here = visit;
  here.rule = rule + 1;
  here.spot.element = row.id.empty() ? visit.spot.element : row.id;
  here.spot.place.line = row.line;
  for (size_t i = 0; i < table.inputs.size(); ++i) {
    const TableInput& input = table.inputs[i];
    const Type* type = input.type != nullptr ? input.type : input.expression->type;
    Push({row.tests[i], type, here.spot, here.table, here.rule});
  }
  for (size_t i = 0; i < table.outputs.size(); ++i) {
    Push({row.outputs[i], nullptr, here.spot, here.table, here.rule});
    const TableOutput& output = table.outputs[i];
    if (output.type != nullptr) LookAtCoercion(here, row.outputs[i], *output.type);
    if (output.allowed == nullptr || row.outputs[i]->op != Op::kConstant) continue;
    const feel::Value& value = row.outputs[i]->value;
    if (value.IsNull()) continue;
    feel::Machine machine;
    feel::Machine::Frame frame(&machine, output.slot + 1);
    frame.slots()[output.slot] = value;
    if (machine.Test(output.allowed, frame.slots()).value_or(true)) continue;
    Report(here, "puts out " + value.ToString() + ", which is none of the output values");
  }
}

}  // namespace

void CheckTypes(const Definitions& definitions, std::vector<Finding>* out) {
  TypeCheck check(definitions, out);
  for (const Element& element : definitions.elements) check.Check(element);
}

}  // namespace vroegsein::dmn
