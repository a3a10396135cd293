#include "alerts/report/report_writer.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "alerts/report/measures.h"
#include "ingest/receipt.h"

namespace vroegsein {
namespace {

struct NamedCut {
  std::string_view key;    // in JSON
  std::string_view title;  // in the spreadsheet
  const Cut Report::*rows;
};

constexpr std::array kCuts = {
    NamedCut{"perGemeente", "Gemeente", &Report::by_municipality},
    NamedCut{"perMaand", "Maand", &Report::by_month},
    NamedCut{"perZone", "Zone", &Report::by_zone},
    NamedCut{"perTeam", "Team", &Report::by_team},
    NamedCut{"perPartner", "Partner", &Report::by_partner},
    NamedCut{"perSoort", "Soort", &Report::by_sector},
};

std::string Text(const MeasureValue& value, char decimal_mark, std::string_view nothing) {
  if (!value.is_share) return fmt::format("{}", value.count);
  auto per_mille = PerMille(value);
  if (!per_mille) return std::string(nothing);
  return fmt::format("{}{}{}", *per_mille / 10, decimal_mark, *per_mille % 10);
}

// ---- JSON

template <typename Part>
void AppendMember(const Measure<Part>& measure, const Part& part, bool first, std::string* out) {
  fmt::format_to(std::back_inserter(*out), "{}\"{}\":{}", first ? "" : ",", measure.key,
                 Text(measure.read(part), '.', "null"));
}

void AppendFunnel(const Figures& figures, std::string* out) {
  std::string_view group;
  for (const Measure<Figures>& measure : FunnelMeasures()) {
    bool first = measure.group != group;
    if (first) {
      fmt::format_to(std::back_inserter(*out), "{}\"{}\":{{", group.empty() ? "" : "},",
                     measure.group);
    }
    AppendMember(measure, figures, first, out);
    group = measure.group;
  }
  *out += "},";
}

void AppendThreat(std::string_view name, const ThreatFigures& figures, std::string* out) {
  fmt::format_to(std::back_inserter(*out), "\"{}\":{{", name);
  bool first = true;
  for (const Measure<ThreatFigures>& measure : ThreatMeasures()) {
    AppendMember(measure, figures, first, out);
    first = false;
  }
  *out += '}';
}

// Without the braces around it.
void AppendFigures(const Figures& figures, std::string* out) {
  AppendFunnel(figures, out);
  *out += "\"dreigingen\":{";
  AppendThreat("alle", figures.any_threat, out);
  for (const ThreatTitle& name : ThreatTitles()) {
    *out += ',';
    AppendThreat(name.key, figures.threats[static_cast<size_t>(name.threat)], out);
  }
  *out += '}';
}

void AppendRows(const NamedCut& cut, const Cut& rows, std::string* out) {
  fmt::format_to(std::back_inserter(*out), ",\n\"{}\":[", cut.key);
  bool first = true;
  for (const auto& [value, figures] : rows) {
    *out += first ? "\n{\"waarde\":" : ",\n{\"waarde\":";
    first = false;
    AppendJsonString(value, out);
    *out += ',';
    AppendFigures(figures, out);
    *out += '}';
  }
  *out += ']';
}

void AppendPeriods(const Report& report, std::string* out) {
  std::string days = fmt::format("\"van\":\"{}\",\"totEnMet\":\"{}\"",
                                 FormatDate(report.period.from), FormatDate(report.period.to));
  fmt::format_to(std::back_inserter(*out),
                 "\"perioden\":{{\"signalen\":{{{},\"telt\":\"dag van ontvangst\"}},"
                 "\"zaken\":{{{},\"telt\":\"dag van opening\"}}}},\n",
                 days, days);
}

// ---- CSV

void AppendCell(std::string_view text, std::string* out) {
  bool formula =
      !text.empty() && std::string_view("=+-@\t").find(text[0]) != std::string_view::npos;
  bool quoted = formula || text.find_first_of(";\"\r\n") != std::string_view::npos;
  if (!quoted) {
    *out += text;
    return;
  }
  *out += formula ? "\"'" : "\"";
  for (char c : text) {
    if (c == '"') *out += '"';
    *out += c;
  }
  *out += '"';
}

void AppendHeader(std::string* out) {
  *out += "Periode van;Periode tot en met;Peildatum;Snede;Waarde";
  for (const Measure<Figures>& measure : FunnelMeasures()) {
    *out += ';';
    AppendCell(measure.title, out);
  }
  auto threat = [&](std::string_view name) {
    for (const Measure<ThreatFigures>& measure : ThreatMeasures()) {
      *out += ';';
      AppendCell(fmt::format("{}: {}", name, measure.title), out);
    }
  };
  threat("Alle dreigingen");
  for (const ThreatTitle& name : ThreatTitles()) threat(name.title);
  *out += "\r\n";
}

void AppendRow(const Report& report, std::string_view cut, std::string_view value,
               const Figures& figures, std::string* out) {
  fmt::format_to(std::back_inserter(*out), "{};{};{};{};", FormatDate(report.period.from),
                 FormatDate(report.period.to), FormatDate(report.today), cut);
  AppendCell(value, out);
  for (const Measure<Figures>& measure : FunnelMeasures()) {
    *out += ';';
    *out += Text(measure.read(figures), ',', "");
  }
  auto threat = [&](const ThreatFigures& of_threat) {
    for (const Measure<ThreatFigures>& measure : ThreatMeasures()) {
      *out += ';';
      *out += Text(measure.read(of_threat), ',', "");
    }
  };
  threat(figures.any_threat);
  for (const ThreatTitle& name : ThreatTitles()) {
    threat(figures.threats[static_cast<size_t>(name.threat)]);
  }
  *out += "\r\n";
}

}  // namespace

std::string ReportJson(const Report& report) {
  std::string out = fmt::format("{{\"rapportage\":\"trechter\",\"peildatum\":\"{}\",\n",
                                FormatDate(report.today));
  AppendPeriods(report, &out);
  out += "\"gemeenten\":[";
  for (size_t i = 0; i < report.municipalities.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonString(report.municipalities[i], &out);
  }
  out += "],\n\"totaal\":{";
  AppendFigures(report.total, &out);
  out += '}';
  for (const NamedCut& cut : kCuts) AppendRows(cut, report.*cut.rows, &out);
  out += "}\n";
  return out;
}

std::string ReportCsv(const Report& report) {
  std::string out = "\xEF\xBB\xBF";
  AppendHeader(&out);
  AppendRow(report, "Totaal", "", report.total, &out);
  for (const NamedCut& cut : kCuts) {
    for (const auto& [value, figures] : report.*cut.rows) {
      AppendRow(report, cut.title, value, figures, &out);
    }
  }
  return out;
}

}  // namespace vroegsein
