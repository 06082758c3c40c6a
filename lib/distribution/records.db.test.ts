import { beforeAll, describe, expect, test } from "vitest";
import { type Holder, holderOfToken, withHolder } from "@/lib/auth/holder-session";
import { decryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { perform } from "@/lib/decisions/mutations/deeds";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { makeVenture, person } from "@/lib/decisions/test-support/memos";
import { codeOwner } from "@/lib/distribution/queries/records/statements";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { wordsOf } from "@/lib/integrations/documents/document-words";
import { recordBasis } from "@/lib/ledger/mutations/basis";
import { distributeProceeds } from "@/lib/ledger/mutations/distribute";
import { postTransaction } from "@/lib/ledger/mutations/post";
import { basisSchema, distributeSchema } from "@/lib/ledger/schema";
import { line } from "@/lib/ledger/test-support/entries";
import { makeAccessLink, revokeAccess } from "./mutations/records/access";
import { askHolderCode, enterHolder } from "./mutations/records/door";
import { freezeStatements } from "./mutations/records/freeze";
import { askIssue, withdrawByMemo } from "./mutations/records/issue";
import { getHolderRoom } from "./queries/records/holder-view";
import { getRecordsPage } from "./queries/records/records";

const NOW = new Date("2026-11-23T10:00:00Z");
const analyst = person("analyst");
const [ADA, FUND] = ["ada@example.com", "books@fund.example"];
const VISITOR = { address: "192.0.2.9", userAgent: "test" };

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal} ${JSON.stringify(outcome.problems ?? "")}`);
  return outcome.value;
}

async function pay(ventureId: string, label: string, on: string): Promise<void> {
  const receipt = { ventureId, kind: "receipt", description: label, effectiveOn: on, key: `${label}:${ventureId}` };
  const lines = [line("bank", 400_000n, "main"), line("proceeds", -400_000n)];
  must(await db.$transaction((tx) => postTransaction(tx, "user:test", { ...receipt, lines }, NOW)));
  const paid = distributeSchema.parse({ ventureId, currency: "EUR", label, paidOn: on, amountMinor: "400000" });
  must(await db.$transaction((tx) => distributeProceeds(tx, analyst.ref, paid, NOW)));
}

/** Two holders by three to one, and one distribution of 4,000 EUR. */
async function sold() {
  const ventureId = await makeVenture("assisted", "EUR");
  const held = (holderId: string, name: string, units: string) => ({ classId: "common", holderId, name, units });
  const basis = basisSchema.parse({
    ...{ ventureId, currency: "EUR", classes: [{ id: "common", kind: "common", shares: 4_000 }] },
    holdings: [held("fund", "The Fund", "3000"), held("ada", "Ada", "1000")],
  });
  must(await recordBasis(analyst, basis, NOW));
  await pay(ventureId, "Closing", "2026-11-20");
  return ventureId;
}

const frozen = (ventureId: string, reason = "") =>
  freezeStatements(analyst, { ventureId, currency: "EUR", reason }, NOW);

async function asked(ventureId: string, version = 1) {
  const holders = [
    { holderId: "ada", version, emails: [ADA] },
    { holderId: "fund", version, emails: [FUND] },
  ];
  const asking = { ventureId, currency: "EUR", expiresOn: "2027-01-31", rationale: "The sale is closed.", holders };
  const { memoId } = must(await askIssue(analyst, asking, NOW));
  return memoId ?? "";
}

/** The chairman's yes, as the memo's run carries it out. */
const approve = (memoId: string) =>
  db.$transaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    const action = memo.content.options.find(({ id }) => id === "issue")?.action;
    if (!action) throw new Error("no action");
    await perform(tx, memo, action, { key: "test", now: NOW });
  });

async function linkOf(ventureId: string, holderId: string) {
  const { id: accessId, version } = await db.holderAccess.findUniqueOrThrow({
    where: { ventureId_holderId: { ventureId, holderId } },
  });
  return { accessId, ...must(await makeAccessLink(analyst, { accessId, version }, NOW)) };
}

async function enter({ link, accessId }: { link: string; accessId: string }, email: string): Promise<Holder> {
  await askHolderCode({ link, email }, VISITOR, NOW);
  const row = await db.holderCode.findFirstOrThrow({ where: { accessId, email, usedAt: null } });
  const code = decryptSecret("guest-code", codeOwner(row.id), row.sealed ?? "");
  const { token } = must(await enterHolder({ link, email, code }, VISITOR, NOW));
  const holder = await holderOfToken(token, NOW);
  if (!holder) throw new Error("no session");
  return holder;
}

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
async function fetchAs(holder: Holder | null, at: { link: string; statementId: string }): Promise<Response> {
  const { GET } = (await import("@/app/room/[link]/statements/[statementId]/download/route")) as unknown as {
    GET: Route;
  };
  const request = new Request(`http://localhost/room/${at.link}/statements/${at.statementId}/download`);
  return withHolder(holder, () => GET(request, { params: Promise.resolve(at) }));
}

const statementOf = (ventureId: string, holderId: string, version = 1) =>
  db.holderStatement.findFirstOrThrow({ where: { ventureId, holderId, version } });

