import "server-only";
import { clock } from "@/lib/clock";
import type { Tx } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { measureEffect } from "./initiative-effect";
import { loadStanding, todayAt } from "./initiative-standing";

type Stored = { figure: Figure; ventureId: string | null };

const textInput = (figure: Figure, name: string): string | null => {
  const input = figure.inputs[name];
  return input && "value" in input && typeof input.value === "string" ? input.value : null;
};

/** A figure of an initiative from the facts as they are now: where it stands, or what a review date measures. */
export async function recomputeInitiativeFigure(tx: Tx, { figure }: Stored): Promise<Figure[] | null> {
  const [id, reviewOn] = [textInput(figure, "initiative"), textInput(figure, "review")];
  const row = id === null ? null : await tx.initiative.findUnique({ where: { id } });
  if (!row) return null;
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: row.ventureId }, select: { timeZone: true } });
  // Where it stands is asked of today; what a review measured is asked of that day again.
  const today = todayAt(venture.timeZone, clock.now());
  const figures = reviewOn
    ? Object.values((await measureEffect(tx, row, reviewOn)).figures)
    : Object.values((await loadStanding(tx, row, today)).figures);
  const again = figures.find((candidate) => candidate.id === figure.id);
  if (!again) return null;
  const below = figures.filter((one) =>
    Object.values(again.inputs).some((input) => "figure" in input && input.figure === one.id),
  );
  const deeper = figures.filter((one) =>
    below.some((mid) => Object.values(mid.inputs).some((input) => "figure" in input && input.figure === one.id)),
  );
  return [...new Set([...deeper, ...below, again])];
}
