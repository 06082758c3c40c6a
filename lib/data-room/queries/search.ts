import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { getRoomHead } from "../queries";
import { indexNumber } from "../rules/completeness";

/** Marks that no document holds, so that a document's own brackets are never taken for ours. */
const [OPEN, CLOSE] = ["\ue000", "\ue001"];

export type Piece = { text: string; hit: boolean };
export type Hit = {
  documentId: string;
  number: string | null;
  title: string;
  section: number | null;
  item: number | null;
  snippet: Piece[];
  rank: number;
};

type Row = {
  documentId: string;
  title: string;
  section: number | null;
  item: number | null;
  ordinal: number | null;
  snippet: string;
  rank: number;
};

const piecesOf = (snippet: string): Piece[] =>
  snippet
    .split(OPEN)
    .flatMap((part, at) => {
      if (at === 0) return [{ text: part, hit: false }];
      const [hit = "", rest = ""] = part.split(CLOSE);
      return [
        { text: hit, hit: true },
        { text: rest, hit: false },
      ];
    })
    .filter(({ text }) => text !== "");

/** The newest versions that say it, best first, with where. `only` narrows to what a guest may see. */
export async function searchTexts(
  roomId: string,
  q: string,
  limit: number,
  only: readonly string[] | null = null,
): Promise<Hit[]> {
  const options = `StartSel=${OPEN}, StopSel=${CLOSE}, MaxFragments=2, MaxWords=18, MinWords=6, FragmentDelimiter=" … "`;
  const rows = await db.$queryRaw<Row[]>`
    WITH asked AS (SELECT websearch_to_tsquery('english', ${q}) AS query),
    newest AS (
      SELECT DISTINCT ON (v."documentId") v."id", v."documentId" FROM "room_document_version" v
      JOIN "room_document" d ON d."id" = v."documentId"
      WHERE d."roomId" = ${roomId}::uuid AND d."removedAt" IS NULL
        AND (${only === null} OR d."id" = ANY(${only ?? []}::uuid[]))
      ORDER BY v."documentId", v."number" DESC),
    hits AS (
      SELECT n."documentId", t."text", ts_rank(to_tsvector('english', t."text"), asked.query) AS rank
      FROM newest n JOIN "room_text" t ON t."versionId" = n."id", asked
      WHERE to_tsvector('english', t."text") @@ asked.query
      ORDER BY rank DESC, n."documentId" LIMIT ${limit})
    SELECT h."documentId"::text, d."title", i."section", i."number" AS item, d."ordinal", h.rank::float8,
      ts_headline('english', translate(h."text", ${OPEN + CLOSE}, ''), asked.query, ${options}) AS snippet
    FROM hits h JOIN "room_document" d ON d."id" = h."documentId" LEFT JOIN "room_item" i ON i."id" = d."itemId", asked
    ORDER BY h.rank DESC, h."documentId"`;
  return rows.map(({ documentId, title, section, item, ordinal, snippet, rank }) => ({
    ...{ documentId, title, section, item, rank, snippet: piecesOf(snippet) },
    number: section === null || item === null ? null : indexNumber(section, item, ordinal),
  }));
}

export async function searchRoom(actor: Actor, roomId: string, q: string): Promise<Hit[]> {
  await getRoomHead(actor, roomId);
  return q.trim().length < 2 ? [] : searchTexts(roomId, q, 50);
}
