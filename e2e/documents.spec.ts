import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const DOCUMENTS = "/ventures/northwind-data/deal/documents";

test("a letter is written from an offer, its holes are filled, and what changed is seen", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(DOCUMENTS);
  await page.getByRole("button", { name: "Write", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Write a document" });
  await dialog.getByLabel("Document").selectOption("Letter of intent");
  await dialog.getByLabel("Bidder").selectOption("Oxbow Analytics plc");
  await dialog.getByLabel("Terms").selectOption({ label: "Indication of interest, version 1" });
  await dialog.getByRole("button", { name: "Write it" }).click();

  await expect(page.getByRole("heading", { name: "Letter of intent, Oxbow Analytics plc" })).toBeVisible();
  const text = page.getByRole("region", { name: "Text" });
  await expect(text.getByText("GBP 41,000,000.00")).toBeVisible();
  await expect(text.getByText("Financing.", { exact: true })).toBeVisible();
  await expect(text.getByText("Earn-out.", { exact: true })).toHaveCount(0);
  await expect(text.getByText("[missing: legal name of the buyer]").first()).toBeVisible();

  await page.getByLabel("Legal name of the buyer").fill("Oxbow Analytics Public Limited Company");
  await page.getByRole("button", { name: "Keep and write anew" }).click();
  await page.getByRole("link", { name: "Changes since version 1" }).click();
  const changes = page.getByRole("region", { name: "Changes" });
  await expect(changes.getByRole("insertion").filter({ hasText: "Oxbow" }).first()).toBeVisible();
  const href = await page.getByRole("link", { name: /as Tracked changes/ }).getAttribute("href");
  const file = await page.request.get(href ?? "");
  expect(file.status()).toBe(200);
  expect((await file.body()).subarray(0, 2).toString()).toBe("PK");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScroll(page);
});

test("a template that asks for what it cannot have is refused by line before it is kept", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(`${DOCUMENTS}/templates`);
  const bad = { name: "ours.txt", mimeType: "text/plain", buffer: Buffer.from("# Ours\n\nTo {{buyer.shoe}}") };
  await page.getByLabel("Word file or text").setInputFiles(bad);
  await expect(page.getByText("Line 3: There is no field “buyer.shoe”.")).toBeVisible();
  await expect(page.getByRole("button", { name: /Keep as version/ })).toBeDisabled();
  await expectAccessible(page);
});
