import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { withQuotes } from "@/lib/decisions/rules/initiative-memo";
import { preparationMemo } from "@/lib/decisions/rules/preparation-memo";
import { AppError } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { getExitCase } from "../queries/exit-case";
import { findRun, loadStageMove } from "../queries/run-facts";
import { lockStage, recordStage, writeMove } from "./run";

/**
 * Conditions favour an exit: the Coordinator proposes to begin 40.2. The policy executes it or asks the chairman, as for
 * everything that an agent proposes. Once for each occasion.
 */
export async function proposePreparation(runId: string, coordinator: Actor, now: Date): Promise<void> {
  await engineClient();
  const found = await atOneMoment(async (tx) => {
    const run = await findRun(tx, runId);
    if (!run) throw new AppError("NOT_FOUND");
    const { move } = await loadStageMove(tx, run, now);
    return move.kind === "prepare" ? { run, move } : null;
  });
  if (!found) return;
  const { run, move } = found;
  const { ventureId } = run;
  const exit = await getExitCase(coordinator, ventureId, now);
  const { equity, buyers, completeness } = exit.figures;
  const told = [equity, buyers, completeness].flatMap((figure) => (figure && figure.value !== null ? [figure] : []));
  const refs = await fencedTransaction((tx) => saveFigures(tx, ventureId, told, now));
  const { name: venture, currency } = exit.venture;
  const figures = told.map(({ id, label }) => ({ label, figure: id }));
  const draft = preparationMemo({ ventureId, venture, currency, why: move.why, figures });
  const content = withQuotes(draft.content, new Map(refs.map(({ id, revision }) => [id, revision])));
  if (!content) throw new AppError("INTERNAL");
  const { title, rationale, actionClass } = draft;
  const proposal = { ventureId, agent: "coordinator" as const, runId: null, title, rationale, content, actionClass };
  const dedupeKey = `stage:${runId}:${move.cause}`;
  const stakes = { stakeMinor: null, stakeCurrency: null };
  const made = await recordProposal(coordinator, { ...proposal, ...stakes, dedupeKey, expiresInDays: 60 }, now);
  const memoId = made.ok ? made.value.memoId : null;
  const text = made.ok ? `${title}: proposed. ${move.why}` : `${title}: not proposed, ${made.refusal}.`;
  await fencedTransaction(async (tx) => {
    await lockStage(tx, ventureId);
    const note = { kind: "asked" as const, cause: move.cause, text, by: coordinator.ref };
    if (!(await writeMove(tx, runId, memoId ? { ...note, memoId } : note, now))) return;
    await recordStage(tx, run, "preparation-proposed", coordinator.ref, { memoId, why: move.why }, now);
  });
}
