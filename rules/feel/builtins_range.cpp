// The functions that compare points and ranges (DMN 1.5, 10.3.4.8).
#include "rules/feel/builtins.h"

namespace vroegsein::feel {

namespace {

// A point is a range with one value in it.
struct Span {
  const Value* start;
  const Value* end;
  bool start_in = true;
  bool end_in = true;
  bool point = true;
};

Span SpanOf(const Value& value) {
  if (!value.IsRange()) return {&value, &value, true, true, true};
  const RangeObject& range = value.range();
  return {&range.start, &range.end, range.start_included, range.end_included, false};
}

// Compares two ends; unknown (no order, or an open end) makes the whole answer null.
class Ends {
 public:
  int Compare(const Value& a, const Value& b) {
    const auto order = a.IsNull() || b.IsNull() ? std::nullopt : Order(a, b);
    if (!order) known_ = false;
    return order.value_or(0);
  }
  Value Answer(Machine& machine, bool answer) const {
    return known_ ? Value::Boolean(answer) : machine.Fail("these ends cannot be compared");
  }

 private:
  bool known_ = true;
};

bool BeforeOf(Ends* ends, const Span& a, const Span& b) {
  const int order = ends->Compare(*a.end, *b.start);
  return order < 0 || (order == 0 && !(a.end_in && b.start_in));
}

Value Before(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = BeforeOf(&ends, SpanOf(arguments[0]), SpanOf(arguments[1]));
  return ends.Answer(machine, answer);
}

Value After(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = BeforeOf(&ends, SpanOf(arguments[1]), SpanOf(arguments[0]));
  return ends.Answer(machine, answer);
}

bool MeetsOf(Ends* ends, const Span& a, const Span& b) {
  return a.end_in && b.start_in && ends->Compare(*a.end, *b.start) == 0;
}

Value Meets(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = MeetsOf(&ends, SpanOf(arguments[0]), SpanOf(arguments[1]));
  return ends.Answer(machine, answer);
}

Value MetBy(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = MeetsOf(&ends, SpanOf(arguments[1]), SpanOf(arguments[0]));
  return ends.Answer(machine, answer);
}

Value Overlaps(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const Span a = SpanOf(arguments[0]);
  const Span b = SpanOf(arguments[1]);
  const int left = ends.Compare(*a.end, *b.start);
  const int right = ends.Compare(*a.start, *b.end);
  const bool reaches = left > 0 || (left == 0 && a.end_in && b.start_in);
  const bool starts = right < 0 || (right == 0 && a.start_in && b.end_in);
  return ends.Answer(machine, reaches && starts);
}

bool OverlapsBeforeOf(Ends* ends, const Span& a, const Span& b) {
  const int starts = ends->Compare(*a.start, *b.start);
  const int reaches = ends->Compare(*a.end, *b.start);
  const int finishes = ends->Compare(*a.end, *b.end);
  return (starts < 0 || (starts == 0 && a.start_in && !b.start_in)) &&
         (reaches > 0 || (reaches == 0 && a.end_in && b.start_in)) &&
         (finishes < 0 || (finishes == 0 && (!a.end_in || b.end_in)));
}

Value OverlapsBefore(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = OverlapsBeforeOf(&ends, SpanOf(arguments[0]), SpanOf(arguments[1]));
  return ends.Answer(machine, answer);
}

Value OverlapsAfter(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const Span a = SpanOf(arguments[0]);
  const Span b = SpanOf(arguments[1]);
  const int starts = ends.Compare(*b.start, *a.start);
  const int reaches = ends.Compare(*b.end, *a.start);
  const int finishes = ends.Compare(*b.end, *a.end);
  const bool answer = (starts < 0 || (starts == 0 && b.start_in && !a.start_in)) &&
                      (reaches > 0 || (reaches == 0 && b.end_in && a.start_in)) &&
                      (finishes < 0 || (finishes == 0 && (!b.end_in || a.end_in)));
  return ends.Answer(machine, answer);
}

bool StartsInside(Ends* ends, const Span& a, const Span& b) {
  const int order = ends->Compare(*a.start, *b.start);
  return order > 0 || (order == 0 && (b.start_in || !a.start_in));
}

bool EndsInside(Ends* ends, const Span& a, const Span& b) {
  const int order = ends->Compare(*a.end, *b.end);
  return order < 0 || (order == 0 && (b.end_in || !a.end_in));
}

bool FinishesOf(Ends* ends, const Span& a, const Span& b) {
  if (ends->Compare(*a.end, *b.end) != 0) return false;
  if (a.point) return b.end_in;
  return a.end_in == b.end_in && StartsInside(ends, a, b);
}

Value Finishes(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = FinishesOf(&ends, SpanOf(arguments[0]), SpanOf(arguments[1]));
  return ends.Answer(machine, answer);
}

Value FinishedBy(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = FinishesOf(&ends, SpanOf(arguments[1]), SpanOf(arguments[0]));
  return ends.Answer(machine, answer);
}

bool StartsOf(Ends* ends, const Span& a, const Span& b) {
  if (ends->Compare(*a.start, *b.start) != 0) return false;
  if (a.point) return b.start_in;
  return a.start_in == b.start_in && EndsInside(ends, a, b);
}

Value Starts(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = StartsOf(&ends, SpanOf(arguments[0]), SpanOf(arguments[1]));
  return ends.Answer(machine, answer);
}

Value StartedBy(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = StartsOf(&ends, SpanOf(arguments[1]), SpanOf(arguments[0]));
  return ends.Answer(machine, answer);
}

bool InsideOf(Ends* ends, const Span& a, const Span& b) {
  const bool starts = StartsInside(ends, a, b);
  return EndsInside(ends, a, b) && starts;
}

Value Includes(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = InsideOf(&ends, SpanOf(arguments[1]), SpanOf(arguments[0]));
  return ends.Answer(machine, answer);
}

Value During(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const bool answer = InsideOf(&ends, SpanOf(arguments[0]), SpanOf(arguments[1]));
  return ends.Answer(machine, answer);
}

Value Coincides(Machine& machine, const Arguments& arguments) {
  Ends ends;
  const Span a = SpanOf(arguments[0]);
  const Span b = SpanOf(arguments[1]);
  const bool starts = ends.Compare(*a.start, *b.start) == 0 && a.start_in == b.start_in;
  const bool finishes = ends.Compare(*a.end, *b.end) == 0 && a.end_in == b.end_in;
  return ends.Answer(machine, starts && finishes);
}

}  // namespace

const std::vector<BuiltinRow>& RangeBuiltins() {
  static const std::vector<BuiltinRow> rows = {
      {"before(point1:p, point2:p)->boolean", Before},
      {"before(point:p, range:r)->boolean", Before},
      {"before(range:r, point:p)->boolean", Before},
      {"before(range1:r, range2:r)->boolean", Before},
      {"after(point1:p, point2:p)->boolean", After},
      {"after(point:p, range:r)->boolean", After},
      {"after(range:r, point:p)->boolean", After},
      {"after(range1:r, range2:r)->boolean", After},
      {"meets(range1:r, range2:r)->boolean", Meets},
      {"met by(range1:r, range2:r)->boolean", MetBy},
      {"overlaps(range1:r, range2:r)->boolean", Overlaps},
      {"overlaps before(range1:r, range2:r)->boolean", OverlapsBefore},
      {"overlaps after(range1:r, range2:r)->boolean", OverlapsAfter},
      {"finishes(point:p, range:r)->boolean", Finishes},
      {"finishes(range1:r, range2:r)->boolean", Finishes},
      {"finished by(range:r, point:p)->boolean", FinishedBy},
      {"finished by(range1:r, range2:r)->boolean", FinishedBy},
      {"includes(range:r, point:p)->boolean", Includes},
      {"includes(range1:r, range2:r)->boolean", Includes},
      {"during(point:p, range:r)->boolean", During},
      {"during(range1:r, range2:r)->boolean", During},
      {"starts(point:p, range:r)->boolean", Starts},
      {"starts(range1:r, range2:r)->boolean", Starts},
      {"started by(range:r, point:p)->boolean", StartedBy},
      {"started by(range1:r, range2:r)->boolean", StartedBy},
      {"coincides(point1:p, point2:p)->boolean", Coincides},
      {"coincides(range1:r, range2:r)->boolean", Coincides},
  };
  return rows;
}

}  // namespace vroegsein::feel
