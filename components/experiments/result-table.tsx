import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { ExperimentDetail } from "@/lib/experiments/queries";
import { goalMovement, guardrailMovement } from "@/lib/experiments/rules/ship-rule";
import type { Comparison } from "@/lib/experiments/rules/standing";
import { GUARD_WORDS, MOVEMENT_WORDS, ROLE_WORDS } from "./words";

type Views = ExperimentDetail["views"];

function Cell({ views, name }: { views: Views; name: string }) {
  const figure = views[name];
  return <TableCell numeric>{figure ? <FigureValue figure={figure} /> : "–"}</TableCell>;
}

/** Every comparison with its figures, and what each means. */
export function ResultTable({ detail }: { detail: ExperimentDetail }) {
  const { head, standing, views } = detail;
  const bayesian = head.method === "bayesian";
  const level = `${Number(((1 - head.design.alpha) * 100).toPrecision(6))} %`;
  return (
    <Table caption="Results by metric and arm" className="min-w-0">
      <TableHead>
        <TableHeadCell>Metric</TableHeadCell>
        <TableHeadCell>Role</TableHeadCell>
        <TableHeadCell>Arm</TableHeadCell>
        <TableHeadCell numeric>Control</TableHeadCell>
        <TableHeadCell numeric>Arm's value</TableHeadCell>
        <TableHeadCell numeric>Change</TableHeadCell>
        <TableHeadCell numeric>{level} from</TableHeadCell>
        <TableHeadCell numeric>to</TableHeadCell>
        <TableHeadCell numeric>{bayesian ? "Chance it is higher" : "p-value"}</TableHeadCell>
        <TableHeadCell numeric>{bayesian ? "Risk of shipping" : "Adjusted"}</TableHeadCell>
        <TableHeadCell>Means</TableHeadCell>
      </TableHead>
      <TableBody>
        {standing.comparisons.map((one) => {
          const at = `${one.metric.key}:${one.arm.key}`;
          const control = head.design.arms[0]?.key ?? "";
          return (
            <TableRow key={at}>
              <TableRowHead>{one.metric.name}</TableRowHead>
              <TableCell>{ROLE_WORDS[one.metric.role]}</TableCell>
              <TableCell>{one.arm.name}</TableCell>
              <Cell views={views} name={`value:${one.metric.key}:${control}`} />
              <Cell views={views} name={`value:${at}`} />
              <Cell views={views} name={`estimate:${at}`} />
              <Cell views={views} name={`low:${at}`} />
              <Cell views={views} name={`high:${at}`} />
              <Cell views={views} name={bayesian ? `chanceToWin:${at}` : `pValue:${at}`} />
              <Cell views={views} name={bayesian ? `risk:${at}` : `adjusted:${at}`} />
              <TableCell>
                <Means one={one} detail={detail} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function Means({ one, detail }: { one: Comparison; detail: ExperimentDetail }) {
  const { design, method } = detail.head;
  const said =
    one.metric.role === "guardrail"
      ? GUARD_WORDS[guardrailMovement(one)]
      : MOVEMENT_WORDS[goalMovement(one, design, method)];
  return <Level level={said.level} word={said.word} />;
}
