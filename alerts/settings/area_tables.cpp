#include <algorithm>
#include <charconv>

#include "alerts/settings/installation.h"
#include "alerts/settings/plain_table.h"

namespace vroegsein {
namespace {

bool IsPostcodeBound(std::string_view text) {
  if (text.size() != 4 && text.size() != 6) return false;
  bool digits =
      std::all_of(text.begin(), text.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
  return digits &&
         std::all_of(text.begin() + 4, text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Status ReadWorkers(std::string_view text, const std::string& where, Team* team) {
  for (const std::string& entry : Split(text, '|')) {
    if (entry.empty()) continue;
    auto parts = Split(entry, ':');
    if (parts.size() != 2 || parts[0].empty()) {
      return Status::Invalid(where + ": a member of medewerkers is `gebruikersnaam:Naam`");
    }
    Worker* worker = team->add_workers();
    worker->set_user(parts[0]);
    worker->set_name(parts[1]);
  }
  return Status::Ok();
}

}  // namespace

Result<std::vector<ZoneRange>> ZonesOf(const PlainTable& table, std::string_view municipality,
                                       std::string_view name) {
  std::vector<ZoneRange> zones;
  for (const auto& [line, row] : table.rows) {
    if (row[0] != municipality) continue;
    if (!IsPostcodeBound(row[1]) || !IsPostcodeBound(row[2])) {
      return Status::Invalid(std::string(name) + " line " + std::to_string(line) +
                             ": a postcode is 1234 or 1234AB");
    }
    ZoneRange zone;
    zone.set_from(row[1]);
    zone.set_to(row[2]);
    zone.set_zone(row[3]);
    zone.set_team(row[4]);
    zones.push_back(std::move(zone));
  }
  return zones;
}

Result<std::vector<Team>> TeamsOf(const PlainTable& table, std::string_view municipality,
                                  std::string_view name) {
  std::vector<Team> teams;
  for (const auto& [line, row] : table.rows) {
    if (row[0] != municipality) continue;
    std::string where = std::string(name) + " line " + std::to_string(line);
    Team team;
    team.set_code(row[1]);
    team.set_name(row[2]);
    uint32_t capacity = 0;
    auto [end, error] = std::from_chars(row[3].data(), row[3].data() + row[3].size(), capacity);
    if (error != std::errc() || end != row[3].data() + row[3].size()) {
      return Status::Invalid(where + ": capaciteit is a whole number (0: no limit)");
    }
    team.set_capacity(capacity);
    for (const std::string& specialism : Split(row[4], '|')) {
      if (!specialism.empty()) team.add_specialisms(specialism);
    }
    if (row[5] != "ja" && row[5] != "nee") return Status::Invalid(where + ": vangnet is ja or nee");
    team.set_fallback(row[5] == "ja");
    VROEGSEIN_RETURN_IF_ERROR(ReadWorkers(row[6], where, &team));
    teams.push_back(std::move(team));
  }
  auto fallbacks =
      std::count_if(teams.begin(), teams.end(), [](const Team& t) { return t.fallback(); });
  if (!teams.empty() && fallbacks != 1) {
    return Status::Invalid(std::string(name) + ": exactly one team of municipality " +
                           std::string(municipality) + " has vangnet = ja");
  }
  return teams;
}

}  // namespace vroegsein