test("a number of the page opens to a stored figure, and comes out the same again", async () => {
  const ventureId = await sold();
  const page = await getRecordsPage(analyst, ventureId, null, NOW);
  const shown = page.holders.find(({ id }) => id === "fund")?.figures.net;
  if (!shown?.ask) throw new Error("no figure");
  const stored = must(await openFigure(analyst, shown.id, shown.ask, NOW));
  expect([stored.value, stored.revision]).toEqual(["3000", 1]);
  expect(must(await recomputeFigure(analyst, shown.id, NOW)).same).toBe(true);
  expect(page.returns.map(({ figure }) => figure?.value)).toEqual(page.returns.map(() => null));
});

describe("a holder's room", () => {
  let ventureId: string;
  let memoId: string;
  beforeAll(async () => {
    ventureId = await sold();
    must(await frozen(ventureId));
    memoId = await asked(ventureId);
  });

  test("has no door before the chairman's yes, and the policy always asks", async () => {
    const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId }, include: { proposal: true } });
    expect(memo.proposal).toMatchObject({ policy: { outcome: "ask", rule: "sent-outside" } });
    expect(await db.holderAccess.count({ where: { ventureId } })).toBe(0);
  });

  test("shows a holder their own statement and nothing else, marked and recorded, until it is taken back", async () => {
    await approve(memoId);
    const [toAda, toFund] = [await linkOf(ventureId, "ada"), await linkOf(ventureId, "fund")];
    const [own, other] = [await statementOf(ventureId, "ada"), await statementOf(ventureId, "fund")];
    // Somebody else's address gets no code, and is not told so.
    expect(await askHolderCode({ link: toAda.link, email: FUND }, VISITOR, NOW)).toMatchObject({ ok: true });
    expect(await db.holderCode.count({ where: { accessId: toAda.accessId } })).toBe(0);
    const ada = await enter(toAda, ADA);
    expect((await getHolderRoom(ada)).statements.map(({ id }) => id)).toEqual([own.id]);
    const taken = await fetchAs(ada, { link: toAda.link, statementId: own.id });
    const words = await wordsOf("application/pdf", new Uint8Array(await taken.arrayBuffer()));
    expect([taken.status, words?.text.includes(ADA), taken.headers.get("cache-control")]).toEqual([
      ...[200, true, "private, no-store"],
    ]);
    // Another holder's id, another holder's link, nobody's session.
    const status = async (holder: Holder | null, link: string, statementId: string) =>
      (await fetchAs(holder, { link, statementId })).status;
    expect(await status(ada, toAda.link, other.id)).toBe(404);
    expect(await status(ada, toFund.link, other.id)).toBe(401);
    expect(await status(null, toAda.link, own.id)).toBe(401);
    const did = await db.holderActivity.findMany({ where: { accessId: toAda.accessId }, orderBy: { id: "asc" } });
    expect(did.map(({ kind, email }) => [kind, email])).toEqual([
      ["entered", ADA],
      ["downloaded", ADA],
    ]);
    const events = await db.event.findMany({ where: { chain: ventureId, actor: `holder:${toAda.accessId}` } });
    expect(events.map(({ type }) => type).toSorted()).toEqual([
      "holder-statement.downloaded",
      "holder-statement.entered",
    ]);
    must(await revokeAccess(person("chairman"), { accessId: toAda.accessId, reason: "Sold on" }, NOW));
    expect(await db.holderSession.count({ where: { accessId: toAda.accessId, revokedAt: null } })).toBe(0);
    expect(await askHolderCode({ link: toAda.link, email: ADA }, VISITOR, NOW)).toMatchObject({ ok: true });
    expect(await db.holderCode.count({ where: { accessId: toAda.accessId, usedAt: null } })).toBe(0);
  });

  test("a correction has a reason, is its next revision, and is shown only when it is approved as well", async () => {
    const toFund = await linkOf(ventureId, "fund");
    const fund = await enter(toFund, FUND);
    expect(await frozen(ventureId)).toMatchObject({ refusal: "NOTHING_NEW" });
    await pay(ventureId, "Second", "2026-11-22");
    expect(await frozen(ventureId)).toMatchObject({ refusal: "REASON_NEEDED" });
    expect(must(await frozen(ventureId, "A second distribution")).frozen).toBe(2);
    const [first, second] = [await statementOf(ventureId, "fund"), await statementOf(ventureId, "fund", 2)];
    expect(second.digest).not.toBe(first.digest);
    const words = await wordsOf("application/pdf", new Uint8Array(second.pdf ?? []));
    expect([words?.text.includes("€6,000.00"), words?.text.includes("Ada")]).toEqual([true, false]);
    expect((await getHolderRoom(fund)).statements.map(({ id }) => id)).toEqual([first.id]);
    expect((await fetchAs(fund, { link: toFund.link, statementId: second.id })).status).toBe(404);
    const change = (data: object) => db.holderStatement.update({ where: { id: first.id }, data });
    await expect(change({ digest: second.digest })).rejects.toThrow();
    await expect(change({ pdf: second.pdf })).rejects.toThrow();
    await expect(db.holderStatement.delete({ where: { id: first.id } })).rejects.toThrow();
    // The approval is taken back: nothing of it is shown any more, and the door is shut.
    await db.$transaction((tx) => withdrawByMemo(tx, ventureId, { memoId, now: NOW }));
    expect((await getHolderRoom(fund)).statements).toEqual([]);
    expect((await fetchAs(fund, { link: toFund.link, statementId: first.id })).status).toBe(404);
    expect(await db.holderAccess.findFirstOrThrow({ where: { id: toFund.accessId } })).toMatchObject({
      linkHash: null,
    });
  });
});
