// The words of DDAS vroegsignalering 1.2 (VNG-Realisatie/ddas-vroegsignalering), used literally.
//
// Constants and pure functions; thread safe.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "ingest/signal.pb.h"
#include "store/record.pb.h"

namespace vroegsein::ddas {

std::span<const std::string_view> ContactKinds();  // EnumContactsoort
std::span<const std::string_view> DayParts();      // EnumDagdeel
std::span<const std::string_view> Outcomes();      // EnumEindresultaat

bool IsContactKind(std::string_view text);
bool IsDayPart(std::string_view text);
bool IsOutcome(std::string_view text);

std::string_view NameOf(SignalStatus status);  // EnumSignaalstatus

// Which status a case's signals end with when it closes with this outcome. Every outcome that is
// not a status of its own means that the signal was taken up.
SignalStatus StatusAfter(std::string_view outcome);

// The arrears are solved or help was accepted (domain.md, "Prevented").
bool IsSolvedOrHelped(std::string_view outcome);
// Help was accepted: the creditor's 30 days of suspension begin.
bool IsHelpAccepted(std::string_view outcome);
// It became debt help: the longer retention term applies.
bool IsDebtHelp(std::string_view outcome);

// The words of design.md's signal.
std::string_view NameOf(Threat threat);
std::string_view NameOf(AftermathKind kind);
std::optional<AftermathKind> AftermathKindOf(std::string_view name);

}  // namespace vroegsein::ddas
