// Which team goes to the door, as a table: the postcode, what is asked, how full the teams are.
//
// Five teams of ten tasks each: west and oost have a zone, jeugd none, centrum is the fallback and
// has the zone of the city's heart; klein has a zone and no limit. A load is the number of open
// tasks.
#include "alerts/routing/routing.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace vroegsein {
namespace {

using Loads = std::map<std::string, uint32_t>;

void AddTeam(const std::string& code, uint32_t capacity, std::vector<std::string> specialisms,
             bool fallback, MunicipalitySettings* settings) {
  Team* team = settings->add_teams();
  team->set_code(code);
  team->set_capacity(capacity);
  team->set_fallback(fallback);
  for (const std::string& specialism : specialisms) team->add_specialisms(specialism);
}

void AddZone(const std::string& from, const std::string& to, const std::string& zone,
             const std::string& team, MunicipalitySettings* settings) {
  ZoneRange* range = settings->add_zones();
  range->set_from(from);
  range->set_to(to);
  range->set_zone(zone);
  range->set_team(team);
}

MunicipalitySettings Settings() {
  MunicipalitySettings settings;
  settings.set_code("0080");
  settings.set_urgent_load_percent(90);
  AddTeam("west", 10, {"schuldhulp"}, false, &settings);
  AddTeam("oost", 10, {"schuldhulp", "statushouders"}, false, &settings);
  AddTeam("centrum", 10, {}, true, &settings);
  AddTeam("jeugd", 10, {"jeugd"}, false, &settings);
  AddTeam("klein", 0, {}, false, &settings);
  AddZone("8911", "8911", "Binnenstad", "centrum", &settings);
  AddZone("8912", "8914", "West", "west", &settings);
  AddZone("8914AB", "8914ZZ", "Nijlan", "oost", &settings);
  AddZone("8914CD", "8914CD", "Bocht", "klein", &settings);
  AddZone("8920", "8929", "Oost", "oost", &settings);
  AddZone("8924", "8925", "Schieringen", "west", &settings);
  AddZone("8930", "8930", "Leeg", "opgeheven", &settings);
  return settings;
}

CountersRecord LoadsOf(const Loads& loads) {
  CountersRecord counters;
  for (const auto& [team, open] : loads) {
    counters.add_loads()->set_team(team);
    counters.mutable_loads(counters.loads_size() - 1)->set_open_tasks(open);
  }
  return counters;
}

struct RouteRow {
  const char* situation;
  const char* postcode;
  const char* specialism;
  bool urgent;
  Loads loads;
  const char* zone;
  const char* team;
};

const Loads kAllFull = {{"west", 10}, {"oost", 10}, {"centrum", 10}, {"jeugd", 10}, {"klein", 99}};

const std::vector<RouteRow>& Rows() {
  static const std::vector<RouteRow> rows = {
      // The zone first.
      {"own zone", "8912AA", "", false, {}, "West", "west"},
      {"first postcode of a range", "8920AA", "", false, {}, "Oost", "oost"},
      {"last postcode of a range", "8929ZZ", "", false, {}, "Oost", "oost"},
      {"own zone, also when others have less to do",
       "8912AA",
       "",
       false,
       {{"west", 9}},
       "West",
       "west"},
      // The narrowest range.
      {"six characters beat four digits", "8914AB", "", false, {}, "Nijlan", "oost"},
      {"before the six characters begin", "8914AA", "", false, {}, "West", "west"},
      {"one postcode beats a range of them", "8914CD", "", false, {}, "Bocht", "klein"},
      {"two digits' width beats ten", "8924AA", "", false, {}, "Schieringen", "west"},
      // Full.
      {"one place left", "8912AA", "", false, {{"west", 9}, {"oost", 3}}, "West", "west"},
      {"full: the least loaded",
       "8912AA",
       "",
       false,
       {{"west", 10}, {"oost", 3}, {"centrum", 2}, {"jeugd", 1}, {"klein", 0}},
       "West",
       "klein"},
      {"overfull", "8912AA", "", false, {{"west", 30}, {"oost", 3}}, "West", "centrum"},
      {"a team without a limit is never full",
       "8914CD",
       "",
       true,
       {{"klein", 10'000}},
       "Bocht",
       "klein"},
      // Urgent.
      {"urgent, room enough", "8912AA", "", true, {{"west", 8}}, "West", "west"},
      {"urgent, nearly full", "8912AA", "", true, {{"west", 9}, {"oost", 3}}, "West", "centrum"},
      {"not urgent, nearly full", "8912AA", "", false, {{"west", 9}, {"oost", 3}}, "West", "west"},
      // A specialism.
      {"own team has it", "8912AA", "schuldhulp", false, {}, "West", "west"},
      {"own team lacks it", "8912AA", "statushouders", false, {}, "West", "oost"},
      {"a team without a zone has it", "8912AA", "jeugd", false, {}, "West", "jeugd"},
      {"nobody has it", "8912AA", "gebarentaal", false, {}, "West", "west"},
      {"who has it is full", "8912AA", "jeugd", false, {{"jeugd", 10}}, "West", "west"},
      {"own team has it and is full: another that has it",
       "8912AA",
       "schuldhulp",
       false,
       {{"west", 10}, {"oost", 9}},
       "West",
       "oost"},
      {"all that have it are full",
       "8912AA",
       "schuldhulp",
       false,
       {{"west", 10}, {"oost", 10}},
       "West",
       "centrum"},
      // The fallback team.
      {"outside every zone", "9999ZZ", "", false, {}, "", "centrum"},
      {"outside every zone, the fallback is full",
       "9999ZZ",
       "",
       false,
       {{"centrum", 10}},
       "",
       "west"},
      {"outside every zone, a specialism", "9999ZZ", "jeugd", false, {}, "", "jeugd"},
      {"the zone's team is no more", "8930AA", "", false, {}, "Leeg", "centrum"},
  };
  return rows;
}

TEST(Routing, WhichTeamGoesToTheDoor) {
  MunicipalitySettings settings = Settings();
  for (const RouteRow& row : Rows()) {
    TeamRoute route =
        RouteCase(settings, LoadsOf(row.loads), {row.postcode, row.specialism, row.urgent});
    EXPECT_EQ(route.zone, row.zone) << row.situation;
    EXPECT_EQ(route.team, row.team) << row.situation;
    EXPECT_FALSE(route.reason.empty()) << row.situation;
  }
}

MunicipalitySettings WithLimits() {
  MunicipalitySettings settings = Settings();
  settings.mutable_teams(4)->set_capacity(99);
  return settings;
}

TEST(Routing, AllFullStaysInItsOwnZone) {
  TeamRoute route = RouteCase(WithLimits(), LoadsOf(kAllFull), {"8912AA", "", false});
  EXPECT_EQ(route.team, "west");
  TeamRoute nowhere = RouteCase(WithLimits(), LoadsOf(kAllFull), {"9999ZZ", "", true});
  EXPECT_EQ(nowhere.team, "centrum");
}

TEST(Routing, UrgentDoesNotGoToAFullerTeam) {
  Loads loads = {{"west", 18}, {"oost", 19}, {"centrum", 19}, {"jeugd", 19}, {"klein", 99}};
  MunicipalitySettings settings = WithLimits();
  for (int i = 0; i < 4; ++i) settings.mutable_teams(i)->set_capacity(20);
  TeamRoute route = RouteCase(settings, LoadsOf(loads), {"8912AA", "", true});
  EXPECT_EQ(route.team, "west");
}

TEST(Routing, WithoutAFallbackTheFirstTeamCatches) {
  MunicipalitySettings settings = Settings();
  settings.mutable_teams(2)->set_fallback(false);
  EXPECT_EQ(RouteCase(settings, {}, {"9999ZZ", "", false}).team, "west");
}

TEST(Routing, WithoutTeamsThereIsNone) {
  MunicipalitySettings settings;
  EXPECT_EQ(RouteCase(settings, {}, {"8911AA", "", true}).team, "");
}

}  // namespace
}  // namespace vroegsein
