import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { getLedger } from "@/lib/ledger/queries";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { cancelPayment, draftBatch, proposeBatch, reopenBatch } from "./mutations/drafts";
import { exportBatch, markFailed, markSent, voidFile } from "./mutations/files";
import { takeBackLine } from "./mutations/line-back";
import { enterDetails, recordCallback, releasePayee } from "./mutations/payees";
import { importStatement, settleLine } from "./mutations/statements";
import {
  ada,
  analyst,
  approveByTwo,
  approved,
  batchOf,
  call,
  confirmAccount,
  grace,
  IBANS,
  makeSale,
  must,
  NOW,
  OWN,
  person,
  proposed,
  type Sale,
  sepa,
} from "./test-support/sale";
import { statementXml } from "./test-support/statement-xml";

afterAll(disconnectEngineClient);

const rowsOf = (batchId: string) =>
  db.paymentInstruction.findMany({ where: { batchId }, orderBy: [{ createdAt: "asc" }, { amountMinor: "desc" }] });
const statuses = async (batchId: string) => (await rowsOf(batchId)).map(({ status }) => status);
const take = (sale: Sale, xml: string) =>
  importStatement(analyst, { bankAccountId: sale.bankAccountId, fileName: "statement.xml", xml }, NOW);

/** Balances in euro by account. */
async function books({ ventureId }: Sale): Promise<Record<string, string | null>> {
  const { accounts, trial } = await getLedger(grace, ventureId, "2026-12-31");
  expect(trial.map(({ balanced }) => balanced)).not.toContain(false);
  return Object.fromEntries(accounts.map(({ kind, name, figure }) => [kind === "payable" ? name : kind, figure.value]));
}

async function sent(sale: Sale): Promise<{ batchId: string; fileId: string; ids: string[] }> {
  const { batchId } = await approved(sale);
  const { fileId } = must(await exportBatch(grace, { batchId }, NOW));
  must(await markSent(grace, fileId, NOW));
  return { batchId, fileId, ids: (await rowsOf(batchId)).map(({ endToEndId }) => endToEndId) };
}

