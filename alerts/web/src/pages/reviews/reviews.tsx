// The review list: pairs of households of which only a person can say whether they are one. What was
// answered stays on the page, with the way back.

import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, client } from "../../api/client";
import type { Household, Review, ReviewPage } from "../../api/types";
import { useReloadOnChange } from "../../state/live_reload";
import { useNotices } from "../../state/notices";
import { asApiError } from "../../state/resource";
import { useTexts } from "../../text/text";
import { Alert, AppLink, Button } from "../../ui/controls";
import { ErrorAlert, errorWords, Loading } from "../../ui/feedback";
import { fullName } from "../../words/words";
import { PageTitle } from "../page_title";
import { AnswerForm, REASON_MAX, type Verdict } from "./answer_form";
import { ComparedTable, WhyDoubtful } from "./compared";

const QUIET_MS = 2000;
const PAGE = 10;
const PAGE_MAX = 200;

interface Answered {
  review: Review;
  verdict: Verdict;
  reason: string;
  household: string; // what its ids answer under now
  turned: boolean;
}

const sidesOf = ({ huishoudens: [one, other] }: Review) => [one.client, other.client] as [typeof one.client, typeof other.client];
const namesOf = (review: Review) => sidesOf(review).map(fullName).join(" – ");

function useReviews() {
  const [reviews, setReviews] = useState<Review[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = useCallback(async (path: string, before: Review[]) => {
    try {
      const page = await client.get<ReviewPage>(path);
      setReviews([...before, ...page.beoordelingen]);
      setNext(page._links.next?.href ?? null);
      setError(null);
    } catch (failure) {
      setError(asApiError(failure));
    }
  }, []);
  const first = useCallback(
    (count: number) => load(`/v1/beoordelingen?aantal=${Math.min(PAGE_MAX, Math.max(PAGE, count))}`, []),
    [load],
  );
  useEffect(() => void first(PAGE), [first]);
  const more = next === null ? null : () => void load(next, reviews ?? []);
  const drop = (id: string) =>
    setReviews((before) => before?.filter(({ beoordelingId }) => beoordelingId !== id) ?? null);
  return { reviews, error, more, drop, reload: () => first(reviews?.length ?? 0) };
}

export function ReviewsPage() {
  const t = useTexts();
  const { tell } = useNotices();
  const { reviews, error, more, drop, reload } = useReviews();
  useReloadOnChange(() => void reload(), QUIET_MS);
  const [answered, setAnswered] = useState<Answered[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);

  // The form that had the focus is gone: go on where the answer stands.
  const latest = answered[0];
  useEffect(() => {
    if (latest) heading.current?.focus();
  }, [latest]);

  const answer = async (review: Review, verdict: Verdict, reason: string) => {
    try {
      const path = `/v1/beoordelingen/${review.beoordelingId}`;
      const { huishoudenId } = await client.post<Household>(path, { oordeel: verdict, reden: reason });
      setAnswered((before) => [{ review, verdict, reason, household: huishoudenId, turned: false }, ...before]);
      drop(review.beoordelingId);
    } catch (failure) {
      tell({ kind: "error", text: errorWords(asApiError(failure), t) });
    }
    await reload(); // a household that became another may stand in other pairs
  };
  const turn = async (one: Answered) => {
    const ids = one.review.huishoudens.map(({ huishoudenId }) => huishoudenId);
    const other = ids.find((id) => id !== one.household) ?? "";
    const reden = t.reviews.turnedReason(one.reason).slice(0, REASON_MAX);
    const [path, body] = one.verdict === "zelfde" ? ["splitsen", { alias: other }] : ["samenvoegen", { met: other }];
    try {
      await client.post<Household>(`/v1/huishoudens/${one.household}/${path}`, { ...body, reden });
      setAnswered((before) => before.map((known) => (known === one ? { ...one, turned: true } : known)));
    } catch (failure) {
      tell({ kind: "error", text: errorWords(asApiError(failure), t) });
    }
    await reload();
  };

  return (
    <>
      <PageTitle text={t.reviews.title} />
      <p className="utrecht-paragraph">{t.reviews.intro}</p>
      {answered.length > 0 && (
        <section className="vak">
          <h2 className="utrecht-heading-2" ref={heading} tabIndex={-1}>
            {t.reviews.answered}
          </h2>
          <ul className="regels">
            {answered.map((one) => (
              <AnsweredRow key={one.review.beoordelingId} one={one} onTurn={() => void turn(one)} />
            ))}
          </ul>
        </section>
      )}
      <ErrorAlert error={error} onRetry={() => void reload()} />
      {!reviews && !error && <Loading />}
      {reviews?.length === 0 && (
        <Alert kind="info" role="status">
          <p className="utrecht-paragraph">{t.reviews.empty}</p>
        </Alert>
      )}
      {reviews?.map((review) => (
        <ReviewCard key={review.beoordelingId} review={review} onAnswer={(...said) => answer(review, ...said)} />
      ))}
      {more && <Button onClick={more}>{t.today.more}</Button>}
    </>
  );
}

function AnsweredRow({ one, onTurn }: { one: Answered; onTurn: () => void }) {
  const t = useTexts();
  const same = (one.verdict === "zelfde") !== one.turned;
  const said = one.turned
    ? same
      ? t.reviews.turnedToOne
      : t.reviews.turnedToTwo
    : same
      ? t.reviews.joined
      : t.reviews.apart;
  return (
    <li className="beantwoord">
      <span>
        <strong>{namesOf(one.review)}</strong>: {said}
      </span>
      {!one.turned && <Button onClick={onTurn}>{same ? t.reviews.divideAgain : t.reviews.joinAgain}</Button>}
    </li>
  );
}

interface CardProps {
  review: Review;
  onAnswer: (verdict: Verdict, reason: string) => Promise<void>;
}

function ReviewCard({ review, onAnswer }: CardProps) {
  const t = useTexts();
  const sides = sidesOf(review);
  return (
    <section className="vak beoordeling">
      <h2 className="utrecht-heading-2">{namesOf(review)}</h2>
      <ComparedTable comparison={review} sides={sides} />
      <p className="utrecht-paragraph beoordeling__zaken">
        {review.huishoudens.map(({ zaakId }, side) => (
          <span key={side}>
            {t.reviews.person(side + 1)}:{" "}
            {zaakId ? <AppLink to={`/zaken/${zaakId}`}>{t.reviews.openCase}</AppLink> : t.reviews.noCase}
          </span>
        ))}
      </p>
      <div className="tweeluik">
        <div>
          <WhyDoubtful comparison={review} sides={sides} />
        </div>
        <AnswerForm review={review} onAnswer={onAnswer} />
      </div>
    </section>
  );
}
