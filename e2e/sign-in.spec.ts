import { expect, expectAccessible, expectNoSidewaysScroll, signIn, signInByForm, signInOf, test } from "./fixtures";

test("who is signed out comes back to the page they asked for", async ({ page }) => {
  await page.goto("/settings?tab=1");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fsettings%3Ftab%3D1$/);
  const { email, password } = signInOf("analyst");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\?tab=1$/);
  await page.goto("/sign-in?callbackUrl=https://elsewhere.example/");
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/(?!sign-in)/);
});

test("a wrong password and an unknown account get the same sentence, and keep what was typed", async ({ page }) => {
  await page.goto("/sign-in");
  const said: string[] = [];
  for (const email of [signInOf("analyst").email, "nobody@holding.example"]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert").getByText("is not right")).toBeVisible();
    said.push((await page.getByRole("alert").first().textContent()) ?? "");
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
  }
  expect(said[0]).toBe(said[1]);
});

test("the demo fills in the form with one press", async ({ page }) => {
  await page.goto("/sign-in");
  await page
    .getByRole("button", { name: /chairman/i })
    .first()
    .click();
  await expect(page.getByLabel("E-mail")).toHaveValue(signInOf("chairman").email);
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/sign-in/);
});

test("signing out ends the session, not only the cookie", async ({ page, context }) => {
  await signInByForm(page, "analyst");
  const stolen = await context.cookies();
  await page.getByRole("button", { name: /account$/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.addCookies(stolen);
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fsettings$/);
});

test("without a session an endpoint answers 401 in JSON, and leads nowhere", async ({ request }) => {
  const answer = await request.get("/api/memos/any", { maxRedirects: 0 });
  expect(answer.status()).toBe(401);
  expect(await answer.json()).toMatchObject({ ok: false, error: { code: "UNAUTHENTICATED" } });
});

test("pages carry a policy that no script of others passes, and break it nowhere", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
  });
  const response = await page.goto("/sign-in");
  const headers = response?.headers() ?? {};
  const nonce = /'nonce-([^']+)'/.exec(headers["content-security-policy"] ?? "")?.[1] ?? "";
  expect(headers["content-security-policy"]).toContain("'strict-dynamic'");
  expect(headers["content-security-policy"]).not.toContain("unsafe-eval");
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
  });
  expect(headers["x-powered-by"]).toBeUndefined();
  const again = (await page.goto("/sign-in"))?.headers()["content-security-policy"];
  expect(again).not.toContain(nonce);
  await signIn(page, "admin");
  await page.goto("/settings/people");
  await page
    .getByRole("button", { name: /^Change / })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /account$/ }).click();
  await page.keyboard.press("Escape");
  expect(broken).toEqual([]);
});

test("the sign-in page is accessible and fits a phone", async ({ page }) => {
  await page.goto("/sign-in");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 700 });
  await expectNoSidewaysScroll(page);
});

test("without scripts a person signs in, and no password gets into an address", async ({
  browser,
  baseURL,
  request,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? "" });
  const page = await context.newPage();
  const seen: string[] = [];
  page.on("request", (sent) => seen.push(sent.url()));
  await page.goto("/sign-in/invitation");
  for (const field of await page.locator("input[type=password]").all()) await field.fill("sent-too-early");
  await expect(page.locator("form")).toHaveAttribute("method", "post");
  await expect(page.locator("button[type=submit]")).toBeDisabled();

  await page.goto("/inbox");
  const { email, password } = signInOf("chairman");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("sent-too-early");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("is not right");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/inbox$/);

  expect(seen.filter((url) => url.includes("sent-too-early") || url.includes(password))).toEqual([]);
  // Sent to the page itself, say by an extension: the same page answers, and repeats nothing.
  const answer = await request.post("/sign-in", { form: { email: "a@b.example", password: "sent-too-early" } });
  expect(answer.status()).toBe(200);
  expect(await answer.text()).not.toContain("sent-too-early");
  await context.close();
});
