import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";
import { openMemo } from "./memos";

const budget = (page: Page) => page.locator("dt", { hasText: "Budget used" }).locator("..");

test("an approved lever is led by a person: started, ticked off, paid for within its budget, and paused by the chairman", async ({
  page,
}) => {
  const memoId = await openMemo(`Lead it ${Date.now()}`);
  await signIn(page, "chairman");
  await page.goto(`/inbox/${memoId}`);
  await expect(page.getByRole("region", { name: "Your verdict" })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("a");
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("Enter");
  const outcome = page.getByRole("link", { name: "the initiative is planned" });
  await expect(outcome).toBeVisible({ timeout: 30_000 });
  const address = (await outcome.getAttribute("href")) ?? "";

  await signIn(page, "analyst");
  await page.goto(address);
  await page.getByRole("button", { name: "Start it" }).click();
  await expect(page.getByText("Nobody answers for it yet. Name an owner first.")).toBeVisible();
  await page.getByLabel("Owner").selectOption({ label: "Tomás Ferreira" });
  await page.getByRole("button", { name: "Name as owner" }).click();
  await expect(page.getByText("Tomás Ferreira (Head of Customer Success)")).toBeVisible();
  await page.getByRole("button", { name: "Start it" }).click();
  await expect(page.getByText("running", { exact: true })).toBeVisible();

  await page.getByLabel("Done: Interview customers who left").check();
  await expect(page.getByText(/^reached /)).toBeVisible();

  const money = page.getByRole("form", { name: "Write down money" });
  await money.getByLabel("Amount (USD)").fill("12000");
  await money.getByLabel("What for").fill("Interviews");
  await money.getByRole("button", { name: "Write it down" }).click();
  await expect(budget(page)).toContainText("$12");
  await money.getByLabel("Kind").selectOption("committed");
  await money.getByLabel("Amount (USD)").fill("40000");
  await money.getByLabel("What for").fill("A year of the platform");
  await money.getByRole("button", { name: "Write it down" }).click();
  await expect(page.getByText(/more than is left of the approved budget/)).toBeVisible();
  await expect(budget(page)).toContainText("$12");

  await page.getByText("Ask the chairman for a larger budget").click();
  const ask = page.getByRole("form", { name: "Ask for a larger budget" });
  await ask.getByLabel("Increase (USD)").fill("10000");
  await ask.getByLabel("Why").fill("The platform costs more than planned.");
  await ask.getByRole("button", { name: "Ask the chairman" }).click();
  await expect(page.getByRole("link", { name: "this memo" })).toBeVisible();
  await page.getByText("The plan as it is written").click();
  await expect(page.getByRole("heading", { name: "What it may cost" })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);

  await signIn(page, "chairman");
  await page.goto(address);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("The market turned");
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("The market turned").first()).toBeVisible();
  await page.goto(address.replace(/\/[^/]+$/, ""));
  await expect(page.getByRole("row", { name: /Retention programme/ })).toContainText("paused");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test("an admin names an address outside, sees its secret once, and is refused a private one", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/settings/connections");
  const form = page.getByRole("form", { name: "Add an address" });
  await form.getByLabel("Name").fill("Tracker");
  await form.getByLabel("Address").fill("http://127.0.0.1:9/hook");
  await form.getByRole("button", { name: "Add the address" }).click();
  await expect(page.getByText(/on this machine or a private network/)).toBeVisible();
  const url = `https://tracker.example.org/hook-${Date.now()}`;
  await form.getByLabel("Address").fill(url);
  await form.getByRole("button", { name: "Add the address" }).click();
  await expect(page.getByLabel("Shown once")).toContainText("whsec_");
  const row = page.getByRole("row", { name: new RegExp(url.slice(-20)) });
  await row.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Close it" }).click();
  await expect(row).toContainText("closed");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
