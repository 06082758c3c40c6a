import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { agentActor, policyActor } from "@/lib/workflows/agent-actor";
import { whilePaused } from "@/lib/workflows/pause";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { getPolicyPage } from "../../queries/autonomy/page";
import { getAgentRecord, listAgentRecords } from "../../queries/autonomy/records";
import { getMemo } from "../../queries/memo";
import type { PolicyResult } from "../../rules/policy";
import type { Action } from "../../schema";
import { setRowSchema } from "../../schema/autonomy";
import {
  contentFor,
  giveRightsBack,
  makeVenture,
  NOON,
  openMemo,
  person,
  proposalFor,
  reportRevenue,
} from "../../test-support/memos";
import { carryOut } from "../execution";
import { reverseDecision, undoDeed } from "../reversal";
import { recordVerdict } from "../verdicts";
import { demoteForBreach } from "./demotion";
import { pauseAll, resumeAll } from "./pause";
import { proposePromotions } from "./promotions";
import { clearRow, liftDemotion, setRow } from "./rows";

afterAll(disconnectEngineClient);
beforeEach(() => giveRightsBack());

const grace = person("chairman", "grace");
const START = { agent: "growth", actionClass: "growth.start-initiative" } as const;
const row = (ventureId: string, more: object = {}) =>
  setRowSchema.parse({
    ventureId,
    ...START,
    level: "auto",
    limitUsd: "45000",
    version: 0,
    reason: "Its record",
    ...more,
  });
const step = (key: string) => ({ key, now: NOON });

async function ventureAt(autonomy: "assisted" | "auto"): Promise<string> {
  const ventureId = await makeVenture(autonomy);
  await reportRevenue(ventureId, 500_000);
  return ventureId;
}

let levers = 0;
/** A routine proposal about a lever of its own; `change` makes of its action what the case is about. */
async function propose(
  ventureId: string,
  change: (action: Action) => Action = (action) => action,
  budgetMinor = "100000",
) {
  levers += 1;
  const lever = `lever-${levers}`;
  const plain = await proposalFor(ventureId);
  const [quote] = plain.content.quotes;
  const content = contentFor(quote?.id ?? "", quote?.revision ?? 1, budgetMinor);
  for (const option of content.options) if (option.action) option.action = change({ ...option.action, lever });
  return openMemo(ventureId, { content, dedupeKey: `${ventureId}:${lever}` });
}
const statusOf = async (id: string) => (await db.memo.findUniqueOrThrow({ where: { id } })).status;
const proposalOf = async (memoId: string) =>
  (await db.memo.findUniqueOrThrow({ where: { id: memoId }, include: { proposal: true } })).proposal;
const ruleOf = async (memoId: string) => ((await proposalOf(memoId)).policy as PolicyResult).rule;
const LATER = new Date(NOON.getTime() + 86_400_000);
const approve = (memoId: string) => recordVerdict(grace, { verdict: "approved", memoId, version: 1, note: "" }, LATER);

