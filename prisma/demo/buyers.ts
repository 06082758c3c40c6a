import type { Actor } from "@/lib/auth/actor";
import { FIT_CRITERIA, type FitCriterion } from "@/lib/buyers/schema";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { applyImport, importFile } from "@/lib/imports/mutations";

type Told = {
  name: string;
  kind: "strategic" | "financial" | "management";
  country: string;
  sectors: string;
  currency: string;
  /** In millions; of a fund what it has not drawn. */
  cash: number | null;
  debt: number | null;
  ebitda: number | null;
  deals: number | null;
  asOf: string;
  source: string;
  claims: Partial<Record<FitCriterion, readonly [score: number, claim: string, tier: "A" | "B" | "C"]>>;
};

/** Who may buy the ventures that are prepared or sold: made up, as everything in the demo is. */
const BUYERS: Readonly<Record<string, readonly Told[]>> = {
  "meridian-robotics": [
    {
      name: "Granholm Robotics AB",
      kind: "strategic",
      country: "SE",
      sectors: "industrial robots;logistics",
      currency: "EUR",
      cash: 640,
      debt: 210,
      ebitda: 190,
      deals: 5,
      asOf: "2026-06-30",
      source: "Annual report 2025",
      claims: {
        overlap: [4, "Sells arms to the same warehouses, has no picking software", "A"],
        speed: [3, "Closed its last two purchases within five months", "B"],
        relationship: [3, "Met twice at board level this year", "B"],
        antitrust: [3, "Shares below ten per cent in every country", "B"],
      },
    },
    {
      name: "Kobayashi Handling KK",
      kind: "strategic",
      country: "JP",
      sectors: "material handling",
      currency: "JPY",
      cash: 98000,
      debt: 30000,
      ebitda: 41000,
      deals: 4,
      asOf: "2026-03-31",
      source: "Annual report 2025",
      claims: {
        overlap: [4, "Buys picking cells from a rival today", "A"],
        speed: [1, "Group approval takes nine months", "B"],
        relationship: [2, "Joint pilot in Nagoya", "B"],
        antitrust: [4, "No overlap in products", "B"],
      },
    },
    {
      name: "Ostra Motion SpA",
      kind: "strategic",
      country: "IT",
      sectors: "drives;motion control",
      currency: "EUR",
      cash: 120,
      debt: 260,
      ebitda: 95,
      deals: 2,
      asOf: "2026-06-30",
      source: "Annual report 2025",
      claims: {
        overlap: [3, "Drives are a third of each cell", "B"],
        speed: [2, "Family board decides quarterly", "C"],
        relationship: [1, "Supplier since 2021", "B"],
        antitrust: [4, "No overlap in products", "B"],
      },
    },
    {
      name: "Seriate Systems Inc",
      kind: "strategic",
      country: "US",
      sectors: "warehouse software",
      currency: "USD",
      cash: 410,
      debt: 0,
      ebitda: 120,
      deals: 7,
      asOf: "2026-06-30",
      source: "Form 10-Q",
      claims: {
        overlap: [3, "Warehouse software without robots of its own", "A"],
        speed: [3, "Signed three purchases in 2026", "A"],
        relationship: [2, "Common customers in Ohio", "B"],
        antitrust: [3, "Small share in both markets", "B"],
      },
    },
    {
      name: "Palletine Automation SE",
      kind: "strategic",
      country: "DE",
      sectors: "palletizing",
      currency: "EUR",
      cash: 75,
      debt: 40,
      ebitda: 38,
      deals: 1,
      asOf: "2025-12-31",
      source: "Register of companies",
      claims: {
        overlap: [4, "The nearest rival in palletizing", "A"],
        relationship: [1, "Competes in every tender", "B"],
        antitrust: [1, "Together above forty per cent in Germany", "B"],
      },
    },
    {
      name: "Helix Autonomy Ltd",
      kind: "strategic",
      country: "GB",
      sectors: "mobile robots",
      currency: "GBP",
      cash: 28,
      debt: 55,
      ebitda: 4,
      deals: 1,
      asOf: "2026-03-31",
      source: "Companies House filing",
      claims: {
        overlap: [3, "Mobile base without an arm", "B"],
        relationship: [2, "Founders know each other", "C"],
        antitrust: [4, "No overlap in products", "C"],
      },
    },
    {
      name: "Armature Industrial Partners",
      kind: "financial",
      country: "US",
      sectors: "industrial technology",
      currency: "USD",
      cash: 2400,
      debt: null,
      ebitda: null,
      deals: 8,
      asOf: "2026-06-30",
      source: "Fund letter",
      claims: {
        overlap: [2, "Owns a conveyor maker", "A"],
        speed: [4, "Own money, no syndicate needed", "B"],
        relationship: [3, "Tried to invest in 2024", "A"],
        antitrust: [4, "None", "B"],
      },
    },
    {
      name: "Fjordkap Growth IV",
      kind: "financial",
      country: "NO",
      sectors: "software;robotics",
      currency: "EUR",
      cash: 900,
      debt: null,
      ebitda: null,
      deals: 6,
      asOf: "2026-03-31",
      source: "Fund report",
      claims: {
        overlap: [1, "No company near it", "B"],
        speed: [3, "Two committee meetings", "B"],
        relationship: [2, "Met at a conference", "C"],
        antitrust: [4, "None", "B"],
      },
    },
    {
      name: "Corvid Capital",
      kind: "financial",
      country: "FR",
      sectors: "mid-market industry",
      currency: "EUR",
      cash: 350,
      debt: null,
      ebitda: null,
      deals: 3,
      asOf: "2025-09-30",
      source: "Fund report",
      claims: {
        overlap: [2, "Owns a systems integrator", "B"],
        speed: [2, "Needs debt from two banks", "C"],
        antitrust: [4, "None", "C"],
      },
    },
    {
      name: "Steadypick Holdings",
      kind: "strategic",
      country: "NL",
      sectors: "order picking",
      currency: "EUR",
      cash: null,
      debt: null,
      ebitda: null,
      deals: null,
      asOf: "2026-01-31",
      source: "Trade press",
      claims: { overlap: [4, "Runs sixty picking sites", "B"], relationship: [3, "Largest pilot customer", "A"] },
    },
    {
      name: "Tannery Conveyors GmbH",
      kind: "strategic",
      country: "DE",
      sectors: "conveyors",
      currency: "EUR",
      cash: 9,
      debt: 22,
      ebitda: 3,
      deals: 0,
      asOf: "2025-12-31",
      source: "Register of companies",
      claims: { overlap: [1, "Conveyors by weight, no software", "B"], antitrust: [4, "No overlap in products", "B"] },
    },
    {
      name: "Management of Meridian",
      kind: "management",
      country: "DE",
      sectors: "",
      currency: "EUR",
      cash: 6,
      debt: null,
      ebitda: null,
      deals: 0,
      asOf: "2026-09-30",
      source: "Talk with the managing director",
      claims: {
        overlap: [2, "Knows every customer", "B"],
        speed: [2, "Needs a partner with money", "C"],
        relationship: [4, "They run it", "A"],
      },
    },
    {
      name: "Vexillum Drones SAS",
      kind: "strategic",
      country: "FR",
      sectors: "drones",
      currency: "EUR",
      cash: 15,
      debt: 10,
      ebitda: 2,
      deals: 0,
      asOf: "2026-02-28",
      source: "Trade press",
      claims: { overlap: [1, "Drones for stock taking", "B"] },
    },
  ],
  "northwind-data": [
    {
      name: "Tesserae Cloud Inc",
      kind: "strategic",
      country: "US",
      sectors: "data platforms",
      currency: "USD",
      cash: 1900,
      debt: 300,
      ebitda: 420,
      deals: 9,
      asOf: "2026-06-30",
      source: "Form 10-Q",
      claims: {
        overlap: [4, "Has no lineage of its own and says so to analysts", "A"],
        speed: [3, "Four purchases in 2026", "A"],
        relationship: [3, "Listed in its marketplace", "A"],
        antitrust: [4, "Small share", "B"],
      },
    },
    {
      name: "Oxbow Analytics plc",
      kind: "strategic",
      country: "GB",
      sectors: "business intelligence",
      currency: "GBP",
      cash: 240,
      debt: 60,
      ebitda: 85,
      deals: 4,
      asOf: "2026-03-31",
      source: "Annual report 2025",
      claims: {
        overlap: [3, "Customers ask for pipelines beside reports", "B"],
        speed: [2, "Shareholders vote above a tenth of its value", "A"],
        relationship: [2, "Met twice", "B"],
        antitrust: [4, "No overlap in products", "B"],
      },
    },
    {
      name: "Quillstream BV",
      kind: "strategic",
      country: "NL",
      sectors: "streaming data",
      currency: "EUR",
      cash: 35,
      debt: 5,
      ebitda: 9,
      deals: 2,
      asOf: "2025-12-31",
      source: "Register of companies",
      claims: {
        overlap: [4, "The same buyers, streaming where Northwind is batch", "B"],
        relationship: [2, "Founders know each other", "C"],
        antitrust: [4, "None", "C"],
      },
    },
    {
      name: "Brackish Data Inc",
      kind: "strategic",
      country: "US",
      sectors: "data quality",
      currency: "USD",
      cash: 60,
      debt: 20,
      ebitda: 14,
      deals: 3,
      asOf: "2026-06-30",
      source: "Investor letter",
      claims: {
        overlap: [3, "Quality rules on top of pipelines", "B"],
        speed: [3, "Board of three", "C"],
        antitrust: [4, "None", "B"],
      },
    },
    {
      name: "Catenary Software GmbH",
      kind: "strategic",
      country: "DE",
      sectors: "integration",
      currency: "EUR",
      cash: 90,
      debt: 40,
      ebitda: 32,
      deals: 5,
      asOf: "2025-12-31",
      source: "Annual report 2025",
      claims: {
        overlap: [3, "Bought one such product already", "A"],
        speed: [3, "Signed in four months last time", "B"],
        relationship: [1, "A talk in 2023", "C"],
        antitrust: [3, "Together a tenth of the market", "B"],
      },
    },
    {
      name: "Harrow Software Partners",
      kind: "financial",
      country: "US",
      sectors: "software",
      currency: "USD",
      cash: 5200,
      debt: null,
      ebitda: null,
      deals: 11,
      asOf: "2026-06-30",
      source: "Fund letter",
      claims: {
        overlap: [2, "Owns a data catalogue", "A"],
        speed: [4, "Signs within eight weeks", "B"],
        relationship: [3, "Wrote to us in September", "A"],
        antitrust: [4, "None", "B"],
      },
    },
    {
      name: "Syncline Equity III",
      kind: "financial",
      country: "US",
      sectors: "data infrastructure",
      currency: "USD",
      cash: 780,
      debt: null,
      ebitda: null,
      deals: 5,
      asOf: "2026-03-31",
      source: "Fund report",
      claims: {
        overlap: [3, "Sold such a company in 2024", "A"],
        speed: [3, "Own analysts", "B"],
        relationship: [1, "Common adviser", "C"],
        antitrust: [4, "None", "B"],
      },
    },
    {
      name: "Kettle Capital",
      kind: "financial",
      country: "CA",
      sectors: "software",
      currency: "CAD",
      cash: 140,
      debt: null,
      ebitda: null,
      deals: 2,
      asOf: "2025-06-30",
      source: "Fund report",
      claims: { overlap: [1, "No company near it", "B"], speed: [2, "Small team", "C"] },
    },
    {
      name: "Paragon Compute Corp",
      kind: "strategic",
      country: "US",
      sectors: "processors",
      currency: "USD",
      cash: 14000,
      debt: 9000,
      ebitda: 5100,
      deals: 3,
      asOf: "2026-06-30",
      source: "Form 10-Q",
      claims: {
        overlap: [1, "Data software is a tenth of it", "A"],
        speed: [1, "A year from first talk to signature", "B"],
        antitrust: [2, "Under review elsewhere", "B"],
      },
    },
    {
      name: "Luminant Lineage Ltd",
      kind: "strategic",
      country: "IE",
      sectors: "data lineage",
      currency: "EUR",
      cash: null,
      debt: null,
      ebitda: null,
      deals: null,
      asOf: "2026-01-31",
      source: "Trade press",
      claims: {
        overlap: [4, "The nearest rival", "B"],
        antitrust: [0, "Together most of the market for lineage", "B"],
      },
    },
  ],
};

