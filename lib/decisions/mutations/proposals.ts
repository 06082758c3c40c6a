import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { confidenceOf, type RecordOf } from "../queries/autonomy/confidence";
import { askPolicy } from "../queries/policy";
import { commitmentOf, contentProblems } from "../rules/memo-content";
import { CLASS_POLICY, POLICY_ACTOR, type PolicyResult } from "../rules/policy";
import { OPEN } from "../rules/verdict";
import { type ProposalInput, proposalSchema } from "../schema";
import { demoteByRecord } from "./autonomy/demotion";
import { asJson, lockMemo, type Stake, startMemoRun, writeVersion } from "./memo-row";

type Proposal = ReturnType<typeof proposalSchema.parse>;
export type Proposed = {
  proposalId: string;
  memoId: string;
  outcome: "execute" | "ask";
  /** The same proposal was made before; nothing was written. */
  repeated: boolean;
};
export type ProposalRefusal = "INVALID_INPUT" | "FORBIDDEN_BY_POLICY";

const DAY_MS = 86_400_000;

/**
 * One transaction: the proposal, what the policy says, the memo's first version, the run that waits for the verdict, the
 * event. A proposal with a known key is that proposal; one about the same lever as the proposer's open memo becomes its
 * next version. Somebody else's open memo about it stands as it is: approved twice, a lever would be begun twice.
 */
export async function recordProposal(
  actor: Actor,
  input: ProposalInput,
  now: Date,
): Promise<Result<Proposed, ProposalRefusal>> {
  const proposal = proposalSchema.parse(input);
  if (!maySeeVenture(actor, proposal.ventureId)) throw new AppError("NOT_FOUND");
  if (proposal.agent === null && !isPermitted(actor.role, "memo:draft")) throw new AppError("FORBIDDEN");
  const problems = contentProblems(proposal.content);
  if (problems.length > 0) return refuse("INVALID_INPUT", problems);
  await engineClient();
  return fencedTransaction((tx) => propose(tx, actor, proposal, now));
}

