// A Status that nobody looks at: the failure would be lost in silence.
// expect: ignoring returned value of type 'vroegsein::Status'.*nodiscard
#include "ingest/status.h"

vroegsein::Status Commit();

void Step() {
  Commit().IgnoreBecause("the next step commits again");
#ifdef MISTAKE
  Commit();
#endif
}
