#include "alerts/api/report_handlers.h"

#include <algorithm>
#include <array>

#include "alerts/access/gate.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/input.h"
#include "alerts/api/problem.h"
#include "alerts/reading/json_writer.h"
#include "alerts/reading/report_of_store.h"
#include "alerts/report/report_writer.h"

namespace vroegsein {
namespace {

constexpr std::string_view kReportName = "trechter";
constexpr std::array<std::string_view, 2> kFormats = {"json", "csv"};

enum DdasField { kFrom, kTo, kMunicipality, kSupplier };
constexpr std::array<FieldSpec, 4> kDdasFields = {{
    {"", "van", "van", "/van", FieldType::kText, true},
    {"", "tot", "tot", "/tot", FieldType::kText, true},
    {"", "gemeentecode", "gemeentecode", "/gemeentecode", FieldType::kText, false},
    {"", "leverancier", "leverancier", "/leverancier", FieldType::kText, false},
}};
constexpr RecordShape kDdasShape = {kDdasFields, {}, 0};

// The settings of the municipality that was asked, or of all that this identity may see.
Result<std::vector<MunicipalitySettings>> Chosen(const ApiContext& api, const Identity& who,
                                                 const std::string& code) {
  std::vector<MunicipalitySettings> chosen;
  for (const std::string& known : who.municipalities) {
    if (!code.empty() && known != code) continue;
    auto found = ChooseMunicipalities(*api.database, known);
    if (!found.ok()) return found.status();
    chosen.insert(chosen.end(), found->begin(), found->end());
  }
  return chosen;
}

HttpResponse MunicipalityProblem() { return ForbiddenProblem("Dit is van een andere gemeente."); }

HttpResponse CsvResponse(std::string body) {
  HttpResponse response = JsonResponse(200, std::move(body));
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"trechter.csv\"");
  return response;
}

bool WantsCsv(const std::string& format, const HttpRequest& request) {
  if (!format.empty()) return format == "csv";
  return request.Header("accept").value_or("").find("text/csv") != std::string_view::npos;
}

}  // namespace

HttpResponse ShowReport(const ApiContext& api, const Call& call) {
  if (call.path[0] != kReportName) return NotFoundProblem("Deze rapportage");
  QueryInput input(call.request);
  auto from = input.Day("van");
  auto to = input.Day("tot");
  std::string code = input.Text("gemeentecode");
  std::string format = input.OneOf("formaat", kFormats);
  if (from && to && *to < *from) input.Fail("tot", "datum-volgorde", "Deze dag ligt voor van.");
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!code.empty() && !MaySeeMunicipality(call.who(), code)) return MunicipalityProblem();
  auto chosen = Chosen(api, call.who(), code);
  if (!chosen.ok()) return FailureProblem(chosen.status());
  auto report = ReportOfStore(*api.database, *chosen, Period{*from, *to}, api.today());
  if (!report.ok()) return FailureProblem(report.status());
  if (WantsCsv(format, call.request)) return CsvResponse(ReportCsv(*report));
  return JsonResponse(200, ReportJson(*report));
}

HttpResponse ExportDdasData(const ApiContext& api, const Call& call) {
  BodyInput input(kDdasShape, call.request.body, api.today());
  auto from = input.Day(kFrom);
  auto to = input.Day(kTo);
  std::string code = input.Text(kMunicipality);
  DdasExportOptions options;
  options.supplier_code = input.Text(kSupplier);
  if (from && to && *to < *from) input.Fail(kTo, "datum-volgorde", "Deze dag ligt voor van.");
  if (!input.errors().empty()) return InvalidInput(input.errors());
  if (!code.empty() && !MaySeeMunicipality(call.who(), code)) return MunicipalityProblem();
  auto chosen = Chosen(api, call.who(), code);
  if (!chosen.ok()) return FailureProblem(chosen.status());
  options.period = {*from, *to};
  options.now = api.now();
  std::string body;
  Status written =
      ExportDdasOfStore(*api.database, *chosen, options, [&body](std::string_view text) {
        if (body.size() + text.size() > kDdasBytesMax) return Status::Exhausted("too much at once");
        body += text;
        return Status::Ok();
      });
  if (written.code() == StatusCode::kExhausted) {
    input.Fail(kTo, "periode-te-lang",
               "Dit is te veel voor één antwoord: kies een kortere periode.");
    return InvalidInput(input.errors());
  }
  return written.ok() ? JsonResponse(200, std::move(body)) : FailureProblem(written);
}

}  // namespace vroegsein
