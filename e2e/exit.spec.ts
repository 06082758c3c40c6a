import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, signInAnew, signInOf, test } from "./fixtures";
import { databaseUrl, ROOT } from "./memos";

type Made = { slug: string; email: string; password: string };

/** A venture of its own, and a second chairman, put in by a process of the application. */
async function makeExitVenture(): Promise<Made> {
  const env = {
    ...process.env,
    DATABASE_URL: await databaseUrl(),
    NEXTAUTH_SECRET: "0".repeat(32),
    LOG_LEVEL: "silent",
  };
  const args = ["--disable-warning=DeprecationWarning", "--import", "./scripts/resolve.mjs", "e2e/exit-venture.ts"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  return JSON.parse(stdout) as Made;
}

/** Approves the memo on the screen, with the proof that what cannot be undone asks for. */
async function approve(page: Page, password: string): Promise<void> {
  await page.getByRole("region", { name: "Your verdict" }).getByRole("button", { name: "Approve" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Approve", exact: true }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
}

test("a venture gets ready, is valued, and two people approve its exit", async ({ page, browser }) => {
  test.slow();
  const made = await makeExitVenture();
  const exit = `/ventures/${made.slug}/exit`;

  await signIn(page, "analyst");
  await page.goto(`${exit}/readiness`);
  const row = page.getByRole("row", { name: /Audited accounts/ });
  await row.getByRole("button", { name: "Answer" }).click();
  await page.getByRole("radio", { name: /^4:/ }).check();
  await page.getByLabel("Why").fill("Three years, unqualified.");
  await page.getByLabel("What was seen").fill("The auditor's opinions");
  await page.getByRole("button", { name: "Add evidence" }).click();
  await page.getByRole("button", { name: "Keep the score" }).click();
  await expect(row).toContainText("The auditor's opinions");

  await page.goto(`${exit}/valuation`);
  const preview = page.getByText("Preview, not kept").locator("..");
  await page.locator("summary", { hasText: "Discounted cash flow" }).click();
  await page.getByLabel("Use this method").first().check();
  await page.getByLabel("What it is of, last year").fill("2000000");
  await expect(preview).toContainText(/Equity value\s*\$[1-9]/);
  const before = (await preview.textContent()) ?? "";
  await page.getByLabel("Exit multiple").fill("20");
  await expect(preview).not.toHaveText(before);
  await page.getByLabel("Why").fill("First look");
  await page.getByRole("button", { name: "Keep as version 1" }).click();
  await expect(page.getByText("The valuation is kept.")).toBeVisible();

  await signInAnew(page, "chairman");
  await page.goto(exit);
  await page.getByRole("button", { name: "Start exit preparation…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Start" }).click();
  const asked = page.getByRole("link", { name: /Approve the exit process of Exit Test/ });
  await expect(async () => {
    await page.goto("/inbox");
    await expect(asked).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await asked.click();
  await expect(page.getByRole("region", { name: "The case" })).toContainText("Net proceeds per holder");
  await approve(page, signInOf("chairman").password);
  await expect(page.getByText("approved by one, waits for the second").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Your verdict" })).toHaveCount(0);
  const memo = page.url();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);

  const second = await browser.newPage();
  await second.goto("/sign-in");
  await second.getByLabel("E-mail").fill(made.email);
  await second.getByLabel("Password", { exact: true }).fill(made.password);
  await second.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(second).not.toHaveURL(/\/sign-in/);
  await second.goto(memo);
  await expect(second.getByText("You can be the second")).toBeVisible();
  await approve(second, made.password);
  await expect(second.getByText(/value realization \(40\.3\) is open/)).toBeVisible();
  await second.close();
});

test("the screens of an exit are accessible and no wider than the window", async ({ page }) => {
  test.slow();
  await signIn(page, "analyst");
  for (const path of ["", "/readiness", "/valuation"]) {
    await page.goto(`/ventures/meridian-robotics/exit${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
  }
});
