import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

/** An analyst looks ahead: metric, horizon, proof of a month, what stands out, and keeps the month's forecast. */
const PATH = "/ventures/northwind-data/growth/forecast";

const ahead = (page: Page) => page.getByRole("table", { name: /, months ahead$/ });

test("chooses a metric and a horizon, and the address keeps them", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(PATH);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/forecast/);
  await expect(ahead(page).getByRole("row")).toHaveCount(13);
  await page.getByRole("navigation", { name: "Metric" }).getByRole("link", { name: "MRR" }).click();
  await expect(page).toHaveURL(/metric=mrr/);
  await page.getByRole("navigation", { name: "Months ahead" }).getByRole("link", { name: "6 months" }).click();
  await expect(page).toHaveURL(/metric=mrr&months=6/);
  await expect(ahead(page).getByRole("row")).toHaveCount(7);
  await page.reload();
  await expect(page.getByRole("link", { name: "6 months" })).toHaveAttribute("aria-current", "page");
});

test("opens a month that nobody opened before down to its rows, and computes it again the same", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(`${PATH}?metric=revenue`);
  await ahead(page).locator("button[data-figure]").first().click();
  const proof = page.getByRole("dialog", { name: /Revenue in [A-Z][a-z]+ \d{4}, forecast/ });
  await expect(proof.getByText(/^ETS\(.*\) on \d+ months to/)).toBeVisible();
  await proof.getByRole("button", { name: "Show rows" }).click();
  await expect(proof.getByText("as stored when it was computed")).toBeVisible();
  await proof.getByRole("button", { name: "Recompute" }).click();
  await expect(proof.getByText("Same value.")).toBeVisible();
});

test("keeps the month's forecast, once", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(`${PATH}?metric=customers`);
  const make = page.getByRole("button", { name: "Make a forecast" });
  const kept = page.getByText(/This month’s forecast was kept on/);
  await expect(make.or(kept)).toBeVisible();
  if (await make.isVisible()) await make.click();
  await expect(kept).toBeVisible();
  await expect(make).toHaveCount(0);
});

test("a series with gaps has no forecast, and says which months are missing", async ({ page }) => {
  await signIn(page, "chairman");
  await page.goto("/ventures/alder-finch/growth/forecast?metric=revenue");
  await expect(page.getByText(/Unknown, because months are missing or contradict each other/)).toBeVisible();
  await expect(ahead(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Table" }).first().click();
  await expect(page.getByRole("table", { name: /no forecast/ })).toBeVisible();
});

test("is accessible, and never scrolls sideways", async ({ page }) => {
  await signIn(page, "analyst");
  for (const query of ["?metric=revenue", "?metric=cash&months=24"]) {
    await page.goto(`${PATH}${query}`);
    await expect(ahead(page)).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 900 });
    await expectNoSidewaysScroll(page);
  }
});
