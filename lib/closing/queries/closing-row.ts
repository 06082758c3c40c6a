import "server-only";
import { type Reader, stageOf } from "@/lib/deals/queries/process";
import { dealFactsSchema } from "@/lib/deals/schema/deal";
import { dayText } from "@/lib/metrics/rules/periods";
import { type Item, isSettled, type Signature } from "../rules/checklist";
import {
  type Evidence,
  evidenceSchema,
  ITEM_STATES,
  PARTIES,
  type Regulatory,
  regulatorySchema,
  SIDES,
  SIGNATURE_STATES,
  TEMPLATES,
  taskSchema,
} from "../schema";

export type Waiver = { side: "ours" | "theirs"; reason: string; on: string; memoId: string | null; by: string };
export type ItemRow = Item & {
  ordinal: number;
  version: number;
  evidence: Evidence | null;
  waivers: Waiver[];
  /** The last change can be taken back. */
  undoable: boolean;
};
export type SignatureRow = Signature & { changedOn: string | null };
/** Not needed any more; it can be brought back. */
export type RemovedRow = {
  kind: "item" | "document";
  id: string;
  title: string;
  reason: string;
  on: string;
  after: readonly string[];
};
export type ClosingRow = {
  dealId: string;
  ventureId: string;
  bidder: string;
  stage: ReturnType<typeof stageOf>;
  /** When closing is expected. */
  target: string | null;
  agreedOffer: { offerId: string; version: number } | null;
  template: (typeof TEMPLATES)[number];
  regulatory: Regulatory;
  version: number;
  items: ItemRow[];
  signatures: SignatureRow[];
  removed: RemovedRow[];
  /** Regulators whose block of the deal is not lifted. */
  blockers: string[];
};

const known = <T extends string>(all: readonly T[], given: string, otherwise: T): T =>
  all.find((one) => one === given) ?? otherwise;

const include = {
  items: {
    orderBy: { ordinal: "asc" },
    include: { waivers: true, changes: { where: { undoneAt: null }, orderBy: { id: "desc" }, take: 1 } },
  },
  documents: { orderBy: { ordinal: "asc" }, include: { signatures: { orderBy: { signatory: "asc" } } } },
} as const;
const stored = (tx: Reader, dealId: string) => tx.closing.findUnique({ where: { dealId }, include });
type Stored = NonNullable<Awaited<ReturnType<typeof stored>>>;

function itemRow({
  id,
  ordinal,
  task,
  after,
  state,
  evidence,
  version,
  waivers,
  changes,
}: Stored["items"][number]): ItemRow {
  const told = waivers.map(({ side, reason, happened, memoId, by }) => ({
    ...{ side: known(SIDES, side, "theirs"), reason, on: dayText(happened), memoId, by },
  }));
  const last = changes[0];
  return {
    ...{ id, ordinal, version, after, state: known(ITEM_STATES, state, "open"), waivers: told },
    ...{ task: taskSchema.parse(task), evidence: evidence === null ? null : evidenceSchema.parse(evidence) },
    waived: told.map(({ side }) => side),
    undoable: last !== undefined && last.before !== null && state !== "waived",
  };
}

const signatureRows = ({ documents }: Stored): SignatureRow[] =>
  documents.flatMap(({ id, title, signatures, removedAt }) =>
    (removedAt === null ? signatures : []).map(({ signatory, party, state, changedOn }) => ({
      ...{ documentId: id, title, signatory, party: known(PARTIES, party, "company") },
      ...{ state: known(SIGNATURE_STATES, state, "not-sent"), changedOn: changedOn && dayText(changedOn) },
    })),
  );

const removedRows = ({ items, documents }: Stored): RemovedRow[] => [
  ...items.flatMap(({ id, task, after, removedAt, removedReason }): RemovedRow[] =>
    removedAt === null
      ? []
      : [
          {
            ...{ kind: "item", id, title: taskSchema.parse(task).title, after },
            ...{ reason: removedReason ?? "", on: removedAt.toISOString().slice(0, 10) },
          },
        ],
  ),
  ...documents.flatMap(({ id, title, removedAt, removedReason }): RemovedRow[] =>
    removedAt === null
      ? []
      : [
          {
            ...{ kind: "document", id, title, after: [] },
            ...{ reason: removedReason ?? "", on: removedAt.toISOString().slice(0, 10) },
          },
        ],
  ),
];

/** Who stands against a deal by law, as people have recorded it and nobody has lifted yet. */
export async function blockersOf(tx: Reader, dealId: string): Promise<string[]> {
  const rows = await tx.impediment.findMany({
    where: { dealId, kind: "regulatory-block", status: "open" },
    orderBy: { recordedAt: "asc" },
    select: { raisedBy: true },
  });
  return rows.map(({ raisedBy }) => raisedBy);
}

/** The closing of a deal with everything in it; null where none was opened. */
export async function findClosing(tx: Reader, dealId: string): Promise<ClosingRow | null> {
  const row = await stored(tx, dealId);
  const deal = row && (await tx.deal.findUnique({ where: { id: dealId } }));
  if (!row || !deal) return null;
  const { closesOn, agreedOffer } = dealFactsSchema.parse(deal.facts);
  const { ventureId, template, regulatory, version } = row;
  return {
    ...{ dealId, ventureId, bidder: deal.bidder, stage: stageOf(deal.stage), target: closesOn, agreedOffer, version },
    ...{ template: known(TEMPLATES, template, "share-sale"), regulatory: regulatorySchema.parse(regulatory) },
    items: row.items.filter(({ removedAt }) => removedAt === null).map(itemRow),
    ...{ signatures: signatureRows(row), removed: removedRows(row), blockers: await blockersOf(tx, dealId) },
  };
}

export const openItems = ({ items }: Pick<ClosingRow, "items">): ItemRow[] => items.filter((one) => !isSettled(one));
