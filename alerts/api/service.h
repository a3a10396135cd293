// Service: a data folder, its desk or desks, the public API and the management port, working
// together.
//
// Start() gives one that serves; Stop() ends it in order: no new requests, the open ones answered,
// the log closed, the desk done. What it was given outlives it.
//
// Threads: Start() and Stop() from one.
// Errors: of the folder; kConflict for a port that is taken. A failure of the desk while serving is
// told to `failed`, and Stop() returns it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "alerts/api/journal.h"
#include "alerts/desk/data_folder.h"
#include "alerts/settings/installation.h"

namespace vroegsein {

struct ServiceOptions {
  std::string data;
  std::string node;  // which of kafka.knooppunten this is
  std::string web;   // the folder of the built web application; empty: none is served
  DataFolder::Options folder;
  std::function<Instant()> now;
  std::function<std::string(size_t)> chance;
  // Called from another thread when a desk cannot go on.
  std::function<void()> failed;
};

class Service {
 public:
  static Result<std::unique_ptr<Service>> Start(Installation installation,
                                                const ServiceOptions& options, Journal* journal);
  ~Service();

  Status Stop();

  // `127.0.0.1:8080`, with the port that is really listened on.
  std::string public_address() const;
  std::string management_address() const;
  // Where the demo's keys are; empty when the keys are in the configuration file.
  const std::string& key_folder() const;

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace vroegsein
