import { expect, test } from "vitest";
import { shareClassSchema } from "@/lib/distribution/schema";
import { sampleInputs } from "@/lib/valuation/test-support/inputs";
import { valueAt, withValue } from "./input-paths";
import { METHOD_FIELDS } from "./method-fields";
import { previewed, previewLines } from "./preview-lines";
import { pathWords } from "./words";

const context = { asOf: "2026-11-22", comparables: [], classes: null, classesReason: "no-cap-table" };

test("a changed input moves what rests on it, and leaves what was kept as it is", () => {
  const kept = sampleInputs();
  const changed = withValue(kept, ["methods", "dcf", "growth"], "0.04");
  expect([kept.methods.dcf.growth, changed.methods.dcf.growth]).toEqual(["0.03", "0.04"]);
  const lines = previewLines(previewed(kept, context), previewed(changed, context));
  const [dcf] = lines.filter(({ name }) => name === "Discounted cash flow");
  expect(dcf?.now.value?.gt(dcf.before.value ?? 0)).toBe(true);
  const [trading] = lines.filter(({ name }) => name === "Trading comparables");
  expect(trading?.now).toEqual({ value: null, reason: "no-comparables" });
});

test("where the group is known its proceeds move along", () => {
  const classes = [{ id: "c", kind: "common", shares: 1_000 }].map((one) => shareClassSchema.parse(one));
  const held = { ...context, classes, classesReason: null, groupParts: ["1/4"] };
  const kept = sampleInputs();
  const now = previewed(withValue(kept, ["bridge", "cash"], "150000"), held);
  const [group] = previewLines(previewed(kept, held), now).filter(({ name }) => name.startsWith("The group"));
  // A quarter of 100,000 more, after 2 % of costs.
  expect(group?.now.value?.minus(group.before.value ?? 0).toNumber()).toBeCloseTo(24_500, 6);
});

test("lists change in place", () => {
  const kept = sampleInputs();
  const changed = withValue(kept, ["methods", "dcf", "freeCashFlows", 1], "7");
  expect(changed.methods.dcf.freeCashFlows).toEqual(["100000", "7", "120000"]);
  expect(kept.methods.dcf.freeCashFlows[1]).toBe("110000");
});

test("every field of the editor is an input that exists", () => {
  for (const { path } of Object.values(METHOD_FIELDS).flat()) expect(valueAt(sampleInputs(), path)).toBeDefined();
});

test("paths are told in words", () => {
  expect(pathWords("methods.dcf.freeCashFlows.0")).toBe("Discounted cash flow, free cash flows, 1");
});
