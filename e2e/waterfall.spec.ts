import { readFileSync } from "node:fs";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const WATERFALL = "/ventures/northwind-data/deal/waterfall";

test("an analyst finds the price that brings the group an amount, tries another, keeps the split and takes it along", async ({
  page,
}) => {
  test.slow();
  await signIn(page, "analyst");
  await page.goto(WATERFALL);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  const goal = page.getByRole("form", { name: "What price brings an amount" });
  await goal.getByLabel("Amount before tax").fill("10,000,000");
  await goal.getByRole("button", { name: "Find the price" }).click();
  await expect(page).toHaveURL(/goal=/);
  const answer = goal.locator("xpath=..").getByRole("status");
  await expect(answer).toContainText("brings the group");
  await answer.locator("[data-figure]").first().click();
  await expect(
    page
      .getByRole("dialog")
      .getByText(/all other terms standing/)
      .first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  await answer.getByRole("link", { name: "Split that price" }).click();
  await expect(page).toHaveURL(/price=\d/);

  const trial = page.getByRole("region", { name: "Preview of a price" });
  const before = await trial.getByRole("table").textContent();
  await trial.getByRole("slider").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => trial.getByRole("table").textContent()).not.toBe(before);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV", exact: true }).click();
  const csv = readFileSync(await (await download).path(), "utf8");
  expect(csv).toContain("split changes");

  await page.locator("summary", { hasText: "Keep this split" }).click();
  await page.getByLabel("Why it is kept").fill("Asked by the board");
  await page.getByRole("button", { name: /Keep as version/ }).click();
  await page.getByRole("button", { name: "Write the statement" }).click();
  await expect(page.getByRole("link", { name: /^Statement, version/ })).toBeVisible();
});
