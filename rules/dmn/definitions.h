// Definitions is the inside of a Model: its elements with their compiled logic, numbered over all
// files. Private to rules/dmn.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/dmn/decision_table.h"
#include "rules/dmn/model.h"
#include "rules/feel/program.h"

namespace vroegsein::dmn {

struct Place {
  size_t line = 0;
  size_t column = 0;
};

// Where the text of a node stands, for who has something to say of it.
struct Spot {
  std::string element;  // id of the nearest element that has one, or its name
  Place place;
  size_t file = 0;
};

struct Element {
  enum class Form { kInputData, kDecision, kKnowledgeModel, kService };

  Form form = Form::kDecision;
  int index = 0;
  size_t file = 0;
  std::string id;
  std::string name;
  const feel::Type* type = nullptr;  // of the variable
  Place place;
  // Of a knowledge model or service as a function; nullptr for the others.
  const feel::Type* signature = nullptr;
  std::vector<int> requirements;  // elements whose values it sees
  feel::Program program;          // decision: its value; knowledge model: its function
  // A decision service: parameters are the input data, then the input decisions.
  std::vector<int> outputs;
  std::vector<int> parameters;
  std::unique_ptr<feel::HostFunction> function;
};

struct File {
  std::string namespace_uri;
  std::string name;
};

struct Definitions {
  std::vector<File> files;  // [0] is the model itself
  std::deque<Element> elements;
  feel::TypeArena types;
  std::deque<feel::Program> constraints;  // of item definitions
  std::vector<const DecisionTable*> tables;
  std::unordered_map<const feel::Node*, Spot> spots;  // of each text and boxed expression

  // By name or id, in the model's own file first; with a namespace only in the file that has it.
  const Element* Find(std::string_view name, std::string_view namespace_uri = {}) const;
};

// A decision service as a function of FEEL. `element` must outlive it.
std::unique_ptr<feel::HostFunction> MakeServiceFunction(const Definitions& definitions,
                                                        const Element& element);

}  // namespace vroegsein::dmn
