#include "rules/dmn/model.h"

#include <sodium.h>

#include <array>

#include "rules/dmn/definitions.h"
#include "rules/dmn/loader.h"

namespace vroegsein::dmn {

namespace {

std::vector<std::string_view> NamesOf(const Definitions& definitions, Element::Form form) {
  std::vector<std::string_view> out;
  for (const Element& element : definitions.elements) {
    if (element.file == 0 && element.form == form) out.push_back(element.name);
  }
  return out;
}

}  // namespace

std::string HashOf(std::string_view bytes) {
  constexpr size_t kHashBytes = 32;
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::string out(kHashBytes * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), hash.data(), hash.size());
  out.pop_back();
  return out;
}

std::string LoadError::ToString() const {
  std::string out;
  if (!file.empty()) out += file + ": ";
  out += std::to_string(line) + ":" + std::to_string(column) + ": ";
  if (!element.empty()) out += element + ": ";
  return out + "found " + found + "; expected: " + expected;
}

const Element* Definitions::Find(std::string_view name, std::string_view namespace_uri) const {
  const Element* imported = nullptr;
  for (const Element& element : elements) {
    if (element.name != name && element.id != name) continue;
    if (!namespace_uri.empty() && files[element.file].namespace_uri != namespace_uri) continue;
    if (element.file == 0) return &element;
    if (imported == nullptr) imported = &element;
  }
  return imported;
}

Model::Model() : definitions_(std::make_unique<Definitions>()) {}
Model::~Model() = default;

const std::string& Model::name() const { return definitions_->files[0].name; }
const std::string& Model::namespace_uri() const { return definitions_->files[0].namespace_uri; }

std::vector<std::string_view> Model::decision_names() const {
  return NamesOf(*definitions_, Element::Form::kDecision);
}
std::vector<std::string_view> Model::input_names() const {
  return NamesOf(*definitions_, Element::Form::kInputData);
}
std::vector<std::string_view> Model::service_names() const {
  return NamesOf(*definitions_, Element::Form::kService);
}

LoadResult Model::Load(std::string_view xml, const LoadOptions& options) {
  std::shared_ptr<Model> model(new Model());
  model->options_ = options;
  model->hash_ = HashOf(xml);
  Loader loader(model->definitions_.get(), options);
  loader.Load(xml);
  LoadResult result;
  result.errors = std::move(loader.errors());
  const bool usable =
      result.errors.empty() || (options.keep_broken_expressions && !loader.refused());
  if (usable) result.model = std::move(model);
  return result;
}

}  // namespace vroegsein::dmn
