import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { DEMO_SIGN_INS } from "@/lib/auth/demo";
import { statementXml } from "@/lib/payments/test-support/statement-xml";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, signInOf, test } from "./fixtures";
import { databaseUrl, ROOT } from "./memos";

const OWN = "AT611904300234573201";
const ADA = "DE89370400440532013000";

async function makeSale(): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: await databaseUrl(),
    NEXTAUTH_SECRET: "0".repeat(32),
    LOG_LEVEL: "silent",
  };
  const args = ["--disable-warning=DeprecationWarning", "--import", "./scripts/resolve.mjs", "e2e/sale-venture.ts"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  return (JSON.parse(stdout) as { slug: string }).slug;
}

/** Fills the dialog that is open and presses its button. */
async function submit(page: Page, fields: Readonly<Record<string, string>>, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole("button", { name: button, exact: true }).click();
}

async function prove(page: Page, password: string): Promise<void> {
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** A file that is chosen before the page listens is not heard; taken in twice, a statement counts once. */
async function upload(page: Page, xml: string, answer: string): Promise<void> {
  const file = { name: "bank.xml", mimeType: "text/xml", buffer: Buffer.from(xml) };
  await expect(async () => {
    await page.getByLabel(/^Statement of/).setInputFiles(file);
    await expect(page.getByRole("status").filter({ hasText: answer })).toBeVisible({ timeout: 10_000 });
  }).toPass();
}

/** With the proof of presence where it is asked for; the one of a moment ago still holds. */
async function approve(page: Page, memo: string, password: string | null): Promise<void> {
  await page.goto(memo);
  await page.getByRole("region", { name: "Your verdict" }).getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }).click();
  if (password !== null) await prove(page, password);
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("the price comes in, a holder is paid once by three people, and the bank's statement closes it", async ({
  page,
  browser,
}) => {
  test.slow();
  const at = `/ventures/${await makeSale()}/deal/payments`;
  const { password } = signInOf("chairman");
  const chairman = await browser.newPage();
  await signIn(chairman, "chairman");
  await chairman.goto(at);
  await chairman.getByRole("button", { name: "Add an account" }).click();
  const account = { "Name of the account": "Sale account", "In the name of": "Holding GmbH", Bank: "Bank", IBAN: OWN };
  await submit(chairman, account, "Add");
  await prove(chairman, password);
  await expect(chairman.getByText("AT61 •••• 3201")).toBeVisible();

  await signIn(page, "analyst");
  await page.goto(at);
  await upload(page, statementXml([{ ref: "IN1", cents: 100_000n }]), "1 new lines: 0 matched, 1 for a person.");
  await page.getByRole("button", { name: /^Explain/ }).click();
  await submit(page, { "How you know": "Closing statement" }, "Book it");
  await expect(page.getByText("every line of the bank is matched or explained")).toBeVisible();

  await page.goto(`${at}/ledger`);
  await page.getByRole("button", { name: "Distribute proceeds" }).click();
  const asked = { Name: "Closing", "Amount in EUR": "1,000.00", Why: "The deal has closed" };
  await submit(page, asked, "Ask to distribute");
  await expect(page.getByText("Somebody else carries it out.")).toBeVisible();
  await chairman.goto(`${at}/ledger`);
  await chairman.getByRole("button", { name: "Carry it out" }).click();
  await chairman.getByRole("alertdialog").getByRole("button", { name: "Carry it out" }).click();
  await expect(chairman.getByRole("row", { name: /Closing.*stands/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("row", { name: /Payable.*Ada Holder.*750/ })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${at}/payees`);
  await page.getByRole("button", { name: "Add Ada Holder" }).click();
  await page.getByRole("button", { name: "Enter account of Ada Holder" }).click();
  await submit(page, { IBAN: "DE88370400440532013000", "Where this comes from": "Letter" }, "Keep");
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("check digits");
  await submit(page, { IBAN: ADA }, "Keep");
  await expect(page.getByText("Somebody else calls.")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1_280, height: 900 });

  await chairman.goto(`${at}/payees`);
  await chairman.getByRole("button", { name: "Record the call to Ada Holder" }).click();
  const call = {
    "Number called": "+49 30 1234567",
    "Where the number is from": "Agreement",
    "Who confirmed it": "Ada",
  };
  await submit(chairman, call, "They confirmed it");
  await expect(chairman.getByRole("row", { name: /Ada Holder/ })).toContainText("confirmed");

  await page.goto(at);
  await page.getByRole("checkbox", { name: /Pay Ada Holder/ }).check();
  await page.getByLabel("Title").fill("First distribution");
  await page.getByRole("button", { name: "Draft 1 payment" }).click();
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await submit(page, { "Why now": "The deal has closed." }, "Ask the chairman");
  const memo = await page.getByRole("link", { name: "Memo" }).getAttribute("href");

  await approve(chairman, memo ?? "", null);
  await expect(
    chairman
      .getByText(/waits for the second/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  const vice = DEMO_SIGN_INS.find(({ email }) => email.startsWith("vicechair"));
  const second = await browser.newPage();
  await second.goto("/sign-in");
  await second.getByLabel("E-mail").fill(vice?.email ?? "");
  await second.getByLabel("Password", { exact: true }).fill(vice?.password ?? "");
  await second.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(second).not.toHaveURL(/\/sign-in/);
  await approve(second, memo ?? "", vice?.password ?? "");
  await expect(second.getByText(/the payments are approved/)).toBeVisible();
  await second.close();

  await chairman.goto(at);
  const download = chairman.waitForEvent("download");
  await chairman.getByRole("button", { name: "Make the bank’s file" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text).toContain(`<IBAN>${ADA}</IBAN>`);
  await chairman.getByRole("button", { name: "Mark as sent" }).click();
  await chairman.getByRole("alertdialog").getByRole("button", { name: "It was sent" }).click();
  await expect(chairman.getByText("sent", { exact: true }).first()).toBeVisible();
  await chairman.close();

  const id = /<EndToEndId>(\w+)</.exec(text)?.[1] ?? "";
  await page.goto(at);
  await upload(page, statementXml([{ ref: "OUT1", cents: -75_000n, id }], OWN, "S2"), "1 new lines: 1 matched");
  await expect(page.getByText("booked by the bank")).toBeVisible();
  await expectAccessible(page);
});
