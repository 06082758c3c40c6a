import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import type { Guest } from "@/lib/auth/guest";
import { guestOfToken, withGuest } from "@/lib/auth/guest-session";
import { db } from "@/lib/db";
import { wordsOf } from "@/lib/integrations/documents/document-words";
import { docx, pdf, wordBody } from "@/lib/integrations/test-support/hostile-files";
import { askCode, enterRoom } from "./mutations/door";
import { changeTerms, makeLink, revokeGroup } from "./mutations/groups";
import { guestLimit, noteSearch, showDocument } from "./mutations/guest-deeds";
import { askCodeSchema } from "./schema/guests";
import { ANNA, codeFor, enter, openGroup, terms, VISITOR } from "./test-support/guests";
import { added, later, makeRoom, NOW, person } from "./test-support/rooms";

/** What a guest's browser, or somebody with its cookie and a list of ids, gets from the addresses that send files. */
type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const ROUTES = {
  view: () => import("@/app/room/[link]/documents/[documentId]/view/route"),
  download: () => import("@/app/room/[link]/documents/[documentId]/download/route"),
};

let analyst: Actor;
beforeAll(async () => {
  analyst = await person("analyst");
});

async function fetchAs(
  guest: Guest | null,
  what: keyof typeof ROUTES,
  at: { link: string; documentId: string },
  headers: Record<string, string> = {},
): Promise<Response> {
  const { GET } = (await ROUTES[what]()) as unknown as { GET: Route };
  const request = new Request(`http://localhost/room/${at.link}/documents/${at.documentId}/${what}`, { headers });
  return withGuest(guest, () => GET(request, { params: Promise.resolve(at) }));
}

async function furnished() {
  const { roomId } = await makeRoom(analyst);
  const put = async (path: string, bytes: Buffer | string) =>
    (await added(analyst, { roomId, path }, bytes)).documentId;
  const shown = await put("3.1/Accounts.pdf", pdf("Accounts"));
  const taken = await put("4.1/Returns.docx", await docx(wordBody("Returns")));
  const hidden = await put("8.1/Patents.pdf", pdf("Patents"));
  const unsorted = await put("Draft.pdf", pdf("Draft"));
  return { roomId, shown, taken, hidden, unsorted, ...(await openGroup(analyst, roomId)) };
}

describe("a file for a guest", () => {
  test("is marked, saved rather than shown, kept by no cache, and without rights", async () => {
    const { shown, link, groupId } = await furnished();
    const guest = await enter(link, groupId);
    const answer = await fetchAs(guest, "view", { link, documentId: shown });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": expect.stringMatching(/^attachment; filename="Accounts\.pdf"/),
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-store",
    });
    const words = await wordsOf("application/pdf", new Uint8Array(await answer.arrayBuffer()));
    expect(words?.text).toContain(ANNA);
  });

  test("comes whole when a part of it is asked for, so that no part is without its mark", async () => {
    const { shown, link, groupId } = await furnished();
    const answer = await fetchAs(
      await enter(link, groupId),
      "view",
      { link, documentId: shown },
      { range: "bytes=0-9" },
    );
    expect([answer.status, answer.headers.get("accept-ranges"), answer.headers.get("content-range")]).toEqual([
      ...[200, null, null],
    ]);
  });

  test("is not there by its id where the folder, the room or the level is another", async () => {
    const room = await furnished();
    const other = await furnished();
    const { link, groupId, shown, taken, hidden, unsorted } = room;
    const guest = await enter(link, groupId);
    await db.roomDocument.update({ where: { id: taken }, data: { removedAt: NOW } });
    const asked = [
      ...([hidden, unsorted, taken, other.shown, other.taken, crypto.randomUUID()] as const).flatMap((documentId) => [
        { what: "view" as const, documentId },
        { what: "download" as const, documentId },
      ]),
      { what: "download" as const, documentId: shown },
    ];
    const bodies = new Set<string>();
    for (const { what, documentId } of asked) {
      const answer = await fetchAs(guest, what, { link, documentId });
      expect(answer.status).toBe(404);
      bodies.add(await answer.text());
    }
    expect(bodies.size).toBe(1);
    expect(await fetchAs(guest, "view", { link, documentId: "../../etc/passwd" })).toHaveProperty("status", 400);
  });

  test("needs a session of this very link, and the text agreed to", async () => {
    const room = await furnished();
    const other = await openGroup(analyst, room.roomId, "Buyer B", { emails: ["bob@other.example"] });
    const guest = await enter(room.link, room.groupId);
    const status = async (who: Guest | null, link: string) =>
      (await fetchAs(who, "view", { link, documentId: room.shown })).status;
    expect(await status(null, room.link)).toBe(401);
    expect(await status(guest, other.link)).toBe(401);
    expect(await status({ ...guest, agreed: false }, room.link)).toBe(403);
    expect(await status(guest, room.link)).toBe(200);
  });
});

