import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const BUYERS = "/ventures/meridian-robotics/exit/buyers";
const HEAD = "Company,Type,As of,Source,Overlap,Overlap claim,Overlap evidence,Relationship,Relationship claim";

const open = (page: Page, summary: string) => page.locator("summary", { hasText: summary }).click();

test("an analyst loads a list, works the board by keyboard, asks before anything is sent, and takes the list back", async ({
  page,
}) => {
  const [first = "", second = ""] = ["Alder", "Birch"].map((name) => `${name} ${Date.now()}`);
  await signIn(page, "analyst");
  await page.goto(BUYERS);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 900 });

  await open(page, "Load a list");
  const rows = [
    `${first},trade,2026-06-30,Register,4,Same shelf,B,3,Met twice`,
    `${second},pirate,2026-06-30,Register,,,,,`,
  ];
  const list = { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from([HEAD, ...rows].join("\n")) };
  await page.getByRole("combobox", { name: "Source" }).fill(`Trial ${Date.now()}`);
  await page.getByLabel(/^File/).setInputFiles(list);
  await page.getByRole("button", { name: "Upload and check columns" }).click();
  await page.getByRole("button", { name: "Preview what would change" }).click();
  await expect(page.getByRole("link", { name: "1 new" })).toBeVisible();
  await expect(page.getByRole("link", { name: "1 rejected" })).toBeVisible();
  await page.getByRole("button", { name: "Apply 1 row" }).click();
  await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();

  await page.goto(BUYERS);
  await page.getByRole("searchbox", { name: "Search" }).fill(`${first} shelf`);
  await expect(page.getByRole("status").filter({ hasText: "1 buyer of" })).toBeVisible();
  await expect(page.getByRole("rowheader", { name: new RegExp(`${first}.*Strategic`) })).toBeVisible();

  const card = page.getByRole("button", { name: new RegExp(`^${first}`) });
  await card.focus();
  await page.keyboard.press("ArrowUp");
  await expect(card).not.toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(card).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: first });
  await expect(dialog.getByRole("option", { name: "NDA (not approved)" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await card.dragTo(page.getByRole("heading", { name: /^IOI/ }));
  await expect(dialog.getByLabel("Stage")).toHaveValue("ioi");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `Move ${first}` }).press("Enter");
  await page.getByRole("menuitem", { name: "LOI", exact: true }).press("Enter");
  await expect(dialog.getByLabel("Stage")).toHaveValue("loi");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await open(page, "Ask the chairman to let something be sent");
  await page.getByRole("checkbox", { name: first }).check();
  await page.getByLabel("Why now").fill("They asked for talks themselves.");
  await page.getByRole("button", { name: "Ask the chairman" }).click();
  await expect(page.getByText("The memo is in the chairman's inbox.").first()).toBeVisible();

  await open(page, "Lists that were loaded");
  await page
    .getByRole("row", { name: /list\.csv/ })
    .first()
    .getByRole("button", { name: /Take back/ })
    .click();
  await page.getByLabel("Reason").fill("Only a trial");
  await page.getByRole("button", { name: "Take the import back" }).click();
  await expect(page.getByRole("rowheader", { name: new RegExp(first) })).toHaveCount(0);
});
