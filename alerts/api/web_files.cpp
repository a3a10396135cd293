#include "alerts/api/web_files.h"

#include <zlib.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "alerts/access/key.h"
#include "alerts/api/problem.h"

namespace vroegsein {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";
constexpr std::string_view kIndex = "/index.html";
constexpr std::string_view kHashed = "/assets/";
constexpr std::string_view kBrotli = ".br";
// Less than this is no gain: the headers are as long.
constexpr size_t kGainBytesMin = 64;
constexpr int kGzipWindow = 15 + 16;  // zlib's way to say: with a gzip header

using TypeOf = std::pair<std::string_view, std::string_view>;
constexpr std::array<TypeOf, 12> kTypes = {{{".html", "text/html; charset=utf-8"},
                                            {".js", "text/javascript; charset=utf-8"},
                                            {".css", "text/css; charset=utf-8"},
                                            {".svg", "image/svg+xml"},
                                            {".png", "image/png"},
                                            {".ico", "image/x-icon"},
                                            {".woff2", "font/woff2"},
                                            {".json", "application/json"},
                                            {".webmanifest", "application/manifest+json"},
                                            {".txt", "text/plain; charset=utf-8"},
                                            {".map", "application/json"},
                                            {".webp", "image/webp"}}};

std::string ContentType(std::string_view name) {
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return std::string(type);
  }
  return "application/octet-stream";
}

std::string Gzip(const std::string& plain) {
  z_stream stream{};
  int ready = deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, MAX_MEM_LEVEL,
                           Z_DEFAULT_STRATEGY);
  VROEGSEIN_CHECK(ready == Z_OK);
  std::string packed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  VROEGSEIN_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed.size() + kGainBytesMin < plain.size() ? packed : std::string();
}

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Does `Accept-Encoding: gzip;q=0.8, br` take this one?
bool Accepts(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    size_t end = std::min(header.find(','), header.size());
    std::string_view item = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
    std::string_view coding = item.substr(0, item.find_first_of("; \t"));
    bool refused = item.find("q=0") != std::string_view::npos &&
                   item.find_first_of("123456789", item.find("q=0") + 3) == std::string_view::npos;
    if (coding == name) return !refused;
  }
  return false;
}

bool Knows(std::string_view if_none_match, std::string_view tag) {
  return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

bool IsPage(std::string_view path) {
  return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

}  // namespace

Result<WebFiles> WebFiles::Load(const std::string& folder) {
  namespace fs = std::filesystem;
  WebFiles made;
  std::error_code failed;
  size_t bytes = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, failed)) {
    if (!entry.is_regular_file()) continue;
    std::string name = "/";
    name += fs::relative(entry.path(), folder).generic_string();
    if (name.ends_with(kBrotli)) continue;
    File file{ContentType(name), ReadAll(entry.path()), "", "", ""};
    file.gzip = Gzip(file.plain);
    fs::path brotli = entry.path();
    brotli += kBrotli;
    if (fs::is_regular_file(brotli)) file.brotli = ReadAll(brotli);
    file.tag = HashKey(file.plain).substr(sizeof "blake2b:" - 1, 32);
    bytes += file.plain.size() + file.gzip.size() + file.brotli.size();
    made.files_[name] = std::move(file);
    if (made.files_.size() > kFilesMax || bytes > kBytesMax) {
      return Status::Exhausted("too many files for the web: " + folder);
    }
  }
  if (failed || made.Find(kIndex) == nullptr) {
    return Status::NotFound("there is no index.html in " + folder);
  }
  return made;
}

const WebFiles::File* WebFiles::Find(std::string_view path) const {
  auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

HttpResponse WebFiles::Answer(const HttpRequest& request) const {
  const File* file = Find(request.path);
  if (file == nullptr && IsPage(request.path)) file = Find(kIndex);
  if (file == nullptr) return NotFoundProblem("Dit adres");
  if (request.method != "GET" && request.method != "HEAD") {
    HttpResponse refused = Problem(405, "methode-onbekend", "Methode niet toegestaan",
                                   "Dit adres kent alleen wat in de header Allow staat.");
    refused.headers.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  std::string_view accepted = request.Header("accept-encoding").value_or("");
  bool brotli = !file->brotli.empty() && Accepts(accepted, "br");
  bool gzip = !brotli && !file->gzip.empty() && Accepts(accepted, "gzip");
  std::string tag = "\"" + file->tag + (brotli ? "-br" : gzip ? "-gz" : "") + "\"";
  bool hashed = request.path.starts_with(kHashed);
  HttpResponse response;
  response.route = "/";
  response.headers = {
      {"ETag", tag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Content-Security-Policy", std::string(kPolicy)}};
  if (Knows(request.Header("if-none-match").value_or(""), tag)) {
    response.status = 304;
    return response;
  }
  response.content_type = file->type;
  if (brotli || gzip) response.headers.emplace_back("Content-Encoding", brotli ? "br" : "gzip");
  response.body = brotli ? file->brotli : gzip ? file->gzip : file->plain;
  return response;
}

}  // namespace vroegsein
