/** What lists on the screen are found and sorted by, the same everywhere. */

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether what a row says has every word of the search, accents and case aside. */
export function hasWords(said: readonly (string | null | undefined)[], search: string): boolean {
  const all = plain(said.filter(Boolean).join(" "));
  return plain(search)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

export type SortKey = string | number | null;

/** By a key; what has none comes last either way, and equals stay as they stand. */
export const sortedBy = <T>(rows: readonly T[], key: (row: T) => SortKey, descending: boolean): T[] =>
  rows.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return (x < y ? -1 : x > y ? 1 : 0) * (descending ? -1 : 1);
  });

export type TableOrder<Key extends string> = { by: Key | null; descending: boolean };
type Ordered<Key extends string> = { by: Key; descending: boolean };

/** What the head of a column says of the order, and what pressing it asks for: another column begins upwards, or `down`. */
export function sorting<Key extends string>(
  order: TableOrder<Key>,
  by: Key,
  onOrder: (order: Ordered<Key>) => void,
  down = false,
) {
  const own = order.by === by;
  return {
    sort: own ? (order.descending ? ("descending" as const) : ("ascending" as const)) : null,
    onSort: () => onOrder({ by, descending: own ? !order.descending : down }),
  };
}
