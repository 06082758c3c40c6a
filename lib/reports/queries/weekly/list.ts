import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { db, read } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { listFigureViews } from "@/lib/figures/queries";
import { FIGURE_REFERENCE, type FigureView } from "@/lib/figures/schema";
import { formatDay, formatFigure } from "@/lib/format";
import { compareVersions } from "../../rules/comparison";
import type { StoredFigure } from "../../rules/document";
import { spans } from "../../rules/spans";
import { blocksOfWeekly } from "../../rules/weekly/document";
import { shelfPage, WEEKS_SHOWN } from "../../rules/weekly/shelf";
import type { LightWord } from "../../rules/weekly/status";
import { weekIn } from "../../rules/weekly/weeks";
import { figureRefsSchema } from "../../schema";
import { type WeeklyDocument, type WeeklyList, weeklyDocumentSchema } from "../../schema/weekly";
import { type ArtefactComparison, figureKey } from "../artefacts";
import { storedFigures } from "../stored-figures";
import { HOLDING } from "./holding";
import { mayRead } from "./report";

export type WeeklyLine = {
  id: string;
  revisionId: string;
  week: string;
  startsOn: string;
  endsOn: string;
  slug: string;
  name: string;
  revision: number;
  status: LightWord;
  headline: string;
  /** The headline in plain words. */
  words: string;
  writtenAt: string;
};

type Row = Omit<WeeklyLine, "words" | "name" | "slug"> & { name: string | null; slug: string | null };

/** All lines of the newest weeks that have one; a page takes of them whole weeks. */
const LISTED = `
  WITH fitting AS (
    SELECT r."id", n."id" AS "revisionId", r."week", r."startsOn"::text AS "startsOn", r."endsOn"::text AS "endsOn",
      r."ventureId" IS NOT NULL AS "ofVenture", v."slug", v."name", n."revision", n."status", n."headline", n."writtenAt"
    FROM "weekly_report" r
    JOIN LATERAL (
      SELECT w."id", w."revision", w."status", w."headline", w."writtenAt"
      FROM "weekly_revision" w WHERE w."reportId" = r."id" ORDER BY w."revision" DESC LIMIT 1
    ) n ON true
    LEFT JOIN "venture" v ON v."id" = r."ventureId"
    WHERE (CASE WHEN r."ventureId" IS NULL THEN $1::uuid[] IS NULL ELSE $1::uuid[] IS NULL OR r."ventureId" = ANY($1) END)
      AND ($2::text IS NULL OR coalesce(v."slug", 'holding') = $2)
      AND ($3::text IS NULL OR n."status" = $3)
      AND ($4::text IS NULL OR coalesce(v."name", 'The holding') ILIKE '%' || $4 || '%' OR r."week" ILIKE '%' || $4 || '%')
      AND ($5::text IS NULL OR r."week" < $5)
  )
  SELECT "id", "revisionId", "week", "startsOn", "endsOn", "slug", "name", "revision", "status", "headline", "writtenAt"
  FROM fitting
  WHERE "week" IN (SELECT DISTINCT "week" FROM fitting ORDER BY "week" DESC LIMIT $6)
  ORDER BY "week" DESC, "ofVenture", "name", "id"`;

const literal = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

export type WeeklyShelf = { weeks: { week: string; lines: WeeklyLine[] }[]; next: string | null };

/** Reports by week, the newest first: of each the newest revision. `before` is the last week that was shown. */
export async function listWeekly(actor: Actor, { scope, status, search, before }: WeeklyList): Promise<WeeklyShelf> {
  if (!isPermitted(actor.role, "report:read")) throw new AppError("FORBIDDEN");
  const asked = [scope ?? null, status ?? null, search ? literal(search) : null, before ?? null];
  const rows = await read<Row>(LISTED, [venturesInSql(actor), ...asked, WEEKS_SHOWN + 1]);
  const { shown, next } = shelfPage([...Map.groupBy(rows, ({ week }) => week)]);
  const said = await wordsOf(shown.flatMap(([, of]) => of));
  const line = ({ name, slug, writtenAt, ...row }: Row): WeeklyLine => ({
    ...{ ...row, name: name ?? "The holding", slug: slug ?? HOLDING, words: said(row) },
    writtenAt: new Date(writtenAt).toISOString(),
  });
  return { weeks: shown.map(([week, of]) => ({ week, lines: of.map(line) })), next };
}

