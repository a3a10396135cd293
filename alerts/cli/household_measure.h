// What `households match` wrote, beside the truth: a table of precision, recall and F1.
//
// Pure but for reading. Errors: kInvalid when a column or an id is absent; those of reading.
#pragma once

#include <string>

#include "ingest/byte_source.h"
#include "ingest/status.h"

namespace vroegsein {

// `found` has id, person_id and household_id; `truth` has id, person and household (or those names
// with _id). Without `truth` the id tells the person, as FEBRL's do, and households are not
// measured. Rows of the truth whose kind is `broken` are left out.
Result<std::string> MeasureMatch(ByteSource* found, ByteSource* truth);

}  // namespace vroegsein
