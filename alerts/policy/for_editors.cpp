#include "alerts/policy/for_editors.h"

#include <algorithm>
#include <array>

#include "rules/dmn/model.h"

namespace vroegsein {
namespace {

constexpr std::array<std::string_view, 2> kNewer = {"https://www.omg.org/spec/DMN/20211108/",
                                                    "https://www.omg.org/spec/DMN/20230324/"};
constexpr std::string_view kDmn13 = "https://www.omg.org/spec/DMN/20191111/";
constexpr std::array<std::string_view, 6> kUnknownToDmn13 = {
    "conditional", "filter", "for", "every", "some", "typeConstraint"};

// The element's name at `at`, behind its `<`, without a prefix.
std::string_view NameAt(std::string_view text, size_t at) {
  std::string_view name = text.substr(at, text.find_first_of(" \t\r\n/>", at) - at);
  size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view FirstUnknown(std::string_view text) {
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    std::string_view name = NameAt(text, at + 1);
    auto found = std::find(kUnknownToDmn13.begin(), kUnknownToDmn13.end(), name);
    if (found != kUnknownToDmn13.end()) return *found;
  }
  return "";
}

void ReplaceAll(std::string_view from, std::string_view to, std::string* text) {
  for (size_t at = text->find(from); at != std::string::npos; at = text->find(from, at)) {
    text->replace(at, from.size(), to);
    at += to.size();
  }
}

Status CheckModel(std::string_view model) {
  dmn::LoadResult loaded = dmn::Model::Load(model);
  if (loaded.model != nullptr) return Status::Ok();
  std::string text = "this is no model:";
  for (const dmn::LoadError& error : loaded.errors) text += "\n  " + error.ToString();
  return Status::Invalid(std::move(text));
}

}  // namespace

Result<std::string> AsDmn13(std::string_view model) {
  VROEGSEIN_RETURN_IF_ERROR(CheckModel(model));
  std::string_view unknown = FirstUnknown(model);
  if (!unknown.empty()) {
    return Status::Invalid("DMN 1.3 has no element '" + std::string(unknown) +
                           "': only an editor for DMN 1.5 reads this model");
  }
  std::string text(model);
  for (std::string_view newer : kNewer) ReplaceAll(newer, kDmn13, &text);
  return text;
}

}  // namespace vroegsein
