import "server-only";
import { createHash } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { getEntryGate } from "@/lib/ventures/queries";
import { type HandOverRow, handOverRows } from "../rules/hand-over";
import type { HandOver, HandOverLine, StageSignalInput } from "../schema/run";
import { receiveSignal } from "./signals";

const DELIMITERS = [",", ";", "\t"];

async function rowsOf(text: string): Promise<HandOverRow[] | null> {
  const { readCsv } = await import("@/lib/integrations/csv");
  const first = text.split("\n", 1)[0] ?? "";
  const delimiter = DELIMITERS.toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ",";
  const bytes = new TextEncoder().encode(text.replace(/^\uFEFF/, ""));
  return handOverRows([...readCsv(bytes, { encoding: "utf-8", delimiter })].flat().map(textsOf));
}

const textsOf = ({ rowNumber, cells }: { rowNumber: number; cells: readonly unknown[] }) => ({
  rowNumber,
  cells: cells.map((cell) => String(cell ?? "")),
});

const rejected = (row: number, venture: string, problem: string): HandOverLine => ({
  ...{ row, venture, outcome: "rejected", problem },
});

/** What taking this row in would do, without doing it. A score in the row is weighed as if it were stored. */
async function foresee(actor: Actor, row: number, signal: StageSignalInput): Promise<HandOverLine> {
  const { venture: given, key, maturityScore } = signal;
  const isId = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(given);
  const venture = await db.venture.findFirst({
    where: { ...(isId ? { id: given } : { slug: given }), archivedAt: null },
  });
  if (!venture || !maySeeVenture(actor, venture.id)) return rejected(row, given, "There is no such venture.");
  const { name } = venture;
  if (await db.stageSignal.findUnique({ where: { key } }))
    return { row, venture: name, outcome: "known", problem: null };
  if (venture.stage !== "mature") return rejected(row, name, "It is not in stage 39.");
  const { lines } = await getEntryGate(actor, venture.id);
  const others = lines.filter(({ criterion }) => criterion !== "venture-mature").every(({ passed }) => passed);
  const mature = lines.find(({ criterion }) => criterion === "venture-mature");
  const required = Number(/(\d+(?:\.\d+)?) %/.exec(mature?.required ?? "")?.[1] ?? Number.NaN);
  const passes = maturityScore === undefined ? (mature?.passed ?? false) : maturityScore >= required;
  return { row, venture: name, outcome: others && passes ? "initiated" : "waiting", problem: null };
}

type TakenIn = { actor: Actor; handOverId: string; now: Date };

async function takeIn(
  row: HandOverRow,
  seen: HandOverLine,
  { actor, handOverId, now }: TakenIn,
): Promise<HandOverLine> {
  if ("problem" in row || seen.outcome === "rejected") return seen;
  const taken = await receiveSignal(actor, row.signal, "import", now, handOverId);
  return taken.ok
    ? { ...seen, outcome: taken.value.outcome }
    : rejected(row.row, seen.venture, "It is not in stage 39.");
}

const takes = ({ outcome }: HandOverLine): boolean => outcome === "initiated" || outcome === "waiting";

/** The file as a whole, with what it will do: kept before the first row, so that whatever was taken in can be undone. */
async function keepHandOver(actor: Actor, { text, fileName }: HandOver, lines: readonly HandOverLine[], now: Date) {
  const sha256 = createHash("sha256").update(text).digest("hex");
  return db.$transaction(async (tx) => {
    const { id } = await tx.stageHandOver.create({
      data: { fileName, sha256, lines: [...lines], takenBy: actor.ref, takenAt: now },
    });
    await recordEvent(tx, {
      ...{ ventureId: null, type: "stage.hand-over-taken", actor: actor.ref, subject: `hand-over:${id}`, at: now },
      payload: { title: fileName, sha256, rows: lines.length, ventures: lines.filter(takes).length },
    });
    return id;
  });
}

/** A file of stage 39: shown before it is taken in, row by row, and taking it in twice is taking it in once. */
export async function takeHandOver(
  actor: Actor,
  given: HandOver,
  now: Date,
): Promise<Result<{ lines: HandOverLine[] }, "NOT_A_HAND_OVER">> {
  if (!isPermitted(actor.role, "stage:trigger")) throw new AppError("FORBIDDEN");
  const rows = await rowsOf(given.text);
  if (!rows) return refuse("NOT_A_HAND_OVER");
  const seen: HandOverLine[] = [];
  for (const row of rows)
    seen.push("problem" in row ? rejected(row.row, "", row.problem) : await foresee(actor, row.row, row.signal));
  if (!given.apply || !seen.some(takes)) return ok({ lines: seen });
  const handOverId = await keepHandOver(actor, given, seen, now);
  const lines: HandOverLine[] = [];
  for (const [index, row] of rows.entries()) {
    const line = seen[index];
    if (line) lines.push(await takeIn(row, line, { actor, handOverId, now }));
  }
  await db.stageHandOver.update({ where: { id: handOverId }, data: { lines } });
  return ok({ lines });
}
