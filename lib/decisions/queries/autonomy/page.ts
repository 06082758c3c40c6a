import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Prisma } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { AutonomyLevel } from "@/lib/ventures/schema";
import { CLASS_POLICY, levelFor, mayEverBeRoutine } from "../../rules/policy";
import { OPEN } from "../../rules/verdict";
import { ACTION_CLASSES, type ActionClass } from "../../schema";
import { namesOf } from "../people";

export type PauseView = {
  id: string;
  reason: string;
  by: string;
  at: string;
  resumed: { by: string; at: string } | null;
};

/** What stands for an agent and class at a venture, and who said so. */
export type RowView = {
  agent: AgentName;
  actionClass: ActionClass;
  /** What holds in the end, a demotion and a manual venture counted in. */
  level: AutonomyLevel;
  /** Auto is what was set, and the rule holds it back. */
  demoted: boolean;
  /** The agent lost the right; auto holds here only when it is given back. */
  lost: boolean;
  set: {
    level: AutonomyLevel;
    limitUsd: string | null;
    version: number;
    by: string;
    at: string;
    reason: string;
    memoId: string | null;
  } | null;
};
export type VenturePolicy = { id: string; slug: string; name: string; autonomy: AutonomyLevel; rows: RowView[] };

export type DemotionView = {
  id: string;
  agent: AgentName;
  actionClass: ActionClass;
  sentence: string;
  at: string;
  memoIds: string[];
};
export type PolicyChange = {
  id: string;
  type: string;
  by: string;
  at: string;
  venture: { slug: string; name: string } | null;
  agent: string | null;
  actionClass: string | null;
  reason: string;
  before: { level: string; limitUsd: string | null } | null;
  after: { level: string; limitUsd: string | null } | null;
};
export type PolicyPage = {
  pause: PauseView | null;
  ventures: VenturePolicy[];
  /** Of the ventures, from 1. */
  page: number;
  pages: number;
  total: number;
  /** Memos by which the rule proposes a promotion; they wait for the chairman. */
  earned: { memoId: string; title: string }[];
  demotions: DemotionView[];
  /** What no level lets pass, with why. */
  ceilings: { actionClass: ActionClass; because: string }[];
  changes: PolicyChange[];
  may: { change: boolean; pause: boolean };
};

const CHANGES = [
  ...(["policy.set", "policy.cleared", "agent.demoted", "agent.demotion-lifted"] as const),
  ...(["agents.paused", "agents.resumed", "venture.configured"] as const),
];

const ROUTINE: readonly { agent: AgentName; actionClass: ActionClass }[] = ACTION_CLASSES.filter(
  mayEverBeRoutine,
).flatMap((actionClass) => CLASS_POLICY[actionClass].agents.map((agent) => ({ agent, actionClass })));

/** The pause that stands; null where agents may go on. Anybody who reads memos may know. */
async function findPause(): Promise<PauseView | null> {
  const row = await db.globalPause.findFirst({ where: { resumedAt: null } });
  if (!row) return null;
  const nameOf = await namesOf(db, [row.pausedBy]);
  return { id: row.id, reason: row.reason, by: nameOf(row.pausedBy), at: row.pausedAt.toISOString(), resumed: null };
}

type StoredRow = Awaited<ReturnType<typeof db.policyRow.findMany>>[number];

function rowView(
  about: { agent: AgentName; actionClass: ActionClass },
  { autonomy, row, lost }: { autonomy: AutonomyLevel; row: StoredRow | null; lost: boolean },
  nameOf: (ref: string) => string,
): RowView {
  const level = levelFor(autonomy, row && { level: row.level, limitUsd: null });
  const set = row && {
    ...{ level: row.level, limitUsd: row.limitUsd?.toString() ?? null, version: row.version, memoId: row.memoId },
    ...{ by: nameOf(row.setBy), at: row.setAt.toISOString(), reason: row.reason },
  };
  const demoted = lost && level === "auto";
  return { ...about, level: demoted ? "assisted" : level, demoted, lost, set };
}

const PAGE = 25;

