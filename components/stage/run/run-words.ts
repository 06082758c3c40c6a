import type { LevelName } from "@/components/ui/level";
import { ERROR_SENTENCES } from "@/lib/error-sentences";
import type { CriteriaView } from "@/lib/stage/queries/criteria";
import type { StageRunView, Waiting } from "@/lib/stage/queries/timeline";
import { type CriterionGroup, GROUP_LABELS, type HandOverLine, type StageDoor } from "@/lib/stage/schema/run";

export const DOOR_WORDS: Readonly<Record<StageDoor, string>> = {
  chairman: "begun by the chairman",
  import: "reported by stage 39 in a file",
  api: "reported by stage 39 through the interface",
  webhook: "reported by stage 39 through its webhook",
  takeover: "taken over",
};

/** What a row of a file of stage 39 would do, and did. */
export const HAND_OVER_WORDS: Readonly<
  Record<HandOverLine["outcome"], { level: LevelName; before: string; after: string }>
> = {
  initiated: { level: "healthy", before: "the stage will open", after: "the stage opens" },
  waiting: { level: "warning", before: "will wait at the gate", after: "waits at the gate" },
  known: { level: "unknown", before: "known already", after: "known already" },
  rejected: { level: "critical", before: "rejected", after: "rejected" },
};

/** Where the run stands, in a word or two. */
export function standingWords({ status, record }: Pick<StageRunView, "status" | "record">): string {
  if (status === "paused") return "paused";
  if (status !== "running") return status === "regressed" ? "back in stage 39" : status;
  if (!record) return "waits at the entry gate";
  if (record.outcome === "regressed") return "back in stage 39";
  return record.outcome === "exited" ? "sold; waits at the exit gate" : "running";
}

/** The gate that the run stands at: before the stage the entry gate, after the sale the exit gate. */
function gateOf({ status, record }: Pick<StageRunView, "status" | "record">): CriterionGroup | null {
  if (status !== "running") return null;
  if (!record) return "entry";
  return record.outcome === "exited" || record.open.includes("40.3") ? "exit" : null;
}

/** The lines of that gate that do not hold: each waits for facts, or for the chairman to let it pass. */
export function gateWaiting(run: StageRunView, criteria: CriteriaView): Waiting[] {
  const gate = gateOf(run);
  const lines = criteria.groups.find(({ group }) => group === gate)?.lines ?? [];
  return lines
    .filter(({ holds }) => !holds)
    .map(({ label }) => ({
      ...{ what: `${gate ? GROUP_LABELS[gate] : ""}: ${label}`, whom: "the facts, or the chairman to let it pass" },
      ...{ href: null, since: null },
    }));
}

const REFUSALS: Readonly<Record<string, string>> = {
  ...ERROR_SENTENCES,
  NOT_RUNNING: "The stage is not running.",
  NOT_PAUSED: "The stage is not paused.",
  CONFLICT: "It went on since you read it. Read it again.",
  NOT_THERE: "The venture is not in a substage that this would leave.",
  MONEY_HAS_MOVED: "Proceeds were distributed: the ledger can be corrected, the stage cannot go back.",
  MET_ALREADY: "The facts meet this line now; nothing has to be let pass.",
  STANDS_ALREADY: "It has been let pass already.",
  TAKEN_BACK_ALREADY: "It was taken back already.",
  INVALID_INPUT: "Give a reason of at least ten letters.",
  UNDONE_ALREADY: "The file was undone already.",
  GONE_ON: "Nothing was undone. What was decided since is ended by the chairman, on the venture's own page.",
  NOT_A_HAND_OVER: "The first row of the file has to name the columns key and venture.",
};

export const refusalSentence = (refusal: string): string => REFUSALS[refusal] ?? "It was refused. Nothing was changed.";
