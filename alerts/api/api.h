// The API: the table of every route with who may use it. openapi.json describes the same table.
#pragma once

#include <string_view>
#include <vector>

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"

namespace vroegsein {

class DeadLetters;

// `api` must outlive the routes.
// `letters` is nullptr where the log is not on Kafka.
std::vector<Route> ApiRoutes(const ApiContext& api, DeadLetters* letters);

// The document that describes them.
std::string_view OpenApiDocument();

// In every response: the API's version, and what browsers must not do with it.
std::vector<HttpField> ApiHeaders();

}  // namespace vroegsein