/** What agents may do by themselves, everywhere that the actor sees, or at one venture; who said so, when and why. */
export async function getPolicyPage(actor: Actor, asked = 1, slug?: string): Promise<PolicyPage> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const scope = actor.ventures === "all" ? {} : { id: { in: [...actor.ventures] } };
  const only = slug ? { slug } : {};
  const where: Prisma.VentureWhereInput = { ...scope, ...only, archivedAt: null, stage: { not: "exited" } };
  const total = await db.venture.count({ where });
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const page = Math.min(Math.max(1, asked), pages);
  const [pause, ventures, rows, demotions, changes, earned] = await Promise.all([
    findPause(),
    db.venture.findMany({
      ...{ where, take: PAGE, skip: (page - 1) * PAGE },
      orderBy: { name: "asc" },
      select: { id: true, slug: true, name: true, settings: { select: { autonomy: true } } },
    }),
    db.policyRow.findMany({ where: ventureScope(actor) }),
    db.demotion.findMany({ where: { liftedAt: null }, orderBy: { demotedAt: "desc" } }),
    listChanges(actor),
    db.memo.findMany({
      where: { ...ventureScope(actor), status: { in: [...OPEN] }, proposal: { actionClass: "policy.promote" } },
      orderBy: { createdAt: "asc" },
      select: { id: true, title: true },
    }),
  ]);
  const nameOf = await namesOf(
    db,
    rows.map(({ setBy }) => setBy),
  );
  const lost = new Set(demotions.map(({ agent, actionClass }) => `${agent} ${actionClass}`));
  const policyOf = ({ id, slug, name, settings }: (typeof ventures)[number]): VenturePolicy => {
    const autonomy = settings?.autonomy ?? "manual";
    const own = ROUTINE.map((about) => {
      const { agent, actionClass } = about;
      const row = rows.find((one) => one.ventureId === id && one.agent === agent && one.actionClass === actionClass);
      return rowView(about, { autonomy, row: row ?? null, lost: lost.has(`${agent} ${actionClass}`) }, nameOf);
    });
    return { id, slug, name, autonomy, rows: own };
  };
  return {
    ...{ page, pages, total, earned: earned.map(({ id, title }) => ({ memoId: id, title })) },
    ...{ pause, changes, ventures: ventures.map(policyOf), ceilings: ceilings() },
    demotions: demotions.map(({ id, agent, actionClass, sentence, demotedAt, evidence }) => ({
      ...{ id, agent: agent as AgentName, actionClass: actionClass as ActionClass, sentence },
      at: demotedAt.toISOString(),
      memoIds: (evidence as string[]).flatMap((ref) => (ref.startsWith("memo:") ? [ref.slice(5)] : [])),
    })),
    may: { change: isPermitted(actor.role, "policy:change"), pause: isPermitted(actor.role, "pause:all") },
  };
}

const ceilings = (): PolicyPage["ceilings"] =>
  ACTION_CLASSES.filter((one) => !mayEverBeRoutine(one)).map((actionClass) => ({
    actionClass,
    because: CLASS_POLICY[actionClass].ceilings[0] ?? "irreversible",
  }));

type Payload = {
  agent?: string;
  actionClass?: string;
  reason?: string;
  sentence?: string;
  before?: { level?: string; autonomy?: string; limitUsd?: string | null } | null;
  after?: { level?: string; autonomy?: string; limitUsd?: string | null } | null;
};

const held = (side: Payload["before"]): PolicyChange["before"] =>
  side ? { level: side.level ?? side.autonomy ?? "", limitUsd: side.limitUsd ?? null } : null;

/** Who changed what agents may do, when and why, newest first: as the audit log has it. */
async function listChanges(actor: Actor): Promise<PolicyChange[]> {
  const scope = actor.ventures === "all" ? {} : { chain: { in: ["holding", ...actor.ventures] } };
  const rows = await db.event.findMany({
    where: { ...scope, type: { in: [...CHANGES] } },
    orderBy: { id: "desc" },
    take: 60,
  });
  const told = rows.filter((row) => {
    const { before, after } = row.payload as Payload;
    return row.type !== "venture.configured" || before?.autonomy !== after?.autonomy;
  });
  const ids = told.map(({ chain }) => chain).filter((chain) => chain !== "holding");
  const [ventures, nameOf] = await Promise.all([
    db.venture.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true, name: true } }),
    namesOf(
      db,
      told.map((row) => row.actor),
    ),
  ]);
  return told.map(({ id, type, actor: by, at, chain, payload }) => {
    const { agent = null, actionClass = null, reason, sentence, before, after } = payload as Payload;
    const venture = ventures.find((one) => one.id === chain);
    return {
      ...{ id: id.toString(), type, by: nameOf(by), at: at.toISOString(), agent, actionClass },
      venture: venture ? { slug: venture.slug, name: venture.name } : null,
      ...{ reason: reason ?? sentence ?? "", before: held(before), after: held(after) },
    };
  });
}
