import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { dayWords } from "@/lib/metrics/rules/periods";
import type { Assessment } from "./assessment";
import { type ChangeLine, changesBetween, type Shape, shapeOf, totalOf } from "./history";

/** A kept day that today is compared with. */
export type Since = { day: string; shape: Shape };
/** Why a criterion counts otherwise: the data moved, a person scored it anew, its evidence grew old, or nobody says. */
export type ChangeCause = "data" | "person" | "decay" | "withdrawn";
export type ExplainedChange = ChangeLine & { cause: ChangeCause; points: Figure };

type Scope = { ventureId: string; today: string };

function causeOf({ criterion, after }: ChangeLine, { lines }: Assessment, since: Since): ChangeCause {
  const line = lines.find((one) => one.criterion.id === criterion);
  if (after === null || !line) return "withdrawn";
  if (line.answeredBy === "data") return "data";
  return line.stale && line.given && line.given.scoredOn <= since.day ? "decay" : "person";
}

/** What each change alone did to the total, the largest first: as it is, less what it would be with this criterion as it counted then. */
export function explainedChanges(since: Since, assessment: Assessment, { ventureId, today }: Scope): ExplainedChange[] {
  const now = shapeOf(assessment);
  const total = totalOf(now.criteria);
  const explained = changesBetween(since.shape, now).map((line): ExplainedChange => {
    const without = totalOf({ ...now.criteria, [line.criterion]: line.before });
    const score = assessment.lines.find((one) => one.criterion.id === line.criterion)?.figure;
    const points = makeFigure({
      label: `Points since ${dayWords(since.day)}: ${line.label}`,
      value: total && without ? total.minus(without).toDecimalPlaces(6).toFixed() : null,
      ...(total && without ? {} : { reason: "coverage-below-70" }),
      ...{ unit: "score", asOf: today, method: "readiness.change@1", sources: [] },
      formula: `Exit readiness now − exit readiness with this criterion as it counted on ${dayWords(since.day)} and all others as now`,
      inputs: {
        ...{ venture: { value: ventureId }, day: { value: today }, since: { value: since.day } },
        criterion: { value: line.criterion },
        before: { value: line.before, label: "Score of 4 as it counted then" },
        now: { figure: assessment.score.id, label: "Exit readiness" },
        ...(score ? { score: { figure: score.id, label: line.label } } : {}),
      },
    });
    return { ...line, cause: causeOf(line, assessment, since), points };
  });
  const size = ({ points: { value } }: ExplainedChange): number => Math.abs(Number(value ?? 0));
  return explained.sort((one, other) => size(other) - size(one));
}
