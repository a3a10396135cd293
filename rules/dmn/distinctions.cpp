#include "rules/dmn/distinctions.h"

#include <algorithm>
#include <cstring>

#include "rules/dmn/rule_index.h"

namespace vroegsein::dmn {
namespace {

using feel::Kind;
using feel::Node;
using feel::Op;
using feel::Program;
using feel::Value;

// Words and flags make few combinations; beyond this it begins anew.
constexpr size_t kRowsMax = 1'000;

bool TakesPlainNumbers(const Element& element) {
  if (element.form != Element::Form::kInputData) return false;
  const feel::Type* type = element.type;
  return type == nullptr || type->IsAllOf(Kind::kNumber);
}

// Which elements a model's expressions name.
class Mentions {
 public:
  explicit Mentions(const Definitions& definitions)
      : definitions_(definitions),
        counts_(definitions.elements.size(), 0),
        calm_(definitions.elements.size()) {
    for (const Element& element : definitions.elements) Count(element.program);
    for (const Program& program : definitions.constraints) Count(program);
  }

  size_t Of(int element) const { return counts_[static_cast<size_t>(element)]; }

  // Whether it follows from words and flags alone.
  bool IsCalm(const Node& node) {
    switch (node.op) {
      case Op::kConstant: return true;
      case Op::kGlobal: return IsCalm(definitions_.elements[static_cast<size_t>(node.a)]);
      case Op::kPath:
      case Op::kAdd:
      case Op::kSubtract:
      case Op::kMultiply:
      case Op::kDivide:
      case Op::kNegate:
        return std::all_of(node.kids.begin(), node.kids.end(),
                           [this](const Node* kid) { return IsCalm(*kid); });
      default: return false;
    }
  }

 private:
  bool IsCalm(const Element& element) {
    if (element.form == Element::Form::kInputData) return !TakesPlainNumbers(element);
    if (element.form != Element::Form::kDecision || !element.program.lambdas.empty()) return false;
    std::optional<bool>& known = calm_[static_cast<size_t>(element.index)];
    if (known) return *known;
    known = false;  // of one that needs itself
    const auto& nodes = element.program.nodes;
    known = std::all_of(nodes.begin(), nodes.end(), [this](const Node& node) {
      return node.op != Op::kGlobal || IsCalm(node);
    });
    return *known;
  }

  void Count(const Program& program) {
    for (const Node& node : program.nodes) {
      if (node.op == Op::kGlobal) ++counts_[static_cast<size_t>(node.a)];
    }
    for (const feel::Lambda& lambda : program.lambdas) {
      for (const feel::Capture& capture : lambda.captures) {
        if (capture.global) ++counts_[static_cast<size_t>(capture.from)];
      }
    }
  }

