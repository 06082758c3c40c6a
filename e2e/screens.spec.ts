import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

/** What the browser complains about: a refused script or style is a fault of ours. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Hydration|Minified React/.test(message.text()))
      found.push(message.text());
  });
  return found;
}

const firstVenture = async (page: Page): Promise<string> => {
  await page.goto("/ventures");
  const link = page.locator("tbody").getByRole("link").first();
  await expect(link).toBeVisible();
  return (await link.getAttribute("href")) ?? "";
};

test.describe("the chairman", () => {
  test.beforeEach(async ({ page }) => signIn(page, "chairman"));

  test("finds every screen accessible and no wider than the window", async ({ page }) => {
    test.slow();
    const said = complaints(page);
    const venture = await firstVenture(page);
    for (const path of [
      "/",
      "/ventures",
      "/portfolio",
      "/portfolio/compare?v=meridian-robotics,northwind-data",
      "/ventures/hand-over",
      venture,
      `${venture}/stage`,
      `${venture}/deal/rollbacks`,
      `${venture}/activity`,
      `${venture}/runs`,
      `${venture}/directives`,
      "/alerts/risks",
      "/alerts/settings",
      "/record",
      "/record/agents",
      "/record/agents/exit/exit.score-criterion",
      "/settings/policy",
      "/record/events",
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page).toHaveTitle(/Chairman/);
      await expectAccessible(page);
      await page.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScroll(page);
    }
    expect(said).toEqual([]);
  });

  test("goes everywhere by keyboard", async ({ page }) => {
    await page.goto("/");
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await expect(page).toHaveURL(/\/portfolio$/);
    await page.keyboard.press("j");
    const first = page.locator("tbody").getByRole("link").first();
    await expect(first).toBeFocused();
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await expect(first).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/ventures\/[a-z0-9-]+$/);
    await page.keyboard.press("u");
    await expect(page).toHaveURL(/\/ventures$/);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keys" });
    await expect(help).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
  });

  test("types letters where they are letters", async ({ page }) => {
    await page.goto("/portfolio");
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.click();
    await page.keyboard.type("g r?");
    await expect(search).toHaveValue("g r?");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page).toHaveURL(/\/portfolio$/);
  });

  test("searches, goes and does from one field", async ({ page }) => {
    await page.goto("/");
    await page.keyboard.press("ControlOrMeta+k");
    const palette = page.getByRole("dialog", { name: "Search, go, do" });
    await expect(palette.getByRole("combobox")).toBeFocused();
    await palette.getByRole("combobox").fill("record");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/record$/);
    await page.keyboard.press("ControlOrMeta+k");
    await palette.getByRole("combobox").fill("dark theme");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("sorts the portfolio by address and takes it away as a file", async ({ page }) => {
    await page.goto("/portfolio");
    await page.getByRole("link", { name: "Growth" }).click();
    await expect(page).toHaveURL(/sort=growth&order=descending/);
    await expect(page.getByRole("columnheader", { name: "Growth" })).toHaveAttribute("aria-sort", "descending");
    const rows = await page.locator("tbody").getByRole("rowheader").allInnerTexts();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("button", { name: "Export the portfolio" })
        .click()
        .then(() => page.getByRole("menuitem", { name: "CSV" }).click()),
    ]);
    const lines = readFileSync(await download.path(), "utf8").split("\r\n");
    expect(lines[0]).toContain("Growth level");
    expect(lines[1]).toContain(rows[0] ?? "nothing");
  });

  test("sees the numbers behind a chart", async ({ page }) => {
    await page.goto(await firstVenture(page));
    const chart = page.locator("figure[data-chart]").first();
    await expect(chart.getByRole("slider")).toBeVisible();
    await chart.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await expect(chart.getByRole("slider")).toHaveAttribute("aria-valuenow", "0");
    await page.keyboard.press("t");
    await expect(chart.getByRole("table")).toBeVisible();
    await page.getByRole("button", { name: "Chart" }).first().click();
    await expect(chart.getByRole("slider")).toBeVisible();
  });

  test("has the whole record verified on demand", async ({ page }) => {
    await page.goto("/record/events");
    await page.getByRole("button", { name: "Verify now" }).click();
    await expect(page.getByText(/recomputed: nothing was changed, removed or moved/)).toBeVisible();
    await page.getByLabel("About").selectOption("session");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/type=session/);
    await expect(page.getByRole("rowheader", { name: /signed in/ }).first()).toBeVisible();
  });

  test("learns that the connection is gone", async ({ page, context }) => {
    await page.goto("/");
    // The first look tells the server the reader's zone; the second has nothing more to fetch.
    await expect.poll(async () => (await context.cookies()).some((cookie) => cookie.name === "zone")).toBe(true);
    await page.goto("/");
    await expect(page.getByRole("button", { name: /account$/ })).toBeEnabled();
    await context.setOffline(true);
    await expect(page.getByText(/No connection/)).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText(/No connection/)).toBeHidden();
  });

  test("gets the same answer for what is missing", async ({ page }) => {
    const response = await page.goto("/ventures/no-such-venture");
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "Nothing is here" })).toBeVisible();
  });
});

test("the administrator sees the record and the settings, and nothing of the ventures", async ({ page }) => {
  await signIn(page, "admin");
  const nav = page.getByRole("navigation", { name: "Main", exact: true });
  await page.goto("/");
  await expect(page).toHaveURL(/\/record\/events$/);
  await expect(nav.getByRole("link")).toHaveText(["Record", "Settings"]);
  for (const path of ["/ventures", "/portfolio", "/inbox", "/record/agents", "/ventures/lumen-health"]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(403);
    await expect(page.getByRole("heading", { level: 1, name: "Not for your role" })).toBeVisible();
  }
  await expectAccessible(page);
});
