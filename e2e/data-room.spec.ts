import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { pdf } from "@/lib/integrations/test-support/hostile-files";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, signInAnew, signInOf, test } from "./fixtures";
import { enterByCode, postOffice } from "./post-office";

/** One room, from its first file to the last guest: the team fills it, the chairman opens it, a guest reads in it. */
test.describe.configure({ mode: "serial" });

const ROOM = "/ventures/kestrel-freight/exit/data-room";
const AT = `${ROOM}/asset-sale`;
const ANNA = "anna@acquirer.example";

const settled = (page: Page) => page.waitForLoadState("networkidle");

async function accessible(page: Page): Promise<void> {
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1_280, height: 900 });
}

/** A folder as somebody has it on disk: named sections, the same file twice, and one that is not what it says. */
async function folder(into: string): Promise<string> {
  const put = (name: string, bytes: Buffer | string) => {
    mkdirSync(path.dirname(path.join(into, "Deal", name)), { recursive: true });
    writeFileSync(path.join(into, "Deal", name), bytes);
  };
  put("1 Corporate/Articles of association.pdf", pdf("Articles of association"));
  put("copies/The same articles.pdf", pdf("Articles of association"));
  put("3 Finance/Annual accounts 2025.pdf", pdf("Annual accounts, audited"));
  put(
    "18 Marketing/Brand.png",
    await sharp({ create: { width: 400, height: 300, channels: 3, background: "#357" } })
      .png()
      .toBuffer(),
  );
  put("Notes.txt", "A note for later");
  put("Offer.pdf", "<!doctype html><script>alert(1)</script>");
  return path.join(into, "Deal");
}