  const Definitions& definitions_;
  std::vector<size_t> counts_;
  std::vector<std::optional<bool>> calm_;
};

// Per element whether what is asked for can see it.
std::vector<bool> Seen(const Definitions& definitions, const std::vector<const Element*>& asked) {
  std::vector<bool> seen(definitions.elements.size(), false);
  std::vector<int> open;
  const auto see = [&](int element) {
    if (seen[static_cast<size_t>(element)]) return;
    seen[static_cast<size_t>(element)] = true;
    open.push_back(element);
  };
  for (const Element* element : asked) see(element->index);
  while (!open.empty()) {
    const Element& element = definitions.elements[static_cast<size_t>(open.back())];
    open.pop_back();
    for (const auto* others : {&element.requirements, &element.outputs, &element.parameters}) {
      std::for_each(others->begin(), others->end(), see);
    }
    for (const Node& node : element.program.nodes) {
      if (node.op == Op::kGlobal) see(node.a);
    }
    for (const feel::Lambda& lambda : element.program.lambdas) {
      for (const feel::Capture& capture : lambda.captures) {
        if (capture.global) see(capture.from);
      }
    }
  }
  return seen;
}

// What a test compares with; false when it asks anything else.
bool CollectTest(const Node* test, Mentions* mentions, std::vector<Value>* points,
                 std::vector<const Node*>* moving) {
  if (test->op == Op::kTestAny) return true;
  if (CollectPoints(test, points)) return true;
  if (test->op == Op::kTests) {
    return std::all_of(test->kids.begin(), test->kids.end(),
                       [&](const Node* kid) { return CollectTest(kid, mentions, points, moving); });
  }
  if (test->op != Op::kTestCompare || !mentions->IsCalm(*test->kids[0])) return false;
  moving->push_back(test->kids[0]);
  return true;
}

bool CollectColumn(const DecisionTable& table, size_t column, Mentions* mentions,
                   std::vector<Value>* points, std::vector<const Node*>* moving) {
  const TableInput& input = table.inputs[column];
  const bool coerced = input.type != nullptr && !input.checked;
  if (coerced || input.allowed != nullptr) return false;
  return std::all_of(table.rules.begin(), table.rules.end(), [&](const TableRule& rule) {
    return CollectTest(rule.tests[column], mentions, points, moving);
  });
}

template <typename Bytes>
void AppendBytes(const Bytes& bytes, std::string* key) {
  const size_t at = key->size();
  key->resize(at + sizeof bytes);
  std::memcpy(key->data() + at, &bytes, sizeof bytes);
}

// A value as it is; false when it is of another kind than these.
bool AppendWhole(const Value& value, std::string* key) {
  if (value.IsNull()) {
    *key += 'n';
  } else if (value.IsBoolean()) {
    *key += value.boolean() ? 't' : 'f';
  } else if (value.IsNumber()) {
    *key += 'd';
    AppendBytes(value.number(), key);
  } else if (value.IsString()) {
    *key += 's';
    AppendBytes(value.string().size(), key);
    *key += value.string();
  } else {
    return false;
  }
  return true;
}

}  // namespace

Distinctions::Distinctions(const Definitions& definitions,
                           const std::vector<const Element*>& asked) {
  Mentions mentions(definitions);
  const std::vector<bool> seen = Seen(definitions, asked);
  std::vector<size_t> columns(definitions.elements.size(), 0);
  std::vector<size_t> place(definitions.elements.size(), SIZE_MAX);
  for (const Element& element : definitions.elements) {
    if (!seen[static_cast<size_t>(element.index)]) continue;
    if (element.form == Element::Form::kDecision) decisions_.push_back(element.index);
    if (element.form != Element::Form::kInputData) continue;
    place[static_cast<size_t>(element.index)] = inputs_.size();
    inputs_.push_back({element.index, TakesPlainNumbers(element), {}, {}});
  }
  for (const DecisionTable* table : definitions.tables) {
    for (size_t column = 0; column < table->inputs.size(); ++column) {
      const Node* expression = table->inputs[column].expression;
      if (expression->op != Op::kGlobal) continue;
      const auto element = static_cast<size_t>(expression->a);
      ++columns[element];
      if (place[element] == SIZE_MAX) continue;
      Input& input = inputs_[place[element]];
      input.in_rows =
          input.in_rows && CollectColumn(*table, column, &mentions, &input.points, &input.moving);
    }
  }
  for (Input& input : inputs_) {
    const auto element = static_cast<size_t>(input.element);
    input.in_rows = input.in_rows && mentions.Of(input.element) == columns[element];
    std::erase_if(input.points, [](const Value& value) { return !value.IsNumber(); });
  }
}

const Distinctions::Rows& Distinctions::RowsUnder(const std::string& words,
                                                  const Evaluate& evaluate) {
  const auto known = rows_.find(words);
  if (known != rows_.end()) return known->second;
  if (rows_.size() >= kRowsMax) rows_.clear();
  Rows& rows = rows_[words];
  for (const Input& input : inputs_) {
    std::optional<Points>& points = rows.emplace_back();
    if (!input.in_rows) continue;
    points = input.points;
    for (const Node* node : input.moving) {
      const Value value = evaluate(node);
      // What is compared with null is null, whatever it is.
      if (value.IsNull()) continue;
      if (!value.IsNumber()) {
        points.reset();
        break;
      }
      points->push_back(value);
    }
    if (points) SortUnique(&*points);
  }
  return rows;
}

bool Distinctions::Append(const Scope& scope, const Evaluate& evaluate, std::string* key) {
  for (const int decision : decisions_) {
    if (scope.IsGiven(decision)) return false;
  }
  const auto is_row = [&](const Input& input) {
    return input.in_rows && scope.Given(input.element).IsNumber();
  };
  const size_t start = key->size();
  for (const Input& input : inputs_) {
    if (is_row(input)) {
      *key += 'r';
    } else if (!AppendWhole(scope.Given(input.element), key)) {
      return false;
    }
  }
  const Rows& rows = RowsUnder(key->substr(start), evaluate);
  for (size_t i = 0; i < inputs_.size(); ++i) {
    if (!is_row(inputs_[i])) continue;
    const Value& value = scope.Given(inputs_[i].element);
    if (rows[i]) {
      AppendBytes(RowAmong(Kind::kNumber, *rows[i], value), key);
    } else {
      AppendWhole(value, key);
    }
  }
  return true;
}

}  // namespace vroegsein::dmn
