import "server-only";
import { db } from "@/lib/db";
import type { FigureSource } from "../schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;
type Slice = { skip: number; take: number };
type Row = typeof plain & { key: string; cells: string[]; correctedBy: string | null; reason: string | null };
type Lister = (source: DatasetSource, slice: Slice) => Promise<{ columns: string[]; rows: Row[]; total: number }>;

const plain = { importId: null, rowNumber: null, supersededAt: null };
const dayOf = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? "–";

const initiativeRows: Lister = async ({ ventureId }, slice) => {
  const [total, found] = await Promise.all([
    db.initiative.count({ where: { ventureId } }),
    db.initiative.findMany({
      ...{ where: { ventureId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }], ...slice },
      include: { tasks: { select: { doneAt: true } }, measurements: { orderBy: { reviewOn: "desc" }, take: 1 } },
    }),
  ]);
  const rows = found.map(({ id, title, status, startsOn, startedOn, tasks, measurements: [measured] }) => {
    const done = tasks.filter(({ doneAt }) => doneAt !== null).length;
    const cells = [title, status, dayOf(startsOn), dayOf(startedOn), `${done} of ${tasks.length}`];
    const verdict = measured ? `${measured.verdict} on ${dayOf(measured.reviewOn)}` : "not measured";
    return { key: id, cells: [...cells, verdict], ...plain, correctedBy: null, reason: null };
  });
  return { columns: ["initiative", "status", "planned for", "started", "tasks done", "measured"], rows, total };
};

const bidderRows: Lister = async ({ ventureId }, slice) => {
  const [total, found] = await Promise.all([
    db.deal.count({ where: { ventureId } }),
    db.deal.findMany({ where: { ventureId }, orderBy: [{ openedAt: "asc" }, { id: "asc" }], ...slice }),
  ]);
  const rows = found.map(({ id, bidder, stage, openedAt }) => ({
    ...{ key: id, cells: [bidder, stage, dayOf(openedAt)], ...plain, correctedBy: null, reason: null },
  }));
  return { columns: ["bidder", "stage", "since"], rows, total };
};

const buyerRows: Lister = async ({ ventureId }, slice) => {
  const where = { ventureId, archivedAt: null };
  const [total, found] = await Promise.all([
    db.buyerCandidate.count({ where }),
    db.buyerCandidate.findMany({
      ...{ where, orderBy: [{ company: { name: "asc" as const } }], ...slice },
      include: { company: { select: { name: true, kind: true } } },
    }),
  ]);
  const rows = found.map(({ companyId, company: { name, kind }, stage }) => ({
    ...{ key: companyId, cells: [name, kind, stage], ...plain, correctedBy: null, reason: null },
  }));
  return { columns: ["buyer", "kind", "outreach"], rows, total };
};

/** What gates and criteria of the stage are counted in. */
export const STAGE_ROWS: Readonly<Record<string, Lister | undefined>> = {
  initiatives: initiativeRows,
  bidders: bidderRows,
  buyers: buyerRows,
};