test("who fetches more than anybody reads is stopped for a while, in search too", async () => {
  const { link, groupId, shown } = await furnished();
  const guest = await enter(link, groupId);
  const { key, attempts } = guestLimit(guest);
  await db.rateLimit.create({ data: { key, attempts: attempts - 1, windowStart: NOW } });
  const soon = later(1);
  expect(await showDocument(guest, shown, "opened", soon)).toMatchObject({ title: "Accounts" });
  await expect(showDocument(guest, shown, "opened", soon)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(noteSearch(guest, "accounts", soon)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(await showDocument(guest, shown, "opened", later(16))).toMatchObject({ title: "Accounts" });
});

describe("the door is shut", () => {
  async function entered(room: { link: string; groupId: string }): Promise<string> {
    await askCode({ link: room.link, email: ANNA }, VISITOR, NOW);
    const code = await codeFor(room.groupId);
    const outcome = await enterRoom({ link: room.link, email: ANNA, code }, VISITOR, NOW);
    if (!outcome.ok) throw new Error(outcome.refusal);
    return outcome.value.token;
  }
  const version = async (groupId: string) => (await db.roomGroup.findUniqueOrThrow({ where: { id: groupId } })).version;

  test.each<[string, (room: { groupId: string }) => Promise<unknown>]>([
    ["access is taken back", ({ groupId }) => revokeGroup(analyst, { groupId, reason: "Over" }, NOW)],
    [
      "the address comes off the list",
      async ({ groupId }) => {
        // Narrower terms are in force at once; another person has to stay on the list.
        const wide = terms({ emails: [ANNA, "bob@buyer.example"] });
        await db.roomGroup.update({ where: { id: groupId }, data: { terms: wide } });
        const without = terms({ emails: ["bob@buyer.example"] });
        return changeTerms(analyst, { groupId, version: await version(groupId), terms: without }, NOW);
      },
    ],
    ["a new link is made", async ({ groupId }) => makeLink(analyst, { groupId, version: await version(groupId) }, NOW)],
  ])("at once when %s: session, code and link", async (_what, shut) => {
    const room = await furnished();
    const token = await entered(room);
    await askCode({ link: room.link, email: ANNA }, VISITOR, later(1));
    const code = await codeFor(room.groupId);
    expect(await guestOfToken(token, later(1))).not.toBeNull();
    await shut(room);
    expect(await guestOfToken(token, later(1))).toBeNull();
    expect(await enterRoom({ link: room.link, email: ANNA, code }, VISITOR, later(1))).toEqual({
      ...{ ok: false, refusal: "CODE_REFUSED" },
    });
  });

  test("for a code of another group, also of the same person", async () => {
    const room = await furnished();
    const other = await openGroup(analyst, room.roomId, "Buyer B");
    await askCode({ link: room.link, email: ANNA }, VISITOR, NOW);
    const code = await codeFor(room.groupId);
    expect(await enterRoom({ link: other.link, email: ANNA, code }, VISITOR, NOW)).toMatchObject({ ok: false });
    expect(await enterRoom({ link: room.link, email: ANNA, code }, VISITOR, NOW)).toMatchObject({ ok: true });
  });

  test("for a quarter of an hour to who asks for too many codes, by address and from one place", async () => {
    const room = await furnished();
    const ask = (email: string, address: string, at = NOW) =>
      askCode({ link: room.link, email }, { ...VISITOR, address }, at).then(
        () => "sent",
        (error: { code: string }) => error.code,
      );
    const same = [];
    for (let at = 0; at < 7; at++) same.push(await ask(ANNA, `198.51.100.${at}`));
    expect(same).toEqual([...Array<string>(6).fill("sent"), "RATE_LIMITED"]);
    expect(await ask(ANNA, "198.51.100.9", later(15))).toBe("sent");
    const many = [];
    for (let at = 0; at < 61; at++) many.push(await ask(`guess${at}@buyer.example`, "198.51.100.200"));
    expect(many.lastIndexOf("sent")).toBe(59);
    expect(many[60]).toBe("RATE_LIMITED");
  });

  test("not to somebody who writes the address in capitals", () => {
    const link = `room_${"A".repeat(43)}`;
    expect(askCodeSchema.parse({ link, email: "  Anna@Buyer.EXAMPLE " }).email).toBe(ANNA);
  });
});
