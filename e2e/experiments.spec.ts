import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const LIST = "/ventures/lumen-health/growth/experiments";

let made = 0;
const nameOf = (what: string): string => {
  made += 1;
  return `${what} ${process.pid}-${made}`;
};

/** A test of one rate, 50 to 50, designed and started through the screens. */
async function runningExperiment(page: Page, name: string, analysis: RegExp): Promise<void> {
  await page.goto(`${LIST}/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Hypothesis").fill("Most visitors compare by the year");
  await page.getByRole("radio", { name: analysis }).check();
  await page.getByLabel("Visitors a day").fill("900");
  await expect(page.getByText(/visitors in all, \d+ days/)).toBeVisible();
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Start" }).click();
  await expect(page.getByRole("heading", { name: "Counts" })).toBeVisible();
}

const rates = (control: string, treatment: string) =>
  `arm,metric,n,successes\ncontrol,conversion,${control}\ntreatment,conversion,${treatment}\n`;

async function importCounts(page: Page, text: string): Promise<void> {
  const newer = page.getByText("Import newer counts");
  if (await newer.isVisible()) await newer.click();
  await page.getByRole("textbox", { name: "Counts" }).fill(text);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("region", { name: "What would change" })).toBeVisible();
  await page.getByRole("button", { name: "Import the counts" }).click();
  await expect(page.getByText(/imported as revision/).last()).toBeVisible();
}

test("an analyst designs a test, starts it, imports counts, and decides against the rule with a reason", async ({
  page,
}) => {
  await signIn(page, "analyst");
  await runningExperiment(page, nameOf("Annual plan first"), /Sequential/);
  await page.getByRole("textbox", { name: "Counts" }).fill(rates("10000,x", "10020,1290"));
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText(/Row 2: successes is "x"/)).toBeVisible();
  await importCounts(page, rates("10000,1000", "10020,1290"));
  await expect(page.getByRole("heading", { name: "Results" })).toBeVisible();
  await expect(page.getByText("ship: Treatment")).toBeVisible();
  await page.getByRole("button", { name: /^Change: Conversion/ }).click();
  await expect(page.getByRole("dialog").getByText("counts of the experiment")).toBeVisible();
  await page.keyboard.press("Escape");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole("radio", { name: "Do not ship" }).check();
  await page.getByRole("textbox", { name: "Reason" }).fill("The price promise forbids it this year");
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByText("Against the rule, which said “ship”.")).toBeVisible();
});

test("a fixed horizon shows progress only, and a broken split nothing but the warning", async ({ page }) => {
  await signIn(page, "analyst");
  await runningExperiment(page, nameOf("Shorter form"), /Fixed horizon/);
  await importCounts(page, rates("900,90", "905,180"));
  await expect(page.getByText(/planned size is not reached/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Results" })).toHaveCount(0);
  await importCounts(page, rates("40000,4000", "45000,9000"));
  await expect(page.getByText(/did not fall on the arms as planned/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Results" })).toHaveCount(0);
  await expectAccessible(page);
});

test("the chairman reads the list", async ({ page }) => {
  await signIn(page, "chairman");
  await page.goto(LIST);
  await expect(page.getByRole("heading", { level: 1, name: "Experiments" })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
