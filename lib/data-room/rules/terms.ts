import { ACCESS_LEVELS, type AccessLevel, type Grant, type Terms } from "../schema/guests";

/** Who may see what in a room, and what of a change needs the chairman again. Pure. */

const rank = (level: AccessLevel): number => ACCESS_LEVELS.indexOf(level);

/** The level on an item: its own, else its section's, else none. An unsorted document is nobody's. */
export function levelOn(grants: readonly Grant[], place: { section: number; number: number } | null): AccessLevel {
  if (!place) return "none";
  const inSection = grants.filter(({ section }) => section === place.section);
  const own = inSection.find(({ item }) => item === place.number);
  return (own ?? inSection.find(({ item }) => item === null))?.level ?? "none";
}

export const mayView = (level: AccessLevel): boolean => rank(level) >= rank("view");

/** Every item that either side speaks of, and each section as a whole. */
const placesOf = (...all: readonly (readonly Grant[])[]): { section: number; number: number }[] =>
  all.flat().map(({ section, item }) => ({ section, number: item ?? 0 }));

/** Nothing in `next` that `approved` does not hold already: such a change needs nobody's approval. */
export function isWithin(next: Terms, approved: Terms | null): boolean {
  if (!approved || next.expiresOn > approved.expiresOn) return false;
  if (next.emails.some((email) => !approved.emails.includes(email))) return false;
  return placesOf(next.grants, approved.grants).every(
    (place) => rank(levelOn(next.grants, place)) <= rank(levelOn(approved.grants, place)),
  );
}

export type Shut = "NOT_APPROVED" | "REVOKED" | "EXPIRED";

/** Why nobody of the group gets in today; null while it is open. `today` is a day. */
export function shutBecause(group: { terms: Terms | null; revokedAt: Date | null }, today: string): Shut | null {
  if (group.revokedAt) return "REVOKED";
  if (!group.terms) return "NOT_APPROVED";
  return group.terms.expiresOn < today ? "EXPIRED" : null;
}

export const isInvited = (terms: Terms, email: string): boolean => terms.emails.includes(email);

const LEVEL_WORDS: Readonly<Record<AccessLevel, string>> = { none: "nothing", view: "view", download: "download" };

/** "Sections 1 to 4 and 6: download" in the order of the index, for a memo. */
export function grantLines(grants: readonly Grant[], titles: ReadonlyMap<number, string>): string[] {
  return grants
    .toSorted((a, b) => a.section - b.section || (a.item ?? 0) - (b.item ?? 0))
    .map(
      ({ section, item, level }) =>
        `${item === null ? `${section} ${titles.get(section) ?? ""}`.trim() : `${section}.${item}`}: ${LEVEL_WORDS[level]}`,
    );
}
