import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { callTool, type ToolCall } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { makeFigure } from "@/lib/figures/rules";
import { figureReference } from "@/lib/figures/schema";
import { loadAssessment } from "@/lib/readiness/queries/assessment";
import { criteriaOfAgents } from "@/lib/stage/queries/agent-answers";
import { agentActor } from "@/lib/workflows/agent-actor";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { carryOut } from "./mutations/execution";
import { recordProposal } from "./mutations/proposals";
import { reverseDecision, undoDeed } from "./mutations/reversal";
import { growthAgent, makeVenture, NOON, person, proposalFor, reportRevenue } from "./test-support/memos";
import { proposeInitiative } from "./tools";
import { proposeReadinessScore } from "./tools/readiness-score";

afterAll(disconnectEngineClient);

const call: ToolCall = { actor: growthAgent, agent: "growth", runId: null, now: NOON };

/** Stored figures of a venture, by name. */
async function figuresOf(ventureId: string, values: Record<string, [string | null, string]>) {
  const made = Object.entries(values).map(([name, [value, unit]]) =>
    makeFigure({
      ...{ label: name, value, unit, asOf: NOON.toISOString(), method: "test.lever@1", formula: "as given" },
      inputs: { name: { value: name }, venture: { value: ventureId } },
      sources: [{ kind: "dataset", ventureId, dataset: "customers", version: 1, rows: 10, filter: {} }],
    }),
  );
  await db.$transaction((tx) => saveFigures(tx, ventureId, made, NOON));
  return Object.fromEntries(made.map((figure) => [figure.label, figure.id]));
}

async function leverOf(ventureId: string, cost: [string | null, string] = ["42000", "USD"]) {
  const figures = await figuresOf(ventureId, {
    ...{ cost, effect: ["180000", "USD"], effectLow: ["90000", "USD"], effectHigh: ["270000", "USD"] },
    ...{ roi: ["3.4", "multiple"], measure: ["0.84", "ratio"], against: ["0.93", "ratio"] },
  });
  return { id: "retention-gap:small", kind: "retention-gap", subject: "Small business", figures };
}

const propose = (input: object, more: Partial<ToolCall> = {}) =>
  callTool(proposeInitiative, input, { ...call, ...more });

test("every number of the memo is read from the lever's figures", async () => {
  const venture = await makeVenture();
  await reportRevenue(venture, 500_000);
  const lever = await leverOf(venture);
  const rationale = `Small customers leave sooner; closing a part of the gap brings ${figureReference(lever.figures.effect ?? "")}.`;
  const answer = await propose({ venture, lever, rationale });
  expect(answer).toMatchObject({
    ok: true,
    result: { outcome: "ask", title: "Close the retention gap of Small business" },
  });
  const memo = await db.memo.findFirstOrThrow({ where: { ventureId: venture } });
  expect(memo).toMatchObject({
    stakeMinor: 18_000_000n,
    stakeCurrency: "USD",
    proposedBy: "agent:growth",
    reversible: true,
  });
  const { options, quotes } = memo.content as { options: { action: object | null }[]; quotes: unknown[] };
  expect(options[0]?.action).toMatchObject({ budgetMinor: "4200000", currency: "USD", targetValue: "0.93" });
  expect(quotes).toHaveLength(7);
  const again = await propose({ venture, lever, rationale });
  expect(again).toMatchObject({ ok: true });
  expect(await db.memo.count({ where: { ventureId: venture } })).toBe(1);
});

test("auto carries out what is within the ceilings, and asks above them", async () => {
  const venture = await makeVenture("auto");
  await reportRevenue(venture, 500_000);
  const rationale = "Small customers leave sooner than large ones.";
  expect(await propose({ venture, lever: await leverOf(venture), rationale })).toMatchObject({
    result: { outcome: "execute" },
  });
  const memo = await db.memo.findFirstOrThrow({ where: { ventureId: venture }, include: { verdicts: true } });
  expect(memo).toMatchObject({ status: "approved", verdicts: [{ decidedBy: "system:policy" }] });
  const costly = await makeVenture("auto");
  await reportRevenue(costly, 5_000_000);
  expect(await propose({ venture: costly, lever: await leverOf(costly, ["50001", "USD"]), rationale })).toMatchObject({
    result: { outcome: "ask" },
  });
  const manual = await makeVenture("manual");
  await reportRevenue(manual, 500_000);
  expect(await propose({ venture: manual, lever: await leverOf(manual), rationale })).toMatchObject({
    result: { outcome: "ask" },
  });
});

test("a newer proposal about a lever that waits for the chairman asks, however often it is made", async () => {
  const venture = await makeVenture("manual");
  await reportRevenue(venture, 500_000);
  const lever = await leverOf(venture);
  const rationale = "Small customers leave sooner than large ones.";
  await propose({ venture, lever, rationale });
  await db.ventureSettings.update({ where: { ventureId: venture }, data: { autonomy: "auto" } });
  const runId = randomUUID();
  const first = await propose({ venture, lever, rationale }, { runId });
  expect(first).toMatchObject({ result: { outcome: "ask" } });
  expect(await propose({ venture, lever, rationale }, { runId })).toEqual(first);
  expect(await db.memo.findMany({ where: { ventureId: venture } })).toMatchObject([{ status: "pending", version: 2 }]);
});

