// WebFiles: the browser application as built, read once at the start and served from memory.
//
// Each file has an ETag and, where that is smaller, a gzip form; `x.br` beside `x` is its brotli
// form. What is under /assets/ has a hash in its name and is kept by browsers for a year. A path
// that looks like a page (no dot in its last part) is index.html: the application finds its own
// way. Immutable once made; Answer() from any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "ingest/http/http_message.h"
#include "ingest/status.h"

namespace vroegsein {

class WebFiles {
 public:
  static constexpr size_t kFilesMax = 1'000;
  static constexpr size_t kBytesMax = 32u << 20;

  // kNotFound: the folder has no index.html; kExhausted: too much to keep in memory.
  static Result<WebFiles> Load(const std::string& folder);

  // 200, 304, 404, and 405 for what is no reading. Without files everything is 404.
  HttpResponse Answer(const HttpRequest& request) const;

 private:
  struct File {
    std::string type;
    std::string plain;
    std::string gzip;    // empty: no gain
    std::string brotli;  // empty: not there
    std::string tag;
  };
  const File* Find(std::string_view path) const;

  std::map<std::string, File, std::less<>> files_;  // by path, `/assets/x.js`
};

}  // namespace vroegsein
