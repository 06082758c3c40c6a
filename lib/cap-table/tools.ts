import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { payment } from "@/lib/distribution/rules/exact";
import { exactOf } from "@/lib/distribution/rules/rates";
import { ok, refuse } from "@/lib/errors";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { type Described, givenFigures, givenInputs } from "@/lib/metrics/rules/given-figures";
import { known } from "@/lib/metrics/rules/measure";
import type { StoredCapTable } from "./queries";
import { holdings, outstandingOf, ranks, stockOf, toWaterfallClasses } from "./rules/classes";
import type { CapTable } from "./rules/positions";
import { vesting } from "./rules/vesting";
import { positionsInput, positionsOutput, vestingInput, vestingOutput } from "./schema";
import { termTools } from "./tools/computing";

const VESTING_FIGURES: readonly Described[] = [
  { name: "vested", label: "Vested shares", unit: "shares", formula: "Σ tranches up to and with the day" },
  { name: "unvested", label: "Unvested shares", unit: "shares", formula: "grant − vested" },
];

const vestingTool = defineTool({
  name: "cap-table.vesting",
  description:
    "Vested and unvested shares of a grant on a day, and its whole schedule, from Open Cap Format vesting terms.",
  input: vestingInput,
  output: vestingOutput,
  effect: "read",
  pure: true,
  reads: ["pure"],
  writes: [],
  run: (input) => {
    const { vestingTerms, grant, asOf } = input;
    const outcome = vesting(vestingTerms, grant, asOf);
    if (!outcome.ok) return outcome;
    const { vested, unvested, schedule, expires, warnings } = outcome.value;
    const rows = schedule.map(({ date, shares, conditionId }) => ({ date, shares: payment(shares), conditionId }));
    return ok({
      result: { vested: payment(vested), unvested: payment(unvested), schedule: rows, expires },
      figures: givenFigures(
        { vested: known(exactOf(vested)), unvested: known(exactOf(unvested)) },
        VESTING_FIGURES,
        givenInputs(input),
        asOf,
        "cap-table",
      ),
      conventions: {
        allocation: vestingTerms.allocation_type,
        rounding: "half up",
        monthEnds: "months are counted from the start day each time and clamped to the end of a shorter month",
        choice: "of several conditions that may come next the earliest counts, on the same day the first listed",
        events: "an event counts from the day on which its condition may trigger",
        asOf: "the day itself is included",
      },
      warnings,
    });
  },
});

function outstandingFigures(table: CapTable, stored: StoredCapTable, ventureId: string, today: string): Figure[] {
  return table.classes.map(({ definition }) =>
    makeFigure({
      label: `${definition.name} outstanding`,
      value: String(payment(outstandingOf(stockOf(table, definition.id)))),
      unit: "shares",
      asOf: table.asOf ?? table.lastTransactionOn ?? stored.package?.asOf ?? today,
      method: "cap-table.outstanding@1",
      formula: "Σ issued − transferred, cancelled, repurchased, converted, retracted, over the securities of the class",
      inputs: { class: { value: definition.id }, asOf: { value: table.asOf }, venture: { value: ventureId } },
      sources: [
        {
          kind: "dataset",
          ventureId,
          dataset: "cap-table",
          version: stored.version,
          rows: stored.objects,
          filter: { stock_class_id: definition.id },
        },
      ],
    }),
  );
}

const positionsTool = defineTool({
  name: "cap-table.positions",
  description:
    "Who holds what on a day, the classes with their rank, what the charter must still answer, and the classes for distribution.waterfall.",
  input: positionsInput,
  output: positionsOutput,
  effect: "read",
  pure: false,
  reads: ["cap-table"],
  writes: [],
  run: async ({ ventureId, asOf }, call) => {
    if (!call.actor) return refuse("FORBIDDEN", [{ path: "", expected: "someone who is signed in" }]);
    // Only here, so that the pure tools of this file load without a database.
    const { getCapTable } = await import("./queries");
    const stored = await getCapTable(call.actor, ventureId, asOf);
    const { table, questions } = stored;
    if (!stored.package || !table)
      return refuse("NO_DATA", [{ path: "ventureId", expected: "a venture with an imported cap table" }]);
    const rank = ranks(table);
    const classes = toWaterfallClasses(table, stored.terms, {
      ...{ terms: stored.convertibles, dividends: stored.dividends },
      day: asOf ?? call.now.toISOString().slice(0, 10),
    });
    const reason = classes.ok
      ? null
      : (classes.problems ?? []).map(({ path, expected }) => `${path}: ${expected}`).join("; ");
    return ok({
      result: {
        issuerName: stored.package.issuerName,
        asOf: table.asOf,
        holders: holdings(table).map((row) => ({ ...row, quantity: payment(row.quantity) })),
        classes: table.classes.map(({ definition }) => ({
          id: definition.id,
          name: definition.name,
          type: definition.class_type,
          rank: rank.get(definition.id) ?? null,
          outstanding: payment(outstandingOf(stockOf(table, definition.id))),
        })),
        openQuestions: questions.map(({ classId, topic, question }) => ({ classId, topic, question })),
        problems: [...table.problems],
        waterfallClasses: classes.ok ? classes.value : null,
        ...(reason ? { reasons: { waterfallClasses: reason } } : {}),
      },
      figures: outstandingFigures(table, stored, ventureId, call.now.toISOString().slice(0, 10)),
      conventions: {
        order: "transactions by date, in file order within a day",
        rank: "1 is paid first; Open Cap Format's higher seniority",
        options: "all outstanding count, vested or not; expired ones do not",
        ...(classes.ok && {
          safe: "cap over all shares and options outstanding, as converted; a discount alone is amount ÷ (1 − discount), its top-up behind all preferred; without either, money back",
          note: "principal and simple interest, actual days ÷ 365, or conversion at cap ÷ the same shares",
        }),
      },
      warnings: table.problems.map(({ path, message }) => `${path}: ${message}`),
    });
  },
});

/** Arithmetic over what the caller gives. */
export const capTableComputingTools: readonly Tool[] = [...([vestingTool] as unknown as Tool[]), ...termTools];
/** Over the stored cap table. */
export const capTableStoredTools: readonly Tool[] = [positionsTool] as unknown as Tool[];
