import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const GROWTH = "/ventures/brightwater-payroll/growth";

test("the specialist answers a question from figures, and the answer stays", async ({ page }) => {
  test.slow();
  await signIn(page, "chairman");
  await page.goto(GROWTH);
  const question = `What is our growth rate (${Date.now()})?`;
  await page.getByLabel("Your question").fill(question);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const list = page.getByRole("list", { name: "Questions and answers" });
  const asked = list.getByRole("listitem").filter({ hasText: question });
  await expect(asked).toContainText("Growth over the year is", { timeout: 60_000 });
  await expect(asked.locator("[data-figure]").first()).toBeVisible();
  await expect(asked).toContainText("built-in analyst", { timeout: 30_000 });
  await page.reload();
  await expect(asked).toContainText("Growth over the year is");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test("what the figures do not say, the answer says", async ({ page }) => {
  test.slow();
  await signIn(page, "analyst");
  await page.goto(GROWTH);
  const question = `Who leads the company (${Date.now()})?`;
  await page.getByLabel("Your question").fill(question);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const asked = page
    .getByRole("list", { name: "Questions and answers" })
    .getByRole("listitem")
    .filter({ hasText: question });
  await expect(asked).toContainText("The figures do not answer this.", { timeout: 60_000 });
});

test("an alert is acknowledged by keyboard in one's name, and the note is taken back", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto("/alerts?venture=halcyon");
  const button = page.getByRole("button", { name: /^Acknowledge: Halcyon, cash runway low/ });
  const taken = page.getByRole("button", { name: /^Take back the note on: Halcyon, cash runway low/ });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(taken).toBeVisible();
  await expect(page.getByText(/Noted by Tomás Ferreira/).first()).toBeVisible();
  await expect(page.getByText(/took note of an alert/).first()).toBeVisible();
  await expectAccessible(page);
  await taken.click();
  await expect(button).toBeVisible();
  await expect(page.getByText(/took back the note of an alert/).first()).toBeVisible();
});
