import { readFileSync } from "node:fs";
import Excel from "exceljs";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const REPORTS = "/ventures/northwind-data/growth/reports";

test("a kept performance is read, compared and taken along with the figures of the screen", async ({ page }) => {
  test.slow();
  await signIn(page, "analyst");
  await page.goto(REPORTS);
  const title = "Performance of Northwind Data";
  for (let kept = 0; kept < 2; kept += 1) {
    await page.getByRole("button", { name: "Keep today's performance" }).click();
    const stored = page.getByText(/^Version \d+ is stored\.$/);
    const version = (await stored.textContent())?.split(" ")[1];
    await expect(page.getByRole("link", { name: `${title}, version ${version}, as PDF` })).toBeVisible();
    await page.getByRole("button", { name: "Dismiss" }).click();
  }
  await page.getByRole("link", { name: title, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Performance of Northwind Data");
  const shown = await page
    .locator("article [data-figure]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-figure") ?? ""));
  const wanted = [...new Set(shown)].sort();
  expect(wanted.length).toBeGreaterThan(10);
  await expectAccessible(page);

  const take = async (format: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: new RegExp(`^Version \\d+ as ${format}$`) }).click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const markdown = await take("Markdown");
  expect(markdown.name).toMatch(/^northwind-data-performance-dashboard-v\d+\.md$/);
  const quoted = markdown.bytes.toString().match(/[0-9a-f]{16}(?=, revision)/g) ?? [];
  expect([...new Set(quoted)].sort()).toEqual(wanted);
  const book = new Excel.Workbook();
  await book.xlsx.load((await take("Excel")).bytes.buffer as ArrayBuffer);
  expect([...(book.getWorksheet("Figures")?.getColumn(6).values.slice(2) ?? [])].sort()).toEqual(wanted);
  expect((await take("PDF")).bytes.subarray(0, 5).toString()).toBe("%PDF-");

  await page
    .getByRole("link", { name: /^Changes in version/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Performance of Northwind Data: what changed");
  await expect(page.getByText("Every figure has the value that it had.")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test("the reports of all ventures stand in one list, which is a file too", async ({ page }) => {
  await signIn(page, "chairman");
  await page.goto("/reports");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Reports");
  await page.getByRole("button", { name: "Export the list of reports" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^holding-reports-\d{4}-\d{2}-\d{2}\.csv$/);
});

test("the week that goes on is written on demand, marked as a preview, and read and taken along", async ({ page }) => {
  await signIn(page, "chairman");
  await page.goto("/reports?scope=alder-finch");
  await page.getByRole("button", { name: "Write this week's now" }).click();
  const week = page.getByRole("table", { name: /^Week \d+ of \d{4}/ });
  await week.getByRole("link", { name: "Alder & Finch", exact: true }).click({ timeout: 60_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Alder & Finch");
  await expect(page.getByText("The week is not over.")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /as PDF$/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^alder-finch-weekly-\d{4}-W\d{2}-preview\.pdf$/);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.goto("/reports");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
