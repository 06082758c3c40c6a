import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { reverseDecision, undoDeed } from "@/lib/decisions/mutations/reversal";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { person } from "@/lib/decisions/test-support/memos";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listFigureViews } from "@/lib/figures/queries";
import { makeVenture } from "@/lib/metrics/test-support/facts";
import { reportSchema } from "@/lib/reports/schema";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { findInitiative } from "../../queries/initiatives/initiative";
import { getInitiatives } from "../../queries/initiatives/initiatives";
import { standingId } from "../../rules/initiatives/initiative-figures";
import type { PlanChange, SpendInput } from "../../schema/initiatives";
import { beginInitiative, later, makePerson, NOON, rowOf, versionOf } from "../../test-support/initiatives";
import { adoptInitiative } from "./initiative-adoption";
import { requestBudget } from "./initiative-budget";
import { addNote, editPlan, moveTo } from "./initiative-plan";
import { raiseReminders } from "./initiative-reminders";
import { recordSpend, reverseSpend } from "./initiative-spend";

afterAll(disconnectEngineClient);

let ana: Awaited<ReturnType<typeof makePerson>>;
let grace: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  [ana, grace] = [await makePerson("analyst"), await makePerson("chairman")];
});

const change = async (initiativeId: string, wanted: PlanChange, version: number | null = null) =>
  editPlan(ana.actor, { initiativeId, version: version ?? (await versionOf(initiativeId)), change: wanted }, NOON);

const planOf = async (id: string) => {
  const rows = await db.artefact.findMany({ where: { kind: `strategy-plan:${id}` }, orderBy: { version: "asc" } });
  return rows.map((row) => ({
    version: row.version,
    text: JSON.stringify(row.body),
    figures: row.figures as { id: string }[],
  }));
};
const eventsOf = async (id: string) =>
  (await db.event.findMany({ where: { subject: `initiative:${id}` }, orderBy: { id: "asc" } })).map(({ type }) => type);

describe("an approved lever", () => {
  test("becomes a plan with milestones, tasks, review date and an artefact that quotes figures", async () => {
    const { id, ventureId } = await beginInitiative();
    const view = await findInitiative(ana.actor, id, ventureId);
    expect(view).toMatchObject({
      ...{ status: "planned", owner: null, version: 1, startsOn: "2026-11-22", reviewOn: "2027-02-20" },
      leadingMetric: { key: "churned_customers" },
      milestones: [
        {
          title: "Interview customers who left",
          dueOn: "2026-12-06",
          tasks: [{ title: "Interview customers who left" }],
        },
        { title: "First measure in place", dueOn: "2026-12-22", reachedOn: null },
      ],
      figures: { budget: { value: "10000", unit: "EUR" }, spent: { value: "0" } },
    });
    const [plan] = await planOf(id);
    const { blocks } = reportSchema.parse(JSON.parse(plan?.text ?? "{}"));
    expect(blocks.filter(({ kind }) => kind === "heading")).toHaveLength(7);
    expect(plan?.figures).toHaveLength(6);
    // Every number is a reference: what is left are days and words.
    const words = JSON.stringify(blocks).replace(/\[\[fig:[0-9a-f]{16}\]\]|\d{1,2} [A-Z][a-z]+ \d{4}|"level":\d/g, "");
    expect(words).not.toMatch(/\d/);
  });

  test("is reviewed as often as the profile says, or sooner where the memo does", async () => {
    const { id, ventureId } = await beginInitiative({ reviewAfterDays: 365 });
    expect((await rowOf(id)).reviewOn.toISOString().slice(0, 10)).toBe("2027-02-22");
    await db.ventureSettings.create({ data: { ventureId, profile: "aggressive", autonomy: "auto" } });
    const monthly = await beginInitiative({}, ventureId);
    expect(await rowOf(monthly.id)).toMatchObject({ reviewMonths: 1, reviewOn: new Date("2026-12-22T00:00:00Z") });
  });

  test("cannot start without a person, then starts once, and its baseline stays", async () => {
    const { id } = await beginInitiative();
    const start = async () =>
      moveTo(ana.actor, { initiativeId: id, version: await versionOf(id), to: "running", reason: "" }, NOON);
    expect(await start()).toMatchObject({ ok: false, refusal: "NO_OWNER" });
    expect(await change(id, { kind: "assign-owner", ownerId: ana.id })).toMatchObject({
      ok: true,
      value: { version: 2 },
    });
    expect(await start()).toMatchObject({ ok: true, value: { version: 3 } });
    expect(await start()).toMatchObject({ ok: false, refusal: "ALREADY_SO" });
    expect(await rowOf(id)).toMatchObject({ status: "running", startedOn: new Date("2026-11-22T00:00:00Z") });
    expect(await eventsOf(id)).toEqual(["initiative.plan-changed", "initiative.running"]);
    expect((await planOf(id)).map(({ version }) => version)).toEqual([1, 2, 3]);
    expect((await planOf(id)).at(-1)?.text).toContain(ana.name);
  });
});

