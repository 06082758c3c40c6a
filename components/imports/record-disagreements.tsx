import { BelieveDialog } from "@/components/metrics/believe-dialog";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { Disagreement } from "@/lib/customers/queries/disagreeing";
import { formatExactMoney, plural } from "@/lib/format";
import { fromMinor } from "@/lib/money";

type Props = { ventureId: string; disagreements: readonly Disagreement[]; mayCorrect: boolean };

/** Subscriptions and invoices that two sources hold differently, and the choice of the one that figures believe. */
export function RecordDisagreements({ ventureId, disagreements, mayCorrect }: Props) {
  return (
    <div className="grid gap-6 *:min-w-0">
      {disagreements.map((one) => (
        <OneKind key={one.kind} ventureId={ventureId} disagreement={one} mayCorrect={mayCorrect} />
      ))}
    </div>
  );
}

const NAMES = { subscriptions: "Subscriptions", invoices: "Invoices" } as const;

type OneKindProps = { ventureId: string; disagreement: Disagreement; mayCorrect: boolean };

function OneKind({ ventureId, disagreement, mayCorrect }: OneKindProps) {
  const { kind, count, sources, believed, examples } = disagreement;
  const name = NAMES[kind];
  return (
    <div className="grid gap-2 *:min-w-0">
      <p className="flex flex-wrap items-baseline justify-between gap-3">
        <span>
          <span className="font-medium">{name}</span>: {plural(count, "id")} that{" "}
          {sources.map((one) => one.name).join(" and ")} hold differently.{" "}
          {believed
            ? `${believed.name} is believed.`
            : "Nobody has said which source to believe; figures over them are unknown."}
        </span>
        {mayCorrect ? (
          <BelieveDialog
            ventureId={ventureId}
            metric={kind}
            name={name.toLowerCase()}
            believed={believed?.id ?? null}
            sources={sources}
          />
        ) : null}
      </p>
      <Table caption={`${name}: what each source says`} compact>
        <TableHead>
          <TableHeadCell>Id</TableHeadCell>
          {sources.map((source) => (
            <TableHeadCell key={source.id}>{source.name}</TableHeadCell>
          ))}
        </TableHead>
        <TableBody>
          {examples.map(({ externalId, values }) => (
            <TableRow key={externalId}>
              <TableRowHead>{externalId}</TableRowHead>
              {sources.map((source) => {
                const own = values.find((value) => value.sourceId === source.id);
                const differing = own ? saidDifferently(own.says, values) : "–";
                return <TableCell key={source.id}>{differing}</TableCell>;
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {count > examples.length ? (
        <p className="text-sm text-muted">
          The first {examples.length} of {count}.
        </p>
      ) : null}
    </div>
  );
}

type Says = Readonly<Record<string, string | null>>;

const LABELS: Readonly<Record<string, string>> = { amountMinor: "amount" };

/** Only what the sources say differently: "amount €120.00, ends 2026-03-31". */
function saidDifferently(own: Says, values: readonly { says: Says }[]): string {
  const keys = Object.keys(own).filter((key) => new Set(values.map(({ says }) => says[key])).size > 1);
  return keys
    .map((key) => {
      const value = own[key];
      const currency = own.currency ?? "EUR";
      const money =
        key === "amountMinor" && value ? formatExactMoney(fromMinor(BigInt(value), currency), currency) : null;
      return `${LABELS[key] ?? key} ${money ?? value ?? "–"}`;
    })
    .join(", ");
}
