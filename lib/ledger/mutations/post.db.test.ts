import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { actor, makeVenture } from "@/lib/metrics/test-support/facts";
import { getAccountStatement, getLedger } from "../queries";
import type { Entry } from "../rules/entry";
import { line, sale } from "../test-support/entries";
import { postTransaction, reverseTransaction } from "./post";

const NOW = new Date("2026-11-23T09:00:00Z");
const reader = actor("chairman");
const post = (entry: Entry) => db.$transaction((tx) => postTransaction(tx, "user:test", entry, NOW));
const entryOf = (ventureId: string, more: Partial<Entry> = {}): Entry => ({
  ...{ ventureId, kind: "receipt", description: "From the buyer", effectiveOn: "2026-11-20", key: `r:${ventureId}` },
  lines: [line("bank", 1_000n, "main"), line("proceeds", -1_000n)],
  ...more,
});

test("the same key is the same entry, other lines under it are refused, and so is what is not there", async () => {
  const ventureId = await makeVenture();
  const first = await post(entryOf(ventureId));
  const again = await post(entryOf(ventureId));
  expect([first.ok && first.value.repeated, again.ok && again.value.repeated]).toEqual([false, true]);
  const other = entryOf(ventureId, { lines: [line("bank", 999n, "main"), line("proceeds", -999n)] });
  expect(await post(other)).toMatchObject({ ok: false, refusal: "KEY_REUSED" });
  const short = entryOf(ventureId, {
    key: "short",
    lines: [line("proceeds", 1_001n), line("payable", -1_001n, "ada")],
  });
  expect(await post(short)).toMatchObject({ ok: false, refusal: "OVERDRAWN" });
  const lame = entryOf(ventureId, { key: "lame", lines: [line("bank", 5n, "main"), line("proceeds", -4n)] });
  expect(await post(lame)).toMatchObject({ ok: false, refusal: "UNBALANCED" });
  expect(await db.ledgerTransaction.count({ where: { ventureId } })).toBe(1);
  expect(await db.event.count({ where: { chain: ventureId, type: "ledger.posted" } })).toBe(1);
});

