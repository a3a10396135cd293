// The report and the exchange file over a data folder: the pure parts of alerts/report, fed with
// what is there and with what is left of what was erased.
//
// Errors: kNotFound for a municipality that the folder does not have, kDataLoss for an unreadable
// record, those of the database. Threads: any.
#pragma once

#include <string>
#include <vector>

#include "alerts/report/ddas_export.h"
#include "alerts/report/report.h"
#include "store/database.h"

namespace vroegsein {

// The one with this code, or all of them when `code` is empty.
Result<std::vector<MunicipalitySettings>> ChooseMunicipalities(const Database& database,
                                                               const std::string& code);

Result<Report> ReportOfStore(const Database& database,
                             const std::vector<MunicipalitySettings>& municipalities, Period period,
                             Date today);

Status ExportDdasOfStore(const Database& database,
                         const std::vector<MunicipalitySettings>& municipalities,
                         const DdasExportOptions& options, const WriteText& write);

}  // namespace vroegsein
