#include "store/texts.h"

#include <charconv>

#include "store/keys.h"

namespace vroegsein {
namespace {

// Between the parts of a fired rule's text; no name or sentence of a model holds it.
constexpr char kPart = '\x1f';

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

// The municipality's numbers of what one source numbered otherwise.
class Numbering {
 public:
  Numbering(State* state, const std::string& municipality, const TextsRecord& texts,
            std::vector<State::NumberedText>* known)
      : state_(state), municipality_(municipality), texts_(texts), known_(known) {
    known_->resize(static_cast<size_t>(texts.texts_size()));
  }

  // REQUIRES: a number of `texts`.
  Status Change(uint32_t* number) {
    VROEGSEIN_CHECK(*number > 0 && *number <= known_->size());
    State::NumberedText& known = (*known_)[*number - 1];
    const std::string& text = texts_.texts(static_cast<int>(*number) - 1);
    if (known.number == 0 || known.text != text) {
      auto given = state_->NumberOfText(municipality_, text);
      if (!given.ok()) return given.status();
      known = {text, *given};
    }
    *number = known.number;
    return Status::Ok();
  }
  Status Change(google::protobuf::RepeatedField<uint32_t>* numbers) {
    for (uint32_t& number : *numbers) VROEGSEIN_RETURN_IF_ERROR(Change(&number));
    return Status::Ok();
  }

 private:
  State* state_;
  const std::string& municipality_;
  const TextsRecord& texts_;
  std::vector<State::NumberedText>* known_;
};

Result<Numbering> NumberingOf(State* state, const std::string& municipality,
                              const TextsRecord& texts) {
  VROEGSEIN_CHECK(texts.texts_size() > 0);
  auto known = state->NumbersOf(municipality, texts.texts(0));
  if (!known.ok()) return known.status();
  return Numbering(state, municipality, texts, *known);
}

template <typename Decision>
Status RenumberDecision(Numbering* numbering, Decision* decision) {
  uint32_t policy = decision->policy_text();
  VROEGSEIN_RETURN_IF_ERROR(numbering->Change(&policy));
  decision->set_policy_text(policy);
  return numbering->Change(decision->mutable_fired_texts());
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

std::string TextOf(const FiredRule& fired) {
  std::string text;
  text.reserve(fired.table().size() + fired.reason().size() + 16);
  text.append(fired.table()).append(1, kPart).append(std::to_string(fired.rule()));
  return text.append(1, kPart).append(fired.reason());
}

Status Renumber(State* state, const std::string& municipality, const TextsRecord& texts,
                SignalDecision* decision) {
  auto numbering = NumberingOf(state, municipality, texts);
  if (!numbering.ok()) return numbering.status();
  return RenumberDecision(&*numbering, decision);
}

Status Renumber(State* state, const std::string& municipality, const TextsRecord& texts,
                CaseDecision* decision) {
  auto numbering = NumberingOf(state, municipality, texts);
  if (!numbering.ok()) return numbering.status();
  VROEGSEIN_RETURN_IF_ERROR(numbering->Change(decision->mutable_ladder_texts()));
  return RenumberDecision(&*numbering, decision);
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

void SpellOut(const TextsRecord& texts, CaseDecision* decision) {
  SpellOutDecision(texts, decision);
  decision->clear_ladder();
  for (uint32_t step : decision->ladder_texts()) {
    decision->add_ladder(std::string(TextAt(texts, step)));
  }
}

void SpellOut(const TextsRecord& texts, HouseholdRecord* household) {
  for (CaseRecord& case_record : *household->mutable_cases()) {
    case_record.set_routing(std::string(TextAt(texts, case_record.routing_text())));
    for (CaseDecision& decision : *case_record.mutable_decisions()) SpellOut(texts, &decision);
  }
}

}  // namespace vroegsein
