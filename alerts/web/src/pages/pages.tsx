// Address to page. What a worker opens every morning is in the first download; the rest follows when asked.

import { lazy, Suspense } from "react";
import { usePath } from "../state/router";
import { mayAssign, readsAccessLog, seesWorkload, worksOnTasks } from "../state/roles";
import { useWho } from "../state/session";
import { useTexts } from "../text/text";
import { AppLink } from "../ui/controls";
import { Loading } from "../ui/feedback";
import { PageTitle } from "./page_title";
import { TodayPage } from "./today/today";

const HouseholdPage = lazy(() => import("./household/household").then((m) => ({ default: m.HouseholdPage })));
const RoutePage = lazy(() => import("./route").then((m) => ({ default: m.RoutePage })));
const CoordinatorPage = lazy(() => import("./coordinator").then((m) => ({ default: m.CoordinatorPage })));
const ReviewsPage = lazy(() => import("./reviews/reviews").then((m) => ({ default: m.ReviewsPage })));
const ReportPage = lazy(() => import("./report").then((m) => ({ default: m.ReportPage })));
const AccessLogPage = lazy(() => import("./access_log").then((m) => ({ default: m.AccessLogPage })));
const AccountPage = lazy(() => import("./account").then((m) => ({ default: m.AccountPage })));

export function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  );
}

function Page() {
  const path = usePath();
  const { rol } = useWho();
  const caseId = /^\/zaken\/([\w-]+)$/.exec(path)?.[1];
  if (path === "/account") return <AccountPage />;
  if (caseId && worksOnTasks(rol)) return <HouseholdPage key={caseId} caseId={caseId} />;
  if (path === "/" && worksOnTasks(rol)) return <TodayPage />;
  if (path === "/route" && worksOnTasks(rol)) return <RoutePage />;
  if ((path === "/coordinator" || path === "/") && seesWorkload(rol)) return <CoordinatorPage />;
  if (path === "/beoordelen" && mayAssign(rol)) return <ReviewsPage />;
  if (path === "/rapportage" && seesWorkload(rol)) return <ReportPage />;
  if ((path === "/toegangslog" || path === "/") && readsAccessLog(rol)) return <AccessLogPage />;
  return <NothingHere home={path === "/"} />;
}

function NothingHere({ home }: { home: boolean }) {
  const t = useTexts();
  const words = home ? t.app.noScreen : t.app.notFound;
  return (
    <>
      <PageTitle text={words} />
      {!home && <AppLink to="/">{t.app.toToday}</AppLink>}
    </>
  );
}
