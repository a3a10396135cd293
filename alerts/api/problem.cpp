#include "alerts/api/problem.h"

#include "alerts/reading/json_writer.h"

namespace vroegsein {

HttpResponse Problem(int status, std::string_view code, std::string_view title,
                     std::string_view detail, const std::vector<FieldError>& errors) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  JsonWriter json(&response.body);
  json.BeginObject();
  json.Text("type", "urn:problem-type:vroegsein:" + std::string(code));
  json.Text("title", title).Integer("status", status).Text("detail", detail);
  if (!errors.empty()) {
    json.Array("fouten");
    for (const FieldError& error : errors) {
      json.BeginObject().Text("code", error.code).Text("veld", error.field);
      json.Text("melding", error.message).EndObject();
    }
    json.EndArray();
  }
  json.EndObject();
  return response;
}

HttpResponse InvalidInput(const std::vector<FieldError>& errors) {
  return Problem(400, "invoer-ongeldig", "De invoer klopt niet",
                 "Verbeter wat in fouten staat en stuur het verzoek opnieuw.", errors);
}

HttpResponse NotFoundProblem(std::string_view what) {
  return Problem(404, "niet-gevonden", "Niet gevonden",
                 std::string(what) + " is hier niet bekend, of niet meer.");
}

HttpResponse ForbiddenProblem(std::string_view detail) {
  return Problem(403, "geen-toegang", "Geen toegang", detail);
}

HttpResponse ForgedProblem() {
  return Problem(403, "csrf-ongeldig", "Verzoek niet vertrouwd",
                 "Laad de pagina opnieuw en doe het nog eens.");
}

HttpResponse UnavailableProblem(std::string_view detail) {
  HttpResponse response = Problem(503, "niet-beschikbaar", "Nu niet beschikbaar", detail);
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

HttpResponse FailureProblem(const Status& status) {
  if (status.code() == StatusCode::kInternal) {
    return Problem(500, "interne-fout", "Interne fout", "Er ging iets mis; de fout ligt bij ons.");
  }
  return UnavailableProblem("De opslag antwoordt niet. Probeer het later opnieuw.");
}

HttpResponse JsonResponse(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

}  // namespace vroegsein
