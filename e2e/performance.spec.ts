import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

/** An analyst reads a venture's performance: window, month, movements, cohorts, and any number down to its rows. */
const PATH = "/ventures/northwind-data/growth/performance";

test.beforeEach(async ({ page }) => signIn(page, "analyst"));

const numberOf = (page: Page, row: RegExp) =>
  page.getByRole("row", { name: row }).first().locator("button[data-figure]").first();

test("chooses a window and a month, and the address keeps them", async ({ page }) => {
  await page.goto(PATH);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/performance/);
  const window = page.getByRole("navigation", { name: "Window" });
  await expect(window.getByRole("link", { name: "12 months" })).toHaveAttribute("aria-current", "page");
  await window.getByRole("link", { name: "Quarter" }).click();
  await expect(page).toHaveURL(/span=3/);
  await expect(page.getByRole("columnheader", { name: "Quarter before" }).first()).toBeVisible();
  const newest = await page.getByRole("combobox", { name: "Up to" }).inputValue();
  await page.getByRole("link", { name: /The month before/ }).click();
  await expect(page).toHaveURL(/span=3&month=\d{4}-\d{2}/);
  await expect(page.getByRole("combobox", { name: "Up to" })).not.toHaveValue(newest);
  await page.reload();
  await expect(window.getByRole("link", { name: "Quarter" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(page.getByRole("combobox", { name: "Up to" })).toHaveValue(newest);
});

test("opens a number that nobody opened before down to its rows, and computes it again the same", async ({ page }) => {
  await page.goto(`${PATH}?span=3`);
  await numberOf(page, /^Net revenue retention/).click();
  const proof = page.getByRole("dialog", { name: "Net revenue retention" });
  await expect(proof.getByText("over the customers of 3 months ago")).toBeVisible();
  await proof.getByRole("button", { name: "Show rows" }).click();
  await expect(proof.getByText("as stored when it was computed")).toBeVisible();
  await proof.getByRole("button", { name: "Recompute" }).click();
  await expect(proof.getByText("Same value.")).toBeVisible();
});

test("reads a chart by keyboard and opens a month's proof", async ({ page }) => {
  await page.goto(`${PATH}?trend=net_revenue_retention`);
  const reader = page.getByRole("slider", { name: /Read Net revenue retention/ });
  await reader.focus();
  const last = await reader.getAttribute("aria-valuetext");
  await reader.press("Home");
  await expect(reader).not.toHaveAttribute("aria-valuetext", last ?? "");
  await reader.press("End");
  await reader.press("Enter");
  await expect(page.getByRole("dialog", { name: "Net revenue retention" }).getByText("Formula")).toBeVisible();
});

test("filters the movements, walks the cohorts, opens a cell", async ({ page }) => {
  await page.goto(PATH);
  await page.getByRole("combobox", { name: "Movement" }).selectOption("churn");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/type=churn/);
  const table = page.getByRole("table", { name: "Movements of MRR by customer" });
  await expect(table.getByRole("cell", { name: "churn" })).not.toHaveCount(0);
  await expect(table.getByRole("cell", { name: "expansion" })).toHaveCount(0);
  const cells = page.getByRole("table", { name: "Cohorts by customers" }).locator("button");
  // Keys count once the page listens and the cells of the filtered page are there.
  await expect(async () => {
    await cells.first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await expect(page.locator('[data-place="1:1"]')).toBeFocused({ timeout: 1_000 });
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: /Cohort of/ })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expect(page.getByRole("dialog", { name: /Cohort of/ }).getByText("Formula")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "By revenue" }).click();
  await expect(page.getByRole("table", { name: "Cohorts by revenue" })).toBeVisible();
});

test("is accessible, and no wider than a phone", async ({ page }) => {
  test.slow();
  await page.goto(`${PATH}?span=1`);
  await expect(page.getByRole("table", { name: "The largest customers by what was invoiced" })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});
