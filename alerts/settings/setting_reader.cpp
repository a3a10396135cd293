#include "alerts/settings/setting_reader.h"

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace vroegsein {

void SettingProblems::Add(const YAML::Node& node, const std::string& path,
                          const std::string& what) {
  text_ += file_;
  if (node.IsDefined() && node.Mark().line >= 0) {
    text_ += " line " + std::to_string(node.Mark().line + 1);
  }
  text_ += ": " + path + ": " + what + "\n";
}

void SettingProblems::Add(const std::string& path, const Status& status) {
  text_ += file_ + ": " + path + ": " + status.message() + "\n";
}

SettingReader::SettingReader(const YAML::Node& node, std::string path, std::string folder,
                             SettingProblems* problems)
    : node_(std::make_shared<const YAML::Node>(node)),
      path_(std::move(path)),
      folder_(std::move(folder)),
      problems_(problems) {}

void SettingReader::AllowOnly(const std::set<std::string>& names) {
  if (!node_->IsMap()) return problems_->Add(*node_, path_, "expected a list of settings");
  for (const auto& entry : *node_) {
    std::string name = entry.first.as<std::string>("");
    if (!names.contains(name)) problems_->Add(entry.first, At(name), "there is no such setting");
  }
}

bool SettingReader::Has(const std::string& name) const { return static_cast<bool>(Find(name)); }

std::string SettingReader::Text(const std::string& name, const std::string& fallback,
                                bool required) {
  YAML::Node value = Find(name);
  if (!value) {
    if (required) problems_->Add(*node_, At(name), "is missing");
    return fallback;
  }
  if (!value.IsScalar()) problems_->Add(value, At(name), "expected a text");
  return value.as<std::string>(fallback);
}

bool SettingReader::Flag(const std::string& name, bool fallback) {
  std::string text = Text(name, fallback ? "ja" : "nee");
  if (text != "ja" && text != "nee") Wrong(name, "is ja or nee");
  return text == "ja";
}

int64_t SettingReader::Number(const std::string& name, int64_t fallback, int64_t low,
                              int64_t high) {
  YAML::Node value = Find(name);
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

std::vector<std::string> SettingReader::Texts(const std::string& name) {
  std::vector<std::string> texts;
  YAML::Node list = Find(name);
  if (!list) return texts;
  if (!list.IsSequence()) problems_->Add(list, At(name), "expected a list");
  for (const auto& entry : list) texts.push_back(entry.as<std::string>(""));
  return texts;
}

std::string SettingReader::PathOf(const std::string& name) {
  return (std::filesystem::path(folder_) / Text(name, "")).string();
}

std::optional<std::string> SettingReader::File(const std::string& name) {
  if (Text(name, "", true).empty()) return std::nullopt;
  auto bytes = ReadWholeFile(PathOf(name));
  if (bytes.ok()) return std::move(*bytes);
  Wrong(name, bytes.status());
  return std::nullopt;
}

std::string SettingReader::Secret(const std::string& name) {
  auto text = File(name);
  if (!text) return "";
  std::string secret = text->substr(0, text->find_first_of("\r\n"));
  if (secret.empty()) Wrong(name, "there is nothing in that file");
  return secret;
}

std::vector<SettingReader> SettingReader::Children(const std::string& name) {
  std::vector<SettingReader> readers;
  YAML::Node list = Find(name);
  if (!list) return readers;
  if (!list.IsSequence()) problems_->Add(list, At(name), "expected a list");
  for (size_t i = 0; i < list.size(); ++i) {
    readers.emplace_back(list[i], At(name) + "[" + std::to_string(i + 1) + "]", folder_, problems_);
  }
  return readers;
}

SettingReader SettingReader::Child(const std::string& name) {
  return {Find(name), At(name), folder_, problems_};
}

void SettingReader::Wrong(const std::string& name, const std::string& what) {
  problems_->Add(*node_, At(name), what);
}
void SettingReader::Wrong(const std::string& name, const Status& status) {
  problems_->Add(At(name), status);
}

YAML::Node SettingReader::Find(const std::string& name) const {
  return node_->IsMap() ? (*node_)[name] : YAML::Node(YAML::NodeType::Undefined);
}

std::string SettingReader::At(const std::string& name) const {
  return path_.empty() ? name : path_ + "." + name;
}

Result<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Status::NotFound("cannot read the file " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace vroegsein
