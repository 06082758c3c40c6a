import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import type { ChangeView, KeepView } from "../schema/portfolio";
import { keptQuery, viewOfQuery } from "../schema/portfolio-view";

export type ViewRefusal = "NAME_TAKEN" | "TOO_MANY";

/** More than anybody finds again. */
const MOST_VIEWS = 50;

function allow(actor: Actor): void {
  if (!isPermitted(actor.role, "venture:read")) throw new AppError("FORBIDDEN");
}

/** What is kept is what the view shows, written in one way; what an address says beyond that is left out. */
const tidy = (query: string): string => keptQuery(viewOfQuery(query, ""));

type Row = { id: string; name: string; shared: boolean };

const record = (tx: Tx, actor: Actor, what: string, { id, name, shared }: Row, at: Date) =>
  recordEvent(tx, {
    ...{ ventureId: null, type: `portfolio-view.${what}`, actor: actor.ref, subject: `portfolio-view:${id}`, at },
    payload: { title: name, shared },
  });

async function unlessTaken<T>(work: () => Promise<Result<T, ViewRefusal>>): Promise<Result<T, ViewRefusal>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return refuse("NAME_TAKEN");
    throw error;
  }
}

/** Keeps how the portfolio is shown under a name of one's own. */
export async function keepView(
  actor: Actor,
  { name, query, shared }: KeepView,
  now: Date,
): Promise<Result<{ viewId: string; query: string }, ViewRefusal>> {
  allow(actor);
  return unlessTaken(() =>
    db.$transaction(async (tx) => {
      if ((await tx.portfolioView.count({ where: { userId: actor.id } })) >= MOST_VIEWS) return refuse("TOO_MANY");
      const data = { userId: actor.id, name, query: tidy(query), shared, changedAt: now };
      const row = await tx.portfolioView.create({ data });
      await record(tx, actor, "kept", row, now);
      return ok({ viewId: row.id, query: row.query });
    }),
  );
}

/** Changes a view of one's own, if nobody changed it since `version`; who opens with one that is shared no longer opens with all. */
export async function changeView(
  actor: Actor,
  { viewId, version, query, ...change }: ChangeView,
  now: Date,
): Promise<Result<{ version: number }, ViewRefusal>> {
  allow(actor);
  return unlessTaken(() =>
    db.$transaction(async (tx) => {
      const own = { id: viewId, userId: actor.id };
      if ((await tx.portfolioView.count({ where: own })) === 0) throw new AppError("NOT_FOUND");
      const data = { ...change, ...(query === undefined ? {} : { query: tidy(query) }), changedAt: now };
      const { count } = await tx.portfolioView.updateMany({
        where: { ...own, version },
        data: { ...data, version: version + 1 },
      });
      if (count !== 1) throw new AppError("CONFLICT");
      const row = await tx.portfolioView.findUniqueOrThrow({ where: { id: viewId } });
      if (!row.shared) await tx.portfolioStart.deleteMany({ where: { viewId, userId: { not: actor.id } } });
      await record(tx, actor, "changed", row, now);
      return ok({ version: version + 1 });
    }),
  );
}

/** Drops a view of one's own; a second time is nothing. */
export async function dropView(actor: Actor, viewId: string, now: Date): Promise<Result<null, never>> {
  allow(actor);
  return db.$transaction(async (tx) => {
    const row = await tx.portfolioView.findFirst({ where: { id: viewId, userId: actor.id } });
    if (!row) return ok(null);
    await tx.portfolioView.delete({ where: { id: viewId } });
    await record(tx, actor, "dropped", row, now);
    return ok(null);
  });
}

/** The view that one's portfolio opens with from now on; null: the plain one. */
export async function startWith(actor: Actor, viewId: string | null, now: Date): Promise<Result<null, never>> {
  allow(actor);
  return db.$transaction(async (tx) => {
    const before = await tx.portfolioStart.findUnique({ where: { userId: actor.id }, include: { view: true } });
    if (viewId === null) {
      if (before) await tx.portfolioStart.delete({ where: { userId: actor.id } });
      if (before) await record(tx, actor, "start-dropped", before.view, now);
      return ok(null);
    }
    if (before?.viewId === viewId) return ok(null);
    const view = await tx.portfolioView.findFirst({
      where: { id: viewId, OR: [{ userId: actor.id }, { shared: true }] },
    });
    if (!view) throw new AppError("NOT_FOUND");
    const key = { userId: actor.id };
    await tx.portfolioStart.upsert({ where: key, create: { ...key, viewId }, update: { viewId } });
    await record(tx, actor, "start-chosen", view, now);
    return ok(null);
  });
}
