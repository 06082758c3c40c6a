import { expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { makeVenture } from "@/lib/metrics/test-support/facts";
import { getLedger } from "../queries";
import { listDistributions } from "../queries/distributions";
import { listTranches } from "../queries/tranches";
import { basisSchema, distributeSchema, instructionSchema, trancheSchema } from "../schema";
import { askProceedsSchema } from "../schema/requests";
import { line } from "../test-support/entries";
import { recordBasis } from "./basis";
import { carryOutRequest } from "./carry-out";
import { distributeProceeds } from "./distribute";
import { postTransaction } from "./post";
import { raiseReleaseReminders } from "./reminders";
import { askProceeds } from "./requests";
import { closeClaim, freezeTranche, openTranche, recordClaim, recordInstruction, releaseTranche } from "./tranches";

const NOW = new Date("2026-11-23T10:00:00Z");
/** When the instructions have been signed. */
const SIGNED = new Date("2027-11-21T10:00:00Z");
const person = (name: string, steppedUpAt: Date | null = NOW) =>
  mintActor({ id: name, ref: `user:${name}`, name, role: "chairman", ventures: "all", sessionId: null, steppedUpAt });
const [analyst, grace] = [person("analyst"), person("grace")];
function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string }): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
const hash = (sign: string) => sign.repeat(64);

/** Preferred with a preference of 5,000 EUR before common; 4,000 at closing, 3,000 in escrow. */
async function closing(more: object = {}) {
  const ventureId = await makeVenture();
  const basis = basisSchema.parse({
    ...{ ventureId, currency: "EUR" },
    classes: [
      { id: "a", kind: "preferred", shares: 1_000, invested: 5_000, participation: "none" },
      { id: "common", kind: "common", shares: 4_000 },
    ],
    holdings: [
      { classId: "a", holderId: "fund", name: "Fund", units: "1000" },
      { classId: "common", holderId: "ada", name: "Ada", units: "3000" },
      { classId: "common", holderId: "grace", name: "Grace", units: "1000" },
    ],
    ...more,
  });
  must(await recordBasis(analyst, basis, NOW));
  expect(await recordBasis(analyst, basis, NOW)).toMatchObject({ refusal: "ALREADY_FIXED" });
  const receipt = {
    ventureId,
    kind: "receipt",
    description: "Price",
    effectiveOn: "2026-11-20",
    key: `price:${ventureId}`,
  };
  const lines = [line("bank", 430_000n, "main"), line("proceeds", -430_000n)];
  must(await db.$transaction((tx) => postTransaction(tx, "user:test", { ...receipt, lines }, NOW)));
  const distribution = distributeSchema.parse({
    ...{ ventureId, currency: "EUR", label: "Closing", paidOn: "2026-11-20", amountMinor: "430000" },
    charges: [{ kind: "costs", party: "lawyers", name: "Lawyers", amountMinor: "30000" }],
    withholdings: [{ holderId: "fund", amountMinor: "1000", party: "tax", name: "Tax office" }],
  });
  const twice = await Promise.all(
    [1, 2].map(() => db.$transaction((tx) => distributeProceeds(tx, analyst.ref, distribution, NOW))),
  );
  expect(twice.map((one) => must(one).repeated).toSorted()).toEqual([false, true]);
  const escrow = trancheSchema.parse({
    ...{ ventureId, kind: "escrow", label: "Indemnity escrow", currency: "EUR", amountMinor: "300000" },
    ...{ heldBy: "Escrow Bank", buyer: "Buyer AG", seller: "Holders", opensOn: "2026-11-20", endsOn: "2028-05-20" },
    schedule: [
      { dueOn: "2027-11-20", amountMinor: "150000", condition: "Half, less claims" },
      { dueOn: "2028-05-20", amountMinor: null, condition: "The rest" },
    ],
  });
  const { trancheId } = must(await openTranche(analyst, escrow, NOW));
  return { ventureId, trancheId };
}

const instruct = (trancheId: string, more: object = {}) =>
  instructionSchema.parse({
    ...{ trancheId, documentName: "Joint instruction", documentHash: hash("a"), datedOn: "2027-11-20" },
    ...{
      buyerSigner: "Buyer AG, A. Berg",
      sellerSigner: "Holders’ agent",
      sellersMinor: "250000",
      buyerMinor: "0",
      ...more,
    },
  });
