import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { Exact, fromMinor } from "@/lib/money";
import { completenessOf, type IndexState } from "./completeness";

const PREFIX = "data-room.";
export const isRoomMethod = (method: string): boolean => method.startsWith(PREFIX);
export const roomDataset = (roomId: string): string => `data-room:${roomId}`;

export type RoomScope = { roomId: string; ventureId: string; version: number; asOf: string; rows: number };
export type Effect = { priceEffectMinor: bigint | null; currency: string; status: string };

const source = ({ ventureId, roomId, version, rows }: RoomScope): FigureSource[] => [
  { kind: "dataset", ventureId, dataset: roomDataset(roomId), version, rows, filter: { roomId } },
];

/** Of a section, or of the room (`section` null): required items that are there or said not to exist ÷ required items. */
export function completenessFigure(scope: RoomScope, section: number | null, items: readonly IndexState[]): Figure {
  const { required, satisfied } = completenessOf(items);
  const value = required === 0 ? null : new Exact(satisfied).div(required).toSignificantDigits(15).toFixed();
  return makeFigure({
    label: section === null ? "Data room completeness" : `Completeness of section ${section}`,
    ...{ value, unit: "ratio", asOf: scope.asOf, sources: source(scope) },
    ...(value === null ? { reason: "no-data" } : {}),
    method: `${PREFIX}completeness@1`,
    formula: `required items with a document in force, or said not to exist with a reason (${satisfied}) ÷ required items (${required})`,
    inputs: { room: { value: scope.roomId }, section: { value: section }, day: { value: scope.asOf } },
  });
}

/** What open findings take off the price, together; those without an amount are counted, not guessed. */
export function priceEffectFigure(scope: RoomScope, currency: string, findings: readonly Effect[]): Figure {
  const open = findings.filter(({ status }) => status === "open");
  const known = open.flatMap(({ priceEffectMinor }) => (priceEffectMinor === null ? [] : [priceEffectMinor]));
  const mixed = open.some((one) => one.currency !== currency);
  const value = mixed
    ? null
    : fromMinor(
        known.reduce((sum, one) => sum + one, 0n),
        currency,
      ).toFixed();
  return makeFigure({
    label: "Price effect of open findings",
    ...{ value, unit: currency, asOf: scope.asOf, sources: source(scope) },
    ...(mixed ? { reason: "mixed-currencies" } : {}),
    method: `${PREFIX}price-effect@1`,
    formula: `Σ price effect of open findings (${known.length} with an amount, ${open.length - known.length} without)`,
    inputs: { room: { value: scope.roomId } },
  });
}
