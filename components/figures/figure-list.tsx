import { classNames } from "@/components/ui/class-names";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { FigureValue } from "./figure-value";

type FigureListProps = {
  lines: readonly { part: string; name: string }[];
  figures: Readonly<Record<string, FigureView | undefined>>;
  /** At the head of a page. */
  large?: boolean;
  /** Classes of the columns, for as many lines as there are. */
  columns: string;
};

/** Figures by name, each with the reason where it is unknown; a part that is not there is left out. */
export function FigureList({ lines, figures, large = false, columns }: FigureListProps) {
  return (
    <dl className={classNames("grid grid-cols-2 gap-x-8 gap-y-2 sm:grid-cols-3", columns)}>
      {lines.map(({ part, name }) => {
        const figure = figures[part];
        return figure ? (
          <div key={part} className="border-b border-line py-1">
            <dt className="text-sm text-muted">{name}</dt>
            <dd className={large ? "text-lg" : ""}>
              <FigureValue figure={figure} />
            </dd>
            {figure.value === null ? (
              <p className="text-sm text-muted">{REASON_SENTENCES[figure.reason ?? ""] ?? figure.reason}</p>
            ) : null}
          </div>
        ) : null;
      })}
    </dl>
  );
}
