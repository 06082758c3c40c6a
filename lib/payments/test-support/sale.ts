import { randomUUID } from "node:crypto";
import { type Actor, mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { makeVenture } from "@/lib/decisions/test-support/memos";
import { postTransaction } from "@/lib/ledger/mutations/post";
import type { Line } from "@/lib/ledger/rules/entry";
import { draftBatch, proposeBatch } from "../mutations/drafts";
import { addBankAccount, addPayee, enterDetails, recordCallback } from "../mutations/payees";
import type { AccountNumber } from "../schema";

/** A small sale for the tests of payments: money received, two holders who are owed it, their confirmed accounts. */
export const NOW = new Date("2026-11-23T10:00:00Z");

export const person = (name: string, role: Role = "chairman"): Actor =>
  mintActor({ id: name, ref: `user:${name}`, name, role, ventures: "all", sessionId: null, steppedUpAt: NOW });
export const [analyst, grace, ada] = [person("analyst", "analyst"), person("grace"), person("ada")];

export const sepa = (iban: string): AccountNumber => ({ rail: "sepa", iban, bic: null });
export const OWN = "AT611904300234573201";
export const IBANS = ["DE89370400440532013000", "FR1420041010050500013M02606", "NL91ABNA0417164300"] as const;

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal} ${JSON.stringify(outcome.problems ?? "")}`);
  return outcome.value;
}

export { must };

export type Sale = {
  ventureId: string;
  bankAccountId: string;
  payees: { id: string; party: string; accountId: string; owed: bigint }[];
};

const line = (kind: Line["account"]["kind"], amountMinor: bigint, party = "", name = party): Line => ({
  account: { kind, party, name, currency: "EUR" },
  amountMinor,
});

/** `owed` in cents, one holder each; the bank holds all of it. */
export async function makeSale(
  owed: readonly bigint[] = [70_000n, 30_000n],
  slug: string | null = null,
): Promise<Sale> {
  const ventureId = await makeVenture("assisted", "EUR", slug);
  const number = sepa(OWN);
  const own = { ventureId, name: "Sale account", holder: "Holding GmbH", bankName: "Bank", currency: "EUR", number };
  const { bankAccountId } = must(await addBankAccount(grace, { ...own, companyId: null }, NOW));
  const total = owed.reduce((sum, one) => sum + one, 0n);
  const entry = {
    ...{ ventureId, kind: "distribution", description: "First distribution", effectiveOn: "2026-11-20" },
    key: `test:${ventureId}`,
    lines: [
      line("bank", total, bankAccountId, "Sale account"),
      ...owed.map((amount, index) => line("payable", -amount, `holder-${index}`, `Holder ${index}`)),
    ],
  };
  must(await db.$transaction((tx) => postTransaction(tx, "user:test", entry, NOW)));
  const payees: Sale["payees"] = [];
  for (const [index, amount] of owed.entries()) {
    const party = `holder-${index}`;
    const payee = { ventureId, party, name: `Holder ${index}`, kind: "holder" as const };
    const { payeeId: id } = must(await addPayee(analyst, payee, NOW));
    await confirmAccount(id, 1, IBANS[index] ?? IBANS[0], `Holder ${index}`);
    const account = await db.ledgerAccount.findFirstOrThrow({ where: { ventureId, kind: "payable", party } });
    payees.push({ id, party, accountId: account.id, owed: amount });
  }
  return { ventureId, bankAccountId, payees };
}

export const call = (detailsId: string) => ({
  ...{ detailsId, calledAt: NOW.toISOString(), numberCalled: "+49 30 1234567" },
  ...{ numberSource: "Shareholders’ agreement", confirmedBy: "Holder in person" },
});

export async function confirmAccount(payeeId: string, version: number, iban: string, holder: string): Promise<string> {
  const entered = { payeeId, version, holder, number: sepa(iban), reason: "From the letter of transmittal" };
  const { detailsId } = must(await enterDetails(analyst, entered, NOW));
  must(await recordCallback(grace, call(detailsId), NOW));
  return detailsId;
}

export const batchOf = ({ ventureId, bankAccountId, payees }: Sale, amounts?: readonly bigint[]) => ({
  ...{ requestId: randomUUID(), ventureId, bankAccountId, title: "First distribution", executeOn: "2026-11-25" },
  lines: payees.map(({ id, accountId, owed }, index) => ({
    ...{ payeeId: id, accountId, amountMinor: amounts?.[index] ?? owed, remittance: "Sale proceeds" },
  })),
});

/** Drafted and asked for; waits for two chairmen. */
export async function proposed(sale: Sale): Promise<{ batchId: string; memoId: string }> {
  const { batchId } = must(await draftBatch(analyst, batchOf(sale), NOW));
  const { memoId } = must(await proposeBatch(analyst, { batchId, version: 1, why: "The deal has closed" }, NOW));
  return { batchId, memoId };
}

/** Both say yes; what they decided is carried out. */
export async function approveByTwo(memoId: string): Promise<void> {
  const said = (version: number) => ({ verdict: "approved" as const, memoId, version, note: "" });
  must(await recordVerdict(grace, said(1), NOW));
  must(await recordVerdict(ada, said(2), NOW));
  const done = await carryOut(memoId, 2, { key: "test/1", now: NOW });
  if (!done.done) throw new Error("The approval was not carried out");
}

export async function approved(sale: Sale): Promise<{ batchId: string; memoId: string }> {
  const asked = await proposed(sale);
  await approveByTwo(asked.memoId);
  return asked;
}
