#include "alerts/cli/resident_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "ingest/csv_cutter.h"
#include "ingest/csv_record.h"
#include "ingest/csv_scan.h"
#include "ingest/reader_limits.h"
#include "ingest/utf8.h"
#include "store/household/identity/spelling.h"

namespace vroegsein {
namespace {

using identity::ResidentText;

enum Place : size_t { kId, kDay, kLegal, kFirstText };

struct TableField {
  std::string_view name;         // of the contract
  std::string_view usual_names;  // between spaces, in small letters
  std::string ResidentText::*text;
};

const std::array<TableField, 18> kFields = {{
    {"id", " rec_id record_id recid unique_id ", nullptr},
    {"signaaldatum", " signal_date ", nullptr},
    {"client.rechtspersoon", " rechtspersoon ", nullptr},
    {"client.voorletters", " voorletters initialen initials ", &ResidentText::initials},
    {"client.voornaam", " voornaam voornamen given_name first_name firstname givenname fname ",
     &ResidentText::given_name},
    {"client.voorvoegsel", " voorvoegsel voorvoegsels tussenvoegsel ", &ResidentText::prefix},
    {"client.achternaam", " achternaam surname last_name lastname family_name lname ",
     &ResidentText::surname},
    {"client.geboortedatum", " geboortedatum date_of_birth dob birth_date birthdate ",
     &ResidentText::birth_date},
    {"client.straatnaam", " straatnaam straat street street_name address_1 address1 ",
     &ResidentText::street},
    {"client.postcode", " postcode zip zip_code zipcode postal_code ", &ResidentText::postcode},
    {"client.huisnummer", " huisnummer street_number house_number ", &ResidentText::house_number},
    {"client.huisnummertoevoeging", " huisnummertoevoeging toevoeging house_number_suffix ",
     &ResidentText::suffix},
    {"client.adresregel", " adresregel address_2 address2 ", &ResidentText::address_line},
    {"client.plaatsnaam", " plaatsnaam woonplaats suburb city town ", &ResidentText::town},
    {"client.regio", " regio provincie state province ", &ResidentText::region},
    {"client.telefoonnummer", " telefoonnummer telefoon phone phone_number ", &ResidentText::phone},
    {"client.email", " email e-mail emailadres ", &ResidentText::email},
    {"client.burgerservicenummer", " burgerservicenummer bsn ", &ResidentText::citizen_number},
}};

constexpr size_t kNoField = SIZE_MAX;

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

std::string Small(std::string_view text) {
  std::string small(Trim(text));
  for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return small;
}

constexpr std::string_view kClient = "client.";

std::string_view WithoutClient(std::string_view name) {
  if (name.starts_with(kClient)) name.remove_prefix(kClient.size());
  return name;
}

// `client.achternaam`, and for short `achternaam`.
size_t FieldNamed(std::string_view name) {
  std::string small = Small(name);
  for (size_t i = 0; i < kFields.size(); ++i) {
    if (WithoutClient(kFields[i].name) == WithoutClient(small)) return i;
  }
  return kNoField;
}

size_t FieldUsuallyNamed(const std::string& small) {
  if (size_t field = FieldNamed(small); field != kNoField) return field;
  std::string name = fmt::format(" {} ", WithoutClient(small));
  for (size_t i = 0; i < kFields.size(); ++i) {
    if (kFields[i].usual_names.find(name) != std::string_view::npos) return i;
  }
  return kNoField;
}

// What a caller says: their column (small letters) to our field.
Result<std::map<std::string, size_t>> ParseColumns(std::string_view columns) {
  std::map<std::string, size_t> mapped;
  std::string text(columns);
  text.erase(std::remove_if(text.begin(), text.end(),
                            [](char c) { return c == '{' || c == '}' || c == '"'; }),
             text.end());
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find_first_of(",;\n", at), text.size());
    std::string_view pair = Trim(std::string_view(text).substr(at, end - at));
    at = end + 1;
    if (pair.empty()) continue;
    size_t sign = pair.find_first_of("=:");
    if (sign == std::string_view::npos) return Status::Invalid("--columns: write ours=theirs");
    std::string_view left = Trim(pair.substr(0, sign)), right = Trim(pair.substr(sign + 1));
    size_t field = FieldNamed(left);
    if (field == kNoField) std::swap(left, right), field = FieldNamed(left);
    if (field == kNoField) field = FieldUsuallyNamed(Small(left));
    if (field == kNoField) {
      return Status::Invalid(fmt::format("--columns: `{}` names no field of ours", pair));
    }
    mapped[Small(right)] = field;
  }
  return mapped;
}

class Table {
 public:
  explicit Table(std::map<std::string, size_t> mapped) : mapped_(std::move(mapped)) {}