test("the team fills a room by folders, keeps it in order, and freezes it", async ({ page }, info) => {
  test.slow();
  await signIn(page, "analyst");
  await page.goto(`${ROOM}?all`);
  await page.getByRole("radio", { name: "Sale of assets" }).check();
  await page.getByRole("button", { name: "Open the room" }).click();
  await expect(page).toHaveURL(new RegExp(`${AT}$`));
  const choose = page.waitForEvent("filechooser");
  await page.getByText("Choose a folder").click();
  await (await choose).setFiles(await folder(info.outputPath()));
  const uploads = page.getByRole("region", { name: "Uploads" });
  await expect(uploads.getByText("6 of 6 files")).toBeVisible();
  await expect(uploads.getByText(/same file is there already, at 1\.2\.1/)).toBeVisible();
  await expect(uploads.getByText("The file is not what its name says.")).toBeVisible();
  await uploads.getByRole("button", { name: "Clear the list" }).click();
  await expect(page.getByRole("row", { name: /3\.1\.1 Annual accounts 2025/ })).toBeVisible();

  await page.getByRole("button", { name: "Unsorted (1)" }).click();
  await page.getByRole("checkbox", { name: "Choose Notes" }).check();
  await page.getByLabel("Move 1 document to").selectOption({ label: "6.3 Standard terms" });
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await page.getByRole("button", { name: /^6 Customers/ }).click();
  await page.getByRole("checkbox", { name: "Choose Notes" }).check();
  await page.getByRole("button", { name: "Take out" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Not for buyers");
  await dialog.getByRole("button", { name: "Take out" }).click();
  await expect(page.getByRole("button", { name: "Taken out (1)" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  const notes = page.getByRole("row", { name: /6\.3\.1 Notes/ });
  await notes.dragTo(page.getByRole("button", { name: /^6\.1 / }));
  await expect(page.getByRole("row", { name: /6\.1\.1 Notes/ })).toBeVisible();

  await page.getByRole("button", { name: "All documents" }).click();
  await settled(page);
  await accessible(page);
  await page.getByRole("link", { name: "Annual accounts 2025" }).click();
  await page.getByRole("button", { name: "Show it as guests see it" }).click();
  await expect(page.getByRole("img", { name: "Page 1 of 1" })).toBeVisible();
  await accessible(page);

  await page.goto(AT);
  await page.getByRole("button", { name: "Freeze" }).click();
  await dialog.getByLabel("Reason").fill("Signing");
  await dialog.getByRole("button", { name: "Freeze" }).click();
  await expect(page.getByText(/fixed what the room holds/)).toBeVisible();
  await page.getByRole("link", { name: "The frozen state" }).click();
  const [archive] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^4 documents/ }).click(),
  ]);
  expect(archive.suggestedFilename()).toBe("data-room-frozen-1.zip");
  await page.goto(AT);
  await page.getByRole("button", { name: "Open again" }).click();
  await dialog.getByLabel("Reason").fill("More to add");
  await dialog.getByRole("button", { name: "Open again" }).click();
  await expect(page.getByText("Drop folders or up to")).toBeVisible();
});

const CODE = /code for the data room is (\d{6})/;

test("a guest whom the chairman lets in reads what was approved, asks, and is out when access is taken back", async ({
  page,
  browser,
}) => {
  test.slow();
  await signIn(page, "analyst");
  await page.goto(`${AT}/guests`);
  await page.getByRole("button", { name: "Open to a buyer" }).click();
  await page.getByLabel("Buyer or adviser").fill("Acquirer Holding");
  await page.getByLabel("E-mail addresses").fill(ANNA);
  await page.getByLabel("Last day").fill("2099-12-31");
  await page.getByLabel("Access to section 1 Corporate and organisation").selectOption("download");
  await page.getByLabel("Access to section 18 Marketing and product").selectOption("view");
  await accessible(page);
  await page.getByRole("button", { name: "Ask the chairman" }).click();
  await expect(page.getByText("waits for the chairman")).toBeVisible();
  const memo = await page.getByRole("link", { name: "The memo" }).getAttribute("href");
  await signInAnew(page, "chairman");
  await page.goto(memo ?? "");
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await page.getByLabel("Your password").fill(signInOf("chairman").password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText(/Carried out/)).toBeVisible();
  await signIn(page, "analyst");
  await page.goto(`${AT}/guests`);
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("The link, shown this once").inputValue();

  const post = await postOffice();
  const context = await browser.newContext();
  try {
    const guest = await context.newPage();
    await guest.goto(link);
    await settled(guest);
    await accessible(guest);
    await guest.getByLabel("E-mail address").fill(ANNA);
    await guest.getByRole("button", { name: "Send me a code" }).click();
    const code = await post.next(CODE);
    await guest.getByLabel("Code").fill(code === "000000" ? "000001" : "000000");
    await guest.getByRole("button", { name: "Enter" }).click();
    await expect(guest.getByText("This code does not open the room.")).toBeVisible();
    await guest.getByLabel("Code").fill(code);
    await guest.getByRole("button", { name: "Enter" }).click();
    await expect(guest.getByRole("heading", { name: /Before you enter/ })).toBeVisible();
    await accessible(guest);
    await guest.getByRole("button", { name: "I do not agree" }).click();
    await expect(guest.getByRole("heading", { name: "You did not agree" })).toBeVisible();
    await enterByCode(guest, post, { link, email: ANNA, letter: CODE });
    await guest.getByLabel("Your full name").fill("Anna Acquirer");
    await guest.getByRole("button", { name: "I have read it and agree" }).click();
    await expect(guest.getByRole("heading", { name: /^Data room of/ })).toBeVisible();
    await expect(guest.getByText("Annual accounts 2025")).toHaveCount(0);
    await accessible(guest);
    await guest.getByRole("link", { name: /1\.2\.1/ }).click();
    await expect(guest.getByRole("img", { name: "Page 1 of 1" })).toBeVisible();
    await accessible(guest);
    const [file] = await Promise.all([
      guest.waitForEvent("download"),
      guest.getByRole("link", { name: "Download" }).click(),
    ]);
    // Two files of the same content arrive side by side; either may be the first.
    expect(file.suggestedFilename()).toMatch(/articles.*\.pdf$/i);
    await guest.getByRole("button", { name: "Ask a question" }).click();
    await guest.getByLabel("Your question").fill("Are these the newest articles?");
    await guest.getByRole("button", { name: "Ask", exact: true }).click();
    await expect(guest.getByText("Your question is on its way.")).toBeVisible();
    await guest.goto(link);
    await guest.getByRole("link", { name: /Brand/ }).click();
    await expect(guest.getByRole("img", { name: "Brand" })).toBeVisible();
    await accessible(guest);
    await expect(guest.getByRole("link", { name: "Download" })).toHaveCount(0);

    await page.goto(`${AT}/questions`);
    await expect(page.getByText("Are these the newest articles?")).toBeVisible();
    await accessible(page);
    await page.getByRole("link", { name: "Engagement" }).click();
    await expect(page.getByRole("row", { name: /Acquirer Holding/ })).toBeVisible();
    await page.goto(`${AT}/guests`);
    await expect(page.getByText(/agreed to version 1 as Anna Acquirer/)).toBeVisible();
    await accessible(page);
    await page.getByRole("button", { name: "Take back" }).click();
    await page.getByRole("dialog").getByLabel("Reason").fill("The talks have ended");
    await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
    await expect(page.getByText("Access is taken back.")).toBeVisible();
    await guest.reload();
    await expect(guest.getByLabel("E-mail address")).toBeVisible();
  } finally {
    await context.close();
    await post.close();
  }
});
