/** How many weeks a page of the shelf shows at most, and how many lines before it goes on with no further week. */
export const WEEKS_SHOWN = 6;
const MOST_LINES = 400;

/** Of weeks with their lines, newest first, those of one page: whole weeks, at least one; `next` is the last shown where more follow. */
export function shelfPage<Line>(weeks: readonly (readonly [string, readonly Line[]])[]): {
  shown: readonly (readonly [string, readonly Line[]])[];
  next: string | null;
} {
  let lines = 0;
  const fitting = weeks.slice(0, WEEKS_SHOWN).findIndex(([, of], index) => {
    lines += of.length;
    return index > 0 && lines > MOST_LINES;
  });
  const shown = weeks.slice(0, fitting < 0 ? WEEKS_SHOWN : fitting);
  return { shown, next: shown.length < weeks.length ? (shown.at(-1)?.[0] ?? null) : null };
}
