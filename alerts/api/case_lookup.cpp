#include "alerts/api/case_lookup.h"

#include <algorithm>

#include "alerts/access/gate.h"
#include "alerts/api/problem.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr char kOtherMunicipality[] = "Dit is van een andere gemeente.";
constexpr char kOtherTeam[] = "Dit is van een ander team.";

}  // namespace

Result<MunicipalityRecord> ReadMunicipalityRecord(const Database& database,
                                                  const std::string& code) {
  auto bytes = database.Get(keys::Municipality(code));
  if (!bytes.ok()) return bytes.status();
  MunicipalityRecord record;
  if (bytes->has_value() && !record.ParseFromString(**bytes)) {
    return Status::DataLoss("a municipality's record cannot be read");
  }
  return record;
}

FoundHousehold FindHouseholdFor(const ApiContext& api, const Identity& who,
                                const std::string& text) {
  FoundHousehold found;
  auto id = HouseholdId::Parse(text);
  if (!id) {
    found.problem = NotFoundProblem("Dit huishouden");
    return found;
  }
  if (!MaySeeMunicipality(who, id->municipality)) {
    found.problem = ForbiddenProblem(kOtherMunicipality);
    return found;
  }
  auto household = ReadHousehold(*api.database, *id, Depth::kWhole);
  if (!household.ok()) {
    found.problem = FailureProblem(household.status());
  } else if (!household->has_value()) {
    found.problem = NotFoundProblem("Dit huishouden");
  } else {
    found.household = std::move(**household);
    const auto& cases = found.household.cases();
    bool own = who.team.empty() ||
               std::any_of(cases.begin(), cases.end(),
                           [&](const CaseRecord& one) { return one.team() == who.team; });
    if (!own) found.problem = ForbiddenProblem(kOtherTeam);
  }
  return found;
}

FoundCase FindCaseFor(const ApiContext& api, const Identity& who, const std::string& text) {
  FoundCase found;
  auto id = CaseId::Parse(text);
  if (!id) {
    found.problem = NotFoundProblem("Deze zaak");
    return found;
  }
  found.id = *id;
  if (!MaySeeMunicipality(who, id->household.municipality)) {
    found.problem = ForbiddenProblem(kOtherMunicipality);
    return found;
  }
  auto household = ReadHousehold(*api.database, id->household, Depth::kWhole);
  if (!household.ok()) {
    found.problem = FailureProblem(household.status());
    return found;
  }
  if (household->has_value()) {
    found.household = std::move(**household);
    found.record = FindCase(std::as_const(found.household), id->number);
  }
  if (found.record == nullptr) {
    found.problem = NotFoundProblem("Deze zaak");
  } else if (!MaySeeTeam(who, found.record->team())) {
    found.problem = ForbiddenProblem(kOtherTeam);
  }
  return found;
}

}  // namespace vroegsein
