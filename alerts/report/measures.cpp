#include "alerts/report/measures.h"

#include <array>

namespace vroegsein {
namespace {

MeasureValue Count(uint64_t count) { return {count, false, 0}; }
MeasureValue Share(uint64_t count, uint64_t of) { return {count, true, of}; }

template <SignalStatus kStatus>
MeasureValue With(const Figures& figures) {
  return Count(figures.signals_with(kStatus));
}

using F = const Figures&;
using T = const ThreatFigures&;

constexpr std::string_view kSignals = "signalen";
constexpr std::string_view kCases = "zaken";
constexpr std::string_view kAttempt = "eerstePoging";
constexpr std::string_view kTalk = "eersteGesprek";
constexpr std::string_view kDeadline = "termijn";

// The statuses that end in `Niet opgepakt` or that a closed case gave its signals.
uint64_t NotTakenUp(F figures) {
  return figures.signals - figures.signals_with(SIGNAL_OPEN) -
         figures.signals_with(SIGNAL_TAKEN_UP);
}

constexpr std::array kFunnel = {
    Measure<Figures>{kSignals, "aantal", "Signalen", [](F f) { return Count(f.signals); }},
    Measure<Figures>{kSignals, "nogNietOpgepakt", "Nog niet opgepakt", With<SIGNAL_OPEN>},
    Measure<Figures>{kSignals, "opgepakt", "Opgepakt", With<SIGNAL_TAKEN_UP>},
    Measure<Figures>{kSignals, "nietOpgepakt", "Niet opgepakt",
                     [](F f) { return Count(NotTakenUp(f)); }},
    Measure<Figures>{kSignals, "herhaaldeMelding", "Niet opgepakt: herhaalde melding",
                     With<SIGNAL_REPEAT>},
    Measure<Figures>{kSignals, "onterechtSignaal", "Niet opgepakt: onterecht signaal",
                     With<SIGNAL_UNFOUNDED>},
    Measure<Figures>{kSignals, "andereReden", "Niet opgepakt: andere reden",
                     With<SIGNAL_OTHER_REASON>},
    Measure<Figures>{kSignals, "alBekendBijSchuldhulpverlening",
                     "Niet opgepakt: al bekend bij schuldhulpverlening",
                     With<SIGNAL_KNOWN_DEBT_HELP>},
    Measure<Figures>{kSignals, "overleden", "Niet opgepakt: overleden", With<SIGNAL_DECEASED>},
    Measure<Figures>{kSignals, "geenInwoner", "Niet opgepakt: geen inwoner (meer)",
                     With<SIGNAL_NOT_RESIDENT>},

    Measure<Figures>{kCases, "aantal", "Zaken", [](F f) { return Count(f.cases); }},
    Measure<Figures>{kCases, "open", "Zaken open", [](F f) { return Count(f.open); }},
    Measure<Figures>{kCases, "gesloten", "Zaken gesloten",
                     [](F f) { return Count(f.cases - f.open); }},
    Measure<Figures>{kCases, "crisis", "Crisis", [](F f) { return Count(f.crisis); }},
    Measure<Figures>{kCases, "enkelvoudig", "Enkelvoudig", [](F f) { return Count(f.single); }},
    Measure<Figures>{kCases, "meervoudig", "Meervoudig", [](F f) { return Count(f.multiple); }},
    Measure<Figures>{kCases, "opeenvolgend", "Opeenvolgend",
                     [](F f) { return Count(f.consecutive); }},
    Measure<Figures>{kCases, "meervoudigEnOpeenvolgend", "Waarvan meervoudig en opeenvolgend",
                     [](F f) { return Count(f.multiple_and_consecutive); }},
    Measure<Figures>{kCases, "metContactpoging", "Met contactpoging",
                     [](F f) { return Count(f.attempted); }},
    Measure<Figures>{kCases, "bereikt", "Bereikt", [](F f) { return Count(f.reached); }},
    Measure<Figures>{kCases, "aandeelBereiktProcent", "Bereikt, % van de zaken",
                     [](F f) { return Share(f.reached, f.cases); }},
    Measure<Figures>{kCases, "hulpAanvaard", "Hulp aanvaard",
                     [](F f) { return Count(f.help_accepted); }},
    Measure<Figures>{kCases, "aandeelHulpAanvaardProcent", "Hulp aanvaard, % van de zaken",
                     [](F f) { return Share(f.help_accepted, f.cases); }},

    Measure<Figures>{kAttempt, "opTijd", "Eerste poging op tijd",
                     [](F f) { return Count(f.first_attempt.on_time); }},
    Measure<Figures>{kAttempt, "beoordeeld", "Eerste poging: zaken beoordeeld",
                     [](F f) { return Count(f.first_attempt.judged); }},
    Measure<Figures>{kAttempt, "aandeelOpTijdProcent", "Eerste poging op tijd, % van beoordeeld",
                     [](F f) { return Share(f.first_attempt.on_time, f.first_attempt.judged); }},
    Measure<Figures>{kAttempt, "looptNog", "Eerste poging: nog geen, termijn loopt",
                     [](F f) { return Count(f.first_attempt.running); }},
    Measure<Figures>{kTalk, "opTijd", "Eerste gesprek op tijd",
                     [](F f) { return Count(f.first_conversation.on_time); }},
    Measure<Figures>{kTalk, "beoordeeld", "Eerste gesprek: zaken beoordeeld",
                     [](F f) { return Count(f.first_conversation.judged); }},
    Measure<Figures>{
        kTalk, "aandeelOpTijdProcent", "Eerste gesprek op tijd, % van beoordeeld",
        [](F f) { return Share(f.first_conversation.on_time, f.first_conversation.judged); }},
    Measure<Figures>{kTalk, "looptNog", "Eerste gesprek: nog geen, termijn loopt",
                     [](F f) { return Count(f.first_conversation.running); }},
    Measure<Figures>{kDeadline, "nuTeLaat", "Nu te laat", [](F f) { return Count(f.overdue); }},
};

constexpr std::array kThreat = {
    Measure<ThreatFigures>{"", "zaken", "zaken", [](T t) { return Count(t.cases); }},
    Measure<ThreatFigures>{"", "voorkomen", "voorkomen", [](T t) { return Count(t.Prevented()); }},
    Measure<ThreatFigures>{"", "bevestigd", "voorkomen, bevestigd door de partner",
                           [](T t) { return Count(t.Of(THREAT_PREVENTED_CONFIRMED)); }},
    Measure<ThreatFigures>{"", "gemeld", "voorkomen, gemeld door het team",
                           [](T t) { return Count(t.Of(THREAT_PREVENTED_REPORTED)); }},
    Measure<ThreatFigures>{"", "nietVoorkomen", "niet voorkomen",
                           [](T t) { return Count(t.Of(THREAT_CAME_TRUE)); }},
    Measure<ThreatFigures>{"", "onbekend", "onbekend",
                           [](T t) { return Count(t.Of(THREAT_UNKNOWN)); }},
    Measure<ThreatFigures>{"", "loopt", "loopt nog",
                           [](T t) { return Count(t.Of(THREAT_PENDING)); }},
    Measure<ThreatFigures>{"", "afgerond", "afgerond", [](T t) { return Count(t.Settled()); }},
    Measure<ThreatFigures>{"", "aandeelVoorkomenProcent", "voorkomen, % van afgerond",
                           [](T t) { return Share(t.Prevented(), t.Settled()); }},
    Measure<ThreatFigures>{
        "", "aandeelBevestigdProcent", "bevestigd, % van voorkomen",
        [](T t) { return Share(t.Of(THREAT_PREVENTED_CONFIRMED), t.Prevented()); }},
};

constexpr std::array kNames = {
    ThreatTitle{THREAT_EVICTION, "ontruiming", "Ontruiming"},
    ThreatTitle{THREAT_ENERGY_CUTOFF, "afsluiting-energie", "Afsluiting energie"},
    ThreatTitle{THREAT_HEAT_CUTOFF, "afsluiting-warmte", "Afsluiting warmte"},
    ThreatTitle{THREAT_WATER_CUTOFF, "afsluiting-water", "Afsluiting water"},
    ThreatTitle{THREAT_INSURANCE_END, "einde-zorgverzekering", "Einde zorgverzekering"},
};

}  // namespace

std::span<const Measure<Figures>> FunnelMeasures() { return kFunnel; }
std::span<const Measure<ThreatFigures>> ThreatMeasures() { return kThreat; }
std::span<const ThreatTitle> ThreatTitles() { return kNames; }

std::optional<uint64_t> PerMille(const MeasureValue& share) {
  if (share.of == 0) return std::nullopt;
  return (share.count * 1'000 * 2 + share.of) / (share.of * 2);
}

}  // namespace vroegsein
