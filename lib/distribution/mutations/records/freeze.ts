import "server-only";
import { createHash } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { canonicalJson } from "@/lib/figures/rules";
import { FIGURE_REFERENCE, type Figure } from "@/lib/figures/schema";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { storeWritten } from "@/lib/reports/mutations/artefacts";
import { figuresOfBlocks } from "@/lib/reports/rules/document";
import { asData } from "@/lib/reports/rules/weekly/blocks";
import type { ReportBlock } from "@/lib/reports/schema";
import { type ComputedRecord, computeRecord } from "../../queries/records/compute";
import type { RecordVenture } from "../../queries/records/facts";
import { recordBlocks } from "../../rules/records/record-report";
import { paragraph, statementBlocks } from "../../rules/records/statement";
import { DISTRIBUTION_RECORD, type Freeze, type RecordRefusal, statementKind } from "../../schema/records";
import { ensurePdf } from "./files";

const FROZEN_AT_ONCE = 200;
const DRAWN_AT_ONCE = 40;
const SLOW = { timeout: 120_000, maxWait: 20_000 };

/** Of two that write a venture's statements the second waits and sees what the first did. */
export async function lockRecords(tx: Tx, ventureId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`holder-statements:${ventureId}`}, 17))::text`;
}

/** SHA-256 of a statement's words with the value of each figure in its place; the day alone is no other statement. */
function digestOf(title: string, blocks: readonly ReportBlock[], figures: readonly Figure[], asOf: string): string {
  const values = new Map(figures.map(({ id, value, reason, unit }) => [id, `${value ?? reason} ${unit}`]));
  const text = canonicalJson({ title, blocks })
    .replace(FIGURE_REFERENCE, (_, id: string) => values.get(id) ?? "")
    .replaceAll(asOf, "");
  return createHash("sha256").update(text).digest("hex");
}

type Draft = {
  holderId: string;
  name: string;
  title: string;
  blocks: ReportBlock[];
  figures: Figure[];
  digest: string;
};

function draftsOf({ facts, figures }: ComputedRecord): Draft[] {
  const byId = new Map(figures.all.map((figure) => [figure.id, figure]));
  const receives = new Set(facts.payments.flatMap(({ shares }) => shares.map(({ holderId }) => holderId)));
  return facts.holders
    .filter(({ id }) => receives.has(id))
    .map(({ id: holderId, name }) => {
      const title = `Statement of ${name}, sale of ${facts.venture}`.slice(0, 200);
      const blocks = statementBlocks({ facts, figures, holderId });
      const own = [...new Set(figuresOfBlocks(blocks))].flatMap((id) => byId.get(id) ?? []);
      return { holderId, name, title, blocks, figures: own, digest: digestOf(title, blocks, own, facts.asOf) };
    });
}

type Newest = { version: number; digest: string };
type Writing = { actor: Actor; ventureId: string; currency: string; asOf: string; reason: string; now: Date };

async function write(tx: Tx, of: Writing, draft: Draft, before: Newest | undefined): Promise<string> {
  const { actor, ventureId, currency, asOf, now } = of;
  const { holderId, name, title, digest, figures } = draft;
  const reason = before ? of.reason : "";
  const corrected = before ? [paragraph(`This replaces revision ${before.version}. Why: ${asData(reason)}`)] : [];
  const [first, ...rest] = draft.blocks;
  const blocks = [...(first ? [first] : []), ...corrected, ...rest];
  const kept = { ventureId, kind: statementKind(currency, holderId), title, blocks, figures };
  const artefact = await storeWritten(tx, actor, kept, now);
  const version = (before?.version ?? 0) + 1;
  const { id } = await tx.holderStatement.create({
    data: {
      ...{ ventureId, currency, holderId, name, version, asOf: dayDate(asOf), artefactId: artefact.id, digest, reason },
      ...{ createdBy: actor.ref, createdAt: now },
    },
  });
  await recordEvent(tx, {
    ...{ ventureId, type: "holder-statement.frozen", actor: actor.ref, subject: `holder-statement:${id}`, at: now },
    payload: { holderId, name, currency, version, digest, reason },
  });
  return id;
}

/** The newest revision of each holder's statement in a currency. */
export async function newestStatements(tx: Tx, ventureId: string, currency: string) {
  const rows = await tx.holderStatement.findMany({
    where: { ventureId, currency },
    orderBy: { version: "desc" },
    distinct: ["holderId"],
    omit: { pdf: true },
  });
  return new Map(rows.map((row) => [row.holderId, row]));
}

type Some = { ids: string[]; more: boolean };

/** The next statements that are not frozen yet, in a transaction of their own; with the last of them the record. */
async function freezeSome(
  actor: Actor,
  venture: RecordVenture,
  { currency, reason }: Freeze,
  now: Date,
): Promise<Result<Some, RecordRefusal>> {
  const { id: ventureId } = venture;
  return db.$transaction(async (tx) => {
    await lockRecords(tx, ventureId);
    const record = await computeRecord(tx, venture, currency, todayOf(venture, now));
    if (!record) return refuse("NOTHING_DISTRIBUTED");
    const before = await newestStatements(tx, ventureId, currency);
    const changed = draftsOf(record).filter(({ holderId, digest }) => before.get(holderId)?.digest !== digest);
    if (changed.length === 0) return refuse("NOTHING_NEW");
    if (reason.length < 3 && changed.some(({ holderId }) => before.has(holderId))) return refuse("REASON_NEEDED");
    const of = { actor, ventureId, currency, asOf: record.facts.asOf, reason, now };
    const ids: string[] = [];
    for (const draft of changed.slice(0, FROZEN_AT_ONCE))
      ids.push(await write(tx, of, draft, before.get(draft.holderId)));
    const more = changed.length > FROZEN_AT_ONCE;
    if (!more) await writeRecord(tx, actor, record, now);
    return ok({ ids, more });
  }, SLOW);
}

/**
 * Freezes the statement of every holder whose words or numbers are not frozen yet, and the record of the whole. Where a
 * holder has one that says something else, the next is its correction and says why. Many are frozen in several goes: what
 * was cut off goes on where it was, when it is asked for again.
 */
export async function freezeStatements(
  actor: Actor,
  asked: Freeze,
  now: Date,
): Promise<Result<{ frozen: number; statementIds: string[] }, RecordRefusal>> {
  const venture = await db.venture.findUnique({ where: { id: asked.ventureId } });
  if (!venture || !maySeeVenture(actor, asked.ventureId)) throw new AppError("NOT_FOUND");
  const statementIds: string[] = [];
  for (let more = true; more; ) {
    const made = await freezeSome(actor, venture, asked, now);
    if (!made.ok && (statementIds.length === 0 || made.refusal !== "NOTHING_NEW")) return made;
    statementIds.push(...(made.ok ? made.value.ids : []));
    more = made.ok && made.value.more;
  }
  // Of many holders the files are drawn when somebody needs them: the same bytes, from the same frozen words.
  for (const id of statementIds.slice(0, DRAWN_AT_ONCE)) await ensurePdf(actor, id);
  return ok({ frozen: statementIds.length, statementIds });
}

async function writeRecord(tx: Tx, actor: Actor, { facts, figures }: ComputedRecord, now: Date): Promise<void> {
  const blocks = recordBlocks(facts, figures);
  const quoted = new Set(figuresOfBlocks(blocks));
  const own = figures.all.filter(({ id }) => quoted.has(id));
  const title = `Value distribution record of ${facts.venture}`.slice(0, 200);
  const kind = `${DISTRIBUTION_RECORD}:${facts.currency}`;
  await storeWritten(tx, actor, { ventureId: facts.ventureId, kind, title, blocks, figures: own }, now);
}
