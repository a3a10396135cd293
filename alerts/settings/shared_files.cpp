#include "alerts/settings/shared_files.h"

#include "alerts/policy/examination.h"
#include "alerts/settings/installation.h"

namespace vroegsein {
namespace {

// The test file beside the policy. The policy that comes with the program brings its own along.
SharedText TestsOf(std::string_view policy, const std::string& file) {
  auto beside = ReadWholeFile(TestFileBeside(file));
  if (beside.ok()) return std::move(*beside);
  auto known = DefaultInstallation();
  bool ours = known.ok() && known->municipalities[0].policy == policy;
  return ours ? known->municipalities[0].policy_tests : SharedText();
}

}  // namespace

std::optional<SharedFiles::Policy> SharedFiles::ReadPolicy(SettingReader* reader,
                                                           const std::string& setting) {
  std::string path = reader->Has(setting) ? reader->PathOf(setting) : "";
  if (auto known = policies_.find(path); known != policies_.end()) return known->second;
  auto model = reader->File(setting);
  if (!model) return std::nullopt;
  SharedText tests = TestsOf(*model, path);
  return policies_.emplace(path, Policy{std::move(*model), std::move(tests)}).first->second;
}

const PlainTable* SharedFiles::ReadTable(SettingReader* reader, const std::string& setting,
                                         std::string_view header) {
  TableName name(reader->Has(setting) ? reader->PathOf(setting) : "", header);
  if (auto known = tables_.find(name); known != tables_.end()) return &known->second;
  auto text = reader->File(setting);
  if (!text) return nullptr;
  auto table = ReadPlainTable(*text, header, setting);
  if (table.ok()) return &tables_.emplace(std::move(name), std::move(*table)).first->second;
  reader->Wrong(setting, table.status());
  return nullptr;
}

}  // namespace vroegsein
