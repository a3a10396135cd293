// Measures (maten): every figure of the report by its Dutch name, once, in the order in which every
// format shows them. A measure is a count, or a share with its own denominator.
//
// Constants and pure functions; thread safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "alerts/report/report.h"

namespace vroegsein {

struct MeasureValue {
  uint64_t count = 0;
  bool is_share = false;
  uint64_t of = 0;  // of a share
};

// One figure of `Part`: of Figures, or of ThreatFigures.
template <typename Part>
struct Measure {
  std::string_view group;  // the JSON object it stands in
  std::string_view key;    // its name there
  std::string_view title;  // its column in a spreadsheet
  MeasureValue (*read)(const Part&);
};

std::span<const Measure<Figures>> FunnelMeasures();
// Of one threat, or of any; `group` is empty.
std::span<const Measure<ThreatFigures>> ThreatMeasures();

struct ThreatTitle {
  Threat threat;
  std::string_view key;
  std::string_view title;
};
std::span<const ThreatTitle> ThreatTitles();

// A share in tenths of a percent, halves up; nullopt of nothing.
std::optional<uint64_t> PerMille(const MeasureValue& share);

}  // namespace vroegsein
