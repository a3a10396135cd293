#include "alerts/settings/installation.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "alerts/policy/examination.h"

namespace vroegsein {
namespace {

// Collects every problem of the file, so that whoever edits it hears them all at once.
class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}
  void Add(const YAML::Node& node, const std::string& path, const std::string& what) {
    text_ += file_;
    if (node.IsDefined() && node.Mark().line >= 0) {
      text_ += " line " + std::to_string(node.Mark().line + 1);
    }
    text_ += ": " + path + ": " + what + "\n";
  }
  void Add(const std::string& path, const Status& status) {
    text_ += file_ + ": " + path + ": " + status.message() + "\n";
  }
  bool none() const { return text_.empty(); }
  Status status() const { return Status::Invalid(text_.substr(0, text_.size() - 1)); }

 private:
  std::string file_;
  std::string text_;
};

class Reader {
 public:
  Reader(YAML::Node node, std::string path, Problems* problems)
      : node_(std::move(node)), path_(std::move(path)), problems_(problems) {}

  // A key that no setting has is an error, so that a typo is not silently dropped.
  void AllowOnly(const std::set<std::string>& names) {
    if (!node_.IsMap()) return problems_->Add(node_, path_, "expected a list of settings");
    for (const auto& entry : node_) {
      std::string name = entry.first.as<std::string>("");
      if (!names.contains(name)) problems_->Add(entry.first, At(name), "there is no such setting");
    }
  }

  std::string Text(const std::string& name, const std::string& fallback, bool required = false) {
    YAML::Node value = Child(name);
    if (!value) {
      if (required) problems_->Add(node_, At(name), "is missing");
      return fallback;
    }
    if (!value.IsScalar()) problems_->Add(value, At(name), "expected a text");
    return value.as<std::string>(fallback);
  }

  bool Flag(const std::string& name, bool fallback) {
    std::string text = Text(name, fallback ? "ja" : "nee");
    if (text != "ja" && text != "nee") Wrong(name, "is ja or nee");
    return text == "ja";
  }

  int64_t Number(const std::string& name, int64_t fallback, int64_t low, int64_t high) {
    YAML::Node value = Child(name);
    if (!value) return fallback;
    int64_t number = value.as<int64_t>(low - 1);
    if (number < low || number > high) {
      problems_->Add(
          value, At(name),
          "expected a whole number from " + std::to_string(low) + " to " + std::to_string(high));
      return fallback;
    }
    return number;
  }

  std::vector<std::string> Texts(const std::string& name) {
    std::vector<std::string> texts;
    YAML::Node list = Child(name);
    if (!list) return texts;
    if (!list.IsSequence()) problems_->Add(list, At(name), "expected a list");
    for (const auto& entry : list) texts.push_back(entry.as<std::string>(""));
    return texts;
  }

  std::vector<Reader> Children(const std::string& name) {
    std::vector<Reader> readers;
    YAML::Node list = Child(name);
    if (!list) return readers;
    if (!list.IsSequence()) problems_->Add(list, At(name), "expected a list");
    for (size_t i = 0; i < list.size(); ++i) {
      readers.emplace_back(list[i], At(name) + "[" + std::to_string(i + 1) + "]", problems_);
    }
    return readers;
  }

  void Wrong(const std::string& name, const std::string& what) {
    problems_->Add(node_, At(name), what);
  }
  void Wrong(const std::string& name, const Status& status) { problems_->Add(At(name), status); }

 private:
  YAML::Node Child(const std::string& name) const {
    return node_.IsMap() ? node_[name] : YAML::Node(YAML::NodeType::Undefined);
  }
  std::string At(const std::string& name) const {
    return path_.empty() ? name : path_ + "." + name;
  }

  YAML::Node node_;
  std::string path_;
  Problems* problems_;
};

