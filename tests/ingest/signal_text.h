// SignalText: a valid signal as JSON and as CSV, and how to change one field of it. The small
// language of the decoder tests: SignalText().Set("client.postcode", "\"8911 ad\"").Json().
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/decode_options.h"
#include "ingest/signal_shape.h"

namespace vroegsein {

inline DecodeOptions TestOptions() {
  return {"vitens", {}, {"0080", "0074"}, *ParseDate("2026-11-22")};
}

class SignalText {
 public:
  SignalText() {
    for (const auto& [column, value] : std::initializer_list<std::pair<std::string, std::string>>{
             {"id", "\"WS-2026-000123\""},
             {"soort", "\"Water\""},
             {"gemeentecode", "\"0080\""},
             {"signaaldatum", "\"2026-11-20\""},
             {"bedragCenten", "34512"},
             {"ontstaansdatum", "\"2026-08-01\""},
             {"klantnummer", "\"778812\""},
             {"dreiging", "\"afsluiting-water\""},
             {"dreigingsdatum", "\"2026-12-18\""},
             {"crisissignaal", "false"},
             {"warmeOverdracht", "true"},
             {"inspanning.herinneringen", "2"},
             {"inspanning.persoonlijkContact", "true"},
             {"inspanning.hulpAangeboden", "true"},
             {"inspanning.bezwaar", "false"},
             {"client.voorletters", "\"J.\""},
             {"client.voorvoegsel", "\"de\""},
             {"client.achternaam", "\"Vries\""},
             {"client.geboortedatum", "\"1984-03-12\""},
             {"client.straatnaam", "\"Lange Marktstraat\""},
             {"client.postcode", "\"8911AD\""},
             {"client.huisnummer", "\"12\""},
             {"client.huisnummertoevoeging", "\"A\""},
             {"client.plaatsnaam", "\"Leeuwarden\""},
             {"client.telefoonnummer", "\"0612345678\""},
             {"client.email", "\"j@example.nl\""},
             {"client.burgerservicenummer", "null"},
             {"client.rechtspersoon", "false"},
         }) {
      fields_.push_back({column, value});
    }
  }

  // `json` is the JSON text of the value; a column that is not there yet is added.
  SignalText& Set(std::string_view column, std::string_view json) {
    for (auto& [name, value] : fields_) {
      if (name == column) {
        value = json;
        return *this;
      }
    }
    fields_.push_back({std::string(column), std::string(json)});
    return *this;
  }

  SignalText& Drop(std::string_view column) {
    std::erase_if(fields_, [&](const auto& field) { return field.first == column; });
    return *this;
  }

  // One line.
  std::string Json() const {
    std::string top, effort, client;
    for (const auto& [column, value] : fields_) {
      size_t dot = column.find('.');
      std::string name = dot == std::string::npos ? column : column.substr(dot + 1);
      std::string& out = column.starts_with("client.")       ? client
                         : column.starts_with("inspanning.") ? effort
                                                             : top;
      if (!out.empty()) out += ", ";
      out += "\"" + name + "\": " + value;
    }
    if (!effort.empty()) top += ", \"inspanning\": {" + effort + "}";
    if (!client.empty()) top += ", \"client\": {" + client + "}";
    return "{" + top + "}";
  }

  // Header and row of CSV; strings lose their JSON quotes, null becomes an empty cell. REQUIRES: no
  // escapes in the values.
  std::string CsvHeader(char delimiter = ';') const {
    std::string out;
    for (const auto& field : fields_)
      out += (out.empty() ? "" : std::string(1, delimiter)) + field.first;
    return out;
  }
  std::string CsvRow(char delimiter = ';') const {
    std::string out;
    for (size_t i = 0; i < fields_.size(); ++i) {
      if (i > 0) out += delimiter;
      std::string value = fields_[i].second;
      if (value == "null") value.clear();
      if (value.starts_with('"')) value = value.substr(1, value.size() - 2);
      bool quote = value.find_first_of(std::string("\"\r\n") + delimiter) != std::string::npos;
      out += quote ? "\"" + value + "\"" : value;
    }
    return out;
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace vroegsein
