// A case as JSON: design.md, "A case". One object without white space, fields always in this order.
// Pure function; thread safe.
#pragma once

#include <span>
#include <string>

#include "store/record.pb.h"

namespace vroegsein {

void AppendCaseJson(const HouseholdRecord& household, const CaseRecord& case_record,
                    std::string* out);

// The columns of `cases --format csv`, and a case's row in them. Lists are joined with " | ".
std::string CaseCsvHeader();
void AppendCaseCsv(const HouseholdRecord& household, const CaseRecord& case_record,
                   std::string* out);

// Cells of a spreadsheet row, `;` between them: quoted where they must be, never read as a formula.
void AppendCsvRow(std::span<const std::string> cells, std::string* out);

// `open`, `opgepakt`, `afgerond`.
std::string_view NameOf(TaskStatus status);

// The shortest text of a number, `12` and not `12.0`.
std::string FormatNumber(double number);

}  // namespace vroegsein
