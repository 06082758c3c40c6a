import type { Figure } from "@/lib/figures/schema";
import { type Column, cell, column, type Formula, minus, plus, total } from "@/lib/reports/rules/sheet-formula";
import type { ModelInput, ModelStep, ReportModel } from "@/lib/reports/schema/model";
import { type Split, unitText } from "../split/split";
import { BRIDGE_LINES, splitPart } from "../split/split-figures";
import type { FundsFlow } from "./funds-flow";

type Facts = { split: Split; flow: FundsFlow; figures: readonly Figure[]; currency: string; digits: number };
type Section<T> = { title: string; rows: T[] };

const sumIn = ({ text, values }: Column): Formula => ({
  ...{ text: `SUM(${text})`, value: values.reduce((all, value) => all + value, 0) },
});

/** A sheet that is written line by line: what was put in by section, and sums as formulas over it. */
function sheetIn(currency: string) {
  const inputs: Section<ModelInput>[] = [];
  const steps: Section<ModelStep>[] = [];
  return {
    ...{ inputs, steps },
    open: (title: string) => steps.push({ title, rows: [] }),
    from: (title: string, source: string) => {
      const rows: ModelInput[] = [];
      inputs.push({ title, rows });
      return (key: string, label: string, value: string): Formula => {
        rows.push({ key, label, value, unit: currency, source });
        return cell(key, Number(value));
      };
    },
    step: (key: string, label: string, { text, value }: Formula): Formula => {
      steps.at(-1)?.rows.push({ key, label, unit: currency, formula: text, result: value });
      return cell(key, value);
    },
  };
}
type Sheet = ReturnType<typeof sheetIn>;

function writeBridge({ from }: Sheet, { split, digits }: Facts): (key: string) => Formula {
  const term = from("Terms", "the offer, in the currency of the cap table");
  const bridge = Object.fromEntries(
    BRIDGE_LINES.filter(([key]) => key !== "equity" && key !== "closing").map(([key, label]) => [
      key,
      term(key.toLowerCase(), label, split.bridge[key].toString(digits + 1)),
    ]),
  );
  return (key) => bridge[key] ?? { text: "0", value: 0 };
}

const cellKey = (of: string, key: string): string => `${of}_${key.replace(/\W/g, "_")}`;

/** What the waterfall says and a sheet cannot compute: uses that are no holder's, holders, and other sources. */
function writeGiven({ from }: Sheet, { flow, digits }: Facts) {
  const of = (units: bigint) => unitText(units, digits);
  const use = from("Uses that are no holder’s", "the split, which a sheet cannot compute");
  const others = flow.uses
    .filter(({ key }) => key === "carve-out" || key.endsWith("-out"))
    .map(({ key, label, units }) => use(cellKey("use", key), label, of(units)));
  const columnOf = (key: string, title: string, amount: (one: FundsFlow["holders"][number]) => bigint): Column => {
    const add = from(title, "the waterfall, which a sheet cannot compute");
    const rows = flow.holders.map((one, index) => add(`${key}_${index + 1}`, one.name, of(amount(one))));
    return column(
      flow.holders.map((_, index) => `${key}_${index + 1}`),
      rows.map(({ value }) => value),
    );
  };
  const due = columnOf("due", "Holders: their part of the closing", ({ closing }) => closing);
  const tax = columnOf("tax", "Holders: tax withheld", ({ withheld }) => withheld);
  const paper = columnOf("paper", "Holders: in stock and rollover", (one) => one.paper);
  const give = from("Sources other than the buyer’s cash", "as kept with the split");
  const given = flow.sources
    .filter(({ key }) => key !== "buyer")
    .map(({ key, party, units }) => give(cellKey("source", key), party, of(units)));
  return { others, due, tax, paper, given };
}
type Given = ReturnType<typeof writeGiven>;

function writeHolders({ open, step }: Sheet, { flow }: Facts, { due, tax, paper }: Given): void {
  open("Cash to each holder");
  flow.holders.forEach(({ name }, index) => {
    const own = (key: string, { values }: Column) => cell(`${key}_${index + 1}`, values[index] ?? 0);
    step(`cash_${index + 1}`, name, minus(minus(own("due", due), own("tax", tax)), own("paper", paper)));
  });
}

/** The statement as a workbook computes it again: what was put in, each sum as a formula, and cells that must be zero. */
export function fundsFlowModel(facts: Facts): ReportModel {
  const { split, flow, figures, currency, digits } = facts;
  const sheet = sheetIn(currency);
  const { open, step } = sheet;
  const at = writeBridge(sheet, facts);
  const given = writeGiven(sheet, facts);
  open("From the price to the closing");
  const plusses = plus(plus(at("price"), at("cash")), at("workingCapital"));
  const minuses = total([at("earnOuts"), at("vendorNote"), at("debt"), at("costs")]);
  const equity = step("equity", "Equity proceeds", minus(plusses, minuses));
  const closing = step("closing", "Paid at closing", minus(minus(equity, at("escrow")), at("holdback")));
  writeHolders(sheet, facts, given);
  open("Sources and uses");
  const { due, tax, paper, others } = given;
  const taxes = step("taxes", "Tax withheld", sumIn(tax));
  const cash = step("cash_holders", "Cash to holders", minus(minus(sumIn(due), taxes), sumIn(paper)));
  const paid = [at("debt"), at("costs"), at("escrow"), at("holdback"), taxes, cash, ...others];
  const uses = step("uses", "Uses", total(paid));
  const financed = given.given.length > 0 ? total(given.given) : { text: "0", value: 0 };
  const buyer = step("buyer", "Cash of the buyer", minus(uses, financed));
  const sources = step("sources", "Sources", plus(buyer, financed));
  open("Must be zero");
  step("check_balance", "Sources − uses", minus(sources, uses));
  step("check_price", "Uses − equity, debt and costs", minus(uses, total([equity, at("debt"), at("costs")])));
  const carved = others[0] && split.carveOut.closing > 0n ? others[0] : { text: "0", value: 0 };
  step("check_closing", "Closing − holders and carve-out", minus(closing, plus(sumIn(due), carved)));
  const filled = <T>(all: Section<T>[]) => all.filter(({ rows }) => rows.length > 0);
  const sections = { inputs: filled(sheet.inputs), steps: filled(sheet.steps) };
  return { kind: "model", title: "Funds-flow model", ...sections, checks: checksOf(figures, flow, halfUnit(digits)) };
}

/** What is paid agrees to the minor unit, whatever its size. */
const halfUnit = (digits: number): string => (0.5 / 10 ** digits).toFixed(digits + 1);

function checksOf(figures: readonly Figure[], flow: FundsFlow, within: string): ReportModel["checks"] {
  const byPart = new Map(figures.map((figure) => [splitPart(figure), figure]));
  const pairs: [part: string, step: string][] = [
    ["equity", "equity"],
    ["closing", "closing"],
    ["flow.total", "uses"],
    ["flow.total", "sources"],
    ["flow.source.buyer", "buyer"],
    ...flow.holders.map(({ id }, index): [string, string] => [`flow.use.holder.${id}`, `cash_${index + 1}`]),
  ];
  return pairs.flatMap(([part, step]) => {
    const figure = byPart.get(part);
    return figure ? [{ label: figure.label, step, figure: figure.id, within }] : [];
  });
}
