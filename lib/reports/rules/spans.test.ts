import fc from "fast-check";
import { expect, test } from "vitest";
import { spans } from "./spans";

const A = "2dd7d8d7d12c893c";

test("what stands between two bold runs keeps its figures", () => {
  expect(spans(`**Grow accounts.** It should bring [[fig:${A}]]. **Chosen.**`)).toEqual([
    { kind: "strong", text: "Grow accounts." },
    { kind: "text", text: " It should bring " },
    { kind: "figure", id: A },
    { kind: "text", text: ". " },
    { kind: "strong", text: "Chosen." },
  ]);
});

test("a reference inside bold text counts as the reference", () => {
  expect(spans("**Leave [[name:paid]] soon.** Then **rest.**")).toEqual([
    { kind: "text", text: "Leave " },
    { kind: "name", name: "paid" },
    { kind: "text", text: " soon. Then " },
    { kind: "strong", text: "rest." },
  ]);
});

test("no figure is ever shown as text", () => {
  const piece = fc.constantFrom("**Bold.**", ` [[fig:${A}]] `, "plain words", "**with [[name:Ada]] in it**", " ");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const shown = spans(pieces.join(" "));
      expect(shown.filter(({ kind }) => kind === "figure")).toHaveLength(
        pieces.filter((one) => one.includes("[[fig:")).length,
      );
      expect(shown.some((span) => "text" in span && span.text.includes("[["))).toBe(false);
    }),
  );
});
