import { expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { setStates } from "@/lib/closing/mutations/items";
import { openClosing } from "@/lib/closing/mutations/opening";
import { db } from "@/lib/db";
import { recordOffer } from "@/lib/deals/mutations/offers";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { plainTerms } from "@/lib/deals/test-support/offers";
import { analyst, bidder, NOW, sellingVenture } from "@/lib/deals/test-support/sale";
import { perform, reverse } from "@/lib/decisions/mutations/deeds";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { keepSplit } from "@/lib/distribution/mutations/split-plans";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { legalFile } from "@/lib/integrations/documents/legal-file";
import { docx } from "@/lib/integrations/test-support/hostile-files";
import { rewriteDocument, stateParts, writeDocument } from "./mutations/documents";
import { askSending, recordSent } from "./mutations/sending";
import { keepTemplate } from "./mutations/templates";
import { findDocumentView, getDocumentsPage, getVersionFile } from "./queries/documents";
import { STATED } from "./rules/dictionary";
import { HOUSE_TEMPLATES } from "./rules/house";
import { linesOf, quotedIn } from "./rules/model";
import type { DocumentKind } from "./schema";
import { draftCounterTool, listDocumentsTool } from "./tools";

async function offerFor(dealId: string, kind: "bid" | "counter" = "bid", more: Partial<OfferTerms> = {}) {
  const said = { title: "First bid", dated: "2026-12-20", source: "Letter", note: "" };
  const made = await recordOffer(analyst, { dealId, kind, terms: plainTerms(more), ...said }, NOW);
  if (!made.ok) throw new Error(`${made.refusal} ${JSON.stringify(made.problems)}`);
  return { offerId: made.value.offerId, version: 1 };
}
const write = (dealId: string, kind: DocumentKind, offer: { offerId: string; version: number } | null) =>
  writeDocument(analyst, { dealId, kind, offer, about: null }, NOW);
const everything = Object.fromEntries(STATED.map(({ key, label }) => [key, `The ${label}`]));

async function approve(memoId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const locked = await lockMemo(tx, memoId);
    const action = locked.content.options.find(({ id }) => id === "send")?.action;
    if (!action) throw new Error("no action");
    await perform(tx, locked, action, { key: "test", now: NOW });
  });
}

test("a letter of intent says what the terms have, marks what nobody said, and goes only as the chairman read it", async () => {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Nordwerk AG");
  const terms = { escrow: "0.1", escrowMonths: 18, escrowProbability: "1", exclusivityDays: 45 };
  const offer = await offerFor(dealId, "bid", terms);
  const written = await write(dealId, "loi", offer);
  if (!written.ok) throw new Error(written.refusal);
  const { documentId } = written.value;
  const view = await findDocumentView(analyst, { documentId, version: null, from: null }, NOW);
  if (!view) throw new Error("not found");
  const text = linesOf(view.model).join("\n");
  expect(text).toContain("EUR 30,000,000.00");
  expect(text).toContain("10% of the equity proceeds is paid to an escrow agent for 18 months");
  expect(text).not.toMatch(/Earn-out|Vendor note|rolled over/);
  expect(text).toContain("[missing: registered office of the buyer]");
  expect(view.missing).toContainEqual(expect.objectContaining({ field: "buyer.registeredOffice", stated: true }));
  expect(view.open).toContain("Indemnity cap");
  expect(view).toMatchObject({ state: "draft", version: 1 });

  const asked = { documentId, version: 1, rationale: "They wait for it since Monday" };
  expect(await askSending(analyst, asked, NOW)).toMatchObject({ refusal: "MISSING_DATA" });
  expect(await write(dealId, "loi", offer)).toMatchObject({ refusal: "SAME_AS_BEFORE" });
  expect(await stateParts(analyst, { dealId, parts: { "terms.price": "1" } }, NOW)).toMatchObject({
    refusal: "NO_SUCH_FIELD",
  });
  await stateParts(analyst, { dealId, parts: everything }, NOW);
  const again = await rewriteDocument(analyst, { documentId, version: 1 }, NOW);
  if (!again.ok) throw new Error(again.refusal);
  expect(again.value.missing).toEqual([]);
  expect(await rewriteDocument(analyst, { documentId, version: 1 }, NOW)).toMatchObject({ refusal: "CONFLICT" });
  expect(await recordSent(analyst, { documentId, version: 2, on: "2027-01-01" }, NOW)).toMatchObject({
    refusal: "NOT_CLEARED",
  });
  const redline = await findDocumentView(analyst, { documentId, version: 2, from: 1 }, NOW);
  expect(redline?.redline?.deleted).toBeGreaterThan(0);

  const memo = await askSending(analyst, { ...asked, version: 2 }, NOW);
  if (!memo.ok || !memo.value.memoId) throw new Error(JSON.stringify(memo));
  await approve(memo.value.memoId);
  expect((await getDocumentsPage(analyst, ventureId, NOW)).documents[0]).toMatchObject({ state: "approved to send" });
  await db.$transaction(async (tx) => reverse(tx, await lockMemo(tx, memo.value.memoId ?? ""), 1, NOW));
  expect((await getDocumentsPage(analyst, ventureId, NOW)).documents[0]).toMatchObject({ state: "draft" });
});

