// The five covenant partners of the simulation, and how each of them writes. Constant data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vroegsein::simulator {

enum class Format : uint8_t { kCsvSemicolon, kCsvComma, kCsvTab, kNdjson };

struct Partner {
  std::string_view name;    // as design.md's default configuration knows them
  std::string_view sector;  // soort
  std::string_view id_prefix;
  std::string_view threat;
  std::string_view came_true;  // the afloop when the threat came true
  int delivery_day;            // of the month; signals are dated up to kDatedBeforeDaysMax earlier
  Format format;
};

inline constexpr int kDatedBeforeDaysMax = 2;

enum PartnerIndex : size_t {
  kVitens,
  kEssent,
  kDeFriesland,
  kWoonFriesland,
  kElkien,
  kPartnerCount
};

inline constexpr std::array<Partner, kPartnerCount> kPartners = {{
    {"vitens", "Water", "VT", "afsluiting-water", "afgesloten", 4, Format::kCsvSemicolon},
    {"essent", "Energie", "ES", "afsluiting-energie", "afgesloten", 7, Format::kNdjson},
    {"de-friesland", "Zorg", "DFZ", "einde-zorgverzekering", "verzekering-beeindigd", 11,
     Format::kNdjson},
    {"woonfriesland", "Huur", "WF", "ontruiming", "ontruimd", 15, Format::kCsvTab},
    {"elkien", "Huur", "ELK", "ontruiming", "ontruimd", 18, Format::kCsvComma},
}};

}  // namespace vroegsein::simulator
