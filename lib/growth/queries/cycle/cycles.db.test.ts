import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { growthAgent, makeVenture, NOON, person, proposalFor } from "@/lib/decisions/test-support/memos";
import { nextCycleMove } from "../../rules/cycle/cycle";
import { readCycleFacts } from "./cycles";

const ana = person("analyst", "ana");

/** A turn that waits for the answers to what its analysis proposed. */
async function deciding(ventureId: string) {
  await db.stageRecord.create({ data: { ventureId, ordinal: 1, enteredAt: NOON, openSubstages: ["40.1"] } });
  const run = await db.agentRun.create({
    data: {
      ...{ ventureId, agent: "growth", task: "analysis", input: {}, status: "succeeded" as const },
      ...{ model: "built-in analyst", startedBy: "system:growth" },
    },
  });
  const cycle = await db.growthCycle.create({
    data: {
      ...{ ventureId, ordinal: 1, phase: "decide" as const, runId: run.id, phaseAt: NOON },
      ...{ openedOn: NOON, reviewOn: new Date("2027-02-22T00:00:00Z"), openedAt: NOON, openedBy: "system:growth" },
    },
  });
  return { runId: run.id, facts: () => readCycleFacts(db, cycle) };
}

const CASES = [
  ["its own of before, which it wrote anew", growthAgent, "growth"],
  ["that of a person, which it left as it is", ana, null],
] as const;

test.each(CASES)("a turn waits for a memo about the same lever: %s", async (_, proposer, agent) => {
  const ventureId = await makeVenture();
  const older = await recordProposal(proposer, await proposalFor(ventureId, { agent, title: "Before" }), NOON);
  const { runId, facts } = await deciding(ventureId);
  expect(nextCycleMove(await facts(), NOON)).toEqual({ kind: "advance", to: "execute" });
  const again = await proposalFor(ventureId, { runId, title: "Again" });
  const met = await recordProposal(growthAgent, again, NOON);
  if (!older.ok || !met.ok) throw new Error("refused");
  expect(met.value).toMatchObject({ memoId: older.value.memoId, outcome: "ask" });
  expect(await recordProposal(growthAgent, again, NOON)).toMatchObject({
    value: { memoId: older.value.memoId, proposalId: met.value.proposalId, repeated: true },
  });
  expect(await db.memo.count({ where: { ventureId } })).toBe(1);
  expect(await facts()).toMatchObject({ openMemos: 1 });
  expect(nextCycleMove(await facts(), NOON).kind).toBe("wait");
  const { version } = await db.memo.findUniqueOrThrow({ where: { id: met.value.memoId } });
  expect(version).toBe(agent === null ? 1 : 2);
  await db.memo.update({ where: { id: met.value.memoId }, data: { status: "rejected" } });
  expect(nextCycleMove(await facts(), NOON)).toEqual({ kind: "advance", to: "execute" });
});
