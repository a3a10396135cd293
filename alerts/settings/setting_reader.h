// SettingReader: one map of the configuration file, read setting by setting.
//
// Every problem is collected, so that whoever edits the file hears them all at once, each with the
// setting's path and line. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ingest/status.h"

namespace YAML {
class Node;
}

namespace vroegsein {

class SettingProblems {
 public:
  explicit SettingProblems(std::string file) : file_(std::move(file)) {}
  void Add(const YAML::Node& node, const std::string& path, const std::string& what);
  void Add(const std::string& path, const Status& status);
  bool none() const { return text_.empty(); }
  Status status() const { return Status::Invalid(text_.substr(0, text_.size() - 1)); }

 private:
  std::string file_;
  std::string text_;
};

class SettingReader {
 public:
  // `problems` outlives it; `folder` is where relative file names begin.
  SettingReader(const YAML::Node& node, std::string path, std::string folder,
                SettingProblems* problems);

  // A key that no setting has is an error, so that a typo is not silently dropped.
  void AllowOnly(const std::set<std::string>& names);

  bool Has(const std::string& name) const;
  std::string Text(const std::string& name, const std::string& fallback, bool required = false);
  bool Flag(const std::string& name, bool fallback);
  int64_t Number(const std::string& name, int64_t fallback, int64_t low, int64_t high);
  std::vector<std::string> Texts(const std::string& name);
  // The bytes of the file that the setting names; nullopt with a problem.
  std::optional<std::string> File(const std::string& name);
  std::string PathOf(const std::string& name);
  // The first line of such a file: a password, a key.
  std::string Secret(const std::string& name);
  // One for each map of a list.
  std::vector<SettingReader> Children(const std::string& name);
  // Of a setting that is a map itself. REQUIRES: Has(name).
  SettingReader Child(const std::string& name);

  void Wrong(const std::string& name, const std::string& what);
  void Wrong(const std::string& name, const Status& status);

 private:
  YAML::Node Find(const std::string& name) const;
  std::string At(const std::string& name) const;

  std::shared_ptr<const YAML::Node> node_;
  std::string path_;
  std::string folder_;
  SettingProblems* problems_;
};

// Missing or unreadable is kNotFound.
Result<std::string> ReadWholeFile(const std::string& path);

}  // namespace vroegsein
