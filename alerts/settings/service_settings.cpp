#include "alerts/settings/service_settings.h"

#include <algorithm>
#include <charconv>

#include "alerts/settings/installation.h"

namespace vroegsein {
namespace {

constexpr size_t kNodesSecretMin = 32;

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
bool SplitAddress(const std::string& text, std::string* host, uint16_t* port) {
  size_t colon = text.rfind(':');
  *host = text.substr(0, colon);
  bool plain = !host->empty() && IsSafeAddress("https://" + *host) &&
               host->find_first_of("/?:%") == std::string::npos;
  if (colon == std::string::npos || !plain) return false;
  const char* end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data() + colon + 1, end, *port);
  return error == std::errc() && stop == end && *port != 0;
}

void ReadServer(SettingReader* reader, MailServer* server) {
  std::string text = reader->Text("server", "", true);
  if (!SplitAddress(text, &server->host, &server->port)) reader->Wrong("server", "is HOST:PORT");
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

std::vector<uint32_t> ReadPartitions(SettingReader* reader, const std::string& name) {
  std::vector<uint32_t> partitions;
  for (const std::string& text : reader->Texts(name)) {
    uint32_t number = 0;
    auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || stop != text.data() + text.size()) {
      reader->Wrong(name, "is a list of partitions, which count from 0");
    }
    partitions.push_back(number);
  }
  return partitions;
}

// Which of them exist is known when the topic is (alerts/nodes/node_placement.h).
void ReadNodes(SettingReader* reader, KafkaSettings* settings) {
  for (SettingReader& child : reader->Children("knooppunten")) {
    child.AllowOnly({"naam", "adres", "eigenaar", "reserve"});
    KafkaNode node;
    node.name = child.Text("naam", "", true);
    node.address = child.Text("adres", "", true);
    std::string host;
    uint16_t port = 0;
    if (!SplitAddress(node.address, &host, &port)) child.Wrong("adres", "is HOST:PORT");
    node.owned = ReadPartitions(&child, "eigenaar");
    node.stood_for = ReadPartitions(&child, "reserve");
    settings->nodes.push_back(std::move(node));
  }
  settings->absent_after = std::chrono::seconds(
      reader->Number("afwezig-seconden", settings->absent_after.count(), 1, 300));
  if (settings->nodes.empty()) return;
  settings->nodes_secret = reader->Secret("knooppunten-geheim-bestand");
  if (settings->nodes_secret.size() < kNodesSecretMin) {
    reader->Wrong("knooppunten-geheim-bestand", "holds at least 32 characters");
  }
}

OpenIdSignOut ReadSignOut(SettingReader* reader) {
  std::string text = reader->Text("afmelden", "zonder-token");
  if (text == "met-token") return OpenIdSignOut::kWithToken;
  if (text == "nee") return OpenIdSignOut::kNotThere;
  if (text != "zonder-token") reader->Wrong("afmelden", "is zonder-token, met-token or nee");
  return OpenIdSignOut::kWithoutToken;
}

}  // namespace

OpenIdSettings ReadOpenId(SettingReader* file, const Installation& installation) {
  OpenIdSettings settings;
  if (!file->Has("openid")) return settings;
  SettingReader reader = file->Child("openid");
  reader.AllowOnly({"uitgever", "naam", "client", "geheim-bestand", "terug", "scope",
                    "gebruiker-claim", "naam-claim", "mail-claim", "rol-claim", "team-claim",
                    "toegang", "userinfo", "afmelden"});
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
  settings.asks_userinfo = reader.Flag("userinfo", false);
  settings.sign_out = ReadSignOut(&reader);
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
                    "gebruiker", "wachtwoord-bestand", "bron", "knooppunten",
                    "knooppunten-geheim-bestand", "afwezig-seconden", "vast-seconden",
                    "checkpoints", "checkpoint-seconden"});
  settings.source = reader.Text("bron", "");
  if (!settings.source.empty() && !settings.source.starts_with("urn:")) {
    reader.Wrong("bron", "is a urn, such as urn:nld:oin:OIN:systeem:vroegsein");
  }
  settings.brokers = reader.Text("brokers", "", true);
  settings.prefix = reader.Text("voorvoegsel", settings.prefix);
  ReadNodes(&reader, &settings);
  settings.stuck_after =
      std::chrono::seconds(reader.Number("vast-seconden", settings.stuck_after.count(), 2, 3'600));
  if (reader.Has("checkpoints")) settings.checkpoints = reader.PathOf("checkpoints");
  settings.checkpoint_every = std::chrono::seconds(
      reader.Number("checkpoint-seconden", settings.checkpoint_every.count(), 1, 604'800));
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
