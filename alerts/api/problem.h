// Problem: the one shape in which the API says that something is wrong (RFC 9457).
//
//   {"type":"urn:problem-type:vroegsein:CODE","title":T,"status":N,"detail":D,
//    "fouten":[{"code":C,"veld":JSON pointer or parameter,"melding":M}]}
//
// `fouten` is there for invalid input only, with every error at once. Codes are kebab-case and
// never change meaning; title and detail are Dutch, say what to do, and carry nothing about a
// person. Pure functions; thread safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/field_error.h"
#include "ingest/http/http_message.h"
#include "ingest/status.h"

namespace vroegsein {

HttpResponse Problem(int status, std::string_view code, std::string_view title,
                     std::string_view detail, const std::vector<FieldError>& errors = {});

// 400 with all that is wrong with the input.
HttpResponse InvalidInput(const std::vector<FieldError>& errors);
HttpResponse NotFoundProblem(std::string_view what);
HttpResponse ForbiddenProblem(std::string_view detail);
// 403: a change that may not be the wish of whoever is signed in.
HttpResponse ForgedProblem();
// 503: not now; and when to try again.
HttpResponse UnavailableProblem(std::string_view detail);
// A failure of the store while answering: 503 or 500, without its details.
HttpResponse FailureProblem(const Status& status);

HttpResponse JsonResponse(int status, std::string body);

}  // namespace vroegsein
