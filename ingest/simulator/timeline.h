// The timeline of one household: in which months it had arrears, and what its partners sent.
//
// Calibrated on the national figures (Divosa Monitor Vroegsignalering 2023-2024): sectors
// 41/20/20/18, of the cases about 50% single, 11% multiple, 40% consecutive, a quarter of the
// energy signals with a threat, about one signal in ten not to be taken up. Pure functions; thread
// safe.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/simulator/options.h"
#include "ingest/simulator/people.h"

namespace vroegsein::simulator {

// What a notice is in truth; the names stand in waarheid.csv.
enum class NoticeKind : uint8_t {
  kNew,        // new: to be taken up
  kHigher,     // higher: the same arrears, and higher than before: to be taken up
  kRepeat,     // repeat: the same arrears, not higher (herhaalde melding)
  kUnfounded,  // unfounded: amount, days of arrears or legal person (onterecht signaal)
  kBroken,     // broken: a strict decoder refuses it
  kDuplicate,  // duplicate: the same row handed in again
};
inline constexpr size_t kNoticeKindCount = 6;
std::string_view NoticeKindName(NoticeKind kind);

enum class Again : uint8_t { kNo, kSameFile, kNextMonth };

// What became of it, as the partner reports in a later month; month < 0: nothing heard.
struct Sequel {
  int month = -1;
  std::string_view afloop;
  Date day;
};

struct Notice {
  NoticeKind kind = NoticeKind::kNew;
  size_t partner = 0;
  size_t member = 0;
  int month = 0;
  Date signal_date;
  Date origin_date;
  int64_t cents = 0;
  std::string customer_number;
  std::string_view threat;  // empty: none
  Date threat_date;
  bool crisis = false;
  Again again = Again::kNo;
  Sequel sequel;
};

// The first day of the first month of the simulation.
Date FirstMonthOf(const SimulationOptions& options);

// In order of month; at most a few per month.
std::vector<Notice> MakeTimeline(const SimulationOptions& options, const Household& household,
                                 const Residences& residences);

}  // namespace vroegsein::simulator
