#include "alerts/session/door.h"

#include <algorithm>

#include "alerts/access/key.h"
#include "alerts/session/password.h"

namespace vroegsein {
namespace {

constexpr std::string_view kSessionName = "vroegsein_sessie";
constexpr std::string_view kTicketName = "vroegsein_aanmelding";
// It makes a browser refuse the cookie from anywhere but this host, over TLS.
constexpr std::string_view kSecurePrefix = "__Host-";
constexpr size_t kTokenBytesMax = 200;

std::string_view Trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

// `a=1; b=2`
std::string_view CookieOf(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    size_t end = std::min(header.find(';'), header.size());
    std::string_view pair = Trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return {};
}

bool IsChange(std::string_view method) { return method != "GET" && method != "HEAD"; }

}  // namespace

Door::Door(const Gate* gate, const std::string& data_folder, const Options& options,
           std::function<Instant()> now, std::function<std::string(size_t)> chance)
    : gate_(gate),
      data_folder_(data_folder),
      options_(options),
      now_(std::move(now)),
      chance_(std::move(chance)),
      accounts_(data_folder),
      sessions_(options.limits, chance_) {}

Visitor Door::Admit(const HttpRequest& request, bool touch) {
  auto authorization = request.Header("authorization");
  if (!authorization) return BySession(request, touch);
  Visitor visitor;
  visitor.identity = gate_->SignIn(*authorization);
  return visitor;
}

Visitor Door::BySession(const HttpRequest& request, bool touch) {
  std::string_view token = CookieIn(request, kSessionName);
  Visitor visitor;
  if (token.empty() || token.size() > kTokenBytesMax) return visitor;
  auto session = sessions_.Find(token, now_(), touch);
  if (session == nullptr) return visitor;
  auto people = accounts_.Read();
  auto account = people->find(session->identity.name);
  if (account == people->end() || account->second.changed_ms != session->changed_ms) {
    sessions_.Close(token);
    return visitor;
  }
  visitor.token = token;
  visitor.forged = IsChange(request.method) &&
                   !SameHash(request.Header("x-csrf-token").value_or(""), session->csrf);
  visitor.identity = &session->identity;
  visitor.session = std::move(session);
  return visitor;
}

SignIn Door::Check(const std::string& user, const std::string& password, const HttpRequest& request,
                   KnownAccount* account) {
  SignIn checked;
  std::string address = AddressOf(request);
  checked.wait = lockout_.Begin(user, address, now_());
  if (checked.wait.count() > 0) {
    checked.entry = Admission::kLocked;
    return checked;
  }
  if (!hashing_.try_acquire_for(kHashWait)) {
    checked.entry = Admission::kBusy;
    checked.wait = kHashWait;
    return checked;
  }
  auto people = accounts_.Read();
  auto found = people->find(user);
  bool right = IsPassword(password, found == people->end() ? "" : found->second.password);
  hashing_.release();
  if (!right) return checked;
  lockout_.Succeeded(user, address);
  *account = found->second;
  checked.entry = Admission::kOpened;
  return checked;
}

SignIn Door::Open(const std::string& user, const std::string& password,
                  const HttpRequest& request) {
  KnownAccount account;
  SignIn signed_in = Check(user, password, request, &account);
  if (signed_in.entry != Admission::kOpened) return signed_in;
  return OpenSession(account.identity, account.name, account.changed_ms);
}

SignIn Door::OpenSession(const Identity& identity, const std::string& name, int64_t changed_ms,
                         std::shared_ptr<const std::string> provider_token) {
  SignIn opened;
  opened.entry = Admission::kOpened;
  opened.token = sessions_.Open(identity, name, changed_ms, now_(), std::move(provider_token));
  opened.session = sessions_.Find(opened.token, now_(), false);
  return opened;
}

// Writes only what changed: a change ends the sessions from before it.
Status Door::Remember(Account* account) {
  auto accounts = ReadAccounts(data_folder_);
  if (!accounts.ok()) return accounts.status();
  const Account* known = FindAccount(&*accounts, account->user());
  account->set_changed_ms(known == nullptr ? 0 : known->changed_ms());
  // A provider that tells no mail address leaves the one that was given by hand.
  if (known != nullptr && account->mail().empty()) account->set_mail(known->mail());
  if (known != nullptr && known->SerializeAsString() == account->SerializeAsString()) {
    return Status::Ok();
  }
  account->set_changed_ms(std::max(MillisOf(now_()), account->changed_ms() + 1));
  return ChangeAccounts(data_folder_, [&](Accounts* all) {
    Account* found = FindAccount(all, account->user());
    if (found == nullptr) found = all->add_accounts();
    bool anothers =
        !found->user().empty() && found->provider_subject() != account->provider_subject();
    if (anothers) return Status::Forbidden("the user name is somebody else's");
    *found = *account;
    return Status::Ok();
  });
}

Result<SignIn> Door::OpenAs(Account account, std::string provider_token) {
  if (gate_->Knows(account.user())) return Status::Forbidden("the user name is a key's");
  VROEGSEIN_RETURN_IF_ERROR(Remember(&account));
  auto people = accounts_.Read();
  auto found = people->find(account.user());
  if (found == people->end()) return Status::Unavailable("the account is gone");
  if (provider_token.size() > kProviderTokenBytesMax) provider_token.clear();
  return OpenSession(found->second.identity, found->second.name, found->second.changed_ms,
                     std::make_shared<const std::string>(std::move(provider_token)));
}

Result<SignIn> Door::ChangePassword(const Visitor& visitor, const std::string& current,
                                    const std::string& fresh, const HttpRequest& request) {
  const std::string& user = visitor.identity->name;
  KnownAccount known;
  SignIn checked = Check(user, current, request, &known);
  if (checked.entry != Admission::kOpened) return checked;
  int64_t changed_ms = std::max(MillisOf(now_()), known.changed_ms + 1);
  std::string kept = HashPassword(fresh, chance_(kPasswordSaltBytes));
  VROEGSEIN_RETURN_IF_ERROR(ChangeAccounts(data_folder_, [&](Accounts* accounts) {
    Account* account = FindAccount(accounts, user);
    if (account == nullptr) return Status::NotFound("there is no such account");
    account->set_password(kept);
    account->set_changed_ms(changed_ms);
    return Status::Ok();
  }));
  sessions_.CloseOthers(user, visitor.token, changed_ms);
  return checked;
}

HttpField Door::MakeCookie(std::string_view name, std::string_view value,
                           std::string_view site) const {
  std::string cookie(options_.behind_tls ? kSecurePrefix : "");
  cookie.append(name).append("=").append(value);
  cookie.append("; Path=/; HttpOnly; SameSite=").append(site);
  if (options_.behind_tls) cookie += "; Secure";
  if (value.empty()) cookie += "; Max-Age=0";
  return {"Set-Cookie", cookie};
}

HttpField Door::CookieHeader(std::string_view token) const {
  return MakeCookie(kSessionName, token, "Strict");
}

// Lax: the provider, another site, sends the browser back with it.
HttpField Door::TicketHeader(std::string_view ticket) const {
  return MakeCookie(kTicketName, ticket, "Lax");
}

std::string Door::TicketOf(const HttpRequest& request) const {
  std::string_view ticket = CookieIn(request, kTicketName);
  return ticket.size() > kTokenBytesMax ? "" : std::string(ticket);
}

std::string_view Door::CookieIn(const HttpRequest& request, std::string_view name) const {
  std::string full = std::string(options_.behind_tls ? kSecurePrefix : "") + std::string(name);
  return CookieOf(request.Header("cookie").value_or(""), full);
}

std::string Door::AddressOf(const HttpRequest& request) const {
  if (!options_.behind_tls) return request.remote;
  // The proxy puts the address that it saw last; what stands before it anybody may have written.
  std::string_view seen = request.Header("x-forwarded-for").value_or("");
  size_t comma = seen.rfind(',');
  std::string_view last = Trimmed(comma == std::string_view::npos ? seen : seen.substr(comma + 1));
  return last.empty() || last.size() > kTokenBytesMax ? request.remote : std::string(last);
}

}  // namespace vroegsein
