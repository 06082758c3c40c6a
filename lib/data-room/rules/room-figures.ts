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

/** A document that ends within so many days wants to be replaced while there is time. */
export const SOON_DAYS = 60;

export type RoomState = {
  requests: readonly { status: string; dueOn: string | null }[];
  findings: readonly { status: string }[];
  documents: readonly { expiresOn: string | null }[];
};

const MEASURES: readonly {
  key: string;
  label: string;
  formula: string;
  of: (state: RoomState, today: string) => number;
}[] = [
  {
    ...{ key: "open-requests", label: "Open requests", formula: "requests that are neither answered nor refused" },
    of: ({ requests }) => requests.filter(({ status }) => status === "open").length,
  },
  {
    ...{ key: "overdue-requests", label: "Overdue requests", formula: "open requests whose due day is over" },
    of: ({ requests }, today) =>
      requests.filter(({ status, dueOn }) => status === "open" && dueOn !== null && dueOn < today).length,
  },
  {
    ...{ key: "open-findings", label: "Open findings", formula: "findings that are neither mitigated nor accepted" },
    of: ({ findings }) => findings.filter(({ status }) => status === "open").length,
  },
  {
    ...{ key: "expired", label: "Expired documents", formula: "documents whose last day is over" },
    of: ({ documents }, today) => documents.filter(({ expiresOn }) => expiresOn !== null && expiresOn < today).length,
  },
  {
    ...{ key: "expiring", label: "Documents that expire soon" },
    formula: `documents in force whose last day is within ${SOON_DAYS} days`,
    of: ({ documents }, today) => documents.filter(({ expiresOn }) => expiresSoon(expiresOn, today)).length,
  },
];

const DAY_MS = 86_400_000;
export const expiresSoon = (expiresOn: string | null, today: string): boolean =>
  expiresOn !== null && expiresOn >= today && Date.parse(expiresOn) - Date.parse(today) <= SOON_DAYS * DAY_MS;

/** What waits in a room on a day, counted; by key. */
export function stateFigures(scope: RoomScope, state: RoomState): [string, Figure][] {
  const rows = state.requests.length + state.findings.length + state.documents.length;
  return MEASURES.map(({ key, label, formula, of }) => [
    key,
    makeFigure({
      ...{ label, formula, unit: "count", asOf: scope.asOf, sources: source({ ...scope, rows }) },
      value: String(of(state, scope.asOf)),
      method: `${PREFIX}${key}@1`,
      inputs: { room: { value: scope.roomId }, day: { value: scope.asOf } },
    }),
  ]);
}