test("the numbers of a document open to their proof; a certificate says how each condition was settled", async () => {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Nordwerk AG", { closedOn: "2027-01-01" });
  const offer = await offerFor(dealId, "bid", { escrow: "0.1", escrowMonths: 12, escrowProbability: "0.9" });
  const written = await write(dealId, "funds-flow", offer);
  if (!written.ok) throw new Error(written.refusal);
  const viewOf = async (documentId: string) => {
    const view = await findDocumentView(analyst, { documentId, version: null, from: null }, NOW);
    if (!view) throw new Error("not found");
    return view;
  };
  const view = await viewOf(written.value.documentId);
  const quoted = quotedIn(view.model);
  expect(quoted.length).toBeGreaterThan(5);
  expect(quoted.filter((id) => !view.figures[id])).toEqual([]);
  const later = Object.values(view.figures).find(({ label }) => label.includes("later, at most"));
  expect(later).toMatchObject({ stale: null });
  expect(await recomputeFigure(analyst, later?.id ?? "", NOW)).toMatchObject({ ok: true, value: { same: true } });
  expect(await write(dealId, "funds-flow", offer)).toMatchObject({ refusal: "SAME_AS_BEFORE" });

  // Once the split of the offer is kept, the holders are those of the closing's statement, after tax.
  const founder = (await db.groupHolding.findUniqueOrThrow({ where: { ventureId } })).holderIds[0] ?? "";
  const withholdings = [{ holderId: founder, classId: null, on: "all" as const, ratio: "0.25", office: "Tax office" }];
  const plan = { offer, price: null, withholdings, financing: [] };
  const kept = await keepSplit(analyst, { ventureId, version: 0, plan, reason: "Agreed" }, NOW);
  if (!kept.ok) throw new Error(kept.refusal);
  const rewritten = await write(dealId, "funds-flow", offer);
  if (!rewritten.ok) throw new Error(rewritten.refusal);
  const byStatement = await viewOf(rewritten.value.documentId);
  expect(quotedIn(byStatement.model).filter((id) => !byStatement.figures[id])).toEqual([]);
  const said = linesOf(byStatement.model).join("\n");
  expect(said).toContain("Cash at closing");
  expect(said).not.toContain("Later, at most");

  await db.deal.update({ where: { id: dealId }, data: { stage: "closing" } });
  await openClosing(analyst, { dealId, template: "share-sale" }, NOW);
  const items = await db.closingItem.findMany({ where: { dealId }, orderBy: { ordinal: "asc" } });
  const [board, ...others] = items.filter(({ task }) => (task as { condition: unknown }).condition !== null);
  const evidence = { documentId: null, note: "Minutes", on: "2026-12-30" };
  const settled = { dealId, state: "done" as const, evidence, items: [{ id: board?.id ?? "", version: 1 }] };
  expect(await setStates(analyst, settled, NOW)).toMatchObject({ ok: true });
  const certificate = await write(dealId, "closing-certificate", offer);
  if (!certificate.ok) throw new Error(certificate.refusal);
  const text = linesOf((await viewOf(certificate.value.documentId)).model).join("\n");
  expect(text).toMatch(/Resolution of the company’s board: fulfilled on 30 Dec/);
  expect(text.match(/\[missing: that the condition is fulfilled or waived\]/g)).toHaveLength(others.length);
});

