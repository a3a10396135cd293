#include "alerts/api/case_texts.h"

#include "alerts/desk/case_file.h"
#include "alerts/reading/case_json.h"
#include "alerts/reading/households.h"
#include "store/household/person.h"

namespace vroegsein {
namespace {

// Who lives where does not change with these.
bool IsWork(const Event& event) {
  return event.has_task() || event.has_contact() || event.has_note() || event.has_refused();
}

CaseText TextOf(const HouseholdRecord& household, uint32_t case_number) {
  CaseText text;
  for (const SignalRecord* record : SignalsOf(household, case_number)) {
    const Client& client = record->signal().client();
    for (const std::string* part : {&client.initials(), &client.prefix(), &client.surname(),
                                    &client.street(), &client.town()}) {
      text.folded += FoldName(*part) + "|";
    }
    text.sectors.insert(record->signal().sector());
  }
  const AddressRecord& address = household.address();
  text.folded += FoldName(address.postcode()) + "|" + FoldName(address.house_number()) +
                 FoldName(address.suffix());
  return text;
}

}  // namespace

void CaseTexts::Forget(Municipality* municipality, uint64_t household) {
  auto begin = municipality->cases.lower_bound({household, 0});
  auto end = municipality->cases.lower_bound({household + 1, 0});
  kept_ -= static_cast<size_t>(std::distance(begin, end));
  municipality->cases.erase(begin, end);
}

void CaseTexts::Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes) {
  std::lock_guard lock(mutex_);
  for (size_t i = 0; i < entries.size(); ++i) {
    const Event& event = entries[i].event;
    if (IsWork(event)) continue;
    Municipality& municipality = municipalities_[event.municipality()];
    ++municipality.changes;
    const auto& receipt = outcomes[i].receipt;
    auto id =
        event.has_signal() && receipt ? CaseId::Parse(receipt->case_id.value_or("")) : std::nullopt;
    if (id && !outcomes[i].regrouped) {
      Forget(&municipality, id->household.number);
    } else {
      kept_ -= municipality.cases.size();
      municipality.cases.clear();
    }
  }
}

Result<std::shared_ptr<const CaseText>> CaseTexts::Of(const CaseId& id) {
  const Key key{id.household.number, id.number};
  uint64_t changes = 0;
  {
    std::lock_guard lock(mutex_);
    Municipality& municipality = municipalities_[id.household.municipality];
    auto found = municipality.cases.find(key);
    if (found != municipality.cases.end()) return found->second;
    changes = municipality.changes;
  }
  auto household = ReadHousehold(*database_, id.household, Depth::kWhole);
  if (!household.ok()) return household.status();
  if (!household->has_value()) return std::shared_ptr<const CaseText>();
  auto text = std::make_shared<const CaseText>(TextOf(**household, id.number));
  std::lock_guard lock(mutex_);
  Municipality& municipality = municipalities_[id.household.municipality];
  if (municipality.changes != changes) return std::shared_ptr<const CaseText>(text);
  if (kept_ >= kCasesMax) {
    for (auto& [code, one] : municipalities_) one.cases.clear();
    kept_ = 0;
  }
  if (municipality.cases.emplace(key, text).second) ++kept_;
  return std::shared_ptr<const CaseText>(text);
}

}  // namespace vroegsein
