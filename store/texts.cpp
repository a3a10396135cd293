#include "store/texts.h"

#include <charconv>

#include "store/keys.h"

namespace vroegsein {
namespace {

// Between the parts of a fired rule's text; no name or sentence of a model holds it.
constexpr char kPart = '\x1f';

std::string TextOf(const FiredRule& fired) {
  std::string text;
  text.reserve(fired.table().size() + fired.reason().size() + 16);
  text.append(fired.table()).append(1, kPart).append(std::to_string(fired.rule()));
  return text.append(1, kPart).append(fired.reason());
}

FiredRule FiredRuleOf(std::string_view text) {
  FiredRule fired;
  size_t first = text.find(kPart), second = text.find(kPart, first + 1);
  if (second == std::string_view::npos) return fired;
  uint32_t rule = 0;
  std::from_chars(text.data() + first + 1, text.data() + second, rule);
  fired.set_table(std::string(text.substr(0, first)));
  fired.set_rule(rule);
  fired.set_reason(std::string(text.substr(second + 1)));
  return fired;
}

template <typename Decision>
Status ShortenDecision(State* state, const std::string& municipality, Decision* decision) {
  auto policy = state->NumberOfText(municipality, decision->policy());
  if (!policy.ok()) return policy.status();
  decision->set_policy_text(*policy);
  decision->clear_policy();
  for (const FiredRule& fired : decision->fired()) {
    auto number = state->NumberOfText(municipality, TextOf(fired));
    if (!number.ok()) return number.status();
    decision->add_fired_texts(*number);
    decision->add_fired_points(fired.points());
  }
  decision->clear_fired();
  auto* points = decision->mutable_fired_points();
  while (!points->empty() && points->Get(points->size() - 1) == 0) points->RemoveLast();
  return Status::Ok();
}

std::string_view TextAt(const TextsRecord& texts, uint32_t number) {
  bool known = number > 0 && number <= static_cast<uint32_t>(texts.texts_size());
  return known ? std::string_view(texts.texts(static_cast<int>(number) - 1)) : std::string_view();
}

template <typename Decision>
void SpellOutDecision(const TextsRecord& texts, Decision* decision) {
  decision->set_policy(std::string(TextAt(texts, decision->policy_text())));
  decision->clear_fired();
  for (int i = 0; i < decision->fired_texts_size(); ++i) {
    FiredRule* fired = decision->add_fired();
    *fired = FiredRuleOf(TextAt(texts, decision->fired_texts(i)));
    if (i < decision->fired_points_size()) fired->set_points(decision->fired_points(i));
  }
}

}  // namespace

Status Shorten(State* state, const std::string& municipality, SignalDecision* decision) {
  return ShortenDecision(state, municipality, decision);
}

Status Shorten(State* state, const std::string& municipality, CaseDecision* decision) {
  for (const std::string& step : decision->ladder()) {
    auto number = state->NumberOfText(municipality, step);
    if (!number.ok()) return number.status();
    decision->add_ladder_texts(*number);
  }
  decision->clear_ladder();
  return ShortenDecision(state, municipality, decision);
}

Result<TextsRecord> ReadTexts(const Database& database, const std::string& municipality) {
  auto bytes = database.Get(keys::Texts(municipality));
  if (!bytes.ok()) return bytes.status();
  TextsRecord texts;
  if (bytes->has_value() && !texts.ParseFromString(**bytes)) {
    return Status::DataLoss("a texts record cannot be read");
  }
  return texts;
}

void SpellOut(const TextsRecord& texts, SignalDecision* decision) {
  SpellOutDecision(texts, decision);
}

void SpellOut(const TextsRecord& texts, HouseholdRecord* household) {
  for (CaseRecord& case_record : *household->mutable_cases()) {
    case_record.set_routing(std::string(TextAt(texts, case_record.routing_text())));
    for (CaseDecision& decision : *case_record.mutable_decisions()) {
      SpellOutDecision(texts, &decision);
      decision.clear_ladder();
      for (uint32_t step : decision.ladder_texts()) {
        decision.add_ladder(std::string(TextAt(texts, step)));
      }
    }
  }
}

}  // namespace vroegsein
