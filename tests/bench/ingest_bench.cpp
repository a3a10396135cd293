// What intake costs per signal: decoding and checking, per way in, and telephone numbers apart.
//   build/release/tests/bench/bin/ingest_bench
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>

#include "ingest/delivery_reader.h"
#include "ingest/phone_number.h"
#include "ingest/receipt.h"
#include "tests/ingest/signal_text.h"

namespace vroegsein {
namespace {

constexpr size_t kRows = 20000;

void DecodeJson(benchmark::State& state) {
  std::string json = SignalText().Json();
  SignalDecoder decoder(TestOptions());
  DecodedSignal decoded;
  for (auto _ : state) {
    decoder.Decode(json, &decoded);
    benchmark::DoNotOptimize(decoded);
  }
  VROEGSEIN_CHECK(decoded.ok());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(DecodeJson);

void ReadDelivery(benchmark::State& state, const std::string& head, const std::string& row,
                  const std::string& tail) {
  std::string text = head;
  for (size_t i = 0; i < kRows; ++i) text += row;
  text += tail;
  for (auto _ : state) {
    MemorySource source(text);
    DeliveryReader reader;
    VROEGSEIN_CHECK(reader.Open(&source, TestOptions()).ok());
    DecodedSignal decoded;
    size_t rows = 0;
    for (auto more = reader.Next(&decoded); *more; more = reader.Next(&decoded))
      rows += decoded.ok();
    VROEGSEIN_CHECK(rows >= kRows);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kRows));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK_CAPTURE(ReadDelivery, ndjson, "", SignalText().Json() + "\n", "");
BENCHMARK_CAPTURE(ReadDelivery, array, "[", SignalText().Json() + ",\n", SignalText().Json() + "]");
BENCHMARK_CAPTURE(ReadDelivery, csv, SignalText().CsvHeader() + "\n", SignalText().CsvRow() + "\n",
                  "");

// A million rows that never exist as a whole: what the process grows by while it reads them.
class RepeatedSource : public ByteSource {
 public:
  RepeatedSource(std::string head, const std::string& row, size_t rows)
      : pending_(std::move(head)), row_(row), rows_(rows) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    while (pending_.size() < size && rows_ > 0) {
      pending_ += row_;
      --rows_;
    }
    size_t bytes = std::min(size, pending_.size());
    pending_.copy(buffer, bytes);
    pending_.erase(0, bytes);
    return bytes;
  }

 private:
  std::string pending_;
  const std::string& row_;
  size_t rows_;
};

int64_t PeakKilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void MillionRows(benchmark::State& state, const std::string& head, const std::string& row) {
  constexpr size_t kMillion = 1'000'000;
  int64_t before = PeakKilobytes();
  for (auto _ : state) {
    RepeatedSource source(head, row, kMillion);
    DeliveryReader reader;
    VROEGSEIN_CHECK(reader.Open(&source, TestOptions()).ok());
    DecodedSignal decoded;
    size_t rows = 0;
    for (auto more = reader.Next(&decoded); *more; more = reader.Next(&decoded)) ++rows;
    VROEGSEIN_CHECK(rows >= kMillion);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kMillion));
  state.counters["peak_growth_kb"] = static_cast<double>(PeakKilobytes() - before);
}
BENCHMARK_CAPTURE(MillionRows, csv, SignalText().CsvHeader() + "\n", SignalText().CsvRow() + "\n")
    ->Iterations(1);
BENCHMARK_CAPTURE(MillionRows, array, "[", SignalText().Json() + ",")->Iterations(1);

void PhoneSettled(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(SettleDutchPhone("06-12345678"));
}
BENCHMARK(PhoneSettled);

void PhoneJudged(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(JudgePhone("06-12345678"));
}
BENCHMARK(PhoneJudged);

void WriteReceipt(benchmark::State& state) {
  Receipt receipt{3, "WS-2026-000123", ReceiptStatus::kAccepted, "Nog niet opgepakt", "Z-1", {}};
  std::string out;
  for (auto _ : state) {
    out.clear();
    AppendReceiptJson(receipt, &out);
    benchmark::DoNotOptimize(out);
  }
}
BENCHMARK(WriteReceipt);

}  // namespace
}  // namespace vroegsein
