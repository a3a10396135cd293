#include "store/texts.h"

#include "store/keys.h"

namespace vroegsein {
namespace {

Status ShortenText(State* state, const std::string& municipality, std::string* text,
                   uint32_t* number) {
  if (text->empty()) return Status::Ok();
  auto found = state->NumberOfText(municipality, *text);
  if (!found.ok()) return found.status();
  *number = *found;
  text->clear();
  return Status::Ok();
}

template <typename Decision>
Status ShortenDecision(State* state, const std::string& municipality, Decision* decision) {
  uint32_t number = 0;
  VROEGSEIN_RETURN_IF_ERROR(ShortenText(state, municipality, decision->mutable_policy(), &number));
  decision->set_policy_text(number);
  for (FiredRule& fired : *decision->mutable_fired()) {
    uint32_t table = 0, reason = 0;
    VROEGSEIN_RETURN_IF_ERROR(ShortenText(state, municipality, fired.mutable_table(), &table));
    VROEGSEIN_RETURN_IF_ERROR(ShortenText(state, municipality, fired.mutable_reason(), &reason));
    fired.set_table_text(table);
    fired.set_reason_text(reason);
  }
  return Status::Ok();
}

std::string TextAt(const TextsRecord& texts, uint32_t number) {
  bool known = number > 0 && static_cast<int>(number) <= texts.texts_size();
  return known ? texts.texts(static_cast<int>(number) - 1) : std::string();
}

template <typename Decision>
void SpellOutDecision(const TextsRecord& texts, Decision* decision) {
  decision->set_policy(TextAt(texts, decision->policy_text()));
  for (FiredRule& fired : *decision->mutable_fired()) {
    fired.set_table(TextAt(texts, fired.table_text()));
    fired.set_reason(TextAt(texts, fired.reason_text()));
  }
}

}  // namespace

Status Shorten(State* state, const std::string& municipality, SignalDecision* decision) {
  return ShortenDecision(state, municipality, decision);
}

Status Shorten(State* state, const std::string& municipality, CaseDecision* decision) {
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

void SpellOut(const TextsRecord& texts, HouseholdRecord* household) {
  for (SignalRecord& record : *household->mutable_signals()) {
    SpellOutDecision(texts, record.mutable_decision());
  }
  for (CaseRecord& case_record : *household->mutable_cases()) {
    for (CaseDecision& decision : *case_record.mutable_decisions()) {
      SpellOutDecision(texts, &decision);
    }
  }
}

}  // namespace vroegsein
