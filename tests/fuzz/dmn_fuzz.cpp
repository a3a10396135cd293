// A DMN file of any bytes: it is refused with errors, or it is a model whose decisions all end
// within their budget; and the check of it ends too.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/check.h"
#include "rules/dmn/session.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace dmn = vroegsein::dmn;
  dmn::LoadOptions options;
  options.xml_bytes_max = 100'000;
  options.limits.steps = 10'000;
  options.limits.depth = 400;
  options.limits.list_items = 2'000;
  options.limits.string_bytes = 20'000;
  options.limits.regex_ms = 5;
  options.keep_broken_expressions = true;
  // Half of the files are the inside of a model only, so that little is lost on its frame.
  std::string text(reinterpret_cast<const char*>(data), size);
  if (size % 2 == 0) {
    text =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"urn:f\">" +
        text + "</definitions>";
  }
  const dmn::LoadResult loaded = dmn::Model::Load(text, options);
  if (loaded.model == nullptr) {
    if (loaded.errors.empty()) std::abort();
    return 0;
  }
  std::vector<std::string> names;
  for (const std::string_view name : loaded.model->decision_names()) names.emplace_back(name);
  for (const std::string_view name : loaded.model->service_names()) names.emplace_back(name);
  dmn::Session session(loaded.model, names);
  for (const std::string_view name : loaded.model->input_names()) {
    session.Set(name, vroegsein::feel::Value::Number(int64_t{3}));
  }
  dmn::Trace trace;
  session.Evaluate(&trace);
  dmn::Check(*loaded.model);
  return 0;
}
