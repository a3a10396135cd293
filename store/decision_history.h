// The decisions about a case of before: nobody asks for them in a step, so they stand packed in the
// case's record and are read by who shows the case.
//
//   earlier = what `decisions` would hold, oldest first, as fields of a CaseRecord
//
// Threads: as the record. Errors: kDataLoss when what is packed cannot be read.
#pragma once

#include "ingest/status.h"
#include "store/record.pb.h"

namespace vroegsein {

// All decisions but the last.
void PackEarlier(CaseRecord* case_record);

// Every decision of every case back in its place, the last one last. Before CheckHousehold(), which
// then sees them all.
Status RecallDecisions(HouseholdRecord* household);

}  // namespace vroegsein
