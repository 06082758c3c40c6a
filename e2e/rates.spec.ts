import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

test("a rate is added by hand, replaced with a reason, and taken back; the history keeps all three", async ({
  page,
}) => {
  await signIn(page, "analyst");
  await page.goto("/settings/rates?pair=NZD-FJD");
  await expect(page.getByText("No rate is stored for this pair.")).toBeVisible();
  const form = page.getByRole("form", { name: "Add a rate" });
  const add = async (rate: string) => {
    await form.getByLabel("One unit of").fill("NZD");
    await form.getByLabel("is in").fill("FJD");
    await form.getByLabel("Rate", { exact: true }).fill(rate);
    await form.getByLabel("Day").fill("2026-09-30");
    await form.getByLabel("Published by").fill("Reserve Bank");
    await form.getByRole("button", { name: "Add the rate" }).click();
  };
  await add("1.3645");
  const table = page.getByRole("table", { name: "Exchange rates, newest first" });
  await expect(table.getByRole("cell", { name: "1.3645" })).toBeVisible();
  await add("1.3650");
  await expect(form.getByText("Say why it is replaced")).toBeVisible();
  await form.getByLabel("Reason").fill("Misprint in the bulletin");
  await form.getByRole("button", { name: "Add the rate" }).click();
  await expect(table.getByText("Misprint in the bulletin")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await table.getByRole("button", { name: /Take back NZD\/FJD/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("The bulletin was right");
  await dialog.getByRole("button", { name: "Take the rate back" }).click();
  await expect(table.getByRole("cell", { name: "1.3645" })).toBeVisible();
  await expect(table.getByText("1.365", { exact: false })).toHaveCount(0);
  await page.getByRole("link", { name: "With what was replaced" }).click();
  await expect(table.getByRole("deletion").filter({ hasText: "1.365" })).toBeVisible();
});
