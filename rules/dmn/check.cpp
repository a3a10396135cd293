#include "rules/dmn/check.h"

#include <algorithm>
#include <set>

#include "rules/dmn/definitions.h"
#include "rules/dmn/table_space.h"
#include "rules/dmn/type_check.h"

namespace vroegsein::dmn {

namespace {

using feel::Node;
using feel::Op;

Finding About(FindingKind kind, const DecisionTable& table, size_t rule, std::string text) {
  Finding out;
  out.kind = kind;
  out.table = table.owner;
  out.rule = rule;
  out.line = rule == 0 ? table.line : table.rules[rule - 1].line;
  out.element = rule == 0 ? table.id : table.rules[rule - 1].id;
  out.text = std::move(text);
  return out;
}

bool IsSingleHit(HitPolicy policy) {
  return policy == HitPolicy::kUnique || policy == HitPolicy::kAny || policy == HitPolicy::kFirst ||
         policy == HitPolicy::kPriority;
}

bool HasDefault(const DecisionTable& table) {
  return std::any_of(table.outputs.begin(), table.outputs.end(),
                     [](const TableOutput& output) { return output.default_value != nullptr; });
}

void CheckRules(const DecisionTable& table, const TableSpace& space, std::vector<Finding>* out) {
  for (size_t rule = 0; rule < table.rules.size(); ++rule) {
    if (const auto column = space.ImpossibleColumn(rule)) {
      out->push_back(About(FindingKind::kUnreachableRule, table, rule + 1,
                           "can never fire: no allowed value of '" + table.inputs[*column].label +
                               "' passes " + table.rules[rule].test_texts[*column]));
    } else if (table.hit_policy == HitPolicy::kFirst && space.CoveredBefore(rule)) {
      out->push_back(About(FindingKind::kUnreachableRule, table, rule + 1,
                           "can never fire: the rules before it take every case"));
    }
  }
}

void CheckOverlaps(const DecisionTable& table, const TableSpace& space, std::vector<Finding>* out) {
  constexpr size_t kOverlapsMax = 100;
  const bool any = table.hit_policy == HitPolicy::kAny;
  if (table.hit_policy != HitPolicy::kUnique && !any) return;
  size_t reported = 0;
  for (size_t a = 0; a < table.rules.size(); ++a) {
    for (size_t b = a + 1; b < table.rules.size() && reported < kOverlapsMax; ++b) {
      if (any && table.rules[a].output_texts == table.rules[b].output_texts) continue;
      const auto example = space.Overlap(a, b);
      if (!example) continue;
      ++reported;
      Finding finding =
          About(FindingKind::kForbiddenOverlap, table, a + 1,
                "overlaps with rule " + std::to_string(b + 1) + ", which hit policy " +
                    (any ? "ANY" : "UNIQUE") + " forbids, for example " + *example);
      finding.other_rule = b + 1;
      out->push_back(std::move(finding));
    }
  }
}

void CheckTable(const DecisionTable& table, std::vector<Finding>* out) {
  const TableSpace space(table);
  CheckRules(table, space, out);
  CheckOverlaps(table, space, out);
  if (IsSingleHit(table.hit_policy) && !HasDefault(table)) {
    if (const auto example = space.Gap()) {
      out->push_back(About(FindingKind::kGap, table, 0, "no rule for " + *example));
    }
  }
  if (space.exhausted()) {
    out->push_back(About(FindingKind::kNotChecked, table, 0, "is too large to be checked whole"));
  }
}

// The elements that the nodes of a program speak of.
std::set<int> UsedBy(const feel::Program& program) {
  std::set<int> out;
  for (const Node& node : program.nodes) {
    if (node.op == Op::kGlobal) out.insert(node.a);
  }
  for (const feel::Lambda& lambda : program.lambdas) {
    for (const feel::Capture& capture : lambda.captures) {
      if (capture.global) out.insert(capture.from);
    }
  }
  return out;
}

void CheckInputs(const Definitions& definitions, std::vector<Finding>* out) {
  std::set<int> wanted;
  for (const Element& element : definitions.elements) {
    wanted.insert(element.requirements.begin(), element.requirements.end());
    wanted.insert(element.parameters.begin(), element.parameters.end());
    const std::set<int> used = UsedBy(element.program);
    for (const int required : element.requirements) {
      if (used.contains(required) || element.file != 0) continue;
      Finding finding;
      finding.kind = FindingKind::kUnusedInput;
      finding.table = element.name;
      finding.element = element.id;
      finding.line = element.place.line;
      finding.text = "requires '" + definitions.elements[static_cast<size_t>(required)].name +
                     "' and does not use it";
      out->push_back(std::move(finding));
    }
  }
  for (const Element& element : definitions.elements) {
    if (element.file != 0 || element.form != Element::Form::kInputData) continue;
    if (wanted.contains(element.index)) continue;
    Finding finding;
    finding.kind = FindingKind::kUnusedInput;
    finding.table = element.name;
    finding.element = element.id;
    finding.line = element.place.line;
    finding.text = "is an input that nothing requires";
    out->push_back(std::move(finding));
  }
}

}  // namespace

std::string Finding::ToString() const {
  std::string out = std::to_string(line) + ": " + table;
  if (rule != 0) out += ", rule " + std::to_string(rule);
  if (!element.empty()) out += " (" + element + ")";
  return out + ": " + text;
}

std::vector<Finding> Check(const Model& model) {
  std::vector<Finding> out;
  for (const DecisionTable* table : model.definitions().tables) CheckTable(*table, &out);
  CheckInputs(model.definitions(), &out);
  CheckTypes(model.definitions(), &out);
  return out;
}

}  // namespace vroegsein::dmn