Result<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Status::NotFound("cannot read the file " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool IsMunicipalityCode(const std::string& code) {
  return code.size() == 4 && code.find_first_not_of("0123456789") == std::string::npos;
}

void ReadAreas(Reader* reader, const std::filesystem::path& folder,
               MunicipalitySettings* settings) {
  auto zones_csv = ReadFile(folder / reader->Text("gebieden", "", true));
  auto teams_csv = ReadFile(folder / reader->Text("teams", "", true));
  if (!zones_csv.ok()) return reader->Wrong("gebieden", zones_csv.status());
  if (!teams_csv.ok()) return reader->Wrong("teams", teams_csv.status());
  auto zones = ReadZones(*zones_csv, settings->code(), "gebieden");
  auto teams = ReadTeams(*teams_csv, settings->code(), "teams");
  if (!zones.ok()) return reader->Wrong("gebieden", zones.status());
  if (!teams.ok()) return reader->Wrong("teams", teams.status());
  settings->mutable_zones()->Assign(zones->begin(), zones->end());
  settings->mutable_teams()->Assign(teams->begin(), teams->end());
  if (teams->empty())
    reader->Wrong("teams", "no team of this municipality: cases would go nowhere");
}

// The test file beside the policy. The policy that comes with the program brings its own along.
std::string TestsOf(const std::string& policy, const std::filesystem::path& file) {
  auto beside = ReadFile(TestFileBeside(file.string()));
  if (beside.ok()) return std::move(*beside);
  auto known = DefaultInstallation();
  bool ours = known.ok() && known->municipalities[0].policy == policy;
  return ours ? known->municipalities[0].policy_tests : std::string();
}

MunicipalityConfig ReadMunicipality(Reader reader, const std::filesystem::path& folder) {
  reader.AllowOnly({"code", "naam", "gebieden", "teams", "beleid", "bewaartermijn-maanden",
                    "bewaartermijn-schuldhulp-maanden", "spoed-belasting-procent"});
  MunicipalityConfig config;
  MunicipalitySettings& settings = config.settings;
  settings.set_code(reader.Text("code", "", true));
  if (!IsMunicipalityCode(settings.code())) {
    reader.Wrong("code", "a gemeentecode is four digits, in quotes");
  }
  settings.set_name(reader.Text("naam", settings.code()));
  ReadAreas(&reader, folder, &settings);
  auto policy = ReadFile(folder / reader.Text("beleid", "", true));
  if (policy.ok()) {
    config.policy = std::move(*policy);
    config.policy_tests = TestsOf(config.policy, folder / reader.Text("beleid", "", true));
  } else {
    reader.Wrong("beleid", policy.status());
  }
  settings.set_retention_months(
      static_cast<uint32_t>(reader.Number("bewaartermijn-maanden", 6, 1, 120)));
  settings.set_retention_debt_help_months(
      static_cast<uint32_t>(reader.Number("bewaartermijn-schuldhulp-maanden", 12, 1, 120)));
  settings.set_urgent_load_percent(
      static_cast<uint32_t>(reader.Number("spoed-belasting-procent", 90, 1, 100)));
  return config;
}

std::vector<std::string> KnownMunicipalities(Reader* reader, const Installation& installation) {
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

void ReadPartner(Reader reader, Installation* installation) {
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

void ReadUser(Reader reader, Installation* installation) {
  reader.AllowOnly({"naam", "rol", "gemeenten", "team", "sleutels"});
  Identity identity;
  identity.name = reader.Text("naam", "", true);
  std::string role = reader.Text("rol", "", true);
  bool known = false;
  for (Role candidate : {Role::kWorker, Role::kCoordinator, Role::kManager, Role::kPrivacyOfficer,
                         Role::kAdministrator}) {
    if (role == NameOf(candidate)) {
      identity.role = candidate;
      known = true;
    }
  }
  if (!known) {
    reader.Wrong("rol", "is wijkteamlid, coordinator, manager, privacy-officer or beheerder");
  }
  identity.municipalities = KnownMunicipalities(&reader, *installation);
  identity.team = reader.Text("team", "");
  identity.key_hashes = reader.Texts("sleutels");
  installation->identities.push_back(std::move(identity));
}

}  // namespace

std::string_view NameOf(Role role) {
  switch (role) {
    case Role::kPartner: return "partner";
    case Role::kWorker: return "wijkteamlid";
    case Role::kCoordinator: return "coordinator";
    case Role::kManager: return "manager";
    case Role::kPrivacyOfficer: return "privacy-officer";
    case Role::kAdministrator: return "beheerder";
  }
  return "";
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

Result<Installation> LoadInstallation(const std::string& path) {
  Problems problems(path);
  YAML::Node root;
  try {
    root = YAML::LoadFile(path);
  } catch (const YAML::BadFile&) {
    return Status::NotFound("cannot read the configuration file " + path);
  } catch (const YAML::Exception& error) {
    return Status::Invalid(path + ": " + error.what());
  }
  Reader reader(root, "", &problems);
  reader.AllowOnly({"luisteren", "beheer", "logboek-dagen", "verzoek-bytes", "verzoek-seconden",
                    "cache-mib", "sessie-minuten", "sessie-uren", "achter-tls", "gemeenten",
                    "partners", "gebruikers"});
  Installation installation;
  installation.listen = reader.Text("luisteren", installation.listen);
  installation.management = reader.Text("beheer", installation.management);
  installation.log_retention_days = static_cast<int>(reader.Number("logboek-dagen", 30, 1, 3650));
  installation.body_bytes_max = static_cast<uint32_t>(
      reader.Number("verzoek-bytes", installation.body_bytes_max, 1024, 1 << 30));
  installation.request_seconds_max =
      static_cast<uint32_t>(reader.Number("verzoek-seconden", 30, 1, 3600));
  installation.block_cache_mib = static_cast<uint32_t>(reader.Number("cache-mib", 64, 8, 65536));
  installation.session_minutes = static_cast<uint32_t>(reader.Number("sessie-minuten", 30, 1, 720));
  installation.session_hours = static_cast<uint32_t>(reader.Number("sessie-uren", 12, 1, 24));
  installation.behind_tls = reader.Flag("achter-tls", false);
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  for (Reader& child : reader.Children("gemeenten")) {
    installation.municipalities.push_back(ReadMunicipality(std::move(child), folder));
  }
  if (installation.municipalities.empty()) reader.Wrong("gemeenten", "name at least one");
  for (Reader& child : reader.Children("partners")) ReadPartner(std::move(child), &installation);
  for (Reader& child : reader.Children("gebruikers")) ReadUser(std::move(child), &installation);
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
