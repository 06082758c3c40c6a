import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChunk, type Delivered, EMPTY_RUN, effectiveLog, lastText, type RunChunk } from "./run-stream";

const stamped = (chunks: readonly RunChunk[]): Delivered[] =>
  chunks.map((chunk, index) => ({
    seq: index + 1,
    at: `2026-11-22T10:00:${String(index).padStart(2, "0")}.000Z`,
    chunk,
  }));

const figure = {
  id: "0123456789abcdef",
  revision: 1,
  label: "MRR",
  value: "10",
  reason: null,
  unit: "EUR" as const,
  asOf: "2026-10-31",
};
const CHUNKS: readonly RunChunk[] = [
  {
    type: "start",
    step: "begin",
    agent: "growth",
    task: "analyse",
    model: "built-in analyst",
    plan: [
      { id: "a", title: "Read performance", tool: "venture.performance" },
      { id: "b", title: "Write", tool: null },
    ],
  },
  { type: "text", step: "model:1", text: "I read " },
  { type: "text", step: "model:1", text: "the data. " },
  { type: "tool-call", step: "tool:1.1", callId: "c1", tool: "venture.performance", input: {} },
  {
    type: "tool-result",
    step: "tool:1.1",
    callId: "c1",
    tool: "venture.performance",
    ok: true,
    summary: "",
    figures: [figure],
  },
  { type: "text", step: "model:2", text: "Growth is fine. " },
  { type: "text", step: "model:2", text: "Wrong turn. " },
  { type: "rewind", step: "model:2", keep: 1 },
  { type: "text", step: "model:2", text: "Churn is not. " },
  { type: "refused", step: "model:2", subject: "sentence", text: "It is 5.", reasons: ["a number"] },
  { type: "text", step: "model:2/1", text: "Mended." },
  { type: "notice", step: "model:2/1", code: "fallback", message: "The provider failed", model: "built-in analyst" },
  { type: "end", step: "end", status: "succeeded", reason: null, artefactId: "a" },
];
const ALL = stamped(CHUNKS);
const WHOLE = ALL.reduce(applyChunk, EMPTY_RUN);

describe("the view of a run", () => {
  test("text of a turn is one passage, rewound text is gone, a second try replaces the first", () => {
    expect(lastText(WHOLE.view)).toBe("Mended.");
    const before = ALL.slice(0, 10).reduce(applyChunk, EMPTY_RUN).view;
    expect(lastText(before)).toBe("Growth is fine. Churn is not. ");
    expect(JSON.stringify(WHOLE.view.items.filter((item) => item.kind === "text"))).not.toContain("Wrong turn");
    expect(WHOLE.view.status).toBe("succeeded");
    expect(WHOLE.view.plan.every((item) => item.done)).toBe(true);
    expect(WHOLE.view.figures[figure.id]).toEqual(figure);
    expect(WHOLE.view.fallback).toBe("The provider failed");
  });

  test("a tool's line fills with its result, and its plan item is done", () => {
    const before = ALL.slice(0, 4).reduce(applyChunk, EMPTY_RUN).view;
    expect(before.items.at(-1)).toMatchObject({ kind: "tool", outcome: null });
    expect(before.plan[0]?.done).toBe(false);
    const later = ALL.slice(0, 5).reduce(applyChunk, EMPTY_RUN).view;
    expect(later.items.at(-1)).toMatchObject({ kind: "tool", outcome: { ok: true } });
    expect(later.plan[0]?.done).toBe(true);
  });

  test("any order, repetition and gap of delivery ends in the same state", () => {
    const order = fc.shuffledSubarray(ALL, { minLength: ALL.length, maxLength: ALL.length });
    fc.assert(
      fc.property(order, fc.array(fc.nat({ max: ALL.length - 1 })), (shuffled, repeats) => {
        const again = repeats.flatMap((index) => ALL.slice(index, index + 3));
        const state = [...shuffled, ...again].reduce(applyChunk, EMPTY_RUN);
        expect(state).toEqual(WHOLE);
      }),
    );
  });

  test("a reader that resumes anywhere, with overlap, holds the same text", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: ALL.length }), { maxLength: 5 }), fc.nat({ max: 4 }), (breaks, overlap) => {
        let state = EMPTY_RUN;
        for (const at of [...breaks.sort((a, b) => a - b), ALL.length]) {
          state = ALL.slice(Math.max(0, state.seq - overlap), at).reduce(applyChunk, state);
        }
        expect(state).toEqual(WHOLE);
      }),
    );
  });

  test("a step done again, equal or not, leaves exactly what it did the last time", () => {
    const texts = fc.array(fc.constantFrom("a ", "b ", "c "), { maxLength: 5 });
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        const chunks: RunChunk[] = first.map((text) => ({ type: "text", step: "model:1", text }));
        const same = first.findIndex((text, index) => text !== second[index]);
        const keep = same === -1 ? first.length : same;
        if (keep < first.length) chunks.push({ type: "rewind", step: "model:1", keep });
        chunks.push(...second.slice(keep).map((text): RunChunk => ({ type: "text", step: "model:1", text })));
        const delivered = stamped(chunks);
        expect(lastText(delivered.reduce(applyChunk, EMPTY_RUN).view)).toBe(second.join(""));
        expect(effectiveLog(delivered).map(({ chunk }) => (chunk.type === "text" ? chunk.text : ""))).toEqual(second);
      }),
    );
  });
});
