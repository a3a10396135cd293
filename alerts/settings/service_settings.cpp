#include "alerts/settings/service_settings.h"

#include <algorithm>
#include <charconv>

#include "alerts/settings/installation.h"

namespace vroegsein {
namespace {

constexpr std::string_view kReturnPath = "/v1/sessies/openid/terug";

bool HasTeam(const Installation& installation, const OpenIdGrant& grant) {
  return std::any_of(
      grant.municipalities.begin(), grant.municipalities.end(), [&](const auto& code) {
        const MunicipalityConfig* config = installation.FindMunicipality(code);
        if (config == nullptr) return false;
        const auto& teams = config->settings.teams();
        return std::any_of(teams.begin(), teams.end(),
                           [&](const Team& team) { return team.code() == grant.team; });
      });
}

OpenIdGrant ReadGrant(SettingReader reader, const Installation& installation, bool team_claimed) {
  reader.AllowOnly({"waarde", "rol", "team", "gemeenten"});
  OpenIdGrant grant;
  grant.value = reader.Text("waarde", "", true);
  grant.team = reader.Text("team", "");
  grant.municipalities = KnownMunicipalities(&reader, installation);
  grant.role = ReadInsideRole(&reader);
  if (!grant.team.empty() && !HasTeam(installation, grant)) {
    reader.Wrong("team", "there is no such team in these gemeenten");
  }
  if (grant.role == Role::kWorker && grant.team.empty() && !team_claimed) {
    reader.Wrong("team", "a wijkteamlid has a team: here, or through openid.team-claim");
  }
  return grant;
}

// `smtp.example.nl:587`
void ReadServer(SettingReader* reader, MailServer* server) {
  std::string text = reader->Text("server", "", true);
  size_t colon = text.rfind(':');
  server->host = text.substr(0, colon);
  bool plain = !server->host.empty() && IsSafeAddress("https://" + server->host) &&
               server->host.find_first_of("/?:%") == std::string::npos;
  const char* end = text.data() + text.size();
  if (colon == std::string::npos || !plain) return reader->Wrong("server", "is HOST:PORT");
  auto [stop, error] = std::from_chars(text.data() + colon + 1, end, server->port);
  if (error != std::errc() || stop != end || server->port == 0) {
    reader->Wrong("server", "is HOST:PORT");
  }
}

void ReadSecurity(SettingReader* reader, MailServer* server) {
  std::string text = reader->Text("beveiliging", "starttls");
  server->security = text == "tls"    ? MailSecurity::kTls
                     : text == "geen" ? MailSecurity::kNone
                                      : MailSecurity::kStartTls;
  if (text != "tls" && text != "starttls" && text != "geen") {
    reader->Wrong("beveiliging", "is starttls, tls or geen");
  }
  bool here = IsSafeAddress("http://" + server->host);
  if (text == "geen" && !here) reader->Wrong("beveiliging", "geen is for a server on this machine");
}

// `07:30`
void ReadTime(SettingReader* reader, std::chrono::minutes* time) {
  std::string text = reader->Text("tijd", "07:00");
  bool shaped = text.size() == 5 && text[2] == ':' &&
                text.find_first_not_of("0123456789:") == std::string::npos;
  int hour = shaped ? (text[0] - '0') * 10 + (text[1] - '0') : 99;
  int minute = shaped ? (text[3] - '0') * 10 + (text[4] - '0') : 99;
  if (hour > 23 || minute > 59) return reader->Wrong("tijd", "is a time of day such as \"07:30\"");
  *time = std::chrono::hours(hour) + std::chrono::minutes(minute);
}

}  // namespace

OpenIdSettings ReadOpenId(SettingReader* file, const Installation& installation) {
  OpenIdSettings settings;
  if (!file->Has("openid")) return settings;
  SettingReader reader = file->Child("openid");
  reader.AllowOnly({"uitgever", "naam", "client", "geheim-bestand", "terug", "scope",
                    "gebruiker-claim", "naam-claim", "mail-claim", "rol-claim", "team-claim",
                    "toegang"});
  settings.issuer = reader.Text("uitgever", "", true);
  settings.name = reader.Text("naam", "");
  settings.client = reader.Text("client", "", true);
  settings.secret = reader.Secret("geheim-bestand");
  settings.redirect = reader.Text("terug", "", true);
  settings.scope = reader.Text("scope", settings.scope);
  settings.user_claim = reader.Text("gebruiker-claim", settings.user_claim);
  settings.name_claim = reader.Text("naam-claim", settings.name_claim);
  settings.mail_claim = reader.Text("mail-claim", settings.mail_claim);
  settings.role_claim = reader.Text("rol-claim", settings.role_claim);
  settings.team_claim = reader.Text("team-claim", "");
  if (!IsSafeAddress(settings.issuer) || settings.issuer.find('?') != std::string::npos) {
    reader.Wrong("uitgever", "is an https address (http only on this machine)");
  }
  if (!IsSafeAddress(settings.redirect) || !settings.redirect.ends_with(kReturnPath)) {
    reader.Wrong("terug",
                 "is the https address of this desk, and ends with " + std::string(kReturnPath));
  }
  for (SettingReader& child : reader.Children("toegang")) {
    settings.grants.push_back(
        ReadGrant(std::move(child), installation, !settings.team_claim.empty()));
  }
  if (settings.grants.empty()) reader.Wrong("toegang", "without it nobody would come in");
  return settings;
}

MailSettings ReadMail(SettingReader* file) {
  MailSettings settings;
  if (!file->Has("mail")) return settings;
  SettingReader reader = file->Child("mail");
  reader.AllowOnly({"server", "beveiliging", "gebruiker", "wachtwoord-bestand", "afzender",
                    "scherm", "tijd", "rollen"});
  ReadServer(&reader, &settings.server);
  ReadSecurity(&reader, &settings.server);
  settings.server.credentials.user = reader.Text("gebruiker", "");
  if (!settings.server.credentials.user.empty()) {
    settings.server.credentials.password = reader.Secret("wachtwoord-bestand");
  }
  settings.from = reader.Text("afzender", "", true);
  if (!IsMailAddress(settings.from)) reader.Wrong("afzender", "is no mail address");
  settings.desk = reader.Text("scherm", "", true);
  if (!IsSafeAddress(settings.desk)) {
    reader.Wrong("scherm", "is an https address (http only on this machine)");
  }
  ReadTime(&reader, &settings.time);
  if (reader.Has("rollen")) settings.roles.clear();
  for (const std::string& name : reader.Texts("rollen")) {
    auto role = RoleOf(name);
    if (role == Role::kWorker || role == Role::kCoordinator) {
      settings.roles.insert(*role);
    } else {
      reader.Wrong("rollen", "a digest is for wijkteamlid and coordinator");
    }
  }
  return settings;
}

KafkaSettings ReadKafka(SettingReader* file) {
  KafkaSettings settings;
  if (!file->Has("kafka")) return settings;
  SettingReader reader = file->Child("kafka");
  reader.AllowOnly({"brokers", "voorvoegsel", "tls", "ca", "certificaat", "sleutel", "sasl",
                    "gebruiker", "wachtwoord-bestand", "bron"});
  settings.source = reader.Text("bron", "");
  if (!settings.source.empty() && !settings.source.starts_with("urn:")) {
    reader.Wrong("bron", "is a urn, such as urn:nld:oin:OIN:systeem:vroegsein");
  }
  settings.brokers = reader.Text("brokers", "", true);
  settings.prefix = reader.Text("voorvoegsel", settings.prefix);
  settings.tls = reader.Flag("tls", false);
  if (reader.Has("ca")) settings.ca_file = reader.PathOf("ca");
  if (reader.Has("certificaat")) settings.certificate_file = reader.PathOf("certificaat");
  if (reader.Has("sleutel")) settings.key_file = reader.PathOf("sleutel");
  settings.sasl_mechanism = reader.Text("sasl", "");
  const std::set<std::string> mechanisms = {"", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"};
  if (!mechanisms.contains(settings.sasl_mechanism)) {
    reader.Wrong("sasl", "is PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
  }
  if (settings.sasl_mechanism.empty()) return settings;
  settings.user = reader.Text("gebruiker", "", true);
  settings.password = reader.Secret("wachtwoord-bestand");
  return settings;
}

}  // namespace vroegsein
