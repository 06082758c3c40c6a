/** The one clock. `rules` never read it: they take the moment as an argument. */
export type Clock = { now(): Date };

const systemClock: Clock = { now: () => new Date() };

let current: Clock = systemClock;

export const clock: Clock = { now: () => current.now() };

/** Tests and simulations put their own clock in and get the function that takes it out again. */
export function useClock(replacement: Clock): () => void {
  current = replacement;
  return () => {
    current = systemClock;
  };
}
