import { type Actor, mintActor } from "@/lib/auth/actor";
import { DEMO_SIGN_INS } from "@/lib/auth/demo";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { postTransaction } from "@/lib/ledger/mutations/post";
import type { Line } from "@/lib/ledger/rules/entry";
import { dayText } from "@/lib/metrics/rules/periods";
import { draftBatch, proposeBatch } from "@/lib/payments/mutations/drafts";
import { exportBatch, markSent } from "@/lib/payments/mutations/files";
import { addBankAccount, addPayee, enterDetails, recordCallback } from "@/lib/payments/mutations/payees";
import { importStatement } from "@/lib/payments/mutations/statements";
import type { AccountNumber } from "@/lib/payments/schema";

/** The venture that is being sold: what its advisers are owed is paid in US dollars, and stands in every state. */
const SELLING = "northwind-data";
const CURRENCY = "USD";
const ADVANCED_ON = "2026-11-09";

/** How far each payment has come: drafted, waiting for the second chairman, sent, or booked by the bank. */
const STEPS = ["draft", "waits", "sent", "booked"] as const;
type Step = (typeof STEPS)[number];

const usd = (routing: string, account: string): AccountNumber => ({
  ...{ rail: "ach", routing, account, accountType: "checking", owner: "company" },
});
type Adviser = {
  party: string;
  name: string;
  title: string;
  minor: bigint;
  step: Step;
  /** Its request, so that it is drafted once. */
  batch: string;
  number: AccountNumber;
};
const ADVISERS: readonly Adviser[] = [
  {
    ...{ party: "counsel", name: "Ashgrove & Pell LLP", title: "Counsel, first invoice", minor: 18_450_000n },
    ...{ step: "booked", batch: "0d2f6a10-6f1e-4c11-9a00-000000000001", number: usd("021000021", "4400917731") },
  },
  {
    ...{ party: "vendor-dd", name: "Quarry Lane Accountants", title: "Vendor due diligence", minor: 12_000_000n },
    ...{ step: "sent", batch: "0d2f6a10-6f1e-4c11-9a00-000000000002", number: usd("121000374", "0078120456") },
  },
  {
    ...{ party: "banker", name: "Orne Advisory Inc", title: "Banker’s retainer", minor: 7_500_000n },
    ...{ step: "waits", batch: "0d2f6a10-6f1e-4c11-9a00-000000000003", number: usd("026009593", "5519002288") },
  },
  {
    ...{ party: "data-room", name: "Vaultline Inc", title: "Data room, first year", minor: 2_398_050n },
    ...{ step: "draft", batch: "0d2f6a10-6f1e-4c11-9a00-000000000004", number: usd("111000025", "60013377") },
  },
];
/** Asked by mail to be paid elsewhere: nobody has called back yet, so it is frozen. */
const CHANGED = {
  party: "data-room",
  number: usd("322271627", "9900451200"),
  reason: "Asked by e-mail on 20 November",
};
const OWN = usd("021000021", "3300118842");

type People = { analyst: Actor; chairman: Actor; second: Actor };

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`The demo's payments were refused: ${outcome.refusal} ${JSON.stringify(outcome)}`);
  return outcome.value;
}

async function peopleOf(analyst: Actor, chairman: Actor, now: Date): Promise<People> {
  const email = DEMO_SIGN_INS.find((one) => one.role === "chairman" && !one.email.startsWith("chairman"))?.email ?? "";
  const { id, name } = await db.user.findUniqueOrThrow({ where: { email } });
  const present = { sessionId: null, steppedUpAt: now };
  const second = mintActor({ ...{ id, ref: `user:${id}`, name, role: "chairman", ventures: "all" }, ...present });
  return { analyst, chairman: mintActor({ ...chairman, ...present }), second };
}

async function accountFor({ chairman }: People, ventureId: string, now: Date): Promise<string> {
  const known = await db.bankAccount.findFirst({ where: { ventureId } });
  if (known) return known.id;
  const own = { ventureId, name: "Sale account", holder: "Northwind Data Inc", bankName: "Harbor National Bank" };
  const account = { ...own, currency: CURRENCY, number: OWN, companyId: "1841109932" };
  return must(await addBankAccount(chairman, account, now)).bankAccountId;
}

/** What the holding advanced for the costs of the sale, and whom it is for. */
async function advance({ analyst }: People, ventureId: string, bankAccountId: string, now: Date): Promise<void> {
  const total = ADVISERS.reduce((sum, { minor }) => sum + minor, 0n);
  const account = (kind: "bank" | "costs", party: string, name: string) => ({ kind, party, name, currency: CURRENCY });
  const lines: Line[] = [
    { account: account("bank", bankAccountId, "Sale account"), amountMinor: total },
    ...ADVISERS.map(({ party, name, minor }) => ({ account: account("costs", party, name), amountMinor: -minor })),
  ];
  const entry = { ventureId, kind: "receipt", description: "Advance of the holding for the costs of the sale" };
  const at = { effectiveOn: ADVANCED_ON, key: `demo-advance:${ventureId}`, lines };
  must(await db.$transaction((tx) => postTransaction(tx, analyst.ref, { ...entry, ...at }, now)));
}

async function payeeFor({ analyst, chairman }: People, ventureId: string, adviser: Adviser, now: Date) {
  const { party, name, number } = adviser;
  const key = { ventureId_party: { ventureId, party } };
  const known = await db.payee.findUnique({ where: key });
  const payeeId = known?.id ?? must(await addPayee(analyst, { ventureId, party, name, kind: "adviser" }, now)).payeeId;
  const before = await db.payeeDetails.findFirst({ where: { payeeId }, include: { callback: true } });
  const given = { payeeId, version: 1, holder: name, number, reason: "Engagement letter" };
  const detailsId = before?.id ?? must(await enterDetails(analyst, given, now)).detailsId;
  if (before?.callback) return payeeId;
  const call = { numberCalled: "+1 212 555 0142", numberSource: "Engagement letter", confirmedBy: `${name}, accounts` };
  must(await recordCallback(chairman, { detailsId, calledAt: now.toISOString(), ...call }, now));
  return payeeId;
}

