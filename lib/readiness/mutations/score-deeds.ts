import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Prisma, Tx } from "@/lib/db";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { readinessDataset } from "../queries/assessment";
import type { Evidence } from "../schema/assessment";

/** An agent's answer to a criterion, as a memo has it. */
export type MemoScore = {
  ventureId: string;
  criterion: string;
  score: number;
  rationale: string;
  evidence: readonly Evidence[];
  /** The score that stood when it was proposed. */
  replaces: string | null;
};
type By = { memoId: string; agent: string; now: Date };
type Scored = { score: number | null; rationale: string; evidence: Prisma.InputJsonValue; scoredBy: string };

const standingOf = (tx: Tx, { ventureId, criterion }: MemoScore) =>
  tx.readinessScore.findFirst({ where: { ventureId, criterion, supersededAt: null } });

async function put(tx: Tx, about: MemoScore, row: Scored | null, what: { type: string; by: By }): Promise<void> {
  const { ventureId, criterion } = about;
  const { memoId, agent, now } = what.by;
  await tx.readinessScore.updateMany({
    where: { ventureId, criterion, supersededAt: null },
    data: { supersededAt: now },
  });
  if (row) await tx.readinessScore.create({ data: { ventureId, criterion, ...row, scoredAt: now } });
  await bumpDatasets(tx, ventureId, [readinessDataset(criterion)], now);
  const payload = { criterion, after: row?.score ?? null, rationale: row?.rationale ?? "", memoId };
  const subject = `readiness:${ventureId}:${criterion}`;
  await recordEvent(tx, { ventureId, type: what.type, actor: agent, subject, payload, at: now });
}

/** Part of an approved memo's effect. Where somebody has scored the criterion since it was proposed, theirs stands. */
export async function scoreByMemo(tx: Tx, given: MemoScore, by: By): Promise<void> {
  await lockDatasets(tx, given.ventureId, [readinessDataset(given.criterion)], by.now);
  const standing = await standingOf(tx, given);
  if ((standing?.id.toString() ?? null) !== given.replaces) return;
  const { score, rationale } = given;
  const evidence = given.evidence as unknown as Prisma.InputJsonArray;
  await put(tx, given, { score, rationale, evidence, scoredBy: by.agent }, { type: "readiness.scored", by });
}

/** Takes the agent's answer back: what stood before stands again, unless somebody has scored it since. */
export async function unscoreByMemo(tx: Tx, given: MemoScore, by: By): Promise<void> {
  await lockDatasets(tx, given.ventureId, [readinessDataset(given.criterion)], by.now);
  const standing = await standingOf(tx, given);
  if (standing?.scoredBy !== by.agent || standing.rationale !== given.rationale) return;
  const before = given.replaces ? await tx.readinessScore.findUnique({ where: { id: BigInt(given.replaces) } }) : null;
  const row = before && {
    ...{ score: before.score, rationale: before.rationale, scoredBy: before.scoredBy },
    evidence: before.evidence as Prisma.InputJsonValue,
  };
  await put(tx, given, row, { type: "readiness.score-taken-back", by });
}
