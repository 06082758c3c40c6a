import { DriverTornado, type TornadoBar } from "@/components/growth/driver-tornado";
import type { FigureView } from "@/lib/figures/schema";
import { formatNumber, formatRatio } from "@/lib/format";
import { DRIVER_WORDS } from "./words";

type Row = { name: string; low: string; high: string };

const ends = ({ name, low, high }: Row): string =>
  name === "multiple"
    ? `${formatNumber(low, { decimals: 1 })}× to ${formatNumber(high, { decimals: 1 })}×`
    : `${formatRatio(low)} to ${formatRatio(high)}`;

/** One driver at a time, largest first. */
export function ValueTornado({
  figures,
  rows,
}: {
  figures: Readonly<Record<string, FigureView>>;
  rows: readonly Row[];
}) {
  const bars = rows.flatMap((row): TornadoBar[] => {
    const [down, up] = [figures[`tornado.${row.name}.low`], figures[`tornado.${row.name}.high`]];
    if (!down || !up) return [];
    return [{ id: row.name, label: `${DRIVER_WORDS[row.name] ?? row.name}, ${ends(row)}`, up, down }];
  });
  if (bars.length === 0) return <p className="text-muted">The discounted cash flow has no value to be moved.</p>;
  const title = `${DRIVER_WORDS[bars[0]?.id ?? ""] ?? "One driver"} moves the value most`;
  return <DriverTornado title={title} summary={title} bars={bars} note={NOTE} columns={["Lower", "Higher"]} />;
}

const NOTE = "One driver at a time; the others stay as they are. Filled: the higher value; outlined: the lower.";
