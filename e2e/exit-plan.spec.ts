import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const EXIT = "/ventures/meridian-robotics/exit";

test("an analyst says what a lever costs, keeps the plan, and opens what a step is worth to its formula", async ({
  page,
}) => {
  await signIn(page, "analyst");
  await page.goto(`${EXIT}/plan`);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole("button", { name: "Estimate Revenue", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Revenue", exact: true });
  await dialog.getByLabel("How many steps").fill("3");
  await dialog.getByLabel("Hours of work").fill("40");
  await expect(dialog.getByText(/^step \d+/)).toBeVisible();
  await dialog.getByLabel("Why").fill("Two customers signed early");
  await dialog.getByRole("button", { name: /Keep as version/ }).click();
  await expect(dialog).toBeHidden();
  const rowOf = (name: RegExp) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  const step = rowOf(/^\d+\. Revenue$/);
  await expect(step).toContainText("under way");
  await expect(page.getByRole("cell", { name: "Two customers signed early" })).toBeVisible();

  await page.getByRole("link", { name: "Value for cost" }).click();
  await expect(page).toHaveURL(/sort=-value/);
  const lever = rowOf(/^Revenue.*same margin/);
  await lever.locator("[data-figure]").first().click();
  await expect(page.getByRole("dialog").getByText(/one step up − one step down/)).toBeVisible();
});

test("a series comes from a file and goes back, and an assumption is tried before it is kept", async ({ page }) => {
  const key = `trial-${Date.now()}`;
  await signIn(page, "analyst");
  await page.goto(`${EXIT}/timing`);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole("button", { name: "Percentile", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Percentile", exact: true })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  const preview = page.getByRole("form", { name: "Assumptions of exit timing" });
  const before = await preview.textContent();
  await page.getByLabel("Discount rate a year").fill("0.6");
  await expect.poll(() => preview.textContent()).not.toBe(before);

  await page.locator("summary", { hasText: "A new series" }).click();
  const form = page.getByRole("form", { name: "New series" });
  await form.getByLabel("Name").fill(key);
  await form.getByLabel("Source").fill("A trial");
  await form.getByLabel("Definition").fill("Only a trial, of nothing at all");
  await form.getByRole("button").click();
  await expect(page.getByRole("row", { name: new RegExp(key) }).first()).toBeVisible();
  await page.locator("summary", { hasText: "Load a file" }).click();
  await page.getByLabel("Series", { exact: true }).selectOption(key);
  const file = {
    name: `${key}.csv`,
    mimeType: "text/csv",
    buffer: Buffer.from("date,value\n2026-01-01,5\n2026-02-30,6\n"),
  };
  await page.getByLabel(/^File \(CSV/).setInputFiles(file);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText(/a calendar day as YYYY-MM-DD/)).toBeVisible();
  await page.getByRole("button", { name: "Load it" }).click();
  const row = page.getByRole("row", { name: new RegExp(`${key}\\.csv`) });
  await row.getByRole("button", { name: /Take back/ }).click();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(row).toContainText("taken back");
});