const books = async (ventureId: string) => {
  const { accounts } = await getLedger(grace, ventureId, "2030-01-01");
  return Object.fromEntries(accounts.map(({ kind, name, figure }) => [`${kind} ${name}`.trim(), figure.value]));
};

test("held back until both have signed, then split as if it had come with the first payment", async () => {
  const { ventureId, trancheId } = await closing();
  expect(await books(ventureId)).toMatchObject({
    ...{ proceeds: "0", "payable Fund": "3990", "withholding Tax office": "10", "costs Lawyers": "300" },
    ...{ "escrow Indemnity escrow": "3000", "contingent Indemnity escrow": "3000" },
  });
  must(
    await recordClaim(
      grace,
      { trancheId, version: 1, amountMinor: 50_000n, claimedOn: "2027-03-01", grounds: "Tax" },
      NOW,
    ),
  );
  expect(await recordInstruction(analyst, instruct(trancheId), NOW)).toMatchObject({ refusal: "DATED_AHEAD" });
  const { instructionId } = must(await recordInstruction(analyst, instruct(trancheId), SIGNED));
  expect(await recordInstruction(analyst, instruct(trancheId), SIGNED)).toMatchObject({ refusal: "ALREADY_RECORDED" });
  expect(await books(ventureId)).toMatchObject({ "contingent Indemnity escrow": "3000" });
  await expect(releaseTranche(person("grace", null), instructionId, NOW)).rejects.toMatchObject({
    code: "STEP_UP_REQUIRED",
  });
  expect(await releaseTranche(analyst, instructionId, NOW)).toMatchObject({ refusal: "OWN_RECORD" });
  const frozen = must(await freezeTranche(grace, { trancheId, version: 2, frozen: true, reason: "Disputed" }, NOW));
  expect(await releaseTranche(grace, instructionId, NOW)).toMatchObject({ refusal: "FROZEN" });
  must(await freezeTranche(grace, { trancheId, version: frozen.version, frozen: false, reason: "Settled" }, NOW));
  const tried = await Promise.all([1, 2, 3].map(() => releaseTranche(grace, instructionId, NOW)));
  expect(tried.map((one) => must(one).repeated).toSorted()).toEqual([false, true, true]);
  // 4,000 + 2,500: the preference takes 1,000 more, then common 1,500, three to one.
  expect(await books(ventureId)).toMatchObject({
    ...{ "payable Fund": "4990", "payable Ada": "1125", "payable Grace": "375", "contingent Indemnity escrow": "500" },
  });

  const rest = must(
    await recordInstruction(analyst, instruct(trancheId, { documentHash: hash("b"), sellersMinor: "10000" }), SIGNED),
  );
  expect(await releaseTranche(grace, rest.instructionId, NOW)).toMatchObject({ refusal: "CLAIMED" });
  const settled = { documentHash: hash("c"), sellersMinor: "0", buyerMinor: "50000" };
  const back = must(await recordInstruction(analyst, instruct(trancheId, settled), SIGNED));
  must(await releaseTranche(grace, back.instructionId, NOW));
  const claim = await db.trancheClaim.findFirstOrThrow({ where: { trancheId } });
  must(await closeClaim(grace, { claimId: claim.id, version: 1, status: "settled", resolution: "Paid" }, NOW));
  expect(await books(ventureId)).toMatchObject({ "payable Buyer AG": "500", "contingent Indemnity escrow": "0" });
  expect(await releaseTranche(grace, rest.instructionId, NOW)).toMatchObject({ refusal: "CLOSED" });
  const [tranche] = await listTranches(grace, ventureId, "2027-11-20");
  expect(tranche?.calendar.map(({ state }) => state)).toEqual(["released", "released"]);
  expect(tranche?.instructions.map(({ carriedOut }) => carriedOut)).toEqual([true, false, true]);
});