test("a transaction is undone by its mirror, once, and balances are as of a day", async () => {
  const ventureId = await makeVenture();
  const entry = entryOf(ventureId);
  await post(entry);
  const undo = () =>
    db.$transaction((tx) =>
      reverseTransaction(tx, "user:test", { key: entry.key, effectiveOn: "2026-11-22", reason: "Returned" }, NOW),
    );
  const [one, two] = [await undo(), await undo()];
  expect([one.ok && one.value.repeated, two.ok && two.value.repeated]).toEqual([false, true]);
  const asOf = async (day: string) =>
    (await getLedger(reader, ventureId, day)).accounts.map(({ kind, figure }) => [kind, figure.value]);
  expect(await asOf("2026-11-19")).toEqual([
    ["bank", "0"],
    ["proceeds", "0"],
  ]);
  expect(await asOf("2026-11-21")).toEqual([
    ["bank", "10"],
    ["proceeds", "10"],
  ]);
  expect(await asOf("2026-11-22")).toEqual([
    ["bank", "0"],
    ["proceeds", "0"],
  ]);
  const { accounts, trial } = await getLedger(reader, ventureId, "2026-11-21");
  expect(trial).toMatchObject([{ currency: "EUR", balanced: true, debit: { value: "10" }, credit: { value: "10" } }]);
  const statement = await getAccountStatement(reader, accounts[0]?.id ?? "", { to: "2026-11-23" });
  expect(statement.lines.map(({ amountMinor, balanceMinor }) => [amountMinor, balanceMinor])).toEqual([
    [1_000n, 1_000n],
    [-1_000n, 0n],
  ]);
  await expect(getLedger(actor("analyst", []), ventureId, "2026-11-21")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

/** Somebody at a console, with every right that the product itself has. */
let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
});
afterAll(() => client.end());

async function cheat(...statements: string[]): Promise<string> {
  try {
    await client.query("BEGIN");
    for (const statement of statements) await client.query(statement);
    await client.query("COMMIT");
    return "done";
  } catch (error) {
    await client.query("ROLLBACK");
    return (error as pg.DatabaseError).message;
  }
}

const insert = (id: string, ventureId: string, more = "NULL, NULL") =>
  `INSERT INTO ledger_transaction ("id","ventureId","kind","description","effectiveOn","key","reversesId","releaseId","recordedBy","recordedAt")
   VALUES ('${id}','${ventureId}','x','x','2026-11-20','${id}',${more},'me',now())`;
const posting = (id: string, account: string, ventureId: string, amount: number, currency = "EUR") =>
  `INSERT INTO ledger_posting VALUES ('${id}','${account}','${ventureId}','${currency}',${amount})`;

test("the database refuses to be cheated, whoever writes", async () => {
  const [ventureId, other] = [await makeVenture(), await makeVenture()];
  await post(entryOf(ventureId));
  await post(entryOf(other));
  const { id: real } = await db.ledgerTransaction.findUniqueOrThrow({ where: { key: `r:${ventureId}` } });
  const account = async (venture: string, kind: string) =>
    (await db.ledgerAccount.findFirstOrThrow({ where: { ventureId: venture, kind } })).id;
  const [bank, proceeds, theirs] = [
    await account(ventureId, "bank"),
    await account(ventureId, "proceeds"),
    await account(other, "proceeds"),
  ];
  const contingent = crypto.randomUUID();
  await client.query(
    `INSERT INTO ledger_account VALUES ('${contingent}','${ventureId}','contingent','t','t','EUR',-1,true,'me',now())`,
  );
  const held = crypto.randomUUID();
  const hold = [insert(held, ventureId), posting(held, bank, ventureId, 50), posting(held, contingent, ventureId, -50)];
  expect(await cheat(...hold)).toBe("done");
  const id = () => crypto.randomUUID();
  const [a, b, c, d, e, f, g, h, i] = [id(), id(), id(), id(), id(), id(), id(), id(), id()];
  const balanced = (to: string, amount = 10) => [
    posting(to, bank, ventureId, amount),
    posting(to, proceeds, ventureId, -amount),
  ];
  const cases: [string, string[], RegExp][] = [
    [
      "unbalanced",
      [insert(a, ventureId), posting(a, bank, ventureId, 5), posting(a, proceeds, ventureId, -4)],
      /not balanced/,
    ],
    ["one-legged", [insert(b, ventureId), posting(b, bank, ventureId, 5)], /fewer than two/],
    ["empty", [insert(c, ventureId)], /fewer than two/],
    [
      "added after a check",
      [insert(d, ventureId), ...balanced(d), "SET CONSTRAINTS ALL IMMEDIATE", posting(d, contingent, ventureId, 7)],
      /not balanced|leaves a tranche/,
    ],
    ["added to an old one", [posting(real, contingent, ventureId, 1)], /with its transaction/],
    [
      "another venture's account",
      [insert(e, ventureId), posting(e, bank, ventureId, 1), posting(e, theirs, ventureId, -1)],
      /foreign key/,
    ],
    [
      "another currency",
      [insert(f, ventureId), posting(f, bank, ventureId, 1, "USD"), posting(f, proceeds, ventureId, -1, "USD")],
      /foreign key/,
    ],
    [
      "below zero",
      [insert(g, ventureId), posting(g, proceeds, ventureId, 1_001), posting(g, bank, ventureId, -1_001)],
      /below zero/,
    ],
    ["a mirror that is none", [insert(h, ventureId, `'${real}', NULL`), ...balanced(h, -999)], /does not mirror/],
    [
      "out of a tranche without an instruction",
      [insert(i, ventureId), posting(i, contingent, ventureId, 50), posting(i, bank, ventureId, -50)],
      /recorded instruction/,
    ],
    [
      "a stale snapshot",
      ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", insert(id(), ventureId)],
      /read committed/,
    ],
    ["change", [`UPDATE ledger_posting SET "amountMinor" = 1`], /append-only/],
    ["removal", ["DELETE FROM ledger_posting"], /append-only/],
    ["emptying", ["TRUNCATE ledger_transaction CASCADE"], /append-only/],
    ["another name", [`UPDATE ledger_account SET "floored" = false`], /append-only/],
    [
      "an account that may be overdrawn",
      [`INSERT INTO ledger_account VALUES ('${id()}','${ventureId}','payable','x','x','EUR',-1,false,'me',now())`],
      /ledger_account_kind/,
    ],
  ];
  const answers = new Map<string, string>();
  for (const [name, statements] of cases) answers.set(name, await cheat(...statements));
  for (const [name, , refusal] of cases) expect(answers.get(name), name).toMatch(refusal);
  const mirror = id();
  const twice = id();
  const mirrorOf = (reversal: string) => [
    insert(reversal, ventureId, `'${real}', NULL`),
    ...balanced(reversal, -1_000),
  ];
  expect(await cheat(...mirrorOf(mirror))).toBe("done");
  expect(await cheat(...mirrorOf(twice))).toMatch(/reversesId/);
});

const workers: ChildProcess[] = [];
afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});

