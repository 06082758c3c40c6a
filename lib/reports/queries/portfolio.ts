import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, pool, read } from "@/lib/db";
import { dollarRates } from "@/lib/decisions/queries/facts";
import { AppError } from "@/lib/errors";
import type { AutonomyLevel, ProfileName } from "@/lib/ventures/schema";
import {
  BOUND_UNITS,
  MEASURES,
  type Measure,
  MOST_ON_ONE_PAGE,
  PAGE_SIZE,
  type PortfolioView,
  type SortKey,
} from "../schema/portfolio";
import { isFiltered, searchWords } from "../schema/portfolio-view";
import { KEPT_VIEWS, type KeptView } from "./portfolio-views";
import { FACTS, HEADLINE, SNAPSHOT, type VentureRow } from "./venture-rows";

export type PortfolioRow = VentureRow & { profile: ProfileName; autonomy: AutonomyLevel; owner: string | null };
export type PortfolioPage = { rows: PortfolioRow[]; found: number; page: number; pages: number; first: number };

/** Without accents and capitals, as `searchWords` has the words. */
const plain = (text: string): string => `lower(regexp_replace(normalize(${text}, NFKD), '[\\u0300-\\u036F]', '', 'g'))`;

const VALUATION = `s."valuation" * COALESCE(($13::jsonb ->> v."currency")::float8, CASE WHEN v."currency" = 'USD' THEN 1 END)`;
/** Money of several currencies is compared in dollars; without a stored rate it is unknown. */
const comparable = (measure: Measure): string => (measure === "valuation" ? VALUATION : `s."${measure}"`);

const within = MEASURES.map(
  (measure, index) => `AND ($11::float8[] IS NULL OR (
    (($11::float8[])[${index + 1}] IS NULL OR ${comparable(measure)} >= ($11::float8[])[${index + 1}])
    AND (($12::float8[])[${index + 1}] IS NULL OR ${comparable(measure)} <= ($12::float8[])[${index + 1}])))`,
).join("\n    ");

const OPEN = `SELECT r."openSubstages" FROM "stage_record" r WHERE r."ventureId" = v."id" AND r."endedAt" IS NULL
  ORDER BY r."ordinal" DESC LIMIT 1`;

const SEEN = `v."archivedAt" IS NULL AND ($1::uuid[] IS NULL OR v."id" = ANY($1))`;

/** How it is led and by whom. */
const LED = `COALESCE(t."profile"::text, 'balanced') AS "profile", COALESCE(t."autonomy"::text, 'assisted') AS "autonomy",
    o."name" AS "owner"`;

const CHOSEN = `
    ${SEEN}
    AND (cardinality($4::text[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($4::text[]) AS word
      WHERE position(word IN ${plain(`v."name" || ' ' || v."sector" || ' ' || v."currency"`)}) = 0))
    AND ($5::text IS NULL OR v."stage"::text = $5 OR (v."stage" = 'active' AND $5 = ANY((${OPEN})::text[])))
    AND ($6::text IS NULL OR COALESCE(t."profile"::text, 'balanced') = $6)
    AND ($7::text IS NULL OR COALESCE(t."autonomy"::text, 'assisted') = $7)
    AND ($8::text IS NULL OR CASE WHEN $8 = 'nobody' THEN v."ownerId" IS NULL ELSE v."ownerId"::text = $8 END)
    AND ($9::text IS NULL OR v."sector" = $9::text)
    AND ($10::text IS NULL OR COALESCE(s."worst", 'unknown') = $10::text)
    AND ($14::text[] IS NULL OR v."slug" = ANY($14::text[]))
    ${within}`;

const BY: Readonly<Record<SortKey, string>> = {
  name: `''`,
  sector: plain(`v."sector"`),
  stage: `CASE v."stage" WHEN 'mature' THEN '1' WHEN 'active' THEN '2' ELSE '3' END || COALESCE((${OPEN})::text, '')`,
  profile: `COALESCE(t."profile", 'balanced')`,
  autonomy: `COALESCE(t."autonomy", 'assisted')`,
  owner: plain(`o."name"`),
  level: `NULLIF(array_position(ARRAY['critical', 'warning', 'healthy', 'excellent'], s."worst"), 0)`,
  asOf: `-s."freshnessDays"`,
  ...(Object.fromEntries(MEASURES.map((measure) => [measure, comparable(measure)])) as Record<Measure, string>),
};

