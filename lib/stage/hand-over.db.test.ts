import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { openMemo } from "@/lib/decisions/test-support/memos";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { takeHandOver } from "./mutations/hand-over";
import { undoHandOver } from "./mutations/hand-over-undo";
import { receiveSignal } from "./mutations/signals";
import { findStageRun } from "./queries/timeline";
import { ana, follow, mature, NOW, pass, runOf } from "./test-support/stage-run";

beforeAll(async () => {
  await engineClient();
});
afterAll(disconnectEngineClient);

describe("a file of stage 39", () => {
  test("is shown before it is taken in, row by row, and twice is once", async () => {
    const [good, low] = [await mature(null), await mature(20)];
    const text = [
      "key;venture;maturity_score;assessed_on",
      `file-0001;${good.slug};88;2027-01-04`,
      `file-0002;${low.slug};;`,
      "file-0003;nobody;90;",
      "x;halcyon;90;",
    ].join("\n");
    const outcomes = async (apply: boolean) => {
      const taken = await takeHandOver(ana, { text, fileName: "hand-over.csv", apply }, NOW);
      return taken.ok ? taken.value.lines.map(({ row, outcome }) => `${row} ${outcome}`) : taken.refusal;
    };
    const first = ["2 initiated", "3 waiting", "4 rejected", "5 rejected"];
    expect(await outcomes(false)).toEqual(first);
    expect(await db.stageRun.count({ where: { ventureId: good.ventureId } })).toBe(0);
    expect(await outcomes(true)).toEqual(first);
    expect(await outcomes(true)).toEqual(["2 known", "3 known", "4 rejected", "5 rejected"]);
    expect(await runOf(good.ventureId)).toMatchObject({ door: "import" });
    expect(await takeHandOver(ana, { text: "a,b\n1,2", fileName: "b.csv", apply: false }, NOW)).toMatchObject({
      refusal: "NOT_A_HAND_OVER",
    });
    // Taken in twice is one file.
    expect(await db.stageHandOver.count({ where: { signals: { some: { ventureId: good.ventureId } } } })).toBe(1);
  });

  test("is undone as a whole, or not at all, and can be taken in anew", async () => {
    const [opens, waits] = [await mature(50), await mature(20)];
    const text = `key,venture,maturity_score,assessed_on\nundo-0001,${opens.slug},88,2027-01-04\nundo-0002,${waits.slug},21,`;
    const take = () => takeHandOver(ana, { text, fileName: "undo.csv", apply: true }, NOW);
    expect(await take()).toMatchObject({ value: { lines: [{ outcome: "initiated" }, { outcome: "waiting" }] } });
    const { id: runId } = await runOf(opens.ventureId);
    expect(await follow(runId)).toEqual(["open", "grow", "criteria", "wait"]);
    const standing = () =>
      db.alert.count({ where: { ventureId: waits.ventureId, kind: "entry-gate", clearedAt: null } });
    expect(await standing()).toBe(1);
    const { id: handOverId } = await db.stageHandOver.findFirstOrThrow({ where: { fileName: "undo.csv" } });
    const undo = (reason: string) => undoHandOver(ana, { handOverId, reason }, NOW);

    // The chairman has let a line of one of them pass: nothing of the file is undone.
    const override = await pass(waits.ventureId, "entry.venture-mature");
    expect(override.ok).toBe(true);
    expect(await undo("The wrong file of the year")).toMatchObject({
      refusal: "GONE_ON",
      problems: [{ expected: expect.stringContaining("the chairman has given an order about it") }],
    });
    expect(await runOf(opens.ventureId)).toMatchObject({ status: "running" });
    await db.stageMove.deleteMany({ where: { run: { ventureId: waits.ventureId }, kind: "order" } });

    const asked = await openMemo(opens.ventureId, {}, NOW);
    const both = await Promise.all([undo("The wrong file of the year"), undo("Twice at once, by two")]);
    expect(both.map((one) => (one.ok ? one.value.ventures : one.refusal)).toSorted()).toEqual([2, "UNDONE_ALREADY"]);
    expect(await db.memo.findUniqueOrThrow({ where: { id: asked } })).toMatchObject({ status: "withdrawn" });
    for (const [{ ventureId }, score] of [
      [opens, "50"],
      [waits, "20"],
    ] as const) {
      const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
      expect([venture.stage, `${venture.maturityScore}`, venture.maturityAssessedOn]).toEqual(["mature", score, null]);
      expect(await runOf(ventureId)).toMatchObject({ status: "cancelled" });
    }
    expect(await follow(runId)).toEqual(["end"]);
    expect(await standing()).toBe(0);
    expect(await take()).toMatchObject({ value: { lines: [{ outcome: "initiated" }, { outcome: "waiting" }] } });
    expect(await runOf(opens.ventureId)).toMatchObject({ ordinal: 2, status: "running" });
  });
});

test("the timeline tells every step once, page by page, with who decided it and what the agents took", async () => {
  const { ventureId, slug } = await mature(91);
  const signal = { key: "stage39:timeline", venture: slug, trigger: "venture-mature" as const };
  await receiveSignal(ana, signal, "api", NOW);
  const { id: runId } = await runOf(ventureId);
  await follow(runId);
  const memoId = await openMemo(ventureId, {}, NOW);
  const verdict = { memoId, verdict: "rejected", version: 1, note: "Not now", decidedBy: "user:grace" };
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
  await db.verdict.create({ data: { ...verdict, decidedAt: at(1) } });
  const run = {
    ventureId,
    agent: "coordinator",
    task: "coordinate",
    model: "built-in analyst",
    status: "succeeded" as const,
  };
  const took = { tokensIn: 40, tokensOut: 2, costMicros: 1_500_000n, startedAt: at(2), finishedAt: at(3) };
  await db.agentRun.create({ data: { ...run, ...took, input: {}, startedBy: "user:ana", createdAt: at(2) } });
  const { ordinal = 0 } = (await db.stageMove.findFirst({ where: { runId }, orderBy: { ordinal: "desc" } })) ?? {};
  const notes = Array.from({ length: 150 }, (_, index) => ({
    ...{
      runId,
      cause: `note:${index}`,
      ordinal: ordinal + 1 + index,
      kind: "ended",
      text: `Note ${index}`,
      by: "system:stage",
    },
    // Three in each moment: a page ends between two moments.
    at: at(10 + Math.floor(index / 3)),
  }));
  await db.stageMove.createMany({ data: notes });

  const first = await findStageRun(ana, ventureId);
  const second = await findStageRun(ana, ventureId, first?.older ?? null);
  const texts = [...(first?.entries ?? []), ...(second?.entries ?? [])].map(({ text }) => text);
  expect([first?.entries.length, first?.older === null, second?.older]).toEqual([102, false, null]);
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.filter((text) => text.startsWith("Note"))).toHaveLength(150);
  expect(second?.entries).toContainEqual(
    expect.objectContaining({ text: expect.stringContaining(": rejected. “Not now”"), memoId, by: "grace" }),
  );
  expect(second?.entries).toContainEqual(
    expect.objectContaining({ kind: "agent", cost: { tokens: 42, micros: "1500000", seconds: 60 } }),
  );
  expect(first?.total).toMatchObject({ runs: 1, tokens: 42, micros: "1500000", seconds: 60 });
  expect(first?.waiting).toContainEqual(expect.objectContaining({ whom: "the chairman's decision" }));
});
