import { expect, signIn, test } from "./fixtures";

const GROWTH = "/ventures/meridian-robotics/growth";
const DATA = "/ventures/meridian-robotics/data";

/** Months of a metric that no figure of the growth analysis rests on, so that other journeys stay as they are. */
const numbers = () =>
  ["metric,period,value", "visitors,2026-08,18250", "visitors,2026-09,19110", "visitors,2026-10,20480"].join("\n");

test("from imported numbers to a decision that is carried out once", async ({ page, browser }) => {
  test.setTimeout(240_000);

  await signIn(page, "analyst");
  await page.goto(DATA);
  await page.getByRole("radio", { name: "Metrics" }).check();
  await page.getByRole("combobox", { name: "Source" }).fill(`Web analytics ${Date.now()}`);
  const file = { name: "visitors.csv", mimeType: "text/csv", buffer: Buffer.from(numbers()) };
  await page.getByLabel(/^File/).setInputFiles(file);
  await page.getByRole("button", { name: "Upload and check columns" }).click();
  await page.getByRole("button", { name: "Preview what would change" }).click();
  await page.getByRole("button", { name: "Apply 3 values" }).click();
  await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible({ timeout: 30_000 });

  await page.goto(GROWTH);
  await page.getByRole("button", { name: /Run growth analysis|Run again|Try again/ }).click();
  await expect(page.getByText("venture.levers")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Done: \d+ tool calls/)).toBeVisible({ timeout: 90_000 });
  const memo = page.locator('a[href^="/inbox/"]').first();
  await expect(memo).toBeVisible();
  const address = (await memo.getAttribute("href")) ?? "";

  const chairman = await (await browser.newContext()).newPage();
  await signIn(chairman, "chairman");
  await chairman.goto(address);
  await expect(chairman.getByRole("region", { name: "Your verdict" })).toBeVisible();

  // A number, down to the row of the file that it came from.
  await chairman.locator("[data-figure]").first().click();
  const proof = chairman.getByRole("dialog");
  await expect(proof.getByRole("heading", { name: "Formula" })).toBeVisible();
  for (let depth = 0; depth < 6 && (await proof.getByRole("heading", { name: "Source rows" }).count()) === 0; depth++) {
    await proof
      .getByRole("button", { name: /open its proof$/ })
      .first()
      .click();
    await expect(proof.getByRole("heading", { name: "Formula" })).toBeVisible();
  }
  await proof.getByRole("button", { name: "Show rows" }).first().click();
  const rows = proof.getByRole("table", { name: /^Rows behind the figure/ });
  await rows.getByRole("button").first().click();
  await expect(proof.getByText(/\.(csv|xlsx), row \d+/)).toBeVisible();
  await chairman.keyboard.press("Escape");
  await expect(proof).toBeHidden();

  await expect(async () => {
    await chairman.keyboard.press("a");
    await expect(chairman.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await chairman.keyboard.press("Enter");
  await expect(chairman.getByText(/the initiative is planned/)).toBeVisible({ timeout: 30_000 });

  // Carried out once: one initiative, and the record says who decided.
  await chairman.goto("/ventures/meridian-robotics");
  await expect(chairman.getByRole("heading", { name: "Initiatives" })).toBeVisible();
  await expect(chairman.getByText("No initiative yet")).toHaveCount(0);
  await chairman.goto("/record");
  await expect(chairman.locator(`a[href="${address}"]`).first()).toBeVisible();
  await chairman.context().close();
});
