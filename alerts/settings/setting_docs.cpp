#include "alerts/settings/installation.h"

namespace vroegsein {
namespace {

using Docs = std::vector<SettingDoc>;

// Of a log that is elsewhere.
Docs KafkaDocs() {
  return {
      {"kafka.brokers", "the log is on these brokers, not in the data folder", "host:port, ...",
       "none: an embedded log", "also serve --kafka", "kafka-1:9092,kafka-2:9092"},
      {"kafka.voorvoegsel", "begin of the names of the topics", "text", "vroegsein", "",
       "vroegsein-acceptatie"},
      {"kafka.tls", "TLS to the brokers", "ja or nee", "nee", "", "ja"},
      {"kafka.ca", "roots that the brokers' certificates are checked against",
       "file, from this file's folder", "the system's", "PEM", "kafka-ca.pem"},
      {"kafka.certificaat", "certificate of this node", "file, from this file's folder", "none",
       "PEM", "node.pem"},
      {"kafka.sleutel", "its private key", "file, from this file's folder", "none", "PEM",
       "node.key"},
      {"kafka.sasl", "how this node says who it is", "mechanism", "none",
       "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512", "SCRAM-SHA-512"},
      {"kafka.gebruiker", "user name for sasl", "text", "none", "", "vroegsein"},
      {"kafka.wachtwoord-bestand", "a file with the password on its first line",
       "file, from this file's folder", "none", "", "kafka.wachtwoord"},
      {"kafka.bron", "source of our CloudEvents; with it feedback and tasks go out on topics",
       "urn", "none: they do not", "without kafka.knooppunten on one node only",
       "urn:nld:oin:00000001234567890000:systeem:vroegsein"},
      {"kafka.checkpoints", "where copies of the partitions go, for a node that lost its disk",
       "folder, from this file's folder", "none are made", "on another disk; it holds residents",
       "/mnt/checkpoints"},
      {"kafka.checkpoint-seconden", "how often", "seconds", "3600", "1 to 604800", "21600"},
      {"kafka.knooppunten[].naam", "name of a node, as in serve --node", "text", "", "", "een"},
      {"kafka.knooppunten[].adres", "where the other nodes reach it, and nobody else", "host:port",
       "", "", "10.0.0.1:8070"},
      {"kafka.knooppunten[].eigenaar", "partitions that it owns when it is there",
       "list of numbers", "none", "each partition has one owner", "[0, 1, 2]"},
      {"kafka.knooppunten[].reserve",
       "partitions that it follows, and takes over when the owner goes", "list of numbers", "none",
       "in the order of the nodes", "[3, 4, 5]"},
      {"kafka.afwezig-seconden", "after so long without a sign of life a node is missed", "seconds",
       "6", "1 to 300; not below the brokers' group.min.session.timeout.ms", "3"},
      {"kafka.vast-seconden",
       "a desk without a sign of life for so long is stuck: another node takes its partitions over",
       "seconds", "30", "2 to 3600; for one that gets nowhere twice as long", "15"},
      {"kafka.knooppunten-geheim-bestand", "what nodes show one another, on its first line",
       "file, from this file's folder", "", "32 characters or more", "knooppunten.geheim"},
  };
}

// Of the process itself.
Docs ProcessDocs() {
  return {
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
      {"toegangslog-maanden", "how long is kept who saw what", "months", "60", "6 to 240", "24"},
  };
}

// Of what the desk uses of others.
Docs ServiceDocs() {
  return {
      {"openid.uitgever", "issuer of the municipality's own sign-in (OpenID Connect)", "address",
       "no such sign-in", "https; http on this machine", "https://login.example.nl/realms/x"},
      {"openid.naam", "on the button", "text", "uw gemeente", "", "gemeente Leeuwarden"},
      {"openid.client", "client_id at that provider", "text", "required", "", "vroegsein"},
      {"openid.geheim-bestand", "file with the client secret", "file, from this file's folder",
       "required", "readable for the server alone", "openid.geheim"},
      {"openid.terug", "redirect_uri, exactly as the provider knows it", "address", "required",
       "ends with /v1/sessies/openid/terug", "https://desk.example.nl/v1/sessies/openid/terug"},
      {"openid.scope", "what is asked of the provider", "text", "openid profile", "",
       "openid profile email groups"},
      {"openid.gebruiker-claim", "claim with the user name", "claim", "preferred_username",
       "letters, digits and . - _ @", "upn"},
      {"openid.naam-claim", "claim with the name that colleagues see", "claim", "name", "",
       "given_name"},
      {"openid.mail-claim", "claim with the address for the digest", "claim", "email", "", "mail"},
      {"openid.rol-claim", "claim that openid.toegang[].waarde is looked up in", "claim", "groups",
       "a text or a list", "roles"},
      {"openid.team-claim", "claim with the team code, where openid.toegang[].team is not given",
       "claim", "none", "", "afdeling"},
      {"openid.userinfo", "asks userinfo too, when the id_token does not hold the role claim",
       "ja/nee", "nee", "", "ja"},
      {"openid.afmelden",
       "signing out here signs out at the provider: asked there, told whom, or not at all", "word",
       "zonder-token", "zonder-token, met-token, nee", "nee"},
      {"openid.toegang[].waarde", "whoever has this in the role claim; the first that fits counts",
       "text", "required", "", "vroegsein-centrum"},
      {"openid.toegang[].rol", "what it may do", "role", "required",
       "wijkteamlid, coordinator, manager, privacy-officer, beheerder", "wijkteamlid"},
      {"openid.toegang[].team", "the one team it may see", "team code", "every team",
       "required for a wijkteamlid without team-claim", "centrum"},
      {"openid.toegang[].gemeenten", "municipalities it may see", "list", "all of this file", "",
       "[\"0080\"]"},
      {"mail.server", "mail server (SMTP) for the daily digest", "host:port", "no digest", "",
       "smtp.example.nl:587"},
      {"mail.beveiliging", "TLS with that server: after STARTTLS, from the start, or none",
       "starttls, tls or geen", "starttls", "geen: on this machine only", "tls"},
      {"mail.gebruiker", "name to sign in with there", "text", "none", "", "vroegsein"},
      {"mail.wachtwoord-bestand", "file with its password", "file, from this file's folder",
       "required with gebruiker", "readable for the server alone", "mail.geheim"},
      {"mail.afzender", "whom the digest comes from", "mail address", "required", "",
       "vroegsein@example.nl"},
      {"mail.scherm", "address of the desk, for the link in the digest", "address", "required",
       "https; http on this machine", "https://desk.example.nl/"},
      {"mail.tijd", "when the digest goes, on working days", "time of day in Amsterdam", "07:00",
       "in quotes", "\"08:15\""},
      {"mail.rollen", "who gets it, when an address is known", "list", "[wijkteamlid, coordinator]",
       "wijkteamlid, coordinator", "[coordinator]"},
  };
}

// Of municipalities, partners and users.
Docs PlaceDocs() {
  return {
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
      {"gemeenten[].verzameladressen",
       "addresses with many households: shelter, care home, student house; nobody there is taken "
       "for another's family",
       "list of postcode, number and suffix", "[]", "8911AD 12 or 8911AD 12 A", "[8911AD 12]"},
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
}

}  // namespace

const std::vector<SettingDoc>& SettingDocs() {
  static const Docs docs = [] {
    Docs all;
    for (const Docs& part : {ProcessDocs(), KafkaDocs(), ServiceDocs(), PlaceDocs()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
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
