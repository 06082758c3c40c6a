import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ComparedFigure, compareVersions, compareWords, pairFigures, steps } from "./comparison";

const figure = (id: string, change: Partial<ComparedFigure> = {}): ComparedFigure => ({
  ...{ id: id.repeat(16), revision: 1, label: `Figure ${id}`, method: `m.${id}@1`, value: "1", reason: null },
  ...change,
});
const paragraph = (text: string) => ({ kind: "paragraph" as const, text });

describe("figures", () => {
  test("are paired by id, then by method and label, each once", () => {
    const before = [figure("a"), figure("b"), figure("c", { method: "m.x@1", label: "Retention" })];
    const after = [figure("a", { value: "2" }), figure("d", { method: "m.x@1", label: "Retention" }), figure("e")];
    expect(pairFigures(before, after).map((pair) => [pair.before?.id[0] ?? null, pair.after?.id[0] ?? null])).toEqual([
      ["a", "a"],
      ["c", "d"],
      [null, "e"],
      ["b", null],
    ]);
  });

  test("unknown for another reason is a change; the same value of a new window is none", () => {
    const { figures, unchangedFigures } = compareVersions(
      { blocks: [], figures: [figure("a", { value: null, reason: "no-data" }), figure("b")] },
      {
        blocks: [],
        figures: [
          figure("a", { value: null, reason: "contradiction" }),
          figure("c", { method: "m.b@1", label: "Figure b" }),
        ],
      },
    );
    expect(figures.map((pair) => pair.after?.reason)).toEqual(["contradiction"]);
    expect(unchangedFigures).toBe(1);
  });
});

describe("words", () => {
  test("say what went and what came", () => {
    expect(compareWords("Raise prices in May.", "Raise all prices in June.")).toEqual([
      { kind: "same", text: "Raise " },
      { kind: "new", text: "all " },
      { kind: "same", text: "prices in " },
      { kind: "gone", text: "May." },
      { kind: "new", text: "June." },
    ]);
  });

  test("of both versions can be read back from the comparison", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "cd", " ", "[[fig:0123456789abcdef]]", "[", "\n"), { maxLength: 25 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const words = compareWords(before, after);
        const without = (kind: string) =>
          words
            .filter((word) => word.kind !== kind)
            .map((word) => word.text)
            .join("");
        expect(without("new")).toBe(before);
        expect(without("gone")).toBe(after);
      }),
    );
  });

  test("the way is a longest common subsequence", () => {
    const way = steps([..."ABCBDAB"], [..."BDCABA"], (a, b) => a === b);
    // Cormen et al., Introduction to Algorithms, section 15.4: its length is 4.
    expect(way.filter(({ kind }) => kind === "same")).toHaveLength(4);
  });
});

describe("passages", () => {
  const passagesOf = (before: string[], after: string[]) =>
    compareVersions({ blocks: before.map(paragraph), figures: [] }, { blocks: after.map(paragraph), figures: [] })
      .passages;

  test("that are alike are one change; others went or came", () => {
    expect(
      passagesOf(
        ["Same.", "Growth is slow in the north.", "Old end."],
        ["Same.", "Growth is quick in the north.", "Something else altogether here."],
      ).map(({ change }) => change),
    ).toEqual(["same", "changed", "new", "gone"]);
  });

  test("whose figure only has another id are the same", () => {
    const before = {
      blocks: [paragraph(`Growth is [[fig:${"a".repeat(16)}]].`)],
      figures: [figure("a", { method: "m@1", label: "Growth" })],
    };
    const after = {
      blocks: [paragraph(`Growth is [[fig:${"b".repeat(16)}]].`)],
      figures: [figure("b", { method: "m@1", label: "Growth", value: "2" })],
    };
    const { passages, figures } = compareVersions(before, after);
    expect(passages.map(({ change }) => change)).toEqual(["same"]);
    expect(figures).toHaveLength(1);
  });

  test("a table is compared row by row", () => {
    const table = (rows: string[][]) => ({
      kind: "table" as const,
      caption: "T",
      columns: [
        { label: "A", numeric: false },
        { label: "B", numeric: false },
      ],
      rows,
    });
    const { passages } = compareVersions(
      {
        blocks: [
          table([
            ["x", "healthy"],
            ["y", "warning"],
          ]),
        ],
        figures: [],
      },
      {
        blocks: [
          table([
            ["x", "healthy"],
            ["y", "critical"],
          ]),
        ],
        figures: [],
      },
    );
    expect(passages.map(({ change }) => change)).toEqual(["same", "same", "changed"]);
  });
});
