import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { firstBreak, GENESIS_HASH } from "@/lib/audit/rules";
import { DEMO_SIGN_INS } from "@/lib/auth/demo";
import { db } from "@/lib/db";
import { LISTED_VENTURES } from "./buyers";
import { seedDemo } from "./load";
import { simulateVenture } from "./portfolio";
import { DEMO_VENTURES } from "./ventures";

const ROOT = path.join(import.meta.dirname, "../..");

/** What a finished portfolio holds, whatever happened on the way. */
async function holdings() {
  const ventures = await db.venture.findMany({
    orderBy: { slug: "asc" },
    select: { slug: true, stage: true, id: true },
  });
  const current = { where: { supersededAt: null } };
  return {
    ventures: ventures.map(({ slug, stage }) => ({ slug, stage })),
    people: await db.user.count(),
    customers: await db.customer.count(current),
    subscriptions: await db.subscription.count(current),
    invoices: await db.invoice.count(current),
    // What the house measured itself (valuation, readiness) comes on top of what the files say.
    points: await db.metricPoint.count({ where: { supersededAt: null, importId: { not: null } } }),
    replaced: await db.metricPoint.count({ where: { supersededAt: { not: null }, importId: { not: null } } }),
    applied: await db.import.count({ where: { status: "applied" } }),
    capTables: await db.capTablePackage.count(current),
    answers: await db.shareClassTerms.count(),
    rates: await db.fxRate.count(),
    snapshots: await db.ventureSnapshot.count(),
    completed: await db.event.count({ where: { type: "demo.completed" } }),
  };
}

function runSeed(stopAfter: string | null): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, ["--import", "./scripts/resolve.mjs", "prisma/seed.ts"], { cwd: ROOT });
  const lines: string[] = [];
  child.stdout.on("data", (text: Buffer) => {
    lines.push(...text.toString().trim().split("\n"));
    if (stopAfter && lines.some((line) => line.startsWith(stopAfter))) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.on("exit", (code) => resolve({ code, lines })));
}

test("a database with ventures of its own is left alone", async () => {
  const own = {
    slug: "own",
    name: "Own",
    sector: "x",
    businessModel: "saas",
    currency: "EUR",
    country: "DE",
    timeZone: "UTC",
  };
  await db.venture.create({ data: own });
  const said: string[] = [];
  await seedDemo((line) => said.push(line));
  expect(said).toEqual([]);
  expect([await db.venture.count(), await db.user.count(), await db.event.count()]).toEqual([1, 0, 0]);
  await db.venture.deleteMany();
});

test("a seeding that is killed twice is completed by the next start, and a third finds nothing to do", async () => {
  expect((await runSeed("Demo 1/8")).code).toBeNull();
  expect((await runSeed("Demo 3/8")).code).toBeNull();
  expect((await runSeed(null)).code).toBe(0);
  const after = await holdings();
  const facts = DEMO_VENTURES.map((script) => ({ script, ...simulateVenture(script) }));
  const total = (count: (f: (typeof facts)[number]) => number) => facts.reduce((sum, f) => sum + count(f), 0);
  expect(after).toMatchObject({
    people: DEMO_SIGN_INS.length,
    customers: total((f) => f.book.customers.length),
    subscriptions: total((f) => f.book.subscriptions.length),
    invoices: total((f) => f.invoices.length),
    points: total((f) => f.metrics.length + f.billingMetrics.length),
    replaced: 0,
    applied: 42 + LISTED_VENTURES.length,
    capTables: 8,
    answers: total((f) => f.script.capTable.rounds.filter((round) => round.terms).length),
    snapshots: 8,
    completed: 1,
  });
  expect(after.ventures).toHaveLength(8);
  expect(after.ventures.filter((v) => v.stage === "exited").map((v) => v.slug)).toEqual(["brightwater-payroll"]);
  const events = await db.event.count();
  expect(await runSeed(null)).toEqual({ code: 0, lines: [] });
  expect([await holdings(), await db.event.count()]).toEqual([after, events]);
  for (const { chain } of await db.eventChain.findMany()) {
    const rows = await db.event.findMany({ where: { chain }, orderBy: { seq: "asc" } });
    expect(firstBreak(rows, GENESIS_HASH, 0)).toBeNull();
  }
}, 400_000);