test("from the draft to the bank's statement, everything tried twice: each payment once", async () => {
  const sale = await makeSale();
  const draft = batchOf(sale);
  const [one, two] = await Promise.all([draftBatch(analyst, draft, NOW), draftBatch(analyst, draft, NOW)]);
  expect([must(one).batchId, must(two).batchId]).toEqual([draft.requestId, draft.requestId]);
  const batchId = draft.requestId;
  // What one draft counts on is not there for another.
  expect(await draftBatch(analyst, batchOf(sale, [1n, 1n]), NOW)).toMatchObject({ refusal: "NOT_PAYABLE" });
  const asked = { batchId, version: 1, why: "The deal has closed" };
  const { memoId } = must(await proposeBatch(analyst, asked, NOW));
  const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
  expect([memo.reversible, memo.stakeMinor]).toEqual([false, 100_000n]);
  expect(JSON.stringify(memo.content)).not.toContain(IBANS[0]);

  const said = { verdict: "approved" as const, memoId, version: 1, note: "" };
  expect(await recordVerdict(grace, said, NOW)).toMatchObject({ value: { status: "confirming" } });
  expect(await exportBatch(grace, { batchId }, NOW)).toMatchObject({ refusal: "NOT_APPROVED" });
  expect(await recordVerdict(grace, { ...said, version: 2 }, NOW)).toMatchObject({ refusal: "OWN_APPROVAL" });
  must(await recordVerdict(ada, { ...said, version: 2 }, NOW));
  const step = { key: "test/1", now: NOW };
  await Promise.all([carryOut(memoId, 2, step), carryOut(memoId, 2, step), carryOut(memoId, 2, step)]);
  expect(await books(sale)).toEqual({ bank: "1000", "Holder 0": "0", "Holder 1": "0", transit: "1000" });

  const unproved = { ...grace, steppedUpAt: null } as typeof grace;
  await expect(exportBatch(unproved, { batchId }, NOW)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
  // A condition of the approval does not hold: no file, until it does again.
  const held = { memoId, version: 2, ordinal: 1, reason: "Cash runway fell.", suspendedAt: NOW };
  await db.approvalSuspension.create({ data: held });
  expect(await exportBatch(grace, { batchId }, NOW)).toMatchObject({ refusal: "SUSPENDED" });
  await db.approvalSuspension.updateMany({ where: { memoId }, data: { resumedAt: NOW } });
  const exports = await Promise.all([1, 2, 3].map(() => exportBatch(grace, { batchId }, NOW)));
  const files = exports.map(must);
  expect(new Set(files.map(({ text }) => text)).size).toBe(1);
  expect(files.filter(({ repeated }) => !repeated)).toHaveLength(1);
  expect(await db.paymentFile.count({ where: { batchId } })).toBe(1);
  const file = files[0];
  expect(file?.text).toContain(`<IBAN>${IBANS[0]}</IBAN>`);
  const fileId = file?.fileId ?? "";
  const sends = await Promise.all([markSent(grace, fileId, NOW), markSent(ada, fileId, NOW)]);
  expect(sends.map((outcome) => must(outcome).repeated).toSorted()).toEqual([false, true]);
  expect(await voidFile(grace, { fileId, reason: "Too late" }, NOW)).toMatchObject({ refusal: "SENT" });

  const rows = await rowsOf(batchId);
  const xml = statementXml(
    rows.map(({ endToEndId: id, amountMinor }, index) => ({ ref: `B${index}`, id, cents: -amountMinor })),
  );
  const imports = (await Promise.all([take(sale, xml), take(sale, xml)])).map(must);
  expect(imports.map(({ added }) => added).toSorted()).toEqual([0, 2]);
  // The same movements in another file of the bank add nothing either.
  expect(must(await take(sale, xml.replace("<Id>S1</Id>", "<Id>S2</Id>")))).toMatchObject({ added: 0, known: 2 });
  expect(await statuses(batchId)).toEqual(["confirmed", "confirmed"]);
  expect(await books(sale)).toEqual({ bank: "0", "Holder 0": "0", "Holder 1": "0", transit: "0" });
  expect(await db.paymentBatch.findUniqueOrThrow({ where: { id: batchId } })).toMatchObject({ status: "closed" });
  const said2 = await db.event.findMany({ where: { chain: sale.ventureId } });
  const text = JSON.stringify(said2.map(({ payload }) => payload));
  for (const iban of [OWN, ...IBANS]) expect(text).not.toContain(iban);
});

test("partial, returned and strange movements are handled or wait for a person", async () => {
  const sale = await makeSale();
  const { batchId, ids } = await sent(sale);
  const [first = "", second = ""] = ids;
  const told = must(
    await take(
      sale,
      statementXml([
        { ref: "1", id: first, cents: -40_000n },
        { ref: "2", id: second, cents: -30_000n },
        { ref: "3", id: second, cents: 30_000n, back: true },
        { ref: "4", id: second, cents: -30_000n },
        { ref: "5", cents: 5_000n },
        { ref: "6", cents: -12n },
      ]),
    ),
  );
  expect(told).toMatchObject({ added: 6, matched: 3, open: 3 });
  expect(await statuses(batchId)).toEqual(["sent", "returned"]);
  expect(await books(sale)).toMatchObject({ bank: "600", "Holder 0": "0", "Holder 1": "300", transit: "300" });
  const open = await db.bankStatementLine.findMany({
    where: { bankAccountId: sale.bankAccountId, status: "open" },
    orderBy: { ordinal: "asc" },
  });
  expect(open.map(({ entryRef, reason }) => [entryRef, reason])).toEqual([
    ["4", "MORE_THAN_ORDERED"],
    ["5", "NO_REFERENCE"],
    ["6", "NO_REFERENCE"],
  ]);
  const settle = (place: number, as: "proceeds" | "charges" | "match") =>
    settleLine(analyst, { lineId: open[place]?.id ?? "", as, trancheId: null, reason: "Seen with the bank" }, NOW);
  expect(await settle(0, "match")).toMatchObject({ refusal: "STILL_OPEN" });
  expect(await settle(1, "charges")).toMatchObject({ refusal: "WRONG_DIRECTION" });
  must(await settle(1, "proceeds"));
  must(await settle(2, "charges"));
  expect(await settle(2, "charges")).toMatchObject({ refusal: "ALREADY_SETTLED" });
  expect(await books(sale)).toMatchObject({ bank: "649.88", proceeds: "50", charges: "0.12" });
  // Explained wrongly: undone by its mirror as often as needed, and booked once each time.
  for (const reason of ["It was the escrow", "It was the price after all"]) {
    const back = { lineId: open[1]?.id ?? "", reason };
    must(await takeBackLine(analyst, back, NOW));
    expect(await takeBackLine(analyst, back, NOW)).toMatchObject({ refusal: "NOT_SETTLED" });
    expect(await books(sale)).toMatchObject({ bank: "599.88", proceeds: "0", charges: "0.12" });
    must(await settle(1, "proceeds"));
    expect(await books(sale)).toMatchObject({ bank: "649.88", proceeds: "50" });
  }
  must(await take(sale, statementXml([{ ref: "7", id: first, cents: -30_000n }], OWN, "S7")));
  expect(await statuses(batchId)).toEqual(["confirmed", "returned"]);
  expect(await take(sale, statementXml([], IBANS[0]))).toMatchObject({ refusal: "OTHER_ACCOUNT" });
  const dollars = statementXml([{ ref: "usd", cents: 100n }], OWN, "S8").replace('Ccy="EUR"', 'Ccy="USD"');
  must(await take(sale, dollars));
  const strange = await db.bankStatementLine.findFirstOrThrow({ where: { entryRef: "usd" } });
  const asPrice = { lineId: strange.id, as: "proceeds" as const, trancheId: null, reason: "Looks like it" };
  expect(await settleLine(analyst, asPrice, NOW)).toMatchObject({ refusal: "OTHER_MONEY" });
  // What came back is owed again, and can be drafted again; what was paid cannot.
  const again = batchOf({ ...sale, payees: sale.payees.slice(1) });
  expect(await draftBatch(analyst, again, NOW)).toMatchObject({ ok: true });
  expect(await draftBatch(analyst, batchOf({ ...sale, payees: sale.payees.slice(0, 1) }), NOW)).toMatchObject({
    refusal: "NOT_PAYABLE",
  });
});

test("changed details freeze what was not sent, until others have called and released", async () => {
  const sale = await makeSale();
  const { batchId, memoId } = await approved(sale);
  const [payee] = sale.payees;
  const { version } = await db.payee.findUniqueOrThrow({ where: { id: payee?.id ?? "" } });
  const change = {
    payeeId: payee?.id ?? "",
    version,
    holder: "Holder 0",
    number: sepa(IBANS[2]),
    reason: "Asked by mail",
  };
  const { detailsId, frozen } = must(await enterDetails(analyst, change, NOW));
  expect([frozen]).toEqual([true]);
  expect(await enterDetails(analyst, change, NOW)).toMatchObject({ refusal: "CONFLICT" });
  expect(await exportBatch(grace, { batchId }, NOW)).toMatchObject({ refusal: "PAYEE_FROZEN" });
  expect(await recordCallback(analyst, call(detailsId), NOW)).toMatchObject({ refusal: "OWN_ENTRY" });
  expect(await releasePayee(ada, detailsId, NOW)).toMatchObject({ refusal: "NOT_CALLED" });
  must(await recordCallback(grace, call(detailsId), NOW));
  expect(await releasePayee(grace, detailsId, NOW)).toMatchObject({ refusal: "OWN_CALL" });
  expect(await releasePayee(person("analyst"), detailsId, NOW)).toMatchObject({ refusal: "OWN_ENTRY" });
  must(await releasePayee(ada, detailsId, NOW));
  // Two people approved the old account: the payment to it never leaves, whatever is released since.
  expect(await exportBatch(grace, { batchId }, NOW)).toMatchObject({ refusal: "PAYEE_FROZEN" });
  const [row] = await rowsOf(batchId);
  must(
    await cancelPayment(
      analyst,
      { instructionId: row?.id ?? "", version: row?.version ?? 0, reason: "Old account" },
      NOW,
    ),
  );
  expect(await books(sale)).toMatchObject({ "Holder 0": "700", transit: "300" });
  const file = must(await exportBatch(grace, { batchId }, NOW));
  expect(file.text).not.toContain(IBANS[0]);
  expect(await db.effect.count({ where: { subject: `memo:${memoId}` } })).toBe(1);
  const [fresh, other] = [await freshDetails(sale), await otherFile()];
  const cheats: [string, RegExp][] = [
    [
      `INSERT INTO payee_callback ("detailsId","enteredBy","calledBy","calledAt","numberCalled","numberSource","confirmedBy","recordedAt")
       VALUES ('${fresh}','user:analyst','user:analyst',now(),'1','x','x',now())`,
      /payee_callback_other_person/,
    ],
    [`UPDATE payment_instruction SET "amountMinor" = 1`, /fixed when it is drafted/],
    [
      `UPDATE payment_instruction SET "status" = 'sent' WHERE "status" = 'cancelled'`,
      /does not go from cancelled to sent/,
    ],
    [
      `UPDATE payment_instruction SET "status" = 'draft' WHERE "status" = 'exported'`,
      /does not go from exported to draft/,
    ],
    ["DELETE FROM payment_instruction", /append-only/],
    [`UPDATE payment_file SET "hash" = 'x'`, /stays as it was made/],
    ["DELETE FROM payment_file", /append-only/],
    [`UPDATE payee_details SET "sealed" = 'x'`, /append-only/],
    [
      `INSERT INTO payment_file_item ("fileId","instructionId","endToEndId","amountMinor","currency","detailsId","live")
       SELECT '${other}',"instructionId","endToEndId","amountMinor","currency","detailsId",true FROM payment_file_item WHERE "fileId" = '${file.fileId}'`,
      /payment_file_item_live/,
    ],
  ];
  for (const [sql, refusal] of cheats) await expect(db.$executeRawUnsafe(sql), sql).rejects.toThrow(refusal);
});

const freshDetails = async (sale: Sale): Promise<string> => {
  const id = sale.payees[1]?.id ?? "";
  const { version } = await db.payee.findUniqueOrThrow({ where: { id } });
  const given = { payeeId: id, version, holder: "Holder 1", number: sepa(IBANS[0]), reason: "Asked by mail" };
  return must(await enterDetails(analyst, given, NOW)).detailsId;
};
const otherFile = async (): Promise<string> => {
  const { batchId } = await approved(await makeSale());
  return must(await exportBatch(grace, { batchId }, NOW)).fileId;
};

test("a file of which one account was changed since is not sent, nor is any payment of it", async () => {
  const sale = await makeSale();
  const { batchId } = await approved(sale);
  const { fileId } = must(await exportBatch(grace, { batchId }, NOW));
  const { id: payeeId, version } = await db.payee.findUniqueOrThrow({ where: { id: sale.payees[1]?.id ?? "" } });
  const changed = { payeeId, version, holder: "Holder 1", number: sepa(IBANS[2]), reason: "Asked by mail" };
  must(await enterDetails(analyst, changed, NOW));
  expect(await markSent(grace, fileId, NOW)).toMatchObject({ refusal: "PAYEE_FROZEN" });
  expect(await exportBatch(grace, { batchId }, NOW)).toMatchObject({ refusal: "PAYEE_FROZEN" });
  expect(await statuses(batchId)).toEqual(["exported", "exported"]);
});

test("a payee whose account changed while two people read is left out; a rejected batch can be drafted again", async () => {
  const sale = await makeSale();
  const { batchId, memoId } = await proposed(sale);
  await confirmAccount(sale.payees[0]?.id ?? "", 3, IBANS[2], "Holder 0");
  await approveByTwo(memoId);
  expect(await statuses(batchId)).toEqual(["cancelled", "approved"]);
  expect(await books(sale)).toMatchObject({ "Holder 0": "700", "Holder 1": "0", transit: "300" });

  const other = await makeSale();
  const asked = await proposed(other);
  const reopen = (version: number) => reopenBatch(analyst, { batchId: asked.batchId, version }, NOW);
  expect(await reopen(2)).toMatchObject({ refusal: "STILL_OPEN" });
  must(await recordVerdict(grace, { verdict: "rejected", memoId: asked.memoId, version: 1, note: "Not yet" }, NOW));
  must(await reopen(2));
  expect(await statuses(asked.batchId)).toEqual(["draft", "draft"]);
  const second = must(await proposeBatch(analyst, { batchId: asked.batchId, version: 3, why: "Now" }, NOW));
  expect(second.memoId).not.toBe(asked.memoId);
});

test("what the bank refused is owed again, a file that was not sent can be made anew, an uncovered one is not made", async () => {
  const sale = await makeSale();
  const { batchId } = await approved(sale);
  const first = must(await exportBatch(grace, { batchId }, NOW));
  const away = { fileId: first.fileId, reason: "Another day" };
  expect(await voidFile(grace, away, NOW)).toMatchObject({ refusal: "SECOND_PERSON" });
  must(await voidFile(ada, away, NOW));
  const second = must(await exportBatch(grace, { batchId }, NOW));
  expect(second.fileName).not.toBe(first.fileName);
  expect(await markSent(grace, first.fileId, NOW)).toMatchObject({ refusal: "VOID" });
  must(await markSent(grace, second.fileId, NOW));
  const [row] = await rowsOf(batchId);
  const failed = { instructionId: row?.id ?? "", version: row?.version ?? 0, reason: "Account closed (AC04)" };
  must(await markFailed(grace, failed, NOW));
  expect(await books(sale)).toMatchObject({ bank: "1000", "Holder 0": "700", transit: "300" });

  const poor = await makeSale();
  const asked = await approved(poor);
  must(await take(poor, statementXml([{ ref: "x", cents: -1n }])));
  const line = await db.bankStatementLine.findFirstOrThrow({ where: { bankAccountId: poor.bankAccountId } });
  must(await settleLine(analyst, { lineId: line.id, as: "charges", trancheId: null, reason: "Fee" }, NOW));
  expect(await exportBatch(grace, { batchId: asked.batchId }, NOW)).toMatchObject({ refusal: "NOT_COVERED" });
});

const steps: ChildProcess[] = [];
afterAll(() => {
  for (const step of steps) step.kill("SIGKILL");
});

/** Starts a step in a process of its own, holds it at its last write, and kills it there. */
async function killedAtItsEnd(ventureId: string, ...args: string[]): Promise<void> {
  const holder = new pg.Client(process.env.DATABASE_URL);
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(`SELECT 1 FROM "event_chain" WHERE "chain" = $1 FOR UPDATE`, [ventureId]);
  const step = spawn(
    process.execPath,
    ["--import", "./scripts/resolve.mjs", "lib/payments/test-support/step.ts", ...args],
    {
      cwd: path.join(import.meta.dirname, "../.."),
      env: { ...process.env, NODE_ENV: "test", LOG_LEVEL: "silent" },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  steps.push(step);
  const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%event_chain%'`;
  await expect.poll(async () => (await db.$queryRawUnsafe<unknown[]>(waits)).length, { timeout: 60_000 }).toBe(1);
  const gone = once(step, "exit");
  step.kill("SIGKILL");
  await gone;
  await holder.query("ROLLBACK");
  await holder.end();
}

test("killed between steps: nothing is half done, and the next try does it once", async () => {
  const sale = await makeSale();
  const { batchId } = await approved(sale);
  await killedAtItsEnd(sale.ventureId, "export", batchId);
  expect([await statuses(batchId), await db.paymentFile.count({ where: { batchId } })]).toEqual([
    ["approved", "approved"],
    0,
  ]);
  const { fileId } = must(await exportBatch(grace, { batchId }, NOW));
  await killedAtItsEnd(sale.ventureId, "send", fileId);
  expect(await statuses(batchId)).toEqual(["exported", "exported"]);
  must(await markSent(grace, fileId, NOW));
  const rows = await rowsOf(batchId);
  const xml = statementXml(
    rows.map(({ endToEndId: id, amountMinor }, index) => ({ ref: `B${index}`, id, cents: -amountMinor })),
  );
  await killedAtItsEnd(sale.ventureId, "import", sale.bankAccountId, xml);
  expect([
    await statuses(batchId),
    await db.bankStatement.count({ where: { bankAccountId: sale.bankAccountId } }),
  ]).toEqual([["sent", "sent"], 0]);
  must(await take(sale, xml));
  expect(await statuses(batchId)).toEqual(["confirmed", "confirmed"]);
  expect(await books(sale)).toEqual({ bank: "0", "Holder 0": "0", "Holder 1": "0", transit: "0" });
}, 240_000);
