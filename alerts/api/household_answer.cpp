#include "alerts/api/household_answer.h"

#include <algorithm>

#include "alerts/api/case_answer.h"
#include "alerts/desk/case_file.h"
#include "ingest/calendar.h"
#include "store/household/description.h"
#include "store/household/neighbourhood.h"

namespace vroegsein {
namespace {

const identity::Judge& TheJudge() {
  static const identity::Judge kJudge(identity::DefaultWeights());
  return kJudge;
}

std::string Day(int32_t days) { return FormatDate(DateOf(days)); }

void AddAddresses(const HouseholdRecord& household, JsonWriter* json) {
  json->Array("adressen");
  for (int place = 0; place < household.addresses_size(); ++place) {
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (const PersonRecord& person : household.persons()) {
      if (static_cast<int>(person.address()) != place) continue;
      first = std::min(first, person.first_day());
      last = std::max(last, person.last_day());
    }
    if (first > last) continue;
    json->BeginObject();
    AddAddress(household.addresses(place), json);
    json->Text("eersteSignaaldatum", Day(first)).Text("laatsteSignaaldatum", Day(last));
    json->EndObject();
  }
  json->EndArray();
}

void AddDescription(const HouseholdRecord& household, const PersonRecord& person,
                    JsonWriter* json) {
  identity::Resident resident = Recall(household, person);
  std::string surnames;
  for (const std::string& part : resident.surnames) {
    surnames += (surnames.empty() ? "" : " ") + part;
  }
  json->BeginObject().Integer("nummer", person.number()).Integer("persoon", person.person());
  json->Text("achternaam", surnames).TextOrNull("voorletters", resident.initials);
  json->TextOrNull("voornaam", resident.given).TextOrNull("geboortedatum", resident.birth);
  json->Flag("rechtspersoon", resident.legal_person);
  AddAddress(AddressOf(household, person), json);
  json->Text("eersteSignaaldatum", Day(person.first_day()));
  json->Text("laatsteSignaaldatum", Day(person.last_day()));
  json->Integer("aantalSignalen", person.records());
  HouseholdId home{household.municipality(), person.home()};
  json->TextOrNull("afkomstigUit", person.home() == 0 ? "" : home.Text()).EndObject();
}

void AddHistory(const HouseholdRecord& household, JsonWriter* json) {
  json->Array("geschiedenis");
  for (const HouseholdChange& change : household.history()) {
    HouseholdId other{household.municipality(), change.other()};
    json->BeginObject().Text("soort", NameOf(change.kind()));
    json->Text("op", FormatInstant(InstantOf(change.at_ms())));
    json->TextOrNull("ander", change.other() == 0 ? "" : other.Text());
    json->TextOrNull("door", change.by()).TextOrNull("reden", change.reason()).EndObject();
  }
  json->EndArray();
}

// Each description with the earlier one that it is most like.
void AddComparisons(const HouseholdRecord& household, JsonWriter* json) {
  json->Array("vergelijkingen");
  int count = std::min(household.persons_size(), kComparisonsMax);
  std::vector<identity::Resident> residents;
  for (int i = 0; i < count; ++i) {
    residents.push_back(Recall(household, household.persons(i)));
    std::optional<size_t> likest;
    double best = 0;
    for (size_t other = 0; other + 1 < residents.size(); ++other) {
      double bits = TheJudge().Weigh(residents[other], residents.back()).bits;
      if (likest && bits <= best) continue;
      likest = other;
      best = bits;
    }
    if (!likest) continue;
    json->BeginObject().Integer("beschrijving", household.persons(i).number());
    json->Integer("met", household.persons(static_cast<int>(*likest)).number());
    AddExplanation(identity::Explain(TheJudge(), residents[*likest], residents.back()), json);
    json->EndObject();
  }
  json->EndArray();
}

}  // namespace

std::string_view NameOf(HouseholdChangeKind kind) {
  switch (kind) {
    case HOUSEHOLD_JOINED: return "samengevoegd";
    case HOUSEHOLD_SENT: return "afgesplitst";
    case HOUSEHOLD_RECEIVED: return "overgenomen";
    case HOUSEHOLD_MOVED: return "verhuisd";
    case HOUSEHOLD_KEPT_APART: return "verschillend-beoordeeld";
    default: return "";
  }
}

void AddComposition(const HouseholdRecord& household, JsonWriter* json) {
  json->Array("aliassen");
  for (uint64_t alias : household.aliases()) {
    json->Text(HouseholdId{household.municipality(), alias}.Text());
  }
  json->EndArray();
  AddAddresses(household, json);
  json->Array("personen");
  for (const PersonRecord& person : household.persons()) AddDescription(household, person, json);
  json->EndArray();
  AddHistory(household, json);
  json->Array("grenzen");
  for (int limit : household.limits()) json->Text(NameOf(static_cast<MatchLimit>(limit)));
  json->EndArray();
  AddComparisons(household, json);
}

void AddExplanation(const identity::Explanation& explanation, JsonWriter* json) {
  json->Flag("zelfdePersoon", explanation.verdict.bits >= 0);
  json->Real("kans", explanation.verdict.same).Array("velden");
  for (const identity::FieldReason& reason : explanation.fields) {
    json->BeginObject().Text("veld", reason.field).Text("overeenkomst", reason.level);
    json->Real("bitsTegenVreemden", reason.share.against_unrelated);
    json->Real("bitsTegenHuisgenoten", reason.share.against_home).EndObject();
  }
  json->EndArray().Array("keerpunten");
  for (const identity::Turn& turn : explanation.turns) {
    json->BeginObject().Text("veld", turn.field).Text("is", turn.is);
    json->Text("zouMoetenZijn", turn.would_be).EndObject();
  }
  json->EndArray();
}

std::optional<LikestPair> FindLikest(const HouseholdRecord& household,
                                     const HouseholdRecord& other) {
  std::optional<LikestPair> likest;
  for (const PersonRecord& one : household.persons()) {
    identity::Resident resident = Recall(household, one);
    for (const PersonRecord& theirs : other.persons()) {
      auto explanation = identity::Explain(TheJudge(), resident, Recall(other, theirs));
      bool better = !likest || explanation.verdict.bits > likest->explanation.verdict.bits;
      if (better) likest = {&one, &theirs, std::move(explanation)};
    }
  }
  return likest;
}

}  // namespace vroegsein
