import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";
import { enterByCode, type PostOffice, postOffice } from "./post-office";

const STATEMENTS = "/ventures/brightwater-payroll/deal/statements";
const KAURI = "accounts@kauri-capital.example";

const CODE = /statement is (\d{6})/;

async function enter(guest: Page, link: string, post: PostOffice): Promise<void> {
  await enterByCode(guest, post, { link, email: KAURI, letter: CODE });
  await expect(guest.getByRole("heading", { name: "Statements of Kauri Capital" })).toBeVisible();
}

test("a holder reads their own statement behind a link of their own, and nobody else's", async ({ page, browser }) => {
  test.slow();
  const post = await postOffice();
  await signIn(page, "analyst");
  await page.goto(STATEMENTS);
  await expect(page.getByRole("table", { name: "Holders and their statements" })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  const other = await page.getByRole("link", { name: "PDF for Fiona McLeod" }).getAttribute("href");
  await page
    .getByRole("row", { name: /Kauri Capital/ })
    .getByRole("button", { name: "Access" })
    .first()
    .click();
  await page.getByRole("button", { name: /Make (a new|the) link/ }).click();
  const link = await page.getByLabel("The link, shown this once").inputValue();

  const guest = await browser.newPage();
  await enter(guest, link, post);
  await post.close();
  await expect(guest.getByRole("listitem")).toHaveCount(1);
  await expectAccessible(guest);
  const at = new URL(link).pathname;
  const status = (path: string) => guest.evaluate(async (address) => (await fetch(address)).status, `${at}/${path}`);
  const otherId = other?.split("/").at(-1) ?? "";
  expect(await status(`statements/${otherId}/download`)).toBe(404);
  expect(await guest.evaluate(async (address) => (await fetch(address)).status, other ?? "")).toBe(401);
  await guest.getByRole("link", { name: /^Statement in AUD/ }).click();
  await expect(guest.getByRole("img", { name: /Page 1 of/ })).toBeVisible();
  const own = new URL(guest.url()).pathname.split("/").at(-1) ?? "";
  expect(await status(`statements/${own}/download`)).toBe(200);

  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("dialog").last().getByLabel("Reason").fill("The address has changed");
  await page.getByRole("dialog").last().getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("Access is taken back.")).toBeVisible();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "Your statement" })).toBeVisible();
});
