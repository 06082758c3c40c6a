import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";

const METHOD = "stage.exit.qualified_buyers@1";
export const isExitMethod = (method: string): boolean => method === METHOD;

/** Of all candidates of a venture those on the short or priority list or that signed the NDA, without who declined. */
export const QUALIFIED_RULE = "Candidates on the short or priority list, or with a signed NDA, that have not declined";

type Candidate = { tier: string; stage: string };
export const isQualified = ({ tier, stage }: Candidate): boolean =>
  stage !== "declined" && tier !== "out" && (tier === "priority" || tier === "short" || stage !== "identified");

type Scope = { ventureId: string; today: string; candidates: number; version: number };

export const qualifiedFigure = ({ ventureId, today, candidates, version }: Scope, qualified: number | null): Figure =>
  makeFigure({
    ...{ label: "Qualified buyers", unit: "count", asOf: today, method: METHOD, formula: QUALIFIED_RULE },
    value: qualified === null ? null : String(qualified),
    ...(qualified === null ? { reason: "no-data" } : {}),
    inputs: { venture: { value: ventureId }, day: { value: today } },
    sources: [{ kind: "dataset", ventureId, dataset: "buyers", version, rows: candidates, filter: {} }],
  });
