#include "alerts/settings/plain_table.h"

namespace vroegsein {

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  size_t start = 0;
  for (size_t at = 0; at <= text.size(); ++at) {
    if (at != text.size() && text[at] != separator) continue;
    parts.emplace_back(text.substr(start, at - start));
    start = at + 1;
  }
  return parts;
}

Result<PlainTable> ReadPlainTable(std::string_view text, std::string_view header,
                                  std::string_view name) {
  PlainTable table;
  size_t columns = Split(header, ';').size();
  size_t number = 0;
  for (std::string& line : Split(text, '\n')) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::string where = std::string(name) + " line " + std::to_string(number);
    if (number == 1 && line != header) {
      return Status::Invalid(where + ": expected the header " + std::string(header));
    }
    if (number == 1 || line.empty()) continue;
    auto cells = Split(line, ';');
    if (cells.size() != columns) {
      return Status::Invalid(where + ": expected " + std::to_string(columns) + " cells");
    }
    table.rows.push_back({number, std::move(cells)});
  }
  return table;
}

}  // namespace vroegsein
