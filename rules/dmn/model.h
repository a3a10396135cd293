// Model is one loaded and compiled DMN file (with what it imports), ready to be evaluated by a
// Session. Models of DMN 1.2 to 1.5.
//
// It owns everything that was compiled and never changes: share it between threads.
// Errors: Load() never throws; it returns a model or every error that it found, each with the
// element, its place and what was expected. A model that uses what is not supported (functions in
// Java or PMML, other expression languages) is refused.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/machine.h"

namespace vroegsein::dmn {

struct LoadError {
  std::string element;  // id of the element, or its name when it has no id
  size_t line = 0;      // from 1
  size_t column = 0;    // from 1
  std::string found;
  std::string expected;
  std::string file;  // namespace of an imported file, empty for the file itself
  std::string ToString() const;
};

struct LoadOptions {
  feel::Limits limits;              // per evaluation, for the sessions of this model
  size_t xml_bytes_max = 16 << 20;  // of one file
  int xml_depth_max = 100;          // elements within elements
  size_t elements_max = 200'000;    // XML elements of one file
  size_t files_max = 32;            // imported ones included
  // The text of an imported file; without it an import is an error.
  std::function<std::optional<std::string>(std::string_view namespace_uri,
                                           std::string_view location)>
      resolve_import;
  // An expression that cannot be compiled becomes one that is null at evaluation, with its error as
  // message; the errors are still in the result, beside the model. For conformance tests.
  bool keep_broken_expressions = false;
};

// Lower-case hexadecimal BLAKE2b-256: the name of a version of a model.
std::string HashOf(std::string_view bytes);

class Model;

struct LoadResult {
  std::shared_ptr<const Model> model;  // nullptr when the model is refused
  std::vector<LoadError> errors;
};

struct Definitions;  // what is inside, for this library only

class Model {
 public:
  static LoadResult Load(std::string_view xml, const LoadOptions& options = {});
  ~Model();

  // HashOf() the file's bytes.
  const std::string& hash() const { return hash_; }
  const std::string& name() const;
  const std::string& namespace_uri() const;
  // Of the file itself, in its order.
  std::vector<std::string_view> decision_names() const;
  std::vector<std::string_view> input_names() const;
  std::vector<std::string_view> service_names() const;
  const LoadOptions& options() const { return options_; }
  const Definitions& definitions() const { return *definitions_; }

 private:
  Model();
  std::string hash_;
  LoadOptions options_;
  std::unique_ptr<Definitions> definitions_;
};

}  // namespace vroegsein::dmn
