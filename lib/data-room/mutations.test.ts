import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { roomArchive } from "@/lib/integrations/documents/room-archive";
import { docx, pdf, pdfWithScript, wordBody } from "@/lib/integrations/test-support/hostile-files";
import { describeDocument, placeDocuments, removeDocuments, restoreDocuments } from "./mutations/documents";
import { addFinding, settleFinding } from "./mutations/findings";
import { freezeRoom, reopenRoom } from "./mutations/freeze";
import { addRequests, closeRequest, linkRequest } from "./mutations/requests";
import { markAbsent, openRoom } from "./mutations/rooms";
import { extractText } from "./mutations/texts";
import { getRoom, roomFiguresOn } from "./queries";
import { getArchive } from "./queries/archives";
import { searchRoom } from "./queries/search";
import { manifestText } from "./rules/manifest";
import { added, makeRoom, makeVenture, NOW, person, send, slot } from "./test-support/rooms";

const TODAY = "2026-04-15";
let analyst: Actor;
beforeAll(async () => {
  analyst = await person("analyst");
});

const events = async (ventureId: string) =>
  (await db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } })).map(({ type }) => type);
const room = (roomId: string) => getRoom(analyst, roomId, TODAY);

test("a room is opened once per venture and kind of deal, with the index of that deal", async () => {
  const ventureId = await makeVenture();
  const input = { ventureId, dealType: "share-sale" as const };
  const both = await Promise.all([openRoom(analyst, input, NOW), openRoom(analyst, input, NOW)]);
  expect(both[0]).toEqual(both[1]);
  const sale = both[0].ok ? await room(both[0].value.roomId) : null;
  expect(sale?.sections).toHaveLength(18);
  const assets = await openRoom(analyst, { ventureId, dealType: "asset-sale" }, NOW);
  expect(assets).not.toEqual(both[0]);
  await expect(openRoom(await person("analyst", []), input, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

describe("files", () => {
  test("are placed by their folders, kept once by hash, and versioned by name", async () => {
    const { ventureId, roomId } = await makeRoom(analyst);
    const one = await added(analyst, { roomId, path: "3 Finance/Annual accounts.pdf" }, pdf("one"));
    expect(one).toMatchObject({ number: "3.1.1", version: 1, duplicate: false });
    expect(await added(analyst, { roomId, path: "elsewhere/copy.pdf" }, pdf("one"))).toMatchObject({
      documentId: one.documentId,
      duplicate: true,
    });
    expect(await added(analyst, { roomId, path: "3 Finance/Annual accounts.pdf" }, pdf("two"))).toMatchObject({
      documentId: one.documentId,
      version: 2,
    });
    expect(await added(analyst, { roomId, path: "what.pdf" }, pdf("three"))).toMatchObject({ number: null });
    const { documents } = await room(roomId);
    expect(documents.map(({ number, title, newest }) => [number, title, newest.number])).toEqual([
      ["3.1.1", "Annual accounts", 2],
      [null, "what", 1],
    ]);
    expect(await events(ventureId)).toEqual([
      "data-room.opened",
      "document.added",
      "document.replaced",
      "document.added",
    ]);
  });

  test("sent again into a folder that says more find their place; several are changed together or not at all", async () => {
    const { ventureId, roomId } = await makeRoom(analyst);
    const one = await added(analyst, { roomId, path: "copy.pdf" }, pdf("one"));
    const two = await added(analyst, { roomId, path: "other.pdf" }, pdf("two"));
    expect(await added(analyst, { roomId, path: "3 Finance/Annual accounts.pdf" }, pdf("one"))).toMatchObject({
      ...{ documentId: one.documentId, duplicate: true, number: "3.1.1" },
    });
    const read = (id: string, version: number) => ({ documentId: id, version });
    const [a, b] = [read(one.documentId, 2), read(two.documentId, 1)];
    const remove = (documents: (typeof a)[]) => removeDocuments(analyst, { documents, reason: "old" }, NOW);
    expect(await remove([a, read(two.documentId, 9)])).toEqual({ ok: false, refusal: "CONFLICT" });
    expect((await room(roomId)).documents).toHaveLength(2);
    expect(await remove([a, b])).toEqual({ ok: true, value: { changed: 2 } });
    expect((await room(roomId)).documents).toEqual([]);
    const other = await makeRoom(analyst);
    const { documentId } = await added(analyst, { roomId: other.roomId, path: "a.pdf" }, pdf("three"));
    await expect(remove([b, read(documentId, 1)])).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await events(ventureId)).slice(-3)).toEqual(["document.placed", "document.removed", "document.removed"]);
  });

  test("that are hostile or badly named leave a record and nothing else", async () => {
    const { ventureId, roomId } = await makeRoom(analyst);
    expect(await send(analyst, { roomId, path: "a.pdf" }, pdfWithScript())).toEqual({
      ok: false,
      refusal: "PDF_ACTIVE",
    });
    expect(await send(analyst, { roomId, path: "a.pdf" }, "<html>")).toEqual({
      ok: false,
      refusal: "NOT_WHAT_IT_SAYS",
    });
    expect(await send(analyst, { roomId, path: "../a.pdf" }, pdf())).toEqual({ ok: false, refusal: "NAME_UNSAFE" });
    expect((await room(roomId)).documents).toEqual([]);
    expect((await events(ventureId)).slice(1)).toEqual(["data-room.file-refused", "data-room.file-refused"]);
    expect(readdirSync(path.join(process.env.DATA_ROOM_DIR ?? "", "incoming"))).toEqual([]);
  });

  test("many at once are each there once, under numbers of their own", async () => {
    const { roomId } = await makeRoom(analyst);
    const names = Array.from({ length: 12 }, (_, at) => `4 Tax/Tax returns ${at}.txt`);
    await Promise.all(names.map((name, at) => added(analyst, { roomId, path: name }, `return ${at % 6}`)));
    const { documents } = await room(roomId);
    expect(documents.map(({ number }) => number)).toEqual(["4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.1.5", "4.1.6"]);
  });

  test("move, expire, go and come back; who read an older state is told", async () => {
    const { roomId } = await makeRoom(analyst);
    const { documentId } = await added(analyst, { roomId, path: "policy.txt" }, "insured");
    const insured = await slot(roomId, 14, 1);
    expect(await placeDocuments(analyst, { documents: [{ documentId, version: 1 }], itemId: insured.id }, NOW)).toEqual(
      { ok: true, value: { changed: 1 } },
    );
    expect(await placeDocuments(analyst, { documents: [{ documentId, version: 1 }], itemId: null }, NOW)).toEqual({
      ok: false,
      refusal: "CONFLICT",
    });
    const standing = async () => (await room(roomId)).sections[13]?.items[0]?.standing;
    expect(await standing()).toBe("there");
    await describeDocument(analyst, { documentId, version: 2, title: "Policy", expiresOn: "2026-04-14" }, NOW);
    expect(await standing()).toBe("expired");
    await removeDocuments(analyst, { documents: [{ documentId, version: 3 }], reason: "old" }, NOW);
    expect(await standing()).toBe("missing");
    expect((await room(roomId)).removed).toMatchObject([{ id: documentId, title: "Policy", version: 4 }]);
    await restoreDocuments(analyst, { documents: [{ documentId, version: 4 }] }, NOW);
    expect(await standing()).toBe("expired");
    await markAbsent(analyst, { itemId: insured.id, because: "Insured by the group" }, NOW);
    expect(await standing()).toBe("absent");
  });
});

test("what documents say is found, with the words around it; older versions and other rooms are not", async () => {
  const { roomId } = await makeRoom(analyst);
  const other = await makeRoom(analyst);
  const say = async (id: string, name: string, bytes: Buffer) =>
    extractText((await added(analyst, { roomId: id, path: name }, bytes)).versionId ?? "");
  expect(await say(roomId, "a.docx", await docx(wordBody("A change of control needs consent of the bank")))).toBe(
    "done",
  );
  await say(roomId, "b.docx", await docx(wordBody("Nothing of interest")));
  await say(other.roomId, "c.docx", await docx(wordBody("Change of control elsewhere")));
  const [hit, ...more] = await searchRoom(analyst, roomId, '"change of control"');
  expect(more).toEqual([]);
  expect(hit?.title).toBe("a");
  expect(hit?.snippet.filter((piece) => piece.hit).map(({ text }) => text)).toEqual(["change", "control"]);
  await say(roomId, "a.docx", await docx(wordBody("Rewritten")));
  expect(await searchRoom(analyst, roomId, "control")).toEqual([]);
  expect(await searchRoom(analyst, roomId, "' OR 1=1 --")).toEqual([]);
});

test("requests come as a list, are answered with a document and refused with a reason", async () => {
  const { roomId } = await makeRoom(analyst);
  expect(
    await addRequests(
      analyst,
      { roomId, source: "Buyer A", dueOn: null, lines: "1. Tax returns of three years\n2) Pensions and benefits\n\n" },
      NOW,
    ),
  ).toEqual({ ok: true, value: { added: 2 } });
  const [one, two] = await db.roomRequest.findMany({
    where: { roomId },
    orderBy: { number: "asc" },
    include: { item: true },
  });
  expect([one?.text, one?.item?.section, two?.item?.section]).toEqual(["Tax returns of three years", 4, 10]);
  const close = (id: string, version: number, status: "answered" | "refused") =>
    closeRequest(analyst, { requestId: id, version, status, reason: "" }, NOW);
  expect(await close(one?.id ?? "", 1, "answered")).toEqual({ ok: false, refusal: "NOTHING_LINKED" });
  const { documentId } = await added(analyst, { roomId, path: "r.txt" }, "returns");
  await linkRequest(analyst, { requestId: one?.id ?? "", version: 1, documentIds: [documentId], itemId: null }, NOW);
  expect(await close(one?.id ?? "", 1, "answered")).toEqual({ ok: false, refusal: "CONFLICT" });
  expect(await close(one?.id ?? "", 2, "answered")).toMatchObject({ ok: true });
  expect(await close(two?.id ?? "", 1, "refused")).toEqual({ ok: false, refusal: "REASON_NEEDED" });
});

test("findings add up to a figure of what is open", async () => {
  const { roomId } = await makeRoom(analyst);
  const finding = { roomId, section: 4, documentId: null, detail: "", severity: "high" as const };
  const first = await addFinding(analyst, { ...finding, title: "Unpaid VAT", priceEffect: "250000.50" }, NOW);
  await addFinding(analyst, { ...finding, title: "Unclear", priceEffect: null }, NOW);
  expect(await addFinding(analyst, { ...finding, title: "Odd", priceEffect: "1.005" }, NOW)).toEqual({
    ok: false,
    refusal: "TOO_PRECISE",
  });
  const effect = async () => (await roomFiguresOn(db, roomId, TODAY)).get("price-effect");
  expect(await effect()).toMatchObject({ value: "250000.5", unit: "EUR" });
  if (first.ok)
    await settleFinding(
      analyst,
      { findingId: first.value.findingId, version: 1, status: "accepted", resolution: "In the price" },
      NOW,
    );
  expect((await effect())?.value).toBe("0");
});

test("what waits in a room is counted on a day", async () => {
  const { roomId } = await makeRoom(analyst);
  const lines = (of: string, dueOn: string | null) =>
    addRequests(analyst, { roomId, source: "Buyer A", dueOn, lines: of }, NOW);
  await lines("Tax returns of three years", "2026-04-14");
  await lines("Pensions and benefits\nInsurance", "2026-04-15");
  const ends = ["2026-04-14", "2026-04-15", "2026-06-14", "2026-06-15", null];
  for (const [at, expiresOn] of ends.entries()) {
    const { documentId } = await added(analyst, { roomId, path: `${at}.txt` }, `text ${at}`);
    await describeDocument(analyst, { documentId, version: 1, title: `Text ${at}`, expiresOn }, NOW);
  }
  const figures = await roomFiguresOn(db, roomId, TODAY);
  const value = (key: string) => figures.get(key)?.value;
  expect(["open-requests", "overdue-requests", "open-findings", "expired", "expiring"].map(value)).toEqual([
    "3",
    "1",
    "0",
    "1",
    "2",
  ]);
  const { head, documents } = await room(roomId);
  expect(head.waiting).toEqual({ requests: 3, findings: 0, questions: 0 });
  expect(documents.map(({ expiry }) => expiry)).toEqual(["expired", "soon", "soon", "later", "none"]);
});

describe("a freeze", () => {
  test("names every document by hash; the archive made of them is the same bytes whenever it is made", async () => {
    const { roomId } = await makeRoom(analyst);
    await added(analyst, { roomId, path: "3 Finance/Annual accounts.pdf" }, pdf("accounts"));
    await added(analyst, { roomId, path: "note.txt" }, "note");
    const { head } = await room(roomId);
    expect(await freezeRoom(analyst, { roomId, version: head.version - 1, reason: "old" }, NOW)).toEqual({
      ok: false,
      refusal: "CONFLICT",
    });
    const frozen = await freezeRoom(analyst, { roomId, version: head.version, reason: "Signing" }, NOW);
    expect(frozen.ok).toBe(true);
    const archive = await db.roomArchive.findFirstOrThrow({ where: { roomId } });
    const lines = (await getArchive(analyst, archive.id)).manifest;
    expect(lines.map((line) => line.path)).toEqual([
      "03 Financial and accounting/03.01 Annual accounts, three years/03.01.01 Annual accounts.pdf",
      expect.stringMatching(/^Unsorted\/note [0-9a-f]{8}\.txt$/),
    ]);
    const bytes = await buffer(roomArchive(lines));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(archive.archiveHash);
    expect(bytes.length).toBe(Number(archive.sizeBytes));
    expect(createHash("sha256").update(manifestText(lines)).digest("hex")).toBe(archive.manifestHash);
  });

  test("stops every change of the documents until it is lifted with a reason", async () => {
    const { roomId } = await makeRoom(analyst);
    const { documentId } = await added(analyst, { roomId, path: "note.txt" }, "note");
    const { head } = await room(roomId);
    const both = await Promise.all(
      [1, 2].map(() => freezeRoom(analyst, { roomId, version: head.version, reason: "Signing" }, NOW)),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await send(analyst, { roomId, path: "more.txt" }, "more")).toEqual({ ok: false, refusal: "FROZEN" });
    expect(await removeDocuments(analyst, { documents: [{ documentId, version: 1 }], reason: "no" }, NOW)).toEqual({
      ok: false,
      refusal: "FROZEN",
    });
    expect(await reopenRoom(analyst, { roomId, reason: "Signing moved" }, NOW)).toMatchObject({ ok: true });
    expect(await send(analyst, { roomId, path: "more.txt" }, "more")).toMatchObject({ ok: true });
  });

  test("needs something to freeze", async () => {
    const { roomId } = await makeRoom(analyst);
    expect(await freezeRoom(analyst, { roomId, version: 1, reason: "x" }, NOW)).toEqual({
      ok: false,
      refusal: "EMPTY_ROOM",
    });
  });
});
