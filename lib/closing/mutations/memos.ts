import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import { withQuotes } from "@/lib/decisions/rules/initiative-memo";
import type { ActionClass, MemoContent } from "@/lib/decisions/schema";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { computeClosing, statusKind } from "../queries/closing";
import type { ClosingRow } from "../queries/closing-row";
import { missingForRelease, waiverRefusal } from "../rules/checklist";
import { closingPart } from "../rules/closing-figures";
import { releaseMemo, releaseSubject, sendMemo, sendSubject, waiverMemo, waiverSubject } from "../rules/closing-memos";
import type { AskRelease, AskSend, AskWaiver, ClosingRefusal } from "../schema";
import { lockClosing, lockItem } from "./closing-row";

type Asked = Result<{ memoId: string | null }, ClosingRefusal | ProposalRefusal>;
type Draft = { title: string; rationale: string; content: Omit<MemoContent, "quotes"> };
type Held = { closing: ClosingRow; today: string };
type About = Parameters<typeof waiverMemo>[0];

const QUOTED = ["open-conditions", "unheld", "days", "target"];

/** What a memo about a closing says in numbers, stored so that it can quote them. */
async function drafted(tx: Tx, { closing, today }: Held, write: (about: About) => Draft, now: Date) {
  const { name, currency } = await tx.venture.findUniqueOrThrow({ where: { id: closing.ventureId } });
  const { figures } = await computeClosing(tx, closing, today);
  const quoted = figures.filter((one) => QUOTED.includes(closingPart(one)) && one.value !== null);
  const refs = await saveFigures(tx, closing.ventureId, quoted, now);
  const about = quoted.map(({ id, label }) => ({ figure: id, label: label.slice(0, 80) }));
  const { title, rationale, content } = write({ venture: name, currency, bidder: closing.bidder, figures: about });
  const made = withQuotes(content, new Map(refs.map(({ id, revision }) => [id, revision])));
  if (!made) throw new AppError("INTERNAL");
  return { ventureId: closing.ventureId, title, rationale, content: made };
}

type Memo = Awaited<ReturnType<typeof drafted>>;

async function ask(actor: Actor, memo: Memo, actionClass: ActionClass, dedupeKey: string, now: Date): Promise<Asked> {
  const about = { ...memo, agent: null, runId: null, actionClass, dedupeKey };
  return recordProposal(actor, { ...about, stakeMinor: null, stakeCurrency: null, expiresInDays: 30 }, now);
}

/** Asks the chairman to give up a condition that protects us. */
export async function askWaiver(actor: Actor, { itemId, version, reason }: AskWaiver, now: Date): Promise<Asked> {
  const made = await db.$transaction(async (tx) => {
    const { item, ...held } = await lockItem(tx, actor, itemId, now);
    if (item.version !== version) return refuse("CONFLICT");
    const no = waiverRefusal(item, "ours");
    if (no) return refuse(no.refusal, no.problems);
    const { title } = item.task;
    return ok(await drafted(tx, held, (about) => waiverMemo(about, { id: itemId, version, title }, reason), now));
  });
  if (!made.ok) return made;
  return ask(
    actor,
    made.value,
    "deal.waive-condition",
    `${waiverSubject(itemId)}:${version}:${now.toISOString()}`,
    now,
  );
}

/** Asks the chairman to release all signatures, which nobody can ask for while a condition is open. */
export async function askRelease(actor: Actor, { dealId, version, reason }: AskRelease, now: Date): Promise<Asked> {
  const made = await db.$transaction(async (tx) => {
    const held = await lockClosing(tx, actor, dealId, now);
    const { closing } = held;
    if (closing.version !== version) return refuse("CONFLICT");
    const no = await releaseRefusal(tx, held);
    if (no) return no;
    return ok(await drafted(tx, held, (about) => releaseMemo(about, { id: dealId, version }, reason), now));
  });
  if (!made.ok) return made;
  const dedupeKey = `${releaseSubject(dealId)}:${version}:${now.toISOString()}`;
  return ask(actor, made.value, "deal.release-signatures", dedupeKey, now);
}

async function releaseRefusal(tx: Tx, { closing, today }: Held) {
  const { standing } = await computeClosing(tx, closing, today);
  if (standing.released) return refuse("RELEASED");
  if (standing.ready) return null;
  const missing = missingForRelease(standing, closing.signatures);
  const problems = missing.slice(0, 20).map(({ text }) => ({ path: "signatures", expected: text }));
  return refuse(standing.openConditions.length > 0 ? "CONDITIONS_OPEN" : "NOT_HELD", problems);
}

/** Asks the chairman to let a status update go to the people who are named. */
export async function askSend(actor: Actor, input: AskSend, now: Date): Promise<Asked> {
  const { dealId, artefactId } = input;
  const made = await db.$transaction(async (tx) => {
    const held = await lockClosing(tx, actor, dealId, now);
    const kind = statusKind(dealId);
    const newest = await tx.artefact.findFirst({
      where: { ventureId: held.closing.ventureId, kind },
      orderBy: { version: "desc" },
    });
    if (newest?.id !== artefactId) return refuse("STALE_REPORT");
    if (newest.heldSince) return refuse("REPORT_HELD");
    return ok(await drafted(tx, held, (about) => sendMemo(about, input), now));
  });
  if (!made.ok) return made;
  return ask(actor, made.value, "deal.send-status", `${sendSubject(artefactId)}:${now.toISOString()}`, now);
}
