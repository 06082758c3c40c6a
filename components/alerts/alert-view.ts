import { parseDate } from "@internationalized/date";
import type { FigureView } from "@/lib/figures/schema";
import { formatDay, formatMoment } from "@/lib/format";
import type { CaredAlert } from "@/lib/stage/queries/alert-list";
import type { AlertSeverity } from "@/lib/stage/schema";
import { ALERT_ROWS, ALERT_STATES, type AlertFilter, type AlertState, SEVERITIES } from "@/lib/stage/schema/alert-care";

/** What the browser gets of an alert. */
export type AlertLine = {
  id: string;
  kind: string;
  severity: AlertSeverity;
  title: string;
  detail: string;
  raisedAt: string;
  raised: string;
  state: AlertState;
  noted: boolean;
  /** "Noted by Ada, 3 March 09:12"; "Put off until …"; "Muted through …: why". */
  care: string | null;
  risks: number;
  venture: { id: string; slug: string; name: string } | null;
  figure: FigureView | null;
  /** Where it is dealt with. */
  href: string | null;
};

const PLACES: Readonly<Record<string, string>> = {
  "guest-questions": "exit/data-room",
  "bidder-fell": "deal",
  "closing-overdue": "deal/closing",
  "escrow-release-due": "deal/payments/escrow",
  "task-overdue": "growth/initiatives",
  "over-budget": "growth/initiatives",
  "metric-anomaly": "growth/performance",
  "growth-critical": "growth/performance",
  "data-stale": "data",
  "exit-ready": "exit/readiness",
  "valuation-decline": "exit/valuation",
  rollback: "deal/rollbacks",
  "exit-gate": "stage",
  "agent-refused": "runs",
  "artefact-contradiction": "stage",
  escalation: "stage",
};

function careOf(alert: CaredAlert, zone: string): string | null {
  const { state, acknowledgedAt, acknowledgedBy, snoozedUntil, snoozedBy, mutedUntil, mutedBy, muteReason } = alert;
  if (state === "muted" && mutedUntil)
    return `Muted through ${formatDay(mutedUntil)} by ${mutedBy ?? "someone"}: ${muteReason ?? ""}`;
  if (state === "snoozed" && snoozedUntil)
    return `Put off until ${formatDay(snoozedUntil)} by ${snoozedBy ?? "someone"}`;
  return acknowledgedAt ? `Noted by ${acknowledgedBy ?? "someone"}, ${formatMoment(acknowledgedAt, zone)}` : null;
}

export function alertLine(alert: CaredAlert, zone: string): AlertLine {
  const { id, kind, severity, title, detail, raisedAt, state, risks, venture, figure } = alert;
  const place = PLACES[kind];
  return {
    ...{ id, kind, severity, title, detail, state, risks, venture, figure },
    ...{
      raisedAt: raisedAt.toISOString(),
      raised: formatMoment(raisedAt, zone),
      care: careOf(alert, zone),
      noted: alert.acknowledgedAt !== null,
    },
    href: place && venture ? `/ventures/${venture.slug}/${place}` : null,
  };
}

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;
const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));
const known = <T extends string>(list: readonly T[], value: string): T | "" =>
  list.find((item) => item === value) ?? "";

export function parseAlertFilter(params: SearchParams): AlertFilter {
  return {
    venture: /^[a-z0-9-]{1,60}$/.test(one(params.venture)) ? one(params.venture) : "",
    kind: Object.hasOwn(ALERT_ROWS, one(params.kind)) ? one(params.kind) : "",
    severity: known(SEVERITIES, one(params.severity)),
    state: known(ALERT_STATES, one(params.state)),
  };
}

export const STATE_WORDS: Readonly<Record<AlertState, string>> = {
  open: "nobody has noted",
  noted: "noted",
  snoozed: "put off",
  muted: "muted",
};

/** So many days after a day: what the forms begin with. */
export const inDays = (today: string, days: number): string => parseDate(today).add({ days }).toString();
