#include "alerts/api/openid_handlers.h"

#include "alerts/api/problem.h"
#include "alerts/openid/admittance.h"
#include "alerts/openid/openid_client.h"

namespace vroegsein {
namespace {

HttpResponse SendTo(std::string location) {
  HttpResponse response;
  response.status = 303;
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

HttpResponse SendBack(const ApiContext& api, OpenIdRefusal refusal, std::string_view why) {
  api.openid_refused(NameOf(refusal), why);
  return SendTo("/?aanmelding=" + std::string(NameOf(refusal)));
}

HttpResponse LetIn(const ApiContext& api, OpenIdAnswer answer) {
  auto account = AccountOf(api.openid->settings(), answer.claims);
  if (!account.ok()) {
    return SendBack(api, OpenIdRefusal::kNoRole, account.status().message());
  }
  auto opened = api.door->OpenAs(std::move(*account), std::move(answer.token));
  if (!opened.ok()) {
    bool refused = opened.status().code() == StatusCode::kForbidden;
    return SendBack(api, refused ? OpenIdRefusal::kNoRole : OpenIdRefusal::kBusy,
                    opened.status().message());
  }
  HttpResponse response = SendTo("/");
  response.headers.push_back(api.door->CookieHeader(opened->token));
  return response;
}

}  // namespace

HttpResponse StartOpenId(const ApiContext& api, const Call&) {
  if (api.openid == nullptr) return NotFoundProblem("Deze wijze van aanmelden");
  OpenIdStart start = api.openid->Begin();
  if (start.refusal != OpenIdRefusal::kNone) {
    return SendBack(api, start.refusal, "the beginning failed");
  }
  HttpResponse response = SendTo(start.location);
  response.headers.push_back(api.door->TicketHeader(start.ticket));
  return response;
}

HttpResponse FinishOpenId(const ApiContext& api, const Call& call) {
  if (api.openid == nullptr) return NotFoundProblem("Deze wijze van aanmelden");
  auto sent = [&](std::string_view name) {
    return std::string(call.request.Query(name).value_or(""));
  };
  OpenIdReturn returned{sent("code"), sent("state"), sent("iss"), sent("error")};
  OpenIdAnswer answer = api.openid->Finish(returned, api.door->TicketOf(call.request));
  HttpResponse response = answer.refusal == OpenIdRefusal::kNone
                              ? LetIn(api, std::move(answer))
                              : SendBack(api, answer.refusal, answer.why);
  response.headers.push_back(api.door->TicketHeader(""));
  return response;
}

}  // namespace vroegsein