type Said = Pick<Row, "headline" | "revisionId">;

const quotedIn = (headline: string): string[] => [...headline.matchAll(FIGURE_REFERENCE)].map(([, id]) => id ?? "");

/** A text with its figures, days and names in plain words. */
function plainWords(text: string, figures: readonly StoredFigure[]): string {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const said = (id: string) => {
    const figure = byId.get(id);
    return figure ? formatFigure({ value: figure.value, unit: figure.unit, reason: figure.reason ?? null }) : "unknown";
  };
  return spans(text)
    .map((span) => {
      if (span.kind === "figure") return said(span.id);
      if (span.kind === "day") return formatDay(span.day);
      return span.kind === "name" ? span.name : span.text;
    })
    .join("");
}

/** Headlines refer to figures: in a list they are said with the values that they had. */
async function wordsOf(rows: readonly Said[]): Promise<(row: Said) => string> {
  const quoting = rows.filter(({ headline }) => quotedIn(headline).length > 0);
  const revisions = await db.weeklyRevision.findMany({
    where: { id: { in: quoting.map(({ revisionId }) => revisionId) } },
    select: { id: true, figures: true },
  });
  const refs = new Map(revisions.map(({ id, figures }) => [id, figureRefsSchema.parse(figures)]));
  const quotedBy = ({ headline, revisionId }: Said) => {
    const quoted = quotedIn(headline);
    return (refs.get(revisionId) ?? []).filter(({ id }) => quoted.includes(id));
  };
  const figures = await storedFigures(quoting.flatMap(quotedBy));
  const byKey = new Map(figures.map((figure) => [`${figure.id} ${figure.revision}`, figure]));
  return (row) =>
    plainWords(
      row.headline,
      quotedBy(row).flatMap(({ id, revision }) => byKey.get(`${id} ${revision}`) ?? []),
    );
}

export type WeeklyRevisionLine = {
  id: string;
  revision: number;
  reason: string | null;
  by: string;
  writtenAt: string;
  hash: string;
};

export type WeeklyPage = {
  id: string;
  revisionId: string;
  week: string;
  slug: string;
  revision: number;
  document: WeeklyDocument;
  /** As they were quoted. */
  figures: Record<string, FigureView>;
  /** How many would come out another way today. */
  moved: number;
  hash: string;
  files: { format: string; hash: string; sizeBytes: number }[];
  revisions: WeeklyRevisionLine[];
  /** The same scope a week before and after, where there is a report. */
  before: string | null;
  after: string | null;
};

async function findReport(actor: Actor, week: string, slug: string) {
  const venture = slug === HOLDING ? null : await db.venture.findUnique({ where: { slug }, select: { id: true } });
  if (slug !== HOLDING && !venture) return null;
  const scope = venture?.id ?? HOLDING;
  if (!mayRead(actor, venture?.id ?? null)) return null;
  return db.weeklyReport.findUnique({
    where: { scope_week: { scope, week } },
    include: {
      revisions: {
        orderBy: { revision: "desc" },
        select: { id: true, revision: true, reason: true, writtenBy: true, writtenAt: true, hash: true },
      },
    },
  });
}

async function revisionLines(revisions: NonNullable<Awaited<ReturnType<typeof findReport>>>["revisions"]) {
  const names = await namesByRef(
    db,
    revisions.map(({ writtenBy }) => writtenBy),
  );
  return revisions.map(
    ({ id, revision, reason, writtenBy, writtenAt, hash }): WeeklyRevisionLine => ({
      ...{ id, revision, reason, hash, by: names.get(writtenBy) ?? "the schedule", writtenAt: writtenAt.toISOString() },
    }),
  );
}

