import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { staleFigures, toFigure } from "@/lib/figures/queries";
import type { Figure } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import { type FoundContradiction, listContradictions } from "@/lib/reports/queries/contradictions";
import { isRecord, quarrels } from "@/lib/reports/rules/contradictions";
import { figureRefsSchema, kindWords } from "@/lib/reports/schema";
import { alertRow } from "@/lib/stage/schema/alert-care";
import { type CrewFacts, type Matter, mattersOf } from "../coordination";

/** What the crew has put out about one venture: for the Coordinator, who reads nothing else. */

export type CrewOutputs = {
  asOf: string;
  reports: {
    agent: string;
    title: string;
    label: string;
    version: number;
    writtenOn: string;
    held: boolean;
    outdated: boolean;
  }[];
  runs: { agent: string; task: string; status: string; model: string; on: string }[];
  memos: { title: string; from: string; status: string; dueOn: string | null; irreversible: boolean }[];
  alerts: { title: string; label: string; kind: string; severity: string; since: string; noted: boolean }[];
  contradictions: { label: string; explained: boolean; reports: { label: string; outdated: boolean }[] }[];
  matters: Matter[];
  /** The figures by which the crew's reports are summed up, where a report quotes them. */
  headline: { growth: string | null; readiness: string | null; equity: string | null; offer: string | null };
  figures: Figure[];
};

const HEADLINE: Readonly<Record<keyof CrewOutputs["headline"], RegExp>> = {
  growth: /^metrics\.venture\.growth_rate@/,
  readiness: /^readiness\.score@/,
  equity: /^valuation\.venture\.equity@/,
  offer: /^deals\.offer\.group\.riskAdjusted@/,
};
const OPEN_MEMO = ["pending", "question", "deferred", "confirming"] as const;

const loadReports = (ventureId: string) =>
  db.artefact.findMany({
    where: { ventureId },
    orderBy: [{ kind: "asc" }, { version: "desc" }],
    distinct: ["kind"],
    include: { run: { select: { agent: true } } },
  });
type ReportRow = Awaited<ReturnType<typeof loadReports>>[number];

/** The newest revision of the headline figures that the reports quote, as far as they hold and nothing contradicts them. */
async function headlineOf(reports: readonly ReportRow[], open: readonly FoundContradiction[]) {
  const disputed = new Set(open.flatMap(({ sides }) => sides.map(({ figure }) => figure.id)));
  const quoted = reports.flatMap(({ figures }) => figureRefsSchema.parse(figures).map(({ id }) => id));
  const ids = quoted.filter((id) => !disputed.has(id));
  const rows = await db.figure.findMany({
    where: { id: { in: ids } },
    orderBy: [{ asOf: "desc" }, { revision: "desc" }],
  });
  const wanted = Object.entries(HEADLINE).map(
    ([name, method]) => [name, rows.find((row) => method.test(row.method))] as const,
  );
  const found = wanted.flatMap(([name, row]) => (row ? [{ name, row }] : []));
  const stale = new Set((await staleFigures(found.map(({ row }) => row))).map(({ id }) => id));
  const sound = found.filter(({ row }) => !stale.has(row.id));
  const none = { growth: null, readiness: null, equity: null, offer: null };
  const headline: CrewOutputs["headline"] = {
    ...none,
    ...Object.fromEntries(sound.map(({ name, row }) => [name, row.id])),
  };
  return { headline, figures: sound.map(({ row }) => toFigure(row)) };
}

async function loadWork(ventureId: string) {
  const [runs, memos, alerts] = await Promise.all([
    db.agentRun.findMany({
      where: { ventureId, task: { notIn: ["ask", "answer", "follow"] }, NOT: { agent: "coordinator" } },
      orderBy: [{ agent: "asc" }, { task: "asc" }, { createdAt: "desc" }],
      distinct: ["agent", "task"],
    }),
    db.memo.findMany({ where: { ventureId, status: { in: [...OPEN_MEMO] } }, orderBy: { createdAt: "asc" } }),
    db.alert.findMany({ where: { ventureId, clearedAt: null }, orderBy: { raisedAt: "asc" } }),
  ]);
  return {
    runs: runs.map(({ agent, task, status, model, createdAt }) => ({
      agent,
      task,
      status,
      model,
      on: dayText(createdAt),
    })),
    memos: memos.map(({ id, title, proposedBy, status, dueAt, expiresAt, reversible }) => {
      const due = dueAt ?? expiresAt;
      return { id, title, from: proposedBy, status, dueOn: dayText(due), irreversible: !reversible };
    }),
    alerts: alerts.map(({ id, kind, severity, title, raisedAt, acknowledgedAt }) => {
      return {
        id,
        kind,
        severity,
        title,
        label: alertRow(kind).label,
        since: dayText(raisedAt),
        noted: acknowledgedAt !== null,
      };
    }),
  };
}

const factsOf = (
  work: Awaited<ReturnType<typeof loadWork>>,
  open: readonly FoundContradiction[],
  today: string,
): CrewFacts => ({
  ...{ ...work, today },
  contradictions: [...quarrels(open.filter(({ explanation }) => explanation === null)).keys()].map((kinds) =>
    kinds.split("|").map((kind) => ({ kind, label: kindWords(kind) })),
  ),
});

export async function readOutputs(actor: Actor, ventureId: string, now: Date): Promise<CrewOutputs> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const today = dayText(now);
  const [rows, found, work] = await Promise.all([
    loadReports(ventureId),
    listContradictions(actor, ventureId),
    loadWork(ventureId),
  ]);
  const open = found.filter(({ explanation }) => explanation === null);
  const held = new Set(open.flatMap(({ sides }) => sides.map(({ id }) => id)));
  const old = new Set(open.flatMap(({ sides }) => sides.filter(({ current }) => !current).map(({ id }) => id)));
  const without = <T extends { id: string }>({ id: _, ...rest }: T) => rest;
  return {
    asOf: today,
    reports: rows
      .filter(({ kind }) => !isRecord(kind) && kind !== STATUS_REPORT)
      .map(({ id, kind, title, version, createdAt, run }) => {
        const said = { agent: run?.agent ?? "rules", title, label: kindWords(kind), version };
        return { ...said, writtenOn: dayText(createdAt), held: held.has(id), outdated: old.has(id) };
      }),
    runs: work.runs,
    memos: work.memos.map(without),
    alerts: work.alerts.map(without),
    contradictions: found.map(({ label, explanation, sides }) => {
      const reports = sides.map(({ kind, current }) => ({ label: kindWords(kind), outdated: !current }));
      return { label, explained: explanation !== null, reports };
    }),
    matters: mattersOf(factsOf(work, found, today)),
    ...(await headlineOf(rows, open)),
  };
}

/** What the Coordinator itself writes: it does not read its own words as an output of the crew. */
export const STATUS_REPORT = "stage-status-report";