function poster(ventureId: string, from: number, to: number): ChildProcess {
  const args = ["--import", "./scripts/resolve.mjs", "lib/ledger/test-support/poster.ts"];
  const worker = spawn(process.execPath, [...args, ventureId, String(from), String(to)], {
    cwd: path.join(import.meta.dirname, "../../.."),
    env: { ...process.env, NODE_ENV: "test", LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  workers.push(worker);
  return worker;
}

/** Resolves when the process has said so many lines, which is in the middle of its work. */
const afterLines = (worker: ChildProcess, lines: number): Promise<void> =>
  new Promise((resolve) => {
    let seen = 0;
    worker.stdout?.on("data", (chunk: Buffer) => {
      seen += chunk.toString().split("\n").length - 1;
      if (seen >= lines) resolve();
    });
  });

test("1,000 concurrent postings with processes killed in between: each once, and the books balance", async () => {
  const ventureId = await makeVenture();
  const [first, second] = [poster(ventureId, 0, 600), poster(ventureId, 400, 1_000)];
  await Promise.all([afterLines(first, 120), afterLines(second, 60)]);
  const deaths = [once(first, "exit"), once(second, "exit")];
  first.kill("SIGKILL");
  second.kill("SIGKILL");
  await Promise.all(deaths);
  const between = await db.ledgerTransaction.count({ where: { ventureId } });
  expect(between).toBeGreaterThanOrEqual(180);
  expect(between).toBeLessThan(1_000);
  expect(between % 10).toBe(0);
  const heirs = [poster(ventureId, 0, 520), poster(ventureId, 480, 1_000)];
  const ends = await Promise.all(heirs.map(async (heir) => (await once(heir, "exit"))[0]));
  expect(ends).toEqual([0, 0]);
  const { accounts, trial } = await getLedger(reader, ventureId, "2026-11-23");
  const total = Array.from({ length: 1_000 }, (_, number) => 100 + number).reduce((sum, one) => sum + one, 0);
  expect(await db.ledgerTransaction.count({ where: { ventureId } })).toBe(1_000);
  expect(await db.ledgerPosting.count({ where: { ventureId } })).toBe(2_000);
  expect(trial.map(({ debit, credit }) => [debit.value, credit.value])).toEqual([
    [String(total / 100), String(total / 100)],
  ]);
  expect(accounts.find(({ kind }) => kind === "bank")?.figure.value).toBe(String(total / 100));
  expect(await db.event.count({ where: { chain: ventureId, type: "ledger.posted" } })).toBe(1_000);
  expect(sale(ventureId, 3).key).toContain(ventureId);
}, 240_000);
