// SharedFiles: the files beside a configuration that many of its municipalities name, each read
// once. A country has one policy and one table of its areas, and reading that table for each of 340
// municipalities would be most of a start.
//
// Problems go to the reader of the setting that names the file. One thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "alerts/settings/plain_table.h"
#include "alerts/settings/setting_reader.h"
#include "alerts/settings/shared_text.h"

namespace vroegsein {

class SharedFiles {
 public:
  struct Policy {
    SharedText model;
    SharedText tests;
  };

  // The policy in the file that the setting names, with its tests.
  std::optional<Policy> ReadPolicy(SettingReader* reader, const std::string& setting);
  // The rows of the table in that file; nullptr with a problem. Valid as long as this is.
  const PlainTable* ReadTable(SettingReader* reader, const std::string& setting,
                              std::string_view header);

 private:
  // A path and the header asked of it: one file named for two tables is not both of them.
  using TableName = std::pair<std::string, std::string>;

  std::map<std::string, Policy> policies_;  // by path
  std::map<TableName, PlainTable> tables_;
};

}  // namespace vroegsein
