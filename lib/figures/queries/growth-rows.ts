import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { fromMinor } from "@/lib/money";
import type { FigureSource } from "../schema";

type Row = {
  key: string;
  cells: string[];
  importId: null;
  rowNumber: null;
  correctedBy: string | null;
  reason: string | null;
  supersededAt: null;
};
type Listed = { columns: string[]; rows: Row[]; total: number };
type Slice = { skip: number; take: number };
type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;
type Lister = (source: DatasetSource, slice: Slice) => Promise<Listed>;

const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`));
const textOf = (date: Date): string => date.toISOString().slice(0, 10);
const row = (key: string, cells: string[], by: string | null = null, reason: string | null = null): Row => ({
  ...{ key, cells, importId: null, rowNumber: null, correctedBy: by, reason, supersededAt: null },
});

const spendFilter = z.object({ channel: z.string(), from: day, to: day });

const channelSpendRows: Lister = async ({ ventureId, filter }, slice) => {
  const { channel, from, to } = spendFilter.parse(filter);
  const where = { ventureId, channel, month: { gt: from, lte: to } };
  const [total, found] = await Promise.all([
    db.channelSpend.count({ where }),
    db.channelSpend.findMany({ where, orderBy: { month: "asc" }, ...slice }),
  ]);
  const rows = found.map(({ month, amountMinor, currency, source, loadedBy }) =>
    row(
      textOf(month),
      [channel, textOf(month), fromMinor(amountMinor, currency).toFixed(), currency, source],
      loadedBy,
    ),
  );
  return { columns: ["channel", "month", "amount", "currency", "source"], rows, total };
};

const treeFilter = z.object({ version: z.int() });

const treeRows: Lister = async ({ ventureId, filter }) => {
  const { version } = treeFilter.parse(filter);
  const found = await db.driverTreeVersion.findUnique({ where: { ventureId_version: { ventureId, version } } });
  const cells = found ? [`${version}`, found.template, textOf(found.createdAt)] : ["0", "template", ""];
  return {
    columns: ["version", "started from", "changed"],
    rows: [row(`${version}`, cells, found?.createdBy ?? null, found?.reason ?? null)],
    total: 1,
  };
};

const holdingRows: Lister = async ({ ventureId }) => {
  const found = await db.groupHolding.findUnique({ where: { ventureId } });
  const rows = (found?.holderIds ?? []).map((id) => row(id, [id], found?.setBy ?? null, found?.reason ?? null));
  return { columns: ["holder"], rows, total: rows.length };
};

/** What the growth rooms store besides metrics: channel costs, the tree, the group's holders. */
export const GROWTH_ROWS: Readonly<Record<string, Lister | undefined>> = {
  "channel-spend": channelSpendRows,
  "driver-tree": treeRows,
  "group-holding": holdingRows,
};
