import type { Figure } from "@/lib/figures/schema";
import type { TriggerId } from "../schema";

/** Does it hold? Null is unknown: what stands goes on standing, and nothing fires. */
export type Holds = boolean | null;

/** A cause that a trigger looked at. */
export type Cause = {
  trigger: TriggerId;
  /** The same cause for ever: "lever:retention-gap:SMB". */
  key: string;
  holds: Holds;
  title: string;
  /** Why it fires, in words that stay true. */
  why: string;
  /** The numbers that it rests on. */
  figures: readonly Figure[];
};

/** Has this cause fired, and not ended since? */
export type Stands = (key: string) => boolean;

/** Either that is known to hold makes it hold; what is unknown leaves the rest unknown. */
export function either(...all: readonly Holds[]): Holds {
  if (all.includes(true)) return true;
  return all.includes(null) ? null : false;
}

export type Looked = {
  causes: readonly Cause[];
  /** Beginnings of keys of which every cause that there is was looked at: one that is not among them any more has ended. */
  whole: readonly string[];
};

/** What fires and what has ended, given what stands. A cause fires once, however many nights it holds. */
export function decideCauses(
  { causes, whole }: Looked,
  standing: ReadonlySet<string>,
): { fire: Cause[]; end: string[] } {
  const byKey = new Map(causes.map((cause) => [cause.key, cause]));
  const gone = (key: string) => !byKey.has(key) && whole.some((start) => key.startsWith(start));
  return {
    fire: [...byKey.values()].filter(({ key, holds }) => holds === true && !standing.has(key)),
    end: [...standing].filter((key) => byKey.get(key)?.holds === false || gone(key)),
  };
}
