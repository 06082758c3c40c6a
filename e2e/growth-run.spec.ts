import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";
import { OwnServer } from "./own-server";

const GROWTH = "/ventures/meridian-robotics/growth";

const written = (page: Page) => page.getByRole("region", { name: "What the agent writes" });
const done = (page: Page) => page.getByText(/Done: \d+ tool calls/).first();

const plain = async (of: Locator): Promise<string> => ((await of.textContent()) ?? "").replace(/\s+/g, " ").trim();

/** The words of the finished run as this page put them together from the stream. */
async function streamed(page: Page): Promise<string> {
  await expect(done(page)).toBeVisible({ timeout: 90_000 });
  await done(page).click();
  await expect(written(page)).toBeVisible();
  return plain(written(page));
}

test("an analyst runs the growth analysis and its report and memo are there", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(GROWTH);
  await page.getByRole("button", { name: /Run growth analysis|Run again|Try again/ }).click();
  await expect(page.getByText("venture.performance")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("list", { name: "Plan" }).getByRole("listitem")).toHaveCount(4);
  const words = await streamed(page);
  const report = page.getByRole("article");
  await expect(report.getByRole("heading", { name: "Summary" })).toBeVisible();
  expect(await plain(report)).toContain(words);
  await expect(page.getByRole("link", { name: /./ }).and(page.locator('a[href^="/inbox/"]')).first()).toBeVisible();
  await expect(report.locator("[data-figure]").first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test("a run is stopped, and says so", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(GROWTH);
  await page.getByRole("button", { name: /Run growth analysis|Run again|Try again/ }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped by a person.").first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("an admin sees neither the run nor its stream", async ({ page }) => {
  await signIn(page, "admin");
  const answer = await page.request.get("/api/runs/01a20416-7bb2-73ac-b3d6-7f76144132ed/stream");
  expect(answer.status()).toBe(403);
});

test.describe("with a server of its own", () => {
  test.describe.configure({ timeout: 420_000 });
  const server = new OwnServer(4317);
  // Slow words, so that there is a middle to be interrupted in.
  const slow = { BUILT_IN_PACE_MS: "90" };
  // Enough is left for ten seconds without a line.
  const brisk = { BUILT_IN_PACE_MS: "30" };
  test.beforeAll(async () => {
    test.setTimeout(300_000);
    await server.start(slow);
  });
  test.afterAll(() => server.remove());

  test("reload, second tab, ten seconds offline, the server killed and started again: the same text", async ({
    browser,
  }) => {
    const context = await browser.newContext({ baseURL: server.address });
    const first = await context.newPage();
    await signIn(first, "analyst");
    await first.goto(GROWTH);
    await first.getByRole("button", { name: "Run growth analysis" }).click();
    await expect(written(first)).toContainText("Summary", { timeout: 60_000 });
    const second = await context.newPage();
    await second.goto(GROWTH);
    await expect(written(second)).toContainText("Summary", { timeout: 60_000 });
    await first.reload();
    await expect(written(first)).toContainText("Performance", { timeout: 60_000 });
    await server.kill();
    await expect(first.getByText("The work goes on without you watching")).toBeVisible();
    const stored = await server.storedChunks();
    const restarted = Date.now();
    const since = () => ((Date.now() - restarted) / 1_000).toFixed(1);
    await server.start(brisk);
    const said = `Restart after SIGKILL: answers after ${since()} s (${server.cpuSeconds().toFixed(1)} s of processor)`;
    await expect.poll(() => server.storedChunks(), { intervals: [50] }).toBeGreaterThan(stored);
    console.log(`${said}, the run goes on after ${since()} s`);
    const offline = Date.now();
    await context.setOffline(true);
    await expect.poll(() => Date.now() - offline, { timeout: 15_000 }).toBeGreaterThan(10_000);
    await context.setOffline(false);
    const texts = [await streamed(first), await streamed(second)];
    const fresh = await context.newPage();
    await fresh.goto(GROWTH);
    texts.push(await streamed(fresh));
    expect(new Set(texts).size).toBe(1);
    await fresh.reload();
    expect(await plain(fresh.getByRole("article"))).toContain(texts[0]);
    await context.close();
  });
});
