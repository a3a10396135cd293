#include "alerts/settings/installation.h"

namespace vroegsein {

const std::vector<SettingDoc>& SettingDocs() {
  static const std::vector<SettingDoc> docs = {
      {"luisteren", "where partners and teams come in", "address:port", "127.0.0.1:8080",
       "port 0: a free one", "0.0.0.0:8080"},
      {"beheer", "where /metrics, /healthz and /readyz are", "address:port", "127.0.0.1:9090",
       "port 0: a free one", "127.0.0.1:9090"},
      {"logboek-dagen", "how long the log is kept for replay", "days", "30",
       "1 to 3650, not past bewaartermijn-maanden", "14"},
      {"verzoek-bytes", "largest body of a request", "bytes", "16777216", "1024 to 2^30",
       "4194304"},
      {"verzoek-seconden", "total time for a request to come in", "seconds", "30", "1 to 3600",
       "60"},
      {"cache-mib", "memory for blocks of the data files", "MiB", "64", "8 to 65536", "256"},
      {"sessie-minuten", "a session in the browser ends after so long without a request", "minutes",
       "30", "1 to 720", "15"},
      {"sessie-uren", "and after so long in any case", "hours", "12", "1 to 24", "9"},
      {"achter-tls",
       "a proxy with TLS stands in front: cookies for TLS only, X-Forwarded-For is believed",
       "ja or nee", "nee", "", "ja"},
      {"gemeenten[].code", "gemeentecode", "four digits", "required", "in quotes", "\"0080\""},
      {"gemeenten[].naam", "name on screen", "text", "the code", "", "Leeuwarden"},
      {"gemeenten[].gebieden", "postcode ranges to zone to team", "file, from this file's folder",
       "required", "columns of deploy/demo/gebieden.csv", "gebieden.csv"},
      {"gemeenten[].teams", "teams with members, capacity, specialisms",
       "file, from this file's folder", "required", "columns of deploy/demo/teams.csv",
       "teams.csv"},
      {"gemeenten[].beleid", "the policy to start with: a DMN file; its tests beside it",
       "file, from this file's folder", "required", "passes vroegsein policy test",
       "financieel-fit.dmn"},
      {"gemeenten[].bewaartermijn-maanden", "erasure after a case closed", "months", "6",
       "1 to 120", "6"},
      {"gemeenten[].bewaartermijn-schuldhulp-maanden",
       "the same where it became debt help; not shorter than the former", "months", "12",
       "1 to 120", "24"},
      {"gemeenten[].spoed-belasting-procent",
       "load of the own team from which a crisis may go to another", "percent", "90", "1 to 100",
       "80"},
      {"partners[].id", "name of the partner in signals and reports", "text", "required", "",
       "vitens"},
      {"partners[].naam", "name on screen", "text", "the id", "", "Vitens"},
      {"partners[].soorten", "sectors it may hand in", "list", "all", "DDAS EnumSignaalpartner",
       "[Water]"},
      {"partners[].gemeenten", "municipalities it may signal to", "list", "all of this file", "",
       "[\"0080\"]"},
      {"partners[].sleutels", "hashes of its keys, from vroegsein key", "list", "none",
       "two at a time while one replaces the other", "[\"blake2b:...\"]"},
      {"gebruikers[].naam", "user name", "text", "required", "", "a.wiersma"},
      {"gebruikers[].rol", "what it may do", "role", "required",
       "wijkteamlid, coordinator, manager, privacy-officer, beheerder", "wijkteamlid"},
      {"gebruikers[].gemeenten", "municipalities it may see", "list", "all of this file", "",
       "[\"0080\"]"},
      {"gebruikers[].team", "the one team it may see", "team code", "every team", "", "noord"},
      {"gebruikers[].sleutels", "hashes of its keys", "list", "none", "", "[\"blake2b:...\"]"},
  };
  return docs;
}

std::string SettingsTable() {
  std::string table =
      "| setting | meaning | unit | default | range | example |\n|---|---|---|---|---|---|\n";
  for (const SettingDoc& doc : SettingDocs()) {
    table += "| `" + std::string(doc.name) + "`";
    for (std::string_view cell : {doc.meaning, doc.unit, doc.fallback, doc.range, doc.example}) {
      table += " | " + std::string(cell);
    }
    table += " |\n";
  }
  return table;
}

}  // namespace vroegsein
