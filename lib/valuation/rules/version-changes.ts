/** One input that differs between two versions; null where it was not there. */
export type InputChange = { path: string; before: string | null; after: string | null };

function leaves(value: unknown, path = ""): Map<string, string> {
  if (value === null || typeof value !== "object") return new Map([[path, String(value)]]);
  const entries = Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, path ? `${path}.${key}` : key)]);
  return new Map(entries);
}

/** Every input that differs, in the order of the later version, then what is gone. */
export function changesBetween(before: unknown, after: unknown): InputChange[] {
  const [was, is] = [leaves(before), leaves(after)];
  const changed = [...is]
    .filter(([path, value]) => was.get(path) !== value)
    .map(([path, value]) => ({ path, before: was.get(path) ?? null, after: value }));
  const gone = [...was]
    .filter(([path]) => !is.has(path))
    .map(([path, value]) => ({ path, before: value, after: null }));
  return [...changed, ...gone];
}
