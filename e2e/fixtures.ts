import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, type Cookie, expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import { DEMO_SIGN_INS } from "@/lib/auth/demo";

type Role = "chairman" | "analyst" | "admin";

export function signInOf(role: Role): { email: string; password: string } {
  const found = DEMO_SIGN_INS.find((person) => person.role === role);
  if (!found) throw new Error(`The demo has no ${role}`);
  return found;
}

/** Through the form, as a person does: a session of its own, for tests of sessions themselves. */
export async function signInByForm(page: Page, role: Role): Promise<void> {
  const { email, password } = signInOf(role);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** By server and role; the sessions of this worker. */
const sessions = new Map<string, Cookie[]>();

/** Signed in: by form the first time, from then on with the cookies of that session. The test opens its page itself. */
export async function signIn(page: Page, role: Role): Promise<void> {
  const context = page.context();
  await context.clearCookies();
  const server = new URL((await context.request.get("/api/health")).url()).origin;
  const known = sessions.get(`${server} ${role}`);
  if (known) return context.addCookies(known);
  await signInByForm(page, role);
  // A navigation of the test's own would cut this one off.
  await expect(page.getByRole("navigation", { name: "Main", exact: true })).toBeVisible();
  sessions.set(`${server} ${role}`, await context.cookies());
}

/** Signed in with a session of its own: one in which nobody has proved presence yet. */
export async function signInAnew(page: Page, role: Role): Promise<void> {
  await page.context().clearCookies();
  await signInByForm(page, role);
  await expect(page.getByRole("navigation", { name: "Main", exact: true })).toBeVisible();
}

export const WIDTHS = [360, 1440] as const;
export const SCHEMES = ["light", "dark"] as const;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** All that a page in other colours can get wrong. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** In the page itself and read once per page: no page of ours has frames. */
async function violationsOf(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`);
  }, runOnly);
}

/** No violation of WCAG 2.2 A and AA, in both schemes, narrow and wide. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(page.frames()).toHaveLength(1);
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const runOnly: axe.RunOnly =
        colorScheme === "light" ? { type: "tag", values: TAGS } : { type: "rule", values: COLOUR_RULES };
      const found = await violationsOf(page, runOnly);
      expect(found, `${page.url()} at ${width} px, ${colorScheme}`).toEqual([]);
    }
  }
}

/** Nothing wider than the window: the page itself never scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, width] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content).toBeLessThanOrEqual(width ?? 0);
}

export const test = base;
export { expect };
