/** A provider that keeps failing is not asked for a while; then one call tries whether it is back. */
export type Breaker = { failures: number; openedAt: number | null; trialSince: number | null };
export type BreakerPolicy = { failures: number; coolDownMs: number };

export const CLOSED: Breaker = { failures: 0, openedAt: null, trialSince: null };

export type Admission = { admitted: boolean; breaker: Breaker };

/** Closed: everyone passes. Open: nobody, until the cool-down is over; then one at a time (half-open). */
export function admit(breaker: Breaker, policy: BreakerPolicy, now: number): Admission {
  if (breaker.openedAt === null) return { admitted: true, breaker };
  const cooled = now - breaker.openedAt >= policy.coolDownMs;
  const trialLost = breaker.trialSince !== null && now - breaker.trialSince >= policy.coolDownMs;
  if (!cooled || (breaker.trialSince !== null && !trialLost)) return { admitted: false, breaker };
  return { admitted: true, breaker: { ...breaker, trialSince: now } };
}

export const succeeded = (): Breaker => CLOSED;

export function failed(breaker: Breaker, policy: BreakerPolicy, now: number): Breaker {
  const failures = breaker.failures + 1;
  if (breaker.openedAt === null && failures < policy.failures) return { ...breaker, failures };
  return { failures, openedAt: now, trialSince: null };
}

// One memory per process and provider, whatever module instance asks.
const store = globalThis as typeof globalThis & { __chairmanBreakers?: Map<string, Breaker> };
const breakers = (): Map<string, Breaker> => {
  store.__chairmanBreakers ??= new Map();
  return store.__chairmanBreakers;
};

export const breakerOf = (provider: string): Breaker => breakers().get(provider) ?? CLOSED;

export function enter(provider: string, policy: BreakerPolicy, now: number): boolean {
  const { admitted, breaker } = admit(breakerOf(provider), policy, now);
  breakers().set(provider, breaker);
  return admitted;
}

export const noteSuccess = (provider: string): void => void breakers().set(provider, succeeded());

export const noteFailure = (provider: string, policy: BreakerPolicy, now: number): void =>
  void breakers().set(provider, failed(breakerOf(provider), policy, now));

export const forgetBreakers = (): void => breakers().clear();
