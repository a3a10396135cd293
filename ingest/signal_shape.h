// The fields of a signal and of an aftermath as partners write them: the names of design.md, once.
//
// The enumerators index RawRecord::values. Constant data; thread safe.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "ingest/record.h"
#include "ingest/signal.pb.h"

namespace vroegsein {

enum class SignalField : size_t {
  kId,
  kSector,
  kMunicipality,
  kSignalDate,
  kArrearsCents,
  kOriginDate,
  kCustomerNumber,
  kThreat,
  kThreatDate,
  kCrisis,
  kWarmHandover,
  kReminders,
  kPersonalContact,
  kHelpOffered,
  kObjection,
  kInitials,
  kPrefix,
  kSurname,
  kBirthDate,
  kStreet,
  kPostcode,
  kHouseNumber,
  kHouseNumberSuffix,
  kTown,
  kPhone,
  kEmail,
  kBsn,
  kLegalPerson,
};
inline constexpr size_t kSignalFieldCount = static_cast<size_t>(SignalField::kLegalPerson) + 1;

enum class AftermathField : size_t { kSignalId, kKind, kDate };
inline constexpr size_t kAftermathFieldCount = static_cast<size_t>(AftermathField::kDate) + 1;

const RecordShape& SignalShape();
const RecordShape& AftermathShape();

// DDAS vroegsignalering 1.2, EnumSignaalpartner: the sectors (soort).
inline constexpr std::array<std::string_view, 11> kSectors = {"Belastingdienst",
                                                              "CAK Eigen bijdrage",
                                                              "CAK Zorgverzekeringen",
                                                              "Dienst Toeslagen",
                                                              "DUO",
                                                              "Energie",
                                                              "Huur",
                                                              "Hypotheek",
                                                              "Overige",
                                                              "Water",
                                                              "Zorg"};

struct ThreatName {
  std::string_view name;
  Threat threat;
};
inline constexpr std::array<ThreatName, 6> kThreatNames = {{
    {"geen", THREAT_NONE},
    {"ontruiming", THREAT_EVICTION},
    {"afsluiting-energie", THREAT_ENERGY_CUTOFF},
    {"afsluiting-warmte", THREAT_HEAT_CUTOFF},
    {"afsluiting-water", THREAT_WATER_CUTOFF},
    {"einde-zorgverzekering", THREAT_INSURANCE_END},
}};

struct AftermathName {
  std::string_view name;
  AftermathKind kind;
};
inline constexpr std::array<AftermathName, 6> kAftermathNames = {{
    {"betaald", AFTERMATH_PAID},
    {"betalingsregeling", AFTERMATH_ARRANGEMENT},
    {"ingetrokken", AFTERMATH_WITHDRAWN},
    {"ontruimd", AFTERMATH_EVICTED},
    {"afgesloten", AFTERMATH_CUT_OFF},
    {"verzekering-beeindigd", AFTERMATH_INSURANCE_ENDED},
}};

}  // namespace vroegsein
