import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

const DATA = "/ventures/meridian-robotics/data";

type Upload = { name: string; kind: "Customers" | "Metrics"; source: string; text: string };

async function upload(page: Page, { name, kind, source, text }: Upload): Promise<void> {
  await page.goto(DATA);
  await page.getByRole("radio", { name: kind }).check();
  await page.getByRole("combobox", { name: "Source" }).fill(source);
  await page.getByLabel(/^File/).setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Upload and check columns" }).click();
  await expect(page).toHaveURL(/\/imports\//, { timeout: 60_000 });
  await expect(page.getByRole("heading", { name: "What each column is" })).toBeVisible();
}

const preview = (page: Page) => page.getByRole("button", { name: "Preview what would change" }).click();

/** A header of its own each time: an answer is remembered for the next file with the same one. */
const customers = () =>
  [`id,name,since,note ${Date.now()}`, "E-1,Acme,03/04/2025,", "E-2,=HYPERLINK(1),05/06/2025,", "E-3,Gamma,,"].join(
    "\n",
  );

test("an analyst answers what the file leaves open, sees what would change, applies it once and takes it back", async ({
  page,
}) => {
  const source = `Trial ${Date.now()}`;
  const name = `customers-${Date.now()}.csv`;
  await signIn(page, "analyst");
  await upload(page, { name, kind: "Customers", source, text: `${customers()}\nE-4,${"x".repeat(400)},,\n` });
  await preview(page);
  await expect(page.getByRole("alert").filter({ hasText: "whether the day or the month comes first" })).toBeVisible();
  await page.getByLabel(/^the day:/).check();
  await preview(page);
  await expect(page.getByRole("heading", { name: "What would change" })).toBeVisible();
  await expect(page.getByRole("link", { name: "3 new" })).toBeVisible();
  await expect(page.getByRole("row", { name: /Acme/ })).toContainText("3 Apr 2025");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.getByRole("link", { name: "1 rejected" }).click();
  await expect(page.getByRole("row", { name: /400 characters/ })).toContainText("5");
  await page.getByRole("button", { name: "Apply 3 rows" }).dblclick();
  await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();

  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByLabel("Reason").fill("Only a trial");
  await page.getByRole("button", { name: "Take the import back" }).click();
  await expect(page.getByText(/: Only a trial/)).toBeVisible();
  await page.goto(DATA);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("taken back");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("rejected rows come as a file that a spreadsheet cannot run", async ({ page }) => {
  await signIn(page, "analyst");
  const text = "metric,period,value\nrevenue,2026-01,=1+1\nvibes,2026-01,5\n";
  await upload(page, { name: "bad.csv", kind: "Metrics", source: `Trial ${Date.now()}`, text });
  await preview(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the rejected rows" }).click();
  await page.getByRole("menuitem", { name: "CSV" }).click();
  const stream = await (await download).createReadStream();
  let csv = "";
  for await (const piece of stream) csv += piece;
  expect(csv).toContain(",'=1+1,");
  expect(csv).toContain("is no metric of the dictionary");
});

test("a file of more than ten megabytes arrives whole", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, "analyst");
  const rows = Array.from(
    { length: 200_000 },
    (_, i) => `BIG-${i},${"A customer with quite a long name ".repeat(2)}${i}`,
  );
  await upload(page, {
    name: "big.csv",
    kind: "Customers",
    source: `Trial ${Date.now()}`,
    text: `id,name\n${rows.join("\n")}\n`,
  });
  await preview(page);
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.getByRole("link", { name: "200,000 new" })).toBeVisible({ timeout: 90_000 });
});

test("a chairman reads the history and imports nothing", async ({ page }) => {
  await signIn(page, "chairman");
  await page.goto(DATA);
  await expect(page.getByRole("heading", { name: "Imports", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Upload and check columns" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Take back" })).toHaveCount(0);
  const refused = await page.request.post(
    "/api/imports?venture=018f0000-0000-7000-8000-000000000001&kind=metrics&fileName=a.csv&source=x",
    {
      headers: { "content-type": "application/octet-stream", origin: new URL(page.url()).origin },
      data: "a,b",
    },
  );
  expect(refused.status()).toBe(403);
});
