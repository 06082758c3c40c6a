import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const DEAL = "/ventures/northwind-data/deal";

async function looksRight(page: Page): Promise<void> {
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("an analyst takes in a bidder, is told what a stage asks for, moves it by keyboard and takes that back", async ({
  page,
}) => {
  const bidder = `Alder ${Date.now()}`;
  await signIn(page, "analyst");
  await page.goto(DEAL);
  await looksRight(page);

  await page.locator("summary", { hasText: "Take another bidder" }).click();
  await page.getByLabel("Bidder", { exact: true }).fill(bidder);
  await page.getByRole("button", { name: "Take into the sale" }).click();
  await expect(page.getByRole("rowheader", { name: new RegExp(bidder) })).toBeVisible();

  await page.getByRole("button", { name: `Move ${bidder}` }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Negotiating" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: bidder });
  const move = dialog.getByRole("form", { name: `Move ${bidder}` });
  await move.getByRole("button", { name: "Move to negotiating" }).click();
  await expect(move.getByRole("alert")).toContainText("Owner; Contact at the bidder.");
  await move.getByLabel("Owner").selectOption({ index: 1 });
  await move.getByLabel("Contact at the bidder").fill("Dr. Weiss");
  await move.getByRole("button", { name: "Move to negotiating" }).click();
  await expect(dialog.getByText(/: Negotiating/)).toBeVisible();
  await dialog.getByRole("button", { name: "Undo the last change" }).click();
  await expect(dialog.getByText("undone")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Search" }).fill(bidder);
  await expect(page.getByRole("row", { name: new RegExp(bidder) })).toContainText("Not started");
});

test("a term is edited and its effect seen at once, kept as a version, and compared with the one before", async ({
  page,
}) => {
  await signIn(page, "analyst");
  await page.goto(`${DEAL}/offers`);
  await expect(page.getByText(/is worth most to the group/)).toBeVisible();
  await looksRight(page);

  await page.getByLabel("Terms of").selectOption({ label: "Oxbow Analytics plc, Indication of interest, version 1" });
  const effect = page.getByRole("region", { name: "Effect of the terms" });
  await expect(effect).toContainText("Not stated: Cash at closing, Debt at closing, Working capital.");
  await page.locator("summary", { hasText: "Adjustments" }).click();
  await page.getByLabel("Cash at closing", { exact: true }).fill("3.2 M");
  await page.getByLabel("Debt at closing").fill("500k");
  await page.getByLabel("Working capital", { exact: true }).selectOption("none");
  await expect(effect).toContainText("to the group today");
  const group = effect.getByRole("row", { name: /^The group/ });
  const before = await group.textContent();
  await page.getByLabel("Headline price").fill("much");
  await expect(effect).toContainText("Mend what is marked");
  await page.getByLabel("Headline price").fill("60 M");
  await expect.poll(() => group.textContent()).not.toBe(before);

  await page.getByLabel("Where it is written").fill("Call of today");
  await page.getByRole("button", { name: "Keep the terms" }).click();
  await expect(
    page.getByRole("checkbox", { name: "Oxbow Analytics plc, Indication of interest, version 2" }),
  ).toBeChecked();
  await page.getByRole("checkbox", { name: "Oxbow Analytics plc, Indication of interest, version 1" }).check();
  const table = page.getByRole("region", { name: "Offers side by side" });
  await expect(table.getByRole("columnheader", { name: /Oxbow/ })).toHaveCount(2);
  await expect(table.getByRole("row", { name: /^Headline price/ })).toContainText("changed in this version");
  await table
    .getByRole("row", { name: /^Worth today/ })
    .locator("[data-figure]")
    .first()
    .click();
  await expect(page.getByRole("dialog").getByText(/present value × probability/)).toBeVisible();
});

test("the position against a bidder stands with its figures, and a counter waits for the chairman", async ({
  page,
}) => {
  await signIn(page, "analyst");
  await page.goto(`${DEAL}/negotiation`);
  await looksRight(page);
  const counters = page.getByRole("region", { name: "Counters to Harrow Software Partners" });
  await counters.getByRole("button", { name: "Draft the counter from our positions" }).click();
  await expect(counters.getByText(/nothing leaves before the chairman says so/).first()).toBeVisible();
  await counters.getByLabel("Why now").first().fill("Their partners meet on Friday.");
  await counters.getByRole("button", { name: "Ask the chairman" }).first().click();
  await expect(page.getByText("The memo is in the chairman’s inbox.")).toBeVisible();
});