async function propose(
  tx: Tx,
  actor: Actor,
  proposal: Proposal,
  now: Date,
): Promise<Result<Proposed, ProposalRefusal>> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`proposal:${proposal.ventureId}`}, 2))`;
  const known = await tx.proposal.findUnique({ where: { dedupeKey: proposal.dedupeKey }, include: { memo: true } });
  if (known) return repeated(known.id, known.policy as StoredPolicy, known.memo?.id ?? null);
  const { agent, actionClass } = proposal;
  if (agent) await demoteByRecord(tx, { agent, actionClass }, now);
  const { shadow, ...policy } = await askPolicy(tx, proposal, now);
  const open = policy.outcome === "forbid" ? null : await findOpenMemo(tx, proposal, now);
  const others = open !== null && open.proposedBy !== actor.ref;
  if (others && proposal.agent === null) return refuse("INVALID_INPUT", [{ path: "lever", expected: ASKED_ALREADY }]);
  const row = proposalRow(proposal, actor, { ...policy, revises: open?.id ?? null }, now);
  const beside = shadow ? { shadow: asJson(shadow) } : {};
  const { id: proposalId } = await tx.proposal.create({ data: { ...row, ...beside } });
  const record = (type: string, subject: string) =>
    recordProposalEvent(tx, actor, proposal, { type, subject, policy, now });
  if (policy.outcome === "forbid") {
    await record("proposal.forbidden", `proposal:${proposalId}`);
    return refuse("FORBIDDEN_BY_POLICY", [{ path: "", expected: policy.sentence }]);
  }
  if (others) {
    // Kept without a word in the memo: whoever waits for what the run proposed waits for that memo too.
    await record("memo.met", `memo:${open.id}`);
    return ok({ proposalId, memoId: open.id, outcome: "ask", repeated: true });
  }
  const twin = open;
  const memoId = twin
    ? await reviseTwin(tx, actor, proposal, { ...twin, beside }, now)
    : await openMemo(tx, actor, proposal, { proposalId, policy, now });
  if (agent) await stateConfidence(tx, { agent, actionClass }, twin?.proposalId ?? proposalId, now);
  await startMemoRun(tx, memoId);
  const automatic = policy.outcome === "execute" && !twin;
  await record(twin ? "memo.revised" : automatic ? "memo.approved-by-policy" : "memo.proposed", `memo:${memoId}`);
  return ok({ proposalId, memoId, outcome: automatic ? "execute" : "ask", repeated: false });
}

/** How likely it is right, as its agent's record says before it is answered. */
async function stateConfidence(tx: Tx, about: RecordOf, proposalId: string, now: Date): Promise<void> {
  const stated = await confidenceOf(tx, about, now);
  await tx.statedConfidence.upsert({ where: { proposalId }, create: { proposalId, ...stated }, update: stated });
}

/** `revises`: the open memo that the proposal was about, rewritten where it was the proposer's own. */
type StoredPolicy = PolicyResult & { revises: string | null };

function repeated(proposalId: string, policy: StoredPolicy, own: string | null): Result<Proposed, ProposalRefusal> {
  if (policy.outcome === "forbid") return refuse("FORBIDDEN_BY_POLICY", [{ path: "", expected: policy.sentence }]);
  const memoId = own ?? policy.revises;
  if (!memoId) throw new AppError("INTERNAL");
  return ok({ proposalId, memoId, outcome: own ? policy.outcome : "ask", repeated: true });
}

function proposalRow(proposal: Proposal, actor: Actor, policy: StoredPolicy, now: Date) {
  const action = commitmentOf(proposal.content);
  return {
    ventureId: proposal.ventureId,
    agent: proposal.agent ?? (actor.ref === POLICY_ACTOR ? "policy" : "person"),
    runId: proposal.runId,
    actionClass: proposal.actionClass,
    action: asJson(action ?? {}),
    amountMinor: action ? BigInt(action.budgetMinor) : null,
    currency: action?.currency ?? null,
    reversible: CLASS_POLICY[proposal.actionClass].reversible,
    rationale: proposal.rationale,
    policy: asJson(policy),
    dedupeKey: proposal.dedupeKey,
    createdAt: now,
  };
}

type OpenMemo = { id: string; proposedBy: string; proposalId: string };

/** A person is told where to speak; an agent's run goes on with the memo that is there. */
const ASKED_ALREADY = "another lever: a memo about this one waits for the chairman already, and takes comments";

/** The chairman gets one memo about a lever, not one per analysis or person. */
async function findOpenMemo(tx: Tx, proposal: Proposal, now: Date): Promise<OpenMemo | null> {
  const lever = commitmentOf(proposal.content)?.lever;
  if (!lever) return null;
  return tx.memo.findFirst({
    where: {
      ventureId: proposal.ventureId,
      status: { in: [...OPEN] },
      expiresAt: { gt: now },
      proposal: { actionClass: proposal.actionClass, action: { path: ["lever"], equals: lever } },
    },
    orderBy: { createdAt: "asc" },
    select: { id: true, proposedBy: true, proposalId: true },
  });
}

/** What auto would have said of the memo is said of what stands in it now. */
type Twin = OpenMemo & { beside: { shadow?: ReturnType<typeof asJson> } };

async function reviseTwin(
  tx: Tx,
  actor: Actor,
  proposal: Proposal,
  { id: memoId, proposalId, beside }: Twin,
  now: Date,
): Promise<string> {
  const reason = "A newer analysis proposes it again";
  const { title, content } = proposal;
  const next = {
    status: "pending" as const,
    title,
    content,
    stake: stakeOf(proposal),
    reason,
    writtenBy: actor.ref,
    now,
  };
  await writeVersion(tx, await lockMemo(tx, memoId), next);
  await tx.proposal.update({ where: { id: proposalId }, data: beside });
  return memoId;
}

/** What it names, else what it commits. What commits no money puts an unknown amount at stake, not none. */
function stakeOf({ stakeMinor, stakeCurrency, content }: Proposal): Stake {
  if (stakeMinor !== null && stakeCurrency) return { stakeMinor: BigInt(stakeMinor), stakeCurrency };
  const action = commitmentOf(content);
  const committed = BigInt(action?.budgetMinor ?? 0);
  return committed > 0n && action
    ? { stakeMinor: committed, stakeCurrency: action.currency }
    : { stakeMinor: null, stakeCurrency: null };
}

type Opening = { proposalId: string; policy: PolicyResult; now: Date };

async function openMemo(
  tx: Tx,
  actor: Actor,
  proposal: Proposal,
  { proposalId, policy, now }: Opening,
): Promise<string> {
  const { ventureId, title, content, actionClass } = proposal;
  const automatic = policy.outcome === "execute";
  const memo = await tx.memo.create({
    data: {
      ...{ ventureId, proposalId, title, content: asJson(content) },
      status: automatic ? "approved" : "pending",
      version: 1,
      proposedBy: actor.ref,
      reversible: CLASS_POLICY[actionClass].reversible,
      ...stakeOf(proposal),
      expiresAt: new Date(now.getTime() + proposal.expiresInDays * DAY_MS),
      createdAt: now,
      updatedAt: now,
    },
  });
  const version = { memoId: memo.id, version: 1 };
  await tx.memoVersion.create({
    data: { ...version, title, content: asJson(content), reason: "Proposed", writtenBy: actor.ref, writtenAt: now },
  });
  if (automatic) {
    const verdict = { verdict: "approved", note: policy.sentence, optionId: content.recommendedOption };
    await tx.verdict.create({ data: { ...version, ...verdict, decidedBy: POLICY_ACTOR, decidedAt: now } });
  }
  return memo.id;
}

type Recorded = { type: string; subject: string; policy: PolicyResult; now: Date };

async function recordProposalEvent(tx: Tx, actor: Actor, proposal: Proposal, recorded: Recorded): Promise<void> {
  const { type, subject, policy, now } = recorded;
  const { ventureId, actionClass, title, rationale, runId } = proposal;
  // What is decided without a person says in the record itself what it rests on.
  const evidence = type === "memo.approved-by-policy" ? { evidence: proposal.content.quotes } : {};
  const payload = asJson({ actionClass, title, rationale, runId, policy, ...evidence });
  await recordEvent(tx, { ventureId, type, actor: actor.ref, subject, payload, at: now });
}
