import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { guestOfToken } from "@/lib/auth/guest-session";
import { db } from "@/lib/db";
import { reverse } from "@/lib/decisions/mutations/deeds";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { env } from "@/lib/env";
import { pdf } from "@/lib/integrations/test-support/hostile-files";
import { mailServer } from "@/lib/integrations/test-support/mail-server";
import { askCode, enterRoom } from "./mutations/door";
import { changeTerms, makeLink, proposeGroup, revokeGroup, writeNda } from "./mutations/groups";
import { acceptNda, askQuestion, declineNda, readPages, showDocument } from "./mutations/guest-deeds";
import { approveAnswer, draftAnswer, publishAnswer } from "./mutations/questions";
import { extractText } from "./mutations/texts";
import { listGroups } from "./queries/groups";
import { findForGuest, guestIndex, guestTalk, searchForGuest } from "./queries/guest-view";
import type { Terms } from "./schema/guests";
import { ANNA, approve, codeFor, enter, openGroup, terms, VISITOR } from "./test-support/guests";
import { added, later, makeRoom, NOW, person } from "./test-support/rooms";

let analyst: Actor;
beforeAll(async () => {
  analyst = await person("analyst");
});

describe("nothing leaves without the chairman", () => {
  test("a group is a memo that asks; before the yes there is no link", async () => {
    const { roomId } = await makeRoom(analyst);
    const proposed = await proposeGroup(analyst, { roomId, name: "Buyer A", terms: terms() }, NOW);
    if (!proposed.ok) throw new Error(proposed.refusal);
    const memo = await db.memo.findUniqueOrThrow({ where: { id: proposed.value.memoId }, include: { proposal: true } });
    expect(memo).toMatchObject({
      status: "pending",
      proposal: { actionClass: "exit.open-room", policy: { outcome: "ask", rule: "sent-outside" } },
    });
    expect(await makeLink(analyst, { groupId: proposed.value.groupId, version: 1 }, NOW)).toEqual({
      ok: false,
      refusal: "NOT_APPROVED",
    });
  });

  test("less is done at once, more is asked again, and what is in force stays until it is approved", async () => {
    const { roomId } = await makeRoom(analyst);
    const { groupId } = await openGroup(analyst, roomId);
    const row = () => db.roomGroup.findUniqueOrThrow({ where: { id: groupId } });
    const change = async (more: Partial<Terms>) =>
      changeTerms(analyst, { groupId, version: (await row()).version, terms: terms(more) }, NOW);
    expect(await change({ expiresOn: "2026-05-31" })).toMatchObject({ ok: true, value: { memoId: null } });
    const wider = await change({ emails: [ANNA, "bob@buyer.example"], expiresOn: "2026-05-31" });
    expect(wider.ok && wider.value.memoId).toBeTruthy();
    expect((await row()).terms).toMatchObject({ emails: [ANNA] });
    if (wider.ok && wider.value.memoId) await approve(wider.value.memoId);
    expect(await row()).toMatchObject({ terms: { emails: [ANNA, "bob@buyer.example"] }, proposed: null });
  });

  test("what the chairman declines is shown as declined, and a last day that is over is not asked for", async () => {
    const { roomId } = await makeRoom(analyst);
    const past = await proposeGroup(analyst, { roomId, name: "Late", terms: terms({ expiresOn: "2026-04-14" }) }, NOW);
    expect(past).toEqual({ ok: false, refusal: "IN_THE_PAST" });
    const asked = await proposeGroup(analyst, { roomId, name: "Buyer A", terms: terms() }, NOW);
    if (!asked.ok) throw new Error(asked.refusal);
    const line = async () => (await listGroups(analyst, roomId, NOW))[0];
    expect(await line()).toMatchObject({ state: "asked", declined: false });
    await db.memo.update({ where: { id: asked.value.memoId }, data: { status: "rejected" } });
    expect(await line()).toMatchObject({ state: "asked", declined: true });
  });

  test("taken back, it shuts at once", async () => {
    const { roomId } = await makeRoom(analyst);
    const { groupId, link, memoId } = await openGroup(analyst, roomId);
    await askCode({ link, email: ANNA }, VISITOR, NOW);
    const entered = await enterRoom({ link, email: ANNA, code: await codeFor(groupId) }, VISITOR, NOW);
    const token = entered.ok ? entered.value.token : "";
    expect(await guestOfToken(token, NOW)).not.toBeNull();
    await db.$transaction(async (tx) => {
      const memo = await lockMemo(tx, memoId);
      await reverse(tx, memo, memo.version, NOW);
    });
    expect(await guestOfToken(token, NOW)).toBeNull();
  });
});

