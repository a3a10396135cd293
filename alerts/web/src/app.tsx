// The frame: who is signed in, which page, and what has to be there on every page. The session may end
// at any moment; then a window asks to sign in again, over the page as it stands.

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, client } from "./api/client";
import { startLive, stopLive } from "./api/live";
import type { SignedOut, WhoAmI } from "./api/types";
import { Frame } from "./frame";
import { Pages } from "./pages/pages";
import { SignInElsewhere, SignInForm, SignInPage } from "./pages/sign_in";
import { forgetDrafts } from "./state/drafts";
import { NoticesProvider } from "./state/notices";
import { asApiError } from "./state/resource";
import { navigate } from "./state/router";
import { SessionProvider } from "./state/session";
import { TeamsProvider } from "./state/teams";
import { useTexts } from "./text/text";
import { Dialog } from "./ui/dialog";
import { ErrorAlert, Loading } from "./ui/feedback";

type State =
  | { is: "asking" }
  | { is: "failed"; error: ApiError }
  | { is: "out" }
  | { is: "in"; who: WhoAmI };

export function App() {
  const [state, setState] = useState<State>({ is: "asking" });
  const [expired, setExpired] = useState(false);
  const resume = useRef<(() => void) | null>(null);

  const enter = useCallback((who: WhoAmI) => {
    client.signedIn(who);
    // Why an attempt failed is of no interest any more.
    if (new URLSearchParams(window.location.search).has("aanmelding")) navigate("/", "replace");
    setState({ is: "in", who });
    startLive();
  }, []);

  const ask = useCallback(() => {
    setState({ is: "asking" });
    client
      .get<WhoAmI>("/v1/sessies/huidige", { quiet: true })
      .then(enter)
      .catch((failure: unknown) => {
        const error = asApiError(failure);
        setState(error.status === 401 ? { is: "out" } : { is: "failed", error });
      });
  }, [enter]);

  useEffect(ask, [ask]);
  useEffect(() => {
    client.onExpired(() => {
      stopLive();
      setExpired(true);
      return new Promise((resolve) => {
        resume.current = resolve;
      });
    });
  }, []);

  const signOut = async () => {
    const said = await client
      .post<SignedOut>("/v1/sessies/huidige/afmelden", {}, { quiet: true })
      .catch(() => undefined);
    stopLive();
    forgetDrafts();
    // Not on the way back: what is in that address is nobody else's.
    if (said?.verder) window.location.replace(said.verder);
    else setState({ is: "out" });
  };

  // Somebody else at the same screen must not go on with the first one's work.
  const signedInAgain = (who: WhoAmI, before: WhoAmI) => {
    if (who.gebruiker !== before.gebruiker) {
      forgetDrafts();
      window.location.assign("/");
      return;
    }
    enter(who);
    setExpired(false);
    resume.current?.();
  };

  if (state.is === "asking") return <Loading />;
  if (state.is === "failed") {
    return (
      <main className="bladzijde">
        <ErrorAlert error={state.error} onRetry={ask} />
      </main>
    );
  }
  if (state.is === "out") return <SignInPage onSignedIn={enter} />;
  return (
    <SessionProvider value={state.who}>
      <NoticesProvider>
        <TeamsProvider>
          <Frame onSignOut={() => void signOut()}>
            <Pages />
          </Frame>
          {expired && <SignInAgain before={state.who} onSignedIn={(who) => signedInAgain(who, state.who)} />}
        </TeamsProvider>
      </NoticesProvider>
    </SessionProvider>
  );
}

function SignInAgain({ before, onSignedIn }: { before: WhoAmI; onSignedIn: (who: WhoAmI) => void }) {
  const t = useTexts();
  return (
    <Dialog title={t.signIn.again}>
      <p className="utrecht-paragraph">{t.signIn.againWhy}</p>
      {before.aanmeldwijze === "openid-connect" ? (
        <SignInElsewhere onSignedIn={onSignedIn} />
      ) : (
        <SignInForm user={before.gebruiker} onSignedIn={onSignedIn} />
      )}
    </Dialog>
  );
}
