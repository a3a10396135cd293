// The language of the DMN tests: a model around the elements under test.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rules/dmn/session.h"

namespace vroegsein::dmn {

inline std::string ModelText(const std::string& elements) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" id=\"m\" name=\"m\" "
         "namespace=\"urn:test\">\n" +
         elements + "\n</definitions>\n";
}

inline std::string Literal(const std::string& name, const std::string& text,
                           const std::string& requirements = "") {
  return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>" +
         requirements + "<literalExpression><text>" + text +
         "</text></literalExpression></decision>";
}

inline std::string Input(const std::string& name, const std::string& type) {
  return "<inputData id=\"i_" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
         "\" typeRef=\"" + type + "\"/></inputData>";
}

inline std::string NeedsInput(const std::string& name) {
  return "<informationRequirement><requiredInput href=\"#i_" + name +
         "\"/></informationRequirement>";
}

using Cells = std::vector<std::string>;

// A decision with a table of one input `x` and rules of {test, output, annotation}.
inline std::string TableOver(const std::string& type, const std::string& policy,
                             const std::vector<Cells>& rules, const std::string& fallback = "") {
  std::string out = Input("x", type) + "<decision id=\"d\" name=\"d\"><variable name=\"d\"/>" +
                    NeedsInput("x") + "<decisionTable id=\"t\" hitPolicy=\"" + policy +
                    "\"><input label=\"x\"><inputExpression typeRef=\"" + type +
                    "\"><text>x</text></inputExpression></input><output name=\"uit\">" +
                    (fallback.empty() ? ""
                                      : "<defaultOutputEntry><text>" + fallback +
                                            "</text></defaultOutputEntry>") +
                    "</output><annotation name=\"Reden\"/>";
  int number = 0;
  for (const Cells& rule : rules) {
    out += "<rule id=\"r" + std::to_string(++number) + "\"><inputEntry><text>" + rule[0] +
           "</text></inputEntry><outputEntry><text>" + rule[1] + "</text></outputEntry>" +
           "<annotationEntry><text>" + (rule.size() > 2 ? rule[2] : "") +
           "</text></annotationEntry></rule>";
  }
  return out + "</decisionTable></decision>";
}

}  // namespace vroegsein::dmn