  Status ReadHeader(const std::vector<std::string>& header) {
    std::vector<size_t> taken;
    for (const auto& [column, field] : mapped_) taken.push_back(field);
    for (const std::string& cell : header) {
      std::string small = Small(cell);
      auto mapped = mapped_.find(small);
      size_t field = mapped != mapped_.end() ? mapped->second : FieldUsuallyNamed(small);
      bool used = std::find(taken.begin(), taken.end(), field) != taken.end();
      if (mapped == mapped_.end() && used) field = kNoField;
      if (mapped != mapped_.end()) mapped_.erase(mapped);
      fields_.push_back(field);
    }
    if (!mapped_.empty()) {
      return Status::Invalid("--columns: the file has no column " + mapped_.begin()->first);
    }
    bool named = std::any_of(fields_.begin(), fields_.end(),
                             [](size_t field) { return field != kNoField && field >= kFirstText; });
    if (!named) return Status::Invalid("no column of the file is known: map them with --columns");
    return Status::Ok();
  }

  void ReadRow(const std::vector<std::string>& cells) {
    ResidentText record;
    std::string id = fmt::format("{}", table_.ids.size() + 1);
    for (size_t i = 0; i < std::min(cells.size(), fields_.size()); ++i) {
      if (fields_[i] == kNoField || IsAbsent(cells[i])) continue;
      ReadCell(fields_[i], cells[i], &id, &record);
    }
    table_.ids.push_back(std::move(id));
    table_.records.push_back(std::move(record));
  }

  ResidentTable Take() { return std::move(table_); }

 private:
  static bool IsAbsent(const std::string& cell) {
    return cell.empty() || cell == "NULL" || cell == "null" || cell == "NaN" || cell == "nan";
  }

  static std::optional<Date> ReadDay(const std::string& cell) {
    if (auto day = ParseDate(std::string_view(cell).substr(0, 10))) return day;
    std::string digits = identity::BirthDigits(cell);
    if (digits.size() != 8) return std::nullopt;
    return ParseDate(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6));
  }

  static void ReadCell(size_t field, const std::string& cell, std::string* id,
                       ResidentText* record) {
    switch (field) {
      case kId: *id = cell; return;
      case kDay: record->day = ReadDay(cell); return;
      case kLegal: {
        std::string small = Small(cell);
        record->legal_person =
            small == "true" || small == "ja" || small == "1" || small == "waar" || small == "yes";
        return;
      }
      default: record->*kFields[field].text = cell;
    }
  }

  std::map<std::string, size_t> mapped_;
  std::vector<size_t> fields_;  // per column
  ResidentTable table_;
};

std::vector<std::string> Cells(std::string_view text, char delimiter) {
  std::string converted;
  if (FindInvalidUtf8(text)) {
    converted.assign(text);
    Windows1252ToUtf8(&converted);
    text = converted;
  }
  std::vector<CsvCell> scanned;
  size_t count = 0;
  ScanCsvRecord(text, true, delimiter, kCsvCellsMax, &scanned, &count);
  std::vector<std::string> cells;
  for (const CsvCell& cell : scanned) {
    std::string plain(Trim(cell.text));
    for (size_t at = plain.find("\"\""); at != std::string::npos; at = plain.find("\"\"", at + 1)) {
      plain.erase(at, 1);
    }
    cells.push_back(std::move(plain));
  }
  return cells;
}

std::string_view WithoutMark(std::string_view text) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  if (text.starts_with(kUtf8Mark)) text.remove_prefix(kUtf8Mark.size());
  return text;
}

}  // namespace

Result<std::vector<std::vector<std::string>>> ReadCells(ByteSource* source) {
  ReaderLimits limits;
  InputWindow window(source, limits.read_bytes);
  CsvCutter cutter(&window, limits.record_bytes_max);
  std::vector<std::vector<std::string>> rows;
  auto cut = cutter.Header();
  for (; cut.ok() && cut->kind != Cut::Kind::kEnd; cut = cutter.Next()) {
    if (cut->kind != Cut::Kind::kRecord) {
      return Status::Invalid(fmt::format("row {} is no CSV", cut->row));
    }
    rows.push_back(Cells(rows.empty() ? WithoutMark(cut->text) : cut->text, cutter.delimiter()));
    if (rows.size() > kTableRowsMax) return Status::Invalid("too many rows for one file");
  }
  if (!cut.ok()) return cut.status();
  if (rows.empty()) return Status::Invalid("the file is empty");
  return rows;
}

Result<ResidentTable> ReadResidents(ByteSource* source, std::string_view columns) {
  auto mapped = ParseColumns(columns);
  if (!mapped.ok()) return mapped.status();
  auto rows = ReadCells(source);
  if (!rows.ok()) return rows.status();
  Table table(std::move(*mapped));
  VROEGSEIN_RETURN_IF_ERROR(table.ReadHeader(rows->front()));
  for (size_t i = 1; i < rows->size(); ++i) table.ReadRow((*rows)[i]);
  return table.Take();
}

std::string FieldNamesOfTable() {
  std::string names;
  for (const TableField& field : kFields) names += fmt::format("  {}\n", field.name);
  return names;
}

}  // namespace vroegsein
