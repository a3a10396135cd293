#include "alerts/settings/installation.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>

#include "alerts/settings/plain_table.h"
#include "alerts/settings/service_settings.h"
#include "alerts/settings/setting_reader.h"
#include "alerts/settings/shared_files.h"
#include "store/household/address.h"
#include "store/record_check.h"

namespace vroegsein {
namespace {

void ReadAreas(SettingReader* reader, SharedFiles* files, MunicipalitySettings* settings) {
  const PlainTable* zone_table = files->ReadTable(reader, "gebieden", kZoneColumns);
  const PlainTable* team_table = files->ReadTable(reader, "teams", kTeamColumns);
  if (zone_table == nullptr || team_table == nullptr) return;
  auto zones = ZonesOf(*zone_table, settings->code(), "gebieden");
  auto teams = TeamsOf(*team_table, settings->code(), "teams");
  if (!zones.ok()) return reader->Wrong("gebieden", zones.status());
  if (!teams.ok()) return reader->Wrong("teams", teams.status());
  settings->mutable_zones()->Assign(zones->begin(), zones->end());
  settings->mutable_teams()->Assign(teams->begin(), teams->end());
  if (teams->empty())
    reader->Wrong("teams", "no team of this municipality: cases would go nowhere");
}

// Shelters, care homes, student houses.
void ReadCrowded(SettingReader* reader, MunicipalitySettings* settings) {
  for (const std::string& text : reader->Texts("verzameladressen")) {
    auto parts = Split(text, ' ');
    if (parts.size() < 2 || parts.size() > 3 || parts[0].size() != 6) {
      reader->Wrong("verzameladressen", "an address is `8911AD 12` or `8911AD 12 A`");
      return;
    }
    Client place;
    place.set_postcode(parts[0]);
    place.set_house_number(parts[1]);
    if (parts.size() == 3) place.set_house_number_suffix(parts[2]);
    *settings->add_crowded() = NormaliseAddress(place);
  }
}

MunicipalityConfig ReadMunicipality(SettingReader reader, SharedFiles* files) {
  reader.AllowOnly({"code", "naam", "gebieden", "teams", "beleid", "bewaartermijn-maanden",
                    "bewaartermijn-schuldhulp-maanden", "spoed-belasting-procent",
                    "verzameladressen"});
  MunicipalityConfig config;
  MunicipalitySettings& settings = config.settings;
  settings.set_code(reader.Text("code", "", true));
  if (!IsMunicipalityCode(settings.code())) {
    reader.Wrong("code", "a gemeentecode is four digits, in quotes");
  }
  settings.set_name(reader.Text("naam", settings.code()));
  ReadAreas(&reader, files, &settings);
  ReadCrowded(&reader, &settings);
  if (auto policy = files->ReadPolicy(&reader, "beleid")) {
    config.policy = std::move(policy->model);
    config.policy_tests = std::move(policy->tests);
  }
  settings.set_retention_months(
      static_cast<uint32_t>(reader.Number("bewaartermijn-maanden", 6, 1, 120)));
  settings.set_retention_debt_help_months(
      static_cast<uint32_t>(reader.Number("bewaartermijn-schuldhulp-maanden", 12, 1, 120)));
  settings.set_urgent_load_percent(
      static_cast<uint32_t>(reader.Number("spoed-belasting-procent", 90, 1, 100)));
  return config;
}

void ReadPartner(SettingReader reader, Installation* installation) {
  reader.AllowOnly({"id", "naam", "soorten", "gemeenten", "sleutels"});
  Identity identity;
  identity.name = reader.Text("id", "", true);
  identity.role = Role::kPartner;
  identity.municipalities = KnownMunicipalities(&reader, *installation);
  identity.key_hashes = reader.Texts("sleutels");
  Partner partner;
  partner.set_id(identity.name);
  partner.set_name(reader.Text("naam", identity.name));
  identity.sectors = reader.Texts("soorten");
  for (const std::string& sector : identity.sectors) partner.add_sectors(sector);
  for (auto& config : installation->municipalities) {
    const auto& codes = identity.municipalities;
    bool here = std::find(codes.begin(), codes.end(), config.settings.code()) != codes.end();
    if (here) *config.settings.add_partners() = partner;
  }
  if (installation->FindPartner(identity.name) != nullptr) reader.Wrong("id", "is there twice");
  installation->identities.push_back(std::move(identity));
}

void ReadUser(SettingReader reader, Installation* installation) {
  reader.AllowOnly({"naam", "rol", "gemeenten", "team", "sleutels"});
  Identity identity;
  identity.name = reader.Text("naam", "", true);
  identity.role = ReadInsideRole(&reader);
  identity.municipalities = KnownMunicipalities(&reader, *installation);
  identity.team = reader.Text("team", "");
  identity.key_hashes = reader.Texts("sleutels");
  installation->identities.push_back(std::move(identity));
}

// What the process itself is bound to.
void ReadLimits(SettingReader* reader, Installation* installation) {
  installation->listen = reader->Text("luisteren", installation->listen);
  installation->management = reader->Text("beheer", installation->management);
  installation->log_retention_days = static_cast<int>(reader->Number("logboek-dagen", 30, 1, 3650));
  installation->body_bytes_max = static_cast<uint32_t>(
      reader->Number("verzoek-bytes", installation->body_bytes_max, 1024, 1 << 30));
  installation->request_seconds_max =
      static_cast<uint32_t>(reader->Number("verzoek-seconden", 30, 1, 3600));
  installation->block_cache_mib = static_cast<uint32_t>(reader->Number("cache-mib", 64, 8, 65536));
  installation->session_minutes =
      static_cast<uint32_t>(reader->Number("sessie-minuten", 30, 1, 720));
  installation->session_hours = static_cast<uint32_t>(reader->Number("sessie-uren", 12, 1, 24));
  installation->behind_tls = reader->Flag("achter-tls", false);
  installation->access_log_months =
      static_cast<uint32_t>(reader->Number("toegangslog-maanden", 60, 6, 240));
}

}  // namespace

std::vector<std::string> KnownMunicipalities(SettingReader* reader,
                                             const Installation& installation) {
  std::vector<std::string> codes = reader->Texts("gemeenten");
  if (codes.empty()) {
    for (const auto& config : installation.municipalities) codes.push_back(config.settings.code());
  }
  for (const std::string& code : codes) {
    if (installation.FindMunicipality(code) == nullptr) {
      reader->Wrong("gemeenten", "municipality " + code + " is not in this file");
    }
  }
  return codes;
}

const MunicipalityConfig* Installation::FindMunicipality(std::string_view code) const {
  for (const MunicipalityConfig& config : municipalities) {
    if (config.settings.code() == code) return &config;
  }
  return nullptr;
}

const Identity* Installation::FindPartner(std::string_view id) const {
  for (const Identity& identity : identities) {
    if (identity.role == Role::kPartner && identity.name == id) return &identity;
  }
  return nullptr;
}

Role ReadInsideRole(SettingReader* reader) {
  auto role = RoleOf(reader->Text("rol", "", true));
  if (role && *role != Role::kPartner) return *role;
  reader->Wrong("rol", "is wijkteamlid, coordinator, manager, privacy-officer or beheerder");
  return Role::kWorker;
}

Result<Installation> LoadInstallation(const std::string& path) {
  SettingProblems problems(path);
  YAML::Node root;
  try {
    root = YAML::LoadFile(path);
  } catch (const YAML::BadFile&) {
    return Status::NotFound("cannot read the configuration file " + path);
  } catch (const YAML::Exception& error) {
    return Status::Invalid(path + ": " + error.what());
  }
  SettingReader reader(root, "", std::filesystem::path(path).parent_path(), &problems);
  reader.AllowOnly({"luisteren", "beheer", "logboek-dagen", "verzoek-bytes", "verzoek-seconden",
                    "cache-mib", "sessie-minuten", "sessie-uren", "achter-tls", "gemeenten",
                    "partners", "gebruikers", "toegangslog-maanden", "openid", "mail", "kafka"});
  Installation installation;
  ReadLimits(&reader, &installation);
  SharedFiles files;
  for (SettingReader& child : reader.Children("gemeenten")) {
    installation.municipalities.push_back(ReadMunicipality(std::move(child), &files));
  }
  if (installation.municipalities.empty()) reader.Wrong("gemeenten", "name at least one");
  for (SettingReader& child : reader.Children("partners"))
    ReadPartner(std::move(child), &installation);
  for (SettingReader& child : reader.Children("gebruikers"))
    ReadUser(std::move(child), &installation);
  installation.openid = ReadOpenId(&reader, installation);
  installation.mail = ReadMail(&reader);
  installation.kafka = ReadKafka(&reader);
  for (const auto& config : installation.municipalities) {
    int retention_days = static_cast<int>(config.settings.retention_months()) * 28;
    if (installation.log_retention_days > retention_days) {
      reader.Wrong("logboek-dagen", "the log may not outlive the people in it (" +
                                        config.settings.code() + ": bewaartermijn-maanden)");
    }
  }
  if (!problems.none()) return problems.status();
  return installation;
}

}  // namespace vroegsein