describe("the door", () => {
  test("gives the same answer to everybody, and a code only to who is on the list", async () => {
    const { roomId } = await makeRoom(analyst);
    const { groupId, link } = await openGroup(analyst, roomId);
    const dead = `room_${"A".repeat(43)}`;
    const answers = await Promise.all([
      askCode({ link, email: ANNA }, VISITOR, NOW),
      askCode({ link, email: "eve@else.example" }, VISITOR, NOW),
      askCode({ link: dead, email: ANNA }, VISITOR, NOW),
    ]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await db.roomCode.findMany({ where: { groupId } })).map(({ email }) => email)).toEqual([ANNA]);
  });

  test("a code counts once, for ten minutes, five tries, and only the newest", async () => {
    const { roomId } = await makeRoom(analyst);
    const { groupId, link } = await openGroup(analyst, roomId);
    const use = (code: string, at = NOW) => enterRoom({ link, email: ANNA, code }, VISITOR, at);
    await askCode({ link, email: ANNA }, VISITOR, NOW);
    const first = await codeFor(groupId);
    expect(await use(first, later(10))).toEqual({ ok: false, refusal: "CODE_REFUSED" });
    await askCode({ link, email: ANNA }, VISITOR, later(20));
    const second = await codeFor(groupId);
    if (first !== second) expect(await use(first, later(21))).toMatchObject({ ok: false });
    const both = await Promise.all([use(second, later(21)), use(second, later(21))]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    await askCode({ link, email: ANNA }, VISITOR, later(40));
    const third = await codeFor(groupId);
    const wrong = third === "000000" ? "000001" : "000000";
    for (let at = 0; at < 5; at++) expect((await use(wrong, later(41))).ok).toBe(false);
    expect(await use(third, later(41))).toEqual({ ok: false, refusal: "CODE_REFUSED" });
    await expect(use(third, later(41))).rejects.toMatchObject({ code: "RATE_LIMITED" });
    const stored = await db.roomCode.findMany({ where: { groupId } });
    expect(stored.map(({ codeHash }) => codeHash)).not.toContain(third);
  });

  test("sends the code by mail where a server is named, and then nobody else can read it", async () => {
    const server = await mailServer();
    afterAll(server.close);
    const settings = env();
    const before = settings.SMTP_URL;
    settings.SMTP_URL = server.url;
    try {
      const { roomId } = await makeRoom(analyst);
      const { groupId, link } = await openGroup(analyst, roomId);
      const arrived = server.arrival();
      await askCode({ link, email: ANNA }, VISITOR, NOW);
      await arrived;
      const [letter = ""] = server.letters;
      expect(letter).toMatch(/^To: .*anna@buyer\.example/m);
      expect((await db.roomCode.findFirstOrThrow({ where: { groupId } })).sealed).toBeNull();
      const code = /code for the data room is (\d{6})/.exec(letter)?.[1] ?? "";
      expect(await enterRoom({ link, email: ANNA, code }, VISITOR, NOW)).toMatchObject({ ok: true });
    } finally {
      settings.SMTP_URL = before;
    }
  });
});

