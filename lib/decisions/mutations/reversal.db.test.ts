import { afterAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { listAutomaticDecisions } from "../queries/automatic";
import { listAgentRecords } from "../queries/autonomy/records";
import { getMemo } from "../queries/memo";
import { costFigure, giveRightsBack, makeVenture, NOON, openMemo, person, reportRevenue } from "../test-support/memos";
import { carryOut, readNextMove } from "./execution";
import { reverseDecision, undoDeed } from "./reversal";
import { recordVerdict } from "./verdicts";

afterAll(disconnectEngineClient);

const grace = person("chairman", "grace");
const ada = person("chairman", "ada");
const ana = person("analyst", "ana");
const step = (key: string) => ({ key, now: NOON });
const eventsOf = async (memoId: string) =>
  (await db.event.findMany({ where: { subject: `memo:${memoId}` }, orderBy: { id: "asc" } })).map(({ type, actor }) => [
    type,
    actor,
  ]);

/** A routine proposal at a venture whose autonomy is auto: the policy decides. */
async function automatic(): Promise<{ ventureId: string; memoId: string }> {
  const ventureId = await makeVenture("auto");
  await reportRevenue(ventureId, 500_000);
  // An earlier test's reversal took the right away.
  await giveRightsBack();
  return { ventureId, memoId: await openMemo(ventureId) };
}

const reverse = (memoId: string, who = grace, version = 1) =>
  reverseDecision(who, { memoId, version, reason: "Not this quarter" }, NOON);

describe("what the policy decides by itself", () => {
  test("is recorded with its rule, its rationale and its evidence, carried out, and listed", async () => {
    const { memoId } = await automatic();
    expect(await db.memo.findUniqueOrThrow({ where: { id: memoId } })).toMatchObject({ status: "approved" });
    const event = await db.event.findFirstOrThrow({ where: { subject: `memo:${memoId}` } });
    expect(event).toMatchObject({ type: "memo.approved-by-policy", actor: "agent:growth" });
    expect(event.payload).toMatchObject({
      policy: { outcome: "execute", rule: "auto" },
      rationale: "Small customers leave sooner than large ones.",
      evidence: [{ revision: 1 }],
    });
    expect(await readNextMove(memoId, step("look"))).toEqual({ kind: "execute", version: 1 });
    expect(await carryOut(memoId, 1, step("act"))).toMatchObject({ done: true });
    const { decisions } = await listAutomaticDecisions(grace);
    expect(decisions.find((each) => each.memoId === memoId)).toMatchObject({
      agent: "growth",
      rule: { rule: "auto" },
      figures: 1,
      outcome: "planned",
      carriedOut: true,
      reversed: null,
      mayReverse: true,
    });
    const seen = (await listAutomaticDecisions(ana)).decisions.find((each) => each.memoId === memoId);
    expect(seen).toMatchObject({ mayReverse: false });
    expect((await listAutomaticDecisions({ ...grace, ventures: [] })).decisions).toEqual([]);
    await expect(listAutomaticDecisions(person("admin"))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("is asked again at the moment of acting: autonomy was taken back, so it waits for the chairman", async () => {
    const { ventureId, memoId } = await automatic();
    await db.ventureSettings.update({ where: { ventureId }, data: { autonomy: "assisted" } });
    expect(await carryOut(memoId, 1, step("act"))).toEqual({ done: false, initiativeId: null });
    expect(await db.memo.findUniqueOrThrow({ where: { id: memoId } })).toMatchObject({ status: "pending", version: 2 });
    expect(await eventsOf(memoId)).toEqual([
      ["memo.approved-by-policy", "agent:growth"],
      ["memo.reopened", "system:policy"],
    ]);
    expect(await readNextMove(memoId, step("look"))).toMatchObject({ kind: "wait" });
    expect(await recordVerdict(grace, { verdict: "approved", memoId, version: 2, note: "" }, NOON)).toMatchObject({
      ok: true,
    });
    expect(await carryOut(memoId, 2, step("act again"))).toMatchObject({ done: true });
  });

  test("a figure that changed since, an effort under way and what was overruled go to the chairman", async () => {
    const stale = await makeVenture("auto");
    await reportRevenue(stale, 500_000);
    await db.datasetVersion.create({
      data: { ventureId: stale, dataset: "metric:operating_expenses", version: 2, changedAt: NOON },
    });
    expect(await ruleOf(await openMemo(stale))).toBe("figures-changed");
    const { ventureId, memoId } = await automatic();
    await carryOut(memoId, 1, step("act"));
    expect(await ruleOf(await openMemo(ventureId, { dedupeKey: `second:${ventureId}` }))).toBe("under-way");
    const other = await automatic();
    await reverse(other.memoId);
    await giveRightsBack();
    expect(await ruleOf(await openMemo(other.ventureId, { dedupeKey: `again:${other.ventureId}` }))).toBe(
      "overruled-before",
    );
  });
});

const ruleOf = async (memoId: string) =>
  (
    (await db.memo.findUniqueOrThrow({ where: { id: memoId }, include: { proposal: true } })).proposal.policy as {
      rule: string;
    }
  ).rule;

describe("the chairman reverses it", () => {
  test("after it was carried out: the initiative is stopped once, and the record names both", async () => {
    const { memoId } = await automatic();
    await carryOut(memoId, 1, step("act"));
    expect(await reverse(memoId)).toEqual({ ok: true, value: { version: 2 } });
    const undone = await Promise.all(Array.from({ length: 8 }, () => undoDeed(memoId, 1, NOON)));
    expect(undone).toEqual(Array.from({ length: 8 }, () => ({ undone: true })));
    expect(await db.initiative.findUniqueOrThrow({ where: { memoId } })).toMatchObject({ status: "stopped" });
    expect(await eventsOf(memoId)).toEqual([
      ["memo.approved-by-policy", "agent:growth"],
      ["memo.reversed", "user:grace"],
      ["memo.undone", "system:memo"],
    ]);
    expect(await readNextMove(memoId, step("look"))).toEqual({ kind: "end", status: "reversed" });
    const memo = await getMemo(grace, memoId, NOON);
    expect(memo).toMatchObject({ status: "reversed", may: { decide: false, reverse: false, undoUntil: null } });
    expect(memo.verdicts.map(({ verdict, note }) => [verdict, note])).toEqual([
      ["approved", "Autonomy is auto and every ceiling is respected."],
      ["reversed", "Not this quarter"],
    ]);
    const { decisions } = await listAutomaticDecisions(grace);
    expect(decisions.find((each) => each.memoId === memoId)).toMatchObject({
      reversed: { by: "grace", note: "Not this quarter" },
      mayReverse: false,
    });
    const [record] = await listAgentRecords(grace, NOON);
    expect(record?.answers.automatic).toBeGreaterThan(0);
    expect(record?.reversed).toBeGreaterThan(0);
  });

  test("before it was carried out: nothing is", async () => {
    const { memoId } = await automatic();
    expect(await reverse(memoId)).toMatchObject({ ok: true });
    expect(await carryOut(memoId, 1, step("act"))).toEqual({ done: false, initiativeId: null });
    expect(await undoDeed(memoId, 1, NOON)).toEqual({ undone: false });
    expect(await db.initiative.count({ where: { memoId } })).toBe(0);
  });

  test("of twenty who reverse at once one wins, and against the act of carrying out the end is the same", async () => {
    const { memoId } = await automatic();
    const race = await Promise.all([
      ...Array.from({ length: 10 }, () => reverse(memoId)),
      carryOut(memoId, 1, step("act")),
      ...Array.from({ length: 10 }, () => reverse(memoId, ada)),
    ]);
    const answers = race.filter((answer) => "ok" in answer);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok)).toEqual(
      Array.from({ length: 19 }, () => ({ ok: false, refusal: "CONFLICT" })),
    );
    await undoDeed(memoId, 1, NOON);
    expect(await db.initiative.count({ where: { memoId, status: { not: "stopped" } } })).toBe(0);
    expect((await eventsOf(memoId)).filter(([type]) => type === "memo.reversed")).toHaveLength(1);
  });

  test("a person's approval can be reversed as well, long after its minute", async () => {
    const memoId = await openMemo(await makeVenture());
    await recordVerdict(ada, { verdict: "approved", memoId, version: 1, note: "" }, NOON);
    await carryOut(memoId, 1, step("act"));
    const later = new Date(NOON.getTime() + 40 * 86_400_000);
    const input = { memoId, version: 1, reason: "The market turned" };
    expect(await reverseDecision(grace, input, later)).toMatchObject({ ok: true });
    await undoDeed(memoId, 1, later);
    expect(await db.initiative.findUniqueOrThrow({ where: { memoId } })).toMatchObject({ status: "stopped" });
  });

  test("nobody else can, nobody what cannot be undone, and nobody what is not decided or not theirs to see", async () => {
    const { memoId } = await automatic();
    for (const role of ["analyst", "admin", "guest"] as const) {
      await expect(reverse(memoId, person(role))).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await expect(reverse(memoId, { ...grace, ventures: [] })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await reverse(memoId, grace, 2)).toEqual({ ok: false, refusal: "CONFLICT" });
    await db.memo.update({ where: { id: memoId }, data: { reversible: false } });
    expect(await reverse(memoId)).toEqual({ ok: false, refusal: "IRREVERSIBLE" });
    const open = await openMemo(await makeVenture());
    expect(await reverse(open)).toEqual({ ok: false, refusal: "NOTHING_TO_REVERSE" });
    expect(await db.event.count({ where: { subject: `memo:${memoId}`, type: "memo.reversed" } })).toBe(0);
  });
});

test("a figure that is computed again after the decision does not take it back", async () => {
  const { ventureId, memoId } = await automatic();
  await carryOut(memoId, 1, step("act"));
  await db.$transaction((tx) => saveFigures(tx, ventureId, [costFigure(ventureId, "45000", 2)], NOON));
  expect(await carryOut(memoId, 1, step("act"))).toMatchObject({ done: true });
  expect(await db.initiative.count({ where: { memoId } })).toBe(1);
});
