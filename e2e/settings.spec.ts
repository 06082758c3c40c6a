import type { Browser, Page } from "@playwright/test";
import { codeAt } from "@/lib/auth/test-support/authenticator";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, signInByForm, signInOf, test } from "./fixtures";

const PASSWORD = "a password of my own";
let counter = 0;

type Person = { name: string; email: string; link: string };

async function proveByPassword(page: Page, password: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Show that it is you" });
  await dialog.getByLabel("Your password").fill(password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog).toBeHidden();
}

/** As the administrator does it: an invitation, proved by the password, whose link is shown once. */
async function invite(admin: Page, role = "analyst"): Promise<Person> {
  counter += 1;
  const mark = `${Date.now()}-${counter}`;
  const person = { name: `Person ${mark}`, email: `person-${mark}@holding.example` };
  await signInByForm(admin, "admin");
  await admin.goto("/settings/people");
  const form = admin.getByRole("form", { name: "Invite somebody" });
  await form.getByLabel("Name").fill(person.name);
  await form.getByLabel("E-mail").fill(person.email);
  await form.getByLabel("Role").selectOption(role);
  await form.getByRole("button", { name: "Invite" }).click();
  await proveByPassword(admin, signInOf("admin").password);
  const link = (await admin.getByLabel("Shown once").textContent()) ?? "";
  await admin.getByRole("button", { name: "I have kept it" }).click();
  return { ...person, link };
}

async function newcomer(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByLabel("The same again").fill(PASSWORD);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  return page;
}

async function signInAs(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in?callbackUrl=/settings");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("an invited person chooses a password, and the link works once", async ({ page, browser }) => {
  const person = await invite(page);
  const own = await newcomer(browser, person.link);
  await own.goto("/settings");
  await expect(own.getByText(person.email)).toBeVisible();
  const other = await (await browser.newContext()).newPage();
  await other.goto(person.link);
  await other.getByLabel("New password").fill(PASSWORD);
  await other.getByLabel("The same again").fill(PASSWORD);
  await other.getByRole("button", { name: "Save and sign in" }).click();
  await expect(other.getByText("This link was used already")).toBeVisible();
});

test("a changed role signs the person out at once, and they come back with it", async ({ page, browser }) => {
  const person = await invite(page);
  const own = await newcomer(browser, person.link);
  await page.getByRole("button", { name: `Change ${person.name}` }).click();
  const dialog = page.getByRole("dialog", { name: person.name });
  await dialog.getByLabel("Role").selectOption("admin");
  await dialog.getByRole("button", { name: "Change the role" }).click();
  await expect(page.getByText(`${person.name} is now admin.`)).toBeVisible();
  await own.goto("/settings");
  await expect(own).toHaveURL(/\/sign-in/);
  await signInAs(own, person.email);
  await expect(own).not.toHaveURL(/sign-in/);
  await own.goto("/settings/people");
  await expect(own.getByRole("table", { name: "People" })).toBeVisible();
});

test("a session on another device is seen and ended", async ({ page, browser }) => {
  const person = await invite(page);
  const own = await newcomer(browser, person.link);
  const elsewhere = await (await browser.newContext()).newPage();
  await signInAs(elsewhere, person.email);
  await expect(elsewhere).not.toHaveURL(/sign-in/);
  await own.goto("/settings");
  await expect(own.getByText("this one")).toHaveCount(1);
  await own.getByRole("button", { name: /^End the session on/ }).click();
  await expect(own.getByText("That session ended.")).toBeVisible();
  await elsewhere.goto("/settings");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
});

test("a second factor is enrolled, then asked at the next sign-in", async ({ page, browser }) => {
  const person = await invite(page);
  const own = await newcomer(browser, person.link);
  await own.goto("/settings");
  await own.getByRole("button", { name: "Enrol a second factor" }).click();
  await proveByPassword(own, PASSWORD);
  const secret = ((await own.getByLabel("Key", { exact: true }).textContent()) ?? "").replaceAll(" ", "");
  await own.getByLabel("The code that it shows").fill(codeAt(secret, new Date()));
  await own.getByRole("button", { name: "Enrol", exact: true }).click();
  await expect(own.getByText("The second factor is enrolled.")).toBeVisible();

  const elsewhere = await (await browser.newContext()).newPage();
  await signInAs(elsewhere, person.email);
  const code = elsewhere.getByLabel("Code of your authenticator");
  await expect(code).toBeFocused();
  // The next step's code: the present one was used to enrol.
  await code.fill(codeAt(secret, new Date(Date.now() + 30_000)));
  await elsewhere.keyboard.press("Enter");
  await expect(elsewhere).not.toHaveURL(/sign-in/);
});

test("an access token is shown once, opens the tools, and nothing after it is revoked", async ({ page, browser }) => {
  const person = await invite(page);
  const own = await newcomer(browser, person.link);
  await own.goto("/settings");
  await own.getByLabel("What it is for").fill("nightly figures");
  await own.getByRole("button", { name: "Create a token" }).click();
  await proveByPassword(own, PASSWORD);
  const token = (await own.getByLabel("Shown once").textContent()) ?? "";
  expect(token).toMatch(/^chm_/);
  await own.getByRole("button", { name: "I have kept it" }).click();
  const ask = () =>
    own.request.post("/api/mcp", {
      headers: { authorization: `Bearer ${token}`, accept: "application/json, text/event-stream" },
      data: { jsonrpc: "2.0", id: 1, method: "tools/list" },
    });
  expect((await ask()).status()).toBe(200);
  await own.reload();
  await expect(own.getByText(token)).toHaveCount(0);
  await own.getByRole("button", { name: "Revoke the token for nightly figures" }).click();
  await own.getByRole("button", { name: "Revoke it" }).click();
  await expect(own.getByText("That token opens nothing any more.")).toBeVisible();
  expect((await ask()).status()).toBe(401);
});

test("the password changes, and the wrong present one is told", async ({ page, browser }) => {
  const person = await invite(page);
  const own = await newcomer(browser, person.link);
  await own.goto("/settings");
  const form = own.getByRole("form", { name: "Your password" });
  await form.getByLabel("Present password").fill("not the password");
  await form.getByLabel("New password").fill("another good sentence");
  await form.getByLabel("The new one again").fill("another good sentence");
  await form.getByRole("button", { name: "Change the password" }).click();
  await expect(form.getByText("This is not your present password.")).toBeVisible();
  await form.getByLabel("Present password").fill(PASSWORD);
  await form.getByRole("button", { name: "Change the password" }).click();
  await expect(own.getByText("Your password is changed")).toBeVisible();
  await own.reload();
  await expect(own).toHaveURL(/\/settings$/);
});

test("an analyst does not reach the people", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto("/settings");
  await expect(page.getByRole("link", { name: "People" })).toHaveCount(0);
  const response = await page.goto("/settings/people");
  expect(response?.status()).toBe(403);
});

test("settings are accessible and fit a phone", async ({ page }) => {
  await signIn(page, "admin");
  for (const path of ["/settings", "/settings/people"]) {
    await page.goto(path);
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 700 });
    await expectNoSidewaysScroll(page);
  }
});
