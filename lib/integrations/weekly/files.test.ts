import { createHash } from "node:crypto";
import Excel from "exceljs";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, test } from "vitest";
import { makeDocument } from "@/lib/reports/rules/document";
import { bottomLine } from "@/lib/reports/rules/weekly/bottom-line";
import { blocksOfWeekly, figuresOfWeekly, weeklyDocument, weeklyHash } from "@/lib/reports/rules/weekly/document";
import type { HoldingFacts, VentureFacts, WeeklyFacts } from "@/lib/reports/rules/weekly/facts";
import { LIGHTS } from "@/lib/reports/rules/weekly/status";
import { factsOf, numOf, numsIn } from "@/lib/reports/test-support/weekly";
import { SheetEvaluator } from "../test-support/sheet-evaluator";
import { readZip, unpack } from "../zip";
import { type WeeklyIssue, weeklyFile } from "./files";

/** OWASP, CSV injection: what a spreadsheet would run. */
const HOSTILE = '=HYPERLINK("http://evil.example","open")';

function issueOf(facts: WeeklyFacts, revision = 1): WeeklyIssue {
  const document = weeklyDocument(facts, bottomLine(facts), "built-in analyst");
  const refs = figuresOfWeekly(document).map((id) => ({ id, revision: 1 }));
  const figures = numsIn(facts).map((figure) => ({
    ...{ ...figure, revision: 1, method: "test@1", formula: "as given", sources: [] },
  }));
  const head = {
    ...{ id: "1", kind: "weekly-report", kindName: "Weekly report", title: document.title, venture: document.subject },
    ...{ ventureSlug: "acme", version: revision, storedAt: document.writtenAt, writtenBy: document.writtenBy },
  };
  const report = makeDocument(head, blocksOfWeekly(document), figures);
  return { document, report, facts, hash: weeklyHash(document, refs) };
}

const risk = (title: string): VentureFacts["risks"][number] => ({
  ...{ severity: "warning", title, detail: title, venture: "Acme", since: "2026-11-18", isNew: true, notedBy: null },
});
const hostile = (): VentureFacts =>
  factsOf({
    venture: { ...factsOf().venture, name: HOSTILE },
    risks: [risk(HOSTILE)],
    gaps: [{ what: "@SUM(1)", why: "+1+1" }],
  });

function holding(): WeeklyFacts {
  const ventures = [factsOf(), factsOf({ venture: { ...factsOf().venture, name: "Borealis" } })];
  return {
    ...{ kind: "holding", week: factsOf().week, writtenAt: factsOf().writtenAt, ventures, missing: [] },
    ...{
      light: { light: "amber", reasons: [] },
      lastLight: null,
      waitingCount: numOf("Waiting", "0", "count"),
      work: [],
    },
    lights: LIGHTS.map((light) => ({ light, count: numOf(light, light === "amber" ? "2" : "0", "count") })),
    totals: [
      {
        ...{ key: "cash", label: "Cash of all ventures", figure: numOf("Cash of all", "2784000") },
        parts: ventures.flatMap(({ venture, cash: [first] }) =>
          first ? [{ figure: first.line.actual, venture: venture.name, rate: "1.16", rateOn: "2026-11-20" }] : [],
        ),
      },
    ],
  };
}

async function bookOf(facts: WeeklyFacts): Promise<Excel.Workbook> {
  const book = new Excel.Workbook();
  const bytes = await weeklyFile(issueOf(facts), "xlsx");
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
  return book;
}

type Found = { at: string; formula: string; result: unknown };
function formulasIn(book: Excel.Workbook): Found[] {
  const found: Found[] = [];
  book.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell(({ value, address }) => {
        if (value !== null && typeof value === "object" && "formula" in value)
          found.push({ at: `${sheet.name}!${address}`, formula: value.formula ?? "", result: value.result });
      });
    });
  });
  return found;
}

