import { listChunks } from "@/lib/agents/queries/chunks";
import { applyChunk, EMPTY_RUN, effectiveLog, lastText } from "@/lib/agents/run-stream";
import { db } from "@/lib/db";
import { engineClient } from "../transport";

export const chunksOf = (runId: string) => listChunks(runId, 0, 10_000);

export const stepsOf = async (runId: string): Promise<string[]> =>
  ((await (await engineClient()).listWorkflowSteps(`run:${runId}`)) ?? []).map((step) => step.name);

export type Traces = Awaited<ReturnType<typeof tracesOf>>;

/** Everything that a run left behind, the same for equal ventures: without times, ids by their order of appearance. */
export async function tracesOf(runId: string) {
  const run = await db.agentRun.findUniqueOrThrow({ where: { id: runId } });
  return withoutIds({
    ...(await saidBy(runId)),
    ...(await writtenAbout(run.ventureId)),
    status: run.status,
    spent: [run.steps, run.tokensIn, run.tokensOut, String(run.costMicros)],
    failure: [run.failure, run.fallback],
    steps: await stepsOf(runId),
  });
}

/** What a reader from the beginning holds. */
async function saidBy(runId: string) {
  const chunks = await chunksOf(runId);
  const gaps = chunks.filter(({ seq }, index) => seq !== index + 1);
  const { view } = chunks.reduce(applyChunk, EMPTY_RUN);
  const items = view.items.map((item) => (item.kind === "tool" ? [item.tool, item.outcome?.summary] : item));
  return {
    ...{ gaps, shown: view.status, text: lastText(view), items, plan: view.plan },
    said: effectiveLog(chunks).map(({ chunk }) => chunk),
  };
}

async function writtenAbout(ventureId: string) {
  const where = { ventureId };
  const artefacts = await db.artefact.findMany({ where, orderBy: { version: "asc" } });
  const proposals = await db.proposal.findMany({ where, orderBy: { createdAt: "asc" } });
  const memos = await db.memo.findMany({
    where,
    orderBy: { createdAt: "asc" },
    include: { versions: true, verdicts: true },
  });
  const events = await db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } });
  return {
    reports: artefacts.map(({ kind, version, title, body, figures }) => ({ kind, version, title, body, figures })),
    proposals: proposals.map(({ id: _, createdAt: _at, ...proposal }) => ({
      ...{ ...proposal, amountMinor: String(proposal.amountMinor) },
    })),
    memos: memos.map(({ status, version, title, content, stakeMinor, versions, verdicts }) => ({
      ...{ status, version, title, content, stake: String(stakeMinor) },
      ...{ versions: versions.length, verdicts: verdicts.length },
    })),
    figures: await figuresOf(ventureId),
    events: events.map((event): [number, string, string] => [event.seq, event.type, event.actor]),
    alerts: await db.alert.count({ where }),
    effects: await db.effect.count({ where }),
    datasets: (await db.datasetVersion.findMany({ where })).map((row) => `${row.dataset} ${row.version}`).toSorted(),
  };
}

/** Hashes of ids have no order of their own: as lines in order. */
async function figuresOf(ventureId: string): Promise<string[]> {
  const rows = await db.figure.findMany({ where: { ventureId }, include: { dependencies: true } });
  const lines = rows.map(({ revision, label, value, reason, unit, method, formula, inputs, sources, dependencies }) =>
    JSON.stringify({
      ...{ revision, label, value, reason, unit, method, formula, inputs, sources },
      needs: dependencies.map(({ kind, version }) => `${kind} ${version}`).toSorted(),
    }).replace(ID, "#"),
  );
  return lines.toSorted();
}

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{16}\b/g;

function withoutIds<T>(value: T): T {
  const names = new Map<string, string>();
  const named = (id: string) => names.get(id) ?? names.set(id, `#${names.size}`).get(id) ?? "";
  return JSON.parse(JSON.stringify(value).replace(ID, named)) as T;
}
