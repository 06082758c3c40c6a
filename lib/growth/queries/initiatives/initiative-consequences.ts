import "server-only";
import { db } from "@/lib/db";
import type { ProposalInput, Quote } from "@/lib/decisions/schema";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { escalationMemo, pauseMemo } from "../../rules/initiatives/initiative-memos";
import {
  FAILURES_TO_ESCALATE,
  failuresInARow,
  type Outcome,
  returnTooLow,
} from "../../rules/initiatives/initiative-review";

/** A measurement of which nobody has drawn the consequence yet. */
export const OPEN_CONSEQUENCE = "due";

export type Consequences = { proposals: ProposalInput[]; consequence: "none" | "pause" };

type MeasurementRow = Awaited<ReturnType<typeof db.initiativeMeasurement.findFirstOrThrow>>;
type Refs = Readonly<Record<string, Quote | null>>;

const refsOf = (row: Pick<MeasurementRow, "figures">): Refs => row.figures as unknown as Refs;

async function valueAt(ref: Quote | null | undefined): Promise<Exact | null> {
  if (!ref) return null;
  const row = await db.figure.findUnique({ where: { id_revision: ref }, select: { value: true } });
  return row?.value ? new Exact(row.value) : null;
}

/** What the return of a measured initiative asks for: a pause, and the chairman after three failures in a row. */
export async function draftConsequences(initiativeId: string, reviewOn: string): Promise<Consequences> {
  const row = await db.initiative.findUniqueOrThrow({ where: { id: initiativeId } });
  const measurement = await db.initiativeMeasurement.findUniqueOrThrow({
    where: { initiativeId_reviewOn: { initiativeId, reviewOn: dayDate(reviewOn) } },
  });
  const refs = refsOf(measurement);
  const roi = await valueAt(refs.roi);
  const startedOn = row.startedOn ? dayText(row.startedOn) : null;
  const tooLow = returnTooLow({ status: row.status, startedOn, reviewOn, roi });
  const pause = tooLow ? pauseProposal(row, refs, reviewOn) : null;
  const consequence = pause ? "pause" : "none";
  const escalation = await escalationProposal(row.ventureId, { initiativeId, reviewOn, consequence });
  return { proposals: [pause, escalation].filter((one) => one !== null), consequence };
}

type InitiativeRow = Awaited<ReturnType<typeof db.initiative.findUniqueOrThrow>>;

function pauseProposal(row: InitiativeRow, refs: Refs, reviewOn: string): ProposalInput | null {
  const { roi, gain, gainLow, gainHigh, spend } = refs;
  if (!roi || !gain || !gainLow || !gainHigh || !spend) return null;
  const { id, title, currency, ventureId } = row;
  const memo = pauseMemo({ initiative: { id, title, currency }, roi, gain, gainLow, gainHigh, spend, reviewOn });
  return {
    ...{ ventureId, agent: "growth", runId: null, actionClass: "growth.pause-initiative" },
    ...{ title: memo.title, rationale: memo.rationale, content: memo.content, stakeMinor: null, stakeCurrency: null },
    dedupeKey: `growth.pause-initiative:${id}:${reviewOn}`,
  };
}

type Latest = { initiativeId: string; reviewOn: string; consequence: string };

async function outcomesOf(
  ventureId: string,
  latest: Latest,
): Promise<(Outcome & { title: string; ref: Quote | null })[]> {
  const rows = await db.initiativeMeasurement.findMany({
    where: { ventureId },
    orderBy: { reviewOn: "desc" },
    distinct: ["initiativeId"],
    include: { initiative: { select: { title: true, endedOn: true } } },
  });
  return Promise.all(
    rows.map(async (row) => {
      const ref = refsOf(row).roi ?? null;
      const isLatest = row.initiativeId === latest.initiativeId && dayText(row.reviewOn) === latest.reviewOn;
      const consequence = isLatest ? latest.consequence : row.consequence;
      return {
        ...{ initiativeId: row.initiativeId, on: dayText(row.reviewOn), title: row.initiative.title, ref },
        verdict: row.verdict as Outcome["verdict"],
        roi: await valueAt(ref),
        lowReturn: consequence === "pause",
        ended: row.initiative.endedOn !== null,
      };
    }),
  );
}

/** Once for a row of failures, however long it grows: it is named by its oldest. */
async function escalationProposal(ventureId: string, latest: Latest): Promise<ProposalInput | null> {
  const outcomes = await outcomesOf(ventureId, latest);
  const failures = failuresInARow(outcomes);
  const [newest, oldest] = [failures[0], failures.at(-1)];
  if (failures.length < FAILURES_TO_ESCALATE || newest?.initiativeId !== latest.initiativeId || !oldest) return null;
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const running = await db.initiative.findMany({
    where: { ventureId, status: "running" },
    orderBy: { id: "asc" },
    select: { id: true, title: true },
  });
  const titled = new Map(outcomes.map((outcome) => [outcome.initiativeId, outcome]));
  const { id, name, currency } = venture;
  const memo = escalationMemo({
    venture: { id, name, currency },
    failures: failures.map(({ initiativeId, on }) => {
      const outcome = titled.get(initiativeId);
      return { title: outcome?.title ?? "", on, roi: outcome?.roi ? (outcome.ref ?? null) : null };
    }),
    running,
  });
  return {
    ...{ ventureId, agent: "growth", runId: null, actionClass: "growth.review-strategy" },
    ...{ title: memo.title, rationale: memo.rationale, content: memo.content, stakeMinor: null, stakeCurrency: null },
    dedupeKey: `growth.review-strategy:${ventureId}:${oldest.initiativeId}`,
  };
}
