/** A place in the inputs: ["methods", "dcf", "growth"]. */
export type InputPath = readonly (string | number)[];

export function valueAt(inputs: unknown, path: InputPath): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], inputs);
}

/** The same inputs with another value at the path; nothing of the old ones is changed. */
export function withValue<T>(inputs: T, path: InputPath, value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  const inner = (inputs as Record<string | number, unknown>)[key];
  const next = withValue(inner, rest, value);
  if (Array.isArray(inputs)) return inputs.with(Number(key), next) as T;
  return { ...inputs, [key]: next };
}
