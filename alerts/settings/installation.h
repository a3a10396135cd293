// The installation: what differs per place and is no policy: municipalities with their zones and
// teams, partners, users, keys, and the limits of the process. Read once at the start from one YAML
// file; without one, the demo's (Leeuwarden, five partners).
//
// Errors: kInvalid with every problem of the file, one a line, each with the key's path and line.
// Values; thread safe once made.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/access/role.h"
#include "alerts/settings/mail_settings.h"
#include "alerts/settings/openid_settings.h"
#include "alerts/settings/plain_table.h"
#include "alerts/settings/shared_text.h"
#include "ingest/status.h"
#include "store/kafka/settings.h"
#include "store/record.pb.h"

namespace vroegsein {

struct MunicipalityConfig {
  MunicipalitySettings settings;
  SharedText policy;        // the DMN file's bytes
  SharedText policy_tests;  // of the test file beside it; empty: there is none
};

// Someone with a key. For a partner `name` is the partner's id.
struct Identity {
  std::string name;
  Role role = Role::kWorker;
  std::vector<std::string> municipalities;  // gemeentecodes it may see
  std::vector<std::string> sectors;         // of a partner: soorten it may hand in; empty: all
  std::string team;                         // of a worker or coordinator; empty: every team
  std::vector<std::string> key_hashes;      // see access/key.h
};

struct Installation {
  std::vector<MunicipalityConfig> municipalities;
  std::vector<Identity> identities;
  std::string listen = "127.0.0.1:8080";
  std::string management = "127.0.0.1:9090";
  int log_retention_days = 30;
  uint32_t body_bytes_max = 16u << 20;
  uint32_t request_seconds_max = 30;
  uint32_t block_cache_mib = 64;
  uint32_t session_minutes = 30;  // without a request
  uint32_t session_hours = 12;    // in any case
  bool behind_tls = false;
  uint32_t access_log_months = 60;
  OpenIdSettings openid;
  MailSettings mail;
  KafkaSettings kafka;  // used() when the log is there
  bool is_default = false;

  const MunicipalityConfig* FindMunicipality(std::string_view code) const;
  const Identity* FindPartner(std::string_view id) const;
};

Result<Installation> LoadInstallation(const std::string& path);
Result<Installation> DefaultInstallation();

// One setting of the file: what the documentation and `vroegsein settings` show.
struct SettingDoc {
  std::string_view name;
  std::string_view meaning;
  std::string_view unit;
  std::string_view fallback;
  std::string_view range;
  std::string_view example;
};
const std::vector<SettingDoc>& SettingDocs();
// The table of deploy/README.md, in Markdown.
std::string SettingsTable();

// The two tables beside the file: their headers, and what they say of one municipality; `name` says
// which table in an error.
inline constexpr std::string_view kZoneColumns = "gemeentecode;postcode_van;postcode_tot;zone;team";
inline constexpr std::string_view kTeamColumns =
    "gemeentecode;team;naam;capaciteit;specialismen;vangnet;medewerkers";
Result<std::vector<ZoneRange>> ZonesOf(const PlainTable& table, std::string_view municipality,
                                       std::string_view name);
Result<std::vector<Team>> TeamsOf(const PlainTable& table, std::string_view municipality,
                                  std::string_view name);

class SettingReader;
// The setting `gemeenten` of somebody: by default all; those that are not in the file are problems.
std::vector<std::string> KnownMunicipalities(SettingReader* reader,
                                             const Installation& installation);
// The setting `rol` of somebody who is no partner.
Role ReadInsideRole(SettingReader* reader);

}  // namespace vroegsein