test("what was sent stays sent, and cannot be taken back", async () => {
  const dealId = await bidder(await sellingVenture(), "Nordwerk AG");
  await stateParts(analyst, { dealId, parts: everything }, NOW);
  const written = await write(dealId, "nda", null);
  if (!written.ok) throw new Error(written.refusal);
  const { documentId } = written.value;
  const memo = await askSending(analyst, { documentId, version: 1, rationale: "They asked for it today" }, NOW);
  if (!memo.ok || !memo.value.memoId) throw new Error(JSON.stringify(memo));
  const { memoId } = memo.value;
  await approve(memoId);
  const sent = { documentId, version: 1, on: "2027-01-01" };
  expect(await recordSent(analyst, { ...sent, on: "2027-01-02" }, NOW)).toMatchObject({ refusal: "DATE_IN_FUTURE" });
  const both = await Promise.all([recordSent(analyst, sent, NOW), recordSent(analyst, sent, NOW)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  await expect(db.$transaction(async (tx) => reverse(tx, await lockMemo(tx, memoId), 1, NOW))).rejects.toMatchObject({
    code: "CONFLICT",
  });
  const file = await getVersionFile(analyst, documentId, 1);
  const [first, second] = [await legalFile(file, "docx"), await legalFile(file, "docx")];
  expect(first.equals(second)).toBe(true);
});

test("a template of the house's own is refused by line, kept as a version, and used from then on", async () => {
  const dealId = await bidder(await sellingVenture(), "Nordwerk AG");
  const first = await write(dealId, "closing-certificate", null);
  if (!first.ok) throw new Error(first.refusal);
  const given = { kind: "closing-certificate" as const, fileName: "ours.docx", note: "From counsel", newest: 1 };
  const word = async (text: string) => {
    const body = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
    return (await docx(body)).toString("base64");
  };
  expect(await keepTemplate(analyst, { ...given, content: await word("{{buyer.shoe}}") }, NOW)).toMatchObject({
    ...{ refusal: "UNKNOWN_PLACEHOLDERS", problems: [{ path: "line 1" }] },
  });
  const content = await word("To {{buyer.name}}, {{buyer.registeredOffice}}");
  expect(await keepTemplate(analyst, { ...given, newest: 0, content }, NOW)).toMatchObject({ refusal: "CONFLICT" });
  expect(await keepTemplate(analyst, { ...given, content }, NOW)).toMatchObject({ ok: true, value: { version: 2 } });
  const second = await write(dealId, "closing-certificate", null);
  if (!second.ok) throw new Error(second.refusal);
  const file = await getVersionFile(analyst, second.value.documentId, 2);
  expect(file.file).not.toBeNull();
  expect((await legalFile(file, "docx")).length).toBeGreaterThan(300);
  expect(linesOf(file.model).join("\n")).toContain("To Nordwerk AG, [missing: registered office of the buyer]");
  const stored = await db.documentTemplate.findMany({ where: { kind: "closing-certificate" } });
  expect(stored.map(({ source, version }) => [source, version]).toSorted()).toEqual([
    ...[
      ["house", 1],
      ["uploaded", 2],
    ],
  ]);
  expect(stored.find(({ version }) => version === 1)?.body).toBe(HOUSE_TEMPLATES["closing-certificate"]);
});

test("the manager drafts a counter-offer as a proposal: approved it is written, and cleared only when nothing is missing", async () => {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Nordwerk AG", { contact: "Ana Duarte" });
  const call = { actor: analyst, agent: "value" as const, runId: null, now: NOW };
  const input = { venture: ventureId, bidderId: dealId };
  expect(await callTool(draftCounterTool, input, call)).toMatchObject({ ok: false, error: { code: "CONTRADICTION" } });
  await offerFor(dealId, "counter");
  const drafted = await callTool(draftCounterTool, input, call);
  expect(drafted).toMatchObject({ ok: true, result: { outcome: "ask" } });
  if (!drafted.ok) throw new Error("refused");
  const { memoId, missing } = drafted.result as { memoId: string; missing: string[] };
  expect(missing).toContain("registered office of the buyer");
  expect(await db.dealDocument.count({ where: { dealId } })).toBe(0);
  await approve(memoId);
  const listed = await callTool(listDocumentsTool, { venture: ventureId }, call);
  expect(listed).toMatchObject({ result: { documents: [{ kind: "counter-offer", state: "draft" }] } });
});
