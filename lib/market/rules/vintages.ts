import type { SeriesPoint, SeriesPreview } from "../schema/series";
import type { FileValue } from "./series-file";

export type Vintage = { day: string; knownOn: string; value: string };

/**
 * A series as it was known on a day: of each day the newest vintage that was public by then. Later revisions are out of
 * sight, so what is computed "as of" a day could have been computed on that day.
 */
export function asKnownOn<V extends Vintage>(points: readonly V[], on: string): V[] {
  const newest = new Map<string, V>();
  for (const point of points) {
    if (point.knownOn > on || point.day > on) continue;
    const held = newest.get(point.day);
    if (!held || held.knownOn < point.knownOn) newest.set(point.day, point);
  }
  return [...newest.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

export const toPoints = (points: readonly Vintage[]): SeriesPoint[] =>
  points.map(({ day, value }) => ({ day, value: Number(value) }));

export type Merged = { added: FileValue[]; corrected: FileValue[]; revised: FileValue[]; same: number };

const keyOf = ({ day, knownOn }: Vintage): string => `${day} ${knownOn}`;

/**
 * What values of a file do to those that stand: a new day is added; another value of the same vintage corrects it; a
 * newer vintage stands beside the older one where it differs from it, and says nothing new where it does not.
 */
export function mergeValues(standing: readonly Vintage[], values: readonly FileValue[]): Merged {
  const byKey = new Map(standing.map((point) => [keyOf(point), point]));
  const byDay = Map.groupBy(standing, ({ day }) => day);
  const merged: Merged = { added: [], corrected: [], revised: [], same: 0 };
  for (const value of values) {
    const held = byKey.get(keyOf(value));
    const before = (byDay.get(value.day) ?? [])
      .filter(({ knownOn }) => knownOn < value.knownOn)
      .sort((a, b) => (a.knownOn < b.knownOn ? 1 : -1))[0];
    const earlier = held ?? before;
    if (!earlier) merged.added.push(value);
    else if (Number(earlier.value) === Number(value.value)) merged.same += 1;
    else (held ? merged.corrected : merged.revised).push(value);
  }
  return merged;
}

const MOST_CHANGES = 20;

/** The days whose value would be another one, newest first, as far as a person reads. */
export function changesOf(standing: readonly Vintage[], { corrected, revised }: Merged): SeriesPreview["changes"] {
  const byDay = Map.groupBy(standing, ({ day }) => day);
  const beforeOf = (value: FileValue): string | null => {
    const held = (byDay.get(value.day) ?? []).filter(({ knownOn }) => knownOn <= value.knownOn);
    return held.sort((a, b) => (a.knownOn < b.knownOn ? 1 : -1))[0]?.value ?? null;
  };
  return [...corrected, ...revised]
    .sort((a, b) => (a.day < b.day ? 1 : -1))
    .slice(0, MOST_CHANGES)
    .map((value) => ({ day: value.day, before: beforeOf(value), after: value.value }));
}
