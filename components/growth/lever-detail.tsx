import { FigureValue } from "@/components/figures/figure-value";
import { Disclosure } from "@/components/ui/disclosure";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { formatDay, plural } from "@/lib/format";
import { DISTRIBUTIONS } from "@/lib/growth/rules/levers/lever-outcome";
import { CHOICE_REASONS, CONFIDENCE_REASONS, LEVER_DISPROOF } from "@/lib/growth/schema";
import { LeverPropose } from "./lever-propose";
import type { LeverRow } from "./lever-views";
import { anchorOf, deedOf } from "./lever-words";

type LeverDetailProps = {
  ventureId: string;
  row: LeverRow;
  /** Deeds by the id of the lever, for what one needs or excludes. */
  deeds: ReadonlyMap<string, string>;
  mayPropose: boolean;
  show: (figure: Figure) => FigureView;
};

/** Everything about one lever: what was measured, its range, what would disprove it, and the way to the chairman. */
export function LeverDetail({ ventureId, row, deeds, mayPropose, show }: LeverDetailProps) {
  const { lever, figures, choice } = row;
  const title = deedOf(lever.kind, lever.subject);
  const named = (ids: readonly string[]) => ids.map((id) => deeds.get(id) ?? id).join("; ");
  const lines: [string, React.ReactNode][] = [
    [figures.measure.label, <FigureValue key="m" figure={show(figures.measure)} />],
    [figures.against.label, <FigureValue key="a" figure={show(figures.against)} />],
    ["Revenue, standard error of the median", <FigureValue key="e" figure={show(figures.effectError)} />],
    ["Return, low to high", <ReturnRange key="r" row={row} show={show} />],
    ["Shows after", plural(lever.monthsToEffect, "month")],
    ["Confidence", `${lever.confidence}. ${CONFIDENCE_REASONS[lever.confidenceReason]}`],
    ["What would disprove it", LEVER_DISPROOF[lever.kind]],
    ["Chosen or not", choice ? CHOICE_REASONS[choice.reason] : "Not known"],
    ...(lever.benchmark ? [["Benchmark", benchmarkText(lever.benchmark)] as [string, React.ReactNode]] : []),
    ...(choice && choice.needs.length > 0 ? [["Needs first", named(choice.needs)] as [string, React.ReactNode]] : []),
    ...(choice && choice.excludes.length > 0
      ? [["Not together with", named(choice.excludes)] as [string, React.ReactNode]]
      : []),
  ];
  return (
    <div>
      <Disclosure summary={title}>
        <div id={anchorOf(lever.id)} className="grid scroll-mt-12 gap-4">
          <dl className="grid gap-x-8 sm:grid-cols-2">
            {lines.map(([name, value]) => (
              <div key={name} className="border-b border-line py-1">
                <dt className="text-sm text-muted">{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className="prose-width text-sm text-muted">
            What is not known is drawn: {Object.values(DISTRIBUTIONS).join(". ")}.
          </p>
          {mayPropose && choice?.reason !== "under-way" ? (
            <div>
              <LeverPropose ventureId={ventureId} leverId={lever.id} title={title} />
            </div>
          ) : null}
        </div>
      </Disclosure>
    </div>
  );
}

function ReturnRange({ row: { figures }, show }: { row: LeverRow; show: (figure: Figure) => FigureView }) {
  return (
    <>
      <FigureValue figure={show(figures.roiLow)} /> to <FigureValue figure={show(figures.roiHigh)} />
    </>
  );
}

const benchmarkText = ({ source, sampleSize, asOf }: { source: string; sampleSize: number; asOf: string }): string =>
  `${source}, ${plural(sampleSize, "company", "companies")}, ${formatDay(asOf)}`;
