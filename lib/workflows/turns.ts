/** Lets so many pieces of work run at once; the others wait in the order in which they came. */
export function turnsOf(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return async (work) => {
    if (taken < most) taken += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever waits takes over the turn; it is free only where nobody does.
      const next = waiting.shift();
      if (next) next();
      else taken -= 1;
    }
  };
}
