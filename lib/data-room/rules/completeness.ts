/** How far an index is: of what is required, what is there or said not to exist. Pure. */

export type IndexState = {
  section: number;
  number: number;
  title: string;
  required: boolean;
  /** Live documents in it that have not expired. */
  valid: number;
  expired: number;
  absent: boolean;
};
export type Standing = "there" | "absent" | "expired" | "missing" | "optional";

export function standingOf({ required, valid, expired, absent }: IndexState): Standing {
  if (valid > 0) return "there";
  if (absent) return "absent";
  if (expired > 0) return "expired";
  return required ? "missing" : "optional";
}

export type Completeness = { required: number; satisfied: number; absent: number; missing: string[] };

/** An expired document satisfies nothing; "we have none" does, because it carries its reason. */
export function completenessOf(items: readonly IndexState[]): Completeness {
  const required = items.filter((item) => item.required);
  const open = required.filter((item) => ["missing", "expired"].includes(standingOf(item)));
  return {
    required: required.length,
    satisfied: required.length - open.length,
    absent: required.filter((item) => standingOf(item) === "absent").length,
    missing: open.map(({ section, number, title }) => `${section}.${number} ${title}`),
  };
}

export const indexNumber = (section: number, number: number, ordinal: number | null = null): string =>
  ordinal === null ? `${section}.${number}` : `${section}.${number}.${ordinal}`;

type Place = { section: number | null; item: number | null; ordinal: number | null };
/** For sorting as the index runs; what is unsorted comes last. */
export const indexPosition = ({ section, item, ordinal }: Place): number =>
  (section ?? 99) * 1e8 + (item ?? 0) * 1e5 + (ordinal ?? 0);
