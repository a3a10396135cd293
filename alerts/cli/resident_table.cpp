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

enum Place : size_t { kId, kDay, kContract, kLegal, kFirstText };

struct TableField {
  std::string_view name;         // of the contract
  std::string_view usual_names;  // between spaces, in small letters
  std::string ResidentText::*text;
};

const std::array<TableField, 19> kFields = {{
    {"id", " rec_id record_id recid unique_id ", nullptr},
    {"signaaldatum", " signal_date ", nullptr},
    {"soort", " sector ", &ResidentText::contract},
    {"client.rechtspersoon", " ", nullptr},
    {"client.voorletters", " voorletter initialen initials ", &ResidentText::initials},
    {"client.voornaam",
     " voornamen roepnaam given_name given_names first_name firstname givenname fname forename "
     "vorname rufname prenom ad isim ",
     &ResidentText::given_name},
    {"client.voorvoegsel", " voorvoegsels tussenvoegsel tussenvoegsels ", &ResidentText::prefix},
    {"client.achternaam",
     " geslachtsnaam familienaam naam surname last_name lastname family_name lname name nachname "
     "familienname nom soyad soyadi ",
     &ResidentText::surname},
    {"client.geboortedatum",
     " geboorte_datum geb_datum gebdatum date_of_birth dob birth_date birthdate geburtsdatum "
     "date_de_naissance date_naissance dogum_tarihi ",
     &ResidentText::birth_date},
    {"client.straatnaam",
     " straat adres street street_name address address_1 address1 address_line_1 strasse straße "
     "rue adresse ",
     &ResidentText::street},
    {"client.postcode",
     " post_code zip zip_code zipcode postal_code postalcode plz postleitzahl code_postal ",
     &ResidentText::postcode},
    {"client.huisnummer",
     " huisnr huis_nummer street_number house_number housenumber house_no hausnummer hausnr ",
     &ResidentText::house_number},
    {"client.huisnummertoevoeging",
     " toevoeging toev huisletter huisnr_toevoeging house_number_suffix ", &ResidentText::suffix},
    {"client.adresregel", " address_2 address2 address_line_2 ", &ResidentText::address_line},
    {"client.plaatsnaam", " woonplaats plaats suburb city town ort stadt ville ",
     &ResidentText::town},
    {"client.regio", " provincie state province county bundesland il ", &ResidentText::region},
    {"client.telefoonnummer",
     " telefoon tel telnr mobiel phone phone_number telephone mobile telefon mobil ",
     &ResidentText::phone},
    {"client.email", " e_mail emailadres e_mailadres email_address mail ", &ResidentText::email},
    {"client.burgerservicenummer", " bsn ", &ResidentText::citizen_number},
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

// `First Name` and `first-name` as first_name.
size_t FieldUsuallyNamed(const std::string& small) {
  if (size_t field = FieldNamed(small); field != kNoField) return field;
  std::string name = fmt::format(" {} ", WithoutClient(small));
  for (size_t i = 1; i + 1 < name.size(); ++i) {
    if (name[i] == ' ' || name[i] == '-') name[i] = '_';
  }
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

  // What the caller says goes before the names of the contract, and those before usual names; of
  // two columns of one rank the first counts.
  Status ReadHeader(const std::vector<std::string>& header) {
    fields_.assign(header.size(), kNoField);
    for (size_t i = 0; i < header.size(); ++i) {
      auto mapped = mapped_.find(Small(header[i]));
      if (mapped == mapped_.end()) continue;
      fields_[i] = mapped->second;
      mapped_.erase(mapped);
    }
    FillWith(header, [](const std::string& small) { return FieldNamed(small); });
    FillWith(header, FieldUsuallyNamed);
    if (!mapped_.empty()) {
      return Status::Invalid("--columns: the file has no column " + mapped_.begin()->first);
    }
    bool named = std::any_of(fields_.begin(), fields_.end(),
                             [](size_t field) { return field != kNoField && field >= kFirstText; });
    if (!named) return Status::Invalid("no column of the file is known: map them with --columns");
    table_.fields = NamesOf(fields_);
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
  template <typename Named>
  void FillWith(const std::vector<std::string>& header, Named named) {
    for (size_t i = 0; i < header.size(); ++i) {
      if (fields_[i] != kNoField) continue;
      size_t field = named(Small(header[i]));
      bool taken = std::find(fields_.begin(), fields_.end(), field) != fields_.end();
      if (!taken) fields_[i] = field;
    }
  }

  static std::string NamesOf(const std::vector<size_t>& fields) {
    std::string names;
    for (size_t field : fields) {
      if (field == kNoField) continue;
      names += names.empty() ? "" : ", ";
      names += WithoutClient(kFields[field].name);
    }
    return names;
  }

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
