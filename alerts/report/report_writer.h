// The report on paper: JSON for programs, CSV for a spreadsheet. Deterministic, byte for byte.
//
// JSON: one object. Names are Dutch and in camelCase, always all of them and in the order of
// measures.h:
//   {"rapportage":"trechter","peildatum":D,
//    "perioden":{"signalen":{"van":D,"totEnMet":D,"telt":"dag van ontvangst"},
//                "zaken":{"van":D,"totEnMet":D,"telt":"dag van opening"}},
//    "gemeenten":["0080"],
//    "totaal":CIJFERS,
//    "perGemeente":[RIJ],"perMaand":[RIJ],"perZone":[RIJ],"perTeam":[RIJ],"perPartner":[RIJ],
//    "perSoort":[RIJ]}
//   RIJ = {"waarde":"2026-04", and then what CIJFERS has}
//   CIJFERS =
//   {"signalen":{..},"zaken":{..},"eerstePoging":{..},"eersteGesprek":{..},"termijn":{..},
//              "dreigingen":{"alle":{..},"ontruiming":{..},"afsluiting-energie":{..}, ...}}
// A share is a percentage with one decimal, null when there is nothing to divide by.
//
// CSV: one wide table, a row per value of a cut, the total first: filter on the column `Snede`.
// Made for a Dutch Excel, which opens it with a double click: UTF-8 with a byte order mark, `;`
// between columns, a decimal comma, CRLF. The period stands in every row, so that a row that is
// copied keeps it. A text that a spreadsheet would take for a formula gets an apostrophe in front.
//
// Pure functions; thread safe.
#pragma once

#include <string>

#include "alerts/report/report.h"

namespace vroegsein {

// Ends with a newline.
std::string ReportJson(const Report& report);
std::string ReportCsv(const Report& report);

}  // namespace vroegsein
