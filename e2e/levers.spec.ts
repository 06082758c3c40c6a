import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

// The venture that was sold: no other journey reads its growth.
const DRIVERS = "/ventures/brightwater-payroll/growth/drivers";
const LEVERS = "/ventures/meridian-robotics/growth/levers";

test("an analyst changes a driver, sees what it moves, and goes back", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(DRIVERS);
  await expect(page.getByRole("heading", { name: "What revenue is made of" })).toBeVisible();
  await expect(page.getByText("Not explained by the tree")).toBeVisible();
  const changed = page.getByText("set by an analyst");

  await page.getByRole("button", { name: "Change Expansion per month" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Value per month").fill("0.01");
  await dialog.getByLabel("Why").fill("The new price list");
  await dialog.getByRole("button", { name: "Save as a new version" }).click();
  await expect(dialog).toBeHidden();
  await expect(changed.first()).toBeVisible();

  await page.getByRole("link", { name: "24 months ahead" }).click();
  await expect(page.getByText("Revenue of the next 24 months")).toBeVisible();
  const table = page.getByRole("region", { name: /^What each driver moves in 24 months/ });
  await table.getByRole("link", { name: /^Valuation/ }).click();
  await expect(table.getByRole("columnheader", { name: /^Valuation/ })).toHaveAttribute("aria-sort", "descending");
  await table.locator("[data-figure]").first().click();
  await expect(page.getByRole("dialog").getByRole("heading", { name: "Formula" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByText("The way from each driver to revenue").click();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(DRIVERS);
  await page.getByText(/and those before it/).click();
  await page.getByRole("button", { name: "Go back to version 0" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("It was only tried");
  await page.getByRole("button", { name: "Go back to it" }).click();
  await expect(changed).toHaveCount(0);
});

test("levers stand in order with ranges, the chosen set has its reasons, and one is proposed", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(LEVERS);
  await expect(page.getByRole("heading", { name: "What to do now" })).toBeVisible();
  await expect(page.getByText("Growth budget of a year")).toBeVisible();
  const table = page.getByRole("region", { name: "Growth levers" });
  const first = table.getByRole("row").nth(1);
  await expect(first.getByText("chosen", { exact: true })).toBeVisible();
  await expect(table.getByText(/below what the profile asks for/).first()).toBeVisible();
  await table.getByRole("link", { name: /Cost/ }).click();
  await expect(table.getByRole("columnheader", { name: /Cost/ })).toHaveAttribute("aria-sort", "ascending");

  await first.getByRole("rowheader").getByRole("link").click();
  await expect(page.getByText("What would disprove it").first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page
    .getByRole("button", { name: /^Propose: / })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why now").fill("It brings 90,000 a year.");
  await dialog.getByRole("button", { name: "Propose it" }).click();
  await expect(dialog.getByText(/fields say what/)).toBeVisible();
  await dialog.getByLabel("Why now").fill("Customers of the other channel pay back sooner.");
  await dialog.getByRole("button", { name: "Propose it" }).click();
  await expect(page).toHaveURL(/\/inbox\//, { timeout: 30_000 });
});

test("the chairman reads both and changes neither", async ({ page }) => {
  await signIn(page, "chairman");
  await page.goto(DRIVERS);
  await expect(page.getByRole("heading", { name: "What each driver moves" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Change New customers per month" })).toHaveCount(0);
  await page.goto(LEVERS);
  await expect(page.getByRole("heading", { name: "What to do now" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Propose: / })).toHaveCount(0);
});
