import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";
import { databaseUrl, ROOT } from "./memos";

async function makeClosing(): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: await databaseUrl(),
    NEXTAUTH_SECRET: "0".repeat(32),
    LOG_LEVEL: "silent",
  };
  const args = ["--disable-warning=DeprecationWarning", "--import", "./scripts/resolve.mjs", "e2e/closing-venture.ts"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  return (JSON.parse(stdout) as { slug: string }).slug;
}

async function looksRight(page: Page): Promise<void> {
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

const row = (page: Page, title: string) =>
  page.getByRole("row").filter({ has: page.getByRole("checkbox", { name: title }) });

test("a checklist is begun, settled in its order and on evidence, taken back, and a packet goes its way", async ({
  page,
}) => {
  await signIn(page, "analyst");
  await page.goto(`/ventures/${await makeClosing()}/deal/closing`);
  await page.getByRole("button", { name: "Begin the checklist" }).click();
  await expect(page.getByText(/^Critical path:/).locator("..")).toContainText("Merger control clearance");
  await looksRight(page);

  const clearance = "Merger control clearance, or the waiting period is over";
  const filing = "Merger control filing made, or counsel confirms that none is needed";
  await page.getByRole("checkbox", { name: clearance }).check();
  const bulk = page.getByRole("group", { name: "The chosen items" });
  await bulk.getByLabel("Note").fill("Letter of the agency");
  await bulk.getByRole("button", { name: "Set the state" }).click();
  await expect(bulk.getByRole("alert")).toContainText(`“${filing}”`);
  await page.getByRole("checkbox", { name: filing }).check();
  await bulk.getByRole("button", { name: "Set the state" }).click();
  await expect(row(page, clearance)).toContainText("Letter of the agency");
  await page.getByRole("button", { name: `Undo the last change of ${clearance}` }).click();
  await expect(row(page, clearance)).not.toContainText("Letter of the agency");

  await page.getByRole("button", { name: "Add a document" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Title").fill("Share purchase agreement");
  await dialog.getByLabel("Who signs it").fill("Ada Lind, company\nBen Roe, buyer");
  await dialog.getByRole("button", { name: "Add the document" }).click();
  await page.getByLabel("Move Packet of Ada Lind").selectOption({ label: "Out" });
  await expect(page.getByRole("row", { name: /^Share purchase agreement/ })).toContainText("out");

  await page.getByRole("button", { name: "Change the sizes" }).click();
  await dialog.getByLabel("Size of the transaction").fill("133,900,000");
  await dialog.getByRole("button", { name: "Keep the sizes" }).click();
  await expect(page.getByText("no filing by size")).toBeVisible();
  await page.getByRole("button", { name: "Write a status update" }).click();
  await expect(page.getByRole("link", { name: "Version 1" })).toBeVisible();
});
