import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { listFigureViews } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import { findMetric, METRICS } from "@/lib/metrics/schema";
import { fromMinor } from "@/lib/money";
import { isClosed } from "../../rules/initiatives/initiative-budget";
import { OUTBOUND_CHANNELS } from "../../rules/initiatives/initiative-outbound";
import { type MilestoneState, milestoneStates, type PlanTask } from "../../rules/initiatives/initiative-plan";
import { planKind } from "../../rules/initiatives/plan-text";
import type { InitiativeStatus } from "../../schema/initiatives";
import { todayAt } from "./initiative-standing";
import { listStanding, type StandingViews, type VerdictView, verdictView } from "./initiatives";

export type SpendView = {
  id: string;
  kind: "spent" | "committed" | "reversal";
  /** Exact, in plain units. */
  amount: string;
  on: string;
  what: string;
  by: string;
  /** What became of it: taken back, paid; null while it stands. */
  closed: "reversed" | "settled" | null;
};

export type MeasurementView = VerdictView & {
  id: string;
  months: number;
  figures: Readonly<Record<string, FigureView | null>>;
  measure: string;
  unit: string;
  history: readonly { month: string; value: number | null }[];
  counterfactual: readonly { month: string; actual: number; expected: number; low: number; high: number }[];
  tried: readonly {
    method: string;
    reason: string | null;
    basis: string | null;
    confidence: number | null;
    estimate: number | null;
    low: number | null;
    high: number | null;
  }[];
  consequence: string;
};

export type SendView = {
  id: string;
  name: string;
  url: string;
  /** A tool of an MCP server; null: a webhook. */
  tool: string | null;
  state: "waiting" | "delivered" | "abandoned" | "taken-back";
  attempts: number;
  problem: string | null;
};

export type InitiativeView = {
  id: string;
  version: number;
  title: string;
  lever: string;
  status: InitiativeStatus;
  statusReason: string | null;
  currency: string;
  owner: { id: string; name: string } | null;
  ownerRole: string;
  metric: string;
  leadingMetric: { key: string; name: string } | null;
  stopRule: string;
  startsOn: string;
  startedOn: string | null;
  endedOn: string | null;
  reviewOn: string;
  reviewMonths: number;
  today: string;
  memoId: string | null;
  figures: StandingViews;
  milestones: readonly MilestoneState[];
  looseTasks: readonly PlanTask[];
  spends: readonly SpendView[];
  notes: readonly { id: string; text: string; by: string; at: Date }[];
  changes: readonly { version: number; what: string; detail: string; by: string; at: Date }[];
  measurements: readonly MeasurementView[];
  sends: readonly SendView[];
  planKind: string;
  people: readonly { id: string; name: string }[];
  metrics: readonly { key: string; name: string }[];
  may: { edit: boolean; hold: boolean; ask: boolean };
};

const load = (id: string) =>
  db.initiative.findUnique({
    where: { id },
    include: {
      tasks: { orderBy: { position: "asc" } },
      milestones: { orderBy: { position: "asc" } },
      spends: { orderBy: [{ spentOn: "desc" }, { recordedAt: "desc" }] },
      notes: { orderBy: { writtenAt: "desc" } },
      changes: { orderBy: { version: "desc" } },
      measurements: { orderBy: { reviewOn: "desc" } },
    },
  });
type Row = NonNullable<Awaited<ReturnType<typeof load>>>;

/** One initiative of a venture with everything that its page shows; null for what does not exist or may not be seen. */
export async function findInitiative(
  actor: Actor,
  initiativeId: string,
  ventureId: string,
): Promise<InitiativeView | null> {
  const row = await load(initiativeId);
  if (!row || row.ventureId !== ventureId) return null;
  if (!isPermitted(actor.role, "venture:read") || !maySeeVenture(actor, row.ventureId)) return null;
  const venture = await db.venture.findUniqueOrThrow({ where: { id: row.ventureId }, select: { timeZone: true } });
  const today = todayAt(venture.timeZone, clock.now());
  const refs = [...row.spends.map((one) => one.recordedBy), ...row.notes.map((one) => one.writtenBy)];
  const owners = row.ownerId ? [`user:${row.ownerId}`] : [];
  const [nameOf, standing, measurements, sends, people] = await Promise.all([
    namesOf(db, [...refs, ...owners, ...row.changes.map((one) => one.madeBy)]),
    listStanding(actor, [row]),
    measurementViews(actor, row),
    sendViews(row.id),
    listPeople(row.ventureId),
  ]);
  const tasks = row.tasks.map(({ position, milestone, title, dueOn, doneOn, doneAt }) => ({
    ...{ position, milestone, title, dueOn: dayText(dueOn) },
    doneOn: doneOn ? dayText(doneOn) : doneAt ? dayText(doneAt) : null,
  }));
  const milestones = row.milestones.map(({ position, title, dueOn }) => ({ position, title, dueOn: dayText(dueOn) }));
  const known = new Set(milestones.map(({ position }) => position));
  return {
    ...headOf(row),
    ...{ today, measurements, sends, people },
    owner: row.ownerId ? { id: row.ownerId, name: nameOf(`user:${row.ownerId}`) } : null,
    figures: standing.get(row.id) ?? ({} as StandingViews),
    milestones: milestoneStates({ milestones, tasks }, today),
    looseTasks: tasks.filter(({ milestone }) => milestone === null || !known.has(milestone)),
    spends: spendViews(row, nameOf),
    notes: row.notes.map(({ id, text, writtenBy, writtenAt }) => ({ id, text, by: nameOf(writtenBy), at: writtenAt })),
    changes: row.changes.map(({ version, what, detail, madeBy, madeAt }) => ({
      ...{ version, what, detail, by: nameOf(madeBy), at: madeAt },
    })),
    metrics: METRICS.map(({ key, name }) => ({ key, name })),
    may: {
      edit: isPermitted(actor.role, "initiative:edit"),
      hold: isPermitted(actor.role, "initiative:hold"),
      ask: isPermitted(actor.role, "memo:draft"),
    },
  };
}

