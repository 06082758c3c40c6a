import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db";
import type { Figure, FigureAsk } from "@/lib/figures/schema";
import { balancesOn, ledgerScope } from "../queries";
import { balanceFigure, trancheFigures, trialFigures } from "../rules/ledger-figures";
import { trancheAmounts } from "./tranches";

const args = z.object({ day: z.iso.date() });

async function figuresOn(tx: Tx, ventureId: string, day: string): Promise<Figure[]> {
  const [scope, balances] = [await ledgerScope(tx, ventureId, day), await balancesOn(tx, ventureId, day)];
  const tranches = await trancheAmounts(tx, ventureId);
  return [
    ...balances.map((balance) => balanceFigure(scope, balance)),
    ...trialFigures(scope, balances),
    ...tranches.flatMap((tranche) => {
      const { owed, free } = trancheFigures(scope, tranche);
      return [owed, free];
    }),
  ];
}

/** How the figures of a ledger are made when somebody opens one. */
export async function ledgerFiguresOn(tx: Tx, venture: string, asked: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = args.safeParse(asked);
  return read.success ? figuresOn(tx, venture, read.data.day) : null;
}

/** For the recompute registry: as of the same day, from what is posted now. */
export async function recomputeLedgerFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  if (!ventureId) return null;
  const figures = await figuresOn(tx, ventureId, figure.asOf);
  return figures.some(({ id }) => id === figure.id) ? figures : null;
}