test("of what comes later management takes its agreed part first, and the fixed rates of tax are kept without being asked for", async () => {
  const carveOut = { ratio: "0.1", party: "Management", name: "Management carve-out" };
  const rate = { holderId: "ada", classId: null, on: "all", ratio: "0.25", office: "Payroll office" };
  const { ventureId, trancheId } = await closing({ carveOut, withholdings: [rate] });
  // 4,000 to holders and none carved out at closing; of 2,500 a tenth; 1,000 fill the preference, 1,250 are common's.
  const { instructionId } = must(await recordInstruction(analyst, instruct(trancheId), SIGNED));
  const [waiting] = await listTranches(grace, ventureId, "2027-11-20");
  expect(waiting?.instructions[0]?.carved).toEqual({ name: "Management carve-out", amountMinor: 25_000n });
  must(await releaseTranche(grace, instructionId, NOW));
  expect(await books(ventureId)).toMatchObject({
    ...{
      "fees Management carve-out": "250",
      "payable Fund": "4990",
      "payable Ada": "703.12",
      "payable Grace": "312.5",
    },
    ...{ "withholding Payroll office": "234.38", "contingent Indemnity escrow": "500" },
  });
  const [done] = await listTranches(grace, ventureId, "2027-11-20");
  expect(done?.instructions[0]?.carved?.amountMinor).toBe(25_000n);

  const price = [line("bank", 100_000n, "main"), line("proceeds", -100_000n)];
  const receipt = { ventureId, kind: "receipt", description: "True-up", effectiveOn: "2027-12-01" };
  await db.$transaction((tx) =>
    postTransaction(tx, "user:test", { ...receipt, key: `true-up:${ventureId}`, lines: price }, NOW),
  );
  const trueUp = askProceedsSchema.parse({
    ...{ ventureId, currency: "EUR", label: "True-up", paidOn: "2027-12-01", amountMinor: "100000", reason: "Agreed" },
  });
  expect(await askProceeds(analyst, trueUp, NOW)).toMatchObject({ refusal: "DAY_AHEAD" });
  const { requestId } = must(await askProceeds(analyst, trueUp, new Date("2027-12-02T09:00:00Z")));
  const { request } = await listDistributions(grace, ventureId);
  expect(request).toMatchObject({
    charges: [{ name: "Management carve-out", amountMinor: 10_000n }],
    withholdings: [{ office: "Payroll office", amountMinor: 16_875n }],
  });
  must(await carryOutRequest(grace, { requestId, version: 1 }, NOW));
  expect(await books(ventureId)).toMatchObject({
    ...{ "fees Management carve-out": "350", "payable Ada": "1209.37", "payable Grace": "537.5", proceeds: "0" },
  });
});

test("a release that is due is told once, and no more when it was released", async () => {
  const { ventureId, trancheId } = await closing();
  const due = new Date("2027-11-21T02:15:00Z");
  expect((await raiseReleaseReminders(ventureId, NOW)).raised).toEqual([]);
  const looks = await Promise.all([raiseReleaseReminders(ventureId, due), raiseReleaseReminders(ventureId, due)]);
  expect(looks.flatMap(({ raised }) => raised)).toEqual([`escrow-release-due:${trancheId}`]);
  const alert = await db.alert.findFirstOrThrow({ where: { ventureId, kind: "escrow-release-due" } });
  expect(alert.detail).toMatch(/1,500\.00.* since 20 Nov 2027/);
  const half = instruct(trancheId, { sellersMinor: "150000" });
  const { instructionId } = must(await recordInstruction(analyst, half, SIGNED));
  must(await releaseTranche(person("grace", due), instructionId, due));
  expect((await raiseReleaseReminders(ventureId, due)).cleared).toEqual([alert.causeKey]);
});

test("a balance opens to its postings and computes again to the same", async () => {
  const { ventureId } = await closing();
  const day = "2026-11-23";
  const { accounts } = await getLedger(grace, ventureId, day);
  const fund = accounts.find(({ name }) => name === "Fund");
  const opened = must(
    await openFigure(grace, fund?.figure.id ?? "", { of: "ledger", args: { venture: ventureId, day } }, NOW),
  );
  expect(opened.value).toBe("3990");
  const { rows } = await listSourceRows(grace, opened.id);
  expect(rows.map(({ cells }) => cells)).toEqual([
    ["2026-11-20", "distribution", "Closing", "payable", "Fund", "-3990", "EUR"],
  ]);
  expect(await recomputeFigure(grace, opened.id, NOW)).toMatchObject({ ok: true, value: { same: true } });
});
