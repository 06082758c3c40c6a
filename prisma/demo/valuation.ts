import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { excludeComparable, importComparables } from "@/lib/market/mutations/comparables";
import { listComparables } from "@/lib/market/queries/comparables";
import { keepValuation } from "@/lib/valuation/mutations/keep";
import { findVentureValuation } from "@/lib/valuation/queries/page";
import type { ValuationInputs } from "@/lib/valuation/schema/venture";

const MADE_UP = "Made up for the demo";
const METRIC = "Revenue, last 12 months";

type Told = {
  /** Traded peers by their multiple relative to the venture's; the last is an outlier. */
  peers: readonly [name: string, part: number][];
  sales: readonly [name: string, part: number, date: string][];
  /** How sure the investors' return is: a narrow one leaves the methods nothing in common. */
  returnSpread: string;
  excluded: { name: string; reason: string };
};

/** Ventures that are prepared or sold: made up, as everything in the demo is, around the value that is stored for them. */
const VALUED: Readonly<Record<string, Told>> = {
  "meridian-robotics": {
    peers: [
      ["Palletine Automation", 0.74],
      ["Ostra Motion", 0.89],
      ["Granholm Robotics", 0.98],
      ["Seriate Systems", 1.08],
      ["Kobayashi Handling", 1.23],
      ["Vexillum Drones", 1.49],
      ["Helix Autonomy", 4.6],
      ["Tannery Conveyors", 0.31],
    ],
    sales: [
      ["Fjordtek to Granholm", 0.86, "2026-06-12"],
      ["Armature Labs to Ostra", 0.97, "2026-02-03"],
      ["Lumbra Sorting to a fund", 1.06, "2025-11-18"],
      ["Steadypick to Kobayashi", 1.22, "2025-08-29"],
      ["Corvid Cells to Palletine", 1.37, "2025-04-10"],
      ["Anvil Arms to a fund", 1.9, "2022-01-20"],
    ],
    returnSpread: "0.05",
    excluded: { name: "Tannery Conveyors", reason: "Sells conveyors by weight; no software in the price" },
  },
  "northwind-data": {
    peers: [
      ["Brackish Data", 0.78],
      ["Catenary", 0.9],
      ["Luminant Lineage", 1.0],
      ["Quillstream", 1.06],
      ["Tesserae Cloud", 1.25],
      ["Oxbow Analytics", 1.52],
      ["Paragon Compute", 5.1],
    ],
    sales: [
      ["Rillwater to Catenary", 0.88, "2026-08-04"],
      ["Syncline to a fund", 1.0, "2026-03-17"],
      ["Deltaform to Tesserae", 1.08, "2025-12-09"],
      ["Kettle ETL to Oxbow", 1.31, "2025-05-22"],
    ],
    returnSpread: "0.01",
    excluded: { name: "Paragon Compute", reason: "Sells processors; data software is a tenth of it" },
  },
};

const rounded = (amount: number): string => String(Math.round(amount));

function comparablesCsv({ peers, sales }: Told, multiple: number): string {
  const line = (kind: string, name: string, part: number, date: string) =>
    `${kind},${name},"${METRIC}",${(multiple * part).toFixed(2)},${date},${MADE_UP}`;
  return [
    "kind,name,metric,multiple,date,source",
    ...peers.map(([name, part]) => line("trading", name, part, "2026-10-30")),
    ...sales.map(([name, part, date]) => line("precedent", name, part, date)),
  ].join("\n");
}

