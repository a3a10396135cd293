// The installation that `--config` names, and how a data folder of it is opened.
#pragma once

#include <string>

#include "alerts/desk/data_folder.h"
#include "alerts/settings/installation.h"

namespace vroegsein {

// `path` empty: the default installation.
Result<Installation> ReadInstallation(const std::string& path);

DataFolder::Options FolderOptions(const Installation& installation);

}  // namespace vroegsein