const quoted = (text: string | number | null): string =>
  text === null ? "" : `"${String(text).replaceAll('"', '""')}"`;
const millions = (amount: number | null): string => (amount === null ? "" : String(amount * 1_000_000));

/** The file of one venture's list, as an analyst's research would have it. */
export function buyersFile(slug: string): string {
  const heads = FIT_CRITERIA.flatMap((criterion) => [criterion, `${criterion} claim`, `${criterion} evidence`]);
  const head = [
    "Buyer",
    "Kind",
    "Country",
    "Sectors",
    "Currency",
    "Cash",
    "Debt",
    "EBITDA",
    "Acquisitions in 36 months",
  ];
  const lines = (BUYERS[slug] ?? []).map((one) => [
    ...[one.name, one.kind, one.country, one.sectors, one.currency].map(quoted),
    ...[millions(one.cash), millions(one.debt), millions(one.ebitda), quoted(one.deals), one.asOf, quoted(one.source)],
    ...FIT_CRITERIA.flatMap((criterion) => (one.claims[criterion] ?? ["", "", ""]).map(quoted)),
  ]);
  return [[...head, "As of", "Source", ...heads], ...lines].map((line) => line.join(",")).join("\n");
}

/** The list of each, through the importer. Safe to repeat. */
export async function seedBuyers({ analyst }: { analyst: Actor }): Promise<void> {
  for (const slug of Object.keys(BUYERS)) {
    const venture = await db.venture.findUnique({ where: { slug }, select: { id: true } });
    if (!venture || (await db.buyerListing.count({ where: { ventureId: venture.id } })) > 0) continue;
    const file = { fileName: `${slug}-buyers.csv`, bytes: new TextEncoder().encode(buyersFile(slug)) };
    const about = { ventureId: venture.id, kind: "buyers" as const, sourceName: "Buyer research", asOf: clock.now() };
    const looked = await importFile(analyst, { ...about, ...file }, clock.now());
    if (!looked.ok || looked.value.counts.rejected > 0)
      throw new Error(`The buyers of ${slug} were refused: ${looked.ok ? "rows were rejected" : looked.refusal}`);
    await applyImport(analyst, looked.value.importId, clock.now());
  }
}