/** The tables that an order or a filter looks at. */
const RANKED = `"venture" v LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id"
    LEFT JOIN "venture_settings" t ON t."ventureId" = v."id" LEFT JOIN "app_user" o ON o."id" = v."ownerId"`;
const COLUMNS = `${FACTS}, COALESCE((${OPEN}), '{}') AS "openSubstages", ${SNAPSHOT}, ${HEADLINE}, ${LED}`;

/** Ranked by small columns first; what is wide is read for the page alone. Unknown is last in both directions, equal ones are by name. */
function pageIn(sort: SortKey, descending: boolean, where: string): string {
  const down = descending ? "DESC" : "ASC";
  const name = `"nameKey" ${sort === "name" ? down : "ASC"}`;
  return `
  WITH ranked AS (
    SELECT v."id", v."nameKey", ${BY[sort]} AS "by", count(*) OVER ()::int AS "found" FROM ${RANKED} WHERE ${where}),
  page AS MATERIALIZED (
    SELECT * FROM ranked ORDER BY "by" ${down} NULLS LAST, ${name}, "id" LIMIT $2::int OFFSET $3::int)
  SELECT ${COLUMNS}, p."found" FROM page p JOIN ${RANKED} ON v."id" = p."id"
  ORDER BY p."by" ${down} NULLS LAST, p.${name}, p."id"`;
}

/** All of them by name, as the index has them: what the page opens with. Of too many for one page only the first are read. */
const BY_NAME = `
  WITH counted AS MATERIALIZED (SELECT count(*)::int AS "found" FROM "venture" v WHERE ${SEEN}),
  page AS MATERIALIZED (
    SELECT v."id", v."nameKey" FROM "venture" v WHERE ${SEEN} ORDER BY v."nameKey", v."id"
    LIMIT (SELECT CASE WHEN "found" > ${MOST_ON_ONE_PAGE} AND $2::int = ${MOST_ON_ONE_PAGE} THEN ${PAGE_SIZE} ELSE $2::int END FROM counted)
    OFFSET $3::int)
  SELECT ${COLUMNS}, c."found" FROM counted c CROSS JOIN page p JOIN ${RANKED} ON v."id" = p."id"
  ORDER BY p."nameKey", p."id"`;

async function ratesFor({ sort, bounds }: PortfolioView, now: Date): Promise<string> {
  if (sort !== "valuation" && !bounds.valuation) return "{}";
  const rows = await db.venture.groupBy({ by: ["currency"] });
  const currencies = rows.map(({ currency }) => currency);
  const rates = await dollarRates(db, currencies, now);
  return JSON.stringify(Object.fromEntries([...rates].map(([currency, { rate }]) => [currency, rate.toNumber()])));
}

function boundsIn({ bounds }: PortfolioView, side: "from" | "to"): (number | null)[] | null {
  if (Object.keys(bounds).length === 0) return null;
  return MEASURES.map((measure) => {
    const typed = bounds[measure]?.[side] ?? null;
    return typed === null ? null : Number(typed) * BOUND_UNITS[measure].times;
  });
}

type Window = { take: number | null; skip: number };
type Found = PortfolioRow & { found: number };

async function rowsOf(actor: Actor, view: PortfolioView, now: Date, { take, skip }: Window): Promise<Found[]> {
  const { stage, profile, autonomy, owner, sector, level, only, sort, descending } = view;
  const page = [venturesInSql(actor), take, skip];
  // What everybody opens with is planned once; a filter is planned for what it asks, or it would be as slow as all of them.
  if (!isFiltered(view) && sort === "name" && !descending) return read<Found>(BY_NAME, page);
  if (!isFiltered(view) && sort !== "valuation") return read<Found>(pageIn(sort, descending, SEEN), page);
  const filter = [
    ...[searchWords(view.search), stage, profile, autonomy, owner, sector, level],
    ...[boundsIn(view, "from"), boundsIn(view, "to"), await ratesFor(view, now), only.length > 0 ? [...only] : null],
  ];
  const { rows } = await pool().query<Found>(pageIn(sort, descending, CHOSEN), [...page, ...filter]);
  return rows;
}

