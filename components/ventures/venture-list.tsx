import { Sparkline } from "@/components/charts/sparkline";
import { ExportMenu } from "@/components/reports/export-menu";
import { Level } from "@/components/ui/level";
import { queryOf } from "@/lib/reports/schema/portfolio-view";
import { LevelledFigure } from "./levelled-figure";
import { type LineColumn, type LinePage, LineTable } from "./line-table";
import { stageWords } from "./stage-words";
import { worstLevel } from "./venture-line";

const COLUMNS: readonly LineColumn[] = [
  { key: "sector", by: "sector", label: "Sector", className: "text-muted", cell: (line) => line.sector },
  {
    key: "stage",
    by: "stage",
    label: "Stage",
    className: "whitespace-nowrap",
    cell: (line) => stageWords(line.stage, line.openSubstages),
  },
  {
    key: "growth",
    by: "growth",
    label: "Growth",
    numeric: true,
    cell: (line) => <LevelledFigure of={line.figures.growth} />,
  },
  {
    key: "trend",
    by: null,
    label: <span className="sr-only">Growth over twelve months</span>,
    cell: (line) => <Sparkline values={line.trend} label={`Growth rate of ${line.name} over twelve months`} />,
  },
  {
    key: "level",
    by: null,
    label: "Worst level",
    cell: (line) => (
      <>
        <Level level={worstLevel(line)} />
        {line.contradictions > 0 ? <span className="ml-2 text-sm text-muted">sources disagree</span> : null}
      </>
    ),
  },
];

/** Who they are and where they stand; the numbers side by side are on the portfolio. */
export function VentureList(props: LinePage) {
  return (
    <LineTable
      caption="Ventures"
      tools={<ExportMenu table="portfolio" of="the ventures" query={queryOf(props.view)} />}
      columns={COLUMNS}
      {...props}
    />
  );
}
