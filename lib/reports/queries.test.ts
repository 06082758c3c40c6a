import { beforeAll, describe, expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/mutations";
import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { listDecisions } from "./queries/decisions";
import { getFrame } from "./queries/frame";
import { listNews, listStandingAlerts } from "./queries/news";
import { getPortfolioPage, listCompared, listPortfolio, listPortfolioChoices } from "./queries/portfolio";
import { getVentureBrief } from "./queries/venture-brief";
import { findVentureRow, listNeedingAttention } from "./queries/venture-rows";
import { SORT_KEYS } from "./schema/portfolio";
import { parseView } from "./schema/portfolio-view";

const actor = (role: Role, ventures: "all" | string[] = "all") =>
  mintActor({ id: role, ref: `user:${role}`, name: role, role, ventures, sessionId: null, steppedUpAt: null });
const chairman = actor("chairman");
const NOW = new Date("2026-11-22T12:00:00Z");
const place = { sector: "Robotics", businessModel: "saas", currency: "EUR", country: "DE", timeZone: "UTC" };
const ids: Record<string, string> = {};

const measure = (tone: string) => ({
  id: "0".repeat(16),
  revision: 1,
  value: "0.2",
  unit: "ratio",
  label: "x",
  level: { word: tone, tone },
  spark: [1, null],
});

async function addVenture(slug: string, stage: "active" | "exited", tones: Record<string, string>): Promise<void> {
  const venture = await db.venture.create({ data: { ...place, slug, name: slug, stage } });
  ids[slug] = venture.id;
  const measures = Object.fromEntries(Object.entries(tones).map(([key, tone]) => [key, measure(tone)]));
  const day = { asOf: NOW, computedAt: NOW, freshnessDays: 3, freshness: "fresh", contradictions: 0 };
  await db.ventureSnapshot.create({ data: { ventureId: venture.id, measures, ...day } });
}

async function addMemo(slug: string, expiresAt: Date): Promise<string> {
  const ventureId = ids[slug] ?? "";
  const about = { ventureId, reversible: true };
  const proposal = await db.proposal.create({
    data: {
      ...about,
      agent: "growth",
      actionClass: "x",
      action: {},
      rationale: "x",
      policy: {},
      dedupeKey: `${slug} ${expiresAt}`,
      createdAt: NOW,
    },
  });
  const times = { expiresAt, createdAt: NOW, updatedAt: NOW };
  const memo = await db.memo.create({
    data: {
      ...about,
      ...times,
      proposalId: proposal.id,
      status: "pending",
      version: 1,
      title: `Memo of ${slug}`,
      content: {},
      proposedBy: "agent:growth",
    },
  });
  return memo.id;
}

beforeAll(async () => {
  await addVenture("calm", "active", { growth_rate: "healthy", mrr: "critical" });
  await addVenture("worried", "active", { growth_rate: "critical", cash_runway: "warning" });
  await addVenture("gone", "exited", { growth_rate: "critical" });
  await addVenture("uneasy", "active", { cash_runway: "warning" });
  await db.stageRecord.createMany({
    data: [
      { ventureId: ids.calm ?? "", ordinal: 1, enteredAt: NOW, endedAt: NOW, openSubstages: ["40.3"] },
      { ventureId: ids.calm ?? "", ordinal: 2, enteredAt: NOW, openSubstages: ["40.1"] },
    ],
  });
});

describe("the ventures", () => {
  test("those that need attention come first, exited ones last, and are counted", async () => {
    const { rows, total, critical } = await listNeedingAttention(chairman, 3);
    expect(rows.map((row) => row.slug)).toEqual(["worried", "uneasy", "calm"]);
    expect({ total, critical }).toEqual({ total: 4, critical: 1 });
  });

  test("a list reads the small copy, a venture's page everything", async () => {
    const [calm] = await listPortfolio(chairman, parseView({}), NOW);
    expect(Object.keys(calm?.measures ?? {})).toEqual(["growth_rate"]);
    expect(calm?.openSubstages).toEqual(["40.1"]);
    const own = await findVentureRow(chairman, ids.calm ?? "");
    expect(Object.keys(own?.measures ?? {}).sort()).toEqual(["growth_rate", "mrr"]);
  });

  test("a comparison has every measure, in the order that was asked for, of what may be seen", async () => {
    const rows = await listCompared(chairman, ["worried", "nowhere", "calm"]);
    expect(rows.map(({ slug, measures }) => [slug, Object.keys(measures).sort()])).toEqual([
      ["worried", ["cash_runway", "growth_rate"]],
      ["calm", ["growth_rate", "mrr"]],
    ]);
    const narrow = actor("analyst", [ids.calm ?? ""]);
    expect((await listCompared(narrow, ["worried", "calm"])).map(({ slug }) => slug)).toEqual(["calm"]);
  });

  test("a snapshot written again is counted again", async () => {
    await db.ventureSnapshot.update({
      where: { ventureId: ids.uneasy ?? "" },
      data: { measures: { growth_rate: measure("excellent") } },
    });
    const row = await db.ventureSnapshot.findUniqueOrThrow({ where: { ventureId: ids.uneasy ?? "" } });
    expect({ critical: row.critical, warning: row.warning }).toEqual({ critical: 0, warning: 0 });
  });

  test("nobody sees more than they may", async () => {
    const narrow = actor("analyst", [ids.calm ?? ""]);
    expect((await listPortfolio(narrow, parseView({}), NOW)).map((row) => row.slug)).toEqual(["calm"]);
    expect(await findVentureRow(narrow, ids.gone ?? "")).toBeNull();
    await expect(getVentureBrief(narrow, ids.gone ?? "", NOW)).rejects.toThrow("NOT_FOUND");
    await expect(listPortfolio(actor("admin"), parseView({}), NOW)).rejects.toThrow("FORBIDDEN");
    await expect(listDecisions(actor("guest"), 5, null)).rejects.toThrow("FORBIDDEN");
  });
});

test("alerts stand until they are cleared, the gravest first", async () => {
  const alert = (causeKey: string, severity: string, clearedAt: Date | null = null) => ({
    ...{ causeKey, severity, clearedAt, kind: "x", title: causeKey, detail: "", raisedAt: NOW },
    ventureId: ids.calm ?? "",
  });
  await db.alert.createMany({
    data: [alert("b", "warning"), alert("a", "critical"), alert("over", "critical", NOW), alert("c", "info")],
  });
  expect((await listStandingAlerts(chairman, 2)).map((row) => [row.title, row.figure])).toEqual([
    ["a", null],
    ["b", null],
  ]);
  const runway = { ...alert("runway", "critical"), kind: "runway-low", raisedAt: new Date(NOW.getTime() + 1) };
  await db.alert.create({ data: runway });
  const measures = { cash_runway: { id: "f", revision: 2, value: "4", level: { word: "urgent" }, spark: [] } };
  await db.ventureSnapshot.update({ where: { ventureId: ids.calm ?? "" }, data: { measures } });
  const [first] = await listStandingAlerts(chairman, 1);
  expect(first?.figure, "its number as it is now").toEqual({ id: "f", revision: 2, value: "4" });
  expect(await listStandingAlerts(actor("analyst", [ids.gone ?? ""]), 9)).toEqual([]);
});

test("news is what others did in the ventures since", async () => {
  const happened = (type: string, by: string, at: Date, slug: string) =>
    db.$transaction((tx) =>
      recordEvent(tx, { ventureId: ids[slug] ?? null, type, actor: by, subject: "x", payload: {}, at }),
    );
  await happened("import.applied", "user:analyst", new Date("2026-11-20T00:00:00Z"), "calm");
  await happened("memo.proposed", "agent:growth", NOW, "calm");
  await happened("memo.approved", "user:chairman", NOW, "calm");
  await happened("session.started", "user:analyst", NOW, "nobody's");
  const since = await listNews(chairman, new Date("2026-11-21T00:00:00Z"), 9);
  expect(since.map((event) => [event.type, event.venture?.slug])).toEqual([["memo.proposed", "calm"]]);
  expect(await listNews(chairman, null, 9)).toHaveLength(2);
  expect(await listNews(actor("analyst", [ids.gone ?? ""]), null, 9)).toEqual([]);
});

test("decisions are verdicts that closed a memo, page by page; what waits is counted", async () => {
  const [first = "", second = ""] = [
    await addMemo("calm", new Date("2026-12-01")),
    await addMemo("gone", new Date("2026-12-02")),
  ];
  await addMemo("calm", new Date("2026-11-01"));
  expect((await getFrame(chairman, NOW)).waiting).toBe(2);
  expect((await getFrame(actor("analyst", [ids.gone ?? ""]), NOW)).waiting).toBe(1);
  expect((await getFrame(actor("admin"), NOW)).waiting).toBe(0);
  const verdict = (memoId: string, kind: string, version: number) =>
    db.verdict.create({
      data: { memoId, version, verdict: kind, note: "why", decidedBy: "user:chairman", decidedAt: NOW },
    });
  await verdict(first, "question", 1);
  await verdict(first, "first-approval", 2);
  await verdict(first, "approved", 3);
  await verdict(second, "rejected", 1);
  const reopened = {
    type: "memo.reopened",
    actor: "user:chairman",
    subject: `memo:${second}`,
    payload: { version: 2 },
  };
  await db.$transaction((tx) => recordEvent(tx, { ...reopened, ventureId: ids.gone ?? null, at: NOW }));
  const page = await listDecisions(chairman, 1, null);
  expect(page.decisions.map((row) => [row.verdict, row.venture.slug, row.takenBack])).toEqual([
    ["rejected", "gone", true],
  ]);
  const rest = await listDecisions(chairman, 2, page.next);
  const ofTwo = [
    ["approved", "Memo of calm"],
    ["first-approval", "Memo of calm"],
  ];
  expect(rest.decisions.map((row) => [row.verdict, row.title])).toEqual(ofTwo);
  expect(rest.decisions.map((row) => row.takenBack)).toEqual([false, false]);
  expect(rest.next).toBeNull();
});

/** Five ventures of a house of their own: what each is asked for by, and in which order they stand. */
describe("the portfolio", () => {
  const only: string[] = [];
  let owner = "";
  type Given = { growth?: string; runway?: string | null; valuation?: string };
  const number = (value: string | null, unit: string, reason?: string) => ({
    ...{ id: "0".repeat(16), revision: 1, value, unit, label: "x", reason, spark: [] },
    level: { word: "x", tone: value?.startsWith("-") ? "critical" : "healthy" },
  });

  async function add(slug: string, venture: object, { growth, runway, valuation }: Given): Promise<void> {
    const settings = { create: slug === "p-ebro" ? { profile: "aggressive" as const, autonomy: "auto" as const } : {} };
    const { id } = await db.venture.create({ data: { ...place, slug, name: slug, settings, ...venture } });
    only.push(id);
    const measures = {
      ...(growth === undefined ? {} : { growth_rate: number(growth, "ratio") }),
      ...(runway === undefined ? {} : { cash_runway: number(runway, "months", runway ? undefined : "not-burning") }),
      ...(valuation === undefined ? {} : { valuation: number(valuation, "EUR") }),
    };
    const day = { asOf: NOW, computedAt: NOW, freshnessDays: 3, freshness: "fresh", contradictions: 0 };
    await db.ventureSnapshot.create({ data: { ventureId: id, measures, ...day } });
  }

  beforeAll(async () => {
    const user = { email: "owner@portfolio.example", name: "Olga Owner", role: "analyst" as const };
    owner = (await db.user.create({ data: user })).id;
    const sector = "Health";
    await add(
      "p-aare",
      { name: "Äare", sector, ownerId: owner },
      { growth: "0.05", runway: "12", valuation: "1000000" },
    );
    await add("p-bode", { name: "bode", currency: "USD" }, { growth: "-0.1", runway: null, valuation: "1050000" });
    await add("p-cher", { name: "Cher", stage: "active" }, { growth: "0.3", runway: "5.5", valuation: "900000" });
    await add("p-donau", { name: "Donau" }, {});
    await add("p-ebro", { name: "Ebro", currency: "CHF" }, { growth: "0.0499", valuation: "9000000" });
    const ventureId = only[2] ?? "";
    await db.stageRecord.create({ data: { ventureId, ordinal: 1, enteredAt: NOW, openSubstages: ["40.1", "40.2"] } });
    const rate = { base: "EUR", quote: "USD", day: new Date("2026-11-20"), rate: "1.1", source: "ECB" };
    await db.fxRate.create({ data: { ...rate, asOf: NOW, recordedAt: NOW, recordedBy: "user:x" } });
  });
  const shown = async (asked: Record<string, string>) =>
    (await listPortfolio(actor("analyst", only), parseView(asked), NOW)).map(({ slug }) => slug.slice(2)).join(" ");

  test.each([
    [{}, "aare bode cher donau ebro"],
    [{ order: "descending" }, "ebro donau cher bode aare"],
    [{ q: "AARE" }, "aare"],
    [{ q: "äare health" }, "aare"],
    [{ q: "aare usd" }, ""],
    [{ stage: "mature" }, "aare bode donau ebro"],
    [{ stage: "active" }, "cher"],
    [{ stage: "40.2" }, "cher"],
    [{ stage: "40.3" }, ""],
    [{ level: "critical" }, "bode"],
    [{ level: "unknown" }, "donau"],
    [{ profile: "aggressive" }, "ebro"],
    [{ autonomy: "assisted" }, "aare bode cher donau"],
    [{ owner: "nobody" }, "bode cher donau ebro"],
    [{ sector: "Health" }, "aare"],
    // Both ends belong to it; what is unknown is outside.
    [{ "growth-from": "5" }, "aare cher"],
    [{ "growth-to": "4,99" }, "bode ebro"],
    [{ "runway-from": "12" }, "aare bode"],
    [{ "runway-to": "12" }, "aare cher"],
    // 1 M EUR is 1.1 M US$; for CHF no rate is stored.
    [{ "valuation-from": "1.05" }, "aare bode"],
    [{ only: "p-ebro,p-aare" }, "aare ebro"],
    // Unknown is last in both directions.
    [{ sort: "growth" }, "bode ebro aare cher donau"],
    [{ sort: "growth", order: "descending" }, "cher aare ebro bode donau"],
    [{ sort: "runway", order: "descending" }, "bode aare cher donau ebro"],
    [{ sort: "valuation", order: "descending" }, "aare bode cher donau ebro"],
    [{ sort: "level" }, "bode aare cher ebro donau"],
    [{ sort: "owner" }, "aare bode cher donau ebro"],
    [{ sort: "profile" }, "aare bode cher donau ebro"],
    [{ sort: "stage", order: "descending" }, "cher aare bode donau ebro"],
  ])("asked for %j it shows %j", async (asked, expected) => {
    expect(await shown(asked)).toBe(expected);
  });

  test("every order is one that the database knows", async () => {
    for (const sort of SORT_KEYS) expect((await shown({ sort, owner })).length).toBeGreaterThan(0);
  });

  test("a page past the end is the last, and the filters offer what there is", async () => {
    const one = actor("analyst", only);
    const page = await getPortfolioPage(one, parseView({ page: "9", "growth-from": "5" }), NOW);
    expect(page).toMatchObject({ page: 1, pages: 1, found: 2, first: 1 });
    expect(page.rows.map((row) => row.owner)).toEqual(["Olga Owner", null]);
    expect(await getPortfolioPage(one, parseView({ q: "nothing" }), NOW)).toMatchObject({
      found: 0,
      first: 0,
      pages: 1,
    });
    expect(await listPortfolioChoices(one)).toEqual({
      ...{ sectors: ["Health", "Robotics"], any: true },
      owners: [{ id: owner, name: "Olga Owner" }],
      views: [],
    });
  });
});
