import { beforeAll, expect, onTestFinished, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { recordOffer } from "@/lib/deals/mutations/offers";
import { advanceDeal } from "@/lib/deals/mutations/stages";
import { plainTerms } from "@/lib/deals/test-support/offers";
import { bidder, sellingVenture } from "@/lib/deals/test-support/sale";
import { perform } from "@/lib/decisions/mutations/deeds";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { person } from "@/lib/decisions/test-support/memos";
import { env } from "@/lib/env";
import { saveFigures } from "@/lib/figures/mutations";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { beginAttempt, endAttempt } from "@/lib/growth/mutations/initiatives/outbound";
import { mailLetter } from "@/lib/integrations/mail";
import { type MailServer, mailServer } from "@/lib/integrations/test-support/mail-server";
import { addItem, editItem, setStates, undoItem } from "./mutations/items";
import { askRelease, askSend, askWaiver } from "./mutations/memos";
import { openClosing } from "./mutations/opening";
import { raiseClosingReminders } from "./mutations/reminders";
import { removeDocument, removeItem, restoreRemoved } from "./mutations/removals";
import { addDocument, moveSignatures } from "./mutations/signatures";
import { writeStatus } from "./mutations/status";
import { recordWaiver } from "./mutations/waivers";
import { getClosingPage, readyToClose } from "./queries/closing";
import type { SetStates, Task } from "./schema";
import { closingStatusTool, proposeReleaseTool } from "./tools";

const NOW = new Date("2027-01-01T12:00:00Z");
const TODAY = "2027-01-01";
const analyst = person("analyst");
const NOTE = { documentId: null, note: "Counsel’s e-mail", on: TODAY };

let ventureId = "";
beforeAll(async () => {
  ventureId = await sellingVenture();
});

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal} ${JSON.stringify(outcome.problems ?? "")}`);
  return outcome.value;
}

let made = 0;
/** A deal on its way to closing, with a checklist of these conditions and nothing else. */
async function closingOf(tasks: readonly Partial<Task>[] = []) {
  made += 1;
  const dealId = await bidder(ventureId, `Bidder ${made}`);
  await db.deal.update({ where: { id: dealId }, data: { stage: "definitive-agreement" } });
  must(await openClosing(analyst, { dealId, template: "share-sale" }, NOW));
  await db.closingItem.deleteMany({ where: { dealId } });
  const ids: string[] = [];
  for (const [index, part] of tasks.entries()) {
    const said = { group: "regulatory", title: `Item ${index}`, party: "buyer", person: "" } as const;
    const task: Task = { ...said, dueOn: null, days: 5, condition: null, ...part };
    ids.push(must(await addItem(analyst, { dealId, task, after: [] }, NOW)).itemId);
  }
  return { dealId, ids };
}

const viewOf = async (dealId: string) => {
  const { closing } = await getClosingPage(analyst, ventureId, dealId, NOW);
  if (!closing) throw new Error("no closing");
  return closing;
};
const itemOf = async (dealId: string, id: string | undefined) => {
  const item = (await viewOf(dealId)).items.find((one) => one.id === id);
  if (!item) throw new Error("no item");
  return item;
};
const set = async (
  dealId: string,
  id: string | undefined,
  state: SetStates["state"],
  evidence: SetStates["evidence"] = NOTE,
) => {
  const { version } = await itemOf(dealId, id);
  return setStates(analyst, { dealId, items: [{ id: id ?? "", version }], state, evidence }, NOW);
};

async function carryOut(memoId: string) {
  await db.$transaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    const action = memo.content.options.find(({ id }) => id === "do")?.action;
    if (!action) throw new Error("nothing to do");
    await perform(tx, memo, action, { key: "test", now: NOW });
  });
}
const memoOf = (outcome: Awaited<ReturnType<typeof askRelease>>) => must(outcome).memoId ?? "";

test("a checklist begins with its template, once, and its numbers open and are made again", async () => {
  const dealId = await bidder(ventureId, "Template");
  expect(await openClosing(analyst, { dealId, template: "share-sale" }, NOW)).toMatchObject({
    refusal: "NOT_THERE_YET",
  });
  await db.deal.update({ where: { id: dealId }, data: { stage: "closing" } });
  const open = () => openClosing(analyst, { dealId, template: "share-sale" }, NOW);
  const outcomes = await Promise.all([open(), open()]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  const view = await viewOf(dealId);
  expect([view.figures.days?.value, view.earliestOn, view.path.map(({ title }) => title.slice(0, 14))]).toEqual([
    "40",
    "2027-02-10",
    ["Merger control", "Merger control"],
  ]);
  const { id = "", ask } = view.figures.days ?? {};
  if (!ask) throw new Error("no question");
  expect(await openFigure(analyst, id, ask, NOW)).toMatchObject({ ok: true, value: { value: "40" } });
  expect(await recomputeFigure(analyst, id, NOW)).toMatchObject({ ok: true, value: { same: true } });
  await db.closing.delete({ where: { dealId } });
});

test("a change can be taken back; a circle and an end before its beginning are refused by name", async () => {
  const { dealId, ids } = await closingOf([{ title: "First" }, { title: "Second" }]);
  const [first = "", second = ""] = ids;
  const waits = async (id: string, after: string[]) => {
    const { task, version } = await itemOf(dealId, id);
    return editItem(analyst, { itemId: id, version, task, after }, NOW);
  };
  must(await waits(second, [first]));
  expect(await waits(first, [second])).toMatchObject({ refusal: "CYCLE" });
  expect(await set(dealId, second, "done")).toMatchObject({
    refusal: "DEPENDENCY_OPEN",
    problems: [{ expected: "“First”" }],
  });
  must(await set(dealId, first, "done"));
  must(await set(dealId, second, "done"));
  expect(await set(dealId, first, "open")).toMatchObject({ refusal: "DEPENDENT_DONE" });
  const undo = async (id: string) =>
    undoItem(analyst, { itemId: id, version: (await itemOf(dealId, id)).version }, NOW);
  expect(await undo(first)).toMatchObject({ refusal: "DEPENDENT_DONE" });
  must(await undo(second));
  expect(await itemOf(dealId, second)).toMatchObject({ state: "open", evidence: null, after: [first] });
  must(await undo(second));
  expect(await itemOf(dealId, second)).toMatchObject({ after: [], undoable: false });
});

test("a condition is settled on evidence, and of a completion and a waiver at once one wins", async () => {
  const { dealId, ids } = await closingOf([{ condition: "theirs" }]);
  const [itemId = ""] = ids;
  expect(await set(dealId, itemId, "done", null)).toMatchObject({ refusal: "NO_EVIDENCE" });
  const other = { documentId: crypto.randomUUID(), note: "", on: TODAY };
  expect(await set(dealId, itemId, "done", other)).toMatchObject({ refusal: "NO_SUCH_DOCUMENT" });
  const items = [{ id: itemId, version: 1 }];
  const outcomes = await Promise.all([
    setStates(analyst, { dealId, items, state: "done", evidence: NOTE }, NOW),
    recordWaiver(analyst, { itemId, version: 1, reason: "Their letter", on: TODAY }, NOW),
  ]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  const item = await itemOf(dealId, itemId);
  expect(item.state).toBe(outcomes[0]?.ok ? "done" : "waived");
  expect(item.waivers).toHaveLength(outcomes[0]?.ok ? 0 : 1);
});

test("ours are given up by a decision only, and what protects both needs both", async () => {
  const { dealId, ids } = await closingOf([{ condition: "both" }]);
  const [itemId = ""] = ids;
  const memoId = memoOf(await askWaiver(analyst, { itemId, version: 1, reason: "It costs us weeks" }, NOW));
  expect((await itemOf(dealId, itemId)).waivers).toEqual([]);
  for (const _time of [1, 2]) await carryOut(memoId);
  expect(await itemOf(dealId, itemId)).toMatchObject({ state: "open", waivers: [{ side: "ours", memoId }] });
  must(await recordWaiver(analyst, { itemId, version: 2, reason: "Their letter", on: TODAY }, NOW));
  expect(await itemOf(dealId, itemId)).toMatchObject({ state: "waived" });
  expect(await set(dealId, itemId, "open")).toMatchObject({ refusal: "ALREADY_WAIVED" });
});

test("signatures are released all at once, by a decision, and never while a condition is open", async () => {
  const { dealId, ids } = await closingOf([{ condition: "ours" }]);
  const version = async () => (await viewOf(dealId)).version;
  const signatories = [
    { signatory: "Ada Lind", party: "company" as const },
    { signatory: "Ben Roe", party: "buyer" as const },
  ];
  must(await addDocument(analyst, { dealId, version: await version(), title: "Agreement", signatories }, NOW));
  const move = async (to: "out" | "signed" | "held") => {
    const { signatures } = await viewOf(dealId);
    const named = signatures.map(({ documentId, signatory }) => ({ documentId, signatory }));
    return moveSignatures(analyst, { dealId, version: await version(), signatures: named, to, on: TODAY }, NOW);
  };
  expect(await move("held")).toMatchObject({ refusal: "WRONG_ORDER" });
  for (const to of ["out", "signed", "held"] as const) must(await move(to));
  const ask = async () => askRelease(analyst, { dealId, version: await version(), reason: "It is all there" }, NOW);
  expect(await ask()).toMatchObject({ refusal: "CONDITIONS_OPEN", problems: [{ expected: "Item 0" }] });
  must(await set(dealId, ids[0], "done"));
  const early = memoOf(await ask());
  must(await set(dealId, ids[0], "open"));
  await carryOut(early);
  expect((await viewOf(dealId)).signatures.map(({ state }) => state)).toEqual(["held", "held"]);
  must(await set(dealId, ids[0], "done"));
  expect(await readyToClose(db, dealId, TODAY)).toMatchObject({ ready: true, released: false, missing: [] });
  await db.memo.updateMany({ where: { ventureId }, data: { status: "withdrawn" } });
  await carryOut(memoOf(await ask()));
  expect(await viewOf(dealId)).toMatchObject({ released: true });
  expect(await set(dealId, ids[0], "open")).toMatchObject({ refusal: "RELEASED" });
  expect(await move("signed")).toMatchObject({ refusal: "RELEASED" });
});

test("overdue items raise one alert, which ends when they are settled", async () => {
  const { dealId, ids } = await closingOf([{ dueOn: "2026-12-31" }, { dueOn: "2027-01-01" }]);
  expect(await raiseClosingReminders(ventureId, NOW)).toEqual({ raised: 1, cleared: 0 });
  expect(await raiseClosingReminders(ventureId, NOW)).toEqual({ raised: 0, cleared: 0 });
  const alert = await db.alert.findUniqueOrThrow({ where: { causeKey: `closing-overdue:${dealId}` } });
  expect(alert.detail).toContain("“Item 0”");
  expect(alert.detail).not.toContain("“Item 1”");
  must(await set(dealId, ids[0], "done"));
  expect(await raiseClosingReminders(ventureId, NOW)).toEqual({ raised: 0, cleared: 1 });
});

test("a status update is stored by version; the newest is sent once, after a decision, to whom it names", async () => {
  const { dealId } = await closingOf([{ condition: "law" }]);
  const first = must(await writeStatus(analyst, { dealId }, NOW));
  const second = must(await writeStatus(analyst, { dealId }, NOW));
  expect([first.version, second.version]).toEqual([1, 2]);
  const recipients = [{ name: "Ben Roe", email: "ben@buyer.example" }];
  const ask = (artefactId: string) =>
    askSend(
      analyst,
      { dealId, artefactId, recipients, message: "Expected on 15 December 2026.\n\nOpen conditions: 1\n- Board" },
      NOW,
    );
  expect(await ask(first.artefactId)).toMatchObject({ refusal: "STALE_REPORT" });
  const memoId = memoOf(await ask(second.artefactId));
  expect(await db.outboxMessage.count({ where: { subject: `closing:${dealId}` } })).toBe(0);
  for (const _time of [1, 2]) await carryOut(memoId);
  const sent = await db.outboxMessage.findMany({ where: { subject: `closing:${dealId}` } });
  expect(sent.map(({ channel, payload }) => [channel, (payload as { letter: { to: string } }).letter.to])).toEqual([
    ["mail", "ben@buyer.example"],
  ]);

  const server = await mailHere();
  const [message] = sent;
  const deliver = async () => {
    const call = await beginAttempt(message?.id ?? "", NOW);
    if (!call?.letter) return null;
    const delivery = await mailLetter({ ...call.letter, text: call.body }, call.unsettled);
    await endAttempt(message?.id ?? "", delivery, NOW);
    return delivery;
  };
  server.busy = true;
  expect(await deliver()).toMatchObject({ ok: false, final: false });
  server.busy = false;
  expect(await deliver()).toEqual({ ok: true });
  expect(await deliver()).toBeNull();
  expect(server.letters).toHaveLength(1);
  expect(server.letters[0]).toMatch(/^To: .*ben@buyer\.example/m);
  expect(server.letters[0]).toContain("Open conditions: 1");
  expect(server.letters[0]).toMatch(/^Subject: .*where the closing stands/m);
});

/** Where letters go for the length of a test. */
async function mailHere(): Promise<MailServer> {
  const server = await mailServer();
  const settings = env();
  const before = settings.SMTP_URL;
  settings.SMTP_URL = server.url;
  onTestFinished(async () => {
    settings.SMTP_URL = before;
    await server.close();
  });
  return server;
}

test("what is not needed leaves with its reason and can come back; a condition and what is waited for stay", async () => {
  const { dealId, ids } = await closingOf([
    { title: "First" },
    { title: "Second" },
    { title: "Law", condition: "law" },
  ]);
  const [first = "", second = "", law = ""] = ids;
  const { task, version } = await itemOf(dealId, second);
  must(await editItem(analyst, { itemId: second, version, task, after: [first] }, NOW));
  const remove = async (itemId: string) => {
    const item = await itemOf(dealId, itemId);
    return removeItem(analyst, { itemId, version: item.version, reason: "Not in this sale" }, NOW);
  };
  expect(await remove(law)).toMatchObject({ refusal: "CONDITION_STANDS" });
  expect(await remove(first)).toMatchObject({ refusal: "WAITED_FOR", problems: [{ expected: "“Second”" }] });
  must(await remove(second));
  const signatories = [{ signatory: "Ada Lind", party: "company" as const }];
  const { version: now } = await viewOf(dealId);
  const added = must(await addDocument(analyst, { dealId, version: now, title: "Deed", signatories }, NOW));
  const documentId = (await viewOf(dealId)).signatures[0]?.documentId ?? "";
  const gone = { dealId, version: added.version, documentId, reason: "Signed elsewhere" };
  must(await removeDocument(analyst, gone, NOW));
  const view = await viewOf(dealId);
  expect([view.items.map(({ task }) => task.title), view.signatures, view.removed.map(({ title }) => title)]).toEqual([
    ...[["First", "Law"], [], ["Second", "Deed"]],
  ]);
  const back = must(await restoreRemoved(analyst, { dealId, version: view.version, id: second }, NOW));
  must(await restoreRemoved(analyst, { dealId, version: back.version, id: documentId }, NOW));
  const whole = await viewOf(dealId);
  expect([(await itemOf(dealId, second)).after, whole.signatures.length, whole.removed]).toEqual([[first], 1, []]);
});

test("a deal in euros is weighed in dollars at the rate of the day; an agent reads the closing and asks for its release", async () => {
  const { dealId, ids } = await closingOf([{ title: "Law", condition: "law" }]);
  const terms = plainTerms({ price: "200000000", basis: "equity" });
  const said = { title: "Bid", dated: "2026-12-20", source: "Letter", note: "" };
  const { offerId } = must(await recordOffer(analyst, { dealId, kind: "bid", terms, ...said }, NOW));
  const stored = await db.deal.findUniqueOrThrow({ where: { id: dealId } });
  const facts = { ...(stored.facts as object), agreedOffer: { offerId, version: 1 }, closesOn: "2027-02-01" };
  await db.deal.update({ where: { id: dealId }, data: { facts } });
  expect((await viewOf(dealId)).regulatoryVerdict).toMatchObject({ answer: "unknown" });
  const day = new Date("2026-12-31");
  await db.fxRate.create({ data: { base: "EUR", quote: "USD", day, rate: "0.5", source: "Test", asOf: NOW } });
  const view = await viewOf(dealId);
  expect([view.figures["hsr.size"]?.value, view.regulatoryVerdict.answer]).toEqual(["100000000", "does-not"]);

  const call = { actor: analyst, agent: "value" as const, runId: null, now: NOW };
  const input = { venture: ventureId, bidderId: dealId };
  expect(await callTool(proposeReleaseTool, input, call)).toMatchObject({ error: { code: "CONTRADICTION" } });
  must(await set(dealId, ids[0], "done"));
  const signatories = [{ signatory: "Ada Lind", party: "company" as const }];
  const { version } = await viewOf(dealId);
  must(await addDocument(analyst, { dealId, version, title: "Deed", signatories }, NOW));
  await db.closingSignature.updateMany({ where: { document: { dealId } }, data: { state: "held" } });
  const told = await callTool(closingStatusTool, { venture: ventureId }, call);
  if (!told.ok) throw new Error(told.error.message);
  await db.$transaction((tx) => saveFigures(tx, ventureId, told.figures, NOW));
  const closings = (told as unknown as { result: { closings: { bidderId: string }[] } }).result.closings;
  expect(closings.find((one) => one.bidderId === dealId)).toMatchObject({ ready: true, filing: "does-not" });
  expect(await callTool(proposeReleaseTool, input, call)).toMatchObject({ ok: true, result: { outcome: "ask" } });
});

test("a venture out of sight has no closing to see or to change", async () => {
  const { dealId, ids } = await closingOf([{}]);
  const stranger = { ...person("analyst"), ventures: [] } as unknown as typeof analyst;
  const lost = { code: "NOT_FOUND" };
  await expect(getClosingPage(stranger, ventureId, dealId, NOW)).rejects.toMatchObject(lost);
  await expect(openClosing(stranger, { dealId, template: "asset-sale" }, NOW)).rejects.toMatchObject(lost);
  await expect(undoItem(stranger, { itemId: ids[0] ?? "", version: 1 }, NOW)).rejects.toMatchObject(lost);
  await expect(writeStatus(stranger, { dealId }, NOW)).rejects.toMatchObject(lost);
});

test("a deal is not complete while its closing is open", async () => {
  const { dealId } = await closingOf([{ title: "Merger control", condition: "law" }]);
  await db.deal.update({ where: { id: dealId }, data: { stage: "closing" } });
  const { version } = await db.deal.findUniqueOrThrow({ where: { id: dealId } });
  const done = { dealId, version, to: "complete" as const, on: TODAY, reason: "", facts: {} };
  expect(await advanceDeal(analyst, done, NOW)).toEqual({
    ...{ ok: false, refusal: "CLOSING_OPEN" },
    problems: [{ path: "to", expected: "Merger control and 1 more" }],
  });
});
