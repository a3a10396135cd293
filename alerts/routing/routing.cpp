#include "alerts/routing/routing.h"

#include <algorithm>

namespace vroegsein {
namespace {

constexpr uint32_t kUrgentLoadPercentDefault = 90;

bool InRange(const ZoneRange& range, std::string_view postcode) {
  // A bare four-digit bound means the whole of it: 8911 is 8911AA up to 8911ZZ.
  return postcode.substr(0, range.from().size()) >= range.from() &&
         postcode.substr(0, range.to().size()) <= range.to();
}

// Postcodes counted through: 8911AA is 8911 * 676, ZZ is 675 further. A bare bound stands for
// `fill`.
int64_t Place(std::string_view bound, char fill) {
  auto letter = [&](size_t at) { return (at < bound.size() ? bound[at] : fill) - 'A'; };
  int64_t digits = 0;
  for (char c : bound.substr(0, 4)) digits = digits * 10 + (c - '0');
  return digits * 676 + letter(4) * 26 + letter(5);
}

int64_t Width(const ZoneRange& range) { return Place(range.to(), 'Z') - Place(range.from(), 'A'); }

const ZoneRange* FindZone(const MunicipalitySettings& settings, std::string_view postcode) {
  // The narrowest range wins, so that an exception beats the area around it.
  const ZoneRange* found = nullptr;
  for (const ZoneRange& range : settings.zones()) {
    if (!InRange(range, postcode)) continue;
    if (found == nullptr || Width(range) < Width(*found)) found = &range;
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

constexpr uint32_t kFullPercent = 100;

// The least loaded team below `best_percent` that offers the specialism; nullptr when there is
// none.
const Team* WithRoom(const MunicipalitySettings& settings, const CountersRecord& loads,
                     std::string_view specialism, const Team* except,
                     uint32_t best_percent = kFullPercent) {
  const Team* best = nullptr;
  for (const Team& team : settings.teams()) {
    uint32_t percent = LoadPercent(team, loads);
    if (&team == except || !Offers(team, specialism) || percent >= best_percent) continue;
    best = &team;
    best_percent = percent;
  }
  return best;
}

// Where a case goes whose own team has no room for it. What is urgent goes only to a team that has
// less to do than its own; a specialism that the own team offers is given up only when that team is
// full.
const Team* Relief(const MunicipalitySettings& settings, const CountersRecord& loads,
                   const RoutingNeed& need, const Team* own, uint32_t own_percent) {
  uint32_t below = std::min(own_percent, kFullPercent);
  std::string_view wanted = Offers(*own, need.specialism) ? need.specialism : "";
  const Team* other = WithRoom(settings, loads, wanted, own, below);
  bool full = own_percent >= kFullPercent;
  return other == nullptr && full ? WithRoom(settings, loads, "", own) : other;
}

TeamRoute OwnRoute(const MunicipalitySettings& settings, const ZoneRange* zone, const Team* own) {
  TeamRoute route;
  if (zone != nullptr) route.zone = zone->zone();
  if (own != nullptr) {
    route.reason = "Eigen wijk van de inwoner.";
  } else {
    own = FallbackTeam(settings);
    route.reason = zone == nullptr ? "Adres ligt buiten alle wijken: naar het vangnetteam."
                                   : "De wijk heeft geen team: naar het vangnetteam.";
  }
  if (own != nullptr) route.team = own->code();
  return route;
}

}  // namespace

bool TeamExists(const MunicipalitySettings& settings, std::string_view code) {
  return FindTeam(settings, code) != nullptr;
}

TeamRoute RouteCase(const MunicipalitySettings& settings, const CountersRecord& loads,
                    const RoutingNeed& need) {
  const ZoneRange* zone = FindZone(settings, need.postcode);
  const Team* zone_team = zone != nullptr ? FindTeam(settings, zone->team()) : nullptr;
  TeamRoute route = OwnRoute(settings, zone, zone_team);
  const Team* own = FindTeam(settings, route.team);
  if (own == nullptr) return route;

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
  bool full = percent >= kFullPercent;
  bool too_full_for_urgent = need.urgent && percent >= urgent_percent;
  if (!full && !too_full_for_urgent) return route;
  const Team* other = Relief(settings, loads, need, own, percent);
  if (other == nullptr) {
    route.reason += full ? " Alle teams zijn vol." : " Geen team heeft het rustiger.";
    return route;
  }
  std::string who = zone_team != nullptr ? "het team van de eigen wijk" : "het vangnetteam";
  return {route.zone, other->code(),
          full ? "Vol: " + who + "." : "Spoed, en bijna vol: " + who + "."};
}

}  // namespace vroegsein
