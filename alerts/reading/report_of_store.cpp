#include "alerts/reading/report_of_store.h"

#include "alerts/reading/households.h"
#include "alerts/report/case_fact.h"

namespace vroegsein {
namespace {

Status AddMunicipality(const Database& database, const std::string& code, ReportBuilder* builder) {
  VROEGSEIN_RETURN_IF_ERROR(
      EachHousehold(database, code, Depth::kCases, [&](const HouseholdRecord& household) {
        for (const CaseFact& fact : FactsOfHousehold(household)) builder->Add(code, fact);
        return Status::Ok();
      }));
  return EachErasedFact(database, code, [&](const CaseFact& fact) {
    builder->Add(code, fact);
    return Status::Ok();
  });
}

}  // namespace

Result<std::vector<MunicipalitySettings>> ChooseMunicipalities(const Database& database,
                                                               const std::string& code) {
  auto all = Municipalities(database);
  if (!all.ok()) return all.status();
  std::vector<MunicipalitySettings> chosen;
  for (const MunicipalityRecord& record : *all) {
    if (code.empty() || record.settings().code() == code) chosen.push_back(record.settings());
  }
  if (chosen.empty() && !code.empty()) {
    return Status::NotFound("the data folder has no municipality " + code);
  }
  return chosen;
}

Result<Report> ReportOfStore(const Database& database,
                             const std::vector<MunicipalitySettings>& municipalities, Period period,
                             Date today) {
  std::vector<std::string> codes;
  for (const MunicipalitySettings& settings : municipalities) codes.push_back(settings.code());
  ReportBuilder builder(period, today, codes);
  for (const std::string& code : codes) {
    VROEGSEIN_RETURN_IF_ERROR(AddMunicipality(database, code, &builder));
  }
  return builder.report();
}

Status ExportDdasOfStore(const Database& database,
                         const std::vector<MunicipalitySettings>& municipalities,
                         const DdasExportOptions& options, const WriteText& write) {
  auto walk = [&](const std::string& municipality, const EachHouseholdFunction& each) {
    return EachHousehold(database, municipality, Depth::kWhole, each);
  };
  return ExportDdas(options, municipalities, walk, write);
}

}  // namespace vroegsein
