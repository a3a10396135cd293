#include "ingest/simulator/delivery_format.h"

#include <array>

namespace vroegsein::simulator {
namespace {

constexpr std::array<std::string_view, 3> kSequelColumns = {"signaalId", "afloop", "datum"};

enum class Kind { kText, kBare, kNullWhenEmpty };

Kind KindOf(size_t column) {
  switch (column) {
    case kArrearsCents:
    case kReminders:
    case kCrisis:
    case kWarmHandover:
    case kPersonalContact:
    case kHelpOffered:
    case kObjection:
    case kLegalPerson: return Kind::kBare;
    case kBsn: return Kind::kNullWhenEmpty;
    default: return Kind::kText;
  }
}

// Names hold no control characters; quotes and backslashes are all there is to escape.
void AppendJsonText(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

void AppendMember(std::string& out, std::string_view name, std::string_view value, Kind kind) {
  if (out.back() != '{') out += ',';
  AppendJsonText(out, name);
  out += ':';
  if (kind == Kind::kText) {
    AppendJsonText(out, value);
  } else if (value.empty()) {
    out += "null";
  } else if (kind == Kind::kBare) {
    out += value;
  } else {
    AppendJsonText(out, value);
  }
}

std::string JsonLine(const WrittenRow& row) {
  std::string out = "{";
  std::string_view group;
  for (size_t column = 0; column < kColumnCount; ++column) {
    Kind kind = KindOf(column);
    std::string_view name = kColumnNames[column];
    size_t dot = name.find('.');
    std::string_view in = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
    if (in != group) {
      if (!group.empty()) out += '}';
      group = in;
      out += ',';
      AppendJsonText(out, group);
      out += ":{";
    }
    if (row[column].empty() && kind != Kind::kNullWhenEmpty) continue;
    AppendMember(out, in.empty() ? name : name.substr(dot + 1), row[column], kind);
  }
  return out + "}}\n";
}

}  // namespace

std::string_view FileEnding(Format format) { return format == Format::kNdjson ? "ndjson" : "csv"; }

char SeparatorOf(Format format) {
  if (format == Format::kCsvComma) return ',';
  return format == Format::kCsvTab ? '\t' : ';';
}

std::string CsvLine(std::span<const std::string_view> cells, char separator) {
  std::string line;
  for (size_t at = 0; at < cells.size(); ++at) {
    std::string_view cell = cells[at];
    if (at > 0) line += separator;
    if (cell.find(separator) == std::string_view::npos &&
        cell.find('"') == std::string_view::npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (char c : cell) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  }
  return line + "\n";
}

std::string SignalHeader(Format format) {
  if (format == Format::kNdjson) return {};
  return CsvLine(kColumnNames, SeparatorOf(format));
}

std::string SignalLine(const WrittenRow& row, Format format) {
  if (format == Format::kNdjson) return JsonLine(row);
  std::array<std::string_view, kColumnCount> cells;
  for (size_t i = 0; i < kColumnCount; ++i) cells[i] = row[i];
  return CsvLine(cells, SeparatorOf(format));
}

std::string SequelHeader(Format format) {
  if (format == Format::kNdjson) return {};
  return CsvLine(kSequelColumns, SeparatorOf(format));
}

std::string SequelLine(const WrittenSequel& sequel, Format format) {
  if (format != Format::kNdjson) {
    const std::string_view cells[] = {sequel.signal_id, sequel.afloop, sequel.day};
    return CsvLine(cells, SeparatorOf(format));
  }
  std::string out = "{";
  AppendMember(out, kSequelColumns[0], sequel.signal_id, Kind::kText);
  AppendMember(out, kSequelColumns[1], sequel.afloop, Kind::kText);
  AppendMember(out, kSequelColumns[2], sequel.day, Kind::kText);
  return out + "}\n";
}

}  // namespace vroegsein::simulator