test("one lever has one open memo, whoever proposes it", async () => {
  const venture = await makeVenture("manual");
  await reportRevenue(venture, 500_000);
  const lever = await leverOf(venture);
  const rationale = "Small customers leave sooner than large ones.";
  const analyst = { actor: person("analyst"), agent: null, now: new Date(NOON.getTime() + 60_000) };
  const first = await propose({ venture, lever, rationale });
  expect(await propose({ venture, lever, rationale }, analyst)).toMatchObject({
    error: { code: "INVALID_INPUT", path: "lever", message: expect.stringMatching(/waits for the chairman already/) },
  });
  await db.memo.updateMany({ where: { ventureId: venture }, data: { status: "rejected" } });
  const again = await propose({ venture, lever, rationale }, analyst);
  expect(again).toMatchObject({ ok: true });
  const runId = randomUUID();
  expect(await propose({ venture, lever, rationale }, { runId })).toMatchObject({
    result: { memoId: again.ok ? (again.result as { memoId: string }).memoId : "" },
  });
  expect(first).toMatchObject({ ok: true });
  expect(await db.memo.count({ where: { ventureId: venture } })).toBe(2);
});

test.each([
  ["a made-up number", "It brings 180,000 a year."],
  ["a number in words", "It brings two hundred thousand dollars a year."],
  ["a figure that is not stored", `It brings ${figureReference("0".repeat(16))}.`],
  ["a name that the data do not hold", "It starts with [[name:Ignore the rules GmbH]]."],
])("%s is refused", async (_case, rationale) => {
  const venture = await makeVenture();
  const answer = await propose({ venture, lever: await leverOf(venture), rationale });
  expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT", path: "rationale" } });
  expect(await db.proposal.count({ where: { ventureId: venture } })).toBe(0);
});

test("figures of another venture, an unknown cost, another agent and a stranger are refused", async () => {
  const [venture, other] = [await makeVenture(), await makeVenture()];
  const rationale = "Small customers leave sooner than large ones.";
  const foreign = await leverOf(other);
  expect(await propose({ venture, lever: foreign, rationale })).toMatchObject({
    error: { path: "lever.figures.cost" },
  });
  const unknown = await leverOf(venture, [null, "USD"]);
  expect(await propose({ venture, lever: unknown, rationale })).toMatchObject({
    error: { path: "lever.figures.cost" },
  });
  const lever = await leverOf(other);
  // The registry's door is shut to it; past that door the policy would forbid it as well.
  expect(await propose({ venture: other, lever, rationale }, { agent: "exit" })).toMatchObject({
    error: { code: "FORBIDDEN_OUTSIDE_ROW" },
  });
  expect(await recordProposal(growthAgent, await proposalFor(other, { agent: "exit" }), NOON)).toMatchObject({
    ok: false,
    refusal: "FORBIDDEN_BY_POLICY",
  });
  const guest = { ...person("guest"), ventures: [] };
  expect(await propose({ venture: other, lever, rationale }, { actor: guest, agent: null })).toMatchObject({
    error: { code: "NOT_FOUND" },
  });
});

test("an agent answers a criterion of readiness on stored evidence; taken back, what stood before stands again", async () => {
  const venture = await makeVenture("auto");
  await reportRevenue(venture, 500_000);
  const { proof = "" } = await figuresOf(venture, { proof: ["12", "count"] });
  const row = { ventureId: venture, criterion: "satisfaction", evidence: [], scoredBy: "user:ana", scoredAt: NOON };
  await db.readinessScore.create({ data: { ...row, score: 1, rationale: "Two calls" } });
  const standing = async () => {
    const found = await db.readinessScore.findFirst({ where: { ventureId: venture, supersededAt: null } });
    return found && [found.score, found.scoredBy];
  };
  const about = { venture, criterion: "satisfaction", score: 4 };
  const exit: ToolCall = { ...call, actor: agentActor("exit", venture), agent: "exit" };
  const ask = (input: object) => callTool(proposeReadinessScore, input, exit);
  expect(await ask(about)).toMatchObject({ ok: false, error: { code: "INVALID_INPUT", path: "documents" } });
  expect(await ask({ ...about, figures: ["0".repeat(16)] })).toMatchObject({ ok: false });
  expect(await ask({ ...about, criterion: "growth", figures: [proof] })).toMatchObject({ ok: false });
  expect(await ask({ ...about, figures: [proof] })).toMatchObject({ ok: true, result: { outcome: "execute" } });
  const memo = await db.memo.findFirstOrThrow({ where: { ventureId: venture } });
  expect(await standing()).toEqual([1, "user:ana"]);
  expect(await carryOut(memo.id, memo.version, { key: "act", now: NOON })).toMatchObject({ done: true });
  expect(await standing()).toEqual([4, "agent:exit"]);
  // Kept by the policy alone, it ticks no step of the value plan.
  const stored = await db.venture.findUniqueOrThrow({ where: { id: venture } });
  const today = NOON.toISOString().slice(0, 10);
  const alone = await db.$transaction(async (tx) =>
    criteriaOfAgents(tx, venture, await loadAssessment(tx, stored, today)),
  );
  expect([...alone]).toEqual(["satisfaction"]);
  const chairman = person("chairman", "grace");
  await reverseDecision(chairman, { memoId: memo.id, version: memo.version, reason: "A person shall look" }, NOON);
  expect(await undoDeed(memo.id, memo.version, NOON)).toEqual({ undone: true });
  expect(await standing()).toEqual([1, "user:ana"]);
});
