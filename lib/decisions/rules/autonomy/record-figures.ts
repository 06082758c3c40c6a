import { makeFigure } from "@/lib/figures/rules";
import { type Figure, SHARED_DATA, type Unit } from "@/lib/figures/schema";
import type { AgentRecord } from "./record";

const METHOD = "decisions.agent-record.";
export const isAgentRecordMethod = (method: string): boolean => method.startsWith(METHOD);

export const RECORD_PARTS = ["settled", "right", "wouldExecute", "agreed", "brier", "limit"] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];

type Part = {
  label: string;
  unit: Unit;
  formula: string;
  value: (record: AgentRecord, limitUsd: number | null) => number | null;
};

const PARTS: Readonly<Record<RecordPart, Part>> = {
  settled: {
    ...{ label: "Settled proposals", unit: "count" },
    formula: "Proposals that a person answered, or that stood thirty days as automatic decisions",
    value: ({ settled }) => settled,
  },
  right: {
    ...{ label: "Proposals that were right", unit: "count" },
    formula: "Settled proposals approved as they were, or left standing, and neither reversed nor measurably worse",
    value: ({ right }) => right,
  },
  wouldExecute: {
    ...{ label: "Auto would have carried out", unit: "count" },
    formula: "Proposals that a person answered and that auto would have carried out by itself",
    value: ({ shadow }) => shadow.wouldExecute,
  },
  agreed: {
    ...{ label: "A person did the same as auto", unit: "count" },
    formula: "Of those that auto would have carried out: approved as they were, and not reversed",
    value: ({ shadow }) => shadow.agreed,
  },
  brier: {
    ...{ label: "Brier score of the stated confidence", unit: "text" },
    formula: "Mean of (stated confidence − 1 where it was right, 0 where not)²; a coin scores 0.25",
    value: ({ brier }) => brier,
  },
  limit: {
    ...{ label: "Largest commitment approved as proposed", unit: "USD" },
    formula: "The largest commitment, in US dollars, that a person approved as it was proposed; at most 50,000",
    value: (_, limitUsd) => limitUsd,
  },
};

/** The record of an agent with a class of action, number by number, as it was counted on that day. */
export function recordFigures(record: AgentRecord, limitUsd: number | null, asOf: string): Figure[] {
  const { agent, actionClass, proposals } = record;
  return RECORD_PARTS.filter((part) => part !== "limit" || limitUsd !== null).map((part) => {
    const { value, ...words } = PARTS[part];
    const counted = value(record, limitUsd);
    return makeFigure({
      ...{ ...words, asOf, method: `${METHOD}${part}@1` },
      value: counted === null ? null : `${Math.round(counted * 10_000) / 10_000}`,
      ...(counted === null ? { reason: "no-outcomes-yet" } : {}),
      inputs: { agent: { value: agent }, actionClass: { value: actionClass } },
      sources: [
        {
          ...{ kind: "dataset" as const, ventureId: SHARED_DATA, dataset: "agent-record", version: 0, rows: proposals },
          filter: { agent, actionClass },
        },
      ],
    });
  });
}
