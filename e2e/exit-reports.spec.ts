import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import Excel from "exceljs";
import { readPdf } from "@/lib/integrations/test-support/read-pdf";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const REPORTS = "/ventures/northwind-data/exit/reports";

/** Presses the button and gives the number of the version that came of it. */
async function keep(page: Page, button: string): Promise<string> {
  await page.getByRole("button", { name: button }).click();
  const stored = page.getByText(/^Version \d+ is stored\.$/);
  const version = (await stored.textContent())?.split(" ")[1] ?? "";
  await page.getByRole("button", { name: "Dismiss" }).click();
  return version;
}

async function take(page: Page, link: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: link }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("the reports of an exit are kept, read, compared and taken along; the teaser's files name nobody", async ({
  page,
}) => {
  test.slow();
  await signIn(page, "analyst");
  await page.goto(REPORTS);
  await keep(page, "Keep today's package");
  await keep(page, "Keep today's package");
  const teaser = await keep(page, "Draft the teaser");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);

  const draft = await take(page, `Teaser, draft, version ${teaser}, as PDF`);
  expect(draft.name).toMatch(/^project-[0-9a-f]{4}-exit-teaser-v\d+\.pdf$/);
  const read = await readPdf(draft.bytes);
  expect(`${read.text} ${read.title}`).not.toMatch(/northwind/i);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("link", { name: "Due diligence package: Northwind Data", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Due diligence package: Northwind Data");
  await expectAccessible(page);
  const paper = await readPdf((await take(page, /^Version \d+ as PDF$/)).bytes);
  expect(paper.roles).toEqual(expect.arrayContaining(["H1", "H2", "Table", "TH", "TD", "P"]));
  expect(paper.outline).toEqual(expect.arrayContaining(["Status", "Index", "Findings", "Archive"]));
  const book = new Excel.Workbook();
  await book.xlsx.load((await take(page, /^Version \d+ as Excel$/)).bytes.buffer as ArrayBuffer);
  expect(book.getWorksheet("Sections")?.getCell("A1").value).toBe("Section");
  expect(typeof book.getWorksheet("Status")?.getCell("B2").value).toBe("number");

  await page
    .getByRole("link", { name: /^Changes in version/ })
    .first()
    .click();
  await expect(page.getByText("Every figure has the value that it had.")).toBeVisible();
  await expectAccessible(page);
  // On paper nothing is left of what is only for hands.
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Main", exact: true })).toBeHidden();
});