function headOf(row: Row) {
  const { id, version, title, lever, status, statusReason, currency, ownerRole, stopRule, reviewMonths, memoId } = row;
  return {
    ...{ id, version, title, lever, status, statusReason, currency, ownerRole, stopRule, reviewMonths, memoId },
    metric: findMetric(row.metric)?.name ?? row.metric,
    leadingMetric: row.leadingMetric
      ? { key: row.leadingMetric, name: findMetric(row.leadingMetric)?.name ?? row.leadingMetric }
      : null,
    startsOn: dayText(row.startsOn),
    startedOn: row.startedOn ? dayText(row.startedOn) : null,
    endedOn: row.endedOn ? dayText(row.endedOn) : null,
    reviewOn: dayText(row.reviewOn),
    planKind: planKind(id),
  };
}

function spendViews({ spends }: Row, nameOf: (ref: string) => string): SpendView[] {
  return spends.map((row) => {
    const closing = spends.find((one) => one.closesId === row.id);
    const closed = !isClosed(row.id, spends) ? null : closing?.kind === "reversal" ? "reversed" : "settled";
    const amount = fromMinor(row.amountMinor, row.currency).toFixed();
    const { id, kind, what } = row;
    return { id, kind, amount, what, on: dayText(row.spentOn), by: nameOf(row.recordedBy), closed };
  });
}

type Detail = Pick<MeasurementView, "measure" | "unit" | "counterfactual" | "tried"> & {
  months: MeasurementView["history"];
};

async function measurementViews(actor: Actor, { measurements }: Row): Promise<MeasurementView[]> {
  type Refs = Record<string, { id: string; revision: number } | null>;
  const refs = measurements.flatMap((one) => Object.values(one.figures as unknown as Refs).flatMap((ref) => ref ?? []));
  const views = new Map((await listFigureViews(actor, refs)).map((view) => [`${view.id}:${view.revision}`, view]));
  return measurements.map((row) => {
    const { measure, unit, months, counterfactual, tried } = row.detail as unknown as Detail;
    const figures = Object.entries(row.figures as unknown as Refs).map(([part, ref]) => [
      part,
      ref ? (views.get(`${ref.id}:${ref.revision}`) ?? null) : null,
    ]);
    return {
      ...{ ...verdictView(row), id: row.id, months: row.monthsMeasured, consequence: row.consequence },
      ...{ measure, unit, counterfactual, tried, history: months },
      figures: Object.fromEntries(figures) as MeasurementView["figures"],
    };
  });
}

async function sendViews(initiativeId: string): Promise<SendView[]> {
  const rows = await db.outboxMessage.findMany({
    where: { subject: `initiative:${initiativeId}`, channel: { in: [...OUTBOUND_CHANNELS] } },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ id, payload, deliveredAt, abandonedAt, withdrawn, attempts, lastError }) => {
    const { name, url, tool = null } = payload as { name: string; url: string; tool?: string };
    const over = withdrawn ? "taken-back" : "abandoned";
    const state = deliveredAt ? "delivered" : abandonedAt ? over : "waiting";
    return { id, name, url, tool, state, attempts, problem: lastError };
  });
}

/** Who may be named as owner: people of the holding who see the venture. */
async function listPeople(ventureId: string): Promise<{ id: string; name: string }[]> {
  return db.user.findMany({
    where: {
      ...{ disabledAt: null, role: { in: ["analyst", "chairman"] } },
      OR: [{ grants: { none: {} } }, { grants: { some: { ventureId } } }],
    },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 200,
  });
}
