export const LOOK_COOKIE = "look";
const VISIT_MS = 30 * 60_000;

export type Look = { previous: Date | null; latest: Date | null };

const moment = (text: string | undefined): Date | null => {
  const at = Number(text);
  return text && Number.isSafeInteger(at) && at > 0 ? new Date(at) : null;
};

/** The cookie is "<end of the visit before>.<last look of this visit>" in milliseconds. */
export function readLook(cookie: string | undefined): Look {
  const [previous, latest] = (cookie ?? "").split(".");
  return { previous: moment(previous), latest: moment(latest) };
}

/** A look within half an hour of the last one is the same visit; a later one begins a new visit. */
export function lookAgain(look: Look, now: Date): Look {
  if (!look.latest) return { previous: null, latest: now };
  const sameVisit = now.getTime() - look.latest.getTime() < VISIT_MS;
  return { previous: sameVisit ? look.previous : look.latest, latest: now };
}

export const writeLook = ({ previous, latest }: Look): string =>
  `${previous?.getTime() ?? ""}.${latest?.getTime() ?? ""}`;
