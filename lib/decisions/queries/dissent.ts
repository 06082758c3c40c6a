import "server-only";
import { db } from "@/lib/db";
import { type Dissent, dissentOn, type Voice } from "../rules/dissent";
import { OPEN } from "../rules/verdict";
import { type Action, type MemoContent, memoContentSchema } from "../schema";
import { namesOf } from "./people";

/** What was decided to be done still speaks for so long. */
const SPEAKS_DAYS = 90;
const MOST = 60;

export type Compared = {
  /** Other recommendations on the venture that were looked at. */
  others: number;
  list: (Dissent & { from: string })[];
};

type Row = { id: string; ventureId: string; content: MemoContent };

const recommended = ({ options, recommendedOption }: MemoContent): Action | null =>
  options.find(({ id }) => id === recommendedOption)?.action ?? null;

/** What else is recommended on the venture now, or was decided lately, that cannot be right together with this memo. */
export async function findDissent({ id: memoId, ventureId, content }: Row, now: Date): Promise<Compared> {
  const action = recommended(content);
  if (!action) return { others: 0, list: [] };
  const lately = new Date(now.getTime() - SPEAKS_DAYS * 86_400_000);
  const rows = await db.memo.findMany({
    where: {
      ...{ ventureId, NOT: { id: memoId } },
      OR: [
        { status: { in: [...OPEN] }, expiresAt: { gt: now } },
        { status: { in: ["approved", "conditional"] }, updatedAt: { gt: lately } },
      ],
    },
    select: { id: true, title: true, status: true, proposedBy: true, content: true },
    orderBy: { createdAt: "desc" },
    take: MOST,
  });
  const voices = rows.flatMap((row): Voice[] => {
    const read = memoContentSchema.safeParse(row.content);
    const theirs = read.success ? recommended(read.data) : null;
    return theirs ? [{ memoId: row.id, by: row.proposedBy, title: row.title, status: row.status, action: theirs }] : [];
  });
  const list = dissentOn({ memoId, action }, voices);
  const nameOf = await namesOf(
    db,
    list.map(({ by }) => by),
  );
  return { others: voices.length, list: list.map((one) => ({ ...one, from: nameOf(one.by) })) };
}
