export type KeyPress = { key: string; mod: boolean; alt: boolean };

/** "mod+k", "g", "?": how a binding names a press. */
export function nameOfPress({ key, mod, alt }: KeyPress): string | null {
  if (alt) return null;
  const plain = key.length === 1 ? key.toLowerCase() : key;
  return mod ? `mod+${plain}` : plain;
}

/** Of "g i" after "g": the whole sequence if it is bound, the beginning if one could follow, or nothing. */
export function matchKeys(
  bound: readonly string[],
  pending: string | null,
  press: string,
): { fire: string | null; pending: string | null } {
  const sequence = pending ? `${pending} ${press}` : press;
  if (bound.includes(sequence)) return { fire: sequence, pending: null };
  if (bound.some((keys) => keys.startsWith(`${sequence} `))) return { fire: null, pending: sequence };
  return pending ? matchKeys(bound, null, press) : { fire: null, pending: null };
}
