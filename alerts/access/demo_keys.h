// The keys of an installation without a configuration file: one per identity, made at the first
// start and kept in DATA/sleutels/<name>, readable for the owner only.
//
// In plain text, so that the demo can be tried at once; an installation with a configuration file
// has hashes there and no such folder. Errors: of the file system.
#pragma once

#include <functional>
#include <string>

#include "alerts/settings/installation.h"

namespace vroegsein {

// Adds to every identity of `*installation` the hash of its key. The folder of the keys.
Result<std::string> UseDemoKeys(const std::string& data_folder,
                                const std::function<std::string(size_t)>& chance,
                                Installation* installation);

}  // namespace vroegsein
