#include "alerts/reading/households.h"

#include "store/keys.h"
#include "store/state.h"

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
  return EachRecord<HouseholdRecord>(database, keys::Households(municipality), "a household", each);
}

Status EachErasedFact(const Database& database, const std::string& municipality,
                      const EachFactFunction& each) {
  return EachRecord<CaseFact>(database, keys::Facts(municipality), "a report's count", each);
}

}  // namespace vroegsein
