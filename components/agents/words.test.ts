import fc from "fast-check";
import { expect, test } from "vitest";
import { EMPTY_RUN } from "@/lib/agents/run-stream";
import { announcementOf, durationOf, nextReveal, wordEnds } from "./words";

const text = "Growth is [[fig:0123456789abcdef]]. [[name:Acme 24 GmbH]] left.\n\n## Next\n";

test("words end where a reader would say, references whole", () => {
  const ends = wordEnds(text);
  const words = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end).trim());
  expect(words).toEqual(["Growth", "is", "[[fig:0123456789abcdef]].", "[[name:Acme 24 GmbH]]", "left.", "##", "Next"]);
});

test("revealing ends, always forward, with the whole text, and never inside a reference", () => {
  fc.assert(
    fc.property(fc.nat({ max: text.length }), fc.nat({ max: 200 }), (from, repeat) => {
      const whole = text.repeat(1 + (repeat % 20));
      let shown = 0;
      for (let tick = 0; tick < 2_000 && shown < whole.length; tick += 1) {
        const next = nextReveal(whole, shown);
        expect(next).toBeGreaterThan(shown);
        const head = whole.slice(0, next);
        expect(head.lastIndexOf("[[")).toBeLessThanOrEqual(head.lastIndexOf("]]"));
        shown = next;
      }
      expect(shown).toBe(whole.length);
      expect(nextReveal(whole, from)).toBeGreaterThan(0);
    }),
  );
});

test("the announcement says where the run is", () => {
  const plan = [
    { id: "a", title: "Read", tool: null, done: true },
    { id: "b", title: "Write", tool: null, done: false },
  ];
  expect(announcementOf({ ...EMPTY_RUN.view, status: "running", plan })).toBe("Step 2 of 2: Write.");
  expect(announcementOf({ ...EMPTY_RUN.view, status: "stopped", reason: "Stopped by a person." })).toBe(
    "The analysis was stopped. Stopped by a person.",
  );
  expect(announcementOf(EMPTY_RUN.view)).toBe("");
});

test("durations are in tenths of a second", () => {
  expect(durationOf("2026-11-22T10:00:00.000Z", "2026-11-22T10:00:00.349Z")).toBe("0.3 s");
});
