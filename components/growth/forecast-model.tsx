import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { plural } from "@/lib/format";
import type { ForecastModel, ForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
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

const MEASURES: readonly { key: string; label: string; meaning: string }[] = [
  {
    key: "versus_naive",
    label: "Error against “as last month”",
    meaning: "Below 100 % is closer than the last value carried on",
  },
  {
    key: "versus_seasonal_naive",
    label: "Error against “as a year before”",
    meaning: "Below 100 % is closer than the same month of the year before",
  },
  {
    key: "mase",
    label: "Scaled error (MASE)",
    meaning: "Below 100 % is closer than the naive forecast was inside the months it learnt from",
  },
  {
    key: "coverage|0.8",
    label: "Measured coverage, nominal 80 %",
    meaning: "Part of the values that lay inside; lower than nominal: trust the interval less",
  },
  { key: "coverage|0.95", label: "Measured coverage, nominal 95 %", meaning: "As above" },
  {
    key: "wide_coverage|0.8",
    label: "Coverage widened by past errors, nominal 80 %",
    meaning: "The interval that is shown, tried at later months by what had come until then",
  },
  { key: "wide_coverage|0.95", label: "Coverage widened by past errors, nominal 95 %", meaning: "As above" },
];

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
        {MEASURES.map(({ key, label, meaning }) => (
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