const neighbour = async (scope: string, week: string, way: "before" | "after"): Promise<string | null> => {
  const row = await db.weeklyReport.findFirst({
    where: { scope, week: way === "before" ? { lt: week } : { gt: week } },
    orderBy: { week: way === "before" ? "desc" : "asc" },
    select: { week: true },
  });
  return row?.week ?? null;
};

/** A week's report to be read: the newest revision, or the one that is asked for. Null where there is none in sight. */
export async function findWeekly(
  actor: Actor,
  week: string,
  slug: string,
  asked: number | null,
): Promise<WeeklyPage | null> {
  const report = await findReport(actor, week, slug);
  const chosen = report?.revisions.find(({ revision }) => asked === null || revision === asked);
  if (!report || !chosen) return null;
  const row = await db.weeklyRevision.findUniqueOrThrow({ where: { id: chosen.id }, include: { files: true } });
  const refs = figureRefsSchema.parse(row.figures);
  const views = await listFigureViews(actor, refs);
  const moved = views.filter(({ stale }) => stale).length;
  const [before, after] = await Promise.all([
    neighbour(report.scope, week, "before"),
    neighbour(report.scope, week, "after"),
  ]);
  return {
    ...{ id: report.id, revisionId: row.id, week, slug, revision: row.revision, moved, hash: row.hash, before, after },
    document: weeklyDocumentSchema.parse(row.document),
    // Frozen: what has changed since is counted, and strikes nothing out.
    figures: Object.fromEntries(views.map((view) => [view.id, { ...view, stale: null }])),
    files: row.files.map(({ format, hash, sizeBytes }) => ({ format, hash, sizeBytes })),
    revisions: await revisionLines(report.revisions),
  };
}

/** What a revision says differently from the one before; null for a first one. */
export async function findWeeklyComparison(
  actor: Actor,
  week: string,
  slug: string,
  revision: number,
): Promise<ArtefactComparison | null> {
  const report = await findReport(actor, week, slug);
  const after = report?.revisions.find((one) => one.revision === revision);
  const before = report?.revisions.find((one) => one.revision === revision - 1 && one.revision > 0);
  if (!after || !before) return null;
  const rows = await db.weeklyRevision.findMany({ where: { id: { in: [before.id, after.id] } } });
  const told = async (id: string) => {
    const row = rows.find((one) => one.id === id);
    const refs = figureRefsSchema.parse(row?.figures);
    const figures = (await storedFigures(refs)).map(({ reason, ...one }) => ({ ...one, reason: reason ?? null }));
    return { refs, blocks: blocksOfWeekly(weeklyDocumentSchema.parse(row?.document)), figures };
  };
  const [was, is] = [await told(before.id), await told(after.id)];
  const views = await listFigureViews(actor, [...was.refs, ...is.refs]);
  return {
    before: { id: before.id, version: before.revision, createdAt: before.writtenAt },
    comparison: compareVersions(was, is),
    figures: Object.fromEntries(views.map((view) => [figureKey(view), view])),
  };
}

export type WeeklyHead = {
  timeZone: string;
  version: number;
  since: string;
  /** That week is over: its reports are being written. */
  due: boolean;
  ventures: { slug: string; name: string; id: string }[];
};

/** What the list says about itself: since when, in which zone, for whom. */
export async function getWeeklyHead(actor: Actor, now: Date): Promise<WeeklyHead | null> {
  if (!isPermitted(actor.role, "report:read")) throw new AppError("FORBIDDEN");
  const rows = await db.weeklySchedule.findMany({ orderBy: { scope: "asc" } });
  const holding = rows.find(({ scope }) => scope === HOLDING);
  if (!holding) return null;
  const ids = rows.flatMap(({ ventureId }) => (ventureId && mayRead(actor, ventureId) ? ventureId : []));
  const ventures = await db.venture.findMany({
    where: { id: { in: ids }, archivedAt: null },
    select: { id: true, slug: true, name: true },
    orderBy: { name: "asc" },
  });
  const { since, version } = holding;
  const timeZone = holding.timeZone ?? "UTC";
  return { timeZone, version, since, due: new Date(weekIn(since, timeZone).endsAt) <= now, ventures };
}
