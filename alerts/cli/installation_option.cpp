#include "alerts/cli/installation_option.h"

namespace vroegsein {

Result<Installation> ReadInstallation(const std::string& path) {
  return path.empty() ? DefaultInstallation() : LoadInstallation(path);
}

DataFolder::Options FolderOptions(const Installation& installation) {
  DataFolder::Options options;
  options.database.block_cache_bytes = static_cast<size_t>(installation.block_cache_mib) << 20;
  options.desk.log_retention_days = installation.log_retention_days;
  return options;
}

}  // namespace vroegsein
