#include "alerts/ddas/values.h"

#include <algorithm>
#include <array>

namespace vroegsein::ddas {
namespace {

constexpr std::array<std::string_view, 10> kContactKinds = {
    "Administratief", "Afspraak op locatie", "Brief",   "Huisbezoek", "Kaartje", "Mail", "Onbekend",
    "Overige",        "SMS/Whatsapp",        "Telefoon"};

constexpr std::array<std::string_view, 3> kDayParts = {"Ochtend", "Middag", "Avond"};

constexpr std::string_view kQuickFix = "(Budget)advies en/of quick fix";
constexpr std::string_view kKnownDebtHelp = "Inwoner al bekend bij schuldhulpverlening";
constexpr std::string_view kSelfPaid = "Inwoner heeft zelf al betaald/betalingsregeling getroffen";
constexpr std::string_view kDeceased = "Inwoner is overleden";
constexpr std::string_view kOtherReason = "Niet opgepakt: andere reden";
constexpr std::string_view kRepeat = "Niet opgepakt: herhaalde melding";
constexpr std::string_view kUnfounded = "Niet opgepakt: onterecht signaal";
constexpr std::string_view kNotResident = "Persoon is geen inwoner (meer) in de gemeente";
constexpr std::string_view kHelp = "Vervolghulp en/of verwijzing";
constexpr std::string_view kHelpFinancial = "Vervolghulp en/of verwijzing financieel";
constexpr std::string_view kHelpOther = "Vervolghulp en/of verwijzing niet financieel";

constexpr std::array<std::string_view, 16> kOutcomes = {
    kQuickFix,
    "Definitief geen contact kunnen krijgen",
    "Geen reactie na eerder contact",
    kKnownDebtHelp,
    "Inwoner heeft al een ander lopend traject",
    kSelfPaid,
    kDeceased,
    "Inwoner regelt het zelf/hoeft geen hulp vanuit vroegsignalering",
    kOtherReason,
    kRepeat,
    kUnfounded,
    kNotResident,
    kHelp,
    kHelpFinancial,
    kHelpOther,
    "Verwijzing zonder tussenkomst inwoner"};

template <size_t N>
bool Has(const std::array<std::string_view, N>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

std::span<const std::string_view> ContactKinds() { return kContactKinds; }
std::span<const std::string_view> DayParts() { return kDayParts; }
std::span<const std::string_view> Outcomes() { return kOutcomes; }

bool IsContactKind(std::string_view text) { return Has(kContactKinds, text); }
bool IsDayPart(std::string_view text) { return Has(kDayParts, text); }
bool IsOutcome(std::string_view text) { return Has(kOutcomes, text); }

std::string_view NameOf(SignalStatus status) {
  switch (status) {
    case SIGNAL_OPEN: return "Nog niet opgepakt";
    case SIGNAL_TAKEN_UP: return "Opgepakt";
    case SIGNAL_REPEAT: return kRepeat;
    case SIGNAL_UNFOUNDED: return kUnfounded;
    case SIGNAL_OTHER_REASON: return kOtherReason;
    case SIGNAL_KNOWN_DEBT_HELP: return kKnownDebtHelp;
    case SIGNAL_DECEASED: return kDeceased;
    case SIGNAL_NOT_RESIDENT: return kNotResident;
    default: return "";
  }
}

SignalStatus StatusAfter(std::string_view outcome) {
  if (outcome == kKnownDebtHelp) return SIGNAL_KNOWN_DEBT_HELP;
  if (outcome == kDeceased) return SIGNAL_DECEASED;
  if (outcome == kOtherReason) return SIGNAL_OTHER_REASON;
  if (outcome == kRepeat) return SIGNAL_REPEAT;
  if (outcome == kUnfounded) return SIGNAL_UNFOUNDED;
  if (outcome == kNotResident) return SIGNAL_NOT_RESIDENT;
  return SIGNAL_TAKEN_UP;
}

bool IsHelpAccepted(std::string_view outcome) {
  return outcome == kQuickFix || outcome == kHelp || outcome == kHelpFinancial ||
         outcome == kHelpOther;
}

bool IsSolvedOrHelped(std::string_view outcome) {
  return outcome == kSelfPaid || IsHelpAccepted(outcome);
}

bool IsDebtHelp(std::string_view outcome) { return outcome == kHelpFinancial; }

std::string_view NameOf(Threat threat) {
  switch (threat) {
    case THREAT_NONE: return "geen";
    case THREAT_EVICTION: return "ontruiming";
    case THREAT_ENERGY_CUTOFF: return "afsluiting-energie";
    case THREAT_HEAT_CUTOFF: return "afsluiting-warmte";
    case THREAT_WATER_CUTOFF: return "afsluiting-water";
    case THREAT_INSURANCE_END: return "einde-zorgverzekering";
    default: return "";
  }
}

std::string_view NameOf(AftermathKind kind) {
  switch (kind) {
    case AFTERMATH_PAID: return "betaald";
    case AFTERMATH_ARRANGEMENT: return "betalingsregeling";
    case AFTERMATH_WITHDRAWN: return "ingetrokken";
    case AFTERMATH_EVICTED: return "ontruimd";
    case AFTERMATH_CUT_OFF: return "afgesloten";
    case AFTERMATH_INSURANCE_ENDED: return "verzekering-beeindigd";
    default: return "";
  }
}

std::optional<AftermathKind> AftermathKindOf(std::string_view name) {
  for (int kind = AFTERMATH_PAID; kind <= AFTERMATH_INSURANCE_ENDED; ++kind) {
    if (NameOf(static_cast<AftermathKind>(kind)) == name) return static_cast<AftermathKind>(kind);
  }
  return std::nullopt;
}

}  // namespace vroegsein::ddas