describe("what is set for an agent and a class", () => {
  test("lets it act at an assisted venture up to its limit, and is nobody's but a chairman's", async () => {
    const ventureId = await ventureAt("assisted");
    const before = await propose(ventureId);
    expect([await statusOf(before), await ruleOf(before)]).toEqual(["pending", "assisted"]);
    for (const actor of [person("analyst"), person("admin"), agentActor("growth", ventureId), policyActor(ventureId)])
      await expect(setRow(actor, row(ventureId), NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(setRow({ ...grace, ventures: [] }, row(ventureId), NOON)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const wins = await Promise.all([setRow(grace, row(ventureId), NOON), setRow(grace, row(ventureId), NOON)]);
    expect(wins.filter(({ ok }) => ok)).toHaveLength(1);
    const within = await propose(ventureId);
    expect([await statusOf(within), await ruleOf(within)]).toEqual(["approved", "granted"]);
    expect(await ruleOf(await propose(ventureId, undefined, "4500100"))).toBe("above-own-limit");
    expect(await clearRow(grace, { ventureId, ...START, version: 1, reason: "Enough" }, NOON)).toMatchObject({
      ok: true,
    });
    expect(await ruleOf(await propose(ventureId))).toBe("assisted");
    const events = await db.event.findMany({
      where: { chain: ventureId, type: { startsWith: "policy." } },
      orderBy: { seq: "asc" },
    });
    expect(events.map(({ type, actor, payload }) => [type, actor, (payload as { reason: string }).reason])).toEqual([
      ["policy.set", "user:grace", "Its record"],
      ["policy.cleared", "user:grace", "Enough"],
    ]);
  });

  test("raises no ceiling, in the rule, in the form or in the database", async () => {
    const ventureId = await makeVenture("assisted");
    const asked = { actionClass: "deal.sign-loi", agent: "value" };
    expect(await setRow(grace, row(ventureId, asked), NOON)).toEqual({ ok: false, refusal: "CEILING" });
    expect(await setRow(grace, row(ventureId, { agent: "exit" }), NOON)).toEqual({
      ok: false,
      refusal: "NOT_ITS_CLASS",
    });
    expect(setRowSchema.safeParse({ ...row(ventureId), limitUsd: "50000.01" }).success).toBe(false);
    const stored = { ventureId, ...START, level: "auto", setAt: NOON, reason: "By the back door" } as const;
    for (const data of [
      { ...stored, setBy: "agent:growth" },
      { ...stored, setBy: "user:grace", limitUsd: "50000.01" },
    ])
      await expect(db.policyRow.create({ data })).rejects.toThrow(/policy_row_/);
    const other = await ventureAt("assisted");
    await setRow(grace, row(other, { limitUsd: null }), NOON);
    expect(await ruleOf(await propose(other, undefined, "5000001"))).toBe("above-amount");
  });
});

test("routine proposals need nobody and exceptional ones all wait, through the same door", async () => {
  const ventures = await Promise.all(Array.from({ length: 4 }, () => ventureAt("auto")));
  const routine = [];
  for (const ventureId of [...ventures, ...ventures]) routine.push(await propose(ventureId, undefined, "1000000"));
  expect(await Promise.all(routine.map(statusOf))).toEqual(routine.map(() => "approved"));
  const outbound = [{ endpointId: crypto.randomUUID(), name: "Agency", url: "https://agency.example" }];
  const odd: [string, (action: Action) => Action, string][] = [
    ["above-amount", (action) => action, "5000001"],
    ["rate-unknown", (action) => ({ ...action, currency: "XTS" }), "100000"],
    ["sent-outside", (action) => ({ ...action, outbound }) as Action, "100000"],
    // Ten thousand twice and thirty-one thousand at one venture are one commitment of fifty-one thousand.
    ["adds-up", (action) => action, "3100000"],
  ];
  for (const [index, ventureId] of ventures.entries()) {
    const [rule, change, budget] = odd[index % odd.length] ?? (odd[0] as (typeof odd)[number]);
    const memoId = await propose(ventureId, change, budget);
    expect([await statusOf(memoId), await ruleOf(memoId)]).toEqual(["pending", rule]);
  }
});

test("a reversal takes the right away everywhere at once, until a chairman gives it back", async () => {
  const [here, there] = [await ventureAt("auto"), await ventureAt("auto")];
  const [memoId, waiting] = [await propose(here), await propose(there)];
  expect(await reverseDecision(grace, { memoId, version: 1, reason: "Not now" }, NOON)).toMatchObject({ ok: true });
  const demotion = await db.demotion.findFirstOrThrow({ where: { ...START, liftedAt: null } });
  expect(demotion).toMatchObject({ rule: "reversal", evidence: [`memo:${memoId}`] });
  expect(await db.alert.findFirst({ where: { kind: "agent-demoted", clearedAt: null } })).toMatchObject({
    title: "The Growth agent may no longer start a growth initiative by itself",
  });
  // What was decided by itself and is not carried out yet waits for the chairman, and so does what comes.
  expect(await carryOut(waiting, 1, step("act"))).toEqual({ done: false, initiativeId: null });
  expect(await statusOf(waiting)).toBe("pending");
  expect(await ruleOf(await propose(there))).toBe("demoted");
  const lift = { demotionId: demotion.id, reason: "An honest mistake" };
  await expect(liftDemotion(agentActor("growth", here), lift, NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await liftDemotion(grace, lift, NOON)).toMatchObject({ ok: true });
  expect(await liftDemotion(grace, lift, NOON)).toEqual({ ok: false, refusal: "CONFLICT" });
  expect(await ruleOf(await propose(there))).toBe("auto");
  expect(await db.alert.count({ where: { kind: "agent-demoted", clearedAt: null } })).toBe(0);
  // A breach takes all that the agent may do by itself.
  const why = { rule: "breach", sentence: "It reached for another agent's tool.", evidence: [] } as const;
  expect(await db.$transaction((tx) => demoteForBreach(tx, "growth", why, NOON))).toBe(3);
  expect(await db.$transaction((tx) => demoteForBreach(tx, "growth", why, NOON))).toBe(0);
});

test("a record that meets the rule is proposed once, as a memo; only the chairman's yes changes anything", async () => {
  const ventureId = await ventureAt("assisted");
  await db.venture.update({ where: { id: ventureId }, data: { stage: "active" } });
  await db.memo.updateMany({ where: { status: "approved" }, data: { status: "withdrawn" } });
  for (let index = 0; index < 20; index += 1)
    expect(await approve(await propose(ventureId))).toMatchObject({ ok: true });
  const record = (await listAgentRecords(grace, LATER)).find(({ actionClass }) => actionClass === START.actionClass);
  expect(record?.shadow).toMatchObject({ agreed: record?.shadow.wouldExecute });
  const { cases, promotion } = await getAgentRecord(grace, START, LATER);
  expect(cases[0]).toMatchObject({ shadow: "execute", answer: "as-proposed", right: true });
  expect(cases[0]?.probability).toBeGreaterThan(0.9);
  expect(promotion.find(({ venture }) => venture.slug.length > 0)?.criteria.length).toBe(7);
  expect(await proposePromotions(policyActor, LATER)).toBe(1);
  expect(await proposePromotions(policyActor, LATER)).toBe(0);
  const memo = await db.memo.findFirstOrThrow({ where: { ventureId, proposal: { actionClass: "policy.promote" } } });
  expect(memo).toMatchObject({ status: "pending", proposedBy: "system:policy" });
  expect((await proposalOf(memo.id)).policy).toMatchObject({ outcome: "ask", rule: "policy-change" });
  expect(await db.policyRow.count({ where: { ventureId } })).toBe(0);
  expect(await approve(memo.id)).toMatchObject({ ok: true });
  await carryOut(memo.id, 1, { key: "promote", now: LATER });
  const set = await db.policyRow.findFirstOrThrow({ where: { ventureId } });
  expect(set).toMatchObject({ ...START, level: "auto", setBy: "user:grace", memoId: memo.id });
  expect(set.limitUsd?.toString()).toBe("1000");
  expect(await ruleOf(await propose(ventureId))).toBe("granted");
  const reversed = await reverseDecision(grace, { memoId: memo.id, version: 1, reason: "Too early" }, LATER);
  expect(reversed).toMatchObject({ ok: true });
  await undoDeed(memo.id, 1, LATER);
  expect(await db.policyRow.count({ where: { ventureId } })).toBe(0);
  expect((await getMemo(grace, memo.id, LATER)).outcome).toMatchObject({ action: "policy.promote", undone: true });
  // One that still waits says what was: a reversal makes it untrue, and takes it off the desk.
  await db.memo.update({ where: { id: memo.id }, data: { status: "pending" } });
  const wrong = { memoId: cases[0]?.memoId ?? "", version: 1, reason: "It was not right" };
  expect(await reverseDecision(grace, wrong, LATER)).toMatchObject({ ok: true });
  expect(await statusOf(memo.id)).toBe("withdrawn");
  const over = await getMemo(grace, memo.id, LATER);
  expect([over.outcome, over.withdrawn]).toEqual([null, "The record meets the rule of promotion no more"]);
});

test("a pause stops what agents decide and do before their next step, until it ends; of two who pause one does", async () => {
  const ventureId = await ventureAt("auto");
  const decided = await propose(ventureId);
  await expect(pauseAll(person("analyst"), "No", NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const both = await Promise.all([pauseAll(grace, "Audit", NOON), pauseAll(grace, "Audit", NOON)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const page = await getPolicyPage(grace);
  expect(page.pause).toMatchObject({ reason: "Audit", by: "grace" });
  expect(await ruleOf(await propose(ventureId))).toBe("paused");
  expect(await carryOut(decided, 1, step("act"))).toEqual({ done: false, initiativeId: null });
  let over = false;
  const agent = whilePaused().then(() => {
    over = true;
  });
  await whilePaused(async () => true);
  expect(over).toBe(false);
  expect(await resumeAll(grace, page.pause?.id ?? "", NOON)).toMatchObject({ ok: true });
  await agent;
  expect(await ruleOf(await propose(ventureId))).toBe("auto");
  expect((await getPolicyPage(grace)).changes.slice(0, 2).map(({ type }) => type)).toEqual([
    "agents.resumed",
    "agents.paused",
  ]);
});
