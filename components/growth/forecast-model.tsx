import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { plural } from "@/lib/format";
import type { ForecastModel, ForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import { ACCURACY_MEASURES } from "@/lib/growth/schema/venture-forecast";
import { MODEL_REASONS, modelWords } from "./forecast-words";

const PARAMETER_WORDS: Readonly<Record<string, string>> = {
  alpha: "level, alpha",
  beta: "trend, beta",
  gamma: "season, gamma",
  phi: "damping, phi",
};

/** Which model was chosen, on what, and the numbers that were estimated. */
export function ForecastModelPanel({ model }: { model: ForecastModel }) {
  return (
    <div className="grid gap-2">
      <p className="prose-width">
        {modelWords(model.name)} ({model.name}), on {plural(model.months, "month")}
        {model.season ? "" : "; no season, since less than two years are known"}.
        {model.leftOut > 0 ? ` ${plural(model.leftOut, "month")} before a gap were left out.` : ""}
      </p>
      {model.by ? <p className="prose-width text-muted">This is {model.by}.</p> : null}
      {model.reason ? <p className="prose-width text-muted">{MODEL_REASONS[model.reason] ?? model.reason}</p> : null}
      {model.parameters.length > 0 ? (
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
          {model.parameters.map(({ name, figure }) => (
            <div key={name} className="flex gap-2">
              <dt className="text-muted">{PARAMETER_WORDS[name] ?? name}</dt>
              <dd>
                <FigureValue figure={figure} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

/** How the method would have done at past months, beside the two naive forecasts. */
export function ForecastAccuracy({ accuracy }: Pick<ForecastPage, "accuracy">) {
  return (
    <Table caption="How it would have done at past months" compact>
      <TableHead>
        <TableHeadCell>Measure</TableHeadCell>
        <TableHeadCell numeric>Value</TableHeadCell>
        <TableHeadCell>How to read it</TableHeadCell>
      </TableHead>
      <TableBody>
        {ACCURACY_MEASURES.map(({ key, label, meaning }) => (
          <TableRow key={key}>
            <TableRowHead>{label}</TableRowHead>
            <TableCell numeric>
              <Known figure={accuracy[key]} />
            </TableCell>
            <TableCell className="text-sm text-muted">{meaning}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const Known = ({ figure }: { figure: ForecastPage["accuracy"][string] | undefined }): ReactNode =>
  figure ? <FigureValue figure={figure} /> : "unknown";
