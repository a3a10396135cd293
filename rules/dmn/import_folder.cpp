#include "rules/dmn/import_folder.h"

#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "rules/dmn/xml.h"

namespace vroegsein::dmn {

std::optional<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream out;
  out << in.rdbuf();
  if (in.bad()) return std::nullopt;
  return out.str();
}

decltype(LoadOptions::resolve_import) ImportsFrom(const std::string& folder) {
  return [folder](std::string_view space, std::string_view) -> std::optional<std::string> {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      if (entry.path().extension() != ".dmn") continue;
      auto text = ReadWholeFile(entry.path().string());
      if (!text || text->find(space) == std::string::npos) continue;
      XmlFile file;
      if (file.Read(*text, LoadOptions())) continue;
      if (Attribute(file.root(), "namespace") == space) return text;
    }
    return std::nullopt;
  };
}

}  // namespace vroegsein::dmn
