import { expect, test } from "vitest";
import { BLOCKS, FIGURES, testDocument } from "../test-support/documents";
import { documentFileName, figuresOfBlocks, makeDocument, namedAs, sayingOf } from "./document";

const id = (digit: string) => digit.repeat(16);

test("figures are numbered in the order in which a reader meets them, each once", () => {
  expect(figuresOfBlocks(BLOCKS)).toEqual([id("a"), id("b"), id("c"), id("d")]);
  expect(testDocument().figures.map(({ number, id: of }) => [number, of])).toEqual([
    [1, id("a")],
    [2, id("b")],
    [3, id("c")],
    [4, id("d")],
  ]);
});

test("a figure that is not held is unknown, and the others keep their numbers", () => {
  const { id: _id, ...head } = testDocument();
  const document = makeDocument({ ...head, id: "x" }, BLOCKS, FIGURES.slice(1));
  const paragraph = document.blocks[1];
  expect(paragraph?.kind === "paragraph" && paragraph.content.filter((piece) => piece.kind === "figure")).toMatchObject(
    [{ figure: null }, { figure: { number: 1, id: id("b") } }],
  );
});

test("as of the latest day that a figure speaks of; without figures of none", () => {
  expect(testDocument().asOf).toBe("2026-10-31");
  expect(testDocument([{ kind: "paragraph", text: "Words." }]).asOf).toBeNull();
});

test("cells are days, figures or words; a short row is filled", () => {
  const document = testDocument([
    {
      kind: "table",
      caption: "T",
      columns: [
        { label: "A", numeric: false },
        { label: "B", numeric: true },
      ],
      rows: [["2026-10-31"], [`[[fig:${id("a")}]]`, "x"]],
    },
  ]);
  expect(document.blocks).toMatchObject([
    {
      rows: [
        [{ kind: "day" }, { kind: "empty" }],
        [{ kind: "inline", content: [{ figure: { number: 1 } }] }, { content: [{ text: "x" }] }],
      ],
    },
  ]);
});

test.each([
  ["growth-lever-report", "pdf", "tromso-lodz-growth-lever-report-v3.pdf"],
  ["strategy-plan:0190/../x", "md", "tromso-lodz-strategy-plan-0190-x-v3.md"],
])("the file of %s", (kind, ending, name) => {
  expect(documentFileName({ ...testDocument(), kind }, ending)).toBe(name);
});

test("a teaser calls the venture by a code wherever its name would stand; other reports call it by its name", () => {
  const venture = { id: "01900000-0000-7000-8000-00000000beef", name: "Tromsø (Łódź)", slug: "tromso-lodz" };
  const teaser = namedAs("exit-teaser", venture);
  expect([teaser.name, teaser.slug]).toEqual(["Project BEEF", "project-beef"]);
  expect(
    JSON.stringify(sayingOf([...BLOCKS, { kind: "paragraph", text: "TROMSØ (ŁÓDŹ) sells." }], teaser.say)),
  ).toContain("Project BEEF sells.");
  expect(namedAs("information-memorandum", venture).say("Tromsø (Łódź)")).toBe("Tromsø (Łódź)");
});

test("a day in a sentence is told apart; what only looks like one is text", () => {
  const [block] = testDocument([{ kind: "paragraph", text: "By 2026-12-01, not 2026-02-31 or 12026-12-01." }]).blocks;
  expect(block?.kind === "paragraph" && block.content).toEqual([
    { kind: "text", text: "By " },
    { kind: "day", day: "2026-12-01" },
    { kind: "text", text: ", not " },
    { kind: "text", text: "2026-02-31" },
    { kind: "text", text: " or 12026-12-01." },
  ]);
});
