import { createHash } from "node:crypto";
import type { Figure, FigureAsk, FigureView } from "./schema";

/** JSON with sorted keys, so that equal inputs are equal text. Undefined members are left out; bigint is its digits. */
export function canonicalJson(value: unknown): string {
  if (typeof value === "bigint") return `"${value}"`;
  if (value === undefined) return "null";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    .join(",")}}`;
}

/** The same question has the same id: first 16 hex digits of SHA-256 over method and inputs. Values are not part of it. */
export function figureId(method: string, inputs: Figure["inputs"]): string {
  return createHash("sha256").update(canonicalJson({ method, inputs })).digest("hex").slice(0, 16);
}

/** Stands for a long list among a figure's inputs: equal lists have equal digests. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 32)}`;
}

/** Completes a figure with its id. */
export function makeFigure(figure: Omit<Figure, "id">): Figure {
  return { id: figureId(figure.method, figure.inputs), ...figure };
}

/** A figure as a screen shows it before anybody has opened it: not stored yet, with the question that makes it again. */
export function askedView(figure: Figure, ask: FigureAsk): FigureView {
  const { id, label, value, unit, asOf, reason } = figure;
  return { id, revision: 0, label, value, unit, asOf, reason: reason ?? null, stale: null, ask };
}

/** Of all figures computed together only what one of them rests on, in the order of computing. */
export function neededBy(figure: Figure, all: readonly Figure[]): Figure[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const needed = new Set<string>();
  const visit = (one: Figure) => {
    if (needed.has(one.id)) return;
    needed.add(one.id);
    for (const input of Object.values(one.inputs)) {
      const below = "figure" in input ? byId.get(input.figure) : undefined;
      if (below) visit(below);
    }
  };
  visit(figure);
  return all.filter((one) => needed.has(one.id));
}
