import type { Page } from "@playwright/test";
import { expect, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const GROWTH = "/ventures/kestrel-freight/growth";

const loop = (page: Page) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: "Growth cycle" }) });
const phase = (page: Page) => loop(page).locator('[aria-current="step"]');

async function as(page: Page, role: "chairman" | "analyst"): Promise<void> {
  await signIn(page, role);
}

test("the loop is started, analyses and proposes; the chairman pauses it, lets it go on and ends it", async ({
  page,
}) => {
  await as(page, "analyst");
  await page.goto(GROWTH);
  await loop(page).getByRole("button", { name: "Start the growth cycle" }).click();
  await expect(phase(page)).toBeVisible();
  await expect(loop(page)).toContainText(/turn \d+, review on/);
  // The analysis is a run of the worker's: what it found is there when the page is read again.
  await expect(async () => {
    await page.reload();
    await expect(phase(page)).toHaveText(/Decide|Execute/, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect(loop(page).getByRole("button", { name: "Pause" })).toHaveCount(0);

  await as(page, "chairman");
  await page.goto(GROWTH);
  await loop(page).getByRole("button", { name: "Pause" }).click();
  await expect(loop(page)).toContainText("Paused.");
  await loop(page).getByRole("button", { name: "Resume" }).click();
  await expect(loop(page)).not.toContainText("Paused.");
  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScroll(page);
  await loop(page).getByRole("button", { name: "Cancel cycle…" }).click();
  await page.getByRole("button", { name: "Cancel the cycle", exact: true }).click();
  await expect(loop(page).getByRole("button", { name: "Start the growth cycle" })).toBeVisible();
  await expect(loop(page).getByRole("list", { name: "Earlier turns" })).toContainText(/Cancelled|cancelled/);
});
