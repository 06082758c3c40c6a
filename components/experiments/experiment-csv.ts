import Papa from "papaparse";
import type { ExperimentDetail } from "@/lib/experiments/queries";

/** Every figure that the page shows, exact, with its id; nothing of a result that is hidden. */
export function experimentCsv({ head, views, through }: ExperimentDetail): string {
  const rows = Object.entries(views).map(([key, figure]) => {
    const [measure = "", metric = "", arm = ""] = key.split(":");
    return {
      ...{ experiment: head.name, through: through ?? "", measure, metric, arm, label: figure.label },
      ...{
        value: figure.value ?? "",
        unit: figure.unit,
        reason: figure.reason ?? "",
        figure: figure.id,
        revision: figure.revision,
      },
    };
  });
  // Without it a spreadsheet would run a name that begins with "=".
  return Papa.unparse(rows, { escapeFormulae: true, newline: "\r\n" });
}