function allow(actor: Actor): void {
  if (!isPermitted(actor.role, "venture:read")) throw new AppError("FORBIDDEN");
}

/** The page that a view asks for; one past the end is the last. */
export async function getPortfolioPage(actor: Actor, view: PortfolioView, now: Date): Promise<PortfolioPage> {
  allow(actor);
  const from = (page: number, take: number) => rowsOf(actor, view, now, { take, skip: (page - 1) * PAGE_SIZE });
  const asked = view.page > 1 ? await from(view.page, PAGE_SIZE) : [];
  if (asked[0] && asked[0].found > MOST_ON_ONE_PAGE) return pageOf(asked, view.page);
  const first = await from(1, MOST_ON_ONE_PAGE);
  const found = first[0]?.found ?? 0;
  if (found <= MOST_ON_ONE_PAGE) return pageOf(first, 1);
  if (view.page === 1) return pageOf(first.slice(0, PAGE_SIZE), 1);
  const last = Math.ceil(found / PAGE_SIZE);
  return pageOf(await from(last, PAGE_SIZE), last);
}

function pageOf(rows: Found[], page: number): PortfolioPage {
  const found = rows[0]?.found ?? 0;
  const first = rows.length > 0 ? (page - 1) * PAGE_SIZE + 1 : 0;
  const pages = found > MOST_ON_ONE_PAGE ? Math.ceil(found / PAGE_SIZE) : 1;
  return { rows, found, page, pages, first };
}

/** All pages of it, for a file. */
export async function listPortfolio(actor: Actor, view: PortfolioView, now: Date): Promise<PortfolioRow[]> {
  allow(actor);
  return await rowsOf(actor, view, now, { take: null, skip: 0 });
}

export type PortfolioChoices = {
  sectors: string[];
  owners: { id: string; name: string }[];
  any: boolean;
  /** One's own kept views, then those that others share, by name. */
  views: KeptView[];
};

// One query: a page asks for all of it.
const CHOICES = `
  SELECT COALESCE(array_agg(DISTINCT v."sector" ORDER BY v."sector"), '{}') AS "sectors", count(*) > 0 AS "any",
    COALESCE((SELECT json_agg(json_build_object('id', u."id", 'name', u."name") ORDER BY u."name")
      FROM "app_user" u WHERE u."id" IN (SELECT w."ownerId" FROM "venture" w WHERE w."archivedAt" IS NULL
        AND ($1::uuid[] IS NULL OR w."id" = ANY($1)))), '[]') AS "owners",
    ${KEPT_VIEWS} AS "views"
  FROM "venture" v WHERE v."archivedAt" IS NULL AND ($1::uuid[] IS NULL OR v."id" = ANY($1))`;

/** What the filters offer, and the views that were kept. */
export async function listPortfolioChoices(actor: Actor): Promise<PortfolioChoices> {
  allow(actor);
  const [row] = await read<PortfolioChoices>(CHOICES, [venturesInSql(actor), actor.id]);
  return row ?? { sectors: [], owners: [], any: false, views: [] };
}

const COMPARED = `
  SELECT ${FACTS}, COALESCE((${OPEN}), '{}') AS "openSubstages", ${SNAPSHOT}, COALESCE(s."measures", '{}') AS "measures", ${LED}
  FROM "venture" v LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id"
  LEFT JOIN "venture_settings" t ON t."ventureId" = v."id" LEFT JOIN "app_user" o ON o."id" = v."ownerId"
  WHERE ${SEEN} AND v."slug" = ANY($2::text[])
  ORDER BY array_position($2::text[], v."slug")`;

/** Some ventures with every measure of theirs, in the order in which they are named. */
export async function listCompared(actor: Actor, slugs: readonly string[]): Promise<PortfolioRow[]> {
  allow(actor);
  return await read<PortfolioRow>(COMPARED, [venturesInSql(actor), [...slugs]]);
}
