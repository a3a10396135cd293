#include "alerts/reading/households.h"

#include "store/decision_history.h"
#include "store/household/alias.h"
#include "store/keys.h"
#include "store/record_check.h"
#include "store/signal_detail.h"
#include "store/state.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

// Parses every record in [begin, end) into the same message, so that its memory is used again.
template <typename Record, typename Function>
Status EachRecordIn(const Database& database, const std::string& begin, const std::string& end,
                    const char* name, const Function& each) {
  Record record;
  Status status;
  auto read = [&](std::string_view, std::string_view value) {
    bool known = record.ParseFromArray(value.data(), static_cast<int>(value.size())) &&
                 record.version() <= kRecordVersion;
    status = known ? each(record) : Status::DataLoss(std::string(name) + " cannot be read");
    return status.ok();
  };
  VROEGSEIN_RETURN_IF_ERROR(database.Scan(begin, end, read));
  return status;
}

template <typename Record, typename Function>
Status EachRecord(const Database& database, const std::string& prefix, const char* name,
                  const Function& each) {
  return EachRecordIn<Record>(database, prefix, keys::After(prefix), name, each);
}

Status Complete(const Database& database, const TextsRecord& texts, Depth depth,
                HouseholdRecord* household) {
  VROEGSEIN_RETURN_IF_ERROR(RecallDecisions(household));
  VROEGSEIN_RETURN_IF_ERROR(CheckHousehold(*household));
  SpellOut(texts, household);
  if (depth == Depth::kCases) return Status::Ok();
  return ReadDetails(database, texts, household);
}

}  // namespace

Result<std::vector<MunicipalityRecord>> Municipalities(const Database& database) {
  std::vector<MunicipalityRecord> found;
  auto add = [&](const MunicipalityRecord& record) {
    found.push_back(record);
    return Status::Ok();
  };
  Status status = EachRecord<MunicipalityRecord>(database, keys::Municipalities(),
                                                 "a municipality's record", add);
  if (!status.ok()) return status;
  return found;
}

Status EachHousehold(const Database& database, const std::string& municipality, Depth depth,
                     const EachHouseholdFunction& each) {
  auto texts = ReadTexts(database, municipality);
  if (!texts.ok()) return texts.status();
  auto complete = [&](HouseholdRecord& household) {
    VROEGSEIN_RETURN_IF_ERROR(Complete(database, *texts, depth, &household));
    return each(household);
  };
  return EachRecord<HouseholdRecord>(database, keys::Households(municipality), "a household",
                                     complete);
}

Status EachHouseholdIn(const Database& database, const HouseholdRange& range,
                       const TextsRecord& texts, const EachHouseholdFunction& each) {
  auto complete = [&](HouseholdRecord& household) {
    VROEGSEIN_RETURN_IF_ERROR(Complete(database, texts, Depth::kCases, &household));
    return each(household);
  };
  return EachRecordIn<HouseholdRecord>(database, keys::Household({range.municipality, range.first}),
                                       keys::Household({range.municipality, range.last + 1}),
                                       "a household", complete);
}

Result<std::optional<HouseholdRecord>> ReadHousehold(const Database& database,
                                                     const HouseholdId& id, Depth depth) {
  auto bytes = database.Get(keys::Household(id));
  if (bytes.ok() && !bytes->has_value()) {
    auto current = CurrentName(ReaderOf(database), id);
    if (!current.ok()) return current.status();
    bytes = database.Get(keys::Household(*current));
  }
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) return std::optional<HouseholdRecord>();
  HouseholdRecord household;
  if (!household.ParseFromString(**bytes)) return Status::DataLoss("a household cannot be read");
  auto texts = ReadTexts(database, id.municipality);
  if (!texts.ok()) return texts.status();
  VROEGSEIN_RETURN_IF_ERROR(Complete(database, *texts, depth, &household));
  return std::optional<HouseholdRecord>(std::move(household));
}

Result<CountersRecord> ReadCounters(const Database& database, const std::string& municipality) {
  auto bytes = database.Get(keys::Counters(municipality));
  if (!bytes.ok()) return bytes.status();
  CountersRecord counters;
  if (!counters.ParseFromString(bytes->value_or(""))) {
    return Status::DataLoss("a municipality's counts cannot be read");
  }
  return counters;
}

Status EachErasedFact(const Database& database, const std::string& municipality,
                      const EachFactFunction& each) {
  return EachRecord<CaseFact>(database, keys::Facts(municipality), "a report's count", each);
}

}  // namespace vroegsein
