#include "alerts/reading/households.h"

#include "store/keys.h"
#include "store/record_check.h"
#include "store/state.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

// Parses every record under `prefix` into the same message, so that its memory is used again.
template <typename Record, typename Function>
Status EachRecord(const Database& database, const std::string& prefix, const char* name,
                  const Function& each) {
  Record record;
  Status status;
  auto read = [&](std::string_view, std::string_view value) {
    bool known = record.ParseFromArray(value.data(), static_cast<int>(value.size())) &&
                 record.version() <= kRecordVersion;
    status = known ? each(record) : Status::DataLoss(std::string(name) + " cannot be read");
    return status.ok();
  };
  VROEGSEIN_RETURN_IF_ERROR(database.Scan(prefix, keys::After(prefix), read));
  return status;
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

Status EachHousehold(const Database& database, const std::string& municipality,
                     const EachHouseholdFunction& each) {
  auto texts = ReadTexts(database, municipality);
  if (!texts.ok()) return texts.status();
  return EachRecord<HouseholdRecord>(database, keys::Households(municipality), "a household",
                                     [&](HouseholdRecord& household) {
                                       Status whole = CheckHousehold(household);
                                       if (!whole.ok()) return whole;
                                       SpellOut(*texts, &household);
                                       return each(household);
                                     });
}

Result<std::optional<HouseholdRecord>> ReadHousehold(const Database& database,
                                                     const HouseholdId& id) {
  auto bytes = database.Get(keys::Household(id));
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) return std::optional<HouseholdRecord>();
  HouseholdRecord household;
  if (!household.ParseFromString(**bytes)) return Status::DataLoss("a household cannot be read");
  VROEGSEIN_RETURN_IF_ERROR(CheckHousehold(household));
  auto texts = ReadTexts(database, id.municipality);
  if (!texts.ok()) return texts.status();
  SpellOut(*texts, &household);
  return std::optional<HouseholdRecord>(std::move(household));
}

Status EachErasedFact(const Database& database, const std::string& municipality,
                      const EachFactFunction& each) {
  return EachRecord<CaseFact>(database, keys::Facts(municipality), "a report's count", each);
}

}  // namespace vroegsein