describe("changes", () => {
  test("of two people on one version one wins, and the other is told", async () => {
    const { id } = await beginInitiative();
    const both = await Promise.all([
      change(id, { kind: "add-task", milestone: 1, title: "Call ten", dueOn: "2026-12-01" }, 1),
      change(id, { kind: "add-task", milestone: 1, title: "Call twenty", dueOn: "2026-12-01" }, 1),
    ]);
    expect(both.map((one) => (one.ok ? "ok" : one.refusal)).sort()).toEqual(["CONFLICT", "ok"]);
    expect(await db.initiativeTask.count({ where: { initiativeId: id } })).toBe(3);
    expect(await versionOf(id)).toBe(2);
    expect(await db.initiativeChange.count({ where: { initiativeId: id } })).toBe(2);
    expect(await planOf(id)).toHaveLength(2);
  });

  test("a tick says who and when, writes no new plan, and can be taken off", async () => {
    const { id } = await beginInitiative();
    expect(await change(id, { kind: "finish-task", task: 1, doneOn: "2026-11-22" })).toMatchObject({ ok: true });
    const key = { initiativeId_position: { initiativeId: id, position: 1 } };
    expect(await db.initiativeTask.findUnique({ where: key })).toMatchObject({ doneBy: ana.actor.ref, doneAt: NOON });
    expect(await planOf(id)).toHaveLength(1);
    expect(await change(id, { kind: "reopen-task", task: 1 })).toMatchObject({ ok: true });
    expect(await db.initiativeTask.findUnique({ where: key })).toMatchObject({
      doneBy: null,
      doneAt: null,
      doneOn: null,
    });
  });

  test("an owner is a person of the holding who sees the venture", async () => {
    const { id, ventureId } = await beginInitiative();
    const guest = await makePerson("guest");
    const gone = await makePerson("analyst");
    await db.user.update({ where: { id: gone.id }, data: { disabledAt: NOON } });
    const elsewhere = await makePerson("analyst");
    const other = await beginInitiative();
    await db.ventureGrant.create({ data: { userId: elsewhere.id, ventureId: other.ventureId } });
    for (const ownerId of [guest.id, gone.id, elsewhere.id, randomUUID()]) {
      expect(await change(id, { kind: "assign-owner", ownerId })).toMatchObject({ refusal: "NO_SUCH_PERSON" });
    }
    await db.ventureGrant.create({ data: { userId: elsewhere.id, ventureId } });
    expect(await change(id, { kind: "assign-owner", ownerId: elsewhere.id })).toMatchObject({ ok: true });
    expect(await change(id, { kind: "set-leading-metric", metric: "no_such" })).toMatchObject({
      refusal: "NO_SUCH_METRIC",
    });
  });

  test("only the chairman pauses, lets go on and stops; a stranger sees nothing", async () => {
    const { id, ventureId } = await beginInitiative();
    await change(id, { kind: "assign-owner", ownerId: ana.id });
    const move = async (actor: typeof ana.actor, to: "running" | "paused" | "stopped", reason = "why") =>
      moveTo(actor, { initiativeId: id, version: await versionOf(id), to, reason }, NOON);
    await move(ana.actor, "running");
    await expect(move(ana.actor, "paused")).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await move(grace.actor, "paused", "The market turned")).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ status: "paused", statusReason: "The market turned" });
    await expect(move(ana.actor, "running")).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await move(grace.actor, "running")).toMatchObject({ ok: true });
    expect(await move(grace.actor, "stopped")).toMatchObject({ ok: true });
    expect(await move(grace.actor, "running")).toMatchObject({ refusal: "HAS_ENDED" });
    const stranger = await makePerson("analyst", []);
    await expect(
      editPlan(stranger.actor, { initiativeId: id, version: 1, change: { kind: "remove-task", task: 1 } }, NOON),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await findInitiative(stranger.actor, id, ventureId)).toBeNull();
    const other = await beginInitiative();
    expect(await findInitiative(ana.actor, id, other.ventureId)).toBeNull();
  });

  test("a note stays beside the plan and changes no version", async () => {
    const { id, ventureId } = await beginInitiative();
    expect(await addNote(ana.actor, { initiativeId: id, text: "Spoke with the team." }, NOON)).toMatchObject({
      ok: true,
    });
    const view = await findInitiative(ana.actor, id, ventureId);
    expect(view).toMatchObject({ version: 1, notes: [{ text: "Spoke with the team.", by: ana.name }] });
  });
});

