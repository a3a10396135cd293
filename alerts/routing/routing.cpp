#include "alerts/routing/routing.h"

#include <algorithm>

namespace vroegsein {
namespace {

constexpr uint32_t kUrgentLoadPercentDefault = 90;

bool InRange(const ZoneRange& range, std::string_view postcode) {
  // A bare four-digit bound means the whole of it: 8911 is 8911AA up to 8911ZZ.
  std::string_view low = postcode.substr(0, range.from().size());
  std::string_view high = postcode.substr(0, range.to().size());
  return low >= range.from() && high <= range.to();
}

const ZoneRange* FindZone(const MunicipalitySettings& settings, std::string_view postcode) {
  // The narrowest range wins, so that a six-character exception beats its four-digit area.
  const ZoneRange* found = nullptr;
  for (const ZoneRange& range : settings.zones()) {
    if (!InRange(range, postcode)) continue;
    if (found == nullptr || range.from().size() > found->from().size()) found = &range;
  }
  return found;
}

const Team* FindTeam(const MunicipalitySettings& settings, std::string_view code) {
  for (const Team& team : settings.teams()) {
    if (team.code() == code) return &team;
  }
  return nullptr;
}

const Team* FallbackTeam(const MunicipalitySettings& settings) {
  for (const Team& team : settings.teams()) {
    if (team.fallback()) return &team;
  }
  return settings.teams_size() > 0 ? &settings.teams(0) : nullptr;
}

uint32_t LoadPercent(const Team& team, const CountersRecord& loads) {
  if (team.capacity() == 0) return 0;
  for (const TeamLoad& load : loads.loads()) {
    if (load.team() == team.code()) return load.open_tasks() * 100 / team.capacity();
  }
  return 0;
}

bool Offers(const Team& team, std::string_view specialism) {
  const auto& list = team.specialisms();
  return specialism.empty() || std::find(list.begin(), list.end(), specialism) != list.end();
}

// The least loaded team with room that offers the specialism; nullptr when there is none.
const Team* WithRoom(const MunicipalitySettings& settings, const CountersRecord& loads,
                     std::string_view specialism, const Team* except) {
  const Team* best = nullptr;
  uint32_t best_percent = 100;
  for (const Team& team : settings.teams()) {
    uint32_t percent = LoadPercent(team, loads);
    if (&team == except || !Offers(team, specialism) || percent >= best_percent) continue;
    best = &team;
    best_percent = percent;
  }
  return best;
}

}  // namespace

Route RouteCase(const MunicipalitySettings& settings, const CountersRecord& loads,
                const RoutingNeed& need) {
  const ZoneRange* zone = FindZone(settings, need.postcode);
  const Team* own = zone != nullptr ? FindTeam(settings, zone->team()) : nullptr;
  Route route;
  if (zone != nullptr) route.zone = zone->zone();
  route.reason = "Eigen wijk van de inwoner.";
  if (own == nullptr) {
    own = FallbackTeam(settings);
    route.reason = zone == nullptr ? "Adres ligt buiten alle wijken: naar het vangnetteam."
                                   : "De wijk heeft geen team: naar het vangnetteam.";
  }
  if (own == nullptr) return route;
  route.team = own->code();

  if (!Offers(*own, need.specialism)) {
    const Team* other = WithRoom(settings, loads, need.specialism, own);
    if (other != nullptr) {
      return {route.zone, other->code(),
              "Gevraagd specialisme: " + std::string(need.specialism) + "."};
    }
  }
  uint32_t urgent_percent = settings.urgent_load_percent() > 0 ? settings.urgent_load_percent()
                                                               : kUrgentLoadPercentDefault;
  uint32_t percent = LoadPercent(*own, loads);
  bool full = percent >= 100;
  bool too_full_for_urgent = need.urgent && percent >= urgent_percent;
  if (!full && !too_full_for_urgent) return route;
  const Team* other = WithRoom(settings, loads, "", own);
  if (other == nullptr) {
    route.reason += " Alle teams zijn vol.";
    return route;
  }
  return {route.zone, other->code(),
          full ? "Het team van de eigen wijk is vol."
               : "Spoed, en het team van de eigen wijk is bijna vol."};
}

}  // namespace vroegsein
