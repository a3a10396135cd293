#include "ingest/http/response_head.h"

#include <fmt/format.h>

#include <algorithm>

namespace vroegsein {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool IsToken(std::string_view name) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

bool IsOurs(std::string_view name) {
  std::string lower = Lower(name);
  return lower == "content-length" || lower == "transfer-encoding" || lower == "connection";
}

void AppendHeader(std::string_view name, std::string_view value, std::string* out) {
  if (!IsToken(name)) return;
  out->append(name).append(": ");
  for (char c : value) {
    bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    out->push_back(control ? ' ' : c);
  }
  out->append("\r\n");
}

bool Has(const std::vector<HttpField>& headers, std::string_view name) {
  std::string wanted = Lower(name);
  return std::any_of(headers.begin(), headers.end(),
                     [&](const HttpField& field) { return Lower(field.first) == wanted; });
}

std::string_view ReasonOf(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Payload Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return "";
  }
}

}  // namespace

bool StatusHasBody(int status) { return status >= 200 && status != 204 && status != 304; }

std::string ResponseHead(const HttpResponse& response, const std::vector<HttpField>& defaults,
                         const Framing& framing) {
  std::string out = fmt::format("HTTP/1.1 {} {}\r\n", response.status, ReasonOf(response.status));
  if (!response.content_type.empty()) AppendHeader("Content-Type", response.content_type, &out);
  for (const auto& [name, value] : response.headers) {
    if (!IsOurs(name)) AppendHeader(name, value, &out);
  }
  for (const auto& [name, value] : defaults) {
    if (!Has(response.headers, name)) AppendHeader(name, value, &out);
  }
  if (framing.chunked) {
    AppendHeader("Transfer-Encoding", "chunked", &out);
  } else if (!response.stream && StatusHasBody(response.status)) {
    AppendHeader("Content-Length", std::to_string(response.body.size()), &out);
  }
  if (!framing.keep_alive) {
    AppendHeader("Connection", "close", &out);
  } else if (!framing.http11) {
    AppendHeader("Connection", "keep-alive", &out);
  }
  return out + "\r\n";
}

std::string ChunkOf(std::string_view bytes, bool last) {
  std::string out;
  if (!bytes.empty()) out = fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
  if (last) out += "0\r\n\r\n";
  return out;
}

}  // namespace vroegsein