describe("money", () => {
  const spend = (initiativeId: string, more: Partial<SpendInput> = {}): SpendInput => ({
    ...{
      initiativeId,
      entryKey: randomUUID(),
      kind: "spent",
      amount: "2500.50",
      spentOn: "2026-11-20",
      what: "Agency",
    },
    settlesId: null,
    ...more,
  });
  const figure = async (id: string, ventureId: string, part: "spent" | "committed" | "budget") => {
    const [row] = await db.figure.findMany({
      where: { id: standingId({ id, ventureId }, part) },
      orderBy: { revision: "desc" },
    });
    return row?.value;
  };

  test("is written once per key, counted to the cent, and taken back by another entry", async () => {
    const { id, ventureId } = await beginInitiative();
    const entry = spend(id);
    const twice = await Promise.all([recordSpend(ana.actor, entry, NOON), recordSpend(ana.actor, entry, NOON)]);
    expect(twice[0]).toEqual(twice[1]);
    expect(await db.initiativeSpend.count({ where: { initiativeId: id } })).toBe(1);
    expect(await figure(id, ventureId, "spent")).toBe("2500.5");
    const entryId = twice[0]?.ok ? twice[0].value.entryId : "";
    const back = () =>
      reverseSpend(ana.actor, { initiativeId: id, entryId, entryKey: randomUUID(), reason: "Wrong invoice" }, NOON);
    const both = await Promise.all([back(), back()]);
    expect(both.map((one) => (one.ok ? "ok" : one.refusal)).sort()).toEqual(["ALREADY_CLOSED", "ok"]);
    expect(await figure(id, ventureId, "spent")).toBe("0");
    expect(await db.initiativeSpend.count({ where: { initiativeId: id } })).toBe(2);
    expect(await eventsOf(id)).toEqual(["initiative.spent", "initiative.spend-reversed"]);
  });

  test("two promises at once cannot pass the budget together", async () => {
    const { id } = await beginInitiative();
    const promise = () => recordSpend(ana.actor, spend(id, { kind: "committed", amount: "6000" }), NOON);
    const both = await Promise.all([promise(), promise()]);
    expect(both.map((one) => (one.ok ? "ok" : one.refusal)).sort()).toEqual(["OVER_BUDGET", "ok"]);
  });

  test("a payment beyond the budget is a fact: written, said, and an alert until it is taken back", async () => {
    const { id, ventureId } = await beginInitiative();
    const paid = await recordSpend(ana.actor, spend(id, { amount: "10000.01" }), NOON);
    expect(paid).toMatchObject({ ok: true, value: { overMinor: "1" } });
    const alert = () => db.alert.findUnique({ where: { causeKey: `over-budget:${id}` } });
    expect(await alert()).toMatchObject({ ventureId, kind: "over-budget", clearedAt: null });
    const entryId = paid.ok ? paid.value.entryId : "";
    await reverseSpend(ana.actor, { initiativeId: id, entryId, entryKey: randomUUID(), reason: "Wrong" }, later(1));
    expect(await alert()).toMatchObject({ clearedAt: later(1) });
  });

  test.each<[string, Partial<SpendInput>, string]>([
    ["half a cent", { amount: "1.005" }, "TOO_PRECISE"],
    ["nothing", { amount: "0" }, "NOT_POSITIVE"],
    ["tomorrow's payment", { spentOn: "2026-11-23" }, "IN_THE_FUTURE"],
    ["the payment of nothing", { settlesId: randomUUID() }, "NOT_A_COMMITMENT"],
  ])("%s is refused", async (_case, more, refusal) => {
    const { id } = await beginInitiative();
    expect(await recordSpend(ana.actor, spend(id, more), NOON)).toMatchObject({ ok: false, refusal });
    expect(await db.initiativeSpend.count({ where: { initiativeId: id } })).toBe(0);
  });

  test("a promise is settled by its payment, and the figure is computed again the same", async () => {
    const { id, ventureId } = await beginInitiative();
    const promised = await recordSpend(ana.actor, spend(id, { kind: "committed", amount: "4000" }), NOON);
    expect(await figure(id, ventureId, "committed")).toBe("4000");
    const settlesId = promised.ok ? promised.value.entryId : null;
    await recordSpend(ana.actor, spend(id, { amount: "4100", settlesId }), NOON);
    expect(await figure(id, ventureId, "committed")).toBe("0");
    expect(await figure(id, ventureId, "spent")).toBe("4100");
    const again = await recomputeFigure(ana.actor, standingId({ id, ventureId }, "spent"), NOON);
    expect(again).toMatchObject({ ok: true, value: { same: true } });
  });

  test("more than was approved is a memo; approved it raises the budget once, reversed it lowers it again", async () => {
    const { id, ventureId } = await beginInitiative();
    await db.ventureSettings.create({ data: { ventureId, profile: "balanced", autonomy: "auto" } });
    const ask = () =>
      requestBudget(
        ana.actor,
        { initiativeId: id, version: 1, increase: "5000", reason: "The agency costs more." },
        NOON,
      );
    const asked = await ask();
    const memoId = asked.ok ? asked.value.memoId : "";
    expect(await ask()).toEqual(asked);
    const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
    expect(memo).toMatchObject({ status: "pending", stakeMinor: 500_000n, proposedBy: ana.actor.ref });
    expect((await rowOf(id)).budgetMinor).toBe(1_000_000n);
    const helena = person("chairman", grace.id);
    const verdict = { verdict: "approved" as const, memoId, version: 1, note: "" };
    expect(await recordVerdict(helena, verdict, NOON)).toMatchObject({ ok: true });
    const step = { key: "k", now: NOON };
    await carryOut(memoId, 1, step);
    await carryOut(memoId, 1, step);
    expect(await rowOf(id)).toMatchObject({ budgetMinor: 1_500_000n, raisedMinor: 500_000n });
    expect(await figure(id, ventureId, "budget")).toBe("15000");
    expect((await planOf(id)).at(-1)?.version).toBe(2);
    expect(await reverseDecision(helena, { memoId, version: 1, reason: "Too much" }, later(1))).toMatchObject({
      ok: true,
    });
    await undoDeed(memoId, 1, later(1));
    await undoDeed(memoId, 1, later(1));
    expect(await rowOf(id)).toMatchObject({ budgetMinor: 1_000_000n, raisedMinor: 0n });
  });

  test("asking on a version that is gone, or for nothing, is refused", async () => {
    const { id, ventureId } = await beginInitiative();
    await db.ventureSettings.create({ data: { ventureId, profile: "balanced", autonomy: "assisted" } });
    const ask = (version: number, increase: string) =>
      requestBudget(ana.actor, { initiativeId: id, version, increase, reason: "More" }, NOON);
    expect(await ask(7, "5")).toMatchObject({ refusal: "CONFLICT" });
    expect(await ask(1, "0")).toMatchObject({ refusal: "NOT_POSITIVE" });
    expect(await ask(1, "0.001")).toMatchObject({ refusal: "TOO_PRECISE" });
    await expect(
      requestBudget(grace.actor, { initiativeId: id, version: 1, increase: "5", reason: "More" }, NOON),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

test("what began before is taken over by the chairman once, with its work and money", async () => {
  const ventureId = await makeVenture();
  const told = {
    ...{ ventureId, lever: "annual-plan", title: "Annual plan", ownerRole: "Head of Sales", ownerId: ana.id },
    ...{ budget: "5000", metric: "revenue", startedOn: "2026-06-15", reviewOn: "2026-12-01", stopRule: "Stop." },
    milestones: [
      { title: "Ready", dueOn: "2026-07-01", tasks: [{ title: "Terms", dueOn: "2026-07-01", doneOn: "2026-06-30" }] },
    ],
    spends: [{ kind: "spent" as const, amount: "1200.50", spentOn: "2026-07-01", what: "Training" }],
  };
  const both = await Promise.all([adoptInitiative(grace.actor, told, NOON), adoptInitiative(grace.actor, told, NOON)]);
  expect(both[0]).toEqual(both[1]);
  const view = await findInitiative(ana.actor, both[0].id, ventureId);
  expect(view).toMatchObject({
    ...{ status: "running", startedOn: "2026-06-15", owner: { id: ana.id }, milestones: [{ reachedOn: "2026-06-30" }] },
    figures: { budget: { value: "5000" }, spent: { value: "1200.5" } },
  });
  await expect(adoptInitiative(ana.actor, told, NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

describe("reminders", () => {
  test("one alert while tasks are overdue, ended by doing, moving or pausing them", async () => {
    const { id, ventureId } = await beginInitiative();
    expect(await raiseReminders(ventureId, NOON)).toEqual({ raised: 0, cleared: 0 });
    expect(await raiseReminders(ventureId, later(20))).toEqual({ raised: 1, cleared: 0 });
    expect(await raiseReminders(ventureId, later(21))).toEqual({ raised: 0, cleared: 0 });
    const alert = () => db.alert.findUniqueOrThrow({ where: { causeKey: `task-overdue:${id}` } });
    expect(await alert()).toMatchObject({ kind: "task-overdue", raisedAt: later(20), clearedAt: null });
    expect((await alert()).detail).toContain("Interview customers who left");
    const version = await versionOf(id);
    const done = { kind: "finish-task" as const, task: 1, doneOn: "2026-12-13" };
    await editPlan(ana.actor, { initiativeId: id, version, change: done }, later(21));
    expect(await raiseReminders(ventureId, later(21))).toEqual({ raised: 0, cleared: 1 });
    expect(await raiseReminders(ventureId, later(40))).toEqual({ raised: 1, cleared: 0 });
    await moveTo(
      grace.actor,
      { initiativeId: id, version: await versionOf(id), to: "stopped", reason: "x" },
      later(40),
    );
    expect(await raiseReminders(ventureId, later(41))).toEqual({ raised: 0, cleared: 1 });
  });
});

test("the list shows where each stands, and what growth management still lacks", async () => {
  const { id, ventureId } = await beginInitiative();
  const { initiatives, doneWhen } = await getInitiatives(ana.actor, ventureId);
  expect(initiatives).toMatchObject([
    {
      id,
      status: "planned",
      next: { title: "Interview customers who left" },
      reached: 0,
      milestones: 2,
      verdict: null,
    },
  ]);
  expect(initiatives[0]?.used).toEqual({ spent: 0, all: 0 });
  expect(doneWhen.map(({ key, holds }) => [key, holds])).toEqual([
    ["levers-identified", false],
    ["strategies-executed", false],
    ["metrics-improved", null],
  ]);
  const refs = (await planOf(id))[0]?.figures ?? [];
  expect(await listFigureViews(ana.actor, refs as { id: string; revision: number }[])).toHaveLength(6);
});