const WEEK = 7 * 86_400_000;

async function drafted({ analyst }: People, ventureId: string, bankAccountId: string, adviser: Adviser, now: Date) {
  const { batch: requestId, title, party, minor, step } = adviser;
  const payee = await db.payee.findUniqueOrThrow({ where: { ventureId_party: { ventureId, party } } });
  const { id: accountId } = await db.ledgerAccount.findFirstOrThrow({ where: { ventureId, kind: "costs", party } });
  const executeOn = dayText(step === "draft" || step === "waits" ? new Date(now.getTime() + WEEK) : now);
  const lines = [{ payeeId: payee.id, accountId, amountMinor: minor, remittance: title }];
  must(await draftBatch(analyst, { requestId, ventureId, bankAccountId, title, executeOn, lines }, now));
}

/** Two chairmen approve, or the first of them alone. */
async function approved({ analyst, chairman, second }: People, { batch: batchId, step }: Adviser, now: Date) {
  const row = await db.paymentBatch.findUniqueOrThrow({ where: { id: batchId } });
  if (row.status === "draft")
    must(
      await proposeBatch(analyst, { batchId, version: row.version, why: "The engagement letter makes it due." }, now),
    );
  const { memoId } = await db.paymentBatch.findUniqueOrThrow({ where: { id: batchId } });
  if (!memoId) return;
  const said = { verdict: "approved" as const, memoId, note: "" };
  const versionOf = async () => (await db.memo.findUniqueOrThrow({ where: { id: memoId } })).version;
  if ((await versionOf()) === 1) must(await recordVerdict(chairman, { ...said, version: 1 }, now));
  if (step === "waits") return;
  const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
  if (memo.status === "confirming") must(await recordVerdict(second, { ...said, version: memo.version }, now));
  await carryOut(memoId, await versionOf(), { key: `demo:${batchId}`, now });
}

/** Given to the bank; the file is made on the day of execution or not at all. */
async function sent({ chairman }: People, { batch: batchId }: Adviser, now: Date): Promise<void> {
  const { executeOn, status } = await db.paymentBatch.findUniqueOrThrow({ where: { id: batchId } });
  if (status === "approved" && dayText(executeOn) < dayText(now)) return;
  if (status !== "approved" && status !== "exported") return;
  const { fileId } = must(await exportBatch(chairman, { batchId }, now));
  must(await markSent(chairman, fileId, now));
}

const amountText = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}`;

/** What the bank says: one payment booked, and a charge of its own that a person has to explain. */
async function told({ analyst }: People, bankAccountId: string, now: Date): Promise<void> {
  const rows = await db.paymentInstruction.findMany({
    where: {
      batchId: { in: ADVISERS.filter(({ step }) => step === "booked").map(({ batch }) => batch) },
      status: "sent",
    },
  });
  const entry = (ref: string, minor: bigint, id: string | null) =>
    `<Ntry><Amt Ccy="USD">${amountText(minor)}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${dayText(now)}</Dt></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef>${id ? `<NtryDtls><TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs></TxDtls></NtryDtls>` : "<AddtlNtryInf>Account maintenance November</AddtlNtryInf>"}</Ntry>`;
  const all = rows.map(({ endToEndId, amountMinor }, index) => entry(`HN${index + 1}`, amountMinor, endToEndId));
  if (all.length === 0 || OWN.rail !== "ach") return;
  const body = `<Stmt><Id>HN-2026-11</Id><Acct><Id><Othr><Id>${OWN.account}</Id></Othr></Id></Acct>${all.join("")}${entry("HNFEE", 4_500n, null)}</Stmt>`;
  const xml = `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>HN1</MsgId></GrpHdr>${body}</BkToCstmrStmt></Document>`;
  must(await importStatement(analyst, { bankAccountId, fileName: "harbor-national-november.xml", xml }, now));
}

/** Payments in every state, through the doors that people use. Safe to repeat: every step looks for its own trace. */
export async function seedPaymentStates(given: { analyst: Actor; chairman: Actor }): Promise<void> {
  const venture = await db.venture.findUnique({ where: { slug: SELLING } });
  if (!venture) return;
  const [now, ventureId] = [clock.now(), venture.id];
  const people = await peopleOf(given.analyst, given.chairman, now);
  const bankAccountId = await accountFor(people, ventureId, now);
  await advance(people, ventureId, bankAccountId, now);
  const from = (step: Step) => STEPS.indexOf(step);
  for (const adviser of ADVISERS) {
    const payeeId = await payeeFor(people, ventureId, adviser, now);
    await drafted(people, ventureId, bankAccountId, adviser, now);
    if (from(adviser.step) >= from("waits")) await approved(people, adviser, now);
    if (from(adviser.step) >= from("sent")) await sent(people, adviser, now);
    if (adviser.party === CHANGED.party) await change(people, payeeId, adviser.name, now);
  }
  await told(people, bankAccountId, now);
}

async function change({ analyst }: People, payeeId: string, holder: string, now: Date): Promise<void> {
  const { version, details } = await db.payee.findUniqueOrThrow({ where: { id: payeeId }, include: { details: true } });
  if (details.length > 1) return;
  const { number, reason } = CHANGED;
  must(await enterDetails(analyst, { payeeId, version, holder, number, reason }, now));
}