describe("the workbook", () => {
  test.each([
    ["a venture", factsOf()],
    ["the holding", holding()],
  ])("of %s computes by its own formulas what it shows, and every check agrees", async (_, facts) => {
    const book = await bookOf(facts);
    const evaluator = new SheetEvaluator(book);
    const formulas = formulasIn(book);
    expect(formulas.length).toBeGreaterThan(10);
    for (const { at, formula, result } of formulas) {
      const [sheet = ""] = at.split("!");
      const computed = evaluator.formula(sheet, formula);
      // exceljs reads a stored zero back as nothing.
      if (typeof computed === "number") expect(computed, at).toBeCloseTo(Number(result ?? 0), 6);
      else expect(computed, at).toBe(result);
    }
    const checks = book.getWorksheet("Checks");
    expect(checks?.getColumn(5).values.slice(2)).not.toContainEqual(expect.objectContaining({ result: "differs" }));
    expect(evaluator.cell("Checks", `E${checks?.rowCount}`)).toBe("agrees");
  });

  test("dates an exchange rate by its own day, not by the week", async () => {
    const inputs = (await bookOf(holding())).getWorksheet("Inputs");
    expect(inputs?.lastRow?.getCell(4).value).toEqual(new Date("2026-11-20T00:00:00Z"));
  });

  test("follows an input that is changed", async () => {
    const book = await bookOf(factsOf());
    const inputs = book.getWorksheet("Inputs");
    const burn = inputs?.getColumn(1).values.indexOf("Net burn per month") ?? 0;
    inputs?.getCell(`B${burn}`)?.model && Object.assign(inputs.getCell(`B${burn}`), { value: 200000 });
    const summary = book.getWorksheet("Summary");
    const row = summary?.getColumn(1).values.indexOf("Cash ÷ net burn of a month") ?? 0;
    expect(new SheetEvaluator(book).cell("Summary", `B${row}`)).toBe(6);
  });
});

describe("formulas in data", () => {
  test("are text in the workbook", async () => {
    const book = await bookOf(hostile());
    expect(formulasIn(book).filter(({ formula }) => formula.includes("HYPERLINK"))).toEqual([]);
    const risks = book.getWorksheet("Risks");
    expect(risks?.getCell("A2").value).toBe(HOSTILE);
    expect(risks?.getCell("A2").type).toBe(Excel.ValueType.String);
  });

  test("are inert in every table of the zip", async () => {
    const zip = readZip(await weeklyFile(issueOf(hostile()), "csv"));
    const texts = [...zip.values()].map((entry) => new TextDecoder().decode(unpack(entry, 1_000_000)));
    const cells = texts.flatMap((text) => text.replace(/^\ufeff/, "").split(/\r\n|,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    const live = cells.map((cell) => cell.replace(/^"/, "")).filter((cell) => /^[=+@]/.test(cell));
    expect(live).toEqual([]);
    expect(texts.join("")).toContain("'=HYPERLINK");
  });

  test("and markup are text in Markdown", async () => {
    const text = (
      await weeklyFile(issueOf(factsOf({ risks: [risk("<script>x</script> [a](http://b.example)")] })), "md")
    ).toString();
    expect(text).not.toContain("<script>");
    expect(text).not.toMatch(/[^\\]\[a\]\(http/);
  });
});

const decision = (title: string): VentureFacts["decisions"][number] => ({
  ...{ memoId: "01a20000-0000-7000-8000-000000000002", title, venture: "Acme", dueOn: "2026-12-14", overdue: false },
  ...{ reversible: true, stake: numOf("Stake", "75000"), waiting: "for a decision" },
});

function crowded(): WeeklyFacts {
  const { venture } = factsOf();
  const ventures = Array.from({ length: 14 }, (_, index) =>
    factsOf({
      venture: { ...venture, name: `A venture of a long name, number ${index}`, stage: "growth, value realization" },
      decisions: [decision(`Let the Exit agent answer a criterion of readiness by itself at venture ${index}`)],
      risks: [risk(`A risk that takes more than a line of half a page, ${index}`)],
      ahead: [{ on: "2026-11-25", what: "Press the clients for their consent to the sale", venture: "A venture" }],
    }),
  );
  return { ...(holding() as HoldingFacts), ventures };
}

describe("the page that is forwarded", () => {
  test.each([
    ["a venture", factsOf()],
    ["a holding of two", holding()],
    ["a holding of many with much to decide", crowded()],
  ])("of %s is one page; the appendix begins on the second", async (_, facts) => {
    const bytes = await weeklyFile(issueOf(facts), "pdf");
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
    expect(text[0]).toContain("Every number is a stored figure");
    expect(text[1]).toMatch(/^\s*Decisions needed/);
  });
});

describe("the files", () => {
  test("of one issue are the same bytes whenever they are made", async () => {
    const digest = async (format: "pdf" | "md" | "csv") =>
      createHash("sha256")
        .update(await weeklyFile(issue, format))
        .digest("hex");
    const issue = issueOf(factsOf());
    for (const format of ["pdf", "md", "csv"] as const) expect(await digest(format)).toBe(await digest(format));
  });
});
