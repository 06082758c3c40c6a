import fc from "fast-check";
import { expect, test } from "vitest";
import { AT_ONCE, nextUploads, toBegin, totalsOf, type Upload, type UploadEvent } from "./upload-queue";

const files = (count: number) => Array.from({ length: count }, (_, id) => ({ id, path: `f${id}`, size: 10 }));
const after = (...events: UploadEvent[]): Upload[] => events.reduce<Upload[]>(nextUploads, []);

test("so many are sent at once, and the next when one has ended", () => {
  let uploads = after({ type: "added", files: files(10) });
  for (const { id } of toBegin(uploads)) uploads = nextUploads(uploads, { type: "begun", id });
  expect(uploads.filter(({ state }) => state === "sending")).toHaveLength(AT_ONCE);
  expect(toBegin(uploads)).toEqual([]);
  uploads = nextUploads(uploads, { type: "ended", id: 1, state: "done", said: "3.1.1" });
  expect(toBegin(uploads).map(({ id }) => id)).toEqual([AT_ONCE]);
});

test("what failed or was cancelled can be tried again; what is done stays done", () => {
  const uploads = after(
    { type: "added", files: files(3) },
    ...[0, 1].map((id): UploadEvent => ({ type: "begun", id })),
    { type: "ended", id: 0, state: "done", said: "" },
    { type: "ended", id: 1, state: "failed", said: "UNAVAILABLE" },
    { type: "cancelled", id: 2 },
    { type: "retried", id: null },
  );
  expect(uploads.map(({ state }) => state)).toEqual(["done", "waiting", "waiting"]);
});

test("an answer that comes after the cancel changes nothing", () => {
  const uploads = after(
    { type: "added", files: files(1) },
    { type: "begun", id: 0 },
    { type: "cancelled", id: 0 },
    { type: "ended", id: 0, state: "done", said: "" },
  );
  expect(uploads[0]?.state).toBe("cancelled");
});

test("the total never runs past what there is", () => {
  const event: fc.Arbitrary<UploadEvent> = fc.oneof(
    fc.record({ type: fc.constant("begun" as const), id: fc.nat(4) }),
    fc.record({ type: fc.constant("sent" as const), id: fc.nat(4), bytes: fc.nat(30) }),
    fc.record({
      type: fc.constant("ended" as const),
      id: fc.nat(4),
      state: fc.constantFrom("done" as const, "failed" as const),
      said: fc.constant(""),
    }),
    fc.record({ type: fc.constant("cancelled" as const), id: fc.option(fc.nat(4)) }),
    fc.record({ type: fc.constant("retried" as const), id: fc.option(fc.nat(4)) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const { sent, bytes, over, files: count } = totalsOf(after({ type: "added", files: files(5) }, ...events));
      expect(sent).toBeLessThanOrEqual(bytes);
      expect(over).toBeLessThanOrEqual(count);
    }),
  );
});
