import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { FigureView } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import { alertState, type StoredSetting, settingOf, toldFrom } from "../rules/alert-care";
import { ALERT_METRICS, type AlertSeverity } from "../schema";
import { ALERT_ROWS, type AlertFilter, type AlertState, alertRow, type Channel } from "../schema/alert-care";

export type CaredAlert = {
  id: string;
  kind: string;
  severity: AlertSeverity;
  channels: readonly Channel[];
  title: string;
  detail: string;
  raisedAt: Date;
  /** From when on it is to be told: its raising, or its return. */
  toldFrom: Date;
  state: AlertState;
  acknowledgedAt: Date | null;
  /** Names of people. */
  acknowledgedBy: string | null;
  snoozedUntil: string | null;
  snoozedBy: string | null;
  mutedUntil: string | null;
  mutedBy: string | null;
  muteReason: string | null;
  /** A risk that was opened from it and is not closed. */
  risks: number;
  venture: { id: string; slug: string; name: string } | null;
  figure: FigureView | null;
};

type Row = Omit<
  CaredAlert,
  "severity" | "channels" | "state" | "toldFrom" | "venture" | "risks" | "snoozedUntil" | "mutedUntil"
> & {
  severity: string;
  snoozedAt: Date | null;
  snoozedUntil: Date | null;
  mutedUntil: Date | null;
  risks: bigint;
  ventureId: string | null;
  slug: string | null;
  name: string | null;
};

const STANDING = `
  SELECT a."id", a."kind", a."severity", a."title", a."detail", a."raisedAt", a."acknowledgedAt", a."snoozedAt",
    a."snoozedUntil", a."mutedUntil", a."muteReason", v."id" AS "ventureId", v."slug", v."name",
    COALESCE(n."name", a."acknowledgedBy") AS "acknowledgedBy", COALESCE(z."name", a."snoozedBy") AS "snoozedBy",
    COALESCE(m."name", a."mutedBy") AS "mutedBy",
    (SELECT count(*) FROM "risk" r WHERE r."causeKey" = a."causeKey" AND r."status" <> 'closed') AS "risks",
    (s."measures" -> ($2::jsonb ->> a."kind")) - 'spark'::text - 'level'::text AS figure
  FROM "alert" a LEFT JOIN "venture" v ON v."id" = a."ventureId"
  LEFT JOIN "venture_snapshot" s ON s."ventureId" = a."ventureId"
  LEFT JOIN "app_user" n ON 'user:' || n."id"::text = a."acknowledgedBy"
  LEFT JOIN "app_user" z ON 'user:' || z."id"::text = a."snoozedBy"
  LEFT JOIN "app_user" m ON 'user:' || m."id"::text = a."mutedBy"
  WHERE a."clearedAt" IS NULL AND v."archivedAt" IS NULL AND ($1::uuid[] IS NULL OR a."ventureId" = ANY($1))
  ORDER BY a."raisedAt" DESC, a."id"`;

export async function loadSettings(): Promise<Map<string, StoredSetting & { version: number }>> {
  const rows = await db.alertSetting.findMany();
  return new Map(rows.map(({ kind, severity, channels, version }) => [kind, { severity, channels, version }]));
}

const day = (date: Date | null): string | null => date && dayText(date);

function caredOf(row: Row, settings: ReadonlyMap<string, StoredSetting>, today: string): CaredAlert {
  const { ventureId, slug, name, risks, snoozedAt, ...alert } = row;
  const snoozedUntil = day(row.snoozedUntil);
  const mutedUntil = day(row.mutedUntil);
  return {
    ...{ ...alert, snoozedUntil, mutedUntil, risks: Number(risks) },
    ...settingOf(row.kind, row.severity, settings.get(row.kind)),
    state: alertState({ ...row, snoozedUntil, mutedUntil, snoozedAt }, today),
    toldFrom: toldFrom({ ...row, snoozedUntil, mutedUntil, snoozedAt }),
    venture: ventureId && slug && name ? { id: ventureId, slug, name } : null,
  };
}

const RANK: Readonly<Record<AlertSeverity, number>> = { critical: 0, warning: 1, info: 2 };
const STATE_RANK: Readonly<Record<AlertState, number>> = { open: 0, noted: 1, snoozed: 2, muted: 3 };

/** Every alert that stands and that the actor may see, with how it is cared for: what asks for attention first, the gravest first. */
export async function listCaredAlerts(actor: Actor, now: Date): Promise<CaredAlert[]> {
  const today = now.toISOString().slice(0, 10);
  const [rows, settings] = await Promise.all([
    db.$queryRawUnsafe<Row[]>(STANDING, venturesInSql(actor), JSON.stringify(ALERT_METRICS)),
    loadSettings(),
  ]);
  return rows
    .map((row) => caredOf(row, settings, today))
    .sort((a, b) => STATE_RANK[a.state] - STATE_RANK[b.state] || RANK[a.severity] - RANK[b.severity]);
}

/** Without a word about the state, what is not put off or muted. */
export const filterAlerts = (alerts: readonly CaredAlert[], filter: AlertFilter): CaredAlert[] =>
  alerts.filter(
    ({ venture, kind, severity, state }) =>
      (filter.venture === "" || venture?.slug === filter.venture) &&
      (filter.kind === "" || kind === filter.kind) &&
      (filter.severity === "" || severity === filter.severity) &&
      (filter.state === "" ? state === "open" || state === "noted" : state === filter.state),
  );

const asksFor = (channel: Channel) => (alert: CaredAlert) => alert.state === "open" && alert.channels.includes(channel);

/** What is told above the decision inbox: nobody has taken note of it yet. */
export const listInboxAlerts = async (actor: Actor, now: Date): Promise<CaredAlert[]> =>
  (await listCaredAlerts(actor, now)).filter(asksFor("inbox"));

/** What a digest tells: raised, or back from being put off or muted, since the last one, and still open. */
export const listDigestAlerts = async (actor: Actor, since: Date, now: Date): Promise<CaredAlert[]> =>
  (await listCaredAlerts(actor, now)).filter(asksFor("digest")).filter((alert) => alert.toldFrom > since);

export type AlertSettingView = {
  kind: string;
  label: string;
  severity: AlertSeverity;
  channels: readonly Channel[];
  version: number;
  /** As the house has it. */
  own: boolean;
};

export async function listAlertSettings(): Promise<AlertSettingView[]> {
  const stored = await loadSettings();
  return Object.keys(ALERT_ROWS).map((kind) => ({
    ...{ kind, label: alertRow(kind).label, ...settingOf(kind, null, stored.get(kind)) },
    ...{ version: stored.get(kind)?.version ?? 0, own: !stored.has(kind) },
  }));
}
