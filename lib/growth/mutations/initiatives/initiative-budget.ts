import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import type { ProposalInput } from "@/lib/decisions/schema";
import { AppError, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { makeFigure } from "@/lib/figures/rules";
import { Exact, minorDigits, toMinor } from "@/lib/money";
import { fencedTransaction } from "@/lib/workflows/fence";
import { raiseMemo } from "../../rules/initiatives/initiative-memos";
import { isOpenInitiative } from "../../rules/initiatives/initiative-state";
import type { RaiseBudget } from "../../schema/initiatives";
import { lockVisible, storeMoney } from "./initiative-row";

type Refusal = "CONFLICT" | "HAS_ENDED" | "NOT_POSITIVE" | "TOO_PRECISE" | ProposalRefusal;
type Drafted = { ok: true; value: ProposalInput } | { ok: false; refusal: Exclude<Refusal, ProposalRefusal> };

/** More than was approved: a memo to the chairman, who decides. Nothing changes before. Asked twice on one version, it is one memo. */
export async function requestBudget(
  actor: Actor,
  input: RaiseBudget,
  now: Date,
): Promise<Result<{ memoId: string }, Refusal>> {
  if (!isPermitted(actor.role, "memo:draft")) throw new AppError("FORBIDDEN");
  const drafted = await draft(actor, input, now);
  if (!drafted.ok) return drafted;
  const outcome = await recordProposal(actor, drafted.value, now);
  return outcome.ok ? { ok: true, value: { memoId: outcome.value.memoId } } : outcome;
}

async function draft(actor: Actor, input: RaiseBudget, now: Date): Promise<Drafted> {
  return fencedTransaction(async (tx) => {
    const initiative = await lockVisible(tx, actor, input.initiativeId, now);
    const { id, ventureId, title, currency, today, version } = initiative;
    if (version !== input.version) return refuse("CONFLICT");
    if (!isOpenInitiative(initiative.status)) return refuse("HAS_ENDED");
    if (new Exact(input.increase).decimalPlaces() > minorDigits(currency)) return refuse("TOO_PRECISE");
    const increaseMinor = toMinor(input.increase, currency);
    if (increaseMinor <= 0n) return refuse("NOT_POSITIVE");
    const { figures } = await storeMoney(tx, initiative, today, now);
    const increase = makeFigure({
      ...{ label: "Increase asked for", value: new Exact(input.increase).toFixed(), unit: currency, asOf: today },
      ...{ method: "growth.budget-request@1", formula: "as asked for" },
      inputs: { initiative: { value: id }, version: { value: version }, amount: { value: input.increase } },
      sources: [{ kind: "given", by: actor.name }],
    });
    const { budget, spent, committed } = figures;
    const [asked, now1, now2, now3] = await saveFigures(tx, ventureId, [increase, budget, spent, committed], now);
    if (!asked || !now1 || !now2 || !now3) throw new AppError("INTERNAL");
    const memo = raiseMemo({
      ...{ initiative: { id, title, currency }, increaseMinor: increaseMinor.toString(), reason: input.reason },
      ...{ increase: asked, budget: now1, spent: now2, committed: now3 },
    });
    const value: ProposalInput = {
      ...{ ventureId, agent: null, runId: null, actionClass: "growth.raise-budget", ...memo },
      ...{ stakeMinor: increaseMinor.toString(), stakeCurrency: currency },
      dedupeKey: `growth.raise-budget:${id}:${version}:${increaseMinor}`,
    };
    return { ok: true as const, value };
  });
}
