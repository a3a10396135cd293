// The national exchange file (DDAS vroegsignalering 1.2, Uitwisselmodel): what a municipality hands
// to Statistics Netherlands. Written piece by piece: memory stays that of one household, however
// many there are. Deterministic: the same store, period and moment give the same bytes.
//
// What goes in, one levering per municipality:
//   vroegsignalen      every signal received in the period (day in Amsterdam, both bounds
//   included),
//                      taken up or not. ID = partner ":" the partner's own id, so that it is unique
//                      over partners. bedrag in whole euros, to the nearest, halves up: 34550 cents
//                      is 346. crisissignaal: the decision's (own flag, threat or the
//                      municipality's list).
//   client             the BSN alone where there is one, else postcode, huisnummer, the suffix and
//   the
//                      birth date where known. Never both, never a name. Sex is not kept by us.
//   vroegsignaalzaken  every case with such a signal, and of its signals those of the period, so
//   that no
//                      reference leads out of the file. All of its attempts. matchingsdatum is the
//                      day it was opened; the matching period is the calendar month of the earliest
//                      signaaldatum in the case; datumOpgepakt the first attempt; resultaat only
//                      once it is closed.
// What was erased is not in it: a delivery is made within the retention term.
//
// Errors: those of `walk` and `write`, which end the writing; what was written before is then no
// JSON. Threads: any. Cases are written before signals, so that a signal that arrives meanwhile
// cannot be referred to without being there.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/reading/households.h"
#include "alerts/report/report.h"
#include "ingest/calendar.h"
#include "store/record.pb.h"

namespace vroegsein {

struct DdasExportOptions {
  Period period;
  Instant now;  // aanleverdatumEnTijd
  // codeGegevensleverancier, as agreed with the receiver. Empty: the code of the first
  // municipality.
  std::string supplier_code;
};

// Goes past the households of one municipality: EachHousehold() over a store, or a list of a test.
using HouseholdWalk =
    std::function<Status(const std::string& municipality, const EachHouseholdFunction& each)>;
using WriteText = std::function<Status(std::string_view text)>;

// REQUIRES: options.period.from <= options.period.to
Status ExportDdas(const DdasExportOptions& options,
                  const std::vector<MunicipalitySettings>& municipalities,
                  const HouseholdWalk& walk, const WriteText& write);

}  // namespace vroegsein