describe("inside", () => {
  async function furnished() {
    const { roomId, ventureId } = await makeRoom(analyst);
    const accounts = await added(analyst, { roomId, path: "3.1/Accounts.txt" }, "Revenue recognition is conservative");
    const tax = await added(analyst, { roomId, path: "4.1/Returns.txt" }, "Tax returns and revenue");
    const secret = await added(analyst, { roomId, path: "8.1/Patents.txt" }, "Patents and revenue");
    await added(analyst, { roomId, path: "unsorted.pdf" }, pdf("revenue"));
    for (const one of [accounts, tax, secret]) await extractText(one.versionId ?? "");
    const { groupId, link } = await openGroup(analyst, roomId);
    return { roomId, ventureId, groupId, link, accounts, tax, secret };
  }

  test("a guest sees the folders of its group by name, by address, by search, and nothing else", async () => {
    const { roomId, groupId, link, accounts, tax, secret } = await furnished();
    const guest = await enter(link, groupId);
    const index = await guestIndex(roomId, guest.terms.grants);
    expect(index.map(({ number }) => number)).toEqual([3, 4]);
    expect(await findForGuest(guest, accounts.documentId)).toMatchObject({ level: "view" });
    expect(await findForGuest(guest, secret.documentId)).toBeNull();
    expect((await searchForGuest(guest, "revenue")).map(({ title }) => title).toSorted()).toEqual([
      "Accounts",
      "Returns",
    ]);
    await expect(showDocument(guest, accounts.documentId, "downloaded", NOW)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(showDocument(guest, secret.documentId, "opened", NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await showDocument(guest, tax.documentId, "downloaded", NOW)).toMatchObject({ title: "Returns" });
    const other = await furnished();
    expect(await findForGuest(guest, other.accounts.documentId)).toBeNull();
  });

  test("everything a guest does is counted and part of the record", async () => {
    const { ventureId, groupId, link, accounts } = await furnished();
    const guest = await enter(link, groupId);
    await showDocument(guest, accounts.documentId, "opened", NOW);
    await readPages(
      guest,
      {
        link,
        documentId: accounts.documentId,
        pages: [
          { page: 1, seconds: 30 },
          { page: 2, seconds: 12 },
        ],
      },
      NOW,
    );
    const rows = await db.roomActivity.findMany({ where: { groupId } });
    expect(rows.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0)).toBe(42);
    const events = await db.event.findMany({ where: { chain: ventureId, actor: guest.ref }, orderBy: { seq: "asc" } });
    expect(events.map(({ type }) => type)).toEqual([
      "data-room.entered",
      "data-room.agreed",
      "data-room.document-opened",
      "data-room.read",
    ]);
  });

  test("the last day lasts until midnight where the venture is, for sessions and codes", async () => {
    const { groupId, link } = await furnished();
    // Berlin, two hours ahead of UTC in summer; the last day is 30 June.
    const [evening, midnight] = [new Date("2026-06-30T21:59:00Z"), new Date("2026-06-30T22:00:00Z")];
    await askCode({ link, email: ANNA }, VISITOR, evening);
    const entered = await enterRoom({ link, email: ANNA, code: await codeFor(groupId) }, VISITOR, evening);
    const token = entered.ok ? entered.value.token : "";
    expect(await guestOfToken(token, evening)).not.toBeNull();
    expect(await guestOfToken(token, midnight)).toBeNull();
    await askCode({ link, email: ANNA }, VISITOR, midnight);
    expect(await db.roomCode.count({ where: { groupId } })).toBe(1);
  });

  test("who does not agree is out, and the holding sees it", async () => {
    const { groupId, link } = await furnished();
    await askCode({ link, email: ANNA }, VISITOR, NOW);
    const entered = await enterRoom({ link, email: ANNA, code: await codeFor(groupId) }, VISITOR, NOW);
    const token = entered.ok ? entered.value.token : "";
    const guest = await guestOfToken(token, NOW);
    if (!guest) throw new Error("no session");
    await declineNda(guest, NOW);
    expect(await guestOfToken(token, NOW)).toBeNull();
    expect(await db.roomActivity.count({ where: { groupId, kind: "declined" } })).toBe(1);
  });

  test("ends at once when access is taken back, and when a new text is to be agreed to", async () => {
    const { roomId, groupId, link } = await furnished();
    await askCode({ link, email: ANNA }, VISITOR, NOW);
    const entered = await enterRoom({ link, email: ANNA, code: await codeFor(groupId) }, VISITOR, NOW);
    const token = entered.ok ? entered.value.token : "";
    const guest = await guestOfToken(token, NOW);
    expect(guest?.agreed).toBe(false);
    if (guest) await acceptNda(guest, { link, ndaVersion: 1, name: "Anna" }, NOW);
    expect((await guestOfToken(token, NOW))?.agreed).toBe(true);
    await writeNda(analyst, { roomId, text: "Another text" }, NOW);
    expect((await guestOfToken(token, NOW))?.agreed).toBe(false);
    await revokeGroup(analyst, { groupId, reason: "The talks have ended" }, NOW);
    expect(await guestOfToken(token, NOW)).toBeNull();
    expect(await enterRoom({ link, email: ANNA, code: "000000" }, VISITOR, NOW)).toMatchObject({ ok: false });
  });

  test("a question goes to its owner, its answer to who asked or to all, and so many count in a week", async () => {
    const { roomId, groupId, link, accounts } = await furnished();
    await db.roomSection.update({ where: { roomId_number: { roomId, number: 3 } }, data: { ownerId: analyst.id } });
    await db.roomGroup.update({ where: { id: groupId }, data: { questionsPerWeek: 1 } });
    const guest = await enter(link, groupId);
    const asking = { link, section: null, documentId: accounts.documentId, text: "Audited?" };
    const both = await Promise.all([askQuestion(guest, asking, NOW), askQuestion(guest, asking, NOW)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const row = () => db.roomQuestion.findFirstOrThrow({ where: { roomId } });
    const { id: questionId, routedTo, section } = await row();
    expect([routedTo, section]).toEqual([analyst.id, 3]);
    const alert = () => db.alert.findUniqueOrThrow({ where: { causeKey: `guest-questions:${roomId}` } });
    expect(await alert()).toMatchObject({ title: "a guest waits for an answer", severity: "info", clearedAt: null });
    const chairman = await person("chairman");
    const at = async () => ({ questionId, version: (await row()).version });
    expect(await publishAnswer(analyst, { ...(await at()), audience: "all" }, NOW)).toEqual({
      ok: false,
      refusal: "WRONG_STATE",
    });
    await draftAnswer(analyst, { ...(await at()), answer: "Yes, without reservations." }, NOW);
    expect((await guestTalk(guest, NOW)).own[0]).toMatchObject({ status: "waiting", answer: null });
    await approveAnswer(chairman, await at(), NOW);
    expect((await alert()).clearedAt, "an approved answer has not left yet").toBeNull();
    await publishAnswer(analyst, { ...(await at()), audience: "all" }, NOW);
    expect((await alert()).clearedAt).toEqual(NOW);
    const other = await openGroup(analyst, roomId, "Buyer B", { emails: ["carl@other.example"] });
    const carl = await enter(other.link, other.groupId, "carl@other.example");
    const talk = await guestTalk(carl, NOW);
    expect(talk.own).toEqual([]);
    expect(talk.faq).toEqual([{ number: 1, section: 3, text: "Audited?", answer: "Yes, without reservations." }]);
  });
});
