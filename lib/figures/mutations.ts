import "server-only";
import type { Prisma, Tx } from "@/lib/db";
import type { Figure } from "./schema";

export type FigureRef = { id: string; revision: number };

/** Stores figures computed now; one whose latest revision says the same is not stored again. Ids in order of the argument. */
export async function saveFigures(
  tx: Tx,
  ventureId: string | null,
  figures: readonly Figure[],
  now: Date,
): Promise<FigureRef[]> {
  const unique = [...new Map(figures.map((figure) => [figure.id, figure])).values()];
  if (unique.length === 0) return [];
  // One writer of a venture's figures at a time, or two would make the same next revision.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`figures:${ventureId ?? ""}`}, 0))`;
  const known = await tx.figure.findMany({
    where: { id: { in: unique.map((figure) => figure.id) } },
    orderBy: { revision: "desc" },
    distinct: ["id"],
    include: { dependencies: true },
  });
  const latest = new Map(known.map((row) => [row.id, row]));
  const earlier = await earlierRevisions(tx, unique, latest);
  const refs = new Map<string, number>();
  const rows: Prisma.FigureCreateManyInput[] = [];
  const needed: Prisma.FigureDependencyCreateManyInput[] = [];
  for (const figure of unique) {
    const before = latest.get(figure.id);
    const needs = dependencies(figure, refs, latest);
    const said = [...(before ? [before] : []), ...(earlier.get(figure.id) ?? [])].find((row) =>
      says(row, figure, needs),
    );
    const revision = said?.revision ?? (before ? before.revision + 1 : 1);
    refs.set(figure.id, revision);
    if (said) continue;
    const { id, label, value, reason, unit, method, formula, inputs, sources } = figure;
    rows.push({
      ...{ id, revision, ventureId, label, value, unit, method, formula },
      reason: reason ?? null,
      asOf: new Date(figure.asOf),
      inputs: inputs as Prisma.InputJsonObject,
      sources: sources as unknown as Prisma.InputJsonArray,
      computedAt: now,
    });
    needed.push(...needs.map((need) => ({ figureId: id, revision, ...need })));
  }
  // A figure over given numbers has no venture; computed at the same moment for two, it is the same figure.
  await tx.figure.createMany({ data: rows, skipDuplicates: true });
  await tx.figureDependency.createMany({ data: needed, skipDuplicates: true });
  return figures.map((figure) => ({ id: figure.id, revision: refs.get(figure.id) ?? 1 }));
}

type Row = Prisma.FigureGetPayload<{ include: { dependencies: true } }>;
type Need = ReturnType<typeof dependencies>[number];

/** The row holds this value and rests on the same versions. */
const says = (row: Row, figure: Figure, needs: readonly Need[]): boolean =>
  row.value === figure.value &&
  row.reason === (figure.reason ?? null) &&
  row.dependencies.length === needs.length &&
  needs.every((need) =>
    row.dependencies.some((had) => had.kind === need.kind && had.ref === need.ref && had.version === need.version),
  );

/**
 * Of figures that rest on older data than their latest revision: what was said before it. A stored figure that is quoted
 * again is what it was, and never a newer revision than one that was computed from newer data.
 */
async function earlierRevisions(
  tx: Tx,
  figures: readonly Figure[],
  latest: ReadonlyMap<string, Row>,
): Promise<Map<string, Row[]>> {
  const old = figures.filter(({ id, sources }) =>
    sources.some(
      (source) =>
        source.kind === "dataset" &&
        latest.get(id)?.dependencies.some((had) => had.ref === source.dataset && had.version > source.version),
    ),
  );
  if (old.length === 0) return new Map();
  const rows = await tx.figure.findMany({
    where: { id: { in: old.map(({ id }) => id) } },
    orderBy: { revision: "desc" },
    include: { dependencies: true },
  });
  return Map.groupBy(rows, ({ id }) => id);
}

function dependencies(
  figure: Figure,
  refs: ReadonlyMap<string, number>,
  latest: ReadonlyMap<string, { revision: number }>,
) {
  const datasets = figure.sources.flatMap((source) =>
    source.kind === "dataset"
      ? [{ kind: "dataset", ventureId: source.ventureId, ref: source.dataset, version: source.version }]
      : [],
  );
  const inputs = Object.values(figure.inputs).flatMap((input) =>
    "figure" in input
      ? [
          {
            kind: "figure",
            ventureId: null,
            ref: input.figure,
            version: input.revision ?? refs.get(input.figure) ?? latest.get(input.figure)?.revision ?? 1,
          },
        ]
      : [],
  );
  const all = [...datasets, ...inputs];
  return [...new Map(all.map((need) => [`${need.kind}:${need.ref}`, need])).values()];
}
