// The installation without a configuration file: design.md, "Defaults". Zones, teams and policy are
// the demo's files, put into the binary when it is built.
#include "alerts/settings/installation.h"

extern "C" const char vroegsein_demo_zones[], vroegsein_demo_zones_end[];
extern "C" const char vroegsein_demo_teams[], vroegsein_demo_teams_end[];
extern "C" const char vroegsein_default_policy[], vroegsein_default_policy_end[];
extern "C" const char vroegsein_default_tests[], vroegsein_default_tests_end[];

namespace vroegsein {
namespace {

struct DefaultPartner {
  const char* id;
  const char* name;
};

constexpr DefaultPartner kPartners[] = {{"vitens", "Vitens"},
                                        {"de-friesland", "De Friesland"},
                                        {"woonfriesland", "WoonFriesland"},
                                        {"elkien", "Elkien"},
                                        {"essent", "Essent"}};

constexpr char kMunicipality[] = "0080";

std::string_view Between(const char* begin, const char* end) {
  return {begin, static_cast<size_t>(end - begin)};
}

Identity User(const char* name, Role role) {
  Identity identity;
  identity.name = name;
  identity.role = role;
  identity.municipalities = {kMunicipality};
  return identity;
}

}  // namespace

Result<Installation> DefaultInstallation() {
  MunicipalityConfig config;
  MunicipalitySettings& settings = config.settings;
  settings.set_code(kMunicipality);
  settings.set_name("Leeuwarden");
  settings.set_retention_months(6);
  settings.set_retention_debt_help_months(12);
  settings.set_urgent_load_percent(90);
  auto zone_table = ReadPlainTable(Between(vroegsein_demo_zones, vroegsein_demo_zones_end),
                                   kZoneColumns, "gebieden.csv");
  if (!zone_table.ok()) return zone_table.status();
  auto team_table = ReadPlainTable(Between(vroegsein_demo_teams, vroegsein_demo_teams_end),
                                   kTeamColumns, "teams.csv");
  if (!team_table.ok()) return team_table.status();
  auto zones = ZonesOf(*zone_table, kMunicipality, "gebieden.csv");
  if (!zones.ok()) return zones.status();
  auto teams = TeamsOf(*team_table, kMunicipality, "teams.csv");
  if (!teams.ok()) return teams.status();
  settings.mutable_zones()->Assign(zones->begin(), zones->end());
  settings.mutable_teams()->Assign(teams->begin(), teams->end());
  config.policy = std::string(Between(vroegsein_default_policy, vroegsein_default_policy_end));
  config.policy_tests = std::string(Between(vroegsein_default_tests, vroegsein_default_tests_end));

  Installation installation;
  installation.is_default = true;
  for (const DefaultPartner& known : kPartners) {
    Partner* partner = settings.add_partners();
    partner->set_id(known.id);
    partner->set_name(known.name);
    installation.identities.push_back(User(known.id, Role::kPartner));
  }
  installation.municipalities.push_back(std::move(config));
  installation.identities.push_back(User("coordinator", Role::kCoordinator));
  installation.identities.push_back(User("manager", Role::kManager));
  installation.identities.push_back(User("beheerder", Role::kAdministrator));
  return installation;
}

}  // namespace vroegsein