/** Inputs that come to about the stored value: a plan, peers, sales, an investor's view and three scenarios. */
function inputsFor(start: ValuationInputs, equity: number, told: Told): ValuationInputs {
  const { methods, bridge } = start;
  const debt = Math.round(equity * 0.04);
  const enterprise = equity + debt - Number(bridge.cash);
  const flows = [0.05, 0.065, 0.08, 0.095, 0.11].map((part) => rounded(enterprise * part));
  const made = { used: true, source: MADE_UP };
  return {
    ...start,
    methods: {
      ...methods,
      dcf: {
        ...{ ...methods.dcf, ...made, freeCashFlows: flows, metric: rounded(enterprise * 0.14) },
        ...{ riskFree: "0.03", beta: "1.2", equityRiskPremium: "0.055", premium: "0.04" },
        ...{ growth: "0.03", multiple: "9.5", spread: "0.015" },
      },
      trading: { ...methods.trading, used: true, metricName: METRIC },
      precedents: { ...methods.precedents, used: true, metricName: METRIC, staleAfterDays: "730" },
      ventureCapital: {
        ...{ ...methods.ventureCapital, ...made, exitValue: rounded(equity * 2.2), years: "4", targetReturn: "0.22" },
        ...{ investment: rounded(equity * 0.05), laterDilution: ["0.1"], spread: told.returnSpread },
      },
      firstChicago: {
        ...{ ...methods.firstChicago, ...made, spread: "0.03" },
        scenarios: [
          { name: "Success", probability: "0.35", exitValue: rounded(enterprise * 2.5), years: "3", rate: "0.15" },
          { name: "Survival", probability: "0.45", exitValue: rounded(enterprise * 1.3), years: "3", rate: "0.15" },
          { name: "Failure", probability: "0.2", exitValue: rounded(enterprise * 0.3), years: "3", rate: "0.15" },
        ],
      },
    },
    bridge: { ...bridge, debt: String(debt) },
    simulation: {
      ...start.simulation,
      source: MADE_UP,
      correlation: [
        [1, 0.3, -0.4, 0],
        [0.3, 1, 0.4, 0.3],
        [-0.4, 0.4, 1, 0.2],
        [0, 0.3, 0.2, 1],
      ],
    },
  };
}

/** Comparables, and two versions of a valuation. Safe to repeat. */
async function seedOne(analyst: Actor, ventureId: string, told: Told): Promise<void> {
  const start = await findVentureValuation(analyst, ventureId, clock.now());
  const stored = await db.metricPoint.findFirst({
    where: { ventureId, metric: "valuation", supersededAt: null },
    orderBy: { periodStart: "desc" },
  });
  if (!start || start.version > 0 || !stored) return;
  const inputs = inputsFor(start.inputs, Number(stored.value), told);
  const { debt, cash } = inputs.bridge;
  const multiple = (Number(stored.value) + Number(debt) - Number(cash)) / Number(inputs.methods.trading.metric);
  const loaded = await importComparables(analyst, { ventureId, csv: comparablesCsv(told, multiple) }, clock.now());
  if (!loaded.ok) throw new Error(`Comparables were refused: ${JSON.stringify(loaded.problems)}`);
  const left = (await listComparables(analyst, ventureId)).find(({ name }) => name === told.excluded.name);
  if (left) await excludeComparable(analyst, { id: left.id, reason: told.excluded.reason }, clock.now());
  const first = structuredClone(inputs);
  first.methods.dcf.growth = "0.02";
  const [success] = first.methods.firstChicago.scenarios;
  if (success) success.exitValue = rounded(Number(success.exitValue) * 0.9);
  first.methods.precedents.staleAfterDays = "1825";
  await keep(analyst, ventureId, 0, "First look, for the preparation of the sale", first);
  await keep(
    analyst,
    ventureId,
    1,
    "Success and growth as the board sees them; sales of five years ago left out",
    inputs,
  );
}

async function keep(analyst: Actor, ventureId: string, version: number, reason: string, inputs: ValuationInputs) {
  const kept = await keepValuation(analyst, { ventureId, version, reason, inputs }, clock.now());
  if (!kept.ok) throw new Error(`A valuation was refused: ${kept.refusal} ${JSON.stringify(kept.problems ?? [])}`);
}

export async function seedValuations({ analyst }: { analyst: Actor }): Promise<void> {
  for (const [slug, told] of Object.entries(VALUED)) {
    const venture = await db.venture.findUnique({ where: { slug }, select: { id: true } });
    if (venture) await seedOne(analyst, venture.id, told);
  }
}
